"""Lists of links that a page shows as the tags of its article, found by their place and their shape."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache, partial
from itertools import islice
from math import exp
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from lxml import etree

from cleaner.metadata.fields.tags import ShownList, ShownTags
from cleaner.metadata.fields.values import inner_text, name_key, one_line
from cleaner.metadata.sources.byline_lines import MAX_NAMES, is_apart
from cleaner.page.elements import SKIPPED_ELEMENTS
from cleaner.patterns import lazy_pattern

# What stands before a list of tags, by language: the whole label, without punctuation.
_LABELS = (
    "tags|tag|tagged|tagged as|tagged with|tagged in|topics|topic|topics in this article|keywords|related topics|"
    "related tags|related topic tags|more on|more on this topic|more about|more on these topics|subjects|"
    "in this story|explore more|read more on|read more about|filed under|posted in|categories|"
    "explore more on these topics|follow topics",
    "themen|thema|schlagwörter|schlagworte|stichwörter|stichworte|schlagwörter zu diesem artikel|mehr zum thema|"
    "mehr zu|mehr zu den themen|mehr zu diesem thema|mehr lesen über|themen in diesem artikel|lesen sie mehr zu",
    "mots-clés|mots clés|sujets|thèmes|thématiques|sur le même thème|dans cet article|plus sur|étiquettes",
    "temas|etiquetas|temas relacionados|más sobre|archivado en|palabras clave|temas de esta noticia",
    "etiquetas|palavras-chave|assuntos|tópicos|mais sobre|tudo sobre|temas",
    "argomenti|temi|parole chiave|argomenti correlati|leggi anche su|etichette",
    "onderwerpen|trefwoorden|thema's|meer over|lees meer over",
    "ämnen|nyckelord|mer om|taggar|läs mer om",
    "emner|emneord|nøkkelord|mer om|stikkord|mere om|læs mere om|les mer om",
    "aiheet|avainsanat|asiasanat|lisää aiheesta",
    "tagi|tematy|słowa kluczowe|więcej o|w tym artykule",
    "štítky|témata|klíčová slova|více k tématu|témy|kľúčové slová",
    "címkék|témák|kulcsszavak",
    "etichete|cuvinte cheie|subiecte|tag-uri|mai multe despre",
    "oznake|ključne riječi|teme|ključne reči|ознаке|теме",
    "етикети|тагове|ключови думи|теми|още по темата",
    "теги|метки|темы|ключевые слова|сюжеты|по теме|тэги|еще по теме",
    "теги|теми|ключові слова|мітки",
    "ετικέτες|θέματα|λέξεις κλειδιά|σχετικά θέματα",
    "etiketler|konular|anahtar kelimeler|ilgili konular|etiket",
    "كلمات مفتاحية|الكلمات المفتاحية|وسوم|الوسوم|مواضيع|موضوعات|كلمات دلالية|مواضيع ذات صلة|اقرأ المزيد عن",
    "برچسب‌ها|برچسب ها|کلیدواژه‌ها|کلید واژه‌ها|موضوعات",
    "תגיות|נושאים|מילות מפתח",
    "टैग|टैग्स|विषय|संबंधित विषय",
    "ট্যাগ|বিষয়|বিষয়",
    "标签|标签|关键词|话题|主题|相关话题|相关主题|標籤|關鍵字|關鍵詞|相關主題|相關標籤",
    "タグ|キーワード|関連タグ|関連キーワード|トピックス|関連トピックス|関連ワード|テーマ|ジャンル",
    "태그|키워드|주제|관련 키워드|관련태그|해시태그",
    "từ khóa|chủ đề|thẻ|tags chủ đề|xem thêm về",
    "topik|topik terkait|kata kunci|label|tag terkait|topik terkini",
    "แท็ก|คำสำคัญ|หัวข้อ|ป้ายกำกับ",
    "mada|lebels|onderwerpe|sleutelwoorde",
)
_CLASS_WORDS = frozenset(
    """tag tags taglist tagcloud tagbox hashtag hashtags topic topics keyword keywords themen stichworte schlagworte
    etiquetas temas etiquette sujets argomenti""".split()
)
# Directories of addresses of pages about a topic, and of pages about a person who writes.
_TAG_DIRECTORIES = frozenset(
    """tag tags topic topics thema themen schlagwort schlagworte schlagwoerter stichwort tema temas etiqueta etiquetas
    keyword keywords sujet sujets dossier dossiers argomento argomenti emne emner amne amnen konu etiket etiketler tagi
    temat word hashtag hashtags""".split()
)
_TAG_QUERY = lazy_pattern("[?&](?:tag|topic|keyword)=")
_PEOPLE_DIRECTORIES = frozenset(
    """author authors autor autoren autores autori autorzy autory auteur auteurs profile profiles people staff reporter
    reporters writer writers by contributor contributors redaktion journalist journalists team""".split()
)
# Parts of the address of an article, not of a list of articles; many words are another sign.
_ARTICLE_PATH = lazy_pattern(r"\d{4}/\d\d|\d{6}|\.(?:s?html?|php|aspx?)$", re.IGNORECASE)
_MIN_DASHES = 5
_PUNCTUATION = " \n\t\r\xa0#,;:/|·•-–—›»"

_MAX_TAG = 60  # characters of a link that may be a tag
_MAX_WORDS = 7
_MAX_LINKS = 40  # of a list of tags; longer ones are indexes and menus
_MAX_OTHER_TEXT = 60  # characters of a list that are not links: its label
_MAX_LEVELS = 5  # elements around a link that hold nothing else
_MIN_PROSE = 80  # characters of a piece of text that is part of a paragraph
_MAX_PIECE = 4_000  # characters of a piece of text; the rest is not read
_MAX_TEXT = 40_000  # characters of an article's text in which tags are looked up
_BEFORE_HEADLINE = 300  # characters before the headline or the text where a list may stand; those before are menus
_MAX_BESIDE = 100  # characters beside a list in an element of its own, for a label and a button
_MAX_DISTANCE = 15_000  # characters after the text
_MAX_LISTS = 60  # of a page
_MANY_LINKS = 15
_MAX_REPEATS = 3  # lists with the same class; more of them belong to teasers
_NAMED_LEVELS = 3  # elements around a list whose names may tell what it is
# In characters: how fast a list counts less with its distance after the text and before the headline.
_NEAR_END = 600
_NEAR_HEAD = 150
_LATE = 3_000
_SLACK = 40  # characters that a list may reach into the text
# Parts of a page that hold menus if they hold more than one list.
_PARTS = frozenset({"nav", "footer", "header"})
_SKIPPED = SKIPPED_ELEMENTS | frozenset("noscript path use option meta link button".split())
_INLINE = frozenset("a b strong em i u span font small sup sub mark abbr time cite q".split())


class _Links(NamedTuple):
    """Links in one container, each with its text, and where they begin and end, in characters from the page's start."""

    links: list[etree._Element]
    values: list[str]
    places: list[int]


