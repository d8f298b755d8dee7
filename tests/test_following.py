"""Articles with several pages: which pages are fetched, and how they are joined."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from servers import Server, redirect, response

import cleaner
from cleaner.command import app
from cleaner.errors import Code, FetchError, NoArticleError
from cleaner.http import politeness
from cleaner.http.fetcher import Fetcher
from cleaner.joining import join_pages
from cleaner.models import Article, Block, Cell, Image, Kind, ListItem, Page, Reason, Removed, Status, TableRow
from cleaner.pipeline import clean

pytestmark = pytest.mark.usefixtures("loaded")

LEAD = "The ferry to the island sails again, and the people who live there have a lot to say about the long break."
TEXTS = {
    1: "The operator of the ferry said in a statement on Monday that the engine had been repaired during the winter.",
    2: "The mayor told the council that the harbour would be open again next week if the weather allows it.",
    3: "On the island, the shops had been empty for days, and the school had sent its older children home by plane.",
}
MORE = "The repair took longer than anybody had thought, because the parts had to be made in a yard on the other coast."


def page_of(number: int, *, next_link: str = "", text: str | None = None) -> str:
    """Return a page of an article, with a link to the next one."""
    return (
        "<!DOCTYPE html><html lang=en><head><title>Ferry sails again</title></head><body><article>"
        f"<h1>Ferry sails again</h1><p class=byline>By Ada Reed</p><p>{LEAD}</p><p>{text or TEXTS[number]}</p>"
        f"<p>Page {number}. {MORE}</p></article>{next_link}</body></html>"
    )


def page(number: int, *, following: str | None = None, text: str | None = None) -> bytes:
    """Return the response with a page, and a link with the number of the next one to `following`."""
    link = f"<p class=pagination><a href='{following}'>{number + 1}</a></p>" if following else ""
    return response(page_of(number, next_link=link, text=text).encode())


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A site with an article of three pages."""
    monkeypatch.setattr(politeness, "MIN_GAP", 0.0)
    with Server() as running:
        running.responses |= {
            "/ferry": page(1, following="/ferry?page=2"),
            "/ferry?page=2": page(2, following="/ferry?page=3"),
            "/ferry?page=3": page(3),
        }
        yield running


def fetched(server: Server, *, path: str = "/ferry", max_pages: int = 5, **options: Any) -> Page:
    fetcher = Fetcher(**{"allow_private": True, "sleep": lambda _: None, **options})
    return cleaner.fetch_pages(server.url + path, max_pages=max_pages, fetcher=fetcher)


def paths_of(page: Page) -> list[str]:
    return [(each.address or "").partition("/ferry")[2] for each in (page, *page.further)]


class TestFetching:
    """`fetch_pages`."""

    def test_all_pages(self, server: Server) -> None:
        """Each page leads to the next one."""
        assert (["", "?page=2", "?page=3"], ()) == (paths_of(result := fetched(server)), result.warnings)
        assert ["/robots.txt", "/ferry", "/ferry?page=2", "/ferry?page=3"] == server.paths

    @pytest.mark.parametrize(("max_pages", "number"), [(1, 1), (2, 2), (3, 3)])
    def test_limit(self, server: Server, max_pages: int, number: int) -> None:
        """The number of pages is limited."""
        assert number == len(paths_of(fetched(server, max_pages=max_pages)))

    def test_bad_limit(self, server: Server) -> None:
        """No pages at all cannot be asked for."""
        with pytest.raises(ValueError, match="at least 1"):
            fetched(server, max_pages=0)

    def test_failure(self, server: Server) -> None:
        """A page that cannot be fetched ends the article, with a warning; the first one raises its error."""
        del server.responses["/ferry?page=2"]
        result = fetched(server)
        problem = f"page 2 could not be fetched: the server answered with status 404: {server.url}/ferry?page=2"
        assert ([""], (problem,)) == (paths_of(result), result.warnings)
        with pytest.raises(FetchError):
            fetched(server, path="/ferry?page=9")

    def test_robots(self, server: Server) -> None:
        """A page that robots.txt forbids is not fetched."""
        server.responses["/robots.txt"] = response(b"User-agent: *\nDisallow: /*page=3", content_type="text/plain")
        result = fetched(server)
        assert (["", "?page=2"], True) == (paths_of(result), "robots.txt forbids" in result.warnings[0])

    @pytest.mark.parametrize(
        "last",
        [
            page(3, following="/ferry?page=4"),  # and page 4 is page 3 once more
            redirect("/ferry"),
            redirect("/ferry?page=2"),
        ],
    )
    def test_repeats(self, server: Server, last: bytes) -> None:
        """A page that was fetched before, under whatever URL, is the end."""
        server.responses |= {"/ferry?page=3": last, "/ferry?page=4": last}
        assert paths_of(fetched(server)) in (["", "?page=2"], ["", "?page=2", "?page=3"])
        assert len(server.paths) <= 6

    def test_other_site(self, server: Server) -> None:
        """A next page that is on another site, or leads to one, is not part of the article."""
        with Server() as other:
            other.responses["/ferry?page=2"] = page(2)
            server.responses["/ferry?page=2"] = redirect(f"{other.url.replace('127.0.0.1', 'localhost')}/ferry?page=2")
            assert [""] == paths_of(fetched(server))
        far = "http://127.0.0.2/ferry"
        head = f"<link rel=canonical href='{far}'><link rel=next href='{far}?page=2'>"
        server.responses["/ferry"] = response(page_of(1).replace("<title>", f"{head}<title>").encode())
        result = fetched(server)
        assert ([""], ()) == (paths_of(result), result.warnings)
        assert f"{far}?page=2" == clean(result).next_page

    def test_no_article(self, server: Server) -> None:
        """The next page of a list of links is not fetched."""
        links = "".join(f"<li><a href='/{number}/story'>The ferry sails {number} times</a>" for number in range(40))
        listing = f"<html lang=en><h1>News</h1><ul>{links}</ul><a href='?page=2'>2</a></html>"
        server.responses["/ferry"] = response(listing.encode())
        assert [""] == paths_of(fetched(server))
        assert "/ferry?page=2" not in server.paths

    def test_credentials(self, server: Server) -> None:
        """The further pages get the user's headers, too."""
        fetched(server, headers={"X-Key": "secret"})
        assert all("X-Key: secret" in request for request in server.requests)


