"""What a page is when it is no article."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.blocks.html import read_html
from cleaner.judge.logistic import load
from cleaner.judge.page_kind.classify import LEARNED_KINDS, WEIGHTS, PageClass, classify_page
from cleaner.judge.page_kind.signals import SIGNALS, WORDS, layout, read_signals
from cleaner.models import Block, Document, Metadata, PageKind, Reason, Verdict
from cleaner.page.parse import parse

PARAGRAPH = "The harbour of Westport was closed on Monday after a storm had thrown boats against its northern wall."
GONE = Verdict(Reason.OUTSIDE, evidence="a test")


def told(
    body: str,
    *,
    head: str = "",
    title: str | None = None,
    data: tuple[dict[str, Any], ...] = (),
    url: str | None = None,
    kept: Callable[[Block], bool] = lambda block: True,
) -> PageClass:
    root = parse(f"<html><head>{head}</head><body>{body}</body></html>").root
    document = read_html(root)
    verdicts = [Verdict() if kept(block) else GONE for block in document.blocks]
    return classify_page(read_signals(root, data, Metadata(title=title), url=url), document, verdicts)


def kind_of(body: str, **more: Any) -> PageKind | None:
    return told(body, **more).kind


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
        ("Oops! That page can’t be found.", PageKind.ERROR),
        ("Verify you are human | Westport Gazette", PageKind.BLOCKED),
        ("404 Not Found", PageKind.ERROR),
        ("500 | Westport Gazette", PageKind.ERROR),
        ("403 Forbidden", PageKind.ERROR),
        ("Fehler 404: Diese Seite gibt es nicht", PageKind.ERROR),
        ("404 people rescued from the ferry", None),
        ("500 fishing boats seized in the north", None),
        ("4040", None),
        ("Key to the treasure was not hidden in the harbour", None),
        ("Storm closes the harbour of Westport", None),
        ("Body of hiker not found", None),
        ("Error 404: why the page that nobody wants became art", None),
        ("Access denied to reporters at trial", None),
        ("Airport security check fails audit", None),
        ("Story not available in English wins prize", None),
        ("Before you continue to the Gazette", None),
        ("Datenschutz-Einstellungen", None),
    ],
)
def test_titles(title: str, kind: PageKind | None) -> None:
    """A part of the title that only such pages have tells an error page or a bot check, wherever the title stands."""
    assert kind is kind_of(paragraphs(2), head=f"<title>{title}</title>")
    assert kind is kind_of(paragraphs(2), title=title)
    assert kind is kind_of(f"<h1>{title}</h1>{paragraphs(2)}")


def test_a_long_text_is_an_article() -> None:
    """A page with much text is an article, though its title speaks of errors, consent or locked doors."""
    for title in ("404 Not Found", "Access denied", "Before you continue", "Log in"):
        assert kind_of(f"{paragraphs(20)}<input type=password>", title=title) is None


FORM = "<form><input type=email><input type=password></form>"
WALL = "<p>We and our partners use cookies to show you personalised advertising.</p><button>Accept all</button>"


def test_login() -> None:
    """A page that asks for a password, says so and speaks of the reader's account is a login page."""
    asks = "<p>Enter your e-mail and your password to keep reading.</p><a href=/f>Forgot your password?</a>"
    assert PageKind.LOGIN is kind_of(asks + FORM, title="Log in to your account")
    assert PageKind.LOGIN is kind_of(asks + FORM, title="Westport Gazette | Login")
    assert kind_of(asks, title="Log in to your account") is None
    assert kind_of(asks + FORM, title="Storm closes the harbour") is None
    assert kind_of(paragraphs(2) + FORM, title="Log in with your face: banks drop passwords") is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Before you continue to the Gazette", WALL),
        ("Cookie settings | Westport Gazette", WALL),
        ("We use cookies", WALL),
        (
            "Datenschutz-Einstellungen",
            "<p>Wir und unsere Partner zeigen Ihnen mit Ihrer Einwilligung Werbung.</p><button>Zustimmen</button>",
        ),
        (
            "Kanalbote | Mit Werbung weiterlesen",
            "<p>Lesen Sie uns mit Werbung. Ihre Zustimmung ist nötig.</p><a href=/l>Anmelden</a>",
        ),
        (
            "Continuer avec ou sans publicité - Courrier",
            "<p>Lisez nos articles en acceptant les cookies publicitaires.</p><button>Tout accepter</button>",
        ),
        (
            "La tua privacy",
            "<p>Noi e i nostri partner chiediamo il tuo consenso ai cookie.</p><button>Accetta tutti</button>",
        ),
    ],
)
def test_consent(title: str, body: str) -> None:
    """A page whose title and text both ask for consent is a consent wall, unless its data calls it an article."""
    assert PageKind.CONSENT is kind_of(body, title=title)
    assert kind_of(body, title=title, data=({"@type": "NewsArticle", "headline": title},)) is None


