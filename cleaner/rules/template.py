"""Templates: phrases with choices, optional parts and named slots, translated into regular expressions.

    see (also|too)? : {headline}     "see", then "also" or "too" or neither, then a colon and a headline
    newsletters?                     a letter or group followed by ? is optional
    in {number} min(ute)?s?          slots in braces; {2-80} is any text of 2 to 80 characters

All other characters are literal. A backslash makes the next character literal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaner.patterns import lazy_pattern

_ITEM = lazy_pattern(
    r"\\(?P<escaped>.)|\{(?P<slot>[^{}]*)\}|(?P<sign>[(|)?])|(?P<text>[^\\{}()|?]+)|(?P<bad>.)", re.DOTALL
)
_RANGE = lazy_pattern(r"(\d+)-(\d+)")


class TemplateError(ValueError):
    """A template that cannot be read. The message says why."""


def to_pattern(template: str, slots: Mapping[str, str]) -> str:
    """Return the regular expression for a template. `slots` has the regular expression of each named slot.

    Raises `TemplateError` if the template is malformed or names an unknown slot.
    """
    parts: list[str] = []
    depth = 0
    repeatable = False  # whether a question mark may follow
    for item in _ITEM.finditer(template):
        if item["bad"] is not None:
            raise TemplateError(f"unexpected {item['bad']!r}; write \\{item['bad']} for the character itself")
        if item["slot"] is not None:
            parts.append(_slot(item["slot"], slots))
            repeatable = True
        elif item["sign"] is not None:
            sign = item["sign"]
            if sign == "(":
                depth += 1
            elif sign == ")":
                depth -= 1
                if depth < 0:
                    raise TemplateError("a closing parenthesis has no opening one")
            elif sign == "|" and not depth:
                raise TemplateError("| is only allowed in parentheses; write two templates instead")
            elif sign == "?" and not repeatable:
                raise TemplateError("? must follow a letter or a group; write \\? for the character itself")
            parts.append(sign)
            repeatable = sign == ")"
        else:
            literal = item["escaped"] or item["text"]
            parts.append(escape(literal))
            repeatable = True
    if depth:
        raise TemplateError("a parenthesis is not closed")
    return "".join(parts)


def _slot(name: str, slots: Mapping[str, str]) -> str:
    if limits := _RANGE.fullmatch(name):
        return f".{{{limits[1]},{limits[2]}}}"
    if name not in slots:
        raise TemplateError(
            f"unknown slot {{{name}}}; choose one of {', '.join(sorted(slots))}, or {{2-80}} for any text"
        )
    return f"({slots[name]})"


def escape(text: str) -> str:
    """Return the regular expression that matches the text itself."""
    return re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text)
