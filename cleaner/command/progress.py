"""How far a run is: counts, a progress bar, and the numbers at the end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from cleaner._version import __version__
from cleaner.command.console import NOTHING_SUCCEEDED, SOME_FAILED, UNREADABLE, say
from cleaner.errors import Code
from cleaner.models import Status

if TYPE_CHECKING:
    from cleaner.batch.ordering import ReadyInput
    from cleaner.batch.resume import CompletedInputs
    from cleaner.inputs.read import InputList

SUCCESS = frozenset({Status.OK, Status.PARTIAL, Status.UNCHANGED})

# A progress bar comes after so many inputs or seconds: short work needs none.
BAR_AFTER_INPUTS = 10
BAR_AFTER_SECONDS = 2.0

# Where no person watches, a line of progress comes every so many seconds.
LINE_SECONDS = 10.0


class RunCounts:
    """What became of the inputs so far. Statuses and errors are those of the whole output, also from runs before."""

    def __init__(self) -> None:
        self.read = 0  # inputs that were to be cleaned
        self.made = 0  # records of this run
        self.skipped = 0  # inputs that had a record before
        self.statuses: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()  # by code
        self._interrupted = 0
        self._started = monotonic()

    def go_on_from(self, done: CompletedInputs) -> None:
        """Counts the records that the output has already."""
        self.statuses += done.statuses
        self.errors += done.errors

    def reading(self, inputs: Iterator[ReadyInput]) -> Iterator[ReadyInput]:
        """The inputs, each counted."""
        for each in inputs:
            self.read += 1
            yield each

    def counted(self, records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The records, each counted and its error told."""
        for record in records:
            error = record["error"]
            self.made += 1
            self.statuses[record["status"]] += 1
            if error:
                self.errors[error["code"]] += 1
                hint = "; --any-page takes its text" if error["code"] == Code.NO_ARTICLE and record["text"] else ""
                say(f"{record['input']}: {error['message']} ({error['code']}){hint}")
            yield record

    def close(self, skipped: int, interrupted: int) -> None:
        """Notes the end: how many inputs had a record before, and the exit code of an interruption, 0 without one."""
        self.skipped = skipped
        self._interrupted = interrupted
        self._seconds = self.seconds

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return monotonic() - self._started

    @property
    def records(self) -> int:
        """How many the output has so far."""
        return self.statuses.total()

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.made / max(self.seconds, 0.001)

    @property
    def missing(self) -> int:
        """Inputs without a record, in a run that came to its end. There are none, or there is a mistake of ours."""
        return 0 if self._interrupted else self.read - self.made

    @property
    def exit_code(self) -> int:
        good = sum(self.statuses[status] for status in SUCCESS)
        if self._interrupted:
            return self._interrupted
        if good == self.records:
            return SOME_FAILED if self.missing else 0
        if good:
            return SOME_FAILED
        return UNREADABLE if set(self.errors) <= {Code.IO_ERROR} else NOTHING_SUCCEEDED

    def summary(self) -> dict[str, Any]:
        """The numbers, as JSON has them."""
        return {
            "version": __version__,
            "inputs": self.read + self.skipped,
            "skipped": self.skipped,
            "records": self.records,
            "statuses": dict(self.statuses),
            "errors": dict(self.errors),
            "seconds": round(self._seconds, 1),
            "interrupted": bool(self._interrupted),
            "exit_code": self.exit_code,
        }

    def report(self) -> None:
        """Tell the numbers where there is more than one to tell."""
        if self.missing:
            say(f"{self.missing} inputs have no record; please report it")
        if self.records > 1 or self._interrupted:
            ended = {name: count for name, count in self.statuses.most_common() if name in SUCCESS}
            ended |= dict(self.errors.most_common())
            counts = ", ".join(f"{count} {end}" for end, count in ended.items())
            skipped = f" ({self.skipped} skipped)" if self.skipped else ""
            state = "interrupted after " if self._interrupted else ""
            inputs = "1 input" if self.records == 1 else f"{self.records} inputs"
            say(f"{state}{inputs}: {counts or 'none done'}{skipped}; {self._seconds:.1f} s")


def with_progress(
    records: Iterator[dict[str, Any]],
    tally: RunCounts,
    done: CompletedInputs,
    sources: Sequence[str | InputList],
    output: str | None,
) -> Iterator[dict[str, Any]]:
    """The records; how far they are is told where they come to be many."""
    to_terminal = output in (None, "-") and sys.stdout.isatty()
    for record in records:
        yield record
        if tally.made >= BAR_AFTER_INPUTS or tally.seconds >= BAR_AFTER_SECONDS:
            break
    else:
        return
    if not sys.stderr.isatty():
        yield from _with_lines(records, tally, done, sources)
    elif to_terminal:
        yield from records
    else:
        yield from with_bar(records, tally, done, sources)


def with_bar(
    records: Iterator[dict[str, Any]], tally: RunCounts, done: CompletedInputs, sources: Sequence[str | InputList]
) -> Iterator[dict[str, Any]]:
    total = _total(sources)
    with click.progressbar(
        records,
        length=total,
        label="cleaning",
        show_pos=True,
        item_show_func=lambda _: f"{tally.rate:.1f}/s, {tally.errors.total()} failed",
        update_min_steps=max(1, int(tally.rate / 10)),
        file=sys.stderr,
    ) as bar:
        bar.update(tally.made + done.skipped)
        yield from bar


def _with_lines(
    records: Iterator[dict[str, Any]], tally: RunCounts, done: CompletedInputs, sources: Sequence[str | InputList]
) -> Iterator[dict[str, Any]]:
    last = 0.0
    total: int | None = None
    for record in records:
        yield record
        if tally.seconds - last < LINE_SECONDS:
            continue
        if not last:
            total = _total(sources)
        last = tally.seconds
        count = tally.made + done.skipped
        of_all = f" of {total}" if total else ""
        left = f", {(total - count) / tally.rate:.0f} s left" if total else ""
        say(f"{count}{of_all} inputs, {tally.errors.total()} failed, {tally.rate:.1f}/s{left}")


def _total(sources: Sequence[str | InputList]) -> int | None:
    from cleaner.inputs.read import count_inputs

    return count_inputs(sources)