@pytest.mark.parametrize(
    ("title", "texts"),
    [
        ("Girl Scouts cookie season opens", ["The season opened on Friday with a stand outside the town hall."]),
        (
            "Facebook fined over privacy settings",
            ["The company had shared personal data with advertising partners without consent, the regulator said."],
        ),
        (
            "How to manage your privacy settings on a new phone",
            ["Open the settings of your phone.", "Clear your cookies once a month.", "The phone will ask again."],
        ),
        ("Five rules for a good password", ["You should never use it twice.", "Write it down on paper."]),
        ("Datenschutz: Bundestag beschließt Reform", ["Firmen müssen die Einwilligung ihrer Kunden einholen."]),
        ("Cookies : la Cnil inflige une amende à Google", ["La Cnil a infligé une amende de 50 millions d'euros."]),
        ("JavaScript turns thirty", ["Hardly a site works without JavaScript today, its inventor said."]),
    ],
)
@pytest.mark.parametrize("around", ["", WALL, FORM])
def test_short_articles_about_such_pages(title: str, texts: list[str], around: str) -> None:
    """A short article about cookies, privacy or passwords is an article, also below a cookie banner or a login form."""
    body = "".join(f"<p>{text}</p>" for text in (PARAGRAPH, *texts))
    assert kind_of(f"<h1>{title}</h1>{body}{around}", title=f"{title} | Gazette") is None


@pytest.mark.parametrize(
    "body",
    [
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "<div id=__next></div>",
        "<p>Bitte aktivieren Sie JavaScript in Ihrem Browser, um diese Seite zu sehen.</p>",
        "<p>We're sorry, but this site doesn't work without JavaScript. Please enable it.</p><div id=app></div>",
    ],
)
def test_app_shells(body: str) -> None:
    """A page that only scripts would fill needs JavaScript, which is another thing than being empty."""
    assert PageKind.NEEDS_JAVASCRIPT is kind_of(body, title="My app")
    assert kind_of(paragraphs(3) + body, title="Storm closes the harbour") is None


@pytest.mark.parametrize("body", ["", "<p>Hello</p>", "<p>&nbsp;</p><img>"])
def test_empty(body: str) -> None:
    """A page with a greeting or nothing is empty."""
    assert PageKind.EMPTY is kind_of(body)


def test_nothing_kept() -> None:
    """A page of which the judge kept nothing is empty, however long it is."""
    assert PageKind.EMPTY is kind_of(paragraphs(20), kept=lambda block: False)


