"""Join the pages of an article to one article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from cleaner.models import NO_ELEMENT, Article, Block, Embed, Image, Reason, Removed, Status, located
from cleaner.text.languages import word_count

# Characters from which a block that an earlier page has is left out anywhere on a page. Shorter ones may be the
# subheadings of each entry of a list; they are left out only at the beginning and at the end of a page.
MIN_REPEATED: Final = 80
_EVIDENCE: Final = "an earlier page of the article has the same words"


def join_pages(articles: Sequence[Article], problems: Iterable[str] = ()) -> Article:
    """Return one article with the text of all, which are its pages in order.

    The metadata is that of the first page, and so are the updates of a live blog. Blocks are numbered on, and what an
    earlier page has, such as the standfirst, is removed from later ones. `next_page` and `status` are those of the last
    page. `problems` are warnings about pages that are missing; with one, the status is "partial".
    """
    problems = tuple(problems)
    first, last = articles[0], articles[-1]
    blocks: list[Block] = []
    removed: list[Removed] = []
    images: dict[str, Image] = {}
    embeds: dict[tuple[str | None, str | None], Embed] = {}
    seen: set[str] = set()
    offset = 0
    lists = tables = 0  # the highest numbers so far
    for article in articles:
        repeated = _repeated(article.blocks, seen)
        for block in article.blocks:
            place = offset + block.place
            if block.place in repeated:
                cause = (Reason.REPEATED, None, _EVIDENCE)
                removed.append(Removed(place, block.kind, block.text, *cause, block.probability, block.path))
            else:
                numbered = _numbered_on(block, lists, tables)
                blocks.append(block if article is first else numbered._replace(place=place, element=NO_ELEMENT))
        removed += (each._replace(place=offset + each.place) for each in article.removed)
        for image in article.images:
            after = None if image.after is None else offset + image.after
            images.setdefault(image.url, image._replace(after=after))
        for embed in article.embeds:
            embeds.setdefault((embed.url, embed.text), embed._replace(place=offset + embed.place))
        lists = max((block.item.list for block in blocks if block.item), default=lists)
        tables = max((block.row.table for block in blocks if block.row), default=tables)
        seen |= {_key(block) for block in article.blocks}
        offset += len(article.blocks) + len(article.removed)
    removed.sort(key=lambda each: each.place)
    pages = tuple(article.url for article in articles if article.url is not None)
    warnings = dict.fromkeys(warning for each in articles for warning in each.warnings)
    known = [each.confidence for each in articles if each.confidence is not None]
    joined = replace(
        first,
        blocks=located(blocks),
        removed=tuple(removed),
        images=tuple(images.values()),
        embeds=tuple(embeds.values()),
        comments=tuple(dict.fromkeys(comment for article in articles for comment in article.comments)),
        next_page=None if last.next_page in pages else last.next_page,
        status=Status.PARTIAL if problems else last.status,
        confidence=min(known, default=None),
        warnings=(*warnings, *problems),
        unmatched=tuple(dict.fromkeys(each for article in articles for each in article.unmatched)),
        pages=pages if len(articles) > 1 else (),
    )
    return replace(joined, word_count=word_count(joined.text))


def _numbered_on(block: Block, lists: int, tables: int) -> Block:
    """Return the block of a later page with the numbers of its list and its table after those of earlier pages."""
    item, row = block.item, block.row
    return block._replace(
        item=item and item._replace(list=lists + item.list), row=row and row._replace(table=tables + row.table)
    )


def _repeated(blocks: Sequence[Block], seen: set[str]) -> set[int]:
    """Return the places of the blocks of a page that an earlier page has."""
    repeats = [_key(block) in seen for block in blocks]
    first = repeats.index(False) if False in repeats else len(blocks)
    last = len(repeats) - repeats[::-1].index(False) if False in repeats else 0
    return {
        block.place
        for number, block in enumerate(blocks)
        if repeats[number] and (number < first or number >= last or len(block.text) >= MIN_REPEATED)
    }


def _key(block: Block) -> str:
    return " ".join(block.text.split()).casefold()
