"""Find the number of readers' comments that a page shows or declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from cleaner.models import Block, Document, Reason, Verdict
from cleaner.patterns import lazy_pattern

_MAX_LINE = 40  # characters of a line or a link with the number of comments
_MAX_COUNT = 1_000_000
# Words for comments, one line for each language.
_WORDS = (
    *("comment", "comments"),
    *("Kommentar", "Kommentare", "Leserkommentare"),
    *("commentaire", "commentaires"),
    *("comentario", "comentarios"),
    *("comentário", "comentários"),
    *("commento", "commenti"),
    *("reactie", "reacties"),
    *("kommentarer",),
    *("kommentti", "kommenttia", "kommentit"),
    *("komentarz", "komentarze", "komentarzy"),
    *("komentář", "komentáře", "komentářů"),
    *("hozzászólás", "komment"),
    *("comentariu", "comentarii"),
    *("yorum",),
    *("комментарий", "комментария", "комментариев", "комментарии"),
    *("коментар", "коментарі", "коментарів"),
    *("komentar",),
    *("bình luận",),
    *("コメント",),
    *("评论", "条评论", "評論"),
    *("댓글",),
    *("تعليق", "تعليقات"),
)
_NUMBER = r"(\d{1,3}(?:[.,\u00a0 ]\d{3})+|\d{1,6})"
_ANY_WORD = "|".join(map(re.escape, _WORDS))
_COUNT = rf"{_NUMBER}\s?(?:件の)?(?:{_ANY_WORD})|(?:{_ANY_WORD})\s?[:：]?\s?[(（\[]?{_NUMBER}\s?件?[)）\]]?"
_DIGIT = lazy_pattern(r"\d")


def shown_count(document: Document, verdicts: Sequence[Verdict]) -> int | None:
    """Return the number of comments in the first line or link from the headline on that consists of it.

    `None` if there is none. Lines of links to other articles and of menus do not count.
    """
    first = next((place for place, verdict in enumerate(verdicts) if verdict.reason in (None, Reason.HEADLINE)), 0)
    for block, verdict in zip(document.blocks[first:], verdicts[first:], strict=True):
        if verdict.reason not in (Reason.RELATED, Reason.NAVIGATION):
            for text in _short_texts(block):
                if _DIGIT.search(text) and (match := _count().fullmatch(text)):
                    return int(re.sub(r"\D", "", match[1] or match[2]))
    return None


@cache
def _count() -> re.Pattern[str]:
    """Return the pattern of the number. It takes time to compile, and some pages have no short line with a digit."""
    return re.compile(_COUNT, re.IGNORECASE)


def _short_texts(block: Block) -> Iterator[str]:
    """Yield the text of a short block, and the links of any block."""
    if len(block.text) <= _MAX_LINE:
        yield block.text
    else:
        yield from (block.text[start:end].strip() for start, end in block.links if end - start <= _MAX_LINE)


def declared_count(value: Any) -> int | None:
    """Return the number of comments in `commentCount`, `interactionStatistic` or `interactionCount` of schema.org."""
    if isinstance(value, (list, dict)):
        counters = value if isinstance(value, list) else [value]
        comments = (
            counter.get("userInteractionCount")
            for counter in counters
            if isinstance(counter, dict) and "CommentAction" in str(counter.get("interactionType"))[:500]
        )
        value = next(comments, None)
    if isinstance(value, str):
        value = value.strip()[:20].removeprefix("UserComments:")
        value = int(value) if value.isascii() and value.isdecimal() else None
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_COUNT
    return value if is_count else None
