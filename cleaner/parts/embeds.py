"""Find the posts, players, maps and charts of other services that are embedded in an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

from cleaner.metadata.fields.values import http_url
from cleaner.models import NO_ELEMENT, Block, Document, Embed, EmbedCode, Medium, Reason, Verdict
from cleaner.patterns import lazy_pattern

MAX_EMBEDS: Final = 500  # of one article
MAX_TEXT: Final = 20_000  # characters of a post

# Services by the class of the embed code.
_SERVICE_OF_CLASS = {
    "twitter-tweet": "x",
    "twitter-video": "x",
    "instagram-media": "instagram",
    "tiktok-embed": "tiktok",
    "fb-post": "facebook",
    "fb-video": "facebook",
    "reddit-embed-bq": "reddit",
    "reddit-card": "reddit",
    "bluesky-embed": "bluesky",
    "mastodon-embed": "mastodon",
    "text-post-media": "threads",
    "telegram-post": "telegram",
    "imgur-embed-pub": "imgur",
    "flourish-embed": "flourish",
    "infogram-embed": "infogram",
}
# Services by the element of the embed code, and their URL, whose parts in braces are attributes.
_SERVICE_OF_TAG = {
    "amp-twitter": ("x", "https://twitter.com/i/status/{data-tweetid}"),
    "amp-instagram": ("instagram", "https://www.instagram.com/p/{data-shortcode}/"),
    "amp-facebook": ("facebook", "{data-href}"),
    "amp-tiktok": ("tiktok", "{data-src}"),
    "amp-reddit": ("reddit", "{data-src}"),
    "amp-youtube": ("youtube", "https://www.youtube.com/watch?v={data-videoid}"),
    "amp-vimeo": ("vimeo", "https://vimeo.com/{data-videoid}"),
    "amp-dailymotion": ("dailymotion", "https://www.dailymotion.com/video/{data-videoid}"),
    "amp-soundcloud": ("soundcloud", "https://api.soundcloud.com/tracks/{data-trackid}"),
    "lite-youtube": ("youtube", "https://www.youtube.com/watch?v={videoid}"),
    "lite-vimeo": ("vimeo", "https://vimeo.com/{videoid}"),
}
# Services whose embed codes show buttons at most.
_PLAYERS = frozenset({"youtube", "vimeo", "dailymotion", "soundcloud", "flourish", "infogram"})
_ATTRIBUTE = lazy_pattern(r"\{([\w-]+)\}")
# Attributes of an embed code that have the URL of the post.
_URL_ATTRIBUTES = ("data-instgrm-permalink", "data-text-post-permalink", "data-href", "cite", "data-embed-url")
# Services by the host of a frame, and the pattern of its path; a frame of another path is something else, such as a
# button. A host stands for its subdomains, too.
_FRAMES: Final[Mapping[str, tuple[str, str]]] = {
    "youtube.com": ("youtube", r"/(?:embed|v|shorts|live)/.+"),
    "youtube-nocookie.com": ("youtube", r"/embed/.+"),
    "player.vimeo.com": ("vimeo", r"/video/.+"),
    "dailymotion.com": ("dailymotion", r"/(?:embed/video/|player).*"),
    "player.twitch.tv": ("twitch", ".*"),
    "clips.twitch.tv": ("twitch", ".*"),
    "streamable.com": ("streamable", r"/.+"),
    "rumble.com": ("rumble", r"/embed/.+"),
    "rutube.ru": ("rutube", r"/.*embed/.+"),
    "ok.ru": ("ok", r"/videoembed/.+"),
    "vk.com": ("vk", r"/video_ext\.php"),
    "player.bilibili.com": ("bilibili", ".*"),
    "embed.nicovideo.jp": ("niconico", ".*"),
    "platform.twitter.com": ("x", r"/embed/.+"),
    "instagram.com": ("instagram", r"/(?:p|reel|tv)/.+"),
    "facebook.com": ("facebook", r"(?:/v[\d.]+)?/plugins/(?:post|video)\.php"),
    "tiktok.com": ("tiktok", r"/(?:embed|player)/.+"),
    "embed.bsky.app": ("bluesky", r"/embed/.+"),
    "redditmedia.com": ("reddit", r"/r/.+"),
    "embed.reddit.com": ("reddit", r"/r/.+"),
    "t.me": ("telegram", r"/.+/\d+"),
    "linkedin.com": ("linkedin", r"/embed/.+"),
    "assets.pinterest.com": ("pinterest", r"/ext/embed\.html"),
    "embed.tumblr.com": ("tumblr", ".+"),
    "giphy.com": ("giphy", r"/embed/.+"),
    "imgur.com": ("imgur", r"/.+/embed"),
    "open.spotify.com": ("spotify", r"/embed.*"),
    "w.soundcloud.com": ("soundcloud", r"/player.*"),
    "embed.podcasts.apple.com": ("apple podcasts", ".+"),
    "embed.music.apple.com": ("apple music", ".+"),
    "widget.deezer.com": ("deezer", ".+"),
    "bandcamp.com": ("bandcamp", r"/EmbeddedPlayer.*"),
    "mixcloud.com": ("mixcloud", r"/widget/.+"),
    "embed.acast.com": ("acast", ".+"),
    "playlist.megaphone.fm": ("megaphone", ".*"),
    "player.megaphone.fm": ("megaphone", ".+"),
    "podigee.io": ("podigee", r"/.+"),
    "share.transistor.fm": ("transistor", ".+"),
    "player.simplecast.com": ("simplecast", ".+"),
    "html5-player.libsyn.com": ("libsyn", ".+"),
    "widget.spreaker.com": ("spreaker", ".+"),
    "omny.fm": ("omny", r"/.+"),
    "datawrapper.dwcdn.net": ("datawrapper", ".+"),
    "flo.uri.sh": ("flourish", ".+"),
    "flourish.studio": ("flourish", r"/.+"),
    "e.infogram.com": ("infogram", ".+"),
    "public.tableau.com": ("tableau", r"/.+"),
    "cdn.knightlab.com": ("knightlab", ".+"),
    "google.com": ("google maps", r"/maps/.+"),
    "maps.google.com": ("google maps", ".*"),
    "openstreetmap.org": ("openstreetmap", r"/export/embed\.html"),
    "docs.google.com": ("google docs", ".+"),
    "documentcloud.org": ("documentcloud", r"/.+"),
    "scribd.com": ("scribd", r"/embeds/.+"),
    "slideshare.net": ("slideshare", r"/slideshow/embed_code/.+"),
    "issuu.com": ("issuu", r".*embed.*"),
}
# Parameters in the URLs of frames that have the URL of what is shown.
_TARGETS = {"facebook": "href", "soundcloud": "url"}
# Parts of a post's URL that say where it is embedded.
_TRACKING = frozenset({"ref_src", "ref_url", "refer", "utm_source", "utm_campaign", "utm_medium", "embed", "ref"})
# Reasons of blocks that belong to an embed, and that may stand between it and the text.
_BESIDE = frozenset({Reason.EMBED, Reason.CAPTION, Reason.CREDIT, Reason.PLAYER})
_OF_ARTICLE = frozenset({None, Reason.HEADLINE})

# A name on a service: "@adareed", and in Mastodon "@adareed@town.example".
_HANDLE = lazy_pattern(r"(?<![^\s(])@[\w.-]{1,80}(?:@[\w.-]{1,80})?")
_IN_PARENTHESES = lazy_pattern(r"\(@[^()\s]{1,100}\)")
# The words before the author, in Instagram and in Facebook: one line for each language.
_SHARED_BY = lazy_pattern(
    r"(?:a (?:post|photo|video) (?:shared|posted) by|post(?:ed)? by"
    r"|ein (?:von|beitrag geteilt von)|gepostet von"
    r"|une publication partagée par|publiée? par"
    r"|una publicación compartida (?:de|por)|publicado por"
    r"|un post condiviso da|pubblicato da"
    r"|uma publicação (?:partilhada|compartilhada) por|publicada por"
    r"|een bericht gedeeld door|geplaatst door"
    r"|post udostępniony przez|opublikowany przez"
    r"|публикация от"
    r"|ett inlägg delat av|et opslag delt af|et innlegg delt av"
    r"|příspěvek sdílený"
    r"|o postare distribuită de)\s+",
    re.IGNORECASE,
)
# Lines of embed codes that are no part of the post: "View this post on Instagram", "♬ original sound".
_NO_POST = lazy_pattern(
    r"♬.*|.{0,40}\b(?:instagram|imgur\.com|threads|tiktok|mastodon|reddit|telegram)\b.{0,20}", re.IGNORECASE
)


def article_embeds(document: Document, verdicts: Sequence[Verdict], base: str) -> tuple[Embed, ...]:
    """Return the embeds in the article, in the order of the page, each once.

    An embed belongs to the article if it stands between the headline and the end of the text, and the element around it
    has text of the article. `base` is what URLs are relative to; empty if unknown.
    """
    if not document.embeds and not any(medium.tag == "iframe" for medium in document.media):
        return ()
    surroundings = _Surroundings(document, verdicts)
    found = [
        embed
        for code in document.embeds
        if surroundings.are_text(code.place, code.last, code.element)
        and (embed := _read_code(document, verdicts, code, base)) is not None
    ]
    found += [
        Embed(*frame, None, None, medium.place)
        for medium in document.media
        if medium.tag == "iframe"
        and (frame := _read_frame(medium, base)) is not None
        and surroundings.are_text(medium.place, medium.place, medium.element)
    ]
    unique: dict[tuple[str, str | None, str | None], Embed] = {}
    for embed in sorted(found, key=lambda embed: embed.place):
        unique.setdefault((embed.service, embed.url, None if embed.url else embed.text), embed)
    return tuple(unique.values())[:MAX_EMBEDS]


class _Surroundings:
    """What stands around embeds, by the verdicts on the blocks of the page."""

    def __init__(self, document: Document, verdicts: Sequence[Verdict]) -> None:
        self._elements = document.elements
        self._reasons = [verdict.reason for verdict in verdicts]
        self._counts: dict[int, Counter[Reason | None]] = {}  # of the reasons in an element
        kept = [place for place, reason in enumerate(self._reasons) if reason is None]
        headlines = [place for place, reason in enumerate(self._reasons) if reason is Reason.HEADLINE]
        # Without text, no place is between the first and the last.
        self._first = min(kept[:1] + headlines[:1]) if kept else len(self._reasons) + 1
        behind = kept[-1] + 1 if kept else 0
        while behind < len(self._reasons) and self._reasons[behind] in _BESIDE:
            behind += 1
        self._last = behind

    def are_text(self, place: int, last: int, element: int) -> bool:
        """Whether an embed with the blocks from `place` to `last` is in the article and not beside it."""
        if not self._first <= last or place > self._last:
            return False
        own = Counter(self._reasons[place:last])
        while element != NO_ELEMENT:
            around = self._elements[element]
            if element not in self._counts:
                self._counts[element] = Counter(self._reasons[around.first : around.last])
            others = {reason for reason, count in self._counts[element].items() if count > own[reason]} - _BESIDE
            if others:
                return not others.isdisjoint(_OF_ARTICLE)
            element = around.parent
        return False


# --- Embed codes ----------------------------------------------------------------------------------------------------


def _read_code(document: Document, verdicts: Sequence[Verdict], code: EmbedCode, base: str) -> Embed | None:
    """Return the post in an embed code; `None` if it has neither a URL nor a text, or if its text is the article's."""
    blocks = document.blocks[code.place : code.last]
    if any(verdicts[block.place].reason is None for block in blocks):
        return None
    service, url = _service_and_url(code, blocks, base)
    author, lines = _author_and_lines(service, blocks) if service not in _PLAYERS else (None, [])
    if author is None and url is not None and (match := re.search(r"/(@[\w.-]{1,80})(?:/|$)", urlsplit(url).path)):
        author = match[1]
    text = "\n\n".join(line for line in lines if line != author)[:MAX_TEXT] or None
    return Embed(service, url, author, text, code.place) if url or text else None


