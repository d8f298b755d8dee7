"""A cache for functions of a text. Its memory is limited in bytes, whatever the texts are."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar, TypeVarTuple

# Characters of the longest text that is cached. Menus, labels and most paragraphs are shorter and occur again, on the
# same page or on the next one. Longer texts are rare, and a few thousand of a megabyte each would fill the memory.
MAX_CACHED_LENGTH: Final = 1_000

_Rest = TypeVarTuple("_Rest")
_Result = TypeVar("_Result")


def cached_by_text(
    maxsize: int,
) -> Callable[[Callable[[str, *_Rest], _Result]], Callable[[str, *_Rest], _Result]]:
    """Return a decorator that caches the results for the `maxsize` texts (and other arguments) used last.

    The first argument of the decorated function is the text. Results for texts of more than `MAX_CACHED_LENGTH`
    characters are not cached, so that the memory of the cache has a limit in bytes.
    """

    def decorate(function: Callable[[str, *_Rest], _Result]) -> Callable[[str, *_Rest], _Result]:
        cached = lru_cache(maxsize=maxsize)(function)

        @wraps(function)
        def call(text: str, *rest: *_Rest) -> _Result:
            return function(text, *rest) if len(text) > MAX_CACHED_LENGTH else cached(text, *rest)

        return call

    return decorate
