"""The form in which rules match texts and tokens: white space, quotes, dashes and decoration do not count."""

from __future__ import annotations

import re

from cleaner.patterns import lazy_pattern

# Variants of a character, and the one that rules contain.
_CANONICAL = {
    **dict.fromkeys("’‘ʼ´`", "'"),
    **dict.fromkeys("“”„«»‟″", '"'),
    **dict.fromkeys("–—−‐‑―", "-"),
    "…": "...",
    "：": ":",
    "｜": "|",
    "＝": "=",
    "（": "(",
    "）": ")",
}
_VARIANT = lazy_pattern(f"[{re.escape(''.join(_CANONICAL))}]")  # `str.translate` is slower: it looks up each character
# What themes add before and after a line: bullets, arrows, dashes, pictograms. A colon at the end is removed, too.
_BEFORE = " *•·●◦▪■□►▶▸▷➤➡→»›>|-–—~+✓✔✉☞👉👇📩📧📬📲📱📰🔔🔴🟢📢📣🔗💬❤⭐☕️"
_AFTER = _BEFORE + ":：‹«<←"
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "［": "］", "〈": "〉", "《": "》"}
_STOPS = " .!?。！？।؟…"

# What themes add before and after the name of a part: js-related, article__related-list, c-related-wrapper.
_THEME_PREFIX = lazy_pattern(
    r"(js|b|c|m|o|l|u|td|tdb|wp|wp-block|block|article|entry|post|single|story|page|content|site|blog|news|section|"
    r"module|component|widget|amp|elementor-widget|inline|in-article|field-name-field|is)-"
)
_THEME_SUFFIX = lazy_pattern(
    r"(-(container|wrapper|wrap|box|block|section|area|list|item|items|inner|outer|module|widget|component|content|group|"
    r"holder|title|header|heading|headline|label|body|footer|grid|text|link|links|inline|bottom|top|bar|panel|row|"
    r"element|card|cards|\d{1,2}))+$"
)
_DASHES = lazy_pattern(r"[-_]+")


def fold(text: str) -> str:
    """Return the text in the form that rules match.

    White space is folded to single spaces. Apostrophes, quotes and dashes are `'`, `"` and `-`, and an ellipsis is
    three full stops. Bullets, arrows and pictograms at both ends, brackets around the whole text and a colon at its
    end are removed.
    """
    text = " ".join(text.split()).lstrip(_BEFORE).rstrip(_AFTER)
    if text and _BRACKETS.get(text[0]) == text[-1]:
        text = text[1:-1].lstrip(_BEFORE).rstrip(_AFTER)
    return text if text.isascii() else _VARIANT.sub(lambda variant: _CANONICAL[variant[0]], text)


def without_stop(folded: str) -> str:
    """Return a folded text without the full stops, exclamation and question marks at its end.

    A text of nothing else is returned unchanged.
    """
    return folded.rstrip(_STOPS) or folded


def bare(text: str) -> str:
    """Return the text in the form in which phrases are compared: folded, without its stop, and caseless."""
    return caseless(without_stop(fold(text)))


def without_dots(text: str) -> str:
    """Return the text with the Turkish letters İ and ı as I and i, in its own case: see `caseless`."""
    return text.replace("İ", "I").replace("ı", "i")


def caseless(text: str) -> str:
    """Return the text in the lower case that the lookup and the patterns use."""
    # In Turkish, the capital of ı is I, and that of i is İ. The language of a page's capitals is unknown, so all are i.
    return text.lower() if text.isascii() else text.replace("İ", "i").replace("ı", "i").lower()


def fold_token(token: str) -> tuple[str, ...]:
    """Return the token with one `-` for each run of dashes and underscores, and also without the affixes of a theme."""
    whole = _DASHES.sub("-", token)
    if "-" not in whole:
        return (whole,)
    part = _THEME_SUFFIX.sub("", _THEME_PREFIX.sub("", whole, count=1) if _THEME_PREFIX.match(whole) else whole)
    return (whole, part) if part and part != whole else (whole,)