def _service_and_url(code: EmbedCode, blocks: Sequence[Block], base: str) -> tuple[str, str | None]:
    attributes = code.attributes
    if code.tag in _SERVICE_OF_TAG:
        service, template = _SERVICE_OF_TAG[code.tag]
        values = {name: attributes.get(name, "").strip() for name in _ATTRIBUTE.findall(template)}
        if not all(values.values()):
            return service, None
        is_id = not template.startswith("{")
        written = _ATTRIBUTE.sub(lambda match: quote(values[match[1]]) if is_id else values[match[1]], template)
        return service, _without_tracking(_absolute(written, base))
    names = attributes.get("class", "").split()
    service = next(_SERVICE_OF_CLASS[name] for name in names if name in _SERVICE_OF_CLASS)
    if service == "flourish":
        return service, http_url(attributes.get("data-src"), "https://public.flourish.studio/")
    if service == "infogram":
        name = attributes.get("data-id", "").strip()
        return service, http_url(f"https://infogram.com/{quote(name)}", None) if name else None
    declared = (_absolute(attributes.get(name), base) for name in _URL_ATTRIBUTES)
    links = [_absolute(target, base) for block in blocks for target in block.targets]
    posts = [url for url in links if url is not None and _POST.search(urlsplit(url).path)]
    # The date of a post links to it, and it comes last; a post may link to other posts.
    url = next(filter(None, declared), None) or (posts[-1] if service in ("x", "bluesky") and posts else None)
    return service, _without_tracking(url or next(iter(posts), None))


