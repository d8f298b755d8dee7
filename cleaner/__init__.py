"""News pages, and texts once scraped from them, to clean articles with metadata and a reason for each line that went.

    import cleaner

    article = cleaner.clean(html, url="https://news.example/story")
    print(article.title, article.text)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleaner._version import __version__
from cleaner.errors import CleanerError, Code, FetchError, InputError, NoArticleError
from cleaner.models import Article, Block, Kind, Page, PageKind, Reason, Removed, Status

if TYPE_CHECKING:
    from cleaner.batch import clean_many
    from cleaner.pipeline import clean, clean_text
    from cleaner.source.fetch import Fetcher, fetch

__all__ = [
    "Article",
    "Block",
    "CleanerError",
    "Code",
    "FetchError",
    "Fetcher",
    "InputError",
    "Kind",
    "NoArticleError",
    "Page",
    "PageKind",
    "Reason",
    "Removed",
    "Status",
    "__version__",
    "clean",
    "clean_many",
    "clean_text",
    "fetch",
]

# The parser, the rules and the readers of JSON load when one of these is first asked for (PEP 562), so that
# `import cleaner` costs a program nothing that only wants the types.
_LOADED_LATER = {
    "clean": "cleaner.pipeline",
    "clean_text": "cleaner.pipeline",
    "clean_many": "cleaner.batch",
    "fetch": "cleaner.source.fetch",
    "Fetcher": "cleaner.source.fetch",
}


def __getattr__(name: str) -> Any:
    if name not in _LOADED_LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_LOADED_LATER[name]), name)
    globals()[name] = value
    return value
