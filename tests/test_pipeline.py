"""The whole pipeline, from bytes or text to an article or an error."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import (
    Article,
    CleanerError,
    Code,
    FetchError,
    InputError,
    NoArticleError,
    Page,
    PageKind,
    Reason,
    Status,
    clean,
    clean_text,
)
from cleaner.models import Keep

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
TEXTS = sorted(FIXTURES.glob("*.txt"))
URL = "https://gazette.example/storm"
HEADLINE = "Storm closes the harbour of Westport"
STORY = (
    "The harbour of Westport was closed on Monday after a storm had thrown boats against its northern wall.",
    "Nobody was hurt, said the mayor, who had spent the night on the pier with the crews and half of the village.",
    "The crews had tried to bring the boats in on Sunday evening, but the wind turned faster than anybody foresaw.",
    "By midnight the lifeboat of the next town had come around the cape and taken eleven people off one ship.",
)
SENTENCE = "A ferry ran aground on Monday near the pier, police said."


DECLARED = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "' + HEADLINE + '"}</script>'


def page(*lines: str, head: str = "", after: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html><head><title>{HEADLINE}</title>{head}</head>"
        f"<body><article><h1>{HEADLINE}</h1>{body}</article>{after}</body></html>"
    )


def places(article: Article) -> list[int]:
    return sorted([block.place for block in article.blocks] + [removed.place for removed in article.removed])


def texts_of(article: Article) -> tuple[str, ...]:
    return tuple(block.text for block in article.blocks)


class TestPages:
    def test_article(self) -> None:
        """A page gives its paragraphs, its headline as title, and the boilerplate with reasons."""
        article = clean(page(*STORY, after="<div class=share-buttons><p>Share this</p></div>"), url=URL)
        assert (STORY, HEADLINE, Status.OK, None, URL) == (
            texts_of(article),
            article.title,
            article.status,
            article.page_kind,
            article.url,
        )
        assert [(HEADLINE, Reason.HEADLINE), ("Share this", Reason.SHARE)] == [
            (removed.text, removed.reason) for removed in article.removed
        ]
        assert list(range(6)) == places(article)

    def test_probability_and_path(self) -> None:
        """A block has the scorer's probability, unless a rule decided, and the elements around it; text has no path."""
        article = clean(page(*STORY, after="<div class='share-buttons b a'><p>Share this</p></div>"), url=URL)
        share = article.removed[-1]
        assert (None, "html > body > div.a.b > p") == (share.probability, share.path)
        assert all(block.probability is not None and block.probability > 0.5 for block in article.blocks)
        assert {None} == {block.path for block in clean_text("\n\n".join(STORY)).blocks}

    @pytest.mark.parametrize(
        "lines",
        [
            ("Oil prices rose 2 percent on Monday.", "Analysts had expected less."),
            ("The tide comes in,<br>the tide goes out,<br>and nobody asks.", "The gulls know it.<br>They never say."),
            ("A man of 34 has been held in Quarrow after an attack on the night ferry, police said.",),
        ],
    )
    def test_brief(self, lines: tuple[str, ...]) -> None:
        """A page that declares itself an article is one, however short its paragraphs are."""
        expected = tuple(line.replace("<br>", "\n") for line in lines)
        assert expected == texts_of(clean(page(*lines, head=DECLARED, after="<p>Gazette of Quarrow.</p>"), url=URL))

    @pytest.mark.parametrize(
        "lines",
        [[f"Ferry {n} sails." for n in range(30)], ["Ferry", "Harbour"]],
        ids=["a long list", "no sentence"],
    )
    def test_no_brief(self, lines: Sequence[str]) -> None:
        """A long list of short lines, or lines without a sentence, are not an article, whatever the page declares."""
        with pytest.raises(NoArticleError):
            clean(page(*lines, head=DECLARED), url=URL)

    def test_text_has_an_empty_line_between_blocks(self) -> None:
        """The text is the kept blocks, with an empty line between them."""
        assert "\n\n".join(STORY) == clean(page(*STORY)).text

    def test_a_table_among_few_paragraphs(self) -> None:
        """A small table between two paragraphs stays complete on a page with little other text."""
        table = "<table><tr><th>Boat<th>Crew<tr><td>Ada<td>4<tr><td>Bo<td>7</table>"
        html = page(*STORY).replace(f"<p>{STORY[1]}", f"{table}<p>{STORY[1]}")
        assert (STORY[0], "Boat | Crew", "Ada | 4", "Bo | 7", *STORY[1:]) == texts_of(clean(html, url=URL))

    def test_a_page_has_its_url(self) -> None:
        """The URL of a `Page` is that of the response."""
        article = clean(Page(page(*STORY), url="https://gazette.example/1", final_url=URL))
        assert URL == article.url

    def test_a_url_that_cannot_be_parsed(self) -> None:
        """A URL that cannot be parsed does not prevent the article."""
        broken = "https://[gazette/1"
        assert (STORY, broken) == (texts_of(article := clean(page(*STORY), url=broken)), article.url)
        assert broken == clean_text("\n".join(STORY), url=broken).url

    @pytest.mark.parametrize(
        ("content", "headers", "encoding", "source"),
        [
            (page(*STORY).encode(), {}, "utf-8", "utf-8"),
            (page(*STORY).encode("utf-16"), {}, "utf-16-le", "bom"),
            (
                page(*STORY, "Le café était fermé.").encode("cp1252"),
                {"content-type": "text/html; charset=latin1"},
                "cp1252",
                "header",
            ),
            (page(*STORY), {}, None, None),
        ],
    )
    def test_encoding(
        self, content: bytes | str, headers: dict[str, str], encoding: str | None, source: str | None
    ) -> None:
        """The article says how the bytes were decoded and why; a `str` has no encoding."""
        article = clean(Page(content, headers=headers))
        assert (encoding, source) == (article.encoding, article.encoding_source)
        assert STORY == texts_of(article)[:4]

    def test_warnings_of_the_parser(self) -> None:
        """The warnings of the article say what had to be changed to parse the page."""
        deep = "<div>" * 400 + "".join(f"<p>{line}</p>" for line in STORY) + "</div>" * 400
        article = clean(f"<html><body>{deep}</body></html>")
        assert STORY == texts_of(article)
        assert 1 == len(article.warnings)
        assert () == clean(page(*STORY)).warnings

    def test_noscript(self) -> None:
        """The content of <noscript> is read only if the page has no other text."""
        in_noscript = "<noscript>" + "".join(f"<p>{line}</p>" for line in STORY) + "</noscript>"
        assert STORY == texts_of(clean(f"<html><body>{in_noscript}</body></html>"))
        assert STORY[:2] == texts_of(clean(page(*STORY[:2], after=in_noscript)))

    def test_partial(self) -> None:
        """A text that ends at a prompt to subscribe is partial."""
        article = clean(page(*STORY, after="<p>This article is for subscribers only</p>"))
        assert (Status.PARTIAL, STORY) == (article.status, texts_of(article))
        assert (True, "paywall prompt") == (article.paywalled, article.provenance["paywalled"])
        assert clean(page(*STORY)).paywalled is None

    def test_same_page_same_article(self) -> None:
        """The same page gives the same record, whatever was cleaned in between."""
        html = page(*STORY, after="<div class=related><p><a href=/>More</a></p></div>")
        first = clean(html, url=URL).to_dict(explain=True)
        clean(page(*reversed(STORY)))
        assert first == clean(html, url=URL).to_dict(explain=True)


