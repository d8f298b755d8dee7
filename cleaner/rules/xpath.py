"""Parse the subset of XPath 1.0 that site rules may use, and refuse everything else with a reason.

What is accepted can be evaluated for all elements of a page at a time, in steps that each take time proportional to the
size of the page (Gottlob, Koch and Pichler, "Efficient Algorithms for Processing XPath Queries", VLDB 2002). So no
selector, however it is nested, can take quadratic time. `cleaner.rules.selectors` evaluates it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from cleaner.patterns import lazy_pattern

# Characters of a selector. The longest of those that people wrote for ftr-site-config have about 400.
MAX_LENGTH: Final = 500
# Brackets inside brackets. The translation of a CSS selector with ten classes has ten. More would exhaust the stack of
# the parser.
MAX_NESTING: Final = 16
# The cost of a selector: about one for each step, function and operator, each of which is one pass over the page, and
# more for what reads the texts of elements, which may be long. On the worst pages with 40,000 elements, a pass takes
# about 7 ms, so no selector takes more than 0.3 s. Those that people write cost 3 to 15.
MAX_COST: Final = 36
TEXT_FUNCTION_COST: Final = 8
TEXT_COMPARISON_COST: Final = 4
# `str.translate` takes 40 ns for a character that is not ASCII.
TRANSLATION_COST: Final = 14

AXES: Final = {  # and the axis in the other direction
    "self": "self",
    "child": "parent",
    "parent": "child",
    "descendant": "ancestor",
    "ancestor": "descendant",
    "descendant-or-self": "ancestor-or-self",
    "ancestor-or-self": "descendant-or-self",
    "following-sibling": "preceding-sibling",
    "preceding-sibling": "following-sibling",
    "following": "preceding",
    "preceding": "following",
}
# On these axes, a position is allowed only as [1], the nearest.
NEAREST_AXES: Final = frozenset({"following-sibling", "preceding-sibling", "ancestor", "ancestor-or-self"})
# A step on one of these is two passes.
_DEEP_AXES: Final = frozenset({"descendant", "descendant-or-self", "ancestor", "ancestor-or-self"})
# From an element, these lead to one node at most.
SINGLE_AXES: Final = frozenset({"self", "parent"})
COUNTED_AXES: Final = frozenset({"child", "descendant", "following-sibling", "preceding-sibling"})
NODE_AXES: Final = frozenset({"self", "parent", "ancestor", "ancestor-or-self", "descendant-or-self"})
COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})

# Node tests that are not the name of an element.
ANY, TEXT, NODE = "*", "#text", "#node"


class SelectorError(ValueError):
    """A selector that cannot be used. The message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a path: the nodes on the axis that pass the test and the predicates, in their order.

    `nearest` is the number of predicates after which only the nearest node on the axis is taken; `None` if all are.
    """

    axis: str
    test: str
    predicates: tuple[Expression, ...] = ()
    nearest: int | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """A path from the document or, if it is not absolute, from the context; with a value of `attribute` at its end."""

    steps: tuple[Step, ...]
    absolute: bool = False
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """The nodes in brackets that pass the predicates, and the steps from there: `(//p)[1]/a`."""

    inner: Union
    predicates: tuple[Expression, ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Union:
    """The nodes of all alternatives."""

    alternatives: tuple[Path | Filter, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A string."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number."""

    value: float


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on two expressions."""

    operator: str
    left: Expression
    right: Expression


Expression = Path | Filter | Union | Literal | Number | Call | Operation
SELF: Final = Path((Step("self", NODE),))
POSITION: Final = Call("position", ())


class _Signature(NamedTuple):
    fewest: int
    most: int
    result: str  # the type: "boolean", "number" or "string"
    arguments: str  # the type of all arguments, or "nodes"


FUNCTIONS: Final = {
    "boolean": _Signature(1, 1, "boolean", "boolean"),
    "concat": _Signature(2, 9, "string", "string"),
    "contains": _Signature(2, 2, "boolean", "string"),
    "count": _Signature(1, 1, "number", "nodes"),
    "last": _Signature(0, 0, "number", "number"),
    "local-name": _Signature(0, 1, "string", "self"),
    "name": _Signature(0, 1, "string", "self"),
    "normalize-space": _Signature(0, 1, "string", "string"),
    "not": _Signature(1, 1, "boolean", "boolean"),
    "position": _Signature(0, 0, "number", "number"),
    "starts-with": _Signature(2, 2, "boolean", "string"),
    "string": _Signature(0, 1, "string", "string"),
    "string-length": _Signature(0, 1, "number", "string"),
    "substring": _Signature(2, 3, "string", "mixed"),
    "substring-after": _Signature(2, 2, "string", "string"),
    "substring-before": _Signature(2, 2, "string", "string"),
    "translate": _Signature(3, 3, "string", "string"),
    # Not a function of XPath: what the translation of `.name` and of `[attribute~=name]` is recognised as.
    "has-word": _Signature(2, 2, "boolean", "string"),
}


class ParsedSelector(NamedTuple):
    """A selector that may be used, and its cost."""

    union: Union
    cost: int


def parse_xpath(xpath: str) -> ParsedSelector:
    """Return the parsed selector. Raises `SelectorError` if it is not XPath, or not in the subset."""
    parser = _Parser(list(_tokens(xpath)))
    expression = parser.expression()
    if parser.next is not None:
        raise SelectorError(f"{parser.next!r} was not expected there")
    union = _as_union(expression)
    for alternative in union.alternatives:
        _check_elements(alternative)
    cost = _cost(union)
    if cost > MAX_COST:
        raise SelectorError(
            f"it has a cost of {cost}, and at most {MAX_COST} is allowed: one for each step, function and operator, "
            f"more if it reads the text of elements; write several selectors instead"
        )
    return ParsedSelector(union, cost)


def kind_of(expression: Expression) -> str:
    """Return the type of an expression: "nodes", "boolean", "number" or "string"."""
    match expression:
        case Literal():
            return "string"
        case Number():
            return "number"
        case Call(name):
            return FUNCTIONS[name].result
        case Operation(operator):
            return "boolean" if operator in COMPARISONS or operator in ("and", "or") else "number"
        case _:
            return "nodes"


def is_single(path: Expression) -> bool:
    """Whether the path leads from an element to one node at most: `.`, `..` and their attributes."""
    return isinstance(path, Path) and not path.absolute and all(_is_plain_single(step) for step in path.steps)


def is_positional(expression: Expression) -> bool:
    """Whether the value depends on the position of the element. Predicates inside it have positions of their own."""
    match expression:
        case Call(name, arguments):
            return name in ("position", "last") or any(map(is_positional, arguments))
        case Operation(_, left, right):
            return is_positional(left) or is_positional(right)
        case _:
            return False


# ----------------------------------------------------------------------------------------------------------- the tokens

_TOKEN = lazy_pattern(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<literal>\"[^\"]*\"|'[^']*')"
    r"|(?P<symbol>//|::|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*])|(?P<name>[^\W\d][\w.-]*))\s*"
)
_REFUSED = {"$": "variables are not allowed", ":": "names with a prefix are not allowed"}
_OPERATORS = frozenset({"and", "or", "mod", "div", "*"})
# After one of these, or at the beginning, a name is a name and not an operator (XPath 1.0, section 3.7).
_BEFORE_OPERAND = frozenset("@ :: ( [ , / // | + - = != < <= > >=".split())


class _Token(NamedTuple):
    kind: str  # "number", "literal", "symbol", "name" or "operator"
    text: str


def _tokens(xpath: str) -> Iterator[_Token]:
    place = nesting = 0
    before: _Token | None = None
    while place < len(xpath):
        match = _TOKEN.match(xpath, place)
        if match is None or match.lastgroup is None:
            rest = xpath[place:].strip()
            raise SelectorError(_REFUSED.get(rest[:1], f"{rest[:20]!r} cannot be read"))
        place = match.end()
        token = _Token(match.lastgroup, match[match.lastgroup])
        after_operand = before is not None and before.kind != "operator" and before.text not in _BEFORE_OPERAND
        if token.text in _OPERATORS and token.kind != "literal" and after_operand:
            token = _Token("operator", token.text)
        if token.kind == "symbol":
            nesting += (token.text in "([") - (token.text in ")]")
            if nesting > MAX_NESTING:
                raise SelectorError(f"its brackets are nested more than {MAX_NESTING} levels deep")
        yield token
        before = token


# ----------------------------------------------------------------------------------------------------------- the parser

# Binary operators from the loosest to the tightest.
_LEVELS = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"mod"}),
)


class _Parser:
    """A recursive descent parser. The depth of its recursion is bounded by `MAX_NESTING`."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def next(self) -> str | None:
        """The text of the next token; `None` at the end."""
        return self._tokens[self._place].text if self._place < len(self._tokens) else None

    @property
    def _kind(self) -> str | None:
        return self._tokens[self._place].kind if self._place < len(self._tokens) else None

    def _take(self) -> str:
        if self.next is None:
            raise SelectorError("it ends too early")
        self._place += 1
        return self._tokens[self._place - 1].text

    def _accept(self, symbol: str) -> bool:
        if self._kind == "symbol" and self.next == symbol:
            self._place += 1
            return True
        return False

    def _expect(self, symbol: str) -> None:
        if not self._accept(symbol):
            raise SelectorError(
                "it ends too early" if self.next is None else f"{symbol!r} was expected, not {self.next!r}"
            )

    def expression(self, level: int = 0) -> Expression:
        if level == len(_LEVELS):
            return self._union()
        left = self.expression(level + 1)
        while self._kind in ("symbol", "operator") and self.next in _LEVELS[level]:
            operator = self._take()
            left = _operation(operator, left, self.expression(level + 1))
        if self._kind == "operator" and self.next in ("div", "*"):
            raise SelectorError("multiplication and division are not allowed")
        return left

    def _union(self) -> Expression:
        first = self._path()
        if self.next != "|" or self._kind != "symbol":
            return first
        alternatives = [*_as_union(first).alternatives]
        while self._accept("|"):
            alternatives += _as_union(self._path()).alternatives
        return Union(tuple(alternatives))

    def _path(self) -> Expression:
        if self._kind == "number":
            return Number(float(self._take()))
        if self._kind == "literal":
            return Literal(self._take()[1:-1])
        if self._accept("("):
            inner = self.expression()
            self._expect(")")
            if self.next not in ("[", "/", "//") or self._kind != "symbol":
                return inner
            union = _as_union(inner)
            return Filter(union, tuple(self._predicates()), tuple(self._more_steps()))
        if self._kind == "name" and self._is_call():
            return self._call()
        return self._location_path()

    def _is_call(self) -> bool:
        following = self._tokens[self._place + 1 : self._place + 2]
        return bool(following) and following[0] == ("symbol", "(") and self.next not in ("text", "node", "comment")

    def _call(self) -> Expression:
        name = self._take()
        signature = FUNCTIONS.get(name)
        if signature is None or name == "has-word":
            raise SelectorError(f"the function {name}() is not allowed")
        self._expect("(")
        arguments: list[Expression] = []
        while not self._accept(")"):
            if arguments:
                self._expect(",")
            arguments.append(self.expression())
        if not signature.fewest <= len(arguments) <= signature.most:
            raise SelectorError(f"{name}() has the wrong number of arguments")
        return _call(name, tuple(arguments))

    def _location_path(self) -> Path:
        absolute = self._kind == "symbol" and self.next in ("/", "//")
        steps: list[Step] = []
        attribute: str | None = None
        if absolute and self.next == "/":
            self._take()
        while True:
            if self._accept("//"):
                steps.append(Step("descendant-or-self", NODE))
            if attribute is not None:
                raise SelectorError("nothing can follow an attribute in a path")
            step = self._step()
            if not isinstance(step, str):
                _append(steps, step)
            elif absolute and not steps:
                raise SelectorError("the document has no attributes")
            else:
                attribute = step
            if not (self._accept("/") or (self._kind == "symbol" and self.next == "//")):
                return Path(tuple(steps), absolute, attribute)

    def _more_steps(self) -> Iterator[Step]:
        steps: list[Step] = []
        while self._kind == "symbol" and self.next in ("/", "//"):
            if self._take() == "//":
                steps.append(Step("descendant-or-self", NODE))
            step = self._step()
            if isinstance(step, str):
                raise SelectorError("it selects an attribute, not elements")
            _append(steps, step)
        yield from steps

    def _step(self) -> Step | str:
        """Return the next step, or the name of the attribute if it is one."""
        if self._accept("."):
            return Step("self", NODE)
        if self._accept(".."):
            return Step("parent", NODE)
        axis = "child"
        if self._accept("@"):
            axis = "attribute"
        elif self._kind == "name" and self._tokens[self._place + 1 : self._place + 2] == [("symbol", "::")]:
            axis = self._take()
            self._expect("::")
            if axis not in AXES and axis != "attribute":
                raise SelectorError(f"the axis {axis}:: is not allowed")
        test = self._test()
        if axis == "attribute":
            if test in (ANY, TEXT, NODE) or self.next == "[":
                raise SelectorError("an attribute needs a name, and no predicate can follow it")
            return test
        if test == NODE and axis not in NODE_AXES:
            raise SelectorError(f"node() is not allowed on the axis {axis}::; write * or text()")
        return Step(axis, test, *self._checked_predicates(axis))

    def _test(self) -> str:
        if self._accept("*"):
            return ANY
        if self._kind != "name":
            raise SelectorError(
                "it ends too early" if self.next is None else f"the name of an element was expected, not {self.next!r}"
            )
        name = self._take()
        if not self._accept("("):
            return name.lower()  # as the parser of HTML writes all names
        self._expect(")")
        if name not in ("text", "node"):
            raise SelectorError(f"{name}() is not allowed")
        return TEXT if name == "text" else NODE

    def _checked_predicates(self, axis: str) -> tuple[tuple[Expression, ...], int | None]:
        """Return the predicates of a step, and its `nearest`."""
        predicates: list[Expression] = []
        nearest: int | None = None
        for predicate in self._predicates():
            if not is_positional(predicate) or axis == "child":
                predicates.append(predicate)
            elif axis in NEAREST_AXES and predicate == _FIRST and nearest is None:
                nearest = len(predicates)
            else:
                raise SelectorError(
                    f"no position is allowed on the axis {axis}:: (on sibling and ancestor axes, only [1] is)"
                )
        return tuple(predicates), nearest

    def _predicates(self) -> Iterator[Expression]:
        while self._accept("["):
            predicate = self.expression()
            self._expect("]")
            _check_condition(predicate)
            if predicate == Number(0.0):  # also what :hover and the like are translated to
                raise SelectorError(
                    "it never matches, because there is no element 0, and :hover is not known of a page"
                )
            if kind_of(predicate) == "number":
                predicate = _operation("=", POSITION, predicate)
            # [a and b] is [a][b], but for positions, which must be counted before anything is left out.
            yield from sorted(_conjuncts(predicate), key=lambda part: part != _FIRST)


