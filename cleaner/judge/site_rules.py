"""Apply site rules: from the selectors to the verdicts on the blocks of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from cleaner.models import Document, Reason, Verdict
from cleaner.page.elements import BLOCK_ELEMENTS
from cleaner.rules.folding import fold

if TYPE_CHECKING:
    from cleaner.rules.sites import Selector, SiteRule

# The sum of the costs of all selectors that are applied to a page, each multiplied by the number of its elements and
# texts. This takes about five seconds. 200 typical selectors on the largest of 3,846 real pages need 40 million.
MAX_WORK: Final = 50_000_000


class SiteResults(NamedTuple):
    """What site rules decide: verdicts by place, and the places of blocks that are kept. No place is in both."""

    removals: Mapping[int, Verdict] = {}
    kept: frozenset[int] = frozenset()


NO_SITE_RESULTS: Final = SiteResults()


class SelectedElements(NamedTuple):
    """The elements of a page that the selectors of its site rules match, each with the selector.

    `unmatched` has a message for each selector that matches nothing, `warnings` one for rules that were not applied.
    """

    rules: tuple[SiteRule, ...] = ()
    drop: Mapping[etree._Element, str] = {}
    keep: Mapping[etree._Element, str] = {}
    body: Mapping[etree._Element, str] = {}
    unmatched: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def all_elements(self) -> dict[etree._Element, bool]:
        """Return all selected elements, each with whether its text is to be a block of its own even if it is inline."""
        return dict.fromkeys((*self.keep, *self.body), False) | dict.fromkeys(self.drop, True)


def find_site_rules(rules: Sequence[SiteRule], host: str, root: etree._Element | None = None) -> tuple[SiteRule, ...]:
    """Return the rules that apply to the page, the most specific first.

    `host` is empty if unknown, and `root` is `None` for a plain text, which has no generator.
    """
    if not rules:
        return ()
    from cleaner.rules.sites import rules_for  # most users have no site rules

    with_generator = root is not None and any(rule.generator for rule in rules)
    return rules_for(rules, host, _generators(root) if root is not None and with_generator else [])


def select_elements(rules: Sequence[SiteRule], root: etree._Element) -> SelectedElements:
    """Return the elements that the selectors of the rules match on the page."""
    if not any(rule.drop or rule.keep or rule.body for rule in rules):
        return SelectedElements(tuple(rules))
    selecting = _Selecting(root)
    drop: dict[etree._Element, str] = {}
    keep: dict[etree._Element, str] = {}
    body: dict[etree._Element, str] = {}
    for rule in rules:
        for selector in rule.keep:
            for element in _paragraphs_around(selecting.apply(rule, selector)):
                keep.setdefault(element, selector.source)
        for selector in rule.drop:
            for element in selecting.apply(rule, selector):
                drop.setdefault(element, selector.source)
        body = body or _body(rule, selecting)
    return SelectedElements(tuple(rules), drop, keep, body, tuple(selecting.unmatched), selecting.warnings())


def site_results(document: Document, selected: SelectedElements, spans: Mapping[etree._Element, range]) -> SiteResults:
    """Return the verdicts of site rules on the blocks of a page.

    `spans` has the places of the blocks in each selected element; an element without blocks may be missing.
    """
    kept = frozenset(place for element in selected.keep for place in spans.get(element, ()))
    removals: dict[int, Verdict] = {}
    for element, source in selected.drop.items():
        for place in spans.get(element, ()):
            if place not in removals:
                removals[place] = Verdict(Reason.SITE_RULE, evidence=source)
    for place, verdict in _phrase_verdicts(document, selected.rules).items():
        removals.setdefault(place, verdict)
    inside = {place for element in selected.body for place in spans.get(element, ())}
    if inside:
        outside = Verdict(Reason.SITE_RULE, evidence=f"outside {next(iter(selected.body.values()))}")
        for block in document.blocks:
            if block.place not in inside:
                removals.setdefault(block.place, outside)
    return SiteResults({place: verdict for place, verdict in removals.items() if place not in kept}, kept)


def phrase_results(document: Document, rules: Sequence[SiteRule]) -> SiteResults:
    """Return the verdicts of the phrases alone, for text without elements or with those of another page."""
    return SiteResults(_phrase_verdicts(document, rules))


def _phrase_verdicts(document: Document, rules: Sequence[SiteRule]) -> dict[int, Verdict]:
    phrases = {_caseless(phrase): phrase for rule in rules for phrase in rule.phrases}
    if not phrases:
        return {}
    longest = 2 * max(map(len, phrases.values())) + 100  # before it is folded, a text may be longer
    found = (
        (block.place, phrases.get(_caseless(block.text))) for block in document.blocks if len(block.text) <= longest
    )
    return {place: Verdict(Reason.SITE_RULE, evidence=phrase) for place, phrase in found if phrase is not None}


def _caseless(text: str) -> str:
    return fold(text).casefold()


class _Selecting:
    """Apply selectors to a page, as long as there is work left."""

    def __init__(self, root: etree._Element) -> None:
        from cleaner.rules.selectors import PageIndex  # most users have no site rules

        self._index = PageIndex(root)
        self._work = MAX_WORK
        self._skipped: dict[str, int] = {}
        self.unmatched: list[str] = []

    def apply(self, rule: SiteRule, selector: Selector, *, report: bool = True) -> list[etree._Element]:
        parsed = selector.parsed
        self._work -= parsed.cost * len(self._index)
        if self._work < 0:
            self._skipped[rule.name] = self._skipped.get(rule.name, 0) + 1
            return []
        elements = self._index.select(parsed)
        if report and not elements:
            self.unmatched.append(f'site rule {rule.name}: "{selector.source}" matches nothing on this page')
        return elements

    def warnings(self) -> tuple[str, ...]:
        return tuple(
            f"site rule {name}: {count} selectors were not applied, because they would take too long on this page"
            for name, count in self._skipped.items()
        )


def _body(rule: SiteRule, selecting: _Selecting) -> dict[etree._Element, str]:
    """Return the elements of the first `body` selector that matches one with text; if none does, report them all."""
    for selector in rule.body:
        elements = selecting.apply(rule, selector, report=False)
        if any(text.strip() for element in elements for text in element.itertext("*")):
            return dict.fromkeys(elements, selector.source)
    for selector in rule.body:
        selecting.unmatched.append(f'site rule {rule.name}: "{selector.source}" matches no text on this page')
    return {}


def _paragraphs_around(elements: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """Yield for each inline element the paragraph around it, which is kept as a whole; any other element unchanged."""
    is_paragraph: dict[etree._Element, bool] = {}  # an element that holds many links is looked at once
    for element in elements:
        outer: etree._Element | None = element
        while outer is not None and outer.tag not in BLOCK_ELEMENTS:
            outer = outer.getparent()
        if outer is None or outer is element:
            yield element
            continue
        if outer not in is_paragraph:
            is_paragraph[outer] = not any(inner.tag in BLOCK_ELEMENTS for inner in outer.iterdescendants("*"))
        yield outer if is_paragraph[outer] else element


def _generators(root: etree._Element) -> list[str]:
    metas = (meta for meta in root.iter("meta") if meta.get("name", "").strip().lower() == "generator")
    return [meta.get("content", "") for meta in metas]
