"""Find the readers' comments that a page shows: who wrote each, when, and what it says.

Comment systems differ in everything but two things: their elements have names such as "comment" and "author", and the
text of a comment has an element of its own. So the texts are found first, and the author and the date of each in the
elements around it.
"""

from __future__ import annotations

import copy
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final

from lxml import etree

from cleaner.blocks.html import read_html
from cleaner.errors import InputError
from cleaner.metadata.fields.dates import find_dates, parse_date
from cleaner.metadata.fields.values import http_url, inner_text, text
from cleaner.models import Block, Comment
from cleaner.page.characters import clean_characters
from cleaner.page.embedded import Node, article_node
from cleaner.page.parse import parse
from cleaner.patterns import lazy_pattern

MAX_COMMENTS: Final = 2_000  # of one page
MAX_LENGTH: Final = 20_000  # characters of the text of one comment
MAX_NAME: Final = 100  # characters of the name of an author
MAX_DEPTH: Final = 30  # of replies to replies
MIN_BUTTONS: Final = 3  # comments that end with the same words
MAX_HEADING: Final = 100  # elements of a comment in which its author and date are looked for
_MAX_NAMES = 500  # characters of the names of an element that are read

# Words for comments in the names of elements.
_WORD = (
    "comments?|discussions?|responses|replies|disqus|livefyre|isso|commento|wpd|"
    "kommentar|kommentare|leserkommentare|"
    "commentaires?|"
    "comentarios?|"
    "commenti|"
    "reacties?|"
    "kommentarer|kommentit|"
    "komentarz|komentarze|komentare|komentari|"
    "hozzaszolas|hozzaszolasok|"
    "yorum|yorumlar"
)
_ONE = "comment|kommentar|commentaire|comentario|reactie|komentarz|komentar|hozzaszolas|yorum|response|reply"
# An element that holds comments, or one. Outside of these, no name counts.
_REGION = lazy_pattern(rf"(?:.*-)?(?:{_WORD})(?:-.*)?|schema-comment")
# Other names with such a word: what a page has or allows, its buttons, and comments on other pages.
_NO_REGION = lazy_pattern(
    r"(?:no|has|with|without|open|closed|disabled|category|tag|type|label|teaser|share|view|add|write|show|scroll)-.*|"
    r"nocomments|"
    r".*-(?:on|off|open|opened|closed|enabled|disabled|count|counter|number|js|css|link|icon|button|btn)"
)
# Lists of comments on other pages.
_OTHER_PAGES = lazy_pattern(r"(?:.*-)?(?:recent|latest|last|popular|most|top|widget)-?(?:comments?|commented)(?:-.*)?")
# Elements in such a region that are no part of a comment, unless they hold comments with names.
_NOT_COMMENTS = lazy_pattern(
    r"(?:.*-)?(?:form|respond|notes?|count|counter|navigation|pagination|nav|editor|login|rules|guidelines|policy|"
    r"sidebar|share|related|closed|button|btn|toolbar|tools|recent|popular|disclaimer|howto|hint)(?:-.*)?"
)
# One comment. It may hold the replies to it.
_ITEM = lazy_pattern(
    rf"(?:.*-)?(?:{_ONE})(?:-(?:item|entry|box|wrap|wrapper|container|node|block|thread|single|card|row|li|\w*\d+))?"
    r"|(?:.*-)?comments-(?:item|entry|box|node|block|thread)|c\d+|schema-comment|role-comment"
)
_NUMBERED = lazy_pattern(r".*\d|schema-comment|role-comment")
_LEVEL = lazy_pattern(r"(?:.*-)?(?:depth|level|indent)-(\d{1,2})")
# Wrappers that indent the replies to the comment before them.
_REPLIES = lazy_pattern(r"indented|(?:.*-)?(?:replies|subcomments)(?:-.*)?")
_TEXT_WORD = "content|text|texte|texto|testo|tekst|inhalt|message|body|copy|description"
_TEXT = lazy_pattern(
    rf"(?!secondary-)(?:.*-)?(?:{_TEXT_WORD})(?:-(?:text|inner|wrapper|{_ONE}))?|(?:.*-)?comment(?:body|text)|"
    r"prop-(?:comment)?text"
)
# The text of a comment for sure.
_NAMED_TEXT = lazy_pattern(
    rf"(?:.*-)?(?:{_ONE})s?-?(?:{_TEXT_WORD})(?:-.*)?|(?:.*-)?(?:{_TEXT_WORD})-(?:{_ONE})|prop-text|prop-commenttext"
)
_AUTHOR = lazy_pattern(
    r"(?:.*-)?(?:author|autor|auteur|autore|user|user-?name|nick|nick-?name|commenter|name|naam|display-name|fn|poster)"
    r"(?:-(?:name|link|info|title))?|prop-(?:author|creator|name)"
)
# Lines below a comment that begin with "Posted by".
_SIGNATURE = lazy_pattern(r"comments?-(?:footer|post|posted|signature)|commentfooter|posted(?:-by)?")
_DATE = lazy_pattern(
    r"(?:.*-)?(?:date|dates|date-?time|time|timestamp|time-?stamp|time-?ago|ago|datum|fecha|posted|published|created|meta|"
    r"metadata|permalink)(?:-(?:time|link|\w*\d+))?|prop-(?:datepublished|datecreated|commenttime)"
)
_CONTROL = lazy_pattern(
    r"(?:.*-)?(?:reply|report|flag|likes?|votes?|actions?|edit|edit-link|permalink|share|avatar|badge|menu|buttons?|"
    r"controls?|rating|karma|says|moderation)(?:-.*)?"
)
_NO_TEXT_TAGS = frozenset("form button nav select label".split())
_SMALL_TAGS = frozenset("a span i b em strong svg time p h1 h2 h3 h4 h5 h6".split())
_MARKED_NAMES = ("cite", "b", "strong", "h4", "h5", "h6", "a")
# Attributes with the names of an element, and their prefix.
_NAMING = (("class", ""), ("id", ""), ("itemprop", "prop-"), ("role", "role-"), ("data-testid", ""), ("data-qa", ""))
_DATE_ATTRIBUTES = (
    "datetime",
    "content",
    "title",
    "data-date",
    "data-time",
    "data-timestamp",
    "data-utc",
    "data-datetime",
)
_SEAM = lazy_pattern("(?<=[a-z0-9])(?=[A-Z])")
_DASHES = lazy_pattern("[-_:/.]+")
# What titles of comments have, and names of people do not.
_NO_NAME = lazy_pattern(r"[?!:]|(?:\S+\s+){6}")
_TEMPLATE = lazy_pattern(r"\{\{|<%|\$\{")  # a script would fill it in
# What stands around the name of an author: "Posted by Anna on Monday, 3 May", "Anna says:".
_BEFORE_NAME = lazy_pattern(r"(?:(?:posted |written |submitted )?by|(?:soumis )?par|soumis)[\s:]+", re.IGNORECASE)
_BEFORE_DATE = lazy_pattern(r"\b(?:on|at|am|um|le|el|il|op)(?:\s+\w{2,12}\.?,?)?\s*$")
_AFTER_NAME = lazy_pattern(
    r"\s(?:[Ss]ays|said|wrote|writes|commented|replied|responded|sagt|schreibt|schrieb|meint|dit|a dit|a écrit|dice|"
    r"dijo|escribió|disse|diz|scrive|ha scritto|ha detto|zegt|schreef|pisze|skriver|sier)[\s.:…]*$"
)
_EDGES = " \t\n,:;|·•–—-"


