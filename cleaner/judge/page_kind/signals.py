"""What a page shows of its kind: in its head and address, in the words of its labels, in how its text is laid out.

A sign is a number, 0 where nothing is seen. `SIGNALS` names each in words and says what it may speak for; `training`
learns how loudly, and never to the contrary: so what is chance in a few hundred pages weighs nothing.
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

from cleaner.blocks.stats import MAX_LINK_DENSITY, NO_ELEMENT, holders
from cleaner.caching import cached_by_text
from cleaner.models import Block, Document, Element, Kind, Metadata, PageKind, Verdict
from cleaner.page.embedded import article_node, typed, types
from cleaner.text.measures import weighted_length
from cleaner.text.sentences import is_finished

LISTING, SHOP, FORUM = frozenset({PageKind.LISTING}), frozenset({PageKind.SHOP}), frozenset({PageKind.FORUM})
ARTICLE: frozenset[PageKind] = frozenset()


class Signal(NamedTuple):
    """What a number means to people."""

    words: str  # what is found; of an article's signs, what is missing
    speaks_for: frozenset[PageKind]  # none for an article: then it speaks against every other kind


SIGNALS = {
    # Of the page's head and address.
    "dated": Signal("no date", ARTICLE),
    "signed": Signal("no author", ARTICLE),
    "says_article": Signal("its data names no article", ARTICLE),
    "og_article": Signal("its head names no article", ARTICLE),
    "path_slug": Signal("no headline seen in its address", ARTICLE),
    "path_dated": Signal("no date seen in its address", ARTICLE),
    "says_list": Signal("its data names a list", LISTING | SHOP),
    "says_product": Signal("its data names a product", SHOP),
    "says_forum": Signal("its data names a discussion", FORUM),
    "path_front": Signal("the address of a front page", LISTING | SHOP),
    "path_list": Signal("the address of a list", LISTING | SHOP),
    "path_shop": Signal("the address of a product", SHOP),
    "path_forum": Signal("the address of a discussion", FORUM),
    # Of the names of its elements.
    "article_names": Signal("few elements named for an article", ARTICLE),
    "list_names": Signal("elements named for a list", LISTING | SHOP),
    "shop_names": Signal("elements named for products", SHOP),
    "forum_names": Signal("elements named for a discussion", FORUM),
    # Of the words of its short lines.
    "prices": Signal("prices", SHOP),
    "buying": Signal("buy buttons", SHOP),
    "sorting": Signal("sorting and filters", LISTING | SHOP),
    "posting": Signal("the words of a discussion", FORUM),
    "dates": Signal("many dates", LISTING | FORUM),
    # Of its layout and of what the judge keeps.
    "controls": Signal("buttons and boxes to choose from", SHOP),
    "kept": Signal("little text", ARTICLE),
    "kept_share": Signal("little of it is text", ARTICLE),
    "headings": Signal("few headings in its text", ARTICLE),
    "longest": Signal("little text in one piece", ARTICLE),
    "longest_share": Signal("text in many pieces", ARTICLE),
    "together": Signal("text in many elements", ARTICLE),
    "teasers": Signal("many linked headlines", LISTING),
    "teased": Signal("short texts under linked headlines", LISTING),
    "outnumbered": Signal("more headlines than text", LISTING),
    "cards": Signal("a row of like cards", LISTING | SHOP),
    "cards_share": Signal("most of it in cards", LISTING | SHOP),
}

# In letters. Shorter blocks are labels, prices, buttons; in longer ones the words below are prose.
MAX_LABEL_LENGTH = 60
# A linked line within these bounds, in letters, may be the headline of another page or the name of what is for sale.
MIN_TEASER_LENGTH, MAX_TEASER_LENGTH = 20, 150
# Text that runs on for so many letters after a linked headline is no teaser.
MAX_TEASED_LENGTH = 400
# From so many linked headlines with text under them on, all of that text counts.
MIN_TEASERS = 8
# So many like elements beside each other, each with a linked headline, are cards.
MIN_CARDS = 4
# More blocks than this between two kept ones break a run of text.
MAX_BREAK = 3
# On a page of fewer blocks, one date is not many.
MAX_FEW_BLOCKS = 20
# Letters of text that weigh as much as one linked headline.
TEXT_OF_HEADLINE = 400
# Values looked at, and characters of each: pages of products describe thousands.
MAX_ITEMS, MAX_VALUE_LENGTH = 300, 200

_TYPES = {
    "says_product": re.compile(r"(?:Individual|Some)?Products?(?:Group|Model)?"),
    "says_list": re.compile(r"ItemList|CollectionPage|SearchResultsPage|OfferCatalog"),
    "says_forum": re.compile(r"DiscussionForumPosting|QAPage"),
}
_ARTICLE_ITEM = re.compile(r"\w*Article|BlogPosting")
_OG = {"article": "og_article", "product": "says_product"}
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago\b")
_PRICE = re.compile(
    r"(?:[$€£¥₹₽₴₺₩]|\b(?:usd|eur|gbp|chf|rs\.?|kr|zł)) ?\d[\d.,]*"
    r"|\b\d[\d.,]* ?(?:[€£₽₴₺₩円元]|(?:kr|zł|usd|eur|chf|руб)\b)"
)
_DIGIT = re.compile(r"\d")


class LabelWords(NamedTuple):
    """What is counted in labels, and strings of which they hold one where it is found: most hold none."""

    pattern: re.Pattern[str]
    one_of: tuple[str, ...]

    def count(self, labels: str) -> int:
        # A look for all of these strings takes a fifth of the time of one for the pattern.
        return len(self.pattern.findall(labels)) if any(map(labels.__contains__, self.one_of)) else 0


WORDS = {
    "buying": LabelWords(
        re.compile(
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
        re.compile(
            # One word edge before all that need one: asked in each alternative, it takes four times as long.
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
        re.compile(
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
    "shop_names": re.compile(r"product|price|cart\b|basket|swatch|sku"),
    "list_names": re.compile(r"listing|archive|category|facet|filter|pagination|results|search|collection|grid|card"),
    "forum_names": re.compile(r"forum|thread|topic|answer|repl(?:y|ies)|message|question|post-?stream|vote"),
    "article_names": re.compile(r"article|single|story|entry|byline|author|post-content"),
}
_ANY_NAME = re.compile("|".join(pattern.pattern for pattern in _NAMES.values()))
NONE_FOUND = (0,) * len(_NAMES)
_PATHS = {
    "path_list": re.compile(
        r"/(?:tags?|topics?|categor(?:y|ies|ia)|collections?|c|cat|genre|browse|search|s|w|archives?|authors?|page|lists?"
        r"|charts?|catalogs?|product-category|thema|themen|rubrik|seccion|section|kategorie|kategoria)(?:/|$)"
    ),
    "path_shop": re.compile(
        r"/(?:products?|p|dp|itm|items?|shop|store|app|buy|product-category|produkt|produit|producto|prodotto)(?:/|$)"
    ),
    "path_forum": re.compile(
        r"/(?:t|d|threads?|topics?|forums?|questions?|q|comments|discussions?|viewtopic|showthread)(?:[/.]|$)"
        r"|^(?:forums?|community|communities|discuss|discussion|boards?|answers)\."
    ),
    "path_front": re.compile(r"^[^/]*/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?|index\.\w+|home/?)?$"),
    "path_dated": re.compile(r"/(?:19|20)\d\d[/-]?\d{1,2}(?:[/-]|$)|\d{6,}"),
}
# A headline in an address: four words or more with a dash between them. It begins at the start of a word and never
# gives characters back, so the time it takes grows no faster than the address.
_SLUG = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:[-_][a-z0-9]++){3}")


class PageSignals(NamedTuple):
    """What is seen of a page before its blocks are judged; the second witness uses the tree up."""

    signs: Mapping[str, float]
    titles: tuple[str, ...]  # what <title> and the metadata say
    password: bool  # whether it asks for one
    asks_for_script: bool = False  # whether it says that it needs JavaScript, or is an empty place for its output

    @property
    def is_declared(self) -> bool:
        """Whether the page says that it is an article."""
        return bool(self.signs["says_article"] or self.signs["og_article"])


def read_signals(
    root: Any,
    nodes: Sequence[Mapping[str, Any]],
    known: Metadata,
    *,
    url: str | None,
    things: Sequence[Any] | None = None,
) -> PageSignals:
    """The signs of a page's head, data, address and forms. The tree stays as it is.

    `nodes` are those of its JSON-LD; `url` is its address, `None` where unknown. `things` are those of
    `page.embedded.typed`, looked for where it is `None`.
    """
    signs = dict.fromkeys((*_TYPES, *_OG.values()), 0.0)
    titles = [known.title] if known.title else []
    controls, password = 0, False
    for element in root.iter("meta", "title", "input", "button", "select"):
        tag = element.tag
        if tag == "meta":
            if element.get("property") == "og:type":
                name = (element.get("content") or "").strip().lower().removeprefix("og:").partition(".")[0]
                if name in _OG:
                    signs[_OG[name]] = 1.0
        elif tag == "title":
            titles += [element.text] if element.text else []
        elif tag != "input" or element.get("type") in ("checkbox", "radio", "number"):
            controls += 1
        elif element.get("type") == "password":
            password = True
    items = list(_item_types(typed(root) if things is None else things))
    said = [name for node in nodes for name in types(node)] + items
    for sign, pattern in _TYPES.items():
        signs[sign] = max(signs[sign], float(any(map(pattern.fullmatch, said))))
    # Several are the cards of a list.
    one_item = sum(_ARTICLE_ITEM.fullmatch(name) is not None for name in items) == 1
    signs["says_article"] = float(one_item or article_node([dict(node) for node in nodes]) is not None)
    signs["controls"] = log1p(controls)
    signs["dated"] = float(known.published is not None)
    signs["signed"] = float(bool(known.authors or known.organization))
    return PageSignals(signs | _address(url), tuple(titles), password, _asks_for_script(root))


# The ids of the elements into which scripts render a page: React, Vue, Next, Nuxt, Gatsby, Angular, Svelte, Quasar.
_MOUNTS = frozenset("root app __next __nuxt ___gatsby app-root svelte q-app react-root main-app".split())
_BARE_IDS = etree.XPath("/html/body/*[not(*) and not(normalize-space())]/@id")


def _asks_for_script(root: Any) -> bool:
    said = ("".join(element.itertext())[:MAX_VALUE_LENGTH] for element in root.iter("noscript"))
    bare: Any = _BARE_IDS(root)
    return any("javascript" in text.lower() for text in said) or any(str(name).lower() in _MOUNTS for name in bare)


def _item_types(things: Sequence[Any]) -> Iterator[str]:
    found = [said for thing in things if (said := thing.get("itemtype")) is not None]
    for said in found[:MAX_ITEMS]:
        yield from (name.rstrip("/").rpartition("/")[2] for name in said[:MAX_VALUE_LENGTH].split())


def _address(url: str | None) -> dict[str, float]:
    if not url:
        return dict.fromkeys((*_PATHS, "path_slug"), 0.0)
    parts = urlsplit(url)
    where = f"{(parts.hostname or '').removeprefix('www.')}{parts.path}".lower()
    signs = {sign: float(pattern.search(where) is not None) for sign, pattern in _PATHS.items()}
    last = where.removesuffix("/").partition("/")[2].rpartition("/")[2]
    # "/?p=7" is a page of its own. Nothing is to be held against a page whose address nobody told.
    return signs | {
        "path_front": signs["path_front"] * (not parts.query),
        "path_slug": 1.0 if _SLUG.search(last) else -1.0,
    }


def layout(document: Document, verdicts: Sequence[Verdict]) -> dict[str, float]:
    """The signs of a page's blocks, and of what became of each."""
    blocks, elements = document.blocks, document.elements
    sizes = [weighted_length(block.text) for block in blocks]
    labels = "\n".join(b.text for b, letters in zip(blocks, sizes, strict=True) if letters < MAX_LABEL_LENGTH).lower()
    numbered = "\n".join([line for line in labels.split("\n") if _DIGIT.search(line)])
    names = _named(elements)
    told = LayoutRuns.of(document, verdicts, sizes)
    # What rules take is on every page of a site.
    free = [letters if verdict.rule is None else 0 for letters, verdict in zip(sizes, verdicts, strict=True)]
    cards, in_cards = _cards(document, told.teasers, free)
    kept = max(1, told.kept)
    signs = {
        "kept": log1p(told.kept),
        "kept_share": told.kept / max(1, sum(sizes)),
        "headings": log1p(told.headings),
        "longest": log1p(told.longest),
        "longest_share": told.longest / kept,
        "together": told.together / kept,
        "teasers": log1p(len(told.teasers)),
        "teased": told.teased / kept * min(1.0, told.times / MIN_TEASERS),
        "outnumbered": log1p(len(told.teasers)) - log1p(told.longest / TEXT_OF_HEADLINE),
        "cards": log1p(cards),
        "cards_share": in_cards / max(1, sum(free)),
        "prices": log1p(len(_PRICE.findall(numbered))),
        "dates": len(_DATE.findall(numbered)) / max(MAX_FEW_BLOCKS, len(blocks)),
    }
    signs |= {sign: log1p(words.count(labels)) for sign, words in WORDS.items()}
    signs |= {sign: log1p(count) for sign, count in zip(_NAMES, names, strict=True)}
    return signs


