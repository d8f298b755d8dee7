"""`cleaner discover URL`: list the articles of a site."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cleaner.command.config import config_options, log_config
from cleaner.command.console import NOTHING_SUCCEEDED, for_users, say, set_up_logging
from cleaner.command.options import SectionedCommand, fetching, new_fetcher
from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from cleaner.discovery.discover import ArticleLink


@click.command(cls=SectionedCommand, short_help="List the articles in the feeds and news sitemaps of a site.")
@click.argument("url")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="text: one URL per line; jsonl: also published, title and source.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Print only the N newest articles.")
@fetching
@config_options
@click.option("--debug", is_flag=True, help="Print log messages and tracebacks to standard error.")
def discover(url: str, form: str, limit: int | None, debug: bool, **options: Any) -> None:
    """List the articles in the feeds and news sitemaps of a site, newest first.

    URL is a front page, a section, a feed or a sitemap. To clean all articles:

    \b
      cleaner discover URL | cleaner -i - -o articles.jsonl
    """
    set_up_logging(debug)
    log_config()

    from cleaner.discovery.discover import discover as search

    try:
        discovery = search(url, fetcher=new_fetcher(**options))
    except CleanerError as error:
        say(f"{url}: {for_users(error.message)} ({error.code})")
        sys.exit(NOTHING_SUCCEEDED)
    for problem in discovery.problems:
        say(f"{problem.url or url}: {for_users(problem.message)} ({problem.code})")
    if not discovery.found:
        say(f"{url}: no articles: neither a feed nor a news sitemap lists any")
        sys.exit(NOTHING_SUCCEEDED)
    for link in discovery.found[:limit]:
        click.echo(link.url if form == "text" else _as_line(link))


def _as_line(link: ArticleLink) -> str:
    from cleaner.write.record import to_json

    published = link.published and link.published.isoformat()
    return to_json({"url": link.url, "published": published, "title": link.title, "source": link.source})
