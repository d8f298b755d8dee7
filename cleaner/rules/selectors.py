"""Compile the selectors of site rules, CSS or XPath, and find the elements of a page that they select."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import compress
from operator import add, eq, ge, gt, le, lt, ne, sub
from typing import Any, Final, NamedTuple

from lxml import etree

from cleaner.patterns import lazy_pattern
from cleaner.rules.xpath import (
    ANY,
    AXES,
    MAX_LENGTH,
    NODE,
    SELF,
    TEXT,
    Call,
    Expression,
    Filter,
    Literal,
    Number,
    Operation,
    ParsedSelector,
    Path,
    SelectorError,
    Step,
    Union,
    is_positional,
    is_single,
    kind_of,
    parse_xpath,
)

# A selector that begins like this is XPath.
XPATH_STARTS: Final = ("/", "./", "(")
# Characters of the text of an element that are read, with white space folded, except by `contains(., "words")`, which
# reads all of it. In a deep page, the texts of all elements together are a hundred times as long as the page. It is
# more than `MAX_LENGTH`, so that a comparison with any string is exact.
MAX_TEXT: Final = 600
# Characters that a function such as translate() reads on a page, divided evenly among the elements that it is called
# for, but at least `MIN_READ` of each. For 5,000 elements, these are the first 600 of each.
MAX_READ: Final = 3_000_000
MIN_READ: Final = 50
MAX_DIGITS: Final = 50

_NUMBER = lazy_pattern(r"\s*(-?(?:\d+(?:\.\d*)?|\.\d+))\s*")
_WHITE_SPACE = lazy_pattern(r"\s+")
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_MIRRORED: Final = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

# The numbers of the document and of its root element, which is where a path begins that is not absolute.
DOCUMENT: Final = 0
ROOT: Final = 1


@lru_cache(maxsize=4_096)
def compile_selector(source: str) -> ParsedSelector:
    """Return the selector in a form that can be evaluated.

    Raises `SelectorError` if it is neither CSS nor XPath, or not in the subset that `parse_xpath` accepts.
    """
    if len(source) > MAX_LENGTH:
        raise SelectorError(f"it has {len(source)} characters, and at most {MAX_LENGTH} are allowed")
    if not source.strip():
        raise SelectorError("it is empty")
    if source.startswith(XPATH_STARTS):
        return parse_xpath(source)
    if ":has(" in source.lower():
        # cssselect 1.3 reads `div:has(> p.x)` as `div.x:has(> p)`.
        raise SelectorError(":has() is not supported; write XPath, such as //div[p] for div:has(> p)")

    import cssselect  # takes 10 ms, and most users have no site rules

    try:
        xpath = cssselect.HTMLTranslator().css_to_xpath(source)
    except (cssselect.SelectorError, RecursionError) as error:
        raise SelectorError(f"it is not CSS ({error}); XPath begins with / or ./ or (") from error
    return parse_xpath(xpath)


class _Context(NamedTuple):
    """The nodes for which an expression is evaluated, in document order, and their positions if it depends on them."""

    nodes: Sequence[int]
    positions: Sequence[int] = ()
    sizes: Sequence[int] = ()


class PageIndex:
    """The elements of a page, to which any number of selectors can be applied. The page must not change meanwhile.

    Elements and texts are numbered in document order; sets of them are sorted lists of numbers. Each step of a path,
    each function and each operator is one pass over such lists.
    """

    def __init__(self, root: etree._Element) -> None:
        self._elements: list[etree._Element | None] = [None]
        self._tags: list[str] = ["#document"]
        self._parents: list[int] = [-1]
        self._ends: list[int] = [0]  # the nodes in a node are those between its number and its end
        self._by_tag: dict[str, list[int]] = {}
        self._values_of: dict[str, dict[int, str]] = {}
        self._words_of: dict[str, dict[int, str]] = {}
        # The slices of the page's text that are the texts of the nodes.
        self._text_starts: list[int] = [0]
        self._text_ends: list[int] = [0]
        pieces: list[str] = []
        self._length = 0
        parent = DOCUMENT
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                number = self._add(node.tag, node, parent)
                if node.text:
                    self._add_text(node.text, number, pieces)
                parent = number
            else:
                if event == "end":
                    self._ends[parent] = len(self._tags)
                    self._text_ends[parent] = self._length
                    parent = self._parents[parent]
                if node.tail and node is not root:
                    self._add_text(node.tail, parent, pieces)
        self._ends[DOCUMENT] = len(self._tags)
        self._text_ends[DOCUMENT] = self._length
        self._text = "".join(pieces)

    def __len__(self) -> int:
        return len(self._tags)

    def _add(self, tag: str, element: etree._Element | None, parent: int) -> int:
        number = len(self._tags)
        self._elements.append(element)
        self._tags.append(tag)
        self._parents.append(parent)
        self._ends.append(number + 1)
        self._text_starts.append(self._length)
        self._text_ends.append(self._length)
        self._by_tag.setdefault(tag, []).append(number)
        return number

    def _add_text(self, text: str, parent: int, pieces: list[str]) -> None:
        text = _WHITE_SPACE.sub(" ", text)
        number = self._add(TEXT, None, parent)
        pieces.append(text)
        self._length += len(text)
        self._text_ends[number] = self._length

    @cached_property
    def _all_elements(self) -> list[int]:
        return [number for number, element in enumerate(self._elements) if element is not None]

    def select(self, selector: ParsedSelector) -> list[etree._Element]:
        """Return the selected elements in document order, without those inside another selected one."""
        outermost: list[etree._Element] = []
        end = 0
        for number in self._union(selector.union):
            element = self._elements[number]
            if number >= end and element is not None:
                outermost.append(element)
                end = self._ends[number]
        return outermost

    # -------------------------------------------------------------------------------------------------- sets of nodes

    def _union(self, union: Union) -> list[int]:
        found: set[int] = set()
        for alternative in union.alternatives:
            if isinstance(alternative, Path):
                start = DOCUMENT if alternative.absolute else ROOT
                found.update(self._follow_steps([start], alternative.steps))
            else:
                found.update(self._filter(alternative))
        return sorted(found)

    def _filter(self, selected: Filter) -> list[int]:
        nodes = self._union(selected.inner)
        for predicate in selected.predicates:
            positions = range(1, len(nodes) + 1)
            mask = self._booleans(predicate, _Context(nodes, positions, [len(nodes)] * len(nodes)))
            nodes = list(compress(nodes, mask))
        return self._follow_steps(nodes, selected.steps)

    def _follow_steps(self, nodes: Sequence[int], steps: Sequence[Step]) -> list[int]:
        """Return the nodes to which the steps lead from any of the nodes."""
        current = list(nodes)
        for step in steps:
            pool, targets = self._targets(step)
            if pool is None:
                current = self._on_axis(step.axis, current, targets)
            else:
                allowed = set(targets)
                current = sorted(set(self._nearest(step.axis, current, pool)) & allowed)
        return current

    def _origins(self, nodes: Sequence[int], path: Path, targets: Sequence[int] | None = None) -> set[int]:
        """Return those of the nodes from which the path leads anywhere, or to any of the targets."""
        if path.absolute:
            found = self._follow_steps([DOCUMENT], path.steps)
            reached = found if targets is None else sorted(set(found).intersection(targets))
            return set(nodes) if reached else set()
        stages = [self._targets(step) for step in path.steps]
        reached = sorted(nodes) if not stages else stages[-1][1]
        if targets is not None:
            reached = sorted(set(reached).intersection(targets))
        for number in range(len(stages) - 1, -1, -1):
            step, (pool, _) = path.steps[number], stages[number]
            sources = stages[number - 1][1] if number else sorted(nodes)
            if pool is None:
                reached = self._on_axis(AXES[step.axis], reached, sources)
            else:
                allowed = set(reached)
                near = self._nearest(step.axis, sources, pool)
                reached = [source for source, node in zip(sources, near, strict=True) if node in allowed]
        return set(reached)

    def _targets(self, step: Step) -> tuple[list[int] | None, list[int]]:
        """Return the nodes of the page that pass the test and the predicates of a step.

        The first list has those among which the nearest is taken; it is `None` if all of the others are taken.
        """
        if step.test == ANY:
            nodes = self._all_elements
        elif step.test == NODE:
            nodes = list(range(len(self)))
        else:
            nodes = self._by_tag.get(step.test, [])
        pool: list[int] | None = None
        for count, predicate in enumerate(step.predicates):
            if count == step.nearest:
                pool = nodes
            context = self._with_positions(nodes) if is_positional(predicate) else _Context(nodes)
            nodes = list(compress(nodes, self._booleans(predicate, context)))
        if step.nearest == len(step.predicates):
            pool = nodes
        return pool, nodes

    def _with_positions(self, nodes: Sequence[int]) -> _Context:
        """Return the nodes with their positions among those of the same parent."""
        sizes: dict[int, int] = {}
        positions: list[int] = []
        for number in nodes:
            parent = self._parents[number]
            sizes[parent] = sizes.get(parent, 0) + 1
            positions.append(sizes[parent])
        return _Context(nodes, positions, [sizes[self._parents[number]] for number in nodes])

    def _on_axis(self, axis: str, sources: Sequence[int], targets: Sequence[int]) -> list[int]:
        """Return the targets that are on the axis of any of the sources. Both are sorted."""
        parents, ends = self._parents, self._ends
        if not sources or not targets:
            return []
        match axis:
            case "self":
                same = set(sources)
                return [target for target in targets if target in same]
            case "child":
                same = set(sources)
                return [target for target in targets if parents[target] in same]
            case "parent":
                same = {parents[source] for source in sources}
                return [target for target in targets if target in same]
            case "descendant" | "descendant-or-self":
                return self._inside(sources, targets, or_self=axis == "descendant-or-self")
            case "ancestor" | "ancestor-or-self":
                first_inside = bisect_left if axis == "ancestor-or-self" else bisect_right
                places = [first_inside(sources, target) for target in targets]
                last = len(sources)
                return [
                    t for t, place in zip(targets, places, strict=True) if place < last and sources[place] < ends[t]
                ]
            case "following-sibling":
                first: dict[int, int] = {}
                for source in sources:
                    first.setdefault(parents[source], source)
                return [target for target in targets if first.get(parents[target], target) < target]
            case "preceding-sibling":
                final = {parents[source]: source for source in sources}
                return [target for target in targets if final.get(parents[target], target) > target]
            case "following":
                end = min(ends[source] for source in sources)
                return [target for target in targets if target >= end]
            case _:
                return [target for target in targets if ends[target] <= sources[-1]]

    def _inside(self, sources: Sequence[int], targets: Sequence[int], *, or_self: bool) -> list[int]:
        found: list[int] = []
        place = end = 0
        for target in targets:
            limit = target + or_self
            while place < len(sources) and sources[place] < limit:
                end = max(end, self._ends[sources[place]])
                place += 1
            if target < end:
                found.append(target)
        return found

    def _nearest(self, axis: str, sources: Sequence[int], pool: Sequence[int]) -> list[int]:
        """Return for each source the nearest node of the pool on the axis, -1 if there is none."""
        parents, ends = self._parents, self._ends
        near: list[int] = []
        if axis.endswith("sibling"):
            backwards = axis == "following-sibling"
            latest: dict[int, int] = {}
            place = len(pool) - 1 if backwards else 0
            for source in reversed(sources) if backwards else sources:
                while 0 <= place < len(pool) and (pool[place] > source if backwards else pool[place] < source):
                    latest[parents[pool[place]]] = pool[place]
                    place += -1 if backwards else 1
                near.append(latest.get(parents[source], -1))
            return near[::-1] if backwards else near
        open_nodes: list[int] = []
        place = 0
        for source in sources:
            limit = source + (axis == "ancestor-or-self")
            while place < len(pool) and pool[place] < limit:
                while open_nodes and ends[open_nodes[-1]] <= pool[place]:
                    open_nodes.pop()
                open_nodes.append(pool[place])
                place += 1
            while open_nodes and ends[open_nodes[-1]] <= source:
                open_nodes.pop()
            near.append(open_nodes[-1] if open_nodes else -1)
        return near

    # ---------------------------------------------------------------------------------------------------- expressions

    def _booleans(self, expression: Expression, context: _Context) -> list[bool]:
        """Return for each node of the context whether the expression holds."""
        nodes = context.nodes
        match expression:
            case Path():
                return self._exist(expression, nodes)
            case Union(alternatives):
                found: set[int] = set()
                for path in alternatives:
                    found.update(compress(nodes, self._booleans(path, context)))
                return [node in found for node in nodes]
            case Operation("and", left, right):
                return list(map(_both, self._booleans(left, context), self._booleans(right, context)))
            case Operation("or", left, right):
                return list(map(_either, self._booleans(left, context), self._booleans(right, context)))
            case Operation(operator, left, right) if kind_of(expression) == "boolean":
                return self._compare(operator, left, right, context)
            case Call("not", (inner,)):
                return [not value for value in self._booleans(inner, context)]
            case Call("boolean", (inner,)):
                return self._booleans(inner, context)
            case Call("contains", (path, Literal(word))) if path == SELF:
                return self._containing(word, nodes)
            case Call("has-word", (Path(steps, _, str(name)), Literal(word))):
                words, padded = self._words(name), f" {word} "
                return [padded in words.get(node, "") for node in self._single(steps, nodes)]
            case Call("contains" | "starts-with" as name, (text, part)):
                texts, parts = self._strings(text, context), self._strings(part, context)
                return list(map(_TESTS[name], texts, parts))
        if kind_of(expression) == "number":
            return [value != 0 and not math.isnan(value) for value in self._numbers(expression, context)]
        return list(map(bool, self._strings(expression, context)))

    def _exist(self, path: Path, nodes: Sequence[int]) -> list[bool]:
        if path.attribute is None:
            origins = self._origins(nodes, path)
        elif not path.steps and not path.absolute:
            return [value is not None for value in self._attributes(path.attribute, nodes)]
        else:
            ends = self._ends_of(path)
            values = self._attributes(path.attribute, ends)
            origins = self._origins(nodes, path, [node for node, v in zip(ends, values, strict=True) if v is not None])
        return [node in origins for node in nodes]

    def _ends_of(self, path: Path) -> Sequence[int]:
        """Return the nodes that the last step of a path may lead to."""
        return self._targets(path.steps[-1])[1]

    def _compare(self, operator: str, left: Expression, right: Expression, context: _Context) -> list[bool]:
        if isinstance(right, Path) and not isinstance(left, Path):
            operator, left, right = _MIRRORED[operator], right, left
        numeric = operator not in ("=", "!=") or "number" in (kind_of(left), kind_of(right))
        compare = _COMPARE[operator]
        if isinstance(left, Path) and not is_single(left):
            ends = self._ends_of(left)
            values = self._attributes(left.attribute, ends) if left.attribute else self._texts(ends)
            constant: Any = right.value if isinstance(right, Literal | Number) else None
            constant = _number(constant) if numeric and isinstance(constant, str) else constant
            passing = [
                node
                for node, value in zip(ends, values, strict=True)
                if value is not None and compare(_number(value) if numeric else value, constant)
            ]
            origins = self._origins(context.nodes, left, passing)
            return [node in origins for node in context.nodes]
        read = self._numbers if numeric else self._strings
        result = list(map(compare, read(left, context), read(right, context)))
        for path in (left, right):
            if isinstance(path, Path):  # nothing is equal or unequal to an element or attribute that does not exist
                result = list(map(_both, result, self._exist(path, context.nodes)))
        return result

    def _containing(self, word: str, nodes: Sequence[int]) -> list[bool]:
        """Return for each node whether its text contains the word. The text of the page is searched only once."""
        result: list[bool] = []
        found = -1
        length = len(self._text)
        for node in nodes:
            start = self._text_starts[node]
            if found < start:
                found = self._text.find(word, start)
                if found < 0:
                    found = length + 1
            result.append(found + len(word) <= self._text_ends[node])
        return result

    def _strings(self, expression: Expression, context: _Context) -> Sequence[str]:
        """Return for each node of the context the value of the expression as a string."""
        match expression:
            case Literal(value):
                return [value] * len(context.nodes)
            case Path():
                return [value or "" for value in self._values(expression, context.nodes)]
            case Call("string", (inner,)):
                return self._strings(inner, context)
            case Call("concat", arguments):
                parts = [self._beginnings(argument, context) for argument in arguments]
                return list(map("".join, zip(*parts, strict=True)))
            case Call("normalize-space", (inner,)):
                return [" ".join(value.split()) for value in self._beginnings(inner, context)]
            case Call("name" | "local-name", ()):
                return ["" if self._elements[node] is None else self._tags[node] for node in context.nodes]
            case Call("translate", (inner, Literal(old), Literal(new))):
                table = _translation(old, new)
                return [value.translate(table) for value in self._beginnings(inner, context)]
            case Call("substring-before", (inner, part)):
                pairs = zip(self._strings(inner, context), self._strings(part, context), strict=True)
                return [text[: max(0, text.find(end))] for text, end in pairs]
            case Call("substring-after", (inner, part)):
                pairs = zip(self._strings(inner, context), self._strings(part, context), strict=True)
                return [text.partition(start)[2] if start else text for text, start in pairs]
            case Call("substring", (inner, start, *rest)):
                texts, starts = self._strings(inner, context), self._numbers(start, context)
                lengths = self._numbers(rest[0], context) if rest else [math.inf] * len(texts)
                return list(map(_substring, texts, starts, lengths))
        raise AssertionError(f"no string: {expression}")

    def _beginnings(self, expression: Expression, context: _Context) -> list[str]:
        """Return for each node of the context as much of the value as a function reads."""
        longest = max(MIN_READ, MAX_READ // max(1, len(context.nodes)))
        return [value[:longest] for value in self._strings(expression, context)]

    def _numbers(self, expression: Expression, context: _Context) -> Sequence[float]:
        """Return for each node of the context the value of the expression as a number."""
        match expression:
            case Number(value):
                return [value] * len(context.nodes)
            case Call("position"):
                return context.positions
            case Call("last"):
                return context.sizes
            case Call("count", (Path(steps),)):
                return self._counts(steps, context.nodes)
            case Call("string-length", (inner,)):
                return list(map(len, self._strings(inner, context)))
            case Operation("+" | "-" | "mod" as operator, left, right):
                return list(map(_ARITHMETIC[operator], self._numbers(left, context), self._numbers(right, context)))
        return list(map(_number, self._strings(expression, context)))

    def _counts(self, steps: Sequence[Step], nodes: Sequence[int]) -> list[int]:
        """Return for each node the number of nodes to which the steps lead, all but the last from one to one node."""
        parents, ends = self._parents, self._ends
        *before, last = steps
        starts = self._single(before, nodes)
        targets = self._targets(last)[1]
        if last.axis == "descendant":
            return [bisect_left(targets, ends[n]) - bisect_right(targets, n) if n >= 0 else 0 for n in starts]
        by_parent: dict[int, list[int]] = {}
        for target in targets:
            by_parent.setdefault(parents[target], []).append(target)
        none: list[int] = []
        if last.axis == "child":
            return [len(by_parent.get(node, none)) if node >= 0 else 0 for node in starts]
        groups = [by_parent.get(parents[node], none) if node >= 0 else none for node in starts]
        if last.axis == "preceding-sibling":
            return [bisect_left(group, node) for group, node in zip(groups, starts, strict=True)]
        return [len(group) - bisect_right(group, node) for group, node in zip(groups, starts, strict=True)]

    def _single(self, steps: Iterable[Step], nodes: Sequence[int]) -> Sequence[int]:
        """Return for each node the one to which the steps lead (each to itself or to a parent); -1 if there is none."""
        for step in steps:
            if step.axis == "parent":
                nodes = [self._parents[node] if node >= 0 else -1 for node in nodes]
            if step.test == ANY:
                nodes = [node if node >= 0 and self._elements[node] is not None else -1 for node in nodes]
        return nodes

    def _values(self, path: Path, nodes: Sequence[int]) -> list[str | None]:
        """Return for each node the value of the first node or attribute of the path; `None` if there is none."""
        firsts = self._single(path.steps, nodes) if is_single(path) else self._firsts(path, nodes)
        return self._attributes(path.attribute, firsts) if path.attribute else self._texts(firsts)

    def _firsts(self, path: Path, nodes: Sequence[int]) -> list[int]:
        """Return for each node the first to which the path leads; -1 if there is none."""
        steps = [step for step in path.steps if step != Step("self", NODE)]
        stages = [self._targets(step)[1] for step in steps]
        targets: Sequence[int] = stages[-1]
        if path.attribute:
            values = self._attributes(path.attribute, targets)
            targets = [target for target, value in zip(targets, values, strict=True) if value is not None]
        if steps[0].axis == "descendant":
            places = [bisect_right(targets, node) for node in nodes]
            inside = zip(nodes, places, strict=True)
            return [targets[p] if p < len(targets) and targets[p] < self._ends[node] else -1 for node, p in inside]
        between = [set(stage) for stage in reversed(stages[:-1])]
        first: dict[int, int] = {}
        for target in targets:
            node = self._parents[target]
            for stage in between:
                node = self._parents[node] if node in stage else -2
                if node < 0:
                    break
            first.setdefault(node, target)
        return [first.get(node, -1) for node in nodes]

    def _attributes(self, name: str, nodes: Iterable[int]) -> list[str | None]:
        return list(map(self._attribute(name).get, nodes))

    def _attribute(self, name: str) -> dict[int, str]:
        """Return the values of an attribute by the numbers of the elements that have it."""
        if name not in self._values_of:
            self._values_of[name] = {
                number: value
                for number, element in enumerate(self._elements)
                if element is not None and (value := element.get(name)) is not None
            }
        return self._values_of[name]

    def _words(self, name: str) -> dict[int, str]:
        """Return the words of an attribute with single spaces around each, by the numbers of the elements."""
        if name not in self._words_of:
            values = self._attribute(name).items()
            self._words_of[name] = {number: f" {' '.join(value.split())} " for number, value in values}
        return self._words_of[name]

    def _texts(self, nodes: Iterable[int]) -> list[str | None]:
        spans = ((self._text_starts[node], self._text_ends[node]) if node >= 0 else None for node in nodes)
        return [None if span is None else self._text[span[0] : min(span[1], span[0] + MAX_TEXT)] for span in spans]


def _both(one: bool, other: bool) -> bool:
    return one and other


def _either(one: bool, other: bool) -> bool:
    return one or other


_TESTS: Final[dict[str, Callable[[str, str], bool]]] = {
    "contains": str.__contains__,
    "starts-with": str.startswith,
}


def _remainder(one: float, other: float) -> float:
    return math.fmod(one, other) if other else math.nan


_ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    "+": add,
    "-": sub,
    "mod": _remainder,
}


def _number(text: str) -> float:
    match = _NUMBER.fullmatch(text[:MAX_DIGITS])
    return float(match[1]) if match else math.nan


def _translation(old: str, new: str) -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for place, character in enumerate(old):
        table.setdefault(ord(character), new[place] if place < len(new) else None)
    return table


def _substring(text: str, start: float, length: float) -> str:
    """Return the characters at the positions from `start` on, counted from 1, rounded as XPath does."""
    if math.isnan(start) or math.isnan(length):
        return ""
    first = math.floor(start + 0.5)
    end = math.inf if math.isinf(length) else first + math.floor(length + 0.5)
    return text[max(0, first - 1) : None if math.isinf(end) else max(0, int(end) - 1)]
