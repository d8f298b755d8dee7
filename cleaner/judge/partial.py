"""Whether a page says itself that there is more of the article than it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.models import Document, Reason, Verdict
from cleaner.text.measures import weighted_length

# A prompt this many blocks behind the last paragraph still speaks of the article.
MAX_BLOCKS_TO_PROMPT = 8
# Of the declared words, a whole article has at least this share (0 to 1): some count captions and boxes, too. On the
# development pages that declare a length, 159 of 160 whole articles have 0.75 or more, and the one teaser has 0.36.
MIN_DECLARED_SHARE = 0.5
# In words. Of a shorter length, boxes may well be half.
MIN_DECLARED_WORDS = 150
# Some sites declare characters for words: what is so near (0 to 1) to the text's own number of them is such.
CHARACTER_COUNT_TOLERANCE = 0.25
# Text of more letters than this is no teaser with a link to the rest.
MAX_TEASER_LENGTH = 1200
# "Read more" alone leads to other articles as often.
_GOES_ON = re.compile(
    r"\W*(?:continue reading|keep reading"
    r"|read (?:the )?(?:full|whole|entire|rest of the) (?:story|article|post|text|piece)"
    r"|(?:ganzen artikel |artikel )?weiterlesen|lire la suite(?: de l'article)?|seguir leyendo|sigue leyendo"
    r"|leer (?:la |el )?(?:nota|noticia|artículo) complet[oa]|continuar (?:a )?(?:leyendo|lendo|lettura)"
    r"|continua a leggere|leggi tutto|lees het hele artikel|verder lezen|läs hela artikeln|fortsätt läsa|les hele saken"
    r"|czytaj (?:dalej|całość)|читать (?:далее|полностью)|devamını oku|続きを読む|继续阅读|阅读全文|閱讀全文"
    r"|اقرأ المزيد)\W*",
    re.IGNORECASE,
)


def is_prompted(document: Document, verdicts: Sequence[Verdict]) -> bool:
    """Whether the kept text ends at a line that asks to subscribe or to log in to read on."""
    pairs = zip(document.blocks, verdicts, strict=True)
    last = max((block.place for block, verdict in pairs if not verdict.reason), default=-1)
    behind = verdicts[last + 1 : last + 1 + MAX_BLOCKS_TO_PROMPT]
    return last >= 0 and any(verdict.reason is Reason.PAYWALL for verdict in behind)


def is_partial(document: Document, verdicts: Sequence[Verdict], *, words: int | None, declared: int | None) -> bool:
    """Whether the kept text is only a part of the article, by what the page says.

    `words` is the length of the kept text and `declared` that which the page's data declares, both in words; `None`
    where unknown.
    """
    kept = [block for block, verdict in zip(document.blocks, verdicts, strict=True) if verdict.reason is None]
    if not kept:
        return False
    last = kept[-1].place
    if is_prompted(document, verdicts):
        return True
    letters = sum(weighted_length(block.text) for block in kept)
    if letters < MAX_TEASER_LENGTH and any(_goes_on(document, place) for place in (last, last + 1)):
        return True
    if words is None or declared is None or declared < MIN_DECLARED_WORDS:
        return False
    counts_letters = abs(declared - letters) < CHARACTER_COUNT_TOLERANCE * letters
    return words < MIN_DECLARED_SHARE * declared and not counts_letters


def _goes_on(document: Document, place: int) -> bool:
    """Whether a block is a link to the rest of the text."""
    if place >= len(document.blocks):
        return False
    block = document.blocks[place]
    return bool(block.links or document.plain) and _GOES_ON.fullmatch(block.text) is not None
