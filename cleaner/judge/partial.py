"""Detection of partial articles: the page itself says that there is more text than it shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.models import Document, Reason, Verdict
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import weighted_length

# A prompt to subscribe at most this many blocks after the last kept block refers to the article.
MAX_BLOCKS_TO_PROMPT = 8
# A whole article has at least this share (0 to 1) of its declared words; some sites also count captions and boxes. On
# the development pages that declare a length, 159 of 160 whole articles have 0.75 or more, and the one teaser has 0.36.
MIN_DECLARED_SHARE = 0.5
# Declared lengths of fewer words than this are ignored: captions and boxes may be half of them.
MIN_DECLARED_WORDS = 150
# Some sites declare characters instead of words. A declared length counts as characters if it differs from the text's
# weighted length by less than this share (0 to 1) of it.
CHARACTER_COUNT_TOLERANCE = 0.25
# A text of at least this weighted length is not a teaser with a link to the rest.
MAX_TEASER_LENGTH = 1200
# The whole text of a link to the rest. "Read more" alone is not enough: it links to other articles as often.
_LINK_TO_REST = lazy_pattern(
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
    """Whether a line that asks the reader to subscribe or log in to read on follows the kept text."""
    pairs = zip(document.blocks, verdicts, strict=True)
    last = max((block.place for block, verdict in pairs if not verdict.reason), default=-1)
    following = verdicts[last + 1 : last + 1 + MAX_BLOCKS_TO_PROMPT]
    return last >= 0 and any(verdict.reason is Reason.PAYWALL for verdict in following)


def is_partial(document: Document, verdicts: Sequence[Verdict], *, words: int | None, declared: int | None) -> bool:
    """Whether the page says that the kept text is only a part of the article.

    `words` is the length of the kept text and `declared` the length in the page's data, both in words; `None` if
    unknown.
    """
    kept = [block for block, verdict in zip(document.blocks, verdicts, strict=True) if verdict.reason is None]
    if not kept:
        return False
    last = kept[-1].place
    if is_prompted(document, verdicts):
        return True
    length = sum(weighted_length(block.text) for block in kept)
    if length < MAX_TEASER_LENGTH and any(_links_to_rest(document, place) for place in (last, last + 1)):
        return True
    if words is None or declared is None or declared < MIN_DECLARED_WORDS:
        return False
    counts_characters = abs(declared - length) < CHARACTER_COUNT_TOLERANCE * length
    return words < MIN_DECLARED_SHARE * declared and not counts_characters


def _links_to_rest(document: Document, place: int) -> bool:
    """Whether the block at `place` is a link to the rest of the article, or in plain text has the words of one."""
    if place >= len(document.blocks):
        return False
    block = document.blocks[place]
    return bool(block.links or document.plain) and _LINK_TO_REST.fullmatch(block.text) is not None
