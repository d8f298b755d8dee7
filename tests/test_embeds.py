"""Tests of the posts and players of other services that are embedded in an article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleaner
from cleaner.models import Embed, Kind, Reason
from cleaner.parts.embeds import MAX_EMBEDS
from cleaner.write.blocks import in_order
from cleaner.write.record_types import EmbeddedRecord, EmbedRecord

pytestmark = pytest.mark.usefixtures("loaded")

FIXTURES = Path(__file__).parent.parent / "fixtures"
URL = "https://www.weirgate-post.example/news/heron"
TEXT = (
    "A heron has moved into the lobby of the savings bank in Weirgate. It came through the revolving door on Tuesday"
    " morning, walked past the counters, and has been standing in the fountain under the skylight ever since.",
    "The bank does not want to disturb the bird, a spokeswoman said. The goldfish in the fountain have been moved to a"
    " bathtub in the basement, and customers are asked to draw their money without sudden gestures.",
)
PAGE = """<html lang="en"><head><title>Heron in the bank</title></head><body><main><article>
<h1>Heron in the bank</h1><p>{}</p>{}<p>{}</p></article></main><aside>{}</aside></body></html>"""


def embeds(between: str, aside: str = "") -> list[Embed]:
    """Return the embeds of a page with markup between its two paragraphs, and beside the article."""
    article = cleaner.clean(PAGE.format(TEXT[0], between, TEXT[1], aside), url=URL)
    assert "\n\n".join(TEXT) == article.text
    return list(article.embeds)


def embed(markup: str) -> Embed:
    (found,) = embeds(markup)
    return found


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            '<blockquote class="twitter-tweet"><p lang="en">It is <a href="https://t.co/a">looking at me</a></p>&mdash;'
            ' Nan Ferrier (@nanferrier) <a href="https://twitter.com/nanferrier/status/17?ref_src=twsrc%5Etfw">May 7'
            "</a></blockquote>",
            Embed(
                "x",
                "https://twitter.com/nanferrier/status/17",
                "Nan Ferrier (@nanferrier)",
                "It is looking at me",
                2,
            ),
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:x/app.bsky.feed.post/3k"><p>Fish day.<br>'
            '<a href="https://bsky.app/profile/did:plc:x/post/3j">[image]</a></p>&mdash; Weirgate Bank ('
            '<a href="https://bsky.app/profile/did:plc:x?ref_src=embed">@bank.example</a>) '
            '<a href="https://bsky.app/profile/did:plc:x/post/3k?ref_src=embed">7 May</a></blockquote>',
            Embed(
                "bluesky",
                "https://bsky.app/profile/did:plc:x/post/3k",
                "Weirgate Bank (@bank.example)",
                "Fish day.\n[image]",
                2,
            ),
        ),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cx/?utm_source=ig_embed"'
            '><a href="https://www.instagram.com/p/Cx/"><div>Sieh dir diesen Beitrag auf Instagram an</div></a><p>'
            '<a href="https://www.instagram.com/p/Cx/">Ein Beitrag geteilt von Otto (@otto.heron)</a></p></blockquote>',
            Embed("instagram", "https://www.instagram.com/p/Cx/", "Otto (@otto.heron)", None, 2),
        ),
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@nan/video/55" data-video-id="55"><section>'
            '<a href="https://www.tiktok.com/@nan?refer=embed">@nan</a><p>He blinked!</p>'
            '<a href="https://www.tiktok.com/music/5?refer=embed">♬ original sound</a></section></blockquote>',
            Embed("tiktok", "https://www.tiktok.com/@nan/video/55", "@nan", "He blinked!", 2),
        ),
        (
            '<div class="fb-post" data-href="https://www.facebook.com/bank/posts/9"><blockquote cite="x"><p>Please'
            ' whisper.</p>Posted by <a href="https://www.facebook.com/bank">Weirgate Bank</a> on&nbsp;<a '
            'href="https://www.facebook.com/bank/posts/9">Tuesday, 7 May 2024</a></blockquote></div>',
            Embed("facebook", "https://www.facebook.com/bank/posts/9", "Weirgate Bank", "Please whisper.", 2),
        ),
        (
            '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/birds/comments/1x/heron/">A heron'
            ' at my bank</a><br> by<a href="https://www.reddit.com/user/nan_f/">u/nan_f</a> in<a href="https://www.reddit.com/'
            'r/birds/">birds</a></blockquote>',
            Embed(
                "reddit", "https://www.reddit.com/r/birds/comments/1x/heron/", "u/nan_f", "A heron at my bank", 2
            ),
        ),
        (
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@nan/post/Dx">'
            '<a href="https://www.threads.net/@nan/post/Dx"><div>View on Threads</div></a></blockquote>',
            Embed("threads", "https://www.threads.net/@nan/post/Dx", "@nan", None, 2),
        ),
        ('<blockquote class="twitter-tweet"><p>Whose heron is it?</p></blockquote>',
         Embed("x", None, None, "Whose heron is it?", 2)),
        ('<amp-twitter data-tweetid="17" layout="responsive"></amp-twitter>',
         Embed("x", "https://twitter.com/i/status/17", None, None, 2)),
        ('<amp-youtube data-videoid="h3r0n"></amp-youtube>',
         Embed("youtube", "https://www.youtube.com/watch?v=h3r0n", None, None, 2)),
        ('<lite-youtube videoid="h3r0n"><a href="https://youtu.be/h3r0n"><span>Play Video</span></a></lite-youtube>',
         Embed("youtube", "https://www.youtube.com/watch?v=h3r0n", None, None, 2)),
        ('<div class="flourish-embed" data-src="visualisation/17"></div>',
         Embed("flourish", "https://public.flourish.studio/visualisation/17", None, None, 2)),
    ],
)  # fmt: skip
def test_embed_codes(markup: str, expected: Embed) -> None:
    """The embed code of a service gives its service, the URL, the author and the text of the post, and its place."""
    assert expected == embed(markup)


@pytest.mark.parametrize(
    ("source", "service", "url"),
    [
        ("https://www.youtube.com/embed/h3r0n?rel=0", "youtube", "https://www.youtube.com/watch?v=h3r0n"),
        ("//www.youtube-nocookie.com/embed/h3r0n", "youtube", "https://www.youtube.com/watch?v=h3r0n"),
        (
            "https://www.youtube.com/embed/videoseries?list=PL1",
            "youtube",
            "https://www.youtube.com/playlist?list=PL1",
        ),
        ("https://player.vimeo.com/video/17?h=a", "vimeo", "https://vimeo.com/17"),
        ("https://www.dailymotion.com/embed/video/x17", "dailymotion", "https://www.dailymotion.com/video/x17"),
        ("https://platform.twitter.com/embed/Tweet.html?id=17", "x", "https://twitter.com/i/status/17"),
        ("https://www.instagram.com/p/Cx/embed/captioned/", "instagram", "https://www.instagram.com/p/Cx/"),
        (
            "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fbank%2Fvideos%2F9%2F&t=0",
            "facebook",
            "https://www.facebook.com/bank/videos/9/",
        ),
        ("https://www.tiktok.com/embed/v2/55", "tiktok", "https://www.tiktok.com/embed/v2/55"),
        ("https://open.spotify.com/embed/episode/5x?utm_source=g", "spotify", "https://open.spotify.com/episode/5x"),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/17&color=f50",
            "soundcloud",
            "https://api.soundcloud.com/tracks/17",
        ),
        ("https://datawrapper.dwcdn.net/aB3d/4/", "datawrapper", "https://datawrapper.dwcdn.net/aB3d/4/"),
        ("https://www.google.com/maps/embed?pb=!1m", "google maps", "https://www.google.com/maps/embed?pb=!1m"),
        ("https://www.google.de/maps/embed?pb=!1m", "google maps", "https://www.google.de/maps/embed?pb=!1m"),
        ("https://birds.example/@nan/17/embed", "mastodon", "https://birds.example/@nan/17"),
        ("https://t.me/weirgate/17?embed=1", "telegram", "https://t.me/weirgate/17"),
    ],
)
def test_frames(source: str, service: str, url: str) -> None:
    """A frame of a known service gives the service and the URL of what it shows."""
    assert Embed(service, url, None, None, 2) == embed(f'<figure><iframe src="{source}"></iframe></figure>')


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="https://ads.example/banner"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>',
        '<iframe src="https://www.google.com/recaptcha/api2/anchor"></iframe>',
        '<iframe src="https://www.youtube.com/subscribe_embed?channel=x"></iframe>',
        '<iframe src="https://notyoutube.com/embed/h3r0n"></iframe>',
        '<iframe src="https://www.youtube.com/embed/h3r0n" style="display:none"></iframe>',
        '<iframe src="https://www.youtube.com/embed/h3r0n" width="1" height="1"></iframe>',
        '<iframe src="javascript:alert(1)"></iframe><iframe src="https://[bad/embed/x"></iframe><iframe></iframe>',
        '<blockquote class="twitter-tweet"></blockquote><amp-twitter></amp-twitter>',
        '<amp-youtube data-videoid=""></amp-youtube><div class="infogram-embed"></div>',
    ],
)
def test_other_frames(markup: str) -> None:
    """Advertisements, buttons, hidden frames, unknown services and empty codes are not embeds."""
    assert [] == embeds(markup)


def test_embeds_beside_the_article() -> None:
    """What stands in a sidebar is not the article's, nor is what stands behind other parts of the page."""
    video = '<iframe src="https://www.youtube.com/embed/h3r0n"></iframe>'
    assert [] == embeds("", f"<h3>Our channel</h3>{video}<p><a href='/videos'>More films about birds</a></p>")
    related = f'<div class="related-articles"><h3><a href="/x">Owl in the library</a></h3>{video}</div>'
    assert [] == embeds(related)