class _Walk(NamedTuple):
    """What one pass over the page finds. Positions are numbers of characters of text before an element."""

    links: list[tuple[int, etree._Element]]
    prose: list[tuple[int, str, etree._Element]]  # long pieces of text, with the block around each
    headings: list[int]  # the positions of <h1>


def find_shown_tags(root: etree._Element, url: str | None) -> ShownTags:
    """Return the lists of links of the page that may be tags. The tree is not changed."""
    body = root.find("body")
    walk = _walk(root if body is None else body)
    main, spans = _main_text(walk.prose)
    if main is None:  # no prose: the text is what comes after the headline
        main = root if body is None else body
        first = last = head = walk.headings[-1] if walk.headings else 0
    else:
        first, last = spans[0][0], spans[-1][0] + len(spans[-1][1])
        head = max((place for place in walk.headings if place <= first), default=first)
    own = urlsplit(url or "")
    lists = []
    surroundings = {
        element: _Surroundings(distance=distance) for distance, element in enumerate((main, *main.iterancestors()))
    }
    groups = _groups(walk.links[bisect_left(walk.links, head - _BEFORE_HEADLINE, key=lambda link: link[0]) :])
    shapes = Counter(container.get("class") for container in groups)
    for container, group in groups.items():
        if (
            len(group.links) > _MAX_LINKS
            or group.places[0] > last + _MAX_DISTANCE
            or (label := _label(container, group.links)) is None
        ):
            continue
        hrefs = [(link.get("href") or "")[:500] for link in group.links]
        around = _surroundings(container, surroundings)
        features = _features(container, group, hrefs, label, (head, first, last), around)
        features["repeated"] = float(bool(shape := container.get("class")) and shapes[shape] > _MAX_REPEATS)
        source = "rel=tag" if features["rel"] > 0.5 else "tag list"
        values = tuple(dict.fromkeys(group.values))
        lists.append(ShownList(source, values, features, partial(_target_features, hrefs, own)))
        if len(lists) >= _MAX_LISTS:
            break
    return ShownTags(tuple(lists), " ".join(text for _, text, _ in spans)[:_MAX_TEXT].casefold())


