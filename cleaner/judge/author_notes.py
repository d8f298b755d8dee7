"""Notes on the author at the edges of an article, which are none of its paragraphs however long they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from cleaner.blocks.stats import enclosing
from cleaner.judge.context import PageContext
from cleaner.models import Block, Document, Reason
from cleaner.rules.matching import text_rule
from cleaner.rules.model import Part
from cleaner.text.measures import letters_and_digits

# What is said of the author, however long it is, before the first paragraph or behind the last is none of them. Of what
# else rules know only there, disclaimers, as much is gold text as not.
ABOUT_AUTHOR = frozenset({Reason.AUTHOR_BOX, Reason.BYLINE})
# Notes on the author that are looked for at each edge of the article; of several authors, each may have one.
MAX_NOTES = 2
# Blocks of an element that holds nothing but such a note: a name, a role, the note, an address.
MAX_NOTE_BLOCKS = 4
# Elements around a note, the innermost first, that are asked for what they are called.
MAX_NOTE_DEPTH = 3
_LEADS_TO_AUTHOR = re.compile(
    r"^mailto:|//(?:www\.)?(?:twitter|x|instagram|linkedin|facebook|bsky|threads)\.|/(?:authors?|autor\w*|auteurs?|profile|"
    r"people|staff|contributors?|journalists?|columnists?|redaktion)/",
    re.IGNORECASE,
)
_CALLED_NOTE = re.compile(
    r"(?<![a-z])(?:authors?|autor\w*|auteurs?|bio\w*|about|notes?|contributors?|credits?|tagline|byline)"
)
# A first name or initial and a surname, which is the group. German writes every noun with a capital, "Der Autor" too.
_FULL_NAME = re.compile(
    r"(?!(?:An?|The|This|Der|Die|Das|Ein|Eine|El|La|Le|Les|Il|Lo|O|De|Het|Een|En|Ett?|Un|Une|Her|His|Our|Their) )"
    r"[^\W\d_][\w.'’-]* (?:[^\W\d_]\. )?([A-Z\u00c0-\u00de\u0400-\u042f][\w'’-]+) "
)


def without_notes(document: Document, places: list[int], part: Part, context: PageContext) -> list[int]:
    """The places of the sure paragraphs without those at one edge that a rule knows; one is always left.

    What a rule takes wherever it stands is no paragraph. Of notes on the author, `MAX_NOTES` go at most, and only if
    one of them has a second sign: an obituary says of others what such a note says of the author.
    """
    inwards = places[::-1] if part is Part.AFTER else places
    certain = 0  # paragraphs at the edge that are none
    notes = 0
    for count, place in enumerate(inwards[:-1], 1):
        block = document.blocks[place]
        rule = text_rule(block, part, plain=document.plain)
        if rule is None:
            break
        if rule.part is Part.ANYWHERE:
            certain = count if certain == count - 1 else certain
            continue
        notes += 1
        if rule.reason not in ABOUT_AUTHOR or notes > MAX_NOTES:
            break
        if rule.reason is not Reason.AUTHOR_BOX or _is_on_author(document, block, places, context):
            certain = count
    return places[: len(places) - certain] if part is Part.AFTER else places[certain:]


def _is_on_author(document: Document, block: Block, paragraphs: Sequence[int], context: PageContext) -> bool:
    """Whether something else than its words says that a block is a note on the author.

    It names an author of the article, or begins with a name that none of the article's `paragraphs` (places) has; it is
    set in italics, begins with a link or leads to an author's page or account; or it stands in a small element that is
    called so.
    """
    if block.italic or (block.links and block.links[0][0] == 0):
        return True
    if (name := _FULL_NAME.match(block.text)) is not None and not any(
        name[1] in document.blocks[place].text for place in paragraphs if place != block.place
    ):
        return True
    if any(map(letters_and_digits(block.text).__contains__, context.authors)) or any(
        map(_LEADS_TO_AUTHOR.search, block.targets)
    ):
        return True
    near = (document.elements[index] for index in islice(enclosing(document, block), MAX_NOTE_DEPTH))
    return any(
        element.last - element.first <= MAX_NOTE_BLOCKS and any(map(_CALLED_NOTE.search, element.tokens))
        for element in near
    )
