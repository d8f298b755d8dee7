"""`cleaner discover URL...`: list the articles of sites."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.command.config import config_options, log_config
from cleaner.command.console import (
    NOTHING_SUCCEEDED,
    SOME_FAILED,
    UNREADABLE,
    for_users,
    in_a_line,
    say,
    set_up_logging,
)
from cleaner.command.options import SectionedCommand, discovering, fetching, new_fetcher
from cleaner.errors import Code
from cleaner.write.files import OutputFile

if TYPE_CHECKING:
    from cleaner.discovery.discover import ArticleLink, Discovery, Wanted
    from cleaner.http.fetcher import Fetcher
    from cleaner.inputs.read import Input

_EXTENSIONS = {".txt": "text", ".jsonl": "jsonl"}


@click.command(cls=SectionedCommand, short_help="List the articles in the feeds and sitemaps of sites.")
@click.argument("sites", metavar="URL...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="FILE", help="Write to FILE (.txt or .jsonl).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    help="text: one URL per line (the default); jsonl: also published, title, source and language.",
)
@discovering
@click.option(
    "--language",
    metavar="TAG",
    help="Only articles in this language (such as de or pt-BR), and those whose feed or sitemap does not say.",
)
@fetching
@config_options
@click.option("--debug", is_flag=True, help="Print log messages and tracebacks to standard error.")
def discover(
    sites: tuple[str, ...],
    output: str | None,
    form: str | None,
    since: date | None,
    max_articles: int | None,
    language: str | None,
    debug: bool,
    **options: Any,
) -> None:
    """List the articles in the feeds and sitemaps of sites, site by site, newest first.

    URL is a front page, a section, a feed, a sitemap or an index of sitemaps. To clean all articles:

    \b
      cleaner --discover URL -o articles.jsonl
    """
    set_up_logging(debug)
    log_config()

    from cleaner.discovery.discover import Wanted, discover_each

    form = form or _format_of(output)
    try:
        wanted = Wanted.checked(since, max_articles, language)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    fetcher = new_fetcher(**options)
    outcomes = []
    try:
        with _opened(output) as write:
            for site, discovery in discover_each(sites, fetcher, wanted):
                _report(site, discovery)
                outcomes.append(bool(discovery.listed))
                for link in discovery.found:
                    write(link.url if form == "text" else _as_line(link))
    except BrokenPipeError:
        raise  # handled for all commands
    except OSError as error:
        say(in_a_line(error))
        sys.exit(UNREADABLE)
    sys.exit(0 if all(outcomes) else SOME_FAILED if any(outcomes) else NOTHING_SUCCEEDED)


def discovered_inputs(sites: Iterable[str], fetcher: Fetcher, wanted: Wanted) -> Iterator[Input]:
    """Yield the articles of sites as inputs. A site is searched when the articles of the sites before it are taken.

    A site without articles is an input with a problem.
    """
    from cleaner.discovery.discover import discover_each
    from cleaner.inputs.names import InputKind
    from cleaner.inputs.read import Input, Problem

    for site, discovery in discover_each(sites, fetcher, wanted):
        if discovery.listed:
            _report(site, discovery)
        else:  # its record and its message are those of a failed input
            first = next(iter(discovery.problems), None)
            problem = Problem(first.code, first.message) if first else Problem(Code.EMPTY, _NO_ARTICLES)
            yield Input(site, InputKind.URL, url=site, problem=problem)
        for link in discovery.found:
            yield Input(link.url, InputKind.URL, url=link.url, found_on=site)


_NO_ARTICLES = "no articles: neither a feed nor a sitemap lists any"


def _report(site: str, discovery: Discovery) -> None:
    """Print the problems of a site, and what is left out."""
    for problem in discovery.problems:
        say(f"{problem.url or site}: {for_users(problem.message)} ({problem.code})")
    if not discovery.listed and not discovery.problems:
        say(f"{site}: {_NO_ARTICLES}")
    if discovery.listed and not discovery.found:
        say(f"{site}: none of the {discovery.listed} articles is wanted")
    if discovery.undated:
        say(f"{site}: --since left out {discovery.undated} articles without a date")


def _format_of(output: str | None) -> str:
    if output is None or output == "-":
        return "text"
    form = _EXTENSIONS.get(Path(output).suffix.lower())
    if form is None:
        raise click.UsageError(f"{output}: unknown extension; use .txt or .jsonl, or choose a --format")
    return form


@contextmanager
def _opened(output: str | None) -> Iterator[Callable[[str], object]]:
    """Open the output; yield a function that writes one line to it."""
    if output is None or output == "-":
        yield click.echo
        return
    with OutputFile(Path(output)) as file:
        yield lambda line: file.write(f"{line}\n".encode())
        file.check()


def _as_line(link: ArticleLink) -> str:
    from cleaner.write.record import to_json

    published = link.published and link.published.isoformat()
    return to_json(link._asdict() | {"published": published})