class TestJoining:
    """`clean` of a page with further ones."""

    def test_text(self, server: Server) -> None:
        """The text is that of all pages, once, without headlines, bylines and standfirsts of later ones."""
        article = clean(fetched(server))
        expected = [LEAD]
        for number, text in TEXTS.items():
            expected += [text, f"Page {number}. {MORE}"]
        assert "\n\n".join(expected) == article.text
        assert ("Ferry sails again", ("Ada Reed",)) == (article.title, article.authors)
        assert [server.url + path for path in ("/ferry", "/ferry?page=2", "/ferry?page=3")] == [*article.pages]
        assert (Status.OK, None, ()) == (article.status, article.next_page, article.warnings)
        assert len(article.text.split()) == article.word_count

    def test_places(self, server: Server) -> None:
        """Kept and removed blocks are every block of all pages, once; repetitions are removed with a reason."""
        article = clean(fetched(server))
        places = sorted(each.place for each in (*article.blocks, *article.removed))
        assert [*range(len(places))] == places
        assert [block.place for block in article.blocks] == sorted(block.place for block in article.blocks)
        repeated = [each for each in article.removed if each.reason is Reason.REPEATED]
        assert [LEAD, LEAD] == [each.text for each in repeated]
        assert {"an earlier page of the article has the same words"} == {each.evidence for each in repeated}

    def test_missing_page(self, server: Server) -> None:
        """If a page is missing, the article is partial, and the warning and `next_page` say what is missing."""
        del server.responses["/ferry?page=3"]
        article = clean(fetched(server))
        assert (Status.PARTIAL, 2, f"{server.url}/ferry?page=3") == (
            article.status,
            len(article.pages),
            article.next_page,
        )
        assert "page 3 could not be fetched" in article.warnings[0]
        del server.responses["/ferry?page=2"]
        article = clean(fetched(server))
        assert (Status.PARTIAL, (), 1) == (article.status, article.pages, len(article.warnings))

    def test_not_enough_pages(self, server: Server) -> None:
        """If there are more pages than may be fetched, `next_page` is the first one that is left out."""
        article = clean(fetched(server, max_pages=2))
        assert f"{server.url}/ferry?page=3" == article.next_page

    def test_later_page_is_no_article(self) -> None:
        """A later page that is not an article is left out, with a warning; a first page that is none is an error."""
        url = "https://town.example/ferry"
        second = Page("<html><title>404 Not found</title><h1>Page not found</h1></html>", f"{url}?page=2")
        article = clean(Page(page_of(1), url, further=(second,)))
        assert (Status.PARTIAL, ()) == (article.status, article.pages)
        assert article.warnings[0].startswith("page 2 is left out: the page is not an article")
        with pytest.raises(NoArticleError):
            clean(Page(second.content, url, further=(Page(page_of(1), f"{url}?page=2"),)))

    def test_single_page(self) -> None:
        """A page without further ones is cleaned as ever."""
        assert ((), None) == ((article := clean(page_of(1))).pages, article.next_page)

    def test_structure(self) -> None:
        """Each block has its place in the joined text, and lists and tables of later pages have other numbers."""
        item, row = ListItem(3, 1, True, 1, False), TableRow(2, (Cell(0, 3, True, 1, 1),))
        pages = [
            Article(
                blocks=(Block(0, Kind.LIST_ITEM, f"one {name}", item=item), Block(1, Kind.TABLE_ROW, name, row=row))
            )
            for name in ("red", "sky", "sea")
        ]
        joined = join_pages(pages)
        assert [joined.text[block.start : block.end] for block in joined.blocks] == [b.text for b in joined.blocks]
        assert [3, 6, 9] == [block.item.list for block in joined.blocks if block.item]
        assert [2, 4, 6] == [block.row.table for block in joined.blocks if block.row]

    def test_values(self) -> None:
        """Subheadings may be on each page; pictures are listed once; the least sure page counts."""
        heading = Block(1, Kind.HEADING, "Verdict", 2)
        first = Article(
            title="Cars",
            blocks=(Block(0, Kind.PARAGRAPH, "One", element=7), heading, Block(2, Kind.PARAGRAPH, "Two")),
            images=(Image("a", after=0),),
            confidence=0.9,
            url="1",
            warnings=("odd",),
            next_page="2",
        )
        second = Article(
            title="Cars: page 2",
            blocks=(
                Block(1, Kind.PARAGRAPH, "Three", element=7),
                heading._replace(place=2),
                Block(3, Kind.PARAGRAPH, "4"),
            ),
            removed=(Removed(0, Kind.HEADING, "Cars", Reason.HEADLINE, "h", None),),
            images=(Image("a", after=1), Image("b", after=2), Image("c")),
            confidence=0.7,
            url="2",
            warnings=("odd", "late"),
            next_page="1",
        )
        joined = join_pages([first, second])
        assert "One\n\nVerdict\n\nTwo\n\nThree\n\nVerdict\n\n4" == joined.text
        assert [0, 1, 2, 4, 5, 6] == [block.place for block in joined.blocks]
        assert [7, -1, -1, -1, -1, -1] == [block.element for block in joined.blocks]
        assert [3] == [each.place for each in joined.removed]
        assert [("a", 0), ("b", 5), ("c", None)] == [(image.url, image.after) for image in joined.images]
        assert ("Cars", 0.7, ("odd", "late"), None) == (
            joined.title,
            joined.confidence,
            joined.warnings,
            joined.next_page,
        )


