"""Notes on the author before or after an article. They are not its paragraphs, however long they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from cleaner.blocks.stats import enclosing
from cleaner.judge.context import PageContext
from cleaner.models import Block, Document, Reason
from cleaner.patterns import lazy_pattern
from cleaner.rules.matching import PageRules
from cleaner.rules.model import Part, Rule, Strength
from cleaner.text.measures import letters_and_digits

# The reasons of the rules that recognise text about the author. Such text before the first paragraph or after the last
# is not a paragraph, however long it is. Not disclaimers, which have rules for these places, too: in
# the development data, half of the long ones belong to the article.
ABOUT_AUTHOR = frozenset({Reason.AUTHOR_BOX, Reason.BYLINE})
# The most notes on authors that are removed at each end of the article: each of several authors may have one.
MAX_NOTES = 2
# The most blocks in an element that holds nothing but such a note: a name, a role, the note, an e-mail address.
MAX_NOTE_BLOCKS = 4
# How many elements around a note are checked for their names, the innermost first.
MAX_NOTE_DEPTH = 3
_AUTHOR_LINK = lazy_pattern(
    r"^mailto:|//(?:www\.)?(?:twitter|x|instagram|linkedin|facebook|bsky|threads)\.|/(?:authors?|autor\w*|auteurs?|profile|"
    r"people|staff|contributors?|journalists?|columnists?|redaktion)/",
    re.IGNORECASE,
)
_NOTE_TOKEN = lazy_pattern(
    r"(?<![a-z])(?:authors?|autor\w*|auteurs?|bio\w*|about|notes?|contributors?|credits?|tagline|byline)"
)
# A first name or initial, and a surname as the group. The articles are excluded because of capitalised nouns: German
# capitalises all, as in "Der Autor".
_FULL_NAME = lazy_pattern(
    r"(?!(?:An?|The|This|Der|Die|Das|Ein|Eine|El|La|Le|Les|Il|Lo|O|De|Het|Een|En|Ett?|Un|Une|Her|His|Our|Their) )"
    r"[^\W\d_][\w.'’-]* (?:[^\W\d_]\. )?([A-Z\u00c0-\u00de\u0400-\u042f][\w'’-]+) "
)


def certain_rule(
    rules: Iterable[Rule],
    document: Document,
    block: Block,
    paragraphs: Sequence[int],
    context: PageContext,
    *,
    after_note: bool = False,
) -> Rule | None:
    """Return the first of the rules that is certain about a block which all of them match; `None` if none is.

    A rule with a witness is certain only if a second signal says that the block is about an author of the article, or
    if it directly follows such a note (`after_note`). `paragraphs` are the places of the sure paragraphs.
    """
    for rule in rules:
        if rule.strength is Strength.CERTAIN and (
            rule.witness is None or after_note or _is_on_author(document, block, paragraphs, context)
        ):
            return rule
    return None


def without_notes(
    document: Document, places: list[int], part: Part, context: PageContext, rules: PageRules
) -> list[int]:
    """Return the places of the sure paragraphs without those at one end that match a rule; at least one remains.

    A block that a rule removes anywhere on a page is not a paragraph. Of notes on the author and of blocks that a rule
    only finds likely, at most `MAX_NOTES` are taken away. Notes on the author are only taken away up to the last one
    with a second signal, because an obituary says of another person what such a note says of the author.
    """
    inwards = places[::-1] if part is Part.AFTER else places
    certain = 0  # how many blocks at this end are certainly not paragraphs
    notes = 0
    for count, place in enumerate(inwards[:-1], 1):
        block = document.blocks[place]
        found = list(rules.of_block(block, part, plain=document.plain))
        rule = certain_rule(found, document, block, places, context)
        if rule is not None and rule.part is Part.ANYWHERE:
            certain = count if certain == count - 1 else certain
            continue
        notes += 1
        if not found or notes > MAX_NOTES:
            break
        if rule is None:
            # Of likely notes, those about an author need a second signal.
            certain = count if found[0].reason is not Reason.AUTHOR_BOX and certain == count - 1 else certain
        elif rule.reason in ABOUT_AUTHOR:
            certain = count
        else:
            break
    return places[: len(places) - certain] if part is Part.AFTER else places[certain:]


def _is_on_author(document: Document, block: Block, paragraphs: Sequence[int], context: PageContext) -> bool:
    """Whether a second signal, besides its text, says that a block is a note on the author.

    The signals: it contains the name of an author of the article, or begins with a name that no other of the article's
    `paragraphs` (places) contains; it is in italics, begins with a link, or links to an author's page or account; or it
    is in a small element with such a class.
    """
    if block.italic or (block.links and block.links[0][0] == 0):
        return True
    if (name := _FULL_NAME.match(block.text)) is not None and not any(
        name[1] in document.blocks[place].text for place in paragraphs if place != block.place
    ):
        return True
    if any(map(letters_and_digits(block.text).__contains__, context.authors)) or any(
        map(_AUTHOR_LINK.search, block.targets)
    ):
        return True
    near = (document.elements[index] for index in islice(enclosing(document, block), MAX_NOTE_DEPTH))
    return any(
        element.last - element.first <= MAX_NOTE_BLOCKS and any(map(_NOTE_TOKEN.search, element.tokens))
        for element in near
    )