_FIRST = Operation("=", POSITION, Number(1.0))


def _conjuncts(predicate: Expression) -> Iterator[Expression]:
    parts = [predicate]
    while any(isinstance(part, Operation) and part.operator == "and" for part in parts):
        parts = [
            each
            for part in parts
            for each in ((part.left, part.right) if isinstance(part, Operation) and part.operator == "and" else (part,))
        ]
    if any(is_positional(part) and part != _FIRST for part in parts):
        yield predicate
    else:
        yield from parts


def _check_condition(expression: Expression) -> None:
    """Raise if a path in brackets stands where only the existence of elements can be asked for."""
    match expression:
        case Filter():
            raise SelectorError("a path in brackets, such as (a)[1], is not allowed inside a predicate")
        case Union(alternatives):
            for alternative in alternatives:
                _check_condition(alternative)
        case Call(_, arguments):
            for argument in arguments:
                _check_condition(argument)
        case Operation(_, left, right):
            _check_condition(left)
            _check_condition(right)


def _append(steps: list[Step], step: Step) -> None:
    """Add a step; `//p` becomes one step. Its predicates count positions among the children of each element."""
    if steps and steps[-1] == Step("descendant-or-self", NODE) and step.axis == "child":
        steps[-1] = replace(step, axis="descendant")
    else:
        steps.append(step)


