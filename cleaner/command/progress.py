"""Progress of a run: counts, a progress bar, and the summary at the end."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from cleaner._version import __version__
from cleaner.command.console import NOTHING_SUCCEEDED, SOME_FAILED, UNREADABLE, for_users, say
from cleaner.command.terminal import on_terminal
from cleaner.errors import Code
from cleaner.models import PageKind, Status

if TYPE_CHECKING:
    from cleaner.batch.ordering import ReadyInput
    from cleaner.batch.resume import CompletedInputs
    from cleaner.inputs.read import InputList
    from cleaner.write.record_types import ArticleRecord

SUCCESS = frozenset({Status.OK, Status.PARTIAL, Status.UNCHANGED})

# The progress bar appears after this many inputs or seconds; short runs need none.
BAR_AFTER_INPUTS = 10
BAR_AFTER_SECONDS = 2.0

# Reasons of removed blocks in the line at the end of a run.
SHOWN_REASONS = 5

# Seconds between two lines of progress if standard error is not a terminal.
LINE_SECONDS = 10.0


class RunCounts:
    """Counts of inputs, records and removed blocks.

    `statuses`, `errors` and `removed` also count the records of earlier runs in the output.
    """

    def __init__(self) -> None:
        self.read = 0  # inputs that this run has read and not skipped
        self.finished = 0  # records of this run
        self.skipped = 0  # inputs that already had a record
        self.skipped_files: Mapping[str, int] = {}  # files in folders that are not pages, by extension
        self.statuses: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()  # by error code
        self.removed: Counter[str] = Counter()  # removed blocks by reason
        self._interrupted = 0
        self._started = monotonic()

    def add_earlier(self, done: CompletedInputs) -> None:
        """Count the records that are already in the output."""
        self.statuses += done.statuses
        self.errors += done.errors
        self.removed += done.removed

    def count_inputs(self, inputs: Iterator[ReadyInput]) -> Iterator[ReadyInput]:
        """Yield the inputs, and count each."""
        for each in inputs:
            self.read += 1
            yield each

    def count_records(self, records: Iterator[ArticleRecord]) -> Iterator[ArticleRecord]:
        """Yield the records, count each, and print its error."""
        for record in records:
            error = record["error"]
            self.finished += 1
            self.statuses[record["status"]] += 1
            self.removed.update(record["removed_counts"])
            if error:
                self.errors[error["code"]] += 1
                message = for_users(error["message"])
                say(f"{_name(record['input'])}: {message} ({error['code']}){_hint(record)}")
            yield record

    def close(self, skipped: int, interrupted: int, skipped_files: Mapping[str, int]) -> None:
        """End the counting. `skipped` inputs had a record already; `interrupted` is the exit code of a signal, or 0."""
        self.skipped = skipped
        self.skipped_files = skipped_files
        self._interrupted = interrupted
        self._seconds = self.seconds

    @property
    def seconds(self) -> float:
        """Seconds since the start of the run."""
        return monotonic() - self._started

    @property
    def records(self) -> int:
        """Number of records in the output so far."""
        return self.statuses.total()

    @property
    def rate(self) -> float:
        """Records per second."""
        return self.finished / max(self.seconds, 0.001)

    @property
    def missing(self) -> int:
        """Number of inputs without a record, 0 if the run was interrupted. Another number is a bug in this package."""
        return 0 if self._interrupted else self.read - self.finished

    @property
    def exit_code(self) -> int:
        """The exit code of the command."""
        good = sum(self.statuses[status] for status in SUCCESS)
        if self._interrupted:
            return self._interrupted
        if good == self.records:
            return SOME_FAILED if self.missing else 0
        if good:
            return SOME_FAILED
        return UNREADABLE if set(self.errors) <= {Code.BAD_INPUT, Code.IO_ERROR} else NOTHING_SUCCEEDED

    def summary(self) -> dict[str, Any]:
        """Return the counts for `--summary` and the run file."""
        return {
            "version": __version__,
            "inputs": self.read + self.skipped,
            "skipped": self.skipped,
            "skipped_files": dict(self.skipped_files),
            "records": self.records,
            "statuses": dict(self.statuses),
            "errors": dict(self.errors),
            "removed": dict(self.removed.most_common()),
            "seconds": round(self._seconds, 1),
            "interrupted": bool(self._interrupted),
            "exit_code": self.exit_code,
        }

    def report_missing(self) -> None:
        """Print how many inputs have no record, if there are any."""
        if self.missing:
            say(f"{self.missing} inputs have no record; please report this bug")

    def report(self) -> None:
        """Print the counts, if there is more than one record or the run was interrupted."""
        if self.records > 1 or self._interrupted:
            outcomes = {name: count for name, count in self.statuses.most_common() if name in SUCCESS}
            outcomes |= dict(self.errors.most_common())
            counts = ", ".join(f"{count} {name}" for name, count in outcomes.items())
            skipped = f" ({self.skipped} skipped)" if self.skipped else ""
            state = "interrupted after " if self._interrupted else ""
            inputs = "1 input" if self.records == 1 else f"{self.records} inputs"
            say(f"{state}{inputs}: {counts or 'none finished'}{skipped}{self._most_removed()}; {self._seconds:.1f} s")

    def _most_removed(self) -> str:
        """Return the most frequent reasons of removed blocks, with their numbers, after a semicolon."""
        counts = [f"{count:,} {reason}" for reason, count in self.removed.most_common(SHOWN_REASONS)]
        if others := self.removed.total() - sum(count for _, count in self.removed.most_common(SHOWN_REASONS)):
            counts.append(f"{others:,} more")
        return f"; removed blocks: {', '.join(counts)}" if counts else ""


def _name(source: str) -> str:
    """Return the name of an input for a message."""
    return re.sub(r"^-(?=$|:\d+$)", "standard input", source)


def _hint(record: Mapping[str, Any]) -> str:
    """Return what to do about a record without an article on the command line, after a semicolon, or nothing."""
    if record["error"]["code"] != Code.NO_ARTICLE:
        return ""
    import shlex  # most pages are articles

    if record["page_kind"] == PageKind.NEEDS_JAVASCRIPT:
        return f"; for example: chromium --headless --dump-dom {shlex.quote(record['url'] or 'URL')} | cleaner -"
    if record["page_kind"] == PageKind.LISTING and record["input"] == record["url"]:
        return f"; to list its articles: cleaner discover {shlex.quote(record['url'])}; to keep its text: --any-page"
    if record["page_kind"] == PageKind.EMPTY and record["input"] != "-":
        from cleaner.inputs.read import is_url_list

        # In a folder: a list that is named is read as one.
        return f"; to clean the URLs in it, use -i {record['input']}" if is_url_list(record["input"]) else ""
    is_wall = record["page_kind"] in (PageKind.BLOCKED, PageKind.LOGIN, PageKind.CONSENT)
    return "; use --any-page to keep its text" if record["text"] and not is_wall else ""


def with_progress(
    records: Iterator[ArticleRecord],
    counts: RunCounts,
    done: CompletedInputs,
    sources: Sequence[str | InputList],
    output: str | None,
) -> Iterator[ArticleRecord]:
    """Yield the records, and show the progress if there are many: as a bar on a terminal, otherwise in lines."""
    for record in records:
        yield record
        if counts.finished >= BAR_AFTER_INPUTS or counts.seconds >= BAR_AFTER_SECONDS:
            break
    else:
        return
    if not sys.stderr.isatty():
        yield from _with_lines(records, counts, done, sources)
    elif on_terminal(output):
        yield from records
    else:
        yield from with_bar(records, counts, done, sources)


def with_bar(
    records: Iterator[ArticleRecord], counts: RunCounts, done: CompletedInputs, sources: Sequence[str | InputList]
) -> Iterator[ArticleRecord]:
    total = _total(sources)

    def shown(_: object) -> str:
        left = time_left(counts, done, total)
        return ", ".join(filter(None, [f"{counts.rate:.1f}/s", left, f"{counts.errors.total()} failed"]))

    with click.progressbar(
        records,
        length=total,
        label="cleaning",
        show_pos=True,
        show_eta=False,  # it counts the inputs that an earlier run has cleaned as if they had taken no time
        item_show_func=shown,
        update_min_steps=max(1, int(counts.rate / 10)),
        file=sys.stderr,
    ) as bar:
        bar.update(counts.finished + done.skipped)
        yield from bar


def _with_lines(
    records: Iterator[ArticleRecord], counts: RunCounts, done: CompletedInputs, sources: Sequence[str | InputList]
) -> Iterator[ArticleRecord]:
    last = 0.0
    total: int | None = None
    for record in records:
        yield record
        if counts.seconds - last < LINE_SECONDS:
            continue
        if not last:
            total = _total(sources)
        last = counts.seconds
        count = counts.finished + done.skipped
        of_all = f" of {total}" if total else ""
        left = time_left(counts, done, total)
        say(f"{count}{of_all} inputs, {counts.errors.total()} failed, {counts.rate:.1f}/s{left and f', {left}'}")


def time_left(counts: RunCounts, done: CompletedInputs, total: int | None) -> str:
    """Return the time until the end of the run, at its mean rate so far; empty if the number of inputs is unknown."""
    if not total:
        return ""
    seconds = max(0, total - counts.finished - done.skipped) / counts.rate
    if seconds < 100:
        return f"{seconds:.0f} s left"
    return f"{seconds / 60:.0f} min left" if seconds < 6000 else f"{seconds / 3600:.1f} h left"


def _total(sources: Sequence[str | InputList]) -> int | None:
    from cleaner.inputs.read import count_inputs

    return count_inputs(sources)
