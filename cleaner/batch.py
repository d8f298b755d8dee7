"""Many inputs to many records: one for each, in order, whatever happens to any of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from cleaner.errors import CleanerError, Code, InputError, NoArticleError
from cleaner.models import Article, Page
from cleaner.source.inputs import Input, InputKind, Source, read_file, read_inputs
from cleaner.write.record import record

_log = logging.getLogger(__name__)


def clean_many(inputs: Iterable[Source], *, jobs: int | None = None, explain: bool = False) -> Iterator[dict[str, Any]]:
    """One record for each input, in order; see `docs/record.md` for its fields.

    An input is what the command line takes (a URL, a file, a folder, `-`), a path, a `Page`, or a mapping with `html`
    or `text`, and perhaps `id` and `url`. Folders and JSON lines hold many inputs. A bad input is a record with an
    `error`: nothing is raised for it. `jobs` is the number of worker processes; `None` and 1 work in this one.
    `explain` adds `blocks` and `removed` to each record.

    Raises `ValueError` where `jobs` is below 1.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    work = partial(clean_input, explain=explain)
    if jobs is None or jobs == 1:
        return map(work, read_inputs(inputs))

    from cleaner.workers import in_workers  # multiprocessing is 20 ms of import that one page does not need

    return in_workers(work, partial(_lost, explain=explain), read_inputs(inputs), jobs=jobs)


def clean_input(source: Input, *, explain: bool = False) -> dict[str, Any]:
    """The record of one input. Raises nothing that is an `Exception`."""
    started = time.perf_counter()
    article: Article | None = None
    page: Page | None = None
    error: CleanerError | None = None
    try:
        if source.problem:
            raise InputError(*source.problem, url=source.url)
        if source.kind is InputKind.TEXT:
            article = _article_of_text(source)
        else:
            page = _page(source)
            article = _article_of_page(page)
    except NoArticleError as found_none:
        article, error = found_none.article, found_none
    except CleanerError as failure:
        error = failure
    except Exception as failure:  # a mistake of ours, or of a library: it must not cost the other inputs
        _log.debug("%s", source.name, exc_info=True)
        error = CleanerError(Code.INTERNAL_ERROR, _described(failure), url=source.url)
    elapsed_ms = (time.perf_counter() - started) * 1000
    return record(source, article, error=error, page=page, elapsed_ms=elapsed_ms, explain=explain)


def _lost(source: Input, failure: Exception, *, explain: bool) -> dict[str, Any]:
    """The record of an input that came to no record in its worker process."""
    from cleaner.workers import WorkerCrashedError

    code = Code.WORKER_CRASHED if isinstance(failure, WorkerCrashedError) else Code.INTERNAL_ERROR
    message = str(failure) if code is Code.WORKER_CRASHED else _described(failure)
    return record(source, None, error=CleanerError(code, message, url=source.url), explain=explain)


def _page(source: Input) -> Page:
    if source.kind is InputKind.URL:
        from cleaner.source.fetch import fetch

        return fetch(source.url or source.name)
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
