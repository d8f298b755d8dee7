"""What a page is when it is no article."""

from __future__ import annotations

import pytest

from cleaner.blocks import walk
from cleaner.judge import page_kind
from cleaner.models import PageKind, Reason, Verdict
from cleaner.page.tree import parse

PARAGRAPH = "The harbour of Westport was closed on Monday after a storm had thrown boats against its northern wall."
GONE = Verdict(Reason.OUTSIDE, evidence="a test")


def kind_of(
    body: str, *, head: str = "", title: str | None = None, declared_article: bool = False, kept: bool = True
) -> PageKind | None:
    root = parse(f"<html><head>{head}</head><body>{body}</body></html>").root
    document = walk(root)
    verdicts = [Verdict() if kept else GONE for _ in document.blocks]
    return page_kind(root, document, verdicts, title=title, declared_article=declared_article)


def paragraphs(number: int) -> str:
    return f"<p>{PARAGRAPH}</p>" * number


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("404", PageKind.ERROR),
        ("Error 404 - Westport Gazette", PageKind.ERROR),
        ("Page not found | Westport Gazette", PageKind.ERROR),
        ("Sorry, this page could not be found", PageKind.ERROR),
        ("Seite nicht gefunden", PageKind.ERROR),
        ("Страница не найдена", PageKind.ERROR),
        ("页面不存在", PageKind.ERROR),
        ("ページが見つかりません", PageKind.ERROR),
        ("Access denied", PageKind.BLOCKED),
        ("Just a moment...", PageKind.BLOCKED),
        ("Before you continue to the Gazette", PageKind.CONSENT),
        ("Datenschutz-Einstellungen", PageKind.CONSENT),
        ("404 Not Found", PageKind.ERROR),
        ("500 | Westport Gazette", PageKind.ERROR),
        ("403 Forbidden", PageKind.ERROR),
        ("Fehler 404: Diese Seite gibt es nicht", PageKind.ERROR),
        ("404 people rescued from the ferry", None),
        ("500 fishing boats seized in the north", None),
        ("4040", None),
        ("Key to the treasure was not hidden in the harbour", None),
        ("Storm closes the harbour of Westport", None),
    ],
)
def test_titles(title: str, kind: PageKind | None) -> None:
    """A page with little text is what its title says, wherever the title stands."""
    assert kind is kind_of(paragraphs(2), head=f"<title>{title}</title>")
    assert kind is kind_of(paragraphs(2), title=title)
    assert kind is kind_of(f"<h1>{title}</h1>{paragraphs(2)}")


def test_a_long_text_is_an_article() -> None:
    """A page with much text is an article, though its title speaks of errors, consent or locked doors."""
    for title in ("404 Not Found", "Access denied", "Before you continue", "Log in"):
        assert kind_of(f"{paragraphs(20)}<input type=password>", title=title) is None


def test_login() -> None:
    """A page that asks for a password and says so is a login page; an article about logins is none."""
    form = "<form><input type=email><input type=password></form>"
    assert PageKind.LOGIN is kind_of(paragraphs(2) + form, title="Log in to your account")
    assert kind_of(paragraphs(2), title="Log in to your account") is None
    assert kind_of(paragraphs(2) + form, title="Storm closes the harbour") is None


def test_consent_of_a_declared_article() -> None:
    """A short article about cookies that calls itself an article is one."""
    assert kind_of(paragraphs(2), title="Court rules on cookies", declared_article=True) is None


@pytest.mark.parametrize("body", ["", "<p>Hello</p>", "<p>&nbsp;</p><img>"])
def test_empty(body: str) -> None:
    """A page with a greeting or nothing is empty."""
    assert PageKind.EMPTY is kind_of(body)


def test_nothing_kept() -> None:
    """A page of which the judge kept nothing is empty, however long it is."""
    assert PageKind.EMPTY is kind_of(paragraphs(20), kept=False)


class TestListing:
    TEASERS = "".join(f"<h2><a href=/{n}>Story number {n} of the harbour</a></h2>{paragraphs(1)}" for n in range(8))

    def test_teasers(self) -> None:
        """Many linked headings with little under each make a listing."""
        assert PageKind.LISTING is kind_of(self.TEASERS)

    def test_declared_article(self) -> None:
        """What calls itself an article is none, be it in JSON-LD or Open Graph."""
        assert kind_of(self.TEASERS, declared_article=True) is None
        assert kind_of(self.TEASERS, head='<meta property="og:type" content="article">') is None

    @pytest.mark.parametrize(
        "body",
        [
            "".join(f"<h2><a href=/{n}>Story number {n} of the harbour</a></h2>{paragraphs(1)}" for n in range(4)),
            TEASERS.replace("<a href", "<a name"),
            TEASERS + "<h2>The storm</h2>" + paragraphs(12),
            "".join(f"<h2><a href=/{n}>Part {n}</a></h2>{paragraphs(1)}" for n in range(8)),
            "".join(f"<h2><a href=/{n}>Story number {n} of the harbour</a></h2>{paragraphs(5)}" for n in range(8)),
        ],
        ids=["few", "no links", "text beside them", "short headings", "long texts"],
    )
    def test_no_listing(self, body: str) -> None:
        """Few headings, headings without links, much text beside them, or much under each make none."""
        assert kind_of(body) is None
