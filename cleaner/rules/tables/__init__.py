"""Every rule, declared as data. A module here holds the rules of one group of reasons and nothing else."""

from __future__ import annotations

from cleaner.rules.model import Rule
from cleaner.rules.tables import (
    byline,
    comments,
    elements,
    furniture,
    money,
    pictures,
    related,
    sentences,
    share,
    subscribe,
)

# Where several rules match, the first one gives the reason: what names its reason most exactly stands first.
RULES: tuple[Rule, ...] = (
    *related.RULES,
    *money.RULES,  # "Subscribe to continue reading" is a paywall's prompt
    *subscribe.RULES,
    *share.RULES,
    *comments.RULES,
    *byline.RULES,
    *pictures.RULES,
    *furniture.RULES,
    *sentences.RULES,
    *elements.RULES,
)