class TestLimits:
    @pytest.mark.parametrize("call", [clean, clean_text])
    def test_too_many_blocks(self, call: Callable[..., Article], monkeypatch: pytest.MonkeyPatch) -> None:
        """A page or text with too many paragraphs is an error with the URL."""
        monkeypatch.setattr("cleaner.pipeline.MAX_BLOCKS", 3)
        content = page(*STORY) if call is clean else "\n\n".join(STORY)
        with pytest.raises(InputError) as raised:
            call(content, url=URL)
        assert (Code.TOO_COMPLEX, URL) == (raised.value.code, raised.value.url)


class TestKeep:
    @pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.html")), ids=lambda path: path.stem)
    def test_more_keeps_more(self, path: Path) -> None:
        """What is kept with "less" is kept with "balanced", and what is kept with "balanced" is kept with "more"."""
        try:
            more, balanced, less = ({b.place for b in clean(path.read_bytes(), keep=keep).blocks} for keep in Keep)
        except NoArticleError:
            return
        assert less <= balanced <= more

    def test_rules_stay(self) -> None:
        """Blocks that a rule removes are removed with any `keep`."""
        jetpack = (FIXTURES / "wordpress_jetpack.html").read_bytes()
        ruled = [{each.place for each in clean(jetpack, keep=keep).removed if each.rule} for keep in Keep]
        assert ruled[0] == ruled[1] == ruled[2] != set()

    def test_unknown_keep(self) -> None:
        """An unknown `keep` is a `ValueError`."""
        with pytest.raises(ValueError, match="most"):
            clean(page(*STORY), keep="most")