def _walk(body: etree._Element) -> _Walk:
    links: list[tuple[int, etree._Element]] = []
    prose: list[tuple[int, str, etree._Element]] = []
    headings: list[int] = []
    position = 0
    for element in body.iter(etree.Element):
        tag = element.tag
        if tag == "a":
            links.append((position, element))
        elif tag == "h1":
            headings.append(position)
        if tag not in _SKIPPED:
            text = element.text
            if text and not text.isspace():
                if len(text) >= _MIN_PROSE and tag != "a":
                    prose.append((position, text[:_MAX_PIECE], _block(element)))
                position += len(text)
        text = element.tail
        if text and not text.isspace():
            if len(text) >= _MIN_PROSE and (parent := element.getparent()) is not None:
                prose.append((position, text[:_MAX_PIECE], _block(parent)))
            position += len(text)
    return _Walk(links, prose, headings)


def _block(element: etree._Element) -> etree._Element:
    while element.tag in _INLINE and (parent := element.getparent()) is not None:
        element = parent
    return element


def _main_text(
    prose: Sequence[tuple[int, str, etree._Element]],
) -> tuple[etree._Element | None, list[tuple[int, str, etree._Element]]]:
    """Return the element with most of the prose near to it, and the prose within it."""
    mass: dict[etree._Element, float] = {}
    for _, text, block in prose:
        weight = float(len(text))
        for place, _ in zip(block.iterancestors(), range(3), strict=False):
            mass[place] = mass.get(place, 0.0) + weight
            weight /= 2
    if not mass:
        return None, []
    main = max(mass, key=lambda element: mass[element])
    return main, [piece for piece in prose if main in piece[2].iterancestors()]


def _groups(links: Sequence[tuple[int, etree._Element]]) -> dict[etree._Element, _Links]:
    groups: dict[etree._Element, _Links] = {}
    items: dict[etree._Element, etree._Element] = {}
    for place, link in links:
        value = _link_text(link)
        if 1 < len(value) <= _MAX_TAG and value.count(" ") < _MAX_WORDS:
            group = groups.setdefault(_container(link, items), _Links([], [], []))
            group.links.append(link)
            group.values.append(value)
            group.places.append(place)
    return groups


def _link_text(link: etree._Element) -> str:
    """Return the text of a link without a count of articles in an element of its own."""
    if not len(link):
        return one_line(link.text, _MAX_TAG + 1).strip(_PUNCTUATION) if link.text else ""
    text = inner_text(link, _MAX_TAG + 1)
    if text[-1:].isdigit():
        pieces = [str(piece) for piece in link.itertext() if not piece.isspace()]
        if len(pieces) > 1 and pieces[-1].strip(" ()").isdigit():
            text = one_line("".join(pieces[:-1]), _MAX_TAG + 1)
    return text.strip(_PUNCTUATION)


def _container(link: etree._Element, items: dict[etree._Element, etree._Element]) -> etree._Element:
    """Return the innermost element that holds more than the link; the outermost of those looked at if none does.

    `items` has the containers of links that were looked up before, each with a child that holds such a link: the
    children of a long list are searched for text only once.
    """
    item = link
    for _ in range(_MAX_LEVELS):
        parent = item.getparent()
        if parent is None or parent.tag == "body":
            break
        other = items.get(parent)
        if other is not None and other is not item:
            return parent
        if (
            (parent.text and parent.text.strip(_PUNCTUATION))
            or (item.tail and item.tail.strip(_PUNCTUATION))
            or any(child is not item and _has_text(child) for child in parent)
        ):
            if item.tag not in _SKIPPED:
                items[parent] = item
            return parent
        item = parent
    return item


