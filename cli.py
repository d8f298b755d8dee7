"""The command `cleaner`. It speaks to people; all else is the library's work."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from time import monotonic
from typing import IO, TYPE_CHECKING, Any

import click

from cleaner._version import __version__
from cleaner.errors import CleanerError, Code
from cleaner.models import Reason, Status

if TYPE_CHECKING:
    from cleaner.judge.rules.model import Rule
    from cleaner.source.discover import Found
    from cleaner.source.fetch import Fetcher
    from cleaner.source.inputs import InputList

# Exit codes that are not click's (2: usage). Scripts tell "some" from "all" by them.
SOME_FAILED = 1
UNREADABLE = 3
NOTHING_SUCCEEDED = 4
INTERRUPTED = 130
TERMINATED = 143

SUCCESS = frozenset({Status.OK, Status.PARTIAL, Status.UNCHANGED})

# A progress bar comes after so many inputs or seconds: short work needs none.
BAR_AFTER_INPUTS = 10
BAR_AFTER_SECONDS = 2.0


class Format(StrEnum):
    JSON = "json"
    JSONL = "jsonl"
    TEXT = "text"
    MARKDOWN = "markdown"


FORMAT_OF_ENDING = {".json": Format.JSON, ".jsonl": Format.JSONL, ".txt": Format.TEXT, ".md": Format.MARKDOWN}


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
    "output cannot be read or written; 4 nothing succeeded; 130 interrupted.",
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
      cleaner pages/ -o articles.jsonl --jobs 4
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
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Work in N processes (default: in this one).")
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
    jobs: int | None,
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

    from cleaner.batch import clean_many
    from cleaner.source.inputs import InputList

    inputs: list[str | InputList] = [*sources, *map(InputList, lists)]
    fetcher = _fetcher(**options)
    records = clean_many(inputs, jobs=jobs, explain=explain or chosen is Format.MARKDOWN, fetcher=fetcher)
    tally = Tally()
    try:
        with _opened(output) as stream:
            if _shows_progress(stream):
                records = _with_progress(records, inputs)
            for piece in _pieces(tally.counted(records), inputs, chosen, explain):
                stream.write(piece.encode())
                stream.flush()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain again when it closes standard output at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNREADABLE)
    except OSError as error:
        if debug:
            raise
        _say(f"{output or 'standard output'}: cannot be written: {(error.strerror or str(error)).lower()}")
        sys.exit(UNREADABLE)
    tally.report()
    sys.exit(tally.exit_code)


def _fetcher(*, cache: str | None = None, cache_size: int = 0, **options: Any) -> Fetcher:
    from cleaner.source.fetch import Fetcher

    given = {name: value for name, value in options.items() if value is not None}
    try:
        if cache is None:
            return Fetcher(**given)

        from cleaner.source.store import Store  # loads SQLite

        return Fetcher(store=Store(cache, max_bytes=cache_size * 1_000_000), **given)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except CleanerError as error:
        _say(error.message)
        sys.exit(UNREADABLE)


class Tally:
    """What became of the inputs so far."""

    def __init__(self) -> None:
        self.ended: Counter[str] = Counter()  # by status, and by code where there is an error
        self.interrupted = False
        self._started = monotonic()

    def counted(self, records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The records, each counted and its error told. Ctrl-C ends them, so that what is written has its end."""
        try:
            for record in records:
                error = record["error"]
                self.ended[error["code"] if error else record["status"]] += 1
                if error:
                    _say(f"{record['input']}: {error['message']} ({error['code']})")
                yield record
                _collect_from_here()
        except KeyboardInterrupt:
            self.interrupted = True

    @property
    def exit_code(self) -> int:
        good = sum(self.ended[status] for status in SUCCESS)
        if self.interrupted:
            return INTERRUPTED
        if good == self.ended.total():
            return 0
        if good:
            return SOME_FAILED
        return UNREADABLE if set(self.ended) <= {Code.IO_ERROR, *SUCCESS} else NOTHING_SUCCEEDED

    def report(self) -> None:
        """Tell the numbers where there is more than one to tell."""
        total = self.ended.total()
        if total > 1 or self.interrupted:
            counts = ", ".join(f"{count} {end}" for end, count in self.ended.most_common())
            state = "interrupted after " if self.interrupted else ""
            inputs = "1 input" if total == 1 else f"{total} inputs"
            _say(f"{state}{inputs}: {counts or 'none done'}; {monotonic() - self._started:.1f} s")


def _pieces(
    records: Iterator[dict[str, Any]], sources: Sequence[str | InputList], form: Format | None, explain: bool
) -> Iterator[str]:
    """What to write, a piece for each record. A source that is not itself the first record's input may hold many."""
    from cleaner.write.markdown import to_markdown
    from cleaner.write.record import to_json
    from cleaner.write.text import to_text

    number = 0
    alone = False
    for number, record in enumerate(records, 1):
        if number == 1:
            alone = len(sources) == 1 and record["input"] == sources[0]
            form = form or (Format.JSON if alone else Format.JSONL)
        if form is Format.JSONL:
            yield to_json(record) + "\n"
        elif form is Format.JSON:
            yield to_json(record, indent=2) + "\n" if alone else (",\n" if number > 1 else "[\n") + to_json(record)
        elif record["text"] is None or (record["error"] and not explain):
            continue  # what little text there is, is no article's
        elif form is Format.TEXT:
            yield _headed("==> {} <==", alone, record, to_text(record, explain=explain))
        else:
            yield _headed("<!-- {} -->", alone, record, to_markdown(record, explain=explain))
    if form is Format.JSON and not alone:
        yield "\n]\n" if number else "[]\n"


def _headed(head: str, alone: bool, record: dict[str, Any], shown: str) -> str:
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


def _opened(output: str | None) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdout.buffer) if output is None or output == "-" else open(output, "wb")


def _shows_progress(stream: IO[bytes]) -> bool:
    return sys.stderr.isatty() and not stream.isatty()


def _with_progress(records: Iterator[dict[str, Any]], sources: Sequence[str | InputList]) -> Iterator[dict[str, Any]]:
    from cleaner.source.inputs import count_inputs

    started = monotonic()
    for done, record in enumerate(records, 1):
        yield record
        if done >= BAR_AFTER_INPUTS or monotonic() - started >= BAR_AFTER_SECONDS:
            break
    else:
        return
    total = count_inputs(sources)
    with click.progressbar(records, length=total, label="cleaning", show_pos=True, file=sys.stderr) as bar:
        bar.update(done)
        yield from bar


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

    return asdict(rule) | {"languages": sorted(rule.languages)}


def _in_words(rule: Rule) -> str:
    from cleaner.judge.rules.model import Part, Scope

    words = "any language" if not rule.languages else ", ".join(sorted(rule.languages))
    shape = [
        f"at least {rule.linked:.0%} of it is link text" if rule.linked else "",
        "it does not end as a sentence does" if rule.unfinished else "",
        f"it stands {rule.part} the article" if rule.part is not Part.ANYWHERE else "",
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

    from cleaner.source.discover import discover as search

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


def main() -> None:
    """The entry point: ends on SIGTERM as on an error, so that worker processes do not outlive it."""
    # Modules, rules and weights are a hundred thousand objects, and none is garbage. Looking at them while they load
    # takes up to 30 ms of CPU; before the process ends, 25 to 45.
    gc.disable()
    atexit.register(gc.freeze)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    command(prog_name="cleaner")


if __name__ == "__main__":
    main()