class TestEmbedded:
    def json_ld(self, *lines: str) -> str:
        data = json.dumps({"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "\n\n".join(lines)})
        return f'<script type="application/ld+json">{data}</script>'

    def test_article_in_json(self) -> None:
        """A page without text gives the text of its JSON-LD; the blocks of the page come first, all removed."""
        article = clean(f"<html><head>{self.json_ld(*STORY)}</head><body><p>Loading the page</p></body></html>")
        assert (STORY, Status.OK, HEADLINE) == (texts_of(article), article.status, article.title)
        assert ["Loading the page"] == [removed.text for removed in article.removed]
        assert list(range(5)) == places(article)

    def test_the_page_has_precedence(self) -> None:
        """The text of a page has precedence over its JSON-LD."""
        lines = tuple(f"{line} So it was." for line in STORY)
        assert lines == texts_of(clean(page(*lines, head=self.json_ld(*STORY))))

    def test_json_is_no_shorter(self) -> None:
        """A short page is not replaced by an even shorter text in JSON."""
        assert STORY[:2] == texts_of(clean(page(*STORY[:2], head=self.json_ld(STORY[3]))))


class TestNoArticle:
    def test_the_article_is_kept(self) -> None:
        """The error for a page without an article has what was found: text, reasons, and the kind of page."""
        html = (
            f"<html><head><title>Page not found</title></head><body><h1>Not found</h1><p>{STORY[0]}</p></body></html>"
        )
        with pytest.raises(NoArticleError) as caught:
            clean(html, url=URL)
        error = caught.value
        assert (Code.NO_ARTICLE, URL, False) == (error.code, error.url, error.retryable)
        article = error.article
        assert (Status.NO_ARTICLE, PageKind.ERROR, URL) == (article.status, article.page_kind, article.url)
        assert STORY[0] == article.text
        assert [STORY[0]] == [block.text for block in article.blocks]
        assert {Reason.HEADLINE} == {removed.reason for removed in article.removed}
        assert "error: its title is “" in error.message

    def test_any_page(self) -> None:
        """With `any_page`, a page of another kind gives its text; a page without text is still an error."""
        html = f"<html><head><title>Page not found</title></head><body><p>{STORY[0]}</p></body></html>"
        article = clean(html, any_page=True)
        assert (Status.OK, None, STORY[0]) == (article.status, article.page_kind, article.text)
        assert article.confidence == 0.0
        with pytest.raises(NoArticleError):
            clean("<html><body><img src=x></body></html>", any_page=True)

    @pytest.mark.parametrize(
        "html",
        [
            f"<article><h1>Ferry aground</h1><p>{SENTENCE}</p></article>",
            f"<h1>Ferry aground</h1><p>{SENTENCE}</p>",
            f"<div><h1>Ferry aground</h1><p class=byline>By Ann Lee</p><div><p>{SENTENCE}</p></div></div>",
            f"<title>Ferry aground - Gazette</title><div class=head>Ferry aground</div><div><p>{SENTENCE}</p></div>",
        ],
    )
    def test_a_brief_is_an_article(self, html: str) -> None:
        """One sentence under a headline or in an <article> element is an article."""
        assert SENTENCE == clean(html).text

    def test_a_sentence_elsewhere_is_no_article(self) -> None:
        """A sentence that is not under the headline does not make a page an article."""
        with pytest.raises(NoArticleError):
            clean(f"<h1>Films</h1><ul><li><a href=/1>The winter lock</a></ul><p>{SENTENCE}</p>")

    @pytest.mark.parametrize("html", ["<p>Hi</p>", "<html><body><img src=x></body></html>", "<a href=/>Home</a>"])
    def test_empty(self, html: str) -> None:
        """A page with hardly any text has no article."""
        with pytest.raises(NoArticleError) as caught:
            clean(html)
        assert PageKind.EMPTY is caught.value.article.page_kind

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            ("", Code.EMPTY),
            (b" \n", Code.EMPTY),
            (b"%PDF-1.7 and so on", Code.NOT_HTML),
            ("<p>a</p>" * 150_000, Code.TOO_COMPLEX),
        ],
    )
    def test_not_a_page(self, content: str | bytes, code: Code) -> None:
        """Content that is not a page is an error with the code and the URL."""
        with pytest.raises(InputError) as caught:
            clean(content, url=URL)
        assert (code, URL) == (caught.value.code, caught.value.url)


