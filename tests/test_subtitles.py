"""The subtitle: which line under the headline is one, and which lines only look like one."""

from __future__ import annotations

import pytest
from measuring import CpuLimit, steps

from cleaner.metadata import extract
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
ARTICLE_JSON = '{"@type": "NewsArticle", "headline": "%s", "alternativeHeadline": "%s"}'
JSON_LD = f'<script type="application/ld+json">{ARTICLE_JSON}</script>'


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
def test_class_names_of_subtitles(name: str) -> None:
    """A class marks a subtitle if it ends in whole words for one."""
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
def test_other_class_names(name: str) -> None:
    """A class that only contains such a word, or means the summary of something else, does not mark a subtitle."""
    assert None is read(f'<h1>{TITLE}</h1><p class="{name}">{LINE}</p>{BODY}').subtitle


@pytest.mark.parametrize("name", ["field--type-text-with-summary", "summary", "description", "intro", "entry-summary"])
def test_first_paragraph_is_no_subtitle(name: str) -> None:
    """The first paragraph in a box around the article's text is not a subtitle, whatever the box's class is."""
    assert None is read(f'<h1>{TITLE}</h1><div class="{name}">{BODY}</div>').subtitle
    assert None is read(f'<h1>{TITLE}</h1><div class="{name}"><p>{LINE}</p>{BODY}</div>').subtitle


@pytest.mark.parametrize("second_line", [f'<p class="summary">{LINE}</p>', f"<h2>{LINE}</h2>"])
def test_no_subtitle_after_the_first_paragraph(second_line: str) -> None:
    """A line after the first paragraph of the text belongs to the text."""
    assert None is read(f"<h1>{TITLE}</h1><p>{PARAGRAPH}</p>{second_line}{BODY}").subtitle


def test_headings_of_live_blog_entries() -> None:
    """The headings of a live blog's entries, which have the same style, are not subtitles; nor are its key events."""
    entry = "<article class=entry><h2 class=entry__title>{} has been closed since this morning</h2><p>{}</p></article>"
    entries = "".join(entry.format(name, PARAGRAPH) for name in ("The stone bridge", "The market hall"))
    events = "<section class=live__summary><ol><li>The stone bridge has been closed</li></ol></section>"
    assert None is read(f"<h1>{TITLE}</h1>{entries}").subtitle
    assert None is read(f"<h1>{TITLE}</h1>{events}{entries}").subtitle


def test_headings_of_sections() -> None:
    """The heading of the first section, in the style of others, is not a subtitle; a single heading is."""
    sections = f"<h2>{LINE}</h2><p>{PARAGRAPH}</p><h2>What the harbour master said about the eleven boats</h2>{BODY}"
    assert None is read(f"<h1>{TITLE}</h1>{sections}").subtitle
    assert LINE == read(f"<header><h1>{TITLE}</h1><h2>{LINE}</h2></header>{BODY}<h2>The boats</h2>{BODY}").subtitle


def test_two_subtitles() -> None:
    """Of two headings under the headline, the first is the subtitle."""
    second = "Eleven boats are lost, and nobody knows who pays"
    assert LINE == read(f"<header><h1>{TITLE}</h1><h2>{LINE}</h2><h2>{second}</h2></header>{BODY}").subtitle


@pytest.mark.parametrize("line", [TITLE, TITLE.upper(), f"Weather: {TITLE}", "Harbour wall holds"])
def test_repeated_headline(line: str) -> None:
    """A line that repeats the headline is not a subtitle; the next one may be."""
    repeated = f'<h1>{TITLE}</h1><p class="subtitle">{line}</p>'
    assert None is read(repeated + BODY).subtitle
    assert LINE == read(f'{repeated}<p class="standfirst">{LINE}</p>{BODY}').subtitle
    assert None is read(f"<h1>{TITLE}</h1>{BODY}", JSON_LD % (TITLE, line)).subtitle
    assert LINE == read(f'<h1>{TITLE}</h1><p class="lead">{LINE}</p>{BODY}', JSON_LD % (TITLE, line)).subtitle


def test_alternative_headline() -> None:
    """JSON-LD may declare the subtitle."""
    metadata = read(f"<h1>{TITLE}</h1>{BODY}", JSON_LD % (TITLE, LINE))
    assert (LINE, "json-ld alternativeHeadline") == (metadata.subtitle, metadata.provenance["subtitle"])


def test_date_is_no_subtitle() -> None:
    """A date under the headline is not a subtitle, whatever the class of its element is."""
    assert None is read(f'<h1>{TITLE}</h1><p class="summary">Last updated: 3 October 2025, 12:30</p>{BODY}').subtitle


UNITS = [f"<h2 class=a>{LINE}</h2>", f"<p class=intro>{LINE}</p>", "<p class=" + "a-" * 400 + ">b</p>"]


@pytest.mark.parametrize("unit", UNITS)
def test_many_lines(unit: str, cpu_limit: CpuLimit) -> None:
    """A page with thousands of such lines is read in less than two seconds of CPU time."""
    tree = parse(f"<html><body><h1>{TITLE}</h1>{unit * 5_000}</body></html>")
    with cpu_limit(2):
        extract.read_metadata(tree.root, (), url=None)


@pytest.mark.parametrize("unit", UNITS)
def test_many_lines_take_linear_time(unit: str) -> None:
    """Four times as many lines take at most five times as many steps."""

    def steps_for(count: int) -> int:
        tree = parse(f"<html><body><h1>{TITLE}</h1>{unit * count}</body></html>")
        return steps(lambda: extract.read_metadata(tree.root, (), url=None))

    steps_for(1)  # what is loaded or cached at the first call is not counted
    assert steps_for(2_000) < 5 * steps_for(500)