def _as_union(expression: Expression) -> Union:
    match expression:
        case Union():
            return expression
        case Path() | Filter():
            return Union((expression,))
        case _:
            raise SelectorError("it does not select elements")


def _call(name: str, arguments: tuple[Expression, ...]) -> Expression:
    signature = FUNCTIONS[name]
    if signature.arguments == "self":
        if arguments not in ((), (SELF,)):
            raise SelectorError(f"{name}() is allowed only without an argument")
        return Call(name, ())
    if signature.fewest == 0 and signature.most == 1 and not arguments:
        arguments = (SELF,)
    if name == "translate" and not all(isinstance(characters, Literal) for characters in arguments[1:]):
        raise SelectorError("translate() needs strings in quotes after the text")
    if name == "count":
        _check_count(arguments[0])
    elif name == "substring":
        _check_string(arguments[0])
        if any(kind_of(number) != "number" for number in arguments[1:]):
            raise SelectorError("substring() needs numbers after the text")
    elif signature.arguments == "string":
        for argument in arguments:
            _check_string(argument)
    return _class_test(arguments) or Call(name, arguments) if name == "contains" else Call(name, arguments)


def _class_test(arguments: tuple[Expression, ...]) -> Expression | None:
    """Return the test for a word of an attribute if these are the arguments of `contains` in the usual form of it."""
    match arguments:
        case (
            Call("concat", (Literal(" "), Call("normalize-space", (Path() as path,)), Literal(" "))),
            Literal(word),
        ) if path.attribute and is_single(path) and word.strip() and word == f" {word.strip()} ":
            return Call("has-word", (path, Literal(word.strip())))
    return None


