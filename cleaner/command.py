"""The command `cleaner`. It speaks to people; all else is the library's work."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from enum import StrEnum
from itertools import starmap
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol, Self

import click

from cleaner._version import __version__
from cleaner.errors import CleanerError, Code
from cleaner.models import Keep, Reason, Status
from cleaner.signals import INTERRUPTED, STOP_SIGNALS, TERMINATED, end_at_once, say_in_handler
from cleaner.write.files import OutputFile, naming

if TYPE_CHECKING:
    from cleaner.batch.clean_many import Ready
    from cleaner.batch.resume import Done, Output
    from cleaner.discovery.discover import Found
    from cleaner.http.fetcher import Fetcher
    from cleaner.inputs.read import InputList
    from cleaner.judge.rules.model import Rule

# Exit codes that are not click's (2: usage). Scripts tell "some" from "all" by them.
SOME_FAILED = 1
UNREADABLE = 3
NOTHING_SUCCEEDED = 4

SUCCESS = frozenset({Status.OK, Status.PARTIAL, Status.UNCHANGED})

# A progress bar comes after so many inputs or seconds: short work needs none.
BAR_AFTER_INPUTS = 10
BAR_AFTER_SECONDS = 2.0
# Where no person watches, a line of progress comes every so many seconds.
LINE_SECONDS = 10.0


class Format(StrEnum):
    JSON = "json"
    JSONL = "jsonl"
    TEXT = "text"
    MARKDOWN = "markdown"
    PARQUET = "parquet"


FORMAT_OF_ENDING = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".parquet": Format.PARQUET,
}


class CleanByDefault(click.Group):
    """A group whose command `clean` need not be named, and whose help tells of it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "--version"):
            args = ["clean", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[clean] [OPTIONS] SOURCE...")
        formatter.write_usage(ctx.command_path, "discover [OPTIONS] URL", prefix="       ")
        formatter.write_usage(ctx.command_path, "rules [OPTIONS]", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [each for each in (*self.commands["clean"].params, *self.params) if isinstance(each, click.Option)]
        with formatter.section("Options"):
            formatter.write_dl([row for option in options if (row := option.get_help_record(ctx))])
        self.format_commands(ctx, formatter)


@click.group(
    cls=CleanByDefault,
    epilog="\b\nExit codes: 0 all inputs gave an article; 1 some did not; 2 wrong use; 3 input or\n"
    "output cannot be read or written; 4 nothing succeeded; 130 interrupted, 143 terminated.",
)
@click.version_option(__version__, prog_name="cleaner")
def command() -> None:
    """News page or text in; the article and its metadata out, with a reason for every line taken.

    SOURCE is a URL, a file (.html, .htm, .txt, .jsonl, .warc, each also .gz), a folder of such files, or - for standard
    input. In JSON lines, an object has html, text or only a url, and perhaps an id; earlier records are asked for anew.
    Each input gives one record; bad inputs, too, with their error.

    \b
    Examples:
      cleaner https://example.org/2024/05/story
      cleaner page.html --format markdown
      cleaner page.html --format text --explain
      cleaner pages/ -o articles.jsonl --resume
      cleaner -i urls.txt -o articles.jsonl
      curl -s https://example.org/story | cleaner -
      cleaner discover https://example.org | cleaner -i - -o articles.jsonl
      cleaner rules --language de --reason related
    """


FETCHING = (
    click.option("--user-agent", metavar="TEXT", help="Who asks for the pages, to their servers and their robots.txt."),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Time for one try at a page, redirects included (default: 60); there are three.",
    ),
    click.option("--ignore-robots", is_flag=True, help="Fetch also what a host's robots.txt forbids."),
    click.option("--allow-private", is_flag=True, help="Fetch also from this machine and from private networks."),
    click.option("--insecure", is_flag=True, help="Do not check the certificates of servers."),
    click.option(
        "--proxy",
        metavar="URL",
        envvar="CLEANER_PROXY",
        show_envvar=True,
        help="Fetch through this HTTP proxy; no other variable names one.",
    ),
)


def fetching(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of the fetcher."""
    for option in reversed(FETCHING):
        command = option(command)
    return command


@command.command(short_help="Clean pages and texts (the default command).")
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option(
    "-i",
    "--input-list",
    "lists",
    metavar="LIST",
    multiple=True,
    help="Clean also what LIST names, one URL or path a line (- for standard input).",
)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE; its ending decides the format.")
@click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in Format]),
    help="Default: readable JSON for one page or text, JSON lines for many.",
)
@click.option("--explain", is_flag=True, help="Show what was taken out, and why.")
@click.option(
    "--keep",
    type=click.Choice([each.value for each in Keep]),
    default=Keep.BALANCED.value,
    show_default=True,
    help="How to treat uncertain blocks: keep more text, or remove more boilerplate.",
)
@click.option("--any-page", is_flag=True, help="Treat every page as an article: listings, shops, error pages too.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Work in N processes (default: the cores).")
@click.option("--ordered", is_flag=True, help="Keep the order of the inputs throughout (default: of the first 100).")
@click.option("--resume", is_flag=True, help="Go on with the JSON lines in the output: only what has no record there.")
@click.option("--retry-failed", is_flag=True, help="Resume, and do again what failed and may well succeed now.")
@click.option("--force", is_flag=True, help="Resume with other options, or begin anew over a run that is not done.")
@click.option("--summary", metavar="FILE", help="Write the numbers of the run to FILE, as JSON.")
@fetching
@click.option("--cache", metavar="DIR", help="Keep pages in DIR, and fetch those in it only if they have changed.")
@click.option(
    "--cache-size",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="MB",
    help="What the cache holds at most; what was used longest ago goes first.",
)
@click.option("--debug", is_flag=True, help="Log to standard error, with tracebacks.")
def clean(
    sources: tuple[str, ...],
    lists: tuple[str, ...],
    output: str | None,
    form: str | None,
    explain: bool,
    keep: str,
    any_page: bool,
    jobs: int | None,
    ordered: bool,
    resume: bool,
    retry_failed: bool,
    force: bool,
    summary: str | None,
    debug: bool,
    **options: Any,
) -> None:
    """Clean pages and texts: the article and its metadata out, with a reason for every line taken.

    SOURCE is a URL, a file (.html, .htm, .txt, .jsonl, .warc, each also .gz), a folder of such files, or - for standard
    input.
    `cleaner SOURCE...` does the same.
    """
    chosen = Format(form) if form else _format_of(output)
    if not sources and not lists:
        raise click.UsageError("Missing argument 'SOURCE...': a URL, a file, a folder, or a list of them with -i.")
    if [*sources, *lists].count("-") > 1:
        raise click.UsageError("standard input (-) can be read once only")
    _refuse_reading_the_output([*sources, *lists], output)
    _set_up_logging(debug)

    from cleaner.batch.clean_many import Ready, records
    from cleaner.batch.resume import RefusedError, finish, lines_output
    from cleaner.inputs.read import InputList, read_inputs

    inputs: list[str | InputList] = [*sources, *map(InputList, lists)]
    fetcher = _fetcher(**options)
    kept = chosen is Format.JSONL and _is_file(output)
    if (resume or retry_failed) and not kept:
        raise click.UsageError("--resume needs -o FILE.jsonl: other formats and standard output cannot be continued")
    if chosen is Format.PARQUET and not _is_file(output):
        raise click.UsageError("Parquet needs -o FILE: it cannot be written to standard output")
    path = Path(output or "")
    # Where pages are kept, and the way to them, decide nothing of what a record holds; a proxy may hold a password.
    unnamed = ("proxy", "cache", "cache_size")
    named = {"explain": explain, "keep": keep, "any_page": any_page}
    named |= {name: value for name, value in options.items() if name not in unnamed}
    tally = Tally()
    try:
        with Stopping() as stopping, ExitStack() as stack:
            if kept:
                resumed = resume or retry_failed
                out = lines_output(path, named, resume=resumed, retry_failed=retry_failed, force=force)
            else:
                out = _written(output, inputs, chosen, explain)
            write, done = stack.enter_context(out)
            tally.go_on_from(done)
            stopping.begin()
            made = records(
                tally.reading(done.left(starmap(Ready, enumerate(read_inputs(inputs))))),
                jobs=jobs,
                ordered=ordered,
                explain=explain or chosen is Format.MARKDOWN,
                keep=Keep(keep),
                any_page=any_page,
                fetcher=fetcher,
                stop=stopping.asked,
                own_process=True,
            )
            with closing(made):
                for record in _with_progress(tally.counted(made), tally, done, inputs, output):
                    write(record)
            tally.close(done.skipped, stopping.exit_code)
            if kept and not stopping.exit_code:
                finish(path, named, tally.summary())
    except RefusedError as error:
        raise click.UsageError(str(error)) from error
    except BrokenPipeError:
        sys.exit(UNREADABLE)  # the reader has what it wanted
    except OSError as error:
        if debug:
            raise
        _say(_in_a_line(error))
        sys.exit(UNREADABLE)
    tally.report()
    if summary:
        _write_summary(summary, tally)
    sys.exit(tally.exit_code)


def _write_summary(path: str, tally: Tally) -> None:
    from cleaner.write.record import to_json

    try:
        with naming(path):
            Path(path).write_text(to_json(tally.summary(), indent=2) + "\n")
    except OSError as error:
        _say(_in_a_line(error))
        sys.exit(UNREADABLE)


def _in_a_line(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"{error.filename}: cannot be written: {reason}" if error.filename else f"the run cannot go on: {reason}"


def _fetcher(*, cache: str | None = None, cache_size: int = 0, **options: Any) -> Fetcher:
    from cleaner.http.fetcher import Fetcher

    given = {name: value for name, value in options.items() if value is not None}
    try:
        if cache is None:
            return Fetcher(**given)

        from cleaner.http.cache import Store  # loads SQLite

        return Fetcher(store=Store(cache, max_bytes=cache_size * 1_000_000), **given)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except CleanerError as error:
        _say(error.message)
        sys.exit(UNREADABLE)


# Seconds after the first signal at which the process ends, whatever it is doing: those that the work in hand has (10),
# and as many to write what came of it. Only a pipe that nobody reads, or a disk that hangs, comes to that.
LAST_SECONDS: Final = 20


# Seconds within which a second signal is still the first one: `timeout` sends its signal to the command and then to the
# whole group, and service managers do the like.
SAME_SECONDS: Final = 0.5


class Stopping:
    """Handles Ctrl-C and SIGTERM while a run is under way: the first one asks it to stop, a second one ends it at once.

    Until the run has begun, a signal ends the process at once: nothing is done yet that could be kept.
    """

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.exit_code = 0  # not 0 once it was asked
        self._begun = False
        self._asked_at = 0.0

    def __enter__(self) -> Self:
        handlers: dict[int, Callable[[int, FrameType | None], None]] = dict.fromkeys(STOP_SIGNALS, self._ask)
        if hasattr(signal, "SIGALRM"):  # not on Windows
            handlers[signal.SIGALRM] = self._give_up
        self._before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        return self

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def begin(self) -> None:
        """Inputs are taken from now on, and what is in work at a signal is waited for."""
        self._begun = True

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if not self._begun:
            end_at_once(number, frame)
        if self.exit_code:
            if monotonic() - self._asked_at > SAME_SECONDS:
                os._exit(self.exit_code)
            return
        self._asked_at = monotonic()
        self.exit_code = INTERRUPTED if number == signal.SIGINT else TERMINATED
        if hasattr(signal, "SIGALRM"):
            signal.alarm(LAST_SECONDS)
        self.asked.set()
        say_in_handler("stopping when the pages in work are done; press Ctrl-C again to stop at once")

    def _give_up(self, number: int, frame: FrameType | None) -> None:
        os._exit(self.exit_code)


class Tally:
    """What became of the inputs so far. Statuses and errors are those of the whole output, also from runs before."""

    def __init__(self) -> None:
        self.read = 0  # inputs that were to be cleaned
        self.made = 0  # records of this run
        self.skipped = 0  # inputs that had a record before
        self.statuses: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()  # by code
        self._interrupted = 0
        self._started = monotonic()

    def go_on_from(self, done: Done) -> None:
        """Counts the records that the output has already."""
        self.statuses += done.statuses
        self.errors += done.errors

    def reading(self, inputs: Iterator[Ready]) -> Iterator[Ready]:
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
                _say(f"{record['input']}: {error['message']} ({error['code']}){hint}")
            yield record
            _collect_from_here()

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
            _say(f"{self.missing} inputs have no record; please report it")
        if self.records > 1 or self._interrupted:
            ended = {name: count for name, count in self.statuses.most_common() if name in SUCCESS}
            ended |= dict(self.errors.most_common())
            counts = ", ".join(f"{count} {end}" for end, count in ended.items())
            skipped = f" ({self.skipped} skipped)" if self.skipped else ""
            state = "interrupted after " if self._interrupted else ""
            inputs = "1 input" if self.records == 1 else f"{self.records} inputs"
            _say(f"{state}{inputs}: {counts or 'none done'}{skipped}; {self._seconds:.1f} s")


class Stream(Protocol):
    """What records can be shown in."""

    def write(self, content: bytes, /) -> object: ...

    def flush(self) -> object: ...


class Shown:
    """Records in a stream. A source that is not itself the first record's input may hold many."""

    def __init__(
        self, stream: Stream, sources: Sequence[str | InputList], form: Format | None, explain: bool
    ) -> None:
        self._stream = stream
        self._sources = sources
        self._form = form
        self._explain = explain
        self._number = 0
        self._alone = False

    def write(self, record: Mapping[str, Any]) -> None:
        """Shows one more record, at once."""
        self._number += 1
        if self._number == 1:
            self._alone = len(self._sources) == 1 and record["input"] == self._sources[0]
            self._form = self._form or (Format.JSON if self._alone else Format.JSONL)
        self._put(self._shown(record))

    def end(self) -> None:
        """Writes what comes behind the last record."""
        if self._form is Format.JSON and not self._alone:
            self._put("\n]\n" if self._number else "[]\n")

    def _shown(self, record: Mapping[str, Any]) -> str:
        from cleaner.write.markdown import to_markdown
        from cleaner.write.record import to_json
        from cleaner.write.text import to_text

        if self._form is Format.JSONL:
            return to_json(record) + "\n"
        if self._form is Format.JSON and self._alone:
            return to_json(record, indent=2) + "\n"
        if self._form is Format.JSON:
            return (",\n" if self._number > 1 else "[\n") + to_json(record)
        if record["text"] is None or (record["error"] and not self._explain):
            return ""  # what little text there is, is no article's
        if self._form is Format.TEXT:
            return _headed("==> {} <==", self._alone, record, to_text(record, explain=self._explain))
        return _headed("<!-- {} -->", self._alone, record, to_markdown(record, explain=self._explain))

    def _put(self, shown: str) -> None:
        with naming("standard output"):  # a file adds its own name
            self._stream.write(shown.encode())
            self._stream.flush()


@contextmanager
def _written(
    output: str | None, sources: Sequence[str | InputList], form: Format | None, explain: bool
) -> Iterator[Output]:
    """The output in a form that is whole only at its end, and so cannot be continued."""
    from cleaner.batch.resume import Done, Output

    if form is Format.PARQUET:
        from cleaner.write.parquet import MissingPyarrowError, ParquetFile

        try:
            parquet = ParquetFile(Path(output or ""), explain=explain)
        except MissingPyarrowError as error:
            raise click.UsageError(str(error)) from error
        with parquet:
            yield Output(parquet.write, Done())
        return
    if output is None or output == "-":
        shown = Shown(sys.stdout.buffer, sources, form, explain)
        yield Output(shown.write, Done())
        shown.end()
        return
    with OutputFile(Path(output)) as file:
        shown = Shown(file, sources, form, explain)
        yield Output(shown.write, Done())
        shown.end()
        file.check()


def _headed(head: str, alone: bool, record: Mapping[str, Any], shown: str) -> str:
    """What is shown of a record; one of many in the same stream stands under a line that names it, as `head` has it."""
    return shown if alone or not shown else f"{head.format(record['input'])}\n\n{shown}\n"


def _format_of(output: str | None) -> Format | None:
    if output is None or output == "-":
        return None
    ending = os.path.splitext(output)[1].lower()
    if ending not in FORMAT_OF_ENDING:
        raise click.UsageError(f"{output}: its ending is none of {', '.join(FORMAT_OF_ENDING)}; name a --format")
    return FORMAT_OF_ENDING[ending]


def _refuse_reading_the_output(sources: Iterable[str], output: str | None) -> None:
    if output is None or output == "-":
        return
    written = os.path.realpath(output)
    for source in sources:
        read = os.path.realpath(source)
        inside = os.path.isdir(read) and os.path.commonpath([read, written]) == read
        if written == read or inside:
            raise click.UsageError(f"{output}: the output lies in {source}, which is read; write it elsewhere")


def _is_file(output: str | None) -> bool:
    """Whether the output is a file or will be one; not a pipe or a device."""
    return output not in (None, "-") and (os.path.isfile(output) or not os.path.exists(output))


def _with_progress(
    records: Iterator[dict[str, Any]], tally: Tally, done: Done, sources: Sequence[str | InputList], output: str | None
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
        yield from _with_bar(records, tally, done, sources)


def _with_bar(
    records: Iterator[dict[str, Any]], tally: Tally, done: Done, sources: Sequence[str | InputList]
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
    records: Iterator[dict[str, Any]], tally: Tally, done: Done, sources: Sequence[str | InputList]
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
        _say(f"{count}{of_all} inputs, {tally.errors.total()} failed, {tally.rate:.1f}/s{left}")


def _total(sources: Sequence[str | InputList]) -> int | None:
    from cleaner.inputs.read import count_inputs

    return count_inputs(sources)


def _set_up_logging(debug: bool) -> None:
    import logging

    if debug:
        logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.INFO)
        logging.getLogger("cleaner").setLevel(logging.DEBUG)
    else:
        # What a person must know is in the records; other packages' warnings would go to standard error.
        logging.basicConfig(handlers=[logging.NullHandler()])


def _say(message: str) -> None:
    over_the_bar = "\r\x1b[K" if sys.stderr.isatty() else ""
    click.echo(f"{over_the_bar}cleaner: {message}", err=True)


@command.command(short_help="List the rules, with examples of what they take and keep.")
@click.option("--language", metavar="CODE", help="Only rules with words of this language (ISO 639-1: en, de, zh ...).")
@click.option(
    "--reason",
    type=click.Choice([each.value for each in Reason]),
    metavar="REASON",
    help="Only rules that take for this reason: related, subscribe, share ...",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(language: str | None, reason: str | None, form: str) -> None:
    """List the rules, each with examples of what it takes and of the nearest misses that it keeps.

    [Brackets] mark link text in the examples.
    """
    from cleaner.judge.rules import RULES

    chosen = [rule for rule in RULES if language is None or language in rule.languages]
    if not chosen:
        known = ", ".join(sorted({known for rule in RULES for known in rule.languages}))
        raise click.UsageError(f"no rule has words of the language {language!r}; there are {known}")
    chosen = [rule for rule in chosen if reason is None or rule.reason == reason]
    if not chosen:
        known = ", ".join(sorted({rule.reason for rule in RULES if language is None or language in rule.languages}))
        raise click.UsageError(f"no such rule takes for the reason {reason!r}; the reasons are {known}")
    if form == "json":
        import json

        click.echo(json.dumps([_as_json(rule) for rule in chosen], ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(map(_in_words, chosen)))


def _as_json(rule: Rule) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(rule) | {"languages": sorted(rule.languages), "spares": sorted(rule.spares)}


def _in_words(rule: Rule) -> str:
    from cleaner.judge.rules.model import Part, Scope

    words = "any language" if not rule.languages else ", ".join(sorted(rule.languages))
    shape = [
        f"at least {rule.linked:.0%} of it is link text" if rule.linked else "",
        "it does not end as a sentence does" if rule.unfinished else "",
        f"it stands {rule.part} the article" if rule.part is not Part.ANYWHERE else "",
        f"it is none of {', '.join(sorted(rule.spares))}" if rule.spares else "",
        f"it has at most {rule.longest} characters" if rule.scope is not Scope.ELEMENT else "",
    ]
    lines = [f"{rule.id}  ({rule.reason}; {rule.scope}; {words})"]
    lines += [f"    when   {asked}" for asked in shape if asked]
    lines += [f"    takes  {example}" for example in rule.drops]
    lines += [f"    keeps  {example}" for example in rule.keeps]
    return "\n".join(lines)


def _collect_from_here() -> None:
    """Starts the garbage collector, if it waits. What is loaded by now stays; it need not be looked at again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


@command.command(short_help="List the articles that a site's feeds and news sitemaps name.")
@click.argument("url")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="text: addresses; jsonl: with published, title and source.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the N newest.")
@fetching
@click.option("--debug", is_flag=True, help="Log to standard error, with tracebacks.")
def discover(url: str, form: str, limit: int | None, debug: bool, **options: Any) -> None:
    """List the articles that a site's feeds and news sitemaps name, newest first.

    URL is a front page, a section, a feed or a sitemap. `cleaner discover URL | cleaner -i -` cleans them.
    """
    _set_up_logging(debug)

    from cleaner.discovery.discover import discover as search

    _collect_from_here()
    try:
        discovery = search(url, fetcher=_fetcher(**options))
    except CleanerError as error:
        _say(f"{url}: {error.message} ({error.code})")
        sys.exit(NOTHING_SUCCEEDED)
    for problem in discovery.problems:
        _say(f"{problem.url or url}: {problem.message} ({problem.code})")
    if not discovery.found:
        _say(f"{url}: neither a feed nor a news sitemap names an article")
        sys.exit(NOTHING_SUCCEEDED)
    for found in discovery.found[:limit]:
        click.echo(found.url if form == "text" else _as_line(found))


def _as_line(found: Found) -> str:
    from cleaner.write.record import to_json

    published = found.published and found.published.isoformat()
    return to_json({"url": found.url, "published": published, "title": found.title, "source": found.source})


def main() -> NoReturn:
    """Runs the command line and exits the process."""
    try:
        with naming("standard output"):
            command(prog_name="cleaner")
    except SystemExit as end:
        _exit(end.code if isinstance(end.code, int) else int(end.code is not None))
    except OSError as error:
        # `clean` answers for its own; the other commands only print.
        if "--debug" in sys.argv:
            raise
        _say(_in_a_line(error))
        _exit(UNREADABLE)
    _exit(0)


def _exit(code: int) -> NoReturn:
    """Exits without the interpreter's own end.

    That would wait for threads whose input never comes, would look at every object once more (25 to 45 ms), and no
    longer knows our signal handlers.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)
