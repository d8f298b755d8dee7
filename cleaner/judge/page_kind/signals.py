"""Signals of a page's kind: in its head, data and URL, in the words of its labels, in the layout of its text.

The value of a signal is a number, 0 if the page does not show it. `SIGNALS` describes each signal and says which kinds
it is evidence for. `training` learns the weights, and no weight may have the opposite sign: this keeps chance in a few
hundred pages from becoming a weight.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import log1p
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from cleaner.blocks.stats import MAX_LINK_DENSITY, holders
from cleaner.caching import cached_by_text
from cleaner.models import NO_ELEMENT, Block, Document, Element, Kind, Metadata, PageKind, Verdict
from cleaner.page.embedded import article_node, typed_elements, types
from cleaner.patterns import lazy_pattern
from cleaner.text.measures import weighted_length
from cleaner.text.sentences import is_finished

LISTING, SHOP, FORUM = frozenset({PageKind.LISTING}), frozenset({PageKind.SHOP}), frozenset({PageKind.FORUM})
ARTICLE: frozenset[PageKind] = frozenset()


class Signal(NamedTuple):
    """The description of a signal."""

    words: str  # for people: what the page shows; for a signal of articles, what it lacks
    speaks_for: frozenset[PageKind]  # the kinds; empty for a signal of articles, which is evidence against every kind


SIGNALS = {
    # The page's head, data and URL.
    "dated": Signal("no date", ARTICLE),
    "signed": Signal("no author", ARTICLE),
    "says_article": Signal("no structured data of an article", ARTICLE),
    "og_article": Signal("no og:type of an article", ARTICLE),
    "path_slug": Signal("no URL with a headline in it", ARTICLE),
    "path_dated": Signal("no URL with a date in it", ARTICLE),
    "says_list": Signal("structured data of a list", LISTING | SHOP),
    "says_product": Signal("metadata of a product", SHOP),
    "says_forum": Signal("structured data of a discussion", FORUM),
    "path_front": Signal("the URL of a front page", LISTING | SHOP),
    "path_list": Signal("the URL of a list", LISTING | SHOP),
    "path_shop": Signal("the URL of a product", SHOP),
    "path_forum": Signal("the URL of a discussion", FORUM),
    # The names of its elements.
    "article_names": Signal("few element names of articles", ARTICLE),
    "list_names": Signal("element names of lists", LISTING | SHOP),
    "shop_names": Signal("element names of products", SHOP),
    "forum_names": Signal("element names of discussions", FORUM),
    # The words of its short lines.
    "prices": Signal("prices", SHOP),
    "buying": Signal("words of a shop such as “add to cart”", SHOP),
    "sorting": Signal("words for sorting and filtering", LISTING | SHOP),
    "posting": Signal("words of a discussion such as “replies”", FORUM),
    "dates": Signal("many dates", LISTING | FORUM),
    # Its layout, and what the judge keeps.
    "controls": Signal("many form controls", SHOP),
    "kept": Signal("little text", ARTICLE),
    "kept_share": Signal("a small share of text", ARTICLE),
    "headings": Signal("few headings in the text", ARTICLE),
    "longest": Signal("little text in one piece", ARTICLE),
    "longest_share": Signal("text in many pieces", ARTICLE),
    "together": Signal("text in many elements", ARTICLE),
    "teasers": Signal("many linked headlines", LISTING),
    "teased": Signal("short texts under linked headlines", LISTING),
    "outnumbered": Signal("many linked headlines for its amount of text", LISTING),
    "cards": Signal("a row of similar cards", LISTING | SHOP),
    "cards_share": Signal("much of its text in cards", LISTING | SHOP),
}

# Blocks of less than this weighted length are labels, prices or buttons; in longer ones the words below are prose.
MAX_LABEL_LENGTH = 60
# A linked line of a weighted length in this range may be the headline of another page or the name of a product.
MIN_TEASER_LENGTH, MAX_TEASER_LENGTH = 20, 150
# The text after a linked headline is a teaser if it has less than this weighted length.
MAX_TEASED_LENGTH = 400
# Teasers count in full from this many on; fewer count in proportion.
MIN_TEASERS = 8
# At least this many sibling elements with the same tag, each with a linked headline, are cards.
MIN_CARDS = 4
# More removed blocks than this between two kept ones end a run of text.
MAX_BREAK = 3
# Dates are counted per block, as if a page had at least this many blocks: one date on a short page is not many.
MAX_FEW_BLOCKS = 20
# The weighted length of text that balances one linked headline.
TEXT_OF_HEADLINE = 400
# The most values that are read, and characters of each: pages of products describe thousands.
MAX_ITEMS, MAX_VALUE_LENGTH = 300, 200

_TYPES = {
    "says_product": lazy_pattern(r"(?:Individual|Some)?Products?(?:Group|Model)?"),
    "says_list": lazy_pattern(r"ItemList|CollectionPage|SearchResultsPage|OfferCatalog"),
    "says_forum": lazy_pattern(r"DiscussionForumPosting|QAPage"),
}
_ARTICLE_ITEM = lazy_pattern(r"\w*Article|BlogPosting")
_OG = {"article": "og_article", "product": "says_product"}
_DATE = lazy_pattern(r"\b(?:19|20)\d\d\b|\b\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago\b")
_PRICE = lazy_pattern(
    r"(?:[$€£¥₹₽₴₺₩]|\b(?:usd|eur|gbp|chf|rs\.?|kr|zł)) ?\d[\d.,]*"
    r"|\b\d[\d.,]* ?(?:[€£₽₴₺₩円元]|(?:kr|zł|usd|eur|chf|руб)\b)"
)
_DIGIT = lazy_pattern(r"\d")


class LabelWords(NamedTuple):
    """Words that are counted in labels.

    Every match of `pattern` contains one of the strings `one_of`, in lower case. Most pages contain none of them.
    """

    pattern: re.Pattern[str]
    one_of: tuple[str, ...]

    def count(self, labels: str) -> int:
        """Return how often the words occur in `labels`, which must be in lower case."""
        # Searching for all of the strings takes a fifth of the time that the pattern takes.
        return len(self.pattern.findall(labels)) if any(map(labels.__contains__, self.one_of)) else 0


WORDS = {
    "buying": LabelWords(
        lazy_pattern(
            r"add to (?:cart|bag|basket|trolley)|buy now|\bin stock\b|out of stock|sold out|free (?:shipping|delivery)"
            r"|choose options|select options|quick (?:view|shop|buy)|\bsku\b|in den (?:warenkorb|einkaufswagen)"
            r"|ajouter au panier|en stock|añadir (?:al carrito|a la cesta)|adicionar ao carrinho|aggiungi al carrello"
            r"|in (?:winkelwagen|winkelmand)|do koszyka|в корзину|sepete ekle|カートに入れる|加入购物车|加入購物車"
            r"|أضف إلى السلة|장바구니"
        ),
        (
            *("add to ", "buy now", " stock", "sold out", "free ", " options", "quick ", "sku", "in den ", "au panier"),
            *("añadir a", "ao carrinho", "al carrello", "in winkel", "do koszyka", "в корзину", "sepete ekle"),
            *("カートに入れる", "加入购物车", "加入購物車", "أضف إلى السلة", "장바구니"),
        ),
    ),
    "sorting": LabelWords(
        lazy_pattern(
            # One word boundary before all alternatives that need one: one in each takes four times as long.
            r"\b(?:sort(?:ed)? by\b|filters?\b|refine\b|\d+ (?:results|items|products)\b|showing \d|per page\b"
            r"|load more\b|view all\b|compare\b|trier par\b)"
            r"|sortieren|ordenar por|ordina per|sorteren|sortuj|сортировать|並び替え|排序"
        ),
        (
            *("sort", "filter", "refine", "results", "items", "products", "showing ", "per page", "load more"),
            *("view all", "compare", "trier par", "ordenar por", "ordina per", "сортировать", "並び替え", "排序"),
        ),
    ),
    "posting": LabelWords(
        lazy_pattern(
            r"\b(?:joined|registered|posts|messages|reaction score|trophy points|member since)\b"
            r"|\b(?:replies|upvote|asked|answered|best answer|thread starter|original poster|\d+ likes?\b|#\d{1,3}$)"
            r"|click to expand|\bsaid:|mitglied seit|beiträge|inscrit|respuestas|messaggi|berichten|сообщени[йя]",
            re.MULTILINE,
        ),
        (
            *("joined", "registered", "posts", "messages", "reaction score", "trophy points", "member since"),
            *("replies", "upvote", "asked", "answer", "thread starter", "original poster", " like", "#"),
            *("click to expand", "said:", "mitglied seit", "beiträge", "inscrit", "respuestas", "messaggi"),
            *("berichten", "сообщени"),
        ),
    ),
}
_NAMES = {
    "shop_names": lazy_pattern(r"product|price|cart\b|basket|swatch|sku"),
    "list_names": lazy_pattern(r"listing|archive|category|facet|filter|pagination|results|search|collection|grid|card"),
    "forum_names": lazy_pattern(r"forum|thread|topic|answer|repl(?:y|ies)|message|question|post-?stream|vote"),
    "article_names": lazy_pattern(r"article|single|story|entry|byline|author|post-content"),
}
# Most names match none of the patterns; this one decides that faster.
_ANY_NAME = lazy_pattern("|".join(pattern.pattern for pattern in _NAMES.values()))
NO_MATCHES = (0,) * len(_NAMES)
_PATHS = {
    "path_list": lazy_pattern(
        r"/(?:tags?|topics?|categor(?:y|ies|ia)|collections?|c|cat|genre|browse|search|s|w|archives?|authors?|page|lists?"
        r"|charts?|catalogs?|product-category|thema|themen|rubrik|seccion|section|kategorie|kategoria)(?:/|$)"
    ),
    "path_shop": lazy_pattern(
        r"/(?:products?|p|dp|itm|items?|shop|store|app|buy|product-category|produkt|produit|producto|prodotto)(?:/|$)"
    ),
    "path_forum": lazy_pattern(
        r"/(?:t|d|threads?|topics?|forums?|questions?|q|comments|discussions?|viewtopic|showthread)(?:[/.]|$)"
        r"|^(?:forums?|community|communities|discuss|discussion|boards?|answers)\."
    ),
    "path_front": lazy_pattern(r"^[^/]*/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?|index\.\w+|home/?)?$"),
    "path_dated": lazy_pattern(r"/(?:19|20)\d\d[/-]?\d{1,2}(?:[/-]|$)|\d{6,}"),
}
# A headline in a URL: four words or more, joined by dashes or underscores. It begins at the start of a word and cannot
# backtrack (possessive quantifiers), so its time is linear in the length of the URL.
_SLUG = lazy_pattern(r"(?<![a-z0-9])[a-z0-9]++(?:[-_][a-z0-9]++){3}")


class PageSignals(NamedTuple):
    """The signals in a page's tree and URL. They are read before the second opinion, for which the tree is pruned."""

    values: Mapping[str, float]  # by the name of the signal
    titles: tuple[str, ...]  # the <title> and the title in the metadata
    has_password_field: bool
    needs_script: bool = False  # whether it says that it needs JavaScript, or is an empty container for its output

    @property
    def is_declared(self) -> bool:
        """Whether the page says that it is an article."""
        return bool(self.values["says_article"] or self.values["og_article"])