def _operation(operator: str, left: Expression, right: Expression) -> Expression:
    kinds = {kind_of(left), kind_of(right)}
    if operator in ("+", "-", "mod"):
        if kinds != {"number"}:
            raise SelectorError(f"{operator!r} needs two numbers")
    elif operator in COMPARISONS:
        if "boolean" in kinds:
            raise SelectorError(f"{operator!r} cannot compare a condition")
        for one, other in ((left, right), (right, left)):
            if kind_of(one) == "nodes" and not is_single(one):
                if not isinstance(one, Path) or not isinstance(other, Literal | Number):
                    raise SelectorError(f"{operator!r} compares several elements only with a string or a number")
            elif kind_of(one) == "nodes":
                _check_string(one)
    return Operation(operator, left, right)


def _check_string(expression: Expression) -> None:
    """Raise unless the expression has a value as a string that can be found quickly."""
    kind = kind_of(expression)
    if kind == "string" or is_single(expression):
        return
    if kind == "nodes" and isinstance(expression, Path) and not expression.absolute and _has_quick_first(expression):
        return
    if kind in ("number", "boolean"):
        raise SelectorError("a string was expected, not a number or a condition")
    raise SelectorError("the text of such a path is not allowed; use a predicate, as in .//a[contains(., 'x')]")


