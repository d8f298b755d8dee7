"""The kinds of pages that are not articles."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measuring import CpuLimit

from cleaner.blocks.html import read_html
from cleaner.judge.logistic import load_models
from cleaner.judge.page_kind.classify import LEARNED_KINDS, WEIGHTS, PageClass, classify_page
from cleaner.judge.page_kind.signals import SIGNALS, WORDS, layout, read_signals
from cleaner.models import Block, Document, Metadata, PageKind, Reason, Verdict
from cleaner.page.parse import parse

PARAGRAPH = "The harbour of Westport was closed on Monday after a storm had thrown boats against its northern wall."
GONE = Verdict(Reason.OUTSIDE, evidence="a test")


def classify(
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
    return classify(body, **more).kind


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
    """An error page or a bot check is recognised by a part of its title, in the head, the metadata or a heading."""
    assert kind is kind_of(paragraphs(2), head=f"<title>{title}</title>")
    assert kind is kind_of(paragraphs(2), title=title)
    assert kind is kind_of(f"<h1>{title}</h1>{paragraphs(2)}")


def test_a_long_text_is_an_article() -> None:
    """A page with much text is an article, even if its title is that of an error, a consent wall or a login."""
    for title in ("404 Not Found", "Access denied", "Before you continue", "Log in"):
        assert kind_of(f"{paragraphs(20)}<input type=password>", title=title) is None


FORM = "<form><input type=email><input type=password></form>"
WALL = "<p>We and our partners use cookies to show you personalised advertising.</p><button>Accept all</button>"


def test_login() -> None:
    """A page is a login page if it has a password field, a title of a login, and text about the reader's account."""
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
    """A page whose title and text ask for consent is a consent wall, unless its data says that it is an article."""
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
@pytest.mark.parametrize("extra", ["", WALL, FORM])
def test_short_articles_about_such_subjects(title: str, texts: list[str], extra: str) -> None:
    """A short article about cookies, privacy or passwords is an article, also with a cookie banner or a login form."""
    body = "".join(f"<p>{text}</p>" for text in (PARAGRAPH, *texts))
    assert kind_of(f"<h1>{title}</h1>{body}{extra}", title=f"{title} | Gazette") is None


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
    """A page that scripts fill with its text is of the kind `needs_javascript`, not `empty`."""
    assert PageKind.NEEDS_JAVASCRIPT is kind_of(body, title="My app")
    assert kind_of(paragraphs(3) + body, title="Storm closes the harbour") is None


@pytest.mark.parametrize("body", ["", "<p>Hello</p>", "<p>&nbsp;</p><img>"])
def test_empty(body: str) -> None:
    """A page with no text, or with only a greeting, is empty."""
    assert PageKind.EMPTY is kind_of(body)


def test_nothing_kept() -> None:
    """A page of which no block is kept is empty, however long it is."""
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
    """Kinds that the model recognises by all signals of a page together."""

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
        """A page of cards is a listing, a page with prices and buttons is a shop, a page of posts is a forum."""
        assert kind is kind_of(body, url=url, data=data)

    @pytest.mark.parametrize(("body", "kind"), [(CARDS, PageKind.LISTING), (PRODUCTS, PageKind.SHOP)])
    def test_the_layout_is_enough(self, body: str, kind: PageKind) -> None:
        """A listing and a shop are recognised without URL, data and kept text."""
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
        """A page of paragraphs is an article, even without date and author."""
        assert kind_of(body, url=url) is None

    def test_articles_with_other_content(self) -> None:
        """A page with an article and cards of other stories, comments or products is an article."""
        for other in (CARDS, COMMENTS, PRODUCTS):
            assert kind_of(STORY + other, data=ARTICLE_DATA, kept=in_story) is None

    def test_evidence(self) -> None:
        """The evidence consists of the words of three signals."""
        evidence = classify(PRODUCTS, url="https://jumpers.example/collections/wool").evidence.split(", ")
        assert 3 == len(evidence)
        assert {signal.words for signal in SIGNALS.values()} >= set(evidence)
        assert "prices" in evidence

    def test_an_article_has_a_probability(self) -> None:
        """An article has a probability, and no evidence for another kind."""
        result = classify(
            STORY, data=ARTICLE_DATA, url="https://gazette.example/2024/05/storm-closes-the-harbour-of-westport"
        )
        assert (None, "") == (result.kind, result.evidence)
        assert 0.9 < result.article <= 1.0


def in_story(block: Block) -> bool:
    return block.place < 20 and (block.level == 2 or block.text == PARAGRAPH)


