"""The judge: rules and witnesses say of each block whether it is the article's text, and why not."""

from cleaner.judge.evidence import size
from cleaner.judge.page_kind import page_kind
from cleaner.judge.second_opinion import second_opinion
from cleaner.judge.standfirst import Known
from cleaner.judge.verdicts import judge

__all__ = ["Known", "judge", "page_kind", "second_opinion", "size"]
