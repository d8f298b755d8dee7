"""The options that all fetching commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from cleaner.command.console import UNREADABLE, say
from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from cleaner.http.fetcher import Fetcher

FETCHING = (
    click.option(
        "--user-agent",
        metavar="TEXT",
        help="Name for servers and robots.txt (default: news-cleaner/VERSION, with CLEANER_CONTACT, a URL or mail "
        "address, if that is set).",
    ),
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
    """Add the options of the fetcher to a command."""
    for option in reversed(FETCHING):
        command = option(command)
    return command


def new_fetcher(*, cache: str | None = None, cache_size: int = 0, **options: Any) -> Fetcher:
    """Return a fetcher with the options. Ends the command if the cache cannot be opened.

    Raises `click.UsageError` if an option has an invalid value.
    """
    from cleaner.http.fetcher import Fetcher

    given = {name: value for name, value in options.items() if value is not None}
    try:
        if cache is None:
            return Fetcher(**given)

        from cleaner.http.cache import PageCache  # loads SQLite

        return Fetcher(cache=PageCache(cache, max_bytes=cache_size * 1_000_000), **given)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except CleanerError as error:
        say(error.message)
        sys.exit(UNREADABLE)