def read_comments(
    root: etree._Element, nodes: Sequence[Node], url: str | None, *, month_first: bool = False
) -> tuple[Comment, ...]:
    """Return the comments that the page shows, or that its JSON-LD has if those are more, in the order of the page.

    `nodes` come from `page.embedded.read_json_ld`. `url` is the URL of the page. `month_first`: 3/4/2024 means the
    fourth of March. The tree is not changed.
    """
    now = datetime.now(UTC)
    shown = _Comments(root, url, now, month_first).read()
    declared = tuple(_declared_comments(nodes, url, now))
    return declared if len(declared) > len(shown) else shown


def without_kept(comments: tuple[Comment, ...], kept: Sequence[str]) -> tuple[Comment, ...]:
    """Return the comments without those whose text is the article's, such as an opinion in an element "comment".

    `kept` are the texts of the blocks of the article.
    """
    lines = {line for block in kept for line in block.split("\n")}

    def is_kept(comment: Comment) -> bool:
        words = [line for line in comment.text.split("\n") if line]
        return 2 * sum(len(line) for line in words if line in lines) > sum(map(len, words))

    return tuple(comment for comment in comments if not is_kept(comment))


class _Roles:
    """What the names of an element say of it."""

    __slots__ = (
        "is_author",
        "is_control",
        "is_date",
        "is_elsewhere",
        "is_item",
        "is_named_text",
        "is_numbered",
        "is_other",
        "is_region",
        "is_replies",
        "is_signature",
        "is_text",
        "level",
    )

    def __init__(self, names: Sequence[str]) -> None:
        def any_is(pattern: re.Pattern[str]) -> bool:
            return any(map(pattern.fullmatch, names))

        self.is_region = any(_REGION.fullmatch(name) and not _NO_REGION.fullmatch(name) for name in names)
        self.is_elsewhere = any_is(_OTHER_PAGES)
        self.is_other = any_is(_NOT_COMMENTS)
        self.is_item = any_is(_ITEM)
        self.is_numbered = any(_ITEM.fullmatch(name) and _NUMBERED.fullmatch(name) for name in names)
        self.is_replies = any_is(_REPLIES)
        self.is_text = any_is(_TEXT)
        self.is_named_text = any_is(_NAMED_TEXT)
        self.is_author = any_is(_AUTHOR)
        self.is_signature = any_is(_SIGNATURE)
        self.is_date = any_is(_DATE)
        self.is_control = any_is(_CONTROL)
        levels = [int(match[1]) for name in names if (match := _LEVEL.fullmatch(name))]
        self.level = levels[0] if levels else None


