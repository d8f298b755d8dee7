"""Site rules: what a user says of the pages of one site, or of all sites with one content management system.

They are data, and travel to worker processes as they are. `cleaner.rules.selectors` compiles the selectors where they
are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cleaner.http.urls import to_ascii

if TYPE_CHECKING:
    from cleaner.rules.source import RuleFile
    from cleaner.rules.xpath import ParsedSelector

# The name of a table that applies to any host.
ANY_HOST: Final = "*"
# Selectors of one table. The longest file of ftr-site-config has about 150.
MAX_SELECTORS: Final = 200
# Phrases of one table, and characters of one. A profile of what a site repeats may have hundreds.
MAX_PHRASES: Final = 2_000
MAX_PHRASE_LENGTH: Final = 1_000

_SELECTOR_KEYS = ("drop", "keep", "body")
_KEYS = (*_SELECTOR_KEYS, "phrases")


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector, CSS or XPath, as the user wrote it."""

    source: str

    @property
    def parsed(self) -> ParsedSelector:
        """The compiled form, which is cached. Raises `SelectorError` if the selector cannot be used."""
        from cleaner.rules.selectors import compile_selector

        return compile_selector(self.source)


@dataclass(frozen=True, slots=True)
class SiteRule:
    """The rules for the pages of a site.

    Attributes:
        host: The host, in lower case and without "www."; its subdomains are included. "*" for any host.
        generator: What the page's generator (`<meta name="generator">`) begins with, whatever its case; `None` for any.
        drop: The elements to remove.
        keep: The elements whose blocks are text, whatever `drop`, the other rules and the scorer say.
        body: The elements outside of which everything is removed. The first selector that matches is used.
        phrases: The whole texts of blocks to remove, as `cleaner.rules.matching.fold` folds them, whatever their case.
    """

    host: str
    generator: str | None = None
    drop: tuple[Selector, ...] = ()
    keep: tuple[Selector, ...] = ()
    body: tuple[Selector, ...] = ()
    phrases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name for messages: the host, and the generator if there is one."""
        return self.host if self.generator is None else f"{self.host} ({self.generator})"


def parse_site_rules(table: Mapping[str, Any], where: RuleFile) -> tuple[SiteRule, ...]:
    """Return the site rules in the table `site` of a file of rules, in its order.

    The value of a host is a table, or an array of tables with different generators. Raises `RuleFileError` if a
    selector cannot be used, or if anything else is wrong.
    """
    rules: list[SiteRule] = []
    for host, value in table.items():
        tables = value if isinstance(value, list) else [value]
        for each in tables:
            if not isinstance(each, Mapping):
                raise where.error(f'site.{host} is not a table; write [site."{host}"] and the keys under it', host)
            rules.append(_parse_rule(host, each, where))
    return tuple(rules)


def rules_for(rules: Iterable[SiteRule], host: str, generators: Sequence[str] = ()) -> tuple[SiteRule, ...]:
    """Return the rules that apply to a page, those for the longest host first and those for any host last.

    `host` is that of the page's URL, empty if unknown. `generators` are the values of its generator tags.
    """
    host = _normal_host(host)
    declared = [generator.strip().lower() for generator in generators]
    matching = [
        rule
        for rule in rules
        if (rule.host in (ANY_HOST, host) or host.endswith(f".{rule.host}"))
        and (rule.generator is None or any(each.startswith(rule.generator.lower()) for each in declared))
    ]
    return tuple(sorted(matching, key=lambda rule: 0 if rule.host == ANY_HOST else -len(rule.host)))


def _normal_host(host: str) -> str:
    host = host.lower().rstrip(".").removeprefix("www.")
    try:
        return to_ascii(host)
    except UnicodeError:
        return host


def _parse_rule(host: str, table: Mapping[str, Any], where: RuleFile) -> SiteRule:
    name = _normal_host(host)
    if not name or any(character in name for character in "/:@ ") or ("*" in name and name != ANY_HOST):
        raise where.error(f'"{host}" is not a host; write it as in "example.org", or "*" for any host', host)
    for key in table:
        if key not in (*_KEYS, "generator"):
            raise where.error(f"{key!r} is not a key of a site; choose generator, {', '.join(_KEYS)}", host, key)
    generator = table.get("generator")
    if generator is not None and (not isinstance(generator, str) or not generator.strip()):
        raise where.error(
            'generator is not a string; write what it begins with, such as "WordPress"', host, "generator"
        )
    if name == ANY_HOST and generator is None:
        raise where.error("rules for any host need a generator; without one, write them as rules of your own", host)
    selectors = {key: _parse_selectors(host, key, table, where) for key in _SELECTOR_KEYS}
    count = sum(map(len, selectors.values()))
    if count > MAX_SELECTORS:
        raise where.error(f"{host} has {count} selectors, and at most {MAX_SELECTORS} are allowed", host)
    return SiteRule(
        host=name,
        generator=generator.strip() if generator is not None else None,
        phrases=_parse_phrases(host, table, where),
        **selectors,
    )


def _strings(host: str, key: str, table: Mapping[str, Any], where: RuleFile) -> list[str]:
    """Return the strings under a key; an empty list if there is no such key."""
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise where.error(f'{key} is not a list of strings; write {key} = ["..."]', host, key)
    return values


def _parse_selectors(host: str, key: str, table: Mapping[str, Any], where: RuleFile) -> tuple[Selector, ...]:
    from cleaner.rules.xpath import SelectorError

    selectors = tuple(Selector(source.strip()) for source in dict.fromkeys(_strings(host, key, table, where)))
    for selector in selectors:
        try:
            selector.parsed  # noqa: B018
        except SelectorError as error:
            message = f"the selector {selector.source!r} cannot be used: {error}"
            raise where.error(message, host, key, selector.source) from error
    return selectors


def _parse_phrases(host: str, table: Mapping[str, Any], where: RuleFile) -> tuple[str, ...]:
    phrases = tuple(dict.fromkeys(_strings(host, "phrases", table, where)))
    if len(phrases) > MAX_PHRASES:
        message = f"{host} has {len(phrases)} phrases, and at most {MAX_PHRASES} are allowed"
        raise where.error(message, host, "phrases")
    for phrase in phrases:
        if not any(map(str.isalnum, phrase)) or len(phrase) > MAX_PHRASE_LENGTH:
            message = f"the phrase {phrase[:40]!r} has no letter or digit, or more than {MAX_PHRASE_LENGTH} characters"
            raise where.error(message, host, "phrases", phrase)
    return phrases
