"""Many inputs to many records: one for each, whatever happens to any of them."""

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
from typing import Any, NamedTuple

from cleaner.batch.ordering import OrderedQueue, ReadyInput
from cleaner.errors import CleanerError, Code, InputError, NoArticleError
from cleaner.http.fetcher import Fetcher, FetchTask
from cleaner.http.scheduler import fetch_each
from cleaner.inputs.arguments import checked_inputs
from cleaner.inputs.read import Input, InputKind, Source, read_file, read_inputs
from cleaner.models import Article, Keep, Page
from cleaner.processes.forkserver import Failure, described
from cleaner.processes.pool import map_in_workers
from cleaner.write.record import record

_log = logging.getLogger(__name__)


class Options(NamedTuple):
    """What decides what a record says: `keep` and `any_page` as in `clean`; `explain` adds `blocks` and `removed`."""

    explain: bool = False
    keep: Keep = Keep.BALANCED
    any_page: bool = False


def clean_many(
    inputs: Iterable[Source],
    *,
    jobs: int | None = None,
    ordered: bool = True,
    explain: bool = False,
    keep: Keep | str = Keep.BALANCED,
    any_page: bool = False,
    fetcher: Fetcher | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield exactly one record for each input; `docs/record.md` describes its fields.

    An input is what the command line takes (a URL, a file, a folder, `-`), a path, a `Page`, a mapping with `html`,
    `text` or only a `url`, and perhaps an `id`, or an earlier record. Folders, JSON lines and web archives hold many
    inputs. Nothing is raised for a bad input: its record has an `error`. The same holds for one that takes too long,
    needs too much memory or crashes, for pages are cleaned in `jobs` worker processes (default: one for each core).

    Records are in the order of the inputs. Without `ordered`, only the first 100 are; later ones come as they finish,
    and `index` tells their place. A thread reads the inputs, at most 10,000 ahead of the records. `explain` adds
    `blocks` and `removed` to each record; `keep` and `any_page` are those of `clean`. `fetcher` fetches all URLs in
    threads of this process, which is how it keeps its pace; `None` makes a new one.

    Raises `TypeError` if `inputs` is a single input and not a list of them, `ValueError` if `jobs` is below 1 or for
    another `keep`, and what `inputs` itself raises.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    numbered = starmap(ReadyInput, enumerate(read_inputs(checked_inputs(inputs))))
    return records(numbered, Options(explain, Keep(keep), any_page), jobs=jobs, ordered=ordered, fetcher=fetcher)


def records(
    inputs: Iterator[ReadyInput],
    options: Options,
    *,
    jobs: int | None = None,
    ordered: bool = True,
    fetcher: Fetcher | None = None,
    stop: threading.Event | None = None,
    own_process: bool = False,
) -> Generator[dict[str, Any], None, None]:
    """The records of inputs that have their index and are not fetched; the parameters are those of `clean_many`.

    Without `ordered`, records of inputs with the same key (`input_key`) still come in the order of these: so a run can
    be continued by counting keys. `stop` ends the run early, as `map_in_workers` tells. `own_process` says that this
    process is the command's.
    """
    queue = OrderedQueue(ordered=ordered)
    ready = _fetched(queue.entering(inputs), fetcher or Fetcher())
    work = partial(_cleaned, options=options)
    if not hasattr(os, "fork"):  # Windows: nothing guards this process there
        return queue.leaving(work(each) for each in ready)
    made = map_in_workers(
        work,
        partial(_lost, explain=options.explain),
        ready,
        jobs=jobs or cores(),
        warm=_warm,
        stop=stop,
        forked=own_process and threading.active_count() == 1,
        quiet=not _log.isEnabledFor(logging.DEBUG),
    )
    return queue.leaving(made)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _warm() -> None:
    from cleaner.pipeline import warm_up

    warm_up()


def _fetched(inputs: Iterator[ReadyInput], fetcher: Fetcher) -> Iterator[ReadyInput]:
    """The inputs as they can be cleaned: a URL with its page, or why there is none; any other as it is, and at once."""
    for ready, page, failure, elapsed_ms in fetch_each(inputs, partial(_visit, fetcher=fetcher), fetcher):
        error = failure if failure is None or isinstance(failure, CleanerError) else _mistake(ready.source, failure)
        warnings = fetcher.warnings if _is_fetched(ready.source) else ()
        yield replace(ready, page=page, error=error, warnings=warnings, fetch_ms=elapsed_ms)


def _visit(ready: ReadyInput, *, fetcher: Fetcher) -> FetchTask | None:
    source = ready.source
    return fetcher.fetch_steps(source.url or source.name, previous=source.previous) if _is_fetched(source) else None


def _is_fetched(source: Input) -> bool:
    return source.kind is InputKind.URL and source.problem is None


def _cleaned(ready: ReadyInput, *, options: Options) -> dict[str, Any]:
    """The record of one input. Of what is an `Exception`, raises `MemoryError` only: that is for its worker to tell."""
    started = time.perf_counter()
    source, page, error = ready.source, ready.page, ready.error
    article: Article | None = None
    try:
        if source.problem:
            raise InputError(*source.problem, url=source.url)
        if source.kind is InputKind.TEXT:
            article = _article_of_text(source, options.keep)
        elif error is None:
            page = page or _page(source)
            if not (page.unchanged and not page.content):
                article = _article_of_page(page, options)
    except NoArticleError as found_none:
        article, error = found_none.article, found_none
    except CleanerError as failure:
        error = failure
    except MemoryError:
        raise
    except Exception as failure:
        error = _mistake(source, failure)
    elapsed_ms = ready.fetch_ms + (time.perf_counter() - started) * 1000
    made = record(
        source, article, index=ready.index, error=error, page=page, elapsed_ms=elapsed_ms, explain=options.explain
    )
    return made | {"warnings": [*ready.warnings, *made["warnings"]]}


def _lost(ready: ReadyInput, failure: Failure, *, explain: bool) -> dict[str, Any]:
    """The record of an input that came to no record in its worker process."""
    source, page = ready.source, ready.page
    error = CleanerError(failure.code, failure.message, url=source.url)
    made = record(source, None, index=ready.index, error=error, page=page, elapsed_ms=ready.fetch_ms, explain=explain)
    return made | {"warnings": [*ready.warnings, *made["warnings"]]}


def _mistake(source: Input, failure: Exception) -> CleanerError:
    """The error for a mistake of ours, or of a library: it must not cost the other inputs."""
    _log.debug("%s", source.name, exc_info=failure)
    return CleanerError(Code.INTERNAL_ERROR, described(failure), url=source.url)


def _page(source: Input) -> Page:
    if isinstance(source.content, Page):
        return source.content
    return Page(_content(source), url=source.url)


def _content(source: Input) -> bytes | str:
    if isinstance(source.content, Path):
        return read_file(source.content)
    if isinstance(source.content, bytes | str):
        return source.content
    raise TypeError(f"an input of kind {source.kind} without content")


def _article_of_page(page: Page, options: Options) -> Article:
    from cleaner.pipeline import clean

    return clean(page, keep=options.keep, any_page=options.any_page)


def _article_of_text(source: Input, keep: Keep) -> Article:
    from cleaner.pipeline import clean_text

    content = _content(source)
    if isinstance(content, str):
        return clean_text(content, url=source.url, keep=keep)

    from cleaner.page.decode import decode

    decoded = decode(content)
    try:
        article = clean_text(decoded.text, url=source.url, keep=keep)
    except NoArticleError as error:
        error.article = replace(error.article, encoding=decoded.encoding, encoding_source=decoded.source)
        raise
    return replace(article, encoding=decoded.encoding, encoding_source=decoded.source)
