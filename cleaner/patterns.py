"""Regular expressions that are compiled when they are first used.

The package has some 300 of them at the level of modules. Compiling them takes 35 ms, and a page uses little more than
half.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Final, Generic, cast

# The methods of `re.Pattern` that the package uses.
_METHODS: Final = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub")


class LazyPattern(Generic[AnyStr]):
    """Stands for a compiled pattern, and has its methods."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    pattern: AnyStr

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern, because a method is missing. From now on, they are attributes, as fast as its own."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what `pickle` needs: the methods cannot be pickled."""
        return LazyPattern, (self.pattern, self._flags)


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return the pattern, to be compiled when one of its methods is first looked up.

    For patterns at the level of modules, in place of `re.compile`. A mistake in one raises `re.error` only then; a test
    compiles all of them.
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(pattern, flags))