class TestRecords:
    """`clean_many` and the command."""

    def run(self, *arguments: object) -> Result:
        given = [*map(str, arguments), "--allow-private"]
        return CliRunner().invoke(app.command, given, prog_name="cleaner")

    def test_record(self, server: Server) -> None:
        """A record has the text and the URLs of all pages; other inputs are not affected."""
        fetcher = Fetcher(allow_private=True)
        inputs = [f"{server.url}/ferry", {"html": page_of(1, next_link="<a href='?page=2'>2</a>")}]
        first, second = cleaner.clean_many(inputs, follow_pages=9, fetcher=fetcher)
        schema = json.loads((files("cleaner") / "schema.json").read_text())
        Draft202012Validator(schema).validate(first)
        assert (3, []) == (len(first["pages"]), second["pages"])
        assert all(text in (first["text"] or "") for text in TEXTS.values())
        assert 1 == server.paths.count("/robots.txt")

    def test_off(self, server: Server) -> None:
        """Without the option, only the next page is named."""
        (record,) = cleaner.clean_many([f"{server.url}/ferry"], fetcher=Fetcher(allow_private=True))
        assert ([], f"{server.url}/ferry?page=2") == (record["pages"], record["next_page"])
        assert ["/robots.txt", "/ferry"] == server.paths

    def test_bad_number(self) -> None:
        """A negative number is refused."""
        with pytest.raises(ValueError, match="follow_pages must be at least 0"):
            cleaner.clean_many([], follow_pages=-1)

    def test_errors(self, server: Server) -> None:
        """An input whose first page cannot be fetched is an error as ever."""
        (record,) = cleaner.clean_many([f"{server.url}/no"], follow_pages=2, fetcher=Fetcher(allow_private=True))
        assert record["error"] is not None
        assert Code.HTTP_ERROR == record["error"]["code"]

    def test_command(self, server: Server, tmp_path: Path) -> None:
        """`--follow-pages` limits the number of further pages, and is an option that a run is resumed with."""
        output = tmp_path / "out.jsonl"
        assert 0 == self.run(f"{server.url}/ferry", "--follow-pages", 1, "-o", output).exit_code
        record = json.loads(output.read_text())
        assert (2, f"{server.url}/ferry?page=3") == (len(record["pages"]), record["next_page"])
        assert 2 == self.run(f"{server.url}/ferry", "-o", output, "--resume").exit_code
        assert 2 == self.run(f"{server.url}/ferry", "--follow-pages", 101).exit_code
