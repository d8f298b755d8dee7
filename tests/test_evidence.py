"""What the evidence about the blocks of the fixture pages says is true, by checks that do not use the scorer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fixture_pages import FIXTURES, KNOWN_FAILURES, cleaned, sources

from cleaner import Article
from cleaner.blocks.html import read_page
from cleaner.blocks.plain_text import read_plain_text
from cleaner.models import Block, Document, Element, Kind, Removed
from cleaner.page.decode import decode
from cleaner.page.parse import parse
from cleaner.text.sentences import is_finished

STOPS = ".!?。！？؟。…"
# How much more often boilerplate or articles have what is quoted, and the part of a name that they have so often.
OFTEN = r"\((?:'[^']+' )?\d+ times as often in (?:boilerplate|articles)\)"


class Case(NamedTuple):
    """A removed block, and the page that it is from."""

    document: Document
    article: Article
    removed: Removed

    @property
    def block(self) -> Block:
        return self.document.blocks[self.removed.place]

    def at(self, place: int) -> Case:
        """Return the case of another block of the page."""
        return self._replace(removed=self.removed._replace(place=place))

    @property
    def around(self) -> list[Element]:
        """The elements around the block."""
        found, index = [], self.block.element
        while index >= 0:
            found.append(self.document.elements[index])
            index = found[-1].parent
        return found

    @property
    def prose(self) -> list[int]:
        """The places of the blocks that may count as prose: long, and not removed by a rule."""
        ruled = {each.place for each in self.article.removed if each.rule or not each.evidence}
        long = (block.place for block in self.document.blocks if len(block.text) >= 30 and block.linked < 0.5)
        return [place for place in long if place not in ruled]


def has_words(case: Case, quoted: str) -> bool:
    return quoted in case.block.text.lower()


def has_length(case: Case, number: str, noun: str) -> bool:
    text = case.block.text
    return int(number) == (len(text) if noun.startswith("character") else len(text.split()))


def is_named(case: Case, name: str) -> bool:
    name = name.replace("aria-label=", "label=").replace("data-*=", "data=")
    return any(name in element.tokens for element in case.around)


def has_heading(case: Case, heading: str = "") -> bool:
    before = case.document.blocks[: case.block.place]
    return any(" ".join(block.text.split()).startswith(heading.removesuffix("…")) for block in before)


def stands_before(case: Case, number: str, more: str | None, place: str) -> bool:
    """Whether there are this many blocks between the block and what counts as prose."""
    whole = len(case.document.blocks)
    if place.startswith("after"):
        return case.block.place >= int(number) and any(case.block.place > each for each in case.prose)
    return case.block.place + int(number) < whole and any(case.block.place < each for each in case.prose)


def is_out_of_main(case: Case, number: str, more: str | None, side: str) -> bool:
    """Whether an element with most of the kept text begins or ends that many blocks from the block."""
    kept = {block.place: len(block.text) for block in case.article.blocks}
    mains = [
        element
        for element in case.document.elements
        if 2 * sum(size for place, size in kept.items() if element.first <= place < element.last) > sum(kept.values())
    ]
    place = case.block.place
    distances = [each.first - place if side == "before" else place - each.last + 1 for each in mains]
    return int(number) in distances or (more is not None and max(distances) > int(number))


def is_unlike_paragraphs(case: Case) -> bool:
    """Whether no long paragraph of the kept text is in an element with the tag, the tokens and the depth of its own."""

    def mark(block: Block) -> tuple[object, ...]:
        element = case.document.elements[block.element]
        return element.tag, element.tokens, len(case.at(block.place).around)

    return all(
        mark(block) != mark(case.block)
        for block in case.article.blocks
        if len(block.text) >= 80 and block.kind is Kind.PARAGRAPH and block.linked < 0.5
    )


def is_near_picture(case: Case, number: str | None, side: str) -> bool:
    """Whether a picture stands that many blocks from the block; 1 for none between."""
    sign = 1 if side == "after" else -1
    distances = [sign * (case.block.place - medium.place) + (side == "after") for medium in case.document.media]
    return any(0 < distance <= int(number or 1) for distance in distances)


def has_that_many_words(case: Case, number: str) -> bool:
    """Whether a text can have that many words, whatever they are: two characters each in a script without spaces."""
    words = len(re.findall(r"[^\W\d_]+", case.block.text))
    return int(number) <= (words if case.block.text.isascii() else max(words, len(case.block.text) / 2))


def quotes_words(case: Case, number: str, more: str | None, quoted: str) -> bool:
    """Whether a text has that many words (see `has_that_many_words`), and those that are quoted."""
    words = re.findall("'(.+?)'(?=, '|$)", quoted)
    return has_that_many_words(case, number) and all(has_words(case, word) for word in words)


def has_link(case: Case, *_: str) -> bool:
    return bool(case.block.links or case.block.targets)


def anything(case: Case, *_: str) -> bool:
    """Without a simple check: what is learned, or what another tool says."""
    return True


def other_block(case: Case, side: str, claim: str) -> bool:
    place = case.block.place + (1 if side == "after" else -1)
    if not 0 <= place < len(case.document.blocks):
        return False
    claim = re.sub("^(?:has|is) (?=[0-9]+ words?|[0-9]+ char|no full stop|in |an? (?!number))", "", claim)
    if of_links := re.fullmatch(r"is ([0-9]+) % link text", claim):
        return round(100 * case.document.blocks[place].linked) == int(of_links[1])
    return is_true(claim, case.at(place)) is not False


# What evidence may say, and whether it is so. Every piece of evidence must match one of these.
CHECKS: dict[str, Callable[..., bool]] = {
    r"(\d+) (words?|characters?)": has_length,
    r"no full stop at the end": lambda case: case.block.text[-1] not in STOPS,
    r"ends with a comma or a dash": lambda case: case.block.text[-1] in ",-–—、，",
    r"ends with a colon": lambda case: case.block.text[-1] in ":：;",
    r"begins in lower case": lambda case: case.block.text[0].islower(),
    r"begins with a symbol": lambda case: not case.block.text[0].isalnum(),
    r"begins with a digit": lambda case: case.block.text[0].isdigit(),
    r"begins with a quotation mark, a bracket or a dash": lambda case: not case.block.text[0].isalnum(),
    rf"begins with '(.+?)' {OFTEN}": lambda case, word: case.block.text.lower().startswith(word),
    rf"ends with '(.+?)' {OFTEN}": lambda case, word: case.block.text.lower().endswith(word),
    rf"has the (?:words?|sign) '(.+?)' {OFTEN}": has_words,
    rf"is the word '(.+?)' {OFTEN}": lambda case, word: case.block.text.lower() == word,
    rf"has a number {OFTEN}": lambda case: any(c.isdigit() for c in case.block.text),
    r"all in capital letters": lambda case: case.block.text.isupper(),
    r"(?:only )?(\d+) % of its words have a capital initial": lambda case, _: any(c.isalpha() for c in case.block.text),
    r"(\d+) % of its characters are digits": lambda case, _: any(c.isdigit() for c in case.block.text),
    r"no commas": lambda case: "," not in case.block.text,
    r"(\d+)(?: or more)? commas?": lambda case, number: len(re.findall("[,、，]", case.block.text)) >= int(number),
    r"(\d+) sentence ends?": lambda case, number: sum(map(case.block.text.count, ".!?。！？।")) >= int(number),
    r"ends like a sentence": lambda case: not case.block.text[-1].isalnum(),
    r"no sentence end": lambda case: not re.search(r"[.!?。！？](\s|$)", case.block.text),
    r"a symbol such as \| or ©, or an address": lambda case: bool(re.search(r"\W|www", case.block.text)),
    r"a year or a time of day in it": lambda case: bool(re.search(r"\d", case.block.text)),
    r"stands on the page (twice|three times|four times|five times or more)": lambda case, times: (
        sum(block.text == case.block.text for block in case.document.blocks)
        >= {"twice": 2, "three times": 3, "four times": 4}.get(times, 5)
    ),
    r"(\d+)( or more)? words? (?:for|such as|that may) .+ \((.+)\)": quotes_words,
    r"about (?:\d+) % of its text are words common in menus and notices \(()()(.+)\)": lambda case, *found: (
        quotes_words(case, "1", None, found[2])
    ),
    r"no words common in menus and notices": anything,
    r"the title itself": anything,
    r"has a part in common with the title": anything,
    r"begins like the page's description": lambda case: bool(case.article.description),
    r"words of the page's URL in it": lambda case: bool(case.article.url),
    r"an author's name in it": anything,
    r"the site's name in it": anything,
    r"(?:(?:only )?\d+ %|less than 1 %|none) of its longer words in the main paragraphs": lambda case: bool(
        re.search(r"[^\W\d_]{5}", case.block.text)
    ),
    r"an? (paragraph|heading|list item|quote|caption|table row|embedded post)": lambda case, kind: (
        kind.replace(" ", "_") in (case.block.kind, "embedded_post")
    ),
    r"preformatted text": lambda case: case.block.kind is Kind.PREFORMATTED,
    r"a heading of level (\d)": lambda case, level: case.block.level == int(level),
    r"bold": lambda case: case.block.bold,
    r"a likely rule (?:for '[a-z_]+' )?matches (?:its text|an element around it)": anything,
    r"directly under the heading '(.+?)'": lambda case, heading: case.at(case.block.place - 1).block.text.startswith(
        heading.removesuffix("…")
    ),
    r"\d+ blocks? under the heading '(.+?)'": has_heading,
    r"under a heading that a rule removes": has_heading,
    r"(\d+)( or more)? blocks? ((?:before|after) the (?:first|last) "
    r"(?:main paragraph|block that is almost surely text))": stands_before,
    r"(\d+)( or more)? blocks? (before|after) the main part of the page": is_out_of_main,
    r"(?:directly )?(?:between|before a|after a) (?:main paragraphs?|blocks that are almost surely text)": anything,
    r"in the main part of the page": anything,
    r"(?:no )?likely text (?:before|after) it": anything,
    r"only (\d+) blocks? before it": lambda case, number: case.block.place == int(number),
    r"only (\d+) blocks? after it": lambda case, number: len(case.document.blocks) > int(number),
    r"the first block": lambda case: case.block.place == 0,
    r"the last block": lambda case: case.block.place == len(case.document.blocks) - 1,
    r"no main paragraph on the page": anything,
    r"no block of the page is almost surely text": anything,
    r"no main paragraph (?:before it|after it|on one side of it)(?: within (\d+) blocks?)?": anything,
    r"(?:(?:only )?\d+ %|less than 1 %|none) of the text within \d+ blocks? of it in main paragraphs": anything,
    r"and such a line is removed whatever its probability": lambda case: not is_finished(case.block.text),
    r"(\d+) % of its text is links": lambda case, share: int(share) == round(100 * case.block.linked),
    r"(\d+) % of the text within (\d+) blocks? of it is links": lambda case, _, width: any(
        block.links
        for block in case.document.blocks[max(0, case.block.place - int(width)) : case.block.place + int(width) + 1]
    ),
    r"(?:only (?:\d+) %|less than 1 %|none) of the text within (?:\d+) blocks? of it is links": anything,
    r"no links": lambda case: not case.block.links,
    r"(\d)( or more)? links? in it": lambda case, number, more: len(case.block.links) >= int(number),
    rf"has a link .+? {OFTEN}": has_link,
    rf"in an element (?:named|with) (\S+?) {OFTEN}": is_named,
    rf"in (<[a-z0-9:-]+>) {OFTEN}": is_named,
    r"in an element with (?:(?:only )?\d+ %|less than 1 %|none) of the main paragraphs' text": anything,
    r"trafilatura (?:leaves out|extracts) (\d+) % of an element around it": anything,
    r"in an element without another main paragraph": anything,
    r"no main paragraph with the same markup": is_unlike_paragraphs,
    r"(\d+)(?: or more)? main paragraphs? with the same markup": lambda case, _: bool(case.around),
    r"(\d)(?: or more)? elements? (?:deeper|less deep) than the main paragraphs": anything,
    r"nested as deep as the main paragraphs": anything,
    r"(?:not )?in the text that trafilatura extracts": anything,
    r"(?:(?:only )?\d+ %|less than 1 %|none) of the other text .+ is likely article text": anything,
    r"its place or its class is that of a standfirst": anything,
    r"the block (before|after) it (.+?)": other_block,
    r"the items of its list, taken together, are text with a probability of only [\d.]+": lambda case: (
        case.block.kind in (Kind.LIST_ITEM, Kind.TABLE_ROW)
    ),
    r"(?:directly|(\d) blocks?) (after|before) a picture(?: with the same words in its alt text)?": is_near_picture,
    r"in italics and not a sentence": lambda case: case.block.italic,
    r"with a credit in brackets": lambda case: bool(re.search(r"[(\[（【].*[)\]）】]", case.block.text)),
    r"(?:alone|in a small element together) with a picture(?: in an element)?": lambda case: is_near_picture(
        case, None, "after"
    ),
    r"says what the picture's description says": lambda case: any(medium.words for medium in case.document.media),
    # Of what needs no scorer.
    r"(?:before the first|after the last) paragraph": lambda case: case.document.plain,
    r"a heading with no kept text under it": lambda case: all(
        block.kind is Kind.HEADING for block in case.article.blocks if block.place > case.block.place
    ),
    r"the article's title": anything,
    r"a top heading before the article's first paragraph": lambda case: case.block.level == 1,
    r"in an element that the page hides": lambda case: any(element.hidden for element in case.around),
    r"in an element for captions": lambda case: case.block.kind is Kind.CAPTION,
    r"an embedded post of another service": lambda case: case.block.kind is Kind.EMBED,
    r"outside the article's element": anything,
    r"data or program code, not prose": lambda case: bool(re.search(r"[{}\[\]]", case.block.text)),
    r"a quote of words that the article's text has elsewhere": lambda case: case.block.kind is Kind.QUOTE,
    r"in a passage that repeats an earlier one": lambda case: case.document.plain,
    r"the same text stands (\d+) blocks? before it": lambda case, number: (
        case.document.blocks[case.block.place - int(number)].text.lower() == case.block.text.lower()
    ),
    r"the article's text comes from the page's JSON": anything,
}


def is_true(piece: str, case: Case) -> bool | None:
    """Whether a piece of evidence is true; `None` if there is no check for it."""
    for pattern, check in CHECKS.items():
        if match := re.fullmatch(pattern, piece):
            return check(case, *match.groups())
    return None


def pieces_of(evidence: str) -> Iterator[str]:
    """Yield the pieces of evidence, on both sides. A piece, such as one that quotes a heading, may have a comma."""
    against, is_doubtful, support = evidence.removeprefix("against: ").partition("; for: ")
    if is_doubtful:
        yield from pieces_of(support)
    parts = against.split(", ")
    while parts:
        end = next(
            (end for end in range(1, len(parts) + 1) if any(re.fullmatch(p, ", ".join(parts[:end])) for p in CHECKS)),
            len(parts),
        )
        yield ", ".join(parts[:end])
        del parts[:end]


def document_of(source: Path) -> Document:
    content = source.read_bytes()
    return read_plain_text(content.decode()) if source.suffix == ".txt" else read_page(parse(decode(content).text).root)


@pytest.mark.parametrize(
    "source", [pytest.param(each, id=each.stem) for each in sources(FIXTURES) + sources(KNOWN_FAILURES)]
)
def test_evidence_is_true_of_the_fixtures(source: Path) -> None:
    """Every piece of evidence about a removed block of a fixture page is one that is known here, and is true."""
    article, document = cleaned(source), document_of(source)
    for removed in article.removed:
        if removed.evidence is None or removed.place >= len(document.blocks):  # its text comes from the page's JSON
            continue
        for piece in pieces_of(removed.evidence):
            assert is_true(piece, Case(document, article, removed)), (piece, removed)