@lru_cache(maxsize=1024)
def _roles_of(named: tuple[str, ...]) -> _Roles:
    return _Roles(tuple(dict.fromkeys(name for names in named for name in _split_names(names))))


def _split_names(names: str) -> Iterator[str]:
    for name in names.split():
        yield _DASHES.sub("-", _SEAM.sub("-", name)).strip("-").lower()


_NO_ROLES = _Roles(())


def _roles(element: etree._Element) -> _Roles:
    attributes = element.attrib
    if not attributes:
        return _NO_ROLES
    named = tuple(
        " ".join(prefix + name for name in str(attributes[attribute])[:_MAX_NAMES].split())
        for attribute, prefix in _NAMING
        if attribute in attributes
    )
    kind = str(attributes.get("itemtype", ""))
    if kind.endswith(("schema.org/Comment", "schema.org/UserComments")):
        named += ("schema-comment",)
    return _roles_of(named) if named else _NO_ROLES


class _Part:
    """An element of a comment, in the order of the page."""

    __slots__ = ("element", "kind")

    def __init__(self, element: etree._Element, kind: str) -> None:
        self.element = element
        self.kind = kind  # "author", "signature" or "date"


class _Comments:
    """Read the comments of one page."""

    def __init__(self, root: etree._Element, url: str | None, now: datetime, month_first: bool) -> None:
        self._root = copy.deepcopy(root)  # parts of it are removed below
        self._url = url
        self._now = now
        self._month_first = month_first
        self._roles: dict[etree._Element, _Roles] = {}  # of the elements in regions, in order
        self._items: dict[etree._Element, etree._Element | None] = {}  # the innermost comment around each, or region
        self._outer: set[etree._Element] = set()  # elements around a text

    def read(self) -> tuple[Comment, ...]:
        self._find_regions()
        texts = self._find_texts()[:MAX_COMMENTS]
        if not texts:
            return ()
        depths = self._depths(texts)
        segments = self._segments(texts)
        found: list[Comment] = []
        paragraphs_of: list[list[str]] = []
        # From the last to the first: each text is removed when it is read, so that of its parent lacks it.
        for element, depth, (parts, after) in reversed(list(zip(texts, depths, segments, strict=True))):
            author, published = self._author(element, parts), self._date(element, [*parts[::-1], *after])
            link = self._link(element)
            item = self._items[element]
            marked = None if author or item is None else self._marked_author(item, element)
            blocks = self._text(element, [*parts, *after])
            paragraphs = [block.text for block in blocks]
            if item is element:
                paragraphs, heading_date = self._without_heading(paragraphs, author or marked)
                published = published or heading_date
            if published or (item is not None and self._is_comment(item)):
                author = author or marked
            # A link is a teaser of another page, and a list of the newest comments links to theirs.
            is_text = any(block.linked < 1 for block in blocks) or published is not None
            if is_text and (author or published) and not any(map(_TEMPLATE.search, paragraphs)):
                found.append(Comment(author, published, "", depth, link))
                paragraphs_of.append(paragraphs)
        _drop_buttons(paragraphs_of)
        texts_of = ("\n\n".join(paragraphs)[:MAX_LENGTH].rstrip() for paragraphs in paragraphs_of)
        whole = [comment._replace(text=text) for comment, text in zip(found, texts_of, strict=True) if text]
        return tuple(reversed(whole))

    def _find_regions(self) -> None:
        """Find the elements in regions, and which of them is the comment that each belongs to."""
        events = etree.iterwalk(self._root, events=("start",), tag="*")
        for _, element in events:
            parent = element.getparent()
            roles = _roles(element)
            is_inside = parent in self._roles if parent is not None else False
            if not is_inside and (not roles.is_region or element.tag in ("html", "body") or element.tag in _SMALL_TAGS):
                if roles.is_elsewhere:
                    events.skip_subtree()
                continue
            if (roles.is_elsewhere and not roles.is_item) or element.tag in _NO_TEXT_TAGS:
                events.skip_subtree()
                continue
            self._roles[element] = roles
            if roles.is_item and (is_inside or roles.is_numbered or _is_repeated(element)):
                self._items[element] = element
            elif roles.is_other and not roles.is_named_text:
                self._items[element] = None
            else:
                self._items[element] = self._items[parent] if is_inside and parent is not None else element

    def _find_texts(self) -> list[etree._Element]:
        """Return the elements with the text of a comment, in order."""
        elements = list(self._roles)
        authors: dict[etree._Element, int] = {}  # the number of authors in an element
        leaves: set[etree._Element] = set()  # elements with the name of a text that hold no other
        for element in reversed(elements):  # inner ones first
            roles = self._roles[element]
            is_outer = element in self._outer
            if roles.is_author and not is_outer:
                authors[element] = authors.get(element) or 1
            is_text = roles.is_text and not roles.is_author and not roles.is_date
            if is_text and not is_outer and self._items[element] is not None and authors.get(element, 0) < 2:
                leaves.add(element)
            parent = element.getparent()
            if parent is not None:
                authors[parent] = authors.get(parent, 0) + authors.get(element, 0)
                if element in leaves or element in self._outer:
                    self._outer.add(parent)
        found: set[etree._Element] = set()
        best: dict[etree._Element, tuple[tuple[bool, int], etree._Element]] = {}  # of a comment: its text
        for element in elements:
            item = self._items[element]
            if element not in leaves or item is None:
                continue
            is_named = self._roles[element].is_named_text
            if authors.get(item, 0) > 1 or (is_named and not self._is_comment(item)):
                found.add(element)  # of a list whose comments have no elements of their own
                continue
            rank = is_named, len(inner_text(element, MAX_LENGTH))
            if item not in best or rank > best[item][0]:
                best[item] = rank, element
        found.update(element for _, element in best.values())
        self._outer = _ancestors(found)
        inside = set(found)
        whole: set[etree._Element] = set()
        for element in elements:  # comments whose text has no element of its own
            roles = self._roles[element]
            if element.getparent() in inside:
                inside.add(element)
            elif self._items[element] is element and element not in self._outer and roles.is_item:
                is_part = roles.is_author or roles.is_date or roles.is_control or roles.is_other or element in inside
                has_name = authors.get(element) or next(element.iter("cite", "time"), None) is not None
                if not is_part and has_name and authors.get(element, 0) < 2:
                    whole.add(element)
                    inside.add(element)
        self._outer |= _ancestors(whole)
        return [element for element in elements if element in found or element in whole]

    def _is_comment(self, item: etree._Element) -> bool:
        """Whether what `_items` has is one comment, by its name, and not a region."""
        roles = self._roles[item]
        return roles.is_item and (item.getparent() in self._items or roles.is_numbered or _is_repeated(item))

    def _segments(self, texts: Sequence[etree._Element]) -> list[tuple[list[_Part], list[_Part]]]:
        """Return for each text the author and the dates before it or inside, and the dates after it.

        Between two texts, what comes before an author belongs to the first text, and the rest to the second. If no
        author comes before the first text, authors stand behind their texts.
        """
        gaps: list[list[_Part]] = [[]]  # before the first text, between two, and after the last
        inside: list[list[_Part]] = []
        is_text = set(texts)
        in_text: set[etree._Element] = set()  # the current text and the elements in it
        for element, roles in self._roles.items():
            if element in is_text:
                in_text = {element}
                inside.append([])
                gaps.append([])
                continue
            is_inside = element.getparent() in in_text
            if is_inside:
                in_text.add(element)
            if element not in self._outer and not roles.is_other:
                if roles.is_author:
                    (inside if is_inside else gaps)[-1].append(_Part(element, "author"))
                elif roles.is_signature:
                    (inside if is_inside else gaps)[-1].append(_Part(element, "signature"))
                elif roles.is_date or element.tag == "time":
                    (inside if is_inside else gaps)[-1].append(_Part(element, "date"))
        are_behind = not any(map(_has_author, (gaps[0], *inside))) and any(part.kind != "date" for part in gaps[-1])
        segments: list[tuple[list[_Part], list[_Part]]] = []
        for place, own in enumerate(inside):
            before, behind = gaps[place], gaps[place + 1]
            if are_behind:
                segments.append(([*behind, *own], []))
                continue
            start = next((i for i, part in enumerate(before) if part.kind == "author"), 0) if place else 0
            end = next((i for i, part in enumerate(behind) if part.kind == "author"), len(behind))
            whole = [*before[start:], *own]
            segments.append((whole, [] if any(part.kind == "date" for part in whole) else behind[:end]))
        return segments

    def _depths(self, texts: Sequence[etree._Element]) -> list[int]:
        """Return how many comments each comment replies to, one through the other."""
        firsts: dict[etree._Element, tuple[etree._Element, int]] = {}  # of an item: its own text
        nested: list[int] = []
        levels: list[int | None] = []
        for number, element in enumerate(texts):
            parents: set[int] = set()
            indents = 0
            level: int | None = None
            path = [element, *element.iterancestors()]
            items = 0
            for place, outer in enumerate(path):
                roles = self._roles.get(outer)
                if roles is None or items > MAX_DEPTH:
                    break
                items += roles.is_item
                indents += roles.is_replies
                if level is None:
                    level = roles.level
                if not roles.is_item:
                    continue
                if outer not in firsts:
                    firsts[outer] = element, number
                elif firsts[outer][1] != number and _is_reply(path[: place + 1], firsts[outer][0]):
                    parents.add(firsts[outer][1])
            nested.append(max(len(parents), indents))
            levels.append(level)
        if all(level is not None for level in levels):
            lowest = min(level for level in levels if level is not None)
            return [(level or 0) - lowest for level in levels]
        return nested

    def _author(self, element: etree._Element, parts: Sequence[_Part]) -> str | None:
        for part in parts:
            if part.kind != "date":
                for inner in chain(part.element.iterdescendants(*_MARKED_NAMES), [part.element]):
                    if name := self._name(self._line(inner)):
                        return name
        return None

    def _marked_author(self, item: etree._Element, text: etree._Element) -> str | None:
        """Return the author in the first link or bold text of a comment, for want of one whose element has a name."""
        for inner in islice(item.iter("*"), MAX_HEADING):
            if inner is text and item is not text:
                return None
            is_name = inner.tag in _MARKED_NAMES and inner in self._roles and not self._roles[inner].is_control
            if is_name and (name := self._name(self._line(inner))) and not _NO_NAME.search(name):
                return name
        return None

    def _line(self, element: etree._Element) -> str:
        """Return the text of an element without that of dates and buttons in it."""
        inner = [each for each in element.iterdescendants("*") if each in self._roles]
        if not any(self._roles[each].is_date or self._roles[each].is_control for each in inner):
            return inner_text(element, 2 * MAX_NAME, " ")
        bare = copy.deepcopy(element)
        for each in list(bare.iterdescendants("*")):
            roles = _roles(each)
            if roles.is_date or roles.is_control or each.tag == "time":
                _remove(each)
        return inner_text(bare, 2 * MAX_NAME, " ")

    def _name(self, line: str) -> str | None:
        written = next(find_dates(line, month_first=self._month_first), None)
        if written is not None:
            line = _BEFORE_DATE.sub("", line[: written.start].rstrip(_EDGES))
        line = text(line, 2 * MAX_NAME) or ""  # some pages show tags
        name = _AFTER_NAME.sub("", _BEFORE_NAME.sub("", line.strip(_EDGES), count=1), count=1).strip(_EDGES)
        return name if any(map(str.isalpha, name)) and len(name) < MAX_NAME else None

    def _date(self, element: etree._Element, parts: Sequence[_Part]) -> datetime | date | None:
        for part in parts:  # a form for machines comes first, wherever it is
            for inner in part.element.iter("*"):
                if (found := self._declared_date(inner)) is not None:
                    return found
        for part in parts:
            if (found := self._written_date(inner_text(part.element, 200, " "))) is not None:
                return found
        item = self._items[element]
        heading = () if item is None or item is element else item.iter("time", "a", "span", "abbr")
        for inner in islice(heading, MAX_HEADING):
            if inner is element or (found := self._declared_date(inner)) is not None:
                return None if inner is element else found
        return None

    def _declared_date(self, element: etree._Element) -> datetime | date | None:
        values = (element.get(name) for name in _DATE_ATTRIBUTES)
        return next((found for value in values if value and (found := parse_date(value, self._now))), None)

    def _written_date(self, line: str) -> datetime | date | None:
        dates = (parse_date(written, self._now) for written in find_dates(line, month_first=self._month_first))
        return next(filter(None, dates), None)

    def _link(self, element: etree._Element) -> str | None:
        """Return the URL of the comment: that of the page with the id of the element around the comment."""
        if self._url is None:
            return None
        for outer in [element, *element.iterancestors()]:
            if outer not in self._roles:
                return None
            name = outer.get("id", "")
            if 0 < len(name) <= MAX_NAME and any(map(str.isdigit, name)) and not any(map(str.isspace, name)):
                return http_url(f"{self._url.partition('#')[0]}#{name}", None)
        return None

    def _text(self, element: etree._Element, parts: Sequence[_Part]) -> tuple[Block, ...]:
        """Return the blocks of a text, and remove it from the tree."""
        for part in parts:
            if part.element is not element:
                _remove(part.element)
        for inner in list(element.iterdescendants("*")):
            roles = self._roles.get(inner)
            if roles is None or roles.is_control:
                _remove(inner)
        _remove(element)
        wrapper = etree.Element("div")  # the reader expects a block around all text
        wrapper.append(element)
        element.tail = None
        return read_html(wrapper).blocks

    def _without_heading(self, paragraphs: list[str], author: str | None) -> tuple[list[str], datetime | date | None]:
        """Return the paragraphs without the lines before the first long one that have the author or a date.

        Also returns the date in them.
        """
        published: datetime | date | None = None
        while paragraphs and len(line := paragraphs[0]) <= MAX_NAME:
            found = self._written_date(line)
            if not (found or (author and line.startswith(author)) or line.strip("#. ").isdecimal()):
                break
            if len(paragraphs) == 1:
                break
            published = published or found
            paragraphs = paragraphs[1:]
        return paragraphs, published