def test_rendered_posts_and_copies() -> None:
    """A post whose script has run is one embed, and what is embedded twice is listed once."""
    frame = '<iframe src="https://platform.twitter.com/embed/Tweet.html?id=17"></iframe>'
    url = "https://twitter.com/i/status/17"
    assert [url] == [
        each.url for each in embeds(f'<div class="twitter-tweet twitter-tweet-rendered">{frame}</div>{frame}')
    ]


def test_embeds_in_the_blocks_of_a_record() -> None:
    """In a record, embeds are among the blocks, in their places, but no writer shows them as text."""
    article = cleaner.clean((FIXTURES / "embedded_posts.html").read_bytes())
    record = article.to_dict(explain=True)
    places = [block["place"] for block in record["blocks"]]
    assert sorted(places) == places
    entries = [block for block in record["blocks"] if "embed" in block]
    assert ["x", "instagram", "youtube"] == [entry["embed"]["service"] for entry in entries]
    assert {Kind.EMBED} == {entry["kind"] for entry in entries}
    assert {(None, None)} == {(entry["start"], entry["end"]) for entry in entries}
    assert [embed.text or "" for embed in article.embeds] == [entry["text"] for entry in entries]
    assert EmbeddedRecord.__required_keys__ == entries[0]["embed"].keys()
    assert EmbedRecord.__required_keys__ == record["embeds"][0].keys()
    # The lines of the posts are removed, as before.
    shown = [block["place"] for block in in_order(record)]
    assert list(range(len(shown))) == shown
    assert entries[0]["text"] in {each.text for each in article.removed if each.reason is Reason.EMBED}
    assert not any(entry["text"] in article.text for entry in entries if entry["text"])
    assert json.loads(article.to_json())["embeds"] == record["embeds"]


