"""The options that all fetching commands share, and the help that lists options in sections."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from cleaner.command.console import UNREADABLE, say
from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cleaner.http.fetcher import Fetcher

# The sections of the help, with the names of their parameters. All other options are in the last section.
SECTIONS = {
    "Input and output": (
        *("lists", "sites", "since", "max_articles", "language"),
        *("output", "form", "all_fields", "with_title", "with_header", "images", "front_matter", "report", "summary"),
    ),
    "Extraction": ("blocks", "explain", "comments", "keep", "any_page", "min_confidence", "rule_files", "without"),
    "Many inputs": ("jobs", "ordered", "resume", "retry_failed", "force"),
    "Fetching": (
        *("timeout", "user_agent", "headers", "cookies", "cookie_file"),
        *("ignore_robots", "allow_private", "insecure", "proxy", "cache", "cache_size", "follow_pages"),
    ),
}
LAST_SECTION = "Other options"

# What the help calls values that are paths.
PATHS = frozenset({"DIR", "FILE", "FOLDER", "LIST", "SOURCE..."})

FETCHING = (
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Time limit for one attempt to fetch a page, including redirects; there are up to three attempts "
        "(default: 60). It does not limit the time for cleaning.",
    ),
    click.option(
        "--user-agent",
        metavar="TEXT",
        help="User-Agent of all requests; its first word is the name for robots.txt (default: news-cleaner/VERSION, "
        "and the URL or mail address in the variable CLEANER_CONTACT).",
    ),
    click.option(
        "--header",
        "headers",
        metavar="'NAME: VALUE'",
        multiple=True,
        help="Send this header to the host of each given URL, not to other hosts; may be repeated.",
    ),
    click.option(
        "--cookie",
        "cookies",
        metavar="NAME=VALUE",
        multiple=True,
        help="Send this cookie to the host of each given URL; may be repeated.",
    ),
    click.option(
        "--cookies",
        "cookie_file",
        metavar="FILE",
        help="Send the cookies in FILE to the hosts that they belong to. FILE has the format of Netscape, as browsers' "
        "extensions export it.",
    ),
    click.option("--ignore-robots", is_flag=True, help="Also fetch pages that robots.txt forbids."),
    click.option("--allow-private", is_flag=True, help="Also fetch from this machine and from private networks."),
    click.option("--insecure", is_flag=True, help="Do not verify the certificates of servers."),
    click.option(
        "--proxy",
        metavar="URL",
        envvar="CLEANER_PROXY",
        show_envvar=True,
        help="Fetch through this proxy (http, https, socks5 or socks5h). Other proxy variables are ignored.",
    ),
)

CACHING = (
    click.option(
        "--cache", metavar="DIR", help="Keep fetched pages in DIR; fetch them again only if they have changed."
    ),
    click.option(
        "--cache-size",
        type=click.IntRange(min=1),
        default=1000,
        show_default=True,
        metavar="MB",
        help="Maximum size of the cache; the least recently used pages are deleted first.",
    ),
)

# The names of their parameters.
FETCHING_NAMES = (
    *("timeout", "user_agent", "headers", "cookies", "cookie_file"),
    *("ignore_robots", "allow_private", "insecure", "proxy", "cache", "cache_size"),
)
# Options that do not change a record, and that may hold secrets: the file of a run does not name them.
NOT_STORED = ("headers", "cookies", "cookie_file", "proxy", "cache", "cache_size")


class Probability(click.FloatRange):
    """The type of an option: a number from 0 to 1."""

    name = "number from 0 to 1"

    def __init__(self) -> None:
        super().__init__(min=0, max=1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if math.isnan(number):  # every comparison with it is false, so it is in any range
            self.fail(f"{value!r} is not a valid {self.name}.", param, ctx)
        return number


def _day_or_time(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """Return a day, or a `datetime`, in ISO 8601."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value) if len(value) <= len("2024-05-06") else datetime.fromisoformat(value)
    except ValueError as error:
        message = f"{value!r} is neither a day (2024-05-06) nor a time (2024-05-06T12:00+02:00)"
        raise click.BadParameter(message) from error