class TestWeights:
    def test_no_weight_has_the_wrong_sign(self) -> None:
        """Signals of articles have negative weights for every kind; others have positive ones, for their kinds only."""
        for kind in LEARNED_KINDS:
            for signal, weight in load_models(WEIGHTS)[kind].weights.items():
                speaks_for = SIGNALS[signal].speaks_for
                assert kind in speaks_for or not speaks_for
                assert weight > 0 if speaks_for else weight < 0

    def test_every_signal_has_a_value(self) -> None:
        """Tree and layout together give a value for each signal, for any page, and no others."""
        for html in ("<p>a</p>", PRODUCTS):
            root = parse(html).root
            document = read_html(root)
            of_tree = read_signals(root, (), Metadata(), url=None).values
            assert set(SIGNALS) == set(of_tree) | set(layout(document, [Verdict()] * len(document.blocks)))

    def test_no_blocks(self) -> None:
        """The layout of a page without blocks has values, too."""
        assert set() == set(layout(Document(()), ())) - set(SIGNALS)


class TestUrls:
    @pytest.mark.parametrize(
        ("url", "signals"),
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
    def test_signals(self, url: str, signals: set[str]) -> None:
        """The signals of a URL are whole words of its path."""
        values = read_signals(parse("<p>a</p>").root, (), Metadata(), url=url).values
        assert signals == {name for name, value in values.items() if value > 0 and name.startswith("path_")}


def test_patterns_are_fast(cpu_limit: CpuLimit) -> None:
    """The patterns take linear time on a long text of near matches."""
    text = "1 2 3 $ 4,5.6 sort add to 12 " * 4000
    document = read_html(parse("".join(f"<p>{piece}</p>" for piece in re.findall(".{1,50}", text))).root)
    with cpu_limit(1):
        assert layout(document, [Verdict()] * len(document.blocks))["kept"] > 0


@pytest.mark.parametrize("signal", WORDS)
def test_matches_contain_one_of_the_strings(signal: str) -> None:
    """Every match of a signal's pattern contains one of the strings that are searched for first."""
    words = WORDS[signal]

    @given(st.from_regex(words.pattern.pattern))
    def check(labels: str) -> None:
        assert words.count(labels) == len(words.pattern.findall(labels)) > 0

    check()


@pytest.mark.parametrize("unit", ["a", "a-", "a-b-c/", "/", "-", "1", "2024/", "%20", "?a=b&", "é"])
def test_long_urls_are_fast(unit: str, cpu_limit: CpuLimit) -> None:
    """Reading the signals of a URL takes linear time, whatever the URL consists of."""
    url = "http://x.example/" + (unit * 60_000)[:60_000]
    with cpu_limit(0.1):
        read_signals(parse("<p>It is late.</p>").root, (), Metadata(), url=url)


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
    """Four words joined by dashes or underscores in the last part of a URL's path are a headline."""
    head = read_signals(parse("<p>It is late.</p>").root, (), Metadata(), url=f"https://x.example{path}")
    assert expected == head.values["path_slug"]


# The same piece of news in scripts that are not Latin, and one headline of another.
NEWS = {
    "ru": (
        "Совет города решил во вторник закрыть старый мост для грузовиков на восемнадцать месяцев.",
        "Паром в Норхольм не будет ходить до весны",
    ),
    "zh": ("市议会星期二决定，旧桥将对卡车关闭十八个月，因为四个支座中有两个已经磨损。", "渡轮停航到明年春天为止"),
    "el": (
        "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη να κλείσει την παλιά γέφυρα για τα φορτηγά.",
        "Το πλοίο για το νησί σταματά ως την άνοιξη",
    ),
    "en": ("The council decided on Tuesday to close the old bridge to lorries for eighteen months.", NAMES[1]),
}


class TestRefusals:
    """Pages with a coherent text under one headline are articles, whatever is around it."""

    @pytest.mark.parametrize("language", NEWS)
    def test_headlines_of_others(self, language: str) -> None:
        """An article beside a hundred headlines of others is no listing, in any script, and without a date."""
        sentence, headline = NEWS[language]
        others = "".join(f"<li><h3><a href=/{n}>{headline} {n}</a></h3></li>" for n in range(100))
        body = f"<h1>{headline}</h1>" + f"<p>{sentence * 2}</p>" * 6
        url = "https://gazette.example/archive/17"
        assert kind_of(f"{body}<ul>{others}</ul>", url=url, kept=lambda block: not block.links) is None

    @pytest.mark.parametrize("url", ["https://blog.example/2018/pump-test", "https://blog.example/?p=8", None])
    def test_comments(self, url: str | None) -> None:
        """A blog post with more comments than text is no forum, even if some of them are kept."""
        body = f"<h1>How I mended the pump</h1>{paragraphs(6)}"
        assert kind_of(body + COMMENTS, url=url) is None
        assert kind_of(body + POSTS, url=url) is None

    def test_prices(self) -> None:
        """A report with a table of prices in a folder named like a shop is no shop."""
        rows = "".join(f"<tr><td>Berth {n}</td><td>€{n}40.50</td></tr>" for n in range(20))
        body = f"<h1>Harbour fees rise</h1>{paragraphs(7)}<table>{rows}</table><select><option>2024</select>"
        assert kind_of(body, url="https://harbour.example/store/17") is None
