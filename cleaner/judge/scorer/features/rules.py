"""Features of the likely rules that match a block: they are evidence, and the scorer decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cleaner.judge.scorer.features.columns import Columns, Rows
from cleaner.models import Reason
from cleaner.rules.model import Rule, Scope

# Reasons that have a column of their own, if a likely rule of that reason matches (`likely_subscribe` ...). Learned
# weights name the columns, so a reason that is added here needs a fit.
REASONS: Final = (
    Reason.AD,
    Reason.APP,
    Reason.AUTHOR_BOX,
    Reason.BYLINE,
    Reason.CAPTION,
    Reason.COMMENTS,
    Reason.CONSENT,
    Reason.COPYRIGHT,
    Reason.CREDIT,
    Reason.DISCLAIMER,
    Reason.DONATE,
    Reason.NAVIGATION,
    Reason.PAYWALL,
    Reason.PLAYER,
    Reason.POLL,
    Reason.RELATED,
    Reason.SHARE,
    Reason.SUBSCRIBE,
    Reason.TAGS,
    Reason.TOOLS,
)


def rule_columns(rows: Rows, likely: Mapping[int, Rule]) -> Columns:
    """Return columns with 1 for a likely rule and 0 for none.

    `likely` has the likely rule that matches a block, by place. Of the text, and of an element around it, there is a
    column for any reason (`likely`, `likely_element`); there is one for each reason, and for the blocks next to it.
    """
    of_text = [0.0] * rows.count
    of_element = [0.0] * rows.count
    for place, rule in likely.items():
        (of_element if rule.scope is Scope.ELEMENT else of_text)[place] = 1.0
    columns = rows.beside("likely", of_text, (1,), own=True)
    columns["likely_element"] = rows.of(of_element)
    reasons = [likely[place].reason if place in likely else None for place in rows.places]
    return columns | {f"likely_{reason}": _is(reasons, reason) for reason in REASONS}


def _is(reasons: Sequence[Reason | None], reason: Reason) -> list[float]:
    return [float(each is reason) for each in reasons]
