"""The judge: rules and witnesses say of each block whether it is the article's text, and why not."""

from cleaner.judge.confidence import confidence
from cleaner.judge.evidence import size
from cleaner.judge.page_kind import Head, Told, look, page_kind
from cleaner.judge.partial import is_partial, is_prompted
from cleaner.judge.second_opinion import second_opinion
from cleaner.judge.standfirst import Known, title_line
from cleaner.judge.verdicts import Judgement, judge, judgement, weighed

__all__ = [
    "Head",
    "Judgement",
    "Known",
    "Told",
    "confidence",
    "is_partial",
    "is_prompted",
    "judge",
    "judgement",
    "look",
    "page_kind",
    "second_opinion",
    "size",
    "title_line",
    "weighed",
]