DISCOVERING = (
    click.option(
        "--since",
        callback=_day_or_time,
        metavar="DATE",
        help="Of a site's articles, only those published on this day or later, or since this time (ISO 8601; UTC if it "
        "has no time zone).",
    ),
    click.option(
        "--max",
        "max_articles",
        type=click.IntRange(min=1),
        metavar="N",
        help="Of a site's articles, only the N newest.",
    ),
)


class SectionedCommand(click.Command):
    """A command whose help lists the options in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options(self.get_params(ctx), ctx, formatter)


def write_options(params: Iterable[click.Parameter], ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the help of the options, in the order of `SECTIONS`."""
    options = [each for each in params if isinstance(each, click.Option)]
    rows = {each.name: row for each in options if (row := each.get_help_record(ctx))}
    for title, names in SECTIONS.items():
        section = [rows.pop(name) for name in names if name in rows]
        if section:
            with formatter.section(title):
                formatter.write_dl(section)
    with formatter.section(LAST_SECTION):
        formatter.write_dl(list(rows.values()))


def complete_file(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let shells complete a value as the name of a file."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def complete_paths(command: click.Command) -> None:
    """Let shells complete the values of options and arguments that the help calls a file, a list or a folder."""
    for param in command.params:
        if param.metavar in PATHS and isinstance(param.type, click.types.StringParamType):
            param.type = click.Path(file_okay=param.metavar != "DIR", readable=False)
    if isinstance(command, click.Group):
        for each in command.commands.values():
            complete_paths(each)


def is_typed(name: str) -> bool:
    """Whether a parameter of the command is given on the command line, and not only in a config file.

    A config file is for all runs, so what it says is ignored where it makes no sense; what is typed is refused.
    """
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE


def fetching(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of the fetcher to a command, with those of its cache."""
    return _with(command, (*FETCHING, *CACHING))


def discovering(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that choose among the articles of a site to a command."""
    return _with(command, DISCOVERING)


def _with(command: Callable[..., None], options: Iterable[Callable[..., Any]]) -> Callable[..., None]:
    for option in reversed(tuple(options)):
        command = option(command)
    return command


def new_fetcher(
    *,
    cache: str | None = None,
    cache_size: int = 0,
    headers: Iterable[str] = (),
    cookies: Iterable[str] = (),
    cookie_file: str | None = None,
    **options: Any,
) -> Fetcher:
    """Return a fetcher with the options. Ends the command if the cache or the cookie file cannot be opened.

    Raises `click.UsageError` if an option has an invalid value.
    """
    from cleaner.http.fetcher import Fetcher

    given = {name: value for name, value in options.items() if value is not None}
    try:
        given["headers"] = dict(_pair(each, ":", "--header must be 'NAME: VALUE'") for each in headers)
        given["cookies"] = dict(
            _pair(pair, "=", "--cookie must be NAME=VALUE") for each in cookies for pair in each.split(";")
        )
        if cookie_file is not None:
            from cleaner.http.credentials import read_cookies

            given["cookie_jar"] = read_cookies(cookie_file)
        if cache is None:
            return Fetcher(**given)

        from cleaner.http.cache import PageCache  # loads SQLite

        pages = PageCache(cache, max_bytes=cache_size * 1_000_000)
        click.get_current_context().call_on_close(pages.close)
        return Fetcher(cache=pages, **given)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except CleanerError as error:
        say(error.message)
        sys.exit(UNREADABLE)


def _pair(text: str, separator: str, problem: str) -> tuple[str, str]:
    """Return a name and a value. Raises `ValueError`, which does not quote the text: it may be a secret."""
    name, found, value = text.partition(separator)
    if not found:
        raise ValueError(problem)
    return name.strip(), value.strip()