def read_signals(
    root: etree._Element,
    nodes: Sequence[dict[str, Any]],
    metadata: Metadata,
    *,
    url: str | None,
    typed: Sequence[etree._Element] | None = None,
) -> PageSignals:
    """Return the signals of a page's head, data, URL and forms. The tree is not changed.

    `nodes` are those of its JSON-LD (JSON objects). `url` is the page's URL, `None` if unknown. `typed` is the result
    of `page.embedded.typed_elements`, which is called if it is `None`.
    """
    values = dict.fromkeys((*_TYPES, *_OG.values()), 0.0)
    titles = [metadata.title] if metadata.title else []
    controls, has_password_field = 0, False
    for element in root.iter("meta", "title", "input", "button", "select"):
        tag = element.tag
        if tag == "meta":
            if element.get("property") == "og:type":
                name = (element.get("content") or "").strip().lower().removeprefix("og:").partition(".")[0]
                if name in _OG:
                    values[_OG[name]] = 1.0
        elif tag == "title":
            titles += [element.text] if element.text else []
        elif tag != "input" or element.get("type") in ("checkbox", "radio", "number"):
            controls += 1
        elif element.get("type") == "password":
            has_password_field = True
    items = list(_item_types(typed_elements(root) if typed is None else typed))
    all_types = [name for node in nodes for name in types(node)] + items
    for signal, pattern in _TYPES.items():
        values[signal] = max(values[signal], float(any(map(pattern.fullmatch, all_types))))
    # Several articles are the cards of a list.
    one_item = sum(_ARTICLE_ITEM.fullmatch(name) is not None for name in items) == 1
    values["says_article"] = float(one_item or article_node(nodes) is not None)
    values["controls"] = log1p(controls)
    values["dated"] = float(metadata.published is not None)
    values["signed"] = float(bool(metadata.authors or metadata.organization))
    return PageSignals(values | _url_values(url), tuple(titles), has_password_field, _needs_script(root))