# The path of a post, and not of a profile or a hashtag.
_POST = lazy_pattern(
    r"/status(?:es)?/|/(?:p|reel|tv|post|posts|videos?|photos?|comments|permalink)/|/@[^/]+/\d+|^/[^/]+/\d+$|"
    r"^/(?:a/|gallery/)?\w{5,10}$|watch|permalink\.php|story\.php"
)


def _author_and_lines(service: str, blocks: Sequence[Block]) -> tuple[str | None, list[str]]:
    """Return the author and the lines of the post."""
    author: str | None = None
    lines: list[str] = []
    for block in blocks:
        text = block.text
        # The end of the post and the signature may share a block: "... — Ada Reed (@adareed) June 7, 2021".
        if author is None and (start := _signature(block)) is not None:
            author = _signed_name(text[start:], block, start)
            text = text[:start].rstrip(" \n—–-")
        elif match := _SHARED_BY.match(text):
            author = author or _signed_name(text[match.end() :], block, match.end())
            text = ""
        elif service == "instagram" and block.linked > 0.9 and (handle := _last_handle(text)):
            author = author or handle
            text = ""
        elif service == "reddit" and block.links and author is None:
            author, text = _author_in_reddit(block)
        if text and not (_NO_POST.fullmatch(text) and block.linked > 0.5):
            lines.append(text)
    return author, lines


