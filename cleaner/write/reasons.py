"""The reasons of removed blocks in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.models import Reason

# What the reasons mean that do not say what a block is. The article's part of a page is the element that holds most of
# its paragraphs; that of a plain text reaches from the first paragraph to the last. A short line beside it is "unsure".
MEANINGS: Mapping[str, str] = {
    Reason.OUTSIDE: "apart from the article's part of the page",
    Reason.UNSURE: "in or beside the article's part of the page, but probably not its text",
}
# Where a block is that these rules remove. Their reasons fit most of what is there, such as the copyright notice.
# Likely rules go by names that pages use for other elements, too.
REGIONS: Mapping[str, str] = {
    "footer-element": "in the footer of the page",
    "byline-element": "in the line of the author and the date",
    "share-element": "in a box with share buttons",
    "tags-element": "in a list of tags",
    "sidebar-element": "in what is marked as a sidebar or widget",
    "dialog-element": "in what is marked as a dialog or a layer",
    "button-element": "on a button",
    "widget-element": "in a widget",
    "form-element": "in a form",
}


def why(removed: Mapping[str, Any]) -> str:
    """Return the reason of a removed block with its rule and its evidence: `related, rule see-also-line`."""
    meaning = MEANINGS.get(str(removed["reason"])) or REGIONS.get(removed["rule"])
    reason = f"{removed['reason']}: {meaning}" if meaning else str(removed["reason"])
    rule = f"rule {removed['rule']}" if removed["rule"] else None
    return ", ".join(filter(None, (reason, rule, removed["evidence"])))
