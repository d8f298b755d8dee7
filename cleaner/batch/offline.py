"""Records for a task of another framework, such as Spark: of inputs that are at hand, with one worker process."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import replace
from itertools import starmap
from typing import TYPE_CHECKING

from cleaner.batch.clean_many import Options, records
from cleaner.batch.ordering import ReadyInput
from cleaner.errors import Code
from cleaner.inputs.names import InputKind
from cleaner.inputs.read import Input, Problem

if TYPE_CHECKING:
    from cleaner.write.record_types import ArticleRecord


def offline_records(inputs: Iterable[Input], options: Options) -> Generator[ArticleRecord, None, None]:
    """Yield exactly one record for each input, in order. A URL without a page is not fetched; its record has an error.

    The framework decides how many tasks run at a time, so there is one worker process for the inputs. It has the limits
    of time and memory of `clean_many`. A thread reads at most four inputs ahead of the records.
    """
    return records(starmap(ReadyInput, enumerate(map(_without_fetch, inputs))), options, jobs=1)


def _without_fetch(source: Input) -> Input:
    if source.kind is not InputKind.URL or source.problem:
        return source
    # A thousand tasks that each wait a second between requests to a host would together not wait at all.
    problem = Problem(Code.BAD_INPUT, "there is no html and no text, and pages are not fetched here")
    return replace(source, kind=InputKind.TEXT, problem=problem)
