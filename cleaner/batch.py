"""Many inputs to many records: one for each, in order, whatever happens to any of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.errors import CleanerError, Code, InputError, NoArticleError
from cleaner.models import Article, Page
from cleaner.source.crowd import fetch_each
from cleaner.source.fetch import Fetcher, Visit
from cleaner.source.inputs import Input, InputKind, Source, read_file, read_inputs
from cleaner.write.record import record

_log = logging.getLogger(__name__)


class Ready(NamedTuple):
    """An input as it goes to a worker process; a URL, with what came of fetching it in this one.

    `fetch_ms` is the milliseconds that took, waiting for the host's turn included.
    """

    source: Input
    page: Page | None = None
    error: CleanerError | None = None
    warnings: tuple[str, ...] = ()
    fetch_ms: float = 0.0


def clean_many(
    inputs: Iterable[Source], *, jobs: int | None = None, explain: bool = False, fetcher: Fetcher | None = None
) -> Iterator[dict[str, Any]]:
    """One record for each input, in order, but for URLs: these come as they are fetched.

    See `docs/record.md` for the fields of a record. An input is what the command line takes (a URL, a file, a folder,
    `-`), a path, a `Page`, a mapping with `html`, `text` or only a `url`, and perhaps an `id`, or an earlier record.
    Folders, JSON lines and web archives hold many inputs. A bad input is a record with an `error`: nothing is raised
    for it. `jobs` is the number of worker processes; `None` and 1 work in this one. `explain` adds `blocks` and
    `removed` to each record. `fetcher` fetches all URLs, in threads of this process, for that is how it keeps its pace;
    `None` stands for a new one.

    Raises `ValueError` where `jobs` is below 1.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    ready = _fetched(read_inputs(inputs), fetcher or Fetcher())
    work = partial(_cleaned, explain=explain)
    if jobs is None or jobs == 1:
        return map(work, ready)

    from cleaner.workers import in_workers  # multiprocessing is 20 ms of import that one page does not need

    return in_workers(work, partial(_lost, explain=explain), ready, jobs=jobs)


def _fetched(inputs: Iterator[Input], fetcher: Fetcher) -> Iterator[Ready]:
    """The inputs as they can be cleaned: a URL with its page, or why there is none; any other as it is, and at once."""
    for source, page, failure, elapsed_ms in fetch_each(inputs, partial(_visit, fetcher=fetcher), fetcher):
        error = failure if failure is None or isinstance(failure, CleanerError) else _mistake(source, failure)
        warnings = fetcher.warnings if _is_fetched(source) else ()
        yield Ready(source, page, error, warnings, elapsed_ms)


def _visit(source: Input, *, fetcher: Fetcher) -> Visit | None:
    return fetcher.visit(source.url or source.name, previous=source.previous) if _is_fetched(source) else None


def _is_fetched(source: Input) -> bool:
    return source.kind is InputKind.URL and source.problem is None


def _cleaned(ready: Ready, *, explain: bool) -> dict[str, Any]:
    """The record of one input. Raises nothing that is an `Exception`."""
    started = time.perf_counter()
    source, page, error = ready.source, ready.page, ready.error
    article: Article | None = None
    try:
        if source.problem:
            raise InputError(*source.problem, url=source.url)
        if source.kind is InputKind.TEXT:
            article = _article_of_text(source)
        elif error is None:
            page = page or _page(source)
            if not (page.unchanged and not page.content):
                article = _article_of_page(page)
    except NoArticleError as found_none:
        article, error = found_none.article, found_none
    except CleanerError as failure:
        error = failure
    except Exception as failure:
        error = _mistake(source, failure)
    elapsed_ms = ready.fetch_ms + (time.perf_counter() - started) * 1000
    made = record(source, article, error=error, page=page, elapsed_ms=elapsed_ms, explain=explain)
    return made | {"warnings": [*ready.warnings, *made["warnings"]]}


def _lost(ready: Ready, failure: Exception, *, explain: bool) -> dict[str, Any]:
    """The record of an input that came to no record in its worker process."""
    from cleaner.workers import WorkerCrashedError

    code = Code.WORKER_CRASHED if isinstance(failure, WorkerCrashedError) else Code.INTERNAL_ERROR
    message = str(failure) if code is Code.WORKER_CRASHED else _described(failure)
    error = CleanerError(code, message, url=ready.source.url)
    made = record(ready.source, None, error=error, page=ready.page, elapsed_ms=ready.fetch_ms, explain=explain)
    return made | {"warnings": [*ready.warnings, *made["warnings"]]}


def _mistake(source: Input, failure: Exception) -> CleanerError:
    """The error for a mistake of ours, or of a library: it must not cost the other inputs."""
    _log.debug("%s", source.name, exc_info=failure)
    return CleanerError(Code.INTERNAL_ERROR, _described(failure), url=source.url)


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


def _article_of_page(page: Page) -> Article:
    from cleaner.pipeline import clean

    return clean(page)


def _article_of_text(source: Input) -> Article:
    from cleaner.pipeline import clean_text

    content = _content(source)
    if isinstance(content, str):
        return clean_text(content, url=source.url)

    from cleaner.page.decode import decode

    decoded = decode(content)
    article = clean_text(decoded.text, url=source.url)
    return replace(article, encoding=decoded.encoding, encoding_source=decoded.source)


def _described(failure: Exception) -> str:
    """The type of the exception and the place it came from: what a report of the mistake needs."""
    import traceback

    frames = traceback.extract_tb(failure.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    said = " ".join(str(failure).split())[:200]
    return f"{type(failure).__name__}{place}{f': {said}' if said else ''}; please report it (--debug shows all)"