def _named(elements: Sequence[Element]) -> list[int]:
    """How often each of `_NAMES` is found in the names of elements."""
    # Elements share most of their names, with those of other pages too: each is searched once.
    counts = Counter(chain.from_iterable(element.tokens for element in elements))
    found = [(times, own) for token, times in counts.items() if (own := _found_in(token)) is not NONE_FOUND]
    return [sum(times * own[number] for times, own in found) for number in range(len(_NAMES))]


@cached_by_text(16_384)
def _found_in(token: str) -> tuple[int, ...]:
    if not _ANY_NAME.search(token):
        return NONE_FOUND
    return tuple(len(pattern.findall(token)) for pattern in _NAMES.values())


class LayoutRuns(NamedTuple):
    """How the kept text lies between linked headlines. Texts are counted in letters."""

    kept: int
    headings: int  # kept ones that are no links
    longest: int  # run of kept text, without a linked heading or much else in it
    together: int  # most of the kept text that stands in one element
    teasers: tuple[int, ...]  # places of linked headlines
    teased: int  # kept text in short runs behind one
    times: int  # number of such runs

    @classmethod
    def of(cls, document: Document, verdicts: Sequence[Verdict], sizes: Sequence[int]) -> LayoutRuns:
        kept = headings = longest = teased = times = run = behind = apart = 0
        teasers: list[int] = []
        of_parent: dict[int, int] = {}
        for block, verdict, letters in zip(document.blocks, verdicts, sizes, strict=True):
            if verdict.rule is None and _is_teaser(block, letters):
                if teasers and 0 < behind < MAX_TEASED_LENGTH:
                    teased, times = teased + behind, times + 1
                teasers.append(block.place)
                behind = 0
            elif verdict.reason is None:
                behind += letters
            if block.kind is Kind.HEADING and block.linked > MAX_LINK_DENSITY:
                run = 0
            if verdict.reason is not None:
                apart += 1
                run = 0 if apart > MAX_BREAK else run
                continue
            kept += letters
            headings += block.kind is Kind.HEADING and block.linked <= MAX_LINK_DENSITY
            parent = document.elements[block.element].parent if block.element != NO_ELEMENT else NO_ELEMENT
            of_parent[parent] = of_parent.get(parent, 0) + letters
            run, apart = run + letters, 0
            longest = max(longest, run)
        if teasers and 0 < behind < MAX_TEASED_LENGTH:
            teased, times = teased + behind, times + 1
        return cls(kept, headings, longest, max(of_parent.values(), default=0), tuple(teasers), teased, times)


def _is_teaser(block: Block, letters: int) -> bool:
    """Whether a block is a linked line, or begins with a link and is no sentence: a headline and its date."""
    if not block.links or not MIN_TEASER_LENGTH <= letters <= MAX_TEASER_LENGTH:
        return False
    return block.linked > MAX_LINK_DENSITY or (block.links[0][0] == 0 and not is_finished(block.text))


def _cards(document: Document, teasers: Sequence[int], sizes: Sequence[int]) -> tuple[int, int]:
    """Of the elements with linked headlines that stand beside each other: how many, and their letters."""
    elements = document.elements
    groups: dict[tuple[int, str], list[int]] = {}
    for index in holders(document, teasers):
        groups.setdefault((elements[index].parent, elements[index].tag), []).append(index)
    found = [
        (sum(sum(sizes[elements[index].first : elements[index].last]) for index in members), len(members))
        for members in groups.values()
        if len(members) >= MIN_CARDS
    ]
    letters, count = max(found, default=(0, 0))
    return count, letters