def test_dashes_in_a_post() -> None:
    """A dash in a post does not begin the signature."""
    found = embed(
        '<blockquote class="twitter-tweet"><p>It is back – see <a href="https://t.co/a">t.co/a</a></p>— Nan'
        ' (@nanferrier) <a href="https://twitter.com/nanferrier/status/17">May 7</a></blockquote>'
    )
    assert ("Nan (@nanferrier)", "It is back – see t.co/a") == (found.author, found.text)


def test_hostile_pages() -> None:
    """Thousands of embeds do not take long, and a list of them has an end."""
    frames = "".join(f'<iframe src="https://www.youtube.com/embed/{n}"></iframe><p>Fish {n}</p>' for n in range(5_000))
    article = cleaner.clean(PAGE.format(TEXT[0], frames, TEXT[1], ""), url=URL, any_page=True)
    assert len(article.embeds) in (0, MAX_EMBEDS)
    codes = '<blockquote class="twitter-tweet">' * 150 + "x" + "</blockquote>" * 150
    assert ["x"] == [each.text for each in embeds(codes * 3)]


def test_row() -> None:
    """In a row of a table, embeds are their URLs."""
    row = cleaner.clean((FIXTURES / "embedded_posts.html").read_bytes()).to_row()
    assert row["embeds"][2] == "https://www.youtube.com/watch?v=x1"


def test_no_article_has_no_embeds() -> None:
    """A page that is not an article has no embeds, and neither has a plain text."""
    page = '<title>Not found</title><h1>404</h1><p>No such page.</p><iframe src="https://www.youtube.com/embed/x"></iframe>'
    with pytest.raises(cleaner.NoArticleError) as raised:
        cleaner.clean(page)
    assert () == raised.value.article.embeds
    assert () == cleaner.clean_text("\n\n".join(TEXT)).embeds