def _signature(block: Block) -> int | None:
    """Return where the signature of a post begins in its block; `None` if the block has none."""
    place = max(block.text.rfind("—"), block.text.rfind("– "))
    if place < 0 or (place and block.text[place - 1] not in " \n"):
        return None
    if _IN_PARENTHESES.search(block.text, place):
        return place
    return 0 if place == 0 and any(start > 0 for start, _ in block.links) else None


def _signed_name(signature: str, block: Block, offset: int) -> str | None:
    """Return the name in a signature, which begins at `offset` of the block: all before the date, which is a link."""
    lead = len(signature) - len(signature.lstrip(" —–-"))
    if (handle := _IN_PARENTHESES.search(signature)) is not None:
        end = handle.end()
    else:
        starts = [start - offset for start, _ in block.links if start > offset + lead]
        first = next((end - offset for start, end in block.links if start <= offset + lead < end), None)
        end = first if first is not None else min(starts, default=len(signature))
    return " ".join(signature[lead:end].split()).strip(" ,·-–—") or None


def _last_handle(text: str) -> str | None:
    handles = _HANDLE.findall(text)
    return handles[-1].strip("().") if handles else None


def _author_in_reddit(block: Block) -> tuple[str | None, str]:
    """Return the author and the title of a post in Reddit, whose embed code is: title, "by", user, "in", forum."""
    title, *others = (block.text[start:end] for start, end in block.links)
    return next((name for name in others if name.startswith("u/")), None), title


