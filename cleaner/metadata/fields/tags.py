"""Tags of an article: its topics for readers. Each value is judged by who names it, by its shape and by its support.

Pages declare tags in several lists, and show others. None of them is always right: lists in a page's head hold codes,
workflow and the words of the address; lists on the page hold menus. So the values of all lists are judged one by one,
by a logistic regression that `python -m training.tags` fits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from cleaner.metadata.fields.values import MAX_ITEMS, name_key, text
from cleaner.odds import probability
from cleaner.patterns import lazy_pattern
from cleaner.text.scripts import HAN, KANA, one_of

MAX_TAG = 80  # characters; longer ones are sentences
# A value is kept from this probability on.
MIN_TAG_PROBABILITY = 0.5
# Lists are ignored below this probability.
MIN_LIST_PROBABILITY = 0.1
_LONG_LIST = 20  # values; longer lists are filled by machines
# Up to this share (0 to 1) of good tags may be words of the address.
_USUAL_SHARE = 0.5
_MIN_ADDRESS_WORD = 3  # characters

_IDENTIFIER = lazy_pattern(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{20,}|[0-9a-f]{16,}|\d{5,}|https?:\S*|\S+\.(?:com|org|net|ca|de|co\.uk)"
    r"|[a-z]+(?:_[a-z0-9]+)+|\S+@\S+\.\S+",
    re.IGNORECASE,
)
# Internal values of content management systems: scores of classifiers, layouts, kinds of page.
_INTERNAL = lazy_pattern(
    r"(?:nlp (?:category|score|sentiment)|page ?type|content ?type|template|layout|section|type|format|source"
    r"|provider)\s*[:=].*"
    r"|article|post|page|news ?article|default|standard|full-?width|uncategori[sz]ed|allgemein|keywords?|tags?|all"
    r"|_.*|(?:comments?|paywall|ads?)[- ](?:enabled|disabled|include|exclude)",
    re.IGNORECASE,
)
# Labels of topics: "Subject: X" is X.
_LABEL = lazy_pattern(
    r"^(?:nlp entity tokens|category|categories|tags?|topics?|keywords?|subjects?|themes?|people|persons?|places?"
    r"|locations?|organi[sz]ations?|company|companies|thema|temas?|sujets?|argoment[oi])\s*:\s*(?=\S)",
    re.IGNORECASE,
)
# "sections/sverige", "topic/…": the path of a tag's page instead of its name.
_PATH = lazy_pattern(
    r"^/?(?:sections?|topics?|tags?|themes?|organi[sz]ations?|persons?|people|places?|categor(?:y|ies))/(?=\S)"
)
_COUNTER = lazy_pattern(r"^\(\d{1,3}\)\s*|\s*\(\d{1,4}\)$")
# The last item of a list in words: "Business, Finance, & Economics" is one value.
_CONJUNCTION = lazy_pattern(r"(?:&|and|und|y|et|e|og|och|en)\s+\S", re.IGNORECASE)
_SEPARATORS = lazy_pattern(r"[,;،、，；]")
_LINES = lazy_pattern(r"\s*[\n|]\s*")

_CAMEL = lazy_pattern(r"[A-Za-z]*[a-z][A-Z][A-Za-z]{2,}[a-z]")
_CODE = lazy_pattern(r"(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9]{4,}|[A-Z]{2,}[-_:]\S+|[A-Z]{3}|\d+\W?\d*")
_SLUG = lazy_pattern(r"[^\W_]+(?:[-_/][^\W_]+)+")
_LABELLED = lazy_pattern(r"[\w .-]{2,30}[:=]\s*\S")
_SENTENCE = lazy_pattern(r"\S+\s+.*[.?!]$|.*[?!]$")
# Words for any news, not for a topic, by language.
_GENERIC_WORDS = (
    "news|breaking news|latest news|top news|headlines|news today|newspaper|online|web|internal|story|stories"
    "|featured|general|other|misc|home|homepage|latest|live|magazine|article|articles|world news|local news"
    "|us news|report|updates|live updates|today|main|national|free|premium|subscriber only|video|photo|photos"
    "|gallery|image|media|content|wire|newsletter|curated|staff|apple news|news alert|editors pick"
    "|top stories|trending|exclude|include",
    "nachrichten|aktuell|aktuelles|news aktuell|zeitung|schlagzeilen|tageszeitung|meldungen|artikel|bericht",
    "actualité|actualités|actu|infos|information|journal|dernières nouvelles",
    "noticias|última hora|actualidad|periódico|diario|noticia",
    "notícias|notícia|últimas notícias|jornal",
    "notizie|cronaca|ultime notizie|giornale|attualità",
    "nieuws|laatste nieuws|krant",
    "nyheter|nyheder|senaste nytt|siste nytt|avis|tidning",
    "uutiset",
    "wiadomości|aktualności|informacje",
    "zprávy|správy|aktuality",
    "hírek",
    "știri|stiri",
    "vijesti|vesti",
    "новости|последние новости|сегодня|новини",
    "νέα|ειδήσεις",
    "haber|haberler|son dakika|son dakika haber|gazete|güncel haberler",
    "أخبار|اخبار|عاجل",
    "اخبار|خبر",
    "חדשות",
    "समाचार|न्यूज़|ताजा खबर|ब्रेकिंग न्यूज़|hindi news|खबर",
    "খবর|সংবাদ",
    "新闻|新聞|最新消息|资讯|即時|速報|ニュース|最新ニュース",
    "뉴스|속보|신문",
    "tin tức|tin mới|báo|tin nhanh",
    "berita|berita terkini|berita hari ini|kabar",
    "ข่าว|ข่าววันนี้",
)


@cache
def _generic() -> frozenset[str]:
    return frozenset(name_key(word) for words in _GENERIC_WORDS for word in words.split("|"))


class TagList(NamedTuple):
    """The values of one list, and where it comes from."""

    source: str
    values: Mapping[str, str]  # cleaned values by their `name_key`
    dropped: int = 0  # identifiers and internal values that were dropped
    features: Mapping[str, float] = {}


class TagContext(NamedTuple):
    """What the values are compared with."""

    title: str | None
    description: str | None
    sections: tuple[str, ...]
    url: str | None
    text: str  # the text of the article in lower case; empty if unknown


class ShownList(NamedTuple):
    """Links that stand together on the page, and what tells whether they are the tags of the article."""

    source: str
    values: tuple[str, ...]
    place: Mapping[str, float]  # features of its place and its shape
    read_addresses: Callable[[], Mapping[str, float]]  # returns those of its addresses, which take longer


class ShownTags(NamedTuple):
    """The lists of a page that may be tags, and the text of its article in lower case, as far as it is found."""

    lists: tuple[ShownList, ...]
    text: str


class TagEvidence(NamedTuple):
    """What the tags of a page are judged by."""

    declared: tuple[TagList, ...]
    shown: tuple[ShownList, ...]
    context: TagContext
    not_tags: tuple[str, ...]  # the names of the site and of the authors


class JudgedTag(NamedTuple):
    """A value with its probability and the sources that name it."""

    value: str
    probability: float
    sources: tuple[str, ...]


# --- From values to tags ----------------------------------------------------------------------------------------------


def split_values(value: Any) -> list[str]:
    """Return the values of a list or of a string with separators, each on one line.

    Commas separate the values of a string, but not those within an item of a list of several; semicolons, vertical bars
    and line feeds separate everywhere. A string of Chinese or Japanese words without separators is split at its blanks.
    """
    items = (value if isinstance(value, list) else [value])[:MAX_ITEMS]
    lines = []
    for item in items:
        separated = _LINES.sub(";", item) if isinstance(item, str) and ("\n" in item or "|" in item) else item
        if line := text(separated):
            lines.append(line)
    # An item with a comma among items without one is a value that contains a comma.
    has_whole_items = len(lines) > 1 and sum(_SEPARATORS.search(line) is None for line in lines) * 2 > len(lines)
    values: list[str] = []
    for line in lines:
        strong = [part.strip() for part in line.split(";")] if ";" in line else [line]
        for part in strong:
            values += [part] if has_whole_items or (";" in line and len(strong) > 2) else _split_at_commas(part)
    return [value for value in values if value]


def _split_at_commas(line: str) -> list[str]:
    pieces = [piece.strip() for piece in _SEPARATORS.split(line)]
    if len(pieces) == 1:
        words = line.split()
        if len(words) > 1 and 2 * sum(map(_has_han_or_kana, words)) > len(words):
            return words
        return [line]
    values: list[str] = []
    for piece in pieces:
        if len(values) > 1 and _CONJUNCTION.match(piece):
            values[-2:] = [f"{values[-2]}, {values[-1]}, {piece}"]
        else:
            values.append(piece)
    return values


def clean_tag(item: str) -> str | None:
    """Return a value without its label, its path and its counter; `None` for identifiers and internal values."""
    tag = _LABEL.sub("", item, count=1) if ":" in item else item
    tag = _PATH.sub("", tag, count=1) if "/" in tag else tag
    tag = _COUNTER.sub("", tag) if "(" in tag else tag
    tag = tag.strip(" .#-–•\"'“”")
    if not 1 < len(tag) <= MAX_TAG or _IDENTIFIER.fullmatch(tag) or _INTERNAL.fullmatch(item):
        return None
    return tag


def tag_list(source: str, value: Any, *, not_tags: Iterable[str]) -> TagList:
    """Return the tags of a list, without identifiers, internal values and `not_tags`: the site and the authors."""
    excluded = {name_key(name) for name in not_tags}
    tags: dict[str, str] = {}
    dropped = 0
    for item in split_values(value):
        tag = clean_tag(item)
        dropped += tag is None
        key = name_key(tag) if tag else ""
        if tag and key and key not in tags and key not in excluded and not _begins_one_of(excluded, key):
            tags[key] = tag
    return TagList(source, tags, dropped)


def _begins_one_of(names: Iterable[str], key: str) -> bool:
    """Whether a value begins one of the names, which is written without blanks."""
    return len(key) > 2 and _has_han_or_kana(key[:1]) and any(name.startswith(key) for name in names)


def _has_han_or_kana(text: str) -> bool:
    return not text.isascii() and one_of(HAN + KANA).search(text) is not None


# --- Lists ------------------------------------------------------------------------------------------------------------

_DECLARED = {
    "meta article:tag": "article_tag",
    "json-ld keywords": "json_ld",
    "meta news_keywords": "news_keywords",
    "meta keywords": "keywords",
}
# What a shown list must have to be evidence for declared ones before any list is judged.
_MARKS = ("label", "named", "rel", "path")


# The share of values that are taken for supported if the article's text is not known.
_UNKNOWN_SUPPORT = 0.5


def lists_of(evidence: TagEvidence, *, least: float = 0.0) -> list[TagList]:
    """Return the lists of a page with the features of each, the declared ones first.

    Declared lists of the same values are one: they come from the same field of the content management system. Shown
    lists that cannot reach the probability `least` are left out. Most are menus, for which a few features suffice.
    """
    context = evidence.context
    words = f"{context.title or ''} {context.text}".casefold()
    address = _address_words(context.url)
    declared: dict[frozenset[str], list[TagList]] = {}
    for tags in evidence.declared:
        declared.setdefault(frozenset(tags.values), []).append(tags)
    known = frozenset(key for keys in declared for key in keys)
    shown = list(_shown_lists(evidence, known, words, least))
    marked = {key for tags, is_evidence in shown if is_evidence for key in tags.values}
    shares = {keys: len(marked & keys) / len(keys) for keys in declared}
    result = []
    for keys, same in declared.items():
        others = {key for other in declared if other != keys for key in other}
        features = {_DECLARED.get(tags.source, "other_declared"): 1.0 for tags in same}
        features |= {
            "in_marked": shares[keys],
            "others_marked": max(0.0, max(shares.values()) - shares[keys]),
            "unmarked": float(bool(marked)) * (1 - shares[keys]),
            "alone": float(len(declared) == 1),
            "in_others": len(others & keys) / len(keys),
            "from_address": _share_from_address(same[0], address),
            "supported_declared": _support(same[0], words, context),
            "dropped": same[0].dropped / (len(keys) + same[0].dropped),
            "long_list": float(len(keys) > _LONG_LIST),
            "generic": len(_generic() & keys) / len(keys),
        }
        result.append(same[0]._replace(features=features))
    return result + [tags for tags, _ in shown]


def _shown_lists(
    evidence: TagEvidence, known: frozenset[str], words: str, least: float
) -> Iterator[tuple[TagList, bool]]:
    """Yield the lists that the page shows, each with whether it is evidence for declared ones.

    `known` are the values of the declared lists, and `words` is the text in which tags are looked up.
    """
    for shown in evidence.shown:
        is_apart = bool(shown.place["apart"])
        features = {**shown.place, "shown": 1.0, "declared": 0.0, "supported": 0.0}
        if is_apart and not _can_reach(least, features):
            continue
        tags = tag_list(shown.source, list(shown.values), not_tags=evidence.not_tags)
        if not tags.values:
            continue
        if not is_apart:
            features["declared"] = len(known & tags.values.keys()) / len(tags.values)
            features["supported"] = _support(tags, words, evidence.context)
        is_evidence = not is_apart and (features["declared"] == 1 or any(features[mark] for mark in _MARKS))
        if is_evidence or _can_reach(least, features):
            features["generic"] = len(_generic() & tags.values.keys()) / len(tags.values)
            yield tags._replace(features={**features, **shown.read_addresses()}), is_evidence


def _can_reach(least: float, features: Mapping[str, float]) -> bool:
    """Whether a shown list can have the probability `least`, by its features but those that only count against it.

    Those are "generic" and the features of its addresses: `training.tags` gives them no weight above 0.
    """
    return not least or model_probability(_weights()["list"], features) >= least


def _support(tags: TagList, words: str, context: TagContext) -> float:
    """Return the share of values that the title or the text holds; a usual one if the text is not known."""
    if not context.text:
        return _UNKNOWN_SUPPORT
    return sum(value.casefold() in words for value in tags.values.values()) / len(tags.values)


# --- Values -----------------------------------------------------------------------------------------------------------


def value_features(
    lists: Sequence[TagList], chances: Sequence[float], context: TagContext
) -> dict[str, dict[str, float]]:
    """Return the features of each value, by its `name_key`. `chances` are the probabilities of the lists."""
    words = f"{context.title or ''} {context.text}".casefold()
    title, description = (context.title or "").casefold(), (context.description or "").casefold()
    sections = {name_key(section) for section in context.sections}
    path = urlsplit(context.url).path[:1000] if context.url else ""
    directories = {name_key(unquote(part)) for part in path.split("/")[:-1]} - {""}
    generic = _generic()
    support = [{key for key, value in tags.values.items() if value.casefold() in words} for tags in lists]
    result: dict[str, dict[str, float]] = {}
    for key in dict.fromkeys(key for tags in lists for key in tags.values):
        named_by = sorted((i for i, tags in enumerate(lists) if key in tags.values), key=lambda i: -chances[i])
        best = named_by[0]
        value = lists[best].values[key]
        is_supported = any(key in support[i] for i in named_by)
        # A list elsewhere on the page says nothing against the values that it lacks.
        lacking = [chances[i] for i, tags in enumerate(lists) if i not in named_by and not tags.features.get("apart")]
        odds = log(max(chances[best], 0.01) / max(1 - chances[best], 0.01))
        is_declared = any("shown" not in lists[i].features for i in named_by)
        result[key] = {
            "best": odds,
            "second": min(2.0, sum(chances[i] for i in named_by[1:])),
            "lacking": max(lacking, default=0.0),
            "shown_only": float(not is_declared),
            "in_title": float(value.casefold() in title),
            "in_description": float(value.casefold() in description),
            "in_text": float(is_supported) if context.text else _UNKNOWN_SUPPORT,
            "lacking_section": max(lacking, default=0.0) * (key in sections or key in directories),
            "generic": float(key in generic),
            "generic_part": float(key not in generic and any(name_key(word) in generic for word in value.split())),
            # Names such as "YouTube", "NATO" and "Sea: the film" are in the text.
            "camel": float(not is_supported and _CAMEL.fullmatch(value) is not None),
            "code": float(not is_supported and _CODE.fullmatch(value) is not None),
            "slug": float(_SLUG.fullmatch(value) is not None and value == value.lower()),
            "labelled": float(not is_supported and _LABELLED.match(value) is not None),
            "sentence": float(_SENTENCE.match(value) is not None or value.count(" ") > 5),
        }
    return result


def judge_tags(evidence: TagEvidence) -> list[JudgedTag]:
    """Return all values of the lists with their probabilities, those of the best list first."""
    models = _weights()
    lists = lists_of(evidence, least=MIN_LIST_PROBABILITY)
    chances = [model_probability(models["list"], tags.features) for tags in lists]
    usable = [i for i, chance in enumerate(chances) if chance >= MIN_LIST_PROBABILITY]
    lists, chances = [lists[i] for i in usable], [chances[i] for i in usable]
    features = value_features(lists, chances, evidence.context)
    judged = {key: model_probability(models["value"], own) for key, own in features.items()}
    kept = {key for key, chance in judged.items() if chance >= MIN_TAG_PROBABILITY}
    # The list with the most values that are kept gives them their order; the others add to it.
    ranked = sorted(lists, key=lambda tags: -len(kept & tags.values.keys()))
    result: dict[str, JudgedTag] = {}
    for tags in ranked:
        for key, value in tags.values.items():
            sources = tuple(dict.fromkeys(other.source for other in ranked if key in other.values))
            result.setdefault(key, JudgedTag(value, judged[key], sources))
    return list(result.values())


def _address_words(url: str | None) -> frozenset[str]:
    if not url:
        return frozenset()
    path = unquote(urlsplit(url).path[:1000])
    return frozenset(word for word in re.split(r"[\W_]+", path.casefold()) if len(word) >= _MIN_ADDRESS_WORD)


def _share_from_address(tags: TagList, address: frozenset[str]) -> float:
    """Return how far a list consists of single words of the page's address, 0 to 1; 0 for lists of less than three."""
    if len(tags.values) < 3:
        return 0.0
    share = sum(value.casefold() in address for value in tags.values.values()) / len(tags.values)
    return max(0.0, share - _USUAL_SHARE) / (1 - _USUAL_SHARE)


def model_probability(model: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return the probability, 0 to 1, by a model of `_weights`. A feature without a weight has no effect."""
    odds = model["bias"] + sum(model.get(name, 0.0) * value for name, value in features.items() if value)
    return probability(odds)


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of both models by the names of their features, with that of "bias"."""
    stored: dict[str, dict[str, float]] = json.loads(Path(__file__).with_name("tags.json").read_text(encoding="utf-8"))
    return stored