class TestText:
    def test_article(self) -> None:
        """A text gives its paragraphs, its headline as title, and the metadata from the caller."""
        article = clean_text("\n".join((HEADLINE, *STORY, "Share this")), url=URL, language="en")
        assert (HEADLINE, STORY, "en", URL) == (article.title, texts_of(article), article.language, article.url)
        assert [HEADLINE, "Share this"] == [removed.text for removed in article.removed]
        assert ("text", "caller") == (article.provenance["title"], article.provenance["language"])

    def test_nothing_known(self) -> None:
        """Metadata that neither the text nor the caller gives is empty; the language is detected from the text."""
        article = clean_text("\n".join(STORY))
        assert (None, "en", None) == (article.title, article.language, article.url)
        assert {"language", "word_count"} == set(article.provenance)

    @pytest.mark.parametrize("text", ["", " \n\t"])
    def test_empty(self, text: str) -> None:
        """An empty text is an error with the URL."""
        with pytest.raises(InputError) as caught:
            clean_text(text, url=URL)
        assert (Code.EMPTY, URL) == (caught.value.code, caught.value.url)

    @pytest.mark.parametrize("text", ["Share this", "\u200b", "Subscribe to our newsletter\nLeave a Reply"])
    def test_no_article(self, text: str) -> None:
        """A text of nothing but boilerplate has no article."""
        with pytest.raises(NoArticleError) as caught:
            clean_text(text)
        assert (PageKind.EMPTY, "") == (caught.value.article.page_kind, caught.value.article.text)

    @pytest.mark.parametrize("source", TEXTS, ids=lambda path: path.stem)
    def test_a_second_pass_changes_nothing(self, source: Path) -> None:
        """Clean text stays the same if it is cleaned again."""
        once = clean_text(source.read_text(encoding="utf-8")).text
        assert once == clean_text(once).text

    @pytest.mark.parametrize(
        "line",
        [
            "Oil prices rose 2 percent on Monday.",
            "The ferry to Sandholm sails again from Tuesday, twice a day, the harbour master said in the morning.",
            "Die Brücke ist seit Montag gesperrt.",
        ],
    )
    @pytest.mark.parametrize("headline", ["", "What happened this week\n\n"])
    def test_brief(self, headline: str, line: str) -> None:
        """A text of one sentence is an article."""
        assert (line,) == texts_of(clean_text(f"{headline}{line}\n\nShare this article"))