# --- Frames ---------------------------------------------------------------------------------------------------------


def _read_frame(medium: Medium, base: str) -> tuple[str, str] | None:
    """Return the service of a frame and the URL of what it shows; `None` if it is of no known service."""
    url = _absolute(medium.url, base)
    if url is None:
        return None
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    labels = host.split(".")
    names = [".".join(labels[i:]) for i in range(len(labels) - 1)]
    known = next((_FRAMES[name] for name in names if name in _FRAMES), None)
    if known is None and re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host):
        known = _FRAMES["google.com"]
    if known is None:
        return _mastodon(url, parts.path)
    service, path = known
    if not re.fullmatch(path, parts.path):
        return None
    return service, _shown_url(service, url)


def _mastodon(url: str, path: str) -> tuple[str, str] | None:
    """Return a post on one of the many hosts of Mastodon."""
    return ("mastodon", url.removesuffix("/embed")) if re.fullmatch(r"/@[^/]+/\d+/embed", path) else None


def _shown_url(service: str, url: str) -> str:
    """Return the URL of what a frame shows, if it can be told from that of the frame; the latter otherwise."""
    parts = urlsplit(url)
    query = parse_qs(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else {}
    last = parts.path.rstrip("/").rpartition("/")[2]
    if service in _TARGETS:
        return http_url(query.get(_TARGETS[service], [""])[0], None) or url
    if service == "youtube":
        if last == "videoseries":
            return f"https://www.youtube.com/playlist?list={quote(query['list'][0])}" if "list" in query else url
        return f"https://www.youtube.com/watch?v={last}"
    if service == "vimeo":
        return f"https://vimeo.com/{last}"
    if service == "dailymotion":
        name = query.get("video", [last])[0]
        return f"https://www.dailymotion.com/video/{quote(name)}"
    if service == "x":
        return f"https://twitter.com/i/status/{quote(query['id'][0])}" if "id" in query else url
    if service == "spotify":
        return urlunsplit((parts.scheme, parts.netloc, re.sub("^/embed(?:-podcast)?", "", parts.path), "", ""))
    if service in ("instagram", "imgur"):
        return urlunsplit((parts.scheme, parts.netloc, re.sub("/embed(?:/captioned)?/?$", "/", parts.path), "", ""))
    if service == "telegram":
        return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    return url


def _absolute(url: str | None, base: str) -> str | None:
    """Return the absolute URL; `None` if it has none. Codes of services often leave out the scheme."""
    return http_url(f"https:{url.strip()}" if url is not None and url.strip().startswith("//") else url, base)


def _without_tracking(url: str | None) -> str | None:
    if url is None or "?" not in url:
        return url
    parts = urlsplit(url)
    query = "&".join(each for each in parts.query.split("&") if each.partition("=")[0] not in _TRACKING)
    return urlunsplit(parts._replace(query=query))
