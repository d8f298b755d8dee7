"""The compiled rules: read from the package, or compiled from its sources and kept in the user's cache folder.

A wheel holds the compiled rules; `setup.py` writes them. A checkout does not: there, the first program that needs the
rules compiles them, which takes a few seconds, and writes them to the cache folder for the next.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

from cleaner.collection import collector_paused
from cleaner.models import Reason
from cleaner.rules.lookup import LONG_TEXTS, PLACES, SEPARATOR, Lookup
from cleaner.rules.model import Part, Rule, Scope, Strength, Witness

# Languages whose words no text in ASCII characters has.
NOT_IN_LATIN_SCRIPT: Final = frozenset(
    "am ar be bg bn el fa gu he hi hy ja ka kk km kn ko ky lo mk ml mn mr my ne pa ps ru si ta te th uk ur zh".split()
)
# In a wheel only.
COMPILED: Final = Path(__file__).with_name("compiled.bin")


class RuleTable:
    """Compiled rules. Two tables are never equal, so that caches tell them apart."""

    def __init__(self, compiled: Mapping[str, Any]) -> None:
        self.rules = tuple(map(_rule, compiled["rules"]))
        self.languages: tuple[str, ...] = tuple(compiled["languages"])
        longest = [rule.longest for rule in self.rules]
        self.text = Lookup(compiled["text"], longest, len(self.languages), compiled["slots"])
        self.element = Lookup(compiled["element"], longest, len(self.languages), compiled["slots"])
        # In characters. No rule matches a longer text.
        self.max_length = max(longest, default=0)
        self._numbers: dict[tuple[frozenset[str] | None, bool], frozenset[int]] = {}

    def numbers(self, languages: frozenset[str] | None, *, is_ascii: bool = False) -> frozenset[int]:
        """Return the indices of these languages; `None` for all that a text may be in, in ASCII characters or not."""
        key = languages, is_ascii
        if key not in self._numbers:
            if languages is None:
                languages = frozenset(self.languages) - (NOT_IN_LATIN_SCRIPT if is_ascii else frozenset())
            own = enumerate(self.languages)
            self._numbers[key] = frozenset(number for number, language in own if language in languages)
        return self._numbers[key]


def _rule(fields: Sequence[Any]) -> Rule:
    rule_id, reason, scope, strength, witness, linked, most_linked, unfinished, part, longest, unless_token = fields
    return Rule(
        id=rule_id,
        reason=Reason(reason),
        scope=Scope(scope),
        strength=Strength(strength),
        witness=Witness(witness) if witness else None,
        linked=linked,
        most_linked=most_linked,
        unfinished=unfinished,
        part=Part(part),
        longest=longest,
        unless_token=frozenset(unless_token),
    )


@cache
def package_table() -> RuleTable:
    """Return the rules of the package."""
    try:
        return load_rules(COMPILED.read_bytes())
    except FileNotFoundError:
        return _from_cache()


def load_rules(dumped: bytes) -> RuleTable:
    """Return the rules that `compile.dump_rules` has written. Raises `ValueError` for anything else."""
    head, *texts = dumped.split(SEPARATOR)
    with collector_paused():
        compiled = json.loads(head)
        names = ((place, name) for place in PLACES for name in LONG_TEXTS)
        for (place, name), long_text in zip(names, texts, strict=True):
            compiled[place][name] = long_text
        return RuleTable(compiled)


def _from_cache() -> RuleTable:
    """Return the compiled rules from the user's cache folder; compile and store them there if they are not in it."""
    from cleaner.rules import source

    folder = cache_folder()
    stored = folder / f"rules-{_digest()}.bin" if folder else None
    if stored is not None:
        with suppress(OSError, ValueError):
            return load_rules(stored.read_bytes())

    from cleaner.rules.compile import dump_rules

    compiled = dump_rules(source.read_sources())
    if stored is not None:
        with suppress(OSError):  # a folder that cannot be written to costs time, nothing else
            _store(stored, compiled)
    return load_rules(compiled)


def _digest() -> str:
    """Return a digest of everything that the compiled rules depend on: the rules, and the code that compiles them."""
    from hashlib import sha256

    from cleaner.rules import source
    from cleaner.text import months

    digest = sha256()
    for path in (Path(months.__file__), *sorted(source.FOLDER.glob("*.py")), *source.source_files()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def _store(path: Path, compiled: bytes) -> None:
    """Store compiled rules, and delete those that were stored long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, compiled)
    for older in sorted(path.parent.glob("rules-*.bin"), key=os.path.getmtime)[:-MAX_STORED]:
        older.unlink(missing_ok=True)


# Compiled rules that the cache folder keeps: of a few checkouts.
MAX_STORED: Final = 8


def cache_folder() -> Path | None:
    """Return the user's cache folder for this package, by the XDG Base Directory Specification 0.8.

    `None` if the user has no home folder.
    """
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(base) if os.path.isabs(base) else Path.home() / ".cache") / "news-cleaner"
    except RuntimeError:
        return None


def _replace(path: Path, content: bytes) -> None:
    """Write a file as a whole, so that a program that reads it at the same time never sees a part."""
    import tempfile  # takes 3 ms to load, and the rules are rarely stored

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".rules-")
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