# The ids of the elements into which scripts render a page: React, Vue, Next, Nuxt, Gatsby, Angular, Svelte, Quasar.
_MOUNT_IDS = frozenset("root app __next __nuxt ___gatsby app-root svelte q-app react-root main-app".split())
_BARE_IDS = etree.XPath("/html/body/*[not(*) and not(normalize-space())]/@id")


def _needs_script(root: etree._Element) -> bool:
    noscript_texts = ("".join(map(str, element.itertext()))[:MAX_VALUE_LENGTH] for element in root.iter("noscript"))
    bare_ids: Any = _BARE_IDS(root)  # lxml has no narrower type for the result of an XPath
    if any("javascript" in text.lower() for text in noscript_texts):
        return True
    return any(str(name).lower() in _MOUNT_IDS for name in bare_ids)


def _item_types(typed: Sequence[etree._Element]) -> Iterator[str]:
    """Yield the names of the microdata types of elements, without their namespace."""
    attributes = [value for thing in typed if (value := thing.get("itemtype")) is not None]
    for attribute in attributes[:MAX_ITEMS]:
        yield from (name.rstrip("/").rpartition("/")[2] for name in attribute[:MAX_VALUE_LENGTH].split())


def _url_values(url: str | None) -> dict[str, float]:
    """Return the values of the signals in a URL; all are 0 if it is unknown, which counts neither way."""
    if not url:
        return dict.fromkeys((*_PATHS, "path_slug"), 0.0)
    parts = urlsplit(url)
    host_and_path = f"{(parts.hostname or '').removeprefix('www.')}{parts.path}".lower()
    values = {signal: float(pattern.search(host_and_path) is not None) for signal, pattern in _PATHS.items()}
    last = host_and_path.removesuffix("/").partition("/")[2].rpartition("/")[2]
    return values | {
        "path_front": values["path_front"] * (not parts.query),  # "/?p=7" is not a front page
        "path_slug": 1.0 if _SLUG.search(last) else -1.0,
    }