def _drop_buttons(comments: Sequence[list[str]]) -> None:
    """Drop the last paragraphs that most comments share, which are buttons whose elements have no names."""
    while True:
        ends = Counter(paragraphs[-1] for paragraphs in comments if len(paragraphs) > 1)
        last, count = ends.most_common(1)[0] if ends else ("", 0)
        if count < MIN_BUTTONS or 2 * count <= len(comments):
            return
        for paragraphs in comments:
            if len(paragraphs) > 1 and paragraphs[-1] == last:
                paragraphs.pop()


def _is_repeated(element: etree._Element) -> bool:
    """Whether the element before or behind it is a comment, too."""
    siblings = (element.getprevious(), element.getnext())
    return any(each is not None and isinstance(each.tag, str) and _roles(each).is_item for each in siblings)


def _ancestors(elements: Iterable[etree._Element]) -> set[etree._Element]:
    """Return the elements around any of these."""
    found: set[etree._Element] = set()
    for element in elements:
        for outer in element.iterancestors():
            if outer in found:
                break
            found.add(outer)
    return found


def _has_author(parts: Sequence[_Part]) -> bool:
    return any(part.kind == "author" for part in parts)


def _remove(element: etree._Element) -> None:
    """Remove an element, but not the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if tail := element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _is_reply(path: Sequence[etree._Element], first: etree._Element) -> bool:
    """Whether a comment is a reply to the first one in the element around both, and not the next in a list.

    `path` leads from the text of the comment to that element. In a list, the elements that hold the two are alike.
    """
    inner = {element: place for place, element in enumerate(path)}
    below = first
    for outer in first.iterancestors():
        if outer in inner:
            other = path[inner[outer] - 1]
            names, others = set(below.get("class", "").split()), set(other.get("class", "").split())
            return below.tag != other.tag or (names.isdisjoint(others) and bool(names or others))
        below = outer
    return False


# --- JSON-LD --------------------------------------------------------------------------------------------------------


def _declared_comments(nodes: Sequence[Node], url: str | None, now: datetime) -> Iterator[Comment]:
    article = article_node(nodes)
    if article is None:
        return
    waiting: list[tuple[Any, int]] = [(article.get("comment"), 0)]
    count = 0
    while waiting and count < MAX_COMMENTS:
        value, depth = waiting.pop()
        if isinstance(value, list):
            waiting += [(each, depth) for each in reversed(value)]
        elif isinstance(value, Mapping):
            words = _plain(value.get("text") or value.get("description"))
            author = text(_plain(text(value.get("author") or value.get("creator"), MAX_NAME)), MAX_NAME)
            published = parse_date(value.get("dateCreated") or value.get("datePublished"), now)
            if words and (author or published):
                count += 1
                yield Comment(author, published, words, depth, http_url(value.get("url"), url))
            if depth < MAX_DEPTH:
                waiting.append((value.get("comment"), depth + 1))


def _plain(value: Any) -> str | None:
    """Return the paragraphs of a text in JSON, which may be HTML, and may be escaped; `None` if there are none."""
    if not isinstance(value, str):
        return None
    markup = html.unescape(value[:MAX_LENGTH])
    if "<" not in markup:
        return clean_characters(markup).strip() or None
    try:
        tree = parse(f"<div>{markup}</div>").root
    except InputError:
        return None
    return "\n\n".join(block.text for block in read_html(tree).blocks) or None
