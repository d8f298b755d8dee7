"""All rules, declared as data. Each module holds the rules of one group of reasons and nothing else."""

from __future__ import annotations

from cleaner.rules.model import Rule
from cleaner.rules.tables import (
    ads_and_consent,
    byline,
    comments,
    elements,
    pictures,
    related,
    sentences,
    share,
    site_chrome,
    subscribe,
)

# If several rules match, the first one gives the reason: rules that name their reason more exactly come first.
RULES: tuple[Rule, ...] = (
    *related.RULES,
    *ads_and_consent.RULES,
    *subscribe.RULES,
    *share.RULES,
    *comments.RULES,
    *byline.RULES,
    *pictures.RULES,
    *site_chrome.RULES,
    *sentences.RULES,
    *elements.RULES,
)
