"""Find the updates of a live blog, each with its time and its part of the text.

The elements of the updates are found before the blocks of the page are read, by the times in them: see `find_updates`.
Which of these elements are updates is decided when it is known what the article's text is: see `live_entries`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any, Final, NamedTuple

from lxml import etree

from cleaner.metadata.fields.dates import parse_date
from cleaner.metadata.fields.values import inner_text, name_key, text
from cleaner.models import Article, ArticleType, Block, Entry, Kind, Metadata
from cleaner.page.elements import BLOCK_ELEMENTS
from cleaner.page.embedded import Node, types
from cleaner.patterns import lazy_pattern

MAX_TIMES: Final = 2_000  # elements with a time that are looked at
MAX_UPDATES: Final = 2_000  # of JSON-LD
# The updates of a live blog have at least this share (0 to 1) of its text. Otherwise they are teasers in an article.
MIN_SHARE: Final = 0.3
_MAX_SAMPLE = 100  # elements with a time by which a live blog is recognised
_MAX_NAME = 100  # characters of the name of an author
_MAX_HEAD = 200  # elements of an update in which its time and its author are looked for
_MAX_BEGINNING = 60  # characters of an update by which it is found in the text
_MAX_TIME = 60  # characters of the text of an element with a time

_TIMES = etree.XPath(
    "//time | //*[not(self::time)][contains(@class, 'time') or contains(@class, 'Time') or contains(@class, 'date')]"
)
# Elements in a live blog, or teasers of one, by their classes.
_LIVE_NAME = lazy_pattern(
    r"(?:.*[-_])?(?:live-?(?:blog|event|ticker|feed|entry|post|update)s?|lx-stream)(?:[-_].*)?", re.IGNORECASE
)
_TIME_NAME = lazy_pattern(r"(?:.*[-_])?(?:date-?time|time-?stamp|time|date)(?:[-_].*)?", re.IGNORECASE)
_AUTHOR_NAME = lazy_pattern(r"(?:.*[-_])?(?:author|byline|reporter)(?:[-_](?:name|link))?", re.IGNORECASE)
_CLOCK = lazy_pattern(r"(?<![\d:.])(\d{1,2})(?::|\.|h|H)([0-5]\d)(?![\d:.])\s?(?:([ap])\.?m\b)?", re.IGNORECASE)
_BY = lazy_pattern(r"(?:by|von|par|por|di|door)\s+", re.IGNORECASE)


class Update(NamedTuple):
    """An element that may be an update of a live blog."""

    element: etree._Element
    kind: tuple[str, str]  # its tag and its first class, which the other updates have, too
    published: datetime | date | None
    clock: time | None  # the time of day, if no date is known
    author: str | None
    id: str | None


class Declared(NamedTuple):
    """An update of a live blog in JSON-LD."""

    title: str | None
    published: datetime | date | None
    author: str | None
    body: str  # in the form of `name_key`
    id: str | None  # the fragment of its URL


def find_updates(root: etree._Element, metadata: Metadata) -> tuple[Update, ...]:
    """Return the elements of the page that may be updates of a live blog; none if the page does not look like one."""
    if metadata.type is not ArticleType.LIVE and not _has_live_names(root):
        return ()
    times = _time_elements(root)
    counts: dict[etree._Element, int] = {}  # the times in an element
    for element in times:
        for outer in element.iterancestors():
            counts[outer] = counts.get(outer, 0) + 1
    updates: list[Update] = []
    now = datetime.now(UTC)
    for parent in counts:
        with_time = [child for child in parent if child in counts and child.tag in BLOCK_ELEMENTS]
        kinds = [_kind(child) for child in with_time]
        updates += [
            _read_update(child, kind, now)
            for child, kind in zip(with_time, kinds, strict=True)
            if kinds.count(kind) > 1
        ]
    return tuple(updates[:MAX_TIMES])


def live_entries(
    article: Article, updates: Sequence[Update], spans: Mapping[etree._Element, range], nodes: Sequence[Node]
) -> tuple[Entry, ...]:
    """Return the updates of a live blog whose text is the article's, in the order of the text; none for other articles.

    `spans` has the places of the blocks in each element of `updates`. `nodes` come from `page.embedded.read_json_ld`.
    """
    declared = _declared_updates(nodes)
    shown = _best_kind(article, updates, spans)
    if not shown:
        return tuple(_found_in_text(article, declared))
    by_id = {each.id: each for each in declared if each.id}
    by_title = {name_key(each.title): each for each in declared if each.title}
    headings = {block.place: block.text for block in article.blocks if block.kind is Kind.HEADING}
    headings |= {block.place: block.text for block in article.removed if block.kind is Kind.HEADING}
    entries: list[Entry] = []
    for update, places, blocks in shown:
        title = next((headings[place] for place in places if place in headings), None)
        known = by_id.get(update.id or "") or by_title.get(name_key(title or ""))
        published = update.published or (known.published if known else None) or _on_day(article, update.clock)
        entries.append(
            Entry(
                published,
                title or (known.title if known else None),
                blocks[0].start or 0,
                blocks[-1].end or 0,
                update.author or (known.author if known else None),
            )
        )
    return tuple(entries)


# --- Updates in the markup ------------------------------------------------------------------------------------------


def _has_live_names(root: etree._Element) -> bool:
    """Whether the first times of the page are in elements that are named for live blogs: in one, or in teasers."""
    seen: set[etree._Element] = set()
    for element in islice(root.iter("time"), _MAX_SAMPLE):
        for outer in element.iterancestors():
            if outer in seen:
                break
            seen.add(outer)
            if _is_named(outer, _LIVE_NAME):
                return True
    return False


def _time_elements(root: etree._Element) -> list[etree._Element]:
    """Return the innermost elements that have a time, in order."""
    found: Any = _TIMES(root)
    elements: list[etree._Element] = []
    inside: set[etree._Element] = set()
    for element in reversed(found[: 5 * MAX_TIMES]):
        if element in inside:
            continue
        is_time = element.tag == "time" or (
            _is_named(element, _TIME_NAME)
            and _CLOCK.search(inner_text(element, _MAX_TIME + 1))
            and len(inner_text(element, _MAX_TIME + 1)) <= _MAX_TIME
        )
        if is_time:
            elements.append(element)
            inside.update(element.iterancestors())
    return elements[::-1][:MAX_TIMES]


def _kind(element: etree._Element) -> tuple[str, str]:
    names = (name for name in element.get("class", "").split() if not any(map(str.isdigit, name)))
    return str(element.tag), next(names, "")


def _read_update(element: etree._Element, kind: tuple[str, str], now: datetime) -> Update:
    day: date | None = None
    clock: time | None = None
    for inner in islice(element.iter("*"), _MAX_HEAD):
        if inner.tag != "time" and not _is_named(inner, _TIME_NAME):
            continue
        line = inner_text(inner, _MAX_TIME)
        for value in (inner.get("datetime"), inner.get("title"), line):
            found = parse_date(value, now)
            if isinstance(found, datetime):
                return Update(element, kind, found, None, _author(element), element.get("id"))
            day = day or found
        clock = clock or _clock(line)
    published = datetime.combine(day, clock) if day and clock else day
    return Update(element, kind, published, clock, _author(element), element.get("id"))


def _is_named(element: etree._Element, pattern: re.Pattern[str]) -> bool:
    return "class" in element.attrib and any(map(pattern.fullmatch, element.get("class", "")[:500].split()))


def _clock(line: str) -> time | None:
    match = _CLOCK.search(line)
    if match is None:
        return None
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + (12 if match[3] in "pP" else 0)
    return time(hour, int(match[2])) if hour < 24 else None


def _author(element: etree._Element) -> str | None:
    for inner in islice(element.iter("*"), _MAX_HEAD):
        if _is_named(inner, _AUTHOR_NAME):
            name = _BY.sub("", inner_text(inner, _MAX_NAME + 1), count=1).strip(" ,:;|·•–—-")
            if name and len(name) <= _MAX_NAME and not any(map(str.isdigit, name)):
                return name
    return None


def _on_day(article: Article, clock: time | None) -> datetime | None:
    """Return the time on the day of the article, if it was published and last changed on one day."""
    first, last = article.published, article.modified or article.published
    if clock is None or not isinstance(first, datetime) or not isinstance(last, datetime):
        return None
    return datetime.combine(first.date(), clock, first.tzinfo) if first.date() == last.date() else None


_Shown = tuple[Update, range, list[Block]]


def _best_kind(article: Article, updates: Sequence[Update], spans: Mapping[etree._Element, range]) -> list[_Shown]:
    """Return the updates of the kind that has most of the text, each with its places and its blocks of the text."""
    kept = {block.place: block for block in article.blocks}
    kinds: dict[tuple[str, str], list[_Shown]] = {}
    for update in updates:
        places = spans.get(update.element, range(0))
        blocks = [kept[place] for place in places if place in kept]
        if blocks:
            kinds.setdefault(update.kind, []).append((update, places, blocks))
    best: list[_Shown] = []
    best_length = MIN_SHARE * len(article.text)
    for shown in kinds.values():
        shown.sort(key=lambda each: (each[1].start, -each[1].stop))
        # An element of this kind within another one is a part of that update.
        apart: list[_Shown] = []
        for each in shown:
            if not apart or each[1].start >= apart[-1][1].stop:
                apart.append(each)
        length = sum(len(block.text) for _, _, blocks in apart for block in blocks)
        # Days that hold the updates have hardly more text than these.
        is_better = length > 0.9 * best_length and len(apart) > len(best) if best else length >= best_length
        if len(apart) > 1 and (is_better or length > 1.1 * best_length):
            best, best_length = apart, length
    return best


# --- Updates in JSON-LD ---------------------------------------------------------------------------------------------


def _declared_updates(nodes: Sequence[Node]) -> list[Declared]:
    now = datetime.now(UTC)
    found: list[Declared] = []
    for node in nodes:
        if "LiveBlogPosting" not in types(node):
            continue
        updates = node.get("liveBlogUpdate")
        for update in updates if isinstance(updates, list) else [updates]:
            if isinstance(update, dict) and len(found) < MAX_UPDATES:
                body = update.get("articleBody") or update.get("text")
                url = text(update.get("url") or update.get("@id")) or ""
                found.append(
                    Declared(
                        text(update.get("headline") or update.get("name")),
                        parse_date(update.get("datePublished") or update.get("dateCreated"), now),
                        text(update.get("author"), _MAX_NAME),
                        name_key(text(body, 100_000) or ""),
                        url.rpartition("#")[2] if "#" in url else None,
                    )
                )
    return found


def _found_in_text(article: Article, declared: Sequence[Declared]) -> Iterator[Entry]:
    """Yield an entry for each declared update whose headline, or whose first words, begin a block of the text."""
    keys = [name_key(block.text) for block in article.blocks]
    titles: dict[str, int] = {}  # the index of the first block with this text
    beginnings: dict[str, int] = {}  # or with this beginning
    for index, key in enumerate(keys):
        titles.setdefault(key, index)
        beginnings.setdefault(key[:_MAX_BEGINNING], index)
    starts: dict[int, Declared] = {}  # by the index of the block
    for update in declared:
        found = titles.get(name_key(update.title)) if update.title else None
        if found is None and update.body:
            found = beginnings.get(update.body[:_MAX_BEGINNING])
        if found is not None:
            starts.setdefault(found, update)
    for index in sorted(starts):
        update = starts[index]
        end = index + 1
        while end < len(keys) and end not in starts and (not update.body or keys[end] in update.body):
            end += 1
        yield Entry(
            update.published,
            update.title,
            article.blocks[index].start or 0,
            article.blocks[end - 1].end or 0,
            update.author,
        )