NAMES = ("Harbour wall falls in the storm", "Ferry to Norton stops for winter", "Cod quota cut by a third again")
CARDS = "".join(
    f"<article class=card><h3><a href=/{n}>{NAMES[n % 3]} of day {n}</a></h3><p>{PARAGRAPH[:60]}…</p></article>"
    for n in range(24)
)
PRODUCTS = "".join(
    f"<li class=product-item><a href=/p/{n}>Fisherman's jumper in wool, number {n}</a>"
    f"<span class=price>${n}9.90</span><button>Add to cart</button></li>"
    for n in range(24)
)
PRODUCT = (
    "<h1>Fisherman's jumper</h1><div class=product-price>$89.90</div><p>In stock</p><p>SKU: 1234</p>"
    f"<select><option>S</select><button>Add to cart</button><div class=product-description>{paragraphs(2)}</div>"
    "<div class=product-reviews><p>4.5 out of 5</p></div>"
)
POSTS = "".join(
    f"<div class='post message'><p><a href=/u/{n}>sailor{n}</a></p><p>Joined: 201{n % 10}</p><p>Posts: 4{n}</p>"
    f"<p>May {n + 1}, 2024</p><p>{PARAGRAPH}</p><p>#{n}</p><p>3 Likes</p></div>"
    for n in range(20)
)
COMMENTS = "".join(
    f"<li class=comment><p>sailor{n} says:</p><p><a href=/c/{n}>May {n + 1}, 2024 at 3:0{n % 10} pm</a></p>"
    f"<p>{PARAGRAPH}</p><p><a href=/r/{n}>Reply</a></p></li>"
    for n in range(20)
)
STORY = "".join(f"<p>{PARAGRAPH}</p>" + ("<h2>The wall</h2>" if n % 4 == 0 else "") for n in range(16))
ARTICLE_DATA = ({"@type": "NewsArticle", "headline": "Storm closes the harbour", "author": "Ada Reed"},)


class TestLearned:
    """Kinds that are told by all of a page's signs together."""

    @pytest.mark.parametrize(
        ("body", "url", "data", "kind"),
        [
            (CARDS, "https://gazette.example/", (), PageKind.LISTING),
            (CARDS, "https://gazette.example/section/harbour", (), PageKind.LISTING),
            (PRODUCTS, "https://jumpers.example/collections/wool", (), PageKind.SHOP),
            (PRODUCT, "https://jumpers.example/products/jumper", ({"@type": "Product"},), PageKind.SHOP),
            (POSTS, "https://forum.example/threads/9", ({"@type": "DiscussionForumPosting"},), PageKind.FORUM),
        ],
        ids=["front page", "section", "products", "product", "thread"],
    )
    def test_kinds(self, body: str, url: str, data: tuple[dict[str, Any], ...], kind: PageKind) -> None:
        """A page of cards is a listing, one with prices and buttons a shop, one of posts a forum."""
        assert kind is kind_of(body, url=url, data=data)

    @pytest.mark.parametrize(("body", "kind"), [(CARDS, PageKind.LISTING), (PRODUCTS, PageKind.SHOP)])
    def test_nothing_is_needed_but_the_page(self, body: str, kind: PageKind) -> None:
        """Without address, data and kept text, a list is still one."""
        assert kind is kind_of(body, kept=lambda block: False)

    @pytest.mark.parametrize(
        "body",
        [
            paragraphs(1),
            paragraphs(3),
            paragraphs(30),
            f"<h1>Storm closes the harbour</h1>{STORY}",
            f"<h1>Storm closes the harbour</h1>{STORY}<p>It sold for $400 in 2019.</p>",
        ],
    )
    @pytest.mark.parametrize("url", [None, "https://gazette.example/?p=7", "https://gazette.example/storm"])
    def test_plain_text_is_an_article(self, body: str, url: str | None) -> None:
        """Paragraphs are an article, though nothing says when and by whom they were written."""
        assert kind_of(body, url=url) is None

    def test_what_stands_beside_an_article(self) -> None:
        """An article with cards of other stories, with comments or with an advertised shop beside it is one."""
        for beside in (CARDS, COMMENTS, PRODUCTS):
            assert kind_of(STORY + beside, data=ARTICLE_DATA, kept=in_story) is None

    def test_evidence(self) -> None:
        """What weighed is named in words, what weighs most first."""
        evidence = told(PRODUCTS, url="https://jumpers.example/collections/wool").evidence.split(", ")
        assert 3 == len(evidence)
        assert {sign.words for sign in SIGNALS.values()} >= set(evidence)
        assert "prices" in evidence

    def test_an_article_has_a_probability(self) -> None:
        """What is taken for an article is one with some probability, and nothing weighed for another kind."""
        found = told(
            STORY, data=ARTICLE_DATA, url="https://gazette.example/2024/05/storm-closes-the-harbour-of-westport"
        )
        assert (None, "") == (found.kind, found.evidence)
        assert 0.9 < found.article <= 1.0


def in_story(block: Block) -> bool:
    return block.place < 20 and (block.level == 2 or block.text == PARAGRAPH)


