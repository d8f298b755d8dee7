"""Turn many inputs into records: exactly one record for each input, whatever happens to the others."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cleaner.batch.ordering import OrderedQueue, ReadyInput
from cleaner.collection import collector_paused
from cleaner.errors import CleanerError, Code, InputError, NoArticleError
from cleaner.http.fetcher import Fetcher, FetchTask
from cleaner.http.scheduler import fetch_each
from cleaner.inputs.arguments import checked_inputs
from cleaner.inputs.names import InputKind
from cleaner.inputs.read import Input, Source, read_file, read_inputs
from cleaner.models import Article, Keep, Page, Status
from cleaner.processes.forkserver import Failure, describe
from cleaner.processes.pool import map_in_workers
from cleaner.write.record import record

if TYPE_CHECKING:
    from cleaner.rules.user import Rules, RulesOrPaths
    from cleaner.write.record_types import ArticleRecord

# Inputs that wait for the fetch of another input with the same URL. More are fetched themselves, so that the reading
# of a list of a single URL does not delay the records.
MAX_DUPLICATES: Final = 1_000

_log = logging.getLogger(__name__)


class Options(NamedTuple):
    """The options that change a record, which travel to the worker processes with each input.

    `keep`, `any_page` and `rules` are as in `clean`; `explain` adds `blocks` and `removed`, `blocks` only `blocks`. An
    article with a confidence below `min_confidence` gets the status "unsure". `comments` adds the readers' comments.
    """

    explain: bool = False
    keep: Keep = Keep.BALANCED
    any_page: bool = False
    rules: Rules | None = None
    min_confidence: float = 0.0
    blocks: bool = False
    comments: bool = False

    @classmethod
    def checked(
        cls,
        explain: bool,
        keep: Keep | str,
        any_page: bool,
        rules: RulesOrPaths,
        min_confidence: float,
        blocks: bool = False,
        comments: bool = False,
    ) -> Options:
        """Return the options with these arguments of `clean_many`. Raises what `clean_many` does for bad ones."""
        if not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence must be from 0 to 1, not {min_confidence}")
        options = cls(explain, Keep(keep), any_page, min_confidence=min_confidence, blocks=blocks, comments=comments)
        if rules is None:
            return options
        from cleaner.rules.user import as_rules

        return options._replace(rules=as_rules(rules))


def clean_many(
    inputs: Iterable[Source],
    *,
    jobs: int | None = None,
    ordered: bool = True,
    explain: bool = False,
    blocks: bool = False,
    keep: Keep | str = Keep.BALANCED,
    any_page: bool = False,
    rules: RulesOrPaths = None,
    min_confidence: float = 0.0,
    follow_pages: int = 0,
    comments: bool = False,
    fetcher: Fetcher | None = None,
) -> Iterator[ArticleRecord]:
    """Yield exactly one record for each input; `docs/record.md` describes its fields.

    A bad input raises nothing: its record has an `error`. Pages are cleaned in worker processes, so an input that takes
    more than 20 seconds, needs more than 1 GB of memory or crashes its worker also affects only its own record.

    Args:
        inputs: The inputs. Each is a string as on the command line (a URL, a file, a folder, or `-` for standard
            input), a path, a `Page`, a mapping with `html`, `text` or only a `url`, and optionally an `id`, or an
            earlier record. A folder, a file of JSON lines or a web archive holds many inputs. A thread reads the
            inputs, at most 10,000 ahead of the records.
        jobs: The number of worker processes; `None` for one for each core.
        ordered: Whether all records are in the order of the inputs. Otherwise only the first 100 are; later ones come
            as they finish, and `index` is the position of the input.
        explain: Whether to add `blocks` and `removed` to each record.
        blocks: Whether to add `blocks` to each record.
        keep: See `clean`.
        any_page: See `clean`.
        rules: See `clean`. A path is read once, before the first record.
        min_confidence: The smallest confidence, 0 to 1, of an article. The record of a less certain one has the status
            "unsure" and an error with the code `low_confidence`, and still the text.
        follow_pages: How many further pages of an article are fetched and joined to its first one, if its input is a
            URL; see `fetch_pages`.
        comments: Whether to add the readers' `comments` that each page shows to its record.
        fetcher: The fetcher for all URLs; `None` for a new one. It runs in threads of this process, so that it can
            limit the requests to each host.

    Raises:
        RuleFileError: A rule file cannot be read, or has a mistake.
        TypeError: `inputs` is a single input, a file, or an async iterable (see `aclean_many`) instead of a list.
        ValueError: `jobs` is below 1, `follow_pages` is below 0, `keep` has another value, `min_confidence` is not from
            0 to 1, or, without a `fetcher`, the contact in `CLEANER_CONTACT` is not valid.
        Exception: Whatever iterating over `inputs` raises.
    """
    options = Options.checked(explain, keep, any_page, rules, min_confidence, blocks, comments)
    return records(
        numbered_inputs(inputs), options, jobs=jobs, ordered=ordered, follow_pages=follow_pages, fetcher=fetcher
    )


def numbered_inputs(inputs: object) -> Iterator[ReadyInput]:
    """Return the inputs of `clean_many`, numbered from 0. Raises `TypeError` if it is not a list of inputs."""
    return starmap(ReadyInput, enumerate(read_inputs(checked_inputs(inputs))))


def records(
    inputs: Iterator[ReadyInput],
    options: Options,
    *,
    jobs: int | None = None,
    ordered: bool = True,
    follow_pages: int = 0,
    fetcher: Fetcher | None = None,
    stop: threading.Event | None = None,
    stop_seconds: float | None = None,
    own_process: bool = False,
) -> Generator[ArticleRecord, None, None]:
    """Yield the records of numbered inputs that are not fetched yet. Parameters without a note are as in `clean_many`.

    With `ordered=False`, records of inputs with the same key (`input_key`) still keep the order of these inputs, so
    that a run can be resumed by counting keys. `stop` ends the run early, and running pages have `stop_seconds` then;
    see `map_in_workers`. `own_process` means that this process runs nothing but the command.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    if follow_pages < 0:
        raise ValueError(f"follow_pages must be at least 0, not {follow_pages}")
    queue = OrderedQueue(ordered=ordered)
    ready = _fetch_urls(queue.admit(inputs), fetcher or Fetcher(), follow_pages)
    work = partial(_clean_input, options=options)
    if not hasattr(os, "fork"):  # Windows: without workers, a page can crash or stop this process
        return queue.release(work(each) for each in ready)
    results = map_in_workers(
        work,
        partial(_failure_record, options=options),
        ready,
        jobs=jobs or cores(),
        preload=_preload,
        stop=stop,
        stop_seconds=stop_seconds,
        forked=own_process and threading.active_count() == 1,
        quiet=not _log.isEnabledFor(logging.DEBUG),
    )
    return queue.release(results)


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _preload() -> None:
    with collector_paused():
        from cleaner.pipeline import warm_up

        warm_up()