def layout(document: Document, verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Return the values of the signals in a page's blocks and the verdicts on them."""
    blocks, elements = document.blocks, document.elements
    sizes = [weighted_length(block.text) for block in blocks]
    labels = "\n".join(b.text for b, size in zip(blocks, sizes, strict=True) if size < MAX_LABEL_LENGTH).lower()
    numbered = "\n".join([line for line in labels.split("\n") if _DIGIT.search(line)])
    names = _count_names(elements)
    runs = LayoutRuns.of(document, verdicts, sizes)
    # Blocks that rules remove are not counted: they are on every page of a site.
    free = [size if verdict.rule is None else 0 for size, verdict in zip(sizes, verdicts, strict=True)]
    cards, in_cards = _cards(document, runs.teasers, free)
    kept = max(1, runs.kept)
    values = {
        "kept": log1p(runs.kept),
        "kept_share": runs.kept / max(1, sum(sizes)),
        "headings": log1p(runs.headings),
        "longest": log1p(runs.longest),
        "longest_share": runs.longest / kept,
        "together": runs.together / kept,
        "teasers": log1p(len(runs.teasers)),
        "teased": runs.teased / kept * min(1.0, runs.times / MIN_TEASERS),
        "outnumbered": log1p(len(runs.teasers)) - log1p(runs.longest / TEXT_OF_HEADLINE),
        "cards": log1p(cards),
        "cards_share": in_cards / max(1, sum(free)),
        "prices": log1p(len(_PRICE.findall(numbered))),
        "dates": len(_DATE.findall(numbered)) / max(MAX_FEW_BLOCKS, len(blocks)),
    }
    values |= {signal: log1p(words.count(labels)) for signal, words in WORDS.items()}
    values |= {signal: log1p(count) for signal, count in zip(_NAMES, names, strict=True)}
    return values


def _count_names(elements: Sequence[Element]) -> list[int]:
    """Return how often each of `_NAMES` matches in the names of elements."""
    # Elements share most of their names, also with those of other pages: each name is searched once.
    counts = Counter(chain.from_iterable(element.tokens for element in elements))
    matches = [(times, each) for token, times in counts.items() if (each := _matches(token)) is not NO_MATCHES]
    return [sum(times * each[number] for times, each in matches) for number in range(len(_NAMES))]


@cached_by_text(16_384)
def _matches(token: str) -> tuple[int, ...]:
    """Return how often each of `_NAMES` matches in a token."""
    if not _ANY_NAME.search(token):
        return NO_MATCHES
    return tuple(len(pattern.findall(token)) for pattern in _NAMES.values())


class LayoutRuns(NamedTuple):
    """How the kept text is distributed among linked headlines. Texts are measured by their weighted length."""

    kept: int
    headings: int  # the number of kept headings that are not links
    longest: int  # the longest run of kept text, without a linked heading or many removed blocks in it
    together: int  # the most kept text that one element is the parent of
    teasers: tuple[int, ...]  # places of linked headlines
    teased: int  # the kept text in short runs after a linked headline
    times: int  # the number of such runs

    @classmethod
    def of(cls, document: Document, verdicts: Sequence[Verdict], sizes: Sequence[int]) -> LayoutRuns:
        """Return the runs of a document; `sizes` are the weighted lengths of its blocks."""
        kept = headings = longest = teased = times = run = 0
        after_headline = removed = 0  # text since the last linked headline, removed blocks since the last kept one
        teasers: list[int] = []
        of_parent: dict[int, int] = {}
        for block, verdict, size in zip(document.blocks, verdicts, sizes, strict=True):
            if verdict.rule is None and _is_teaser(block, size):
                if teasers and 0 < after_headline < MAX_TEASED_LENGTH:
                    teased, times = teased + after_headline, times + 1
                teasers.append(block.place)
                after_headline = 0
            elif verdict.reason is None:
                after_headline += size
            if block.kind is Kind.HEADING and block.linked > MAX_LINK_DENSITY:
                run = 0
            if verdict.reason is not None:
                removed += 1
                run = 0 if removed > MAX_BREAK else run
                continue
            kept += size
            headings += block.kind is Kind.HEADING and block.linked <= MAX_LINK_DENSITY
            parent = document.elements[block.element].parent if block.element != NO_ELEMENT else NO_ELEMENT
            of_parent[parent] = of_parent.get(parent, 0) + size
            run, removed = run + size, 0
            longest = max(longest, run)
        if teasers and 0 < after_headline < MAX_TEASED_LENGTH:
            teased, times = teased + after_headline, times + 1
        return cls(kept, headings, longest, max(of_parent.values(), default=0), tuple(teasers), teased, times)


def _is_teaser(block: Block, size: int) -> bool:
    """Whether a block is a linked headline: a linked line, or a link with more words that are not a sentence."""
    if not block.links or not MIN_TEASER_LENGTH <= size <= MAX_TEASER_LENGTH:
        return False
    return block.linked > MAX_LINK_DENSITY or (block.links[0][0] == 0 and not is_finished(block.text))


def _cards(document: Document, teasers: Sequence[int], sizes: Sequence[int]) -> tuple[int, int]:
    """Return the number of cards and the length of their text, for the group of sibling elements with the most text.

    `teasers` are the places of linked headlines, and `sizes` the lengths of all blocks.
    """
    elements = document.elements
    groups: dict[tuple[int, str], list[int]] = {}
    for index in holders(document, teasers):
        groups.setdefault((elements[index].parent, elements[index].tag), []).append(index)
    rows_of_cards = [
        (sum(sum(sizes[elements[index].first : elements[index].last]) for index in members), len(members))
        for members in groups.values()
        if len(members) >= MIN_CARDS
    ]
    length, count = max(rows_of_cards, default=(0, 0))
    return count, length