class TestWeights:
    def test_no_sign_speaks_to_the_contrary(self) -> None:
        """Signs of an article weigh against every kind, and others for those kinds only that they speak for."""
        for kind in LEARNED_KINDS:
            for sign, weight in load(WEIGHTS)[kind].weights.items():
                speaks_for = SIGNALS[sign].speaks_for
                assert kind in speaks_for or not speaks_for
                assert weight > 0 if speaks_for else weight < 0

    def test_every_sign_is_seen(self) -> None:
        """Head and layout give each sign, of any page, and no other."""
        for html in ("<p>a</p>", PRODUCTS):
            root = parse(html).root
            document = read_html(root)
            seen = read_signals(root, (), Metadata(), url=None).values
            assert set(SIGNALS) == set(seen) | set(layout(document, [Verdict()] * len(document.blocks)))

    def test_no_blocks(self) -> None:
        """A page without blocks has signs, too."""
        assert set() == set(layout(Document(()), ())) - set(SIGNALS)


class TestAddress:
    @pytest.mark.parametrize(
        ("url", "signs"),
        [
            ("https://gazette.example/", {"path_front"}),
            ("https://gazette.example/en", {"path_front"}),
            ("https://gazette.example/?p=7", set()),
            ("https://gazette.example/tag/harbour", {"path_list"}),
            ("https://gazette.example/2024/05/storm-closes-the-harbour-wall/", {"path_dated", "path_slug"}),
            ("https://gazette.example/storm", set()),
            ("https://jumpers.example/products/wool", {"path_shop"}),
            ("https://forum.example/threads/9", {"path_forum"}),
            ("https://gazette.example/forum-of-fishermen-meets-in-westport", {"path_slug"}),
            ("https://gazette.example/shopping-streets-stay-empty-in-may", {"path_slug"}),
        ],
    )
    def test_signs(self, url: str, signs: set[str]) -> None:
        """What an address says, as whole words of its path."""
        found = read_signals(parse("<p>a</p>").root, (), Metadata(), url=url).values
        assert signs == {sign for sign, value in found.items() if value > 0 and sign.startswith("path_")}


def test_patterns_are_fast() -> None:
    """A long line of what the words nearly match takes no time that grows with its square."""
    text = "1 2 3 $ 4,5.6 sort add to 12 " * 4000
    document = read_html(parse("".join(f"<p>{piece}</p>" for piece in re.findall(".{1,50}", text))).root)
    assert layout(document, [Verdict()] * len(document.blocks))["kept"] > 0


@pytest.mark.parametrize("sign", WORDS)
def test_words_hold_one_of_their_strings(sign: str) -> None:
    """Whatever the pattern of a sign finds holds one of the strings that are looked for first."""
    words = WORDS[sign]

    @given(st.from_regex(words.pattern))
    def check(labels: str) -> None:
        assert words.count(labels) == len(words.pattern.findall(labels)) > 0

    check()


@pytest.mark.parametrize("unit", ["a", "a-", "a-b-c/", "/", "-", "1", "2024/", "%20", "?a=b&", "é"])
def test_long_addresses_are_fast(unit: str) -> None:
    """Looking at an address takes time in proportion to its length, whatever it is made of."""
    address = "http://x.example/" + (unit * 60_000)[:60_000]
    start = process_time()
    read_signals(parse("<p>It is late.</p>").root, (), Metadata(), url=address)
    assert process_time() - start < 0.1


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2024/ferry-crews-vote-to-strike", 1.0),
        ("/2024/ferry-crews-vote-to-strike/", 1.0),
        ("/news/Ferry_crews_vote_to_strike.html", 1.0),
        ("/ferry-crews-vote-to-strike/2", -1.0),
        ("/news/ferry-crews-vote", -1.0),
        ("/a--b--c--d", -1.0),
        ("", -1.0),
    ],
)
def test_slugs(path: str, expected: float) -> None:
    """Four words joined by dashes in the last part of an address are a headline."""
    head = read_signals(parse("<p>It is late.</p>").root, (), Metadata(), url=f"https://x.example{path}")
    assert expected == head.values["path_slug"]