def _fetch_urls(inputs: Iterator[ReadyInput], fetcher: Fetcher, follow_pages: int) -> Iterator[ReadyInput]:
    """Yield inputs that are ready to clean: a URL with its page or fetch error, any other input unchanged and at once.

    URLs come in the order in which their fetches end. A URL that is given again while it is being fetched is not
    fetched a second time; its later inputs follow the first one.
    """
    duplicates = _Duplicates()
    task_of = partial(_fetch_task, fetcher=fetcher, follow_pages=follow_pages)
    fetches = fetch_each(duplicates.removed(inputs), task_of, fetcher)
    for first, page, failure, elapsed_ms in fetches:
        for ready in (first, *duplicates.of(first)):
            if failure is None or isinstance(failure, CleanerError):
                error = failure
            else:
                error = _internal_error(ready.source, failure)
            warnings = fetcher.warnings if _needs_fetch(ready.source) else ()
            yield replace(ready, page=page, error=error, warnings=warnings, fetch_ms=elapsed_ms)


# A URL, and the site that named it: this decides which headers and cookies are sent.
_Fetch = tuple[str, str | None]


class _Duplicates:
    """Inputs with a URL that is being fetched for an earlier input. Used by one thread."""

    def __init__(self) -> None:
        self._waiting: dict[_Fetch, list[ReadyInput]] = {}  # for each URL that is being fetched
        self._count = 0

    def removed(self, inputs: Iterator[ReadyInput]) -> Iterator[ReadyInput]:
        """Yield the inputs without the duplicates, of which it keeps at most `MAX_DUPLICATES`."""
        for ready in inputs:
            fetch = _fetch_of(ready.source)
            if fetch is None or self._count >= MAX_DUPLICATES:
                yield ready
            elif fetch in self._waiting:
                self._waiting[fetch].append(ready)
                self._count += 1
            else:
                self._waiting[fetch] = []
                yield ready

    def of(self, first: ReadyInput) -> list[ReadyInput]:
        """Return the duplicates of an input whose fetch has ended, in order."""
        fetch = _fetch_of(first.source)
        found = self._waiting.pop(fetch, []) if fetch else []
        self._count -= len(found)
        return found