def _has_text(element: etree._Element) -> bool:
    return element.tag not in _SKIPPED and any(
        not piece.isspace() for piece in element.itertext(etree.Element, with_tail=False)
    )


def _label(container: etree._Element, links: Sequence[etree._Element]) -> str | None:
    """Return the text of the container that is not in the links; `None` if it is more than a label."""
    own = set(links)
    if container in own:
        return ""
    pieces: list[str] = []
    length = 0
    walker = etree.iterwalk(container, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            text = element.text
            if element in own or element.tag in _SKIPPED or not isinstance(element.tag, str):
                walker.skip_subtree()
                continue
        else:
            text = element.tail if element is not container else None
        if text and (text := text.strip(_PUNCTUATION)):
            pieces.append(text)
            length += len(text)
            if length > _MAX_OTHER_TEXT:
                return None
    return " ".join(pieces)


@cache
def _labels() -> frozenset[str]:
    return frozenset(name_key(label) for labels in _LABELS for label in labels.split("|"))


def _features(
    container: etree._Element,
    group: _Links,
    hrefs: Sequence[str],
    label: str,
    places: tuple[int, int, int],
    surroundings: _Surroundings,
) -> dict[str, float]:
    """Return the features of a list but those of `_target_features`.

    `places` are the positions of the headline and of both ends of the text.
    """
    head, first, last = places
    count = len(group.links)
    start, end = group.places[0], group.places[-1] + len(group.values[-1])
    size = sum(map(len, group.values))
    named = islice((container, *container.iterancestors()), min(surroundings.level, _NAMED_LEVELS))
    labelled = name_key(label) in _labels() or name_key(_text_before(container)) in _labels()
    directories = {href.rstrip("/").rpartition("/")[0] for href in hrefs}
    gap = start - last
    return {
        "label": float(labelled),
        "named": float(any(map(_is_named, named))),
        "rel": sum("tag" in rel.lower().split() for link in group.links if (rel := link.get("rel"))) / count,
        "path": sum(map(_is_tag_address, hrefs)) / count,
        "one_address": float(count > 1 and len(directories) == 1 and directories != {""}),
        "after": exp(-gap / _NEAR_END) if gap >= 0 else 0.0,
        "late": float(gap > _LATE),
        "before": exp((end - head) / _NEAR_HEAD) if end <= head else 0.0,
        "top": float(head <= start and end <= first + _SLACK),
        "inside": float(first + _SLACK < end and start < last),
        "near": 1 / (1 + surroundings.distance),
        "apart": float(surroundings.part is not None and _is_separate(surroundings.part, size)),
        "single": float(count == 1),
        "many": float(count > _MANY_LINKS),
        "other_label": float(bool(label) and not labelled),
        "words": max(0.0, sum(value.count(" ") for value in group.values) / count - 2),
    }


def _target_features(hrefs: Sequence[str], own: SplitResult) -> dict[str, float]:
    """Return the features of a list that tell where its links lead. `own` is the page's address."""
    targets = [_target(href, own) for href in hrefs]
    return {
        "above": sum(target.is_above for target in targets) / len(targets),
        "foreign": sum(target.is_foreign for target in targets) / len(targets),
        "articles": sum(target.is_article for target in targets) / len(targets),
        "people": sum(target.is_person for target in targets) / len(targets),
    }


def _is_tag_address(href: str) -> bool:
    """Whether an address is that of a page about a topic."""
    # Most addresses have none of the words anywhere and need not be parsed.
    if _TAG_DIRECTORIES.isdisjoint(href.lower().split("/")) and not _TAG_QUERY.search(href):
        return False
    parts = _split(href)
    if parts is None:
        return False
    directories = _directories(parts)
    return not _TAG_DIRECTORIES.isdisjoint(directories) or (bool(parts.query) and _TAG_QUERY.search(href) is not None)


def _split(href: str) -> SplitResult | None:
    """Return the parts of an address; `None` if it is not that of a page."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    return parts if parts.scheme in ("", "http", "https") and not href.startswith("#") else None


def _directories(parts: SplitResult) -> list[str]:
    return parts.path.rstrip("/").lower().split("/")[:-1]


class _Target(NamedTuple):
    """What the address of a link tells."""

    is_person: bool = False
    is_article: bool = False
    is_above: bool = False  # the front page, or a section that the page's own address names
    is_foreign: bool = False  # another site, or no page


def _target(href: str, own: SplitResult) -> _Target:
    """Return what an address tells. `own` is that of the page."""
    if not href:
        return _Target()
    parts = _split(href)
    if parts is None:
        return _Target(is_foreign=True)
    path = parts.path.rstrip("/")
    host, own_host = parts.hostname, own.hostname
    return _Target(
        not _PEOPLE_DIRECTORIES.isdisjoint(_directories(parts)),
        path.rpartition("/")[2].count("-") >= _MIN_DASHES or _ARTICLE_PATH.search(path) is not None,
        not parts.query and (not path or own.path.startswith(path + "/")),
        bool(host and own_host) and not _is_same_site(host or "", own_host or ""),
    )


def _is_same_site(one: str, other: str) -> bool:
    """Whether two hosts share a label of four or more characters before the top-level domain, such as a name."""
    return any(len(label) > 3 and label in other.split(".")[:-1] for label in one.split(".")[:-1])


class _Surroundings(NamedTuple):
    """An element and those around it, up to the first that holds the main text."""

    level: int = 0  # the number of these elements
    part: etree._Element | None = None  # the outermost of them that is a part of the page by its tag or its class
    distance: int = 0  # the number of elements around the main text that do not hold them


def _surroundings(element: etree._Element, known: dict[etree._Element, _Surroundings]) -> _Surroundings:
    """Return what is around an element. `known` has this for the elements that hold the main text.

    It collects the others, because the lists of a page share most of the elements around them.
    """
    found = known.get(element)
    if found is None:
        parent = element.getparent()
        level, part, distance = _surroundings(parent, known) if parent is not None else _Surroundings()
        if part is None and (element.tag in _PARTS or is_apart(element)):
            part = element
        found = known[element] = _Surroundings(level + 1, part, distance)
    return found


def _is_separate(part: etree._Element, size: int) -> bool:
    """Whether a part of the page does not belong to the article. `size` is the length of the links of a list in it.

    A part that holds little but the list does, unless it stands beside the whole page.
    """
    parent = part.getparent()
    return parent is None or parent.tag == "body" or _is_longer(part, 2 * size + _MAX_BESIDE)


def _is_longer(element: etree._Element, limit: int) -> bool:
    """Whether the text of an element has more characters than `limit`, with one between its pieces."""
    length = 0
    for piece in element.itertext(etree.Element):
        if not piece.isspace():
            length += len(piece.strip()) + 1
        if length > limit:
            return True
    return False


def _is_named(element: etree._Element) -> bool:
    """Whether the first or the last word of the element's class or id is one for tags."""
    classes, identifier = element.get("class"), element.get("id")
    return bool(classes or identifier) and _is_name_for_tags(f"{classes or ''} {identifier or ''}"[:MAX_NAMES])


@lru_cache(maxsize=4_000)
def _is_name_for_tags(names: str) -> bool:
    for token in names.lower().split():
        words = [word for word in re.split(r"[-_\W\d]+", token) if word]
        if words and (words[0] in _CLASS_WORDS or words[-1] in _CLASS_WORDS):
            return True
    return False


def _text_before(container: etree._Element) -> str:
    """Return the text right before a list: of the element before it, or of the one before the element around it."""
    element = container
    for _ in range(2):
        before = element.getprevious()
        while before is not None and not _has_text(before):
            before = before.getprevious()
        if before is not None:
            return inner_text(before, _MAX_OTHER_TEXT)
        parent = element.getparent()
        if parent is None:
            return ""
        if parent.text and parent.text.strip(_PUNCTUATION):
            return parent.text.strip()[:_MAX_OTHER_TEXT]
        element = parent
    return ""