ERRORS = (
    CleanerError(Code.IO_ERROR, "no such file"),
    InputError(Code.EMPTY, "the page is empty", url=URL),
    FetchError(Code.HTTP_ERROR, "503", url=URL, http_status=503),
    NoArticleError("no article", article=Article(url=URL, page_kind=PageKind.LISTING)),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_can_be_pickled(error: CleanerError) -> None:
    """An error is equal after pickling, which is how it returns from a worker process."""
    copy = pickle.loads(pickle.dumps(error))
    assert type(error) is type(copy)
    assert (str(error), vars(error), error.retryable) == (str(copy), vars(copy), copy.retryable)


@pytest.mark.parametrize(
    ("code", "http_status", "expected"),
    [
        (Code.TIMEOUT, None, True),
        (Code.HTTP_ERROR, 503, True),
        (Code.HTTP_ERROR, 404, False),
        (Code.BLOCKED_URL, None, False),
    ],
)
def test_retryable(code: Code, http_status: int | None, expected: bool) -> None:
    """Errors that may be temporary are retryable."""
    assert expected is FetchError(code, "no page", url=URL, http_status=http_status).retryable


TAGS = (
    "html body article div p h1 h2 ul li table tr td a b span blockquote pre br script noscript title form x-y".split()
)
MARKUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            [
                *(f" {line} " for line in STORY),
                "<div hidden>",
                "<p class='related share'>",
                "<a href=/x>",
                "<meta property=og:title content=a>",
                '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": ["a"]}</script>',
                "<!-- c -->",
                "<input type=password>",
                "&#1;&#0;&#xd800;&nbsp;",
            ]
        ),
        st.text(max_size=20),
    ),
    max_size=25,
).map("".join)
ANYTHING: st.SearchStrategy[str | bytes] = st.one_of(
    MARKUP, MARKUP.map(lambda markup: markup.encode("utf-8", "replace")), st.binary(max_size=200)
)


def outcome(call: Callable[..., Article], given: str | bytes) -> tuple[Article | None, CleanerError | None]:
    """Return the article and the error; for a page without an article, both."""
    try:
        return call(given, url=URL), None
    except NoArticleError as error:
        return error.article, error
    except CleanerError as error:
        return None, error


def check(article: Article) -> None:
    """Assert what holds for every article."""
    assert list(range(len(places(article)))) == places(article)
    assert all(removed.rule or removed.evidence for removed in article.removed)
    assert (article.status is Status.NO_ARTICLE) is (article.page_kind is not None)
    json.dumps(article.to_dict(explain=True), ensure_ascii=False, allow_nan=False).encode("utf-8")


@settings(max_examples=300)
@given(ANYTHING)
def test_anything_gives_an_article_or_an_error(content: str | bytes) -> None:
    """Any string or bytes give an article with text or a `CleanerError`; each block is kept or removed, once."""
    article, error = outcome(clean, content)
    assert error is None or URL == error.url
    if article is not None:
        check(article)
        assert error is not None or article.text.strip()


@settings(max_examples=200)
@given(st.lists(st.one_of(st.sampled_from((*STORY, "Share", "- a", "See also")), st.text(max_size=30))).map("\n".join))
def test_any_text_gives_an_article_or_an_error(text: str) -> None:
    """Any text gives an article with text or a `CleanerError`."""
    article, error = outcome(clean_text, text)
    assert error is None or URL == error.url
    if article is not None:
        check(article)
        assert error is not None or article.text.strip()


def test_record_is_json() -> None:
    """The dictionary of an article is valid JSON: dates as text, tuples as lists, `removed` only on request."""
    head = '<meta property="article:published_time" content="2024-05-06T07:08:09+02:00">'
    article = clean(page(*STORY, head=head), url=URL)
    plain: dict[str, Any] = json.loads(json.dumps(article.to_dict()))
    assert ("2024-05-06T07:08:09+02:00", article.text) == (plain["published"], plain["text"])
    assert not {"blocks", "removed"} & plain.keys()
    explained = article.to_dict(explain=True)
    assert [block.place for block in article.blocks] == [block["place"] for block in explained["blocks"]]
    assert [removed.reason for removed in article.removed] == [removed["reason"] for removed in explained["removed"]]