def _has_quick_first(path: Path) -> bool:
    """Whether the first node of a path can be found quickly: children of children, or one `.//p`."""
    steps = path.steps[1:] if path.steps and path.steps[0] == Step("self", NODE) else path.steps
    if not steps or any(step.nearest is not None for step in steps):
        return False
    return all(step.axis == "child" for step in steps) or (len(steps) == 1 and steps[0].axis == "descendant")


def _is_plain_single(step: Step) -> bool:
    return step.axis in SINGLE_AXES and step.test in (NODE, ANY) and not step.predicates


def _check_count(argument: Expression) -> None:
    if isinstance(argument, Path) and not argument.absolute and argument.attribute is None and argument.steps:
        *before, last = argument.steps
        if all(map(_is_plain_single, before)) and last.axis in COUNTED_AXES and last.nearest is None:
            return
    raise SelectorError("count() is allowed only of children, siblings, or elements inside, such as count(.//a)")


def _check_elements(alternative: Path | Filter) -> None:
    """Raise unless the path selects elements."""
    if isinstance(alternative, Path) and alternative.attribute is not None:
        raise SelectorError("it selects an attribute, not elements")
    if alternative.steps:
        if alternative.steps[-1].test == TEXT:
            raise SelectorError("it selects text, not elements")
    elif isinstance(alternative, Filter):
        for inner in alternative.inner.alternatives:
            _check_elements(inner)


# ------------------------------------------------------------------------------------------------------------- the cost


def _cost(expression: Expression) -> int:
    match expression:
        case Union(alternatives):
            return sum(map(_cost, alternatives))
        case Filter(inner, predicates, steps):
            return _cost(inner) + sum(map(_cost, predicates)) + sum(map(_step_cost, steps))
        case Path(steps, _, attribute):
            return sum(map(_step_cost, steps)) + (attribute is not None)
        case Operation(operator, left, right):
            compared = operator in COMPARISONS
            texts = sum(map(_is_text, (left, right))) if compared else 0
            return 1 + _cost(left) + _cost(right) + TEXT_COMPARISON_COST * texts
        case Call("contains", (path, Literal())) if path == SELF:
            return 2  # the text of the page is searched once for all elements
        case Call("count", (path,)):
            return 1 + _cost(path)
        case Call(name, arguments):
            of_text = any(_is_text(argument) for argument in arguments)
            takes_text = FUNCTIONS[name].arguments in ("string", "mixed")
            cost = TRANSLATION_COST if name == "translate" else TEXT_FUNCTION_COST if of_text and takes_text else 1
            return cost + sum(map(_cost, arguments))
        case _:
            return 0


def _step_cost(step: Step) -> int:
    is_deep = step.axis in _DEEP_AXES
    return 1 + is_deep + (step.nearest is not None) + sum(map(_cost, step.predicates))


def _is_text(expression: Expression) -> bool:
    """Whether the value is the text of an element, or made of it. It may be long; that of an attribute is its own."""
    match expression:
        case Path(_, _, attribute):
            return attribute is None
        case Call(name, arguments):
            return FUNCTIONS[name].result == "string" and any(map(_is_text, arguments))
        case _:
            return False
