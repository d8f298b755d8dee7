"""How removed blocks are shown on a terminal: folded where they are boilerplate, and in colours."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

import click

from cleaner.models import Reason
from cleaner.patterns import lazy_pattern

# Reasons of one kind have the same colour: parts of the article, links, requests, what readers and other services say,
# the site's own, what nobody sees. What is left, by place and form, is red, because it may be a mistake.
_COLOURS = {
    "blue": (Reason.HEADLINE, Reason.BYLINE, Reason.DATE, Reason.CAPTION, Reason.CREDIT, Reason.AUTHOR_BOX),
    "green": (Reason.RELATED, Reason.NAVIGATION, Reason.TAGS),
    "yellow": (Reason.SUBSCRIBE, Reason.DONATE, Reason.APP, Reason.PAYWALL, Reason.AD, Reason.SHARE),
    "white": (Reason.HIDDEN, Reason.SCRIPT),
    "magenta": (Reason.COMMENTS, Reason.POLL, Reason.EMBED, Reason.PLAYER),
    "cyan": (Reason.TOOLS, Reason.READING_TIME, Reason.CONTINUES, Reason.CONSENT, Reason.COPYRIGHT, Reason.DISCLAIMER),
    "red": (Reason.SITE_RULE, Reason.OUTSIDE, Reason.UNSURE, Reason.REPEATED),
}
_COLOUR_OF: Mapping[str, str] = {reason: colour for colour, reasons in _COLOURS.items() for reason in reasons}

# A removed block in explained Markdown: the text, and the mark with the reason. Kept text does not begin like this.
_REMOVED = lazy_pattern(r"^(~~.*~~ )(\*\(([a-z_]+)?.*\)\*)$", re.MULTILINE)


class TerminalView(NamedTuple):
    """What a terminal shows of a record."""

    folds: bool  # whether runs of boilerplate are one line each
    colours: bool

    def record(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the record that the writers get."""
        if not self.folds:
            return record
        from cleaner.write.folding import folded

        return folded(record)

    def paint(self, block: Mapping[str, Any], mark: str, text: str) -> str:
        """Return a line of a removed block: the mark in the colour of its reason, the text dimmed."""
        if not self.colours:
            return mark + text
        return _styled(mark, block["reason"]) + (click.style(text, dim=True) if text else "")

    def markdown(self, text: str) -> str:
        """Return explained Markdown with the same colours: of a removed block, the text comes before the mark."""
        if not self.colours:
            return text
        return _REMOVED.sub(lambda match: click.style(match[1], dim=True) + _styled(match[2], match[3]), text)


def _styled(mark: str, reason: str) -> str:
    """Return a mark in the colour of the reason; dimmed if it is that of a run of blocks."""
    colour = _COLOUR_OF.get(reason)
    return click.style(mark, fg=colour) if colour else click.style(mark, dim=True)


PLAIN = TerminalView(folds=False, colours=False)


def on_terminal(output: str | None) -> bool:
    """Whether the output is a terminal, on which a person reads it."""
    return output in (None, "-") and sys.stdout.isatty()


def terminal_view(output: str | None, *, explain_all: bool) -> TerminalView:
    """Return how to show records in the output: if it is a terminal, folded unless `explain_all`, and in colours.

    There are no colours if the variable NO_COLOR is set (https://no-color.org), or for a terminal that has none.
    """
    if not on_terminal(output):
        return PLAIN
    has_colours = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return TerminalView(folds=not explain_all, colours=has_colours)
