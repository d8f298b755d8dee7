"""Tests of the updates of live blogs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import cleaner
from cleaner.models import Entry

pytestmark = pytest.mark.usefixtures("loaded")

FIXTURES = Path(__file__).parent.parent / "fixtures"
URL = "https://www.weirgate-post.example/live/regatta"
PAGE = """<html lang="en"><head><title>Regatta on the Weir</title>{}</head><body><main><article>
<h1>Regatta on the Weir</h1>{}</article></main>{}</body></html>"""
UPDATES = (
    (
        "The goat wins again",
        "The Weirgate goat has won the raft race for the third year, ahead of the fire brigade and the choir. It was"
        " alone on its raft from the second bend on, and seemed to enjoy itself.",
    ),
    (
        "Choir falls into the water",
        "All fourteen members of the church choir are in the river after a change of key at the second bend. They are"
        " still singing, and the lifeboat has decided to let them finish the verse.",
    ),
    (
        "They are off",
        "Twenty-two rafts have left the western landing under a grey sky. The water is four degrees warmer than last"
        " year, says the harbour master, who did not say how warm it was then.",
    ),
)
TYPE = '<script type="application/ld+json">{}</script>'


def posting(**more: object) -> str:
    """Return the JSON-LD of a live blog."""
    node = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Regatta on the Weir"}
    return TYPE.format(json.dumps(node | more))


def shown(*times: str, tag: str = "div", attributes: str = 'class="post"') -> str:
    """Return the markup of the three updates, each with markup for its time."""
    return "".join(
        f"<{tag} {attributes} id='u{number}'>{time}<h2>{title}</h2><p>{body}</p></{tag}>"
        for number, (time, (title, body)) in enumerate(zip(times, UPDATES, strict=True))
    )


def check(article: cleaner.Article, *published: date | None) -> None:
    """Check that the article has the three updates with these times."""
    assert [title for title, _ in UPDATES] == [entry.title for entry in article.entries]
    assert list(published) == [entry.published for entry in article.entries]
    for entry, (title, body) in zip(article.entries, UPDATES, strict=True):
        assert f"{title}\n\n{body}" == article.text[entry.start : entry.end]


def test_fixture() -> None:
    """The updates of a live blog have their times and headings, and their parts of the text."""
    article = cleaner.clean((FIXTURES / "live_blog.html").read_bytes())
    day = datetime(2024, 2, 9, tzinfo=UTC)
    times = [day.replace(hour=15, minute=40), day.replace(hour=12, minute=5), day.replace(hour=8, minute=20)]
    assert [*times, day.replace(hour=6, minute=15)] == [entry.published for entry in article.entries]
    assert "Good morning" == article.entries[3].title
    slices = [article.text[entry.start : entry.end] for entry in article.entries]
    assert article.text == "\n\n".join(slices)


def test_times_of_json_ld() -> None:
    """Where an update shows only how long ago it was, the time is that of JSON-LD, found by id or heading."""
    hour = {"@type": "BlogPosting", "datePublished": "2024-06-02T14:10:00+02:00", "url": f"{URL}#u0"}
    named = {
        "@type": "BlogPosting",
        "datePublished": "2024-06-02T13:30:00+02:00",
        "headline": UPDATES[1][0],
        "author": {"name": "Nan Ferrier"},
    }
    times = ["<time>5 minutes ago</time>", "<time>1 hour ago</time>", "<time>2 hours ago</time>"]
    article = cleaner.clean(PAGE.format(posting(liveBlogUpdate=[hour, named]), shown(*times), ""), url=URL)
    zone = timezone(timedelta(hours=2))
    check(article, datetime(2024, 6, 2, 14, 10, tzinfo=zone), datetime(2024, 6, 2, 13, 30, tzinfo=zone), None)
    assert [None, "Nan Ferrier", None] == [entry.author for entry in article.entries]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("2024-06-02T17:00:00+02:00", datetime(2024, 6, 2, 14, 10, tzinfo=timezone(timedelta(hours=2)))),
        ("2024-06-03T01:00:00+02:00", None),
    ],
)
def test_times_of_day(changed: str, expected: datetime | None) -> None:
    """A time without a date is on the day of the article, if that is a single day; else it is unknown."""
    head = posting(datePublished="2024-06-02T12:00:00+02:00", dateModified=changed)
    clocks = ['<span class="post__time">14:10</span>', '<span class="post__time">2.10 pm</span>', "<time>14:10</time>"]
    check(cleaner.clean(PAGE.format(head, shown(*clocks), ""), url=URL), expected, expected, expected)


def test_dates_apart_from_times() -> None:
    """A day in the markup and a time of day in the text are put together."""
    clocks = [f'<time datetime="2024-06-02">{hour}:05</time>' for hour in (15, 14, 9)]
    times = [datetime(2024, 6, 2, hour, 5) for hour in (15, 14, 9)]
    check(cleaner.clean(PAGE.format(posting(), shown(*clocks), ""), url=URL), *times)


def test_classes_of_live_blogs() -> None:
    """A page that is not declared as a live blog is one if its classes say so, and if the updates are its text."""
    times = [f'<time datetime="2024-06-02T{hour}:05:00Z">{hour}:05</time>' for hour in ("15", "14", "09")]
    updates = f'<div class="liveblog">{shown(*times)}</div>'
    expected = [datetime(2024, 6, 2, hour, 5, tzinfo=UTC) for hour in (15, 14, 9)]
    check(cleaner.clean(PAGE.format("", updates, ""), url=f"{URL[:-13]}/news/regatta"), *expected)


def test_other_articles() -> None:
    """Teasers of live blogs, and times in other parts of a page, make no updates."""
    teasers = "".join(
        f'<li class="liveblog-teaser"><time datetime="2024-06-02T1{n}:00Z">1{n}:00</time><a href="/l">Raft {n}</a></li>'
        for n in range(4)
    )
    text = "".join(f"<p>{body}</p>" for _, body in UPDATES)
    article = cleaner.clean(
        PAGE.format("", text, f"<aside><ul>{teasers}</ul></aside>"), url=URL.replace("live", "news")
    )
    assert "\n\n".join(body for _, body in UPDATES) == article.text
    assert () == article.entries
    assert () == cleaner.clean_text("\n\n".join(body for _, body in UPDATES)).entries


def test_key_events_are_no_updates() -> None:
    """A list of the key events, which has times as well, is not taken for the updates."""
    times = [f'<time datetime="2024-06-02T{hour}:05:00Z">{hour}:05</time>' for hour in ("15", "14", "09")]
    keys = "".join(f'<li class="key">{time}<a href="#u{n}">{UPDATES[n][0]}</a></li>' for n, time in enumerate(times))
    article = cleaner.clean(PAGE.format(posting(), f"<ul class='keys'>{keys}</ul>{shown(*times)}", ""), url=URL)
    check(article, *(datetime(2024, 6, 2, hour, 5, tzinfo=UTC) for hour in (15, 14, 9)))


def test_updates_of_two_days() -> None:
    """Updates that are grouped by day are found, and not the days."""
    times = [f'<time datetime="2024-06-0{day}T1{day}:05:00Z">1{day}:05</time>' for day in (4, 3, 2)]
    updates = [f"<div class='post'>{t}<h2>{h}</h2><p>{b}</p></div>" for t, (h, b) in zip(times, UPDATES, strict=True)]
    more = updates[2].replace("They are off", "Fog")
    days = f"<section>{updates[0]}{updates[1]}</section><section>{updates[2]}{more}</section>"
    article = cleaner.clean(PAGE.format(posting(), days, ""), url=URL)
    assert [4, 3, 2] == [entry.published.day for entry in article.entries if entry.published][:3]


def test_json_ld_alone() -> None:
    """Updates whose times are only in JSON-LD are found in the text by their headings or first words."""
    nodes = [
        {"@type": "BlogPosting", "headline": title, "articleBody": body, "datePublished": f"2024-06-02T1{n}:00:00Z"}
        for n, (title, body) in enumerate(UPDATES)
    ]
    text = "".join(f"<h2>{title}</h2><p>{body}</p>" for title, body in UPDATES)
    expected = [datetime(2024, 6, 2, 10 + n, tzinfo=UTC) for n in range(3)]
    check(cleaner.clean(PAGE.format(posting(liveBlogUpdate=nodes), text, ""), url=URL), *expected)
    untitled = [{name: value for name, value in node.items() if name != "headline"} for node in nodes]
    article = cleaner.clean(PAGE.format(posting(liveBlogUpdate=untitled), text, ""), url=URL)
    assert expected == [entry.published for entry in article.entries]
    assert [body for _, body in UPDATES] == [article.text[entry.start : entry.end] for entry in article.entries]


def test_text_in_json_ld() -> None:
    """The updates of a page whose text is only in JSON-LD have their times."""
    nodes = [
        {"@type": "BlogPosting", "headline": title, "articleBody": body, "datePublished": f"2024-06-02T1{n}:00:00Z"}
        for n, (title, body) in enumerate(UPDATES)
    ]
    page = f"<html lang='en'><head><title>Regatta</title>{posting(liveBlogUpdate=nodes)}</head><body></body></html>"
    article = cleaner.clean(page, url=URL)
    expected = [datetime(2024, 6, 2, 10 + n, tzinfo=UTC) for n in range(3)]
    assert expected == [entry.published for entry in article.entries]
    assert [title for title, _ in UPDATES] == [entry.title for entry in article.entries]


def test_with_site_rules(tmp_path: Path) -> None:
    """Site rules apply to a live blog as to other pages."""
    (tmp_path / "rules.toml").write_text('[site."weirgate-post.example"]\ndrop = ["#u1"]\n')
    times = [f'<time datetime="2024-06-02T{hour}:05:00Z">{hour}:05</time>' for hour in ("15", "14", "09")]
    page = PAGE.format(posting(), shown(*times), "")
    article = cleaner.clean(page, url=URL, rules=tmp_path / "rules.toml")
    assert [UPDATES[0][0], UPDATES[2][0]] == [entry.title for entry in article.entries]


def test_records() -> None:
    """A record has the updates with dates in ISO 8601; a dictionary may have them as objects; a row has none."""
    article = cleaner.clean((FIXTURES / "live_blog.html").read_bytes())
    expected = {
        "published": "2024-02-09T06:15:00+00:00",
        "title": "Good morning",
        "start": article.entries[3].start,
        "end": len(article.text),
        "author": None,
    }
    assert expected == article.to_dict()["entries"][3]
    assert article.entries[3].published == article.to_dict(dates="datetime")["entries"][3]["published"]
    assert "entries" not in article.to_row()
    assert [] == replace(article, entries=()).to_dict()["entries"]


def test_hostile_pages() -> None:
    """Thousands of times, also in each other, do not take long."""
    many = "<div class='a time'><time>10:00</time>x</div>" * 5_000
    deep = "<div class='a time'><time>10:00</time>" * 150 + "x" + "</div>" * 150
    for markup in (many, deep * 20):
        article = cleaner.clean(PAGE.format(posting(), f"<p>{UPDATES[0][1]}</p>{markup}", ""), url=URL, any_page=True)
        assert isinstance(article.entries, tuple)


def test_an_entry_is_a_value() -> None:
    """The author of an entry may be left out."""
    assert Entry(None, "They are off", 0, 12).author is None
