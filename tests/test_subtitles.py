"""The line under the headline: what is one, and what only looks like one."""

from __future__ import annotations

import time

import pytest

from cleaner.metadata import extract
from cleaner.metadata.sources.subtitles import _names_subtitle
from cleaner.models import Metadata
from cleaner.page.embedded import read_json_ld
from cleaner.page.parse import parse

TITLE = "Harbour wall holds through the storm"
LINE = "After a night of storm, the town counts its tiles"
PARAGRAPH = (
    "The wall at the old harbour held through the night, although the waves came over it from two o'clock on and the "
    "fire brigade had sandbags stacked behind it. Nobody was hurt, but eleven boats were lost, the harbour master said."
)
BODY = f"<p>{PARAGRAPH}</p>" * 3
OBJECT = '{"@type": "NewsArticle", "headline": "%s", "alternativeHeadline": "%s"}'
DATA = f'<script type="application/ld+json">{OBJECT}</script>'


def read(body: str, head: str = "") -> Metadata:
    markup = f"<html><head><title>{TITLE}</title>{head}</head><body><article>{body}</article></body></html>"
    tree = parse(markup)
    return extract.read_metadata(tree.root, read_json_ld(tree.json_ld), url=None)


@pytest.mark.parametrize(
    "name",
    [
        "subtitle",
        "article__sub-title",
        "storySubHeadline",
        "b-subheadline",
        "c-article-standfirst--large",
        "post-excerpt",
        "entry-summary",
        "lead-text",
        "lead",
        "article-intro-wrapper",
        "subtitle-HEEcLo",
        "lead_g2bjm_95",
        "storyArticleTopper_intro__kI3iV",
        "field--name-field-subhead",
        "field--name-field-teaser",
        "news-detail__spot",
        "article__desc",
        "subtitulo",
    ],
)
def test_names(name: str) -> None:
    """An element is called a subtitle by the whole words at the end of its class."""
    assert _names_subtitle(name)
    assert LINE == read(f'<h1>{TITLE}</h1><p class="{name}">{LINE}</p>{BODY}').subtitle


@pytest.mark.parametrize(
    "name",
    [
        "field--type-text-with-summary",
        "summary-box",
        "SummaryBox_title__uEvas",
        "author-description",
        "profile__intro",
        "product-summary",
        "newsletter-description",
        "post-cta-text",
        "is-style-subheading",
        "leader",
        "leadership",
        "misleading",
        "introducing",
        "descriptions",
        "video-js-description",
        "wp-block-post",
        "story-body",
    ],
)
def test_other_names(name: str) -> None:
    """A class that only contains such a word, or that means the summary of something else, names no subtitle."""
    assert not _names_subtitle(name)
    assert None is read(f'<h1>{TITLE}</h1><p class="{name}">{LINE}</p>{BODY}').subtitle


@pytest.mark.parametrize("name", ["field--type-text-with-summary", "summary", "description", "intro", "entry-summary"])
def test_first_paragraph_is_none(name: str) -> None:
    """A box around the article's text makes no subtitle of its first paragraph, whatever the box is called."""
    assert None is read(f'<h1>{TITLE}</h1><div class="{name}">{BODY}</div>').subtitle
    assert None is read(f'<h1>{TITLE}</h1><div class="{name}"><p>{LINE}</p>{BODY}</div>').subtitle


@pytest.mark.parametrize("late", [f'<p class="summary">{LINE}</p>', f"<h2>{LINE}</h2>"])
def test_nothing_behind_the_first_paragraph(late: str) -> None:
    """What stands behind the first paragraph of the text is a part of it."""
    assert None is read(f"<h1>{TITLE}</h1><p>{PARAGRAPH}</p>{late}{BODY}").subtitle


def test_headlines_of_entries_are_none() -> None:
    """The headlines of a live blog's entries, which are all set alike, are no subtitle, nor are its key events."""
    entry = "<article class=entry><h2 class=entry__title>{} has been closed since this morning</h2><p>{}</p></article>"
    entries = "".join(entry.format(name, PARAGRAPH) for name in ("The stone bridge", "The market hall"))
    events = "<section class=live__summary><ol><li>The stone bridge has been closed</li></ol></section>"
    assert None is read(f"<h1>{TITLE}</h1>{entries}").subtitle
    assert None is read(f"<h1>{TITLE}</h1>{events}{entries}").subtitle


def test_sections_are_none() -> None:
    """The heading of the first section, set like others, is no subtitle; a single one under the headline is."""
    sections = f"<h2>{LINE}</h2><p>{PARAGRAPH}</p><h2>What the harbour master said about the eleven boats</h2>{BODY}"
    assert None is read(f"<h1>{TITLE}</h1>{sections}").subtitle
    assert LINE == read(f"<header><h1>{TITLE}</h1><h2>{LINE}</h2></header>{BODY}<h2>The boats</h2>{BODY}").subtitle


def test_two_subtitles() -> None:
    """Of two headings that stand under the headline, one by one, the first counts."""
    second = "Eleven boats are lost, and nobody knows who pays"
    assert LINE == read(f"<header><h1>{TITLE}</h1><h2>{LINE}</h2><h2>{second}</h2></header>{BODY}").subtitle


@pytest.mark.parametrize("said", [TITLE, TITLE.upper(), f"Weather: {TITLE}", "Harbour wall holds"])
def test_headline_is_none(said: str) -> None:
    """A line that says what the headline says is no subtitle, and the next one may be."""
    repeated = f'<h1>{TITLE}</h1><p class="subtitle">{said}</p>'
    assert None is read(repeated + BODY).subtitle
    assert LINE == read(f'{repeated}<p class="standfirst">{LINE}</p>{BODY}').subtitle
    assert None is read(f"<h1>{TITLE}</h1>{BODY}", DATA % (TITLE, said)).subtitle
    assert LINE == read(f'<h1>{TITLE}</h1><p class="lead">{LINE}</p>{BODY}', DATA % (TITLE, said)).subtitle


def test_alternative_headline() -> None:
    """The page's data may name the subtitle."""
    found = read(f"<h1>{TITLE}</h1>{BODY}", DATA % (TITLE, LINE))
    assert (LINE, "json-ld alternativeHeadline") == (found.subtitle, found.provenance["subtitle"])


def test_dates_are_none() -> None:
    """A date under the headline is none, whatever its element is called."""
    assert None is read(f'<h1>{TITLE}</h1><p class="summary">Last updated: 3 October 2025, 12:30</p>{BODY}').subtitle


UNITS = [f"<h2 class=a>{LINE}</h2>", f"<p class=intro>{LINE}</p>", "<p class=" + "a-" * 400 + ">b</p>"]


@pytest.mark.parametrize("unit", UNITS)
def test_many_lines(unit: str) -> None:
    """Thousands of such lines take no long time."""
    tree = parse(f"<html><body><h1>{TITLE}</h1>{unit * 5_000}</body></html>")
    start = time.process_time()
    extract.read_metadata(tree.root, (), url=None)
    assert time.process_time() - start < 2