def _fetch_of(source: Input) -> _Fetch | None:
    """Return what is fetched for an input; `None` for another input, or if a copy from before is compared."""
    if not _needs_fetch(source) or source.previous is not None:
        return None
    return source.url or source.name, source.found_on


def _fetch_task(ready: ReadyInput, *, fetcher: Fetcher, follow_pages: int) -> FetchTask | None:
    source = ready.source
    if not _needs_fetch(source):
        return None
    task = fetcher.fetch_steps(source.url or source.name, previous=source.previous, found_on=source.found_on)
    if not follow_pages:
        return task
    from cleaner.batch.following import following_steps  # most runs follow no pages

    return following_steps(fetcher, task, follow_pages, found_on=source.found_on)


def _needs_fetch(source: Input) -> bool:
    return source.kind is InputKind.URL and source.problem is None


def _clean_input(ready: ReadyInput, *, options: Options) -> ArticleRecord:
    """Return the record of one input.

    Every `Exception` becomes an error in the record, except `MemoryError`: the worker reports that one.
    """
    started = time.perf_counter()
    source, page, error = ready.source, ready.page, ready.error
    article: Article | None = None
    try:
        if source.problem:
            raise InputError(*source.problem, url=source.url)
        if source.kind is InputKind.TEXT:
            article = _clean_text(source, options)
        elif error is None:
            page = page or _load_page(source)
            if not (page.unchanged and not page.content):
                article = _clean_page(page, options)
        if article is not None:
            article, error = _checked_confidence(article, options.min_confidence, source)
    except NoArticleError as failure:
        article, error = failure.article, failure
    except CleanerError as failure:
        error = failure
    except MemoryError:
        raise
    except Exception as failure:
        error = _internal_error(source, failure)
    elapsed_ms = ready.fetch_ms + (time.perf_counter() - started) * 1000
    result = record(
        source,
        article,
        index=ready.index,
        error=error,
        page=page,
        elapsed_ms=elapsed_ms,
        explain=options.explain,
        blocks=options.blocks,
        comments=options.comments,
    )
    return result | {"warnings": [*ready.warnings, *result["warnings"]]}


def _checked_confidence(article: Article, min_confidence: float, source: Input) -> tuple[Article, CleanerError | None]:
    """Return the article, and an error if its confidence is below the minimum; its status is then `UNSURE`."""
    if article.confidence is None or article.confidence >= min_confidence:
        return article, None
    message = f"the confidence of the article is {article.confidence}, below {min_confidence}"
    return replace(article, status=Status.UNSURE), CleanerError(Code.LOW_CONFIDENCE, message, url=source.url)


def _failure_record(ready: ReadyInput, failure: Failure, *, options: Options) -> ArticleRecord:
    """Return the record of an input for which the worker process returned no record."""
    source, page = ready.source, ready.page
    error = CleanerError(failure.code, failure.message, url=source.url)
    result = record(
        source,
        None,
        index=ready.index,
        error=error,
        page=page,
        elapsed_ms=ready.fetch_ms,
        explain=options.explain,
        blocks=options.blocks,
        comments=options.comments,
    )
    return result | {"warnings": [*ready.warnings, *result["warnings"]]}


def _internal_error(source: Input, failure: Exception) -> CleanerError:
    """Return the error for an unexpected exception, from a bug here or in a library. Other inputs are not affected."""
    _log.debug("%s", source.name, exc_info=failure)
    return CleanerError(Code.INTERNAL_ERROR, describe(failure), url=source.url)


def _load_page(source: Input) -> Page:
    if isinstance(source.content, Page):
        return source.content
    return Page(_read_content(source), url=source.url)


def _read_content(source: Input) -> bytes | str:
    if isinstance(source.content, Path):
        return read_file(source.content)
    if isinstance(source.content, bytes | str):
        return source.content
    raise TypeError(f"an input of kind {source.kind} without content")


def _clean_page(page: Page, options: Options) -> Article:
    with collector_paused():
        from cleaner.pipeline import clean

    return clean(page, keep=options.keep, any_page=options.any_page, rules=options.rules, comments=options.comments)


def _clean_text(source: Input, options: Options) -> Article:
    with collector_paused():
        from cleaner.pipeline import clean_text

    return clean_text(_read_content(source), url=source.url, keep=options.keep, rules=options.rules)
