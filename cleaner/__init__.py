"""Extract clean articles and their metadata from news pages, with a reason for every line that is removed.

import cleaner

article = cleaner.clean(html, url="https://news.example/story")
print(article.title, article.text)
"""

from __future__ import annotations

from cleaner._version import __version__

TYPE_CHECKING = False  # importing `typing` takes longer than the rest of this module
if TYPE_CHECKING:
    from typing import Any

    from cleaner.batch.aclean_many import aclean_many
    from cleaner.batch.clean_many import clean_many
    from cleaner.batch.following import fetch_pages
    from cleaner.discovery.discover import ArticleLink, Discovery, discover
    from cleaner.errors import CleanerError, Code, FetchError, InputError, NoArticleError
    from cleaner.http.cache import PageCache
    from cleaner.http.fetcher import Fetcher, fetch
    from cleaner.models import (
        Article,
        ArticleType,
        Block,
        Cell,
        Comment,
        Embed,
        Entry,
        Image,
        Keep,
        Kind,
        ListItem,
        Mark,
        MarkKind,
        Page,
        PageKind,
        Reason,
        Removed,
        Status,
        TableRow,
    )
    from cleaner.pipeline import clean, clean_text
    from cleaner.rules.errors import RuleFileError
    from cleaner.rules.user import Rules, load_rules
    from cleaner.write.record import to_json
    from cleaner.write.record_types import (
        ArticleRecord,
        ArticleRow,
        BlockRecord,
        CommentRecord,
        EmbedRecord,
        EntryRecord,
        ErrorRecord,
        ImageRecord,
        RemovedRecord,
    )
    from cleaner.write.row import to_row

__all__ = [
    "Article",
    "ArticleLink",
    "ArticleRecord",
    "ArticleRow",
    "ArticleType",
    "Block",
    "BlockRecord",
    "Cell",
    "CleanerError",
    "Code",
    "Comment",
    "CommentRecord",
    "Discovery",
    "Embed",
    "EmbedRecord",
    "Entry",
    "EntryRecord",
    "ErrorRecord",
    "FetchError",
    "Fetcher",
    "Image",
    "ImageRecord",
    "InputError",
    "Keep",
    "Kind",
    "ListItem",
    "Mark",
    "MarkKind",
    "NoArticleError",
    "Page",
    "PageCache",
    "PageKind",
    "Reason",
    "Removed",
    "RemovedRecord",
    "RuleFileError",
    "Rules",
    "Status",
    "TableRow",
    "__version__",
    "aclean_many",
    "clean",
    "clean_many",
    "clean_text",
    "discover",
    "fetch",
    "fetch_pages",
    "load_rules",
    "to_json",
    "to_row",
]

_NAMES_BY_MODULE = {
    "cleaner.errors": ("CleanerError", "Code", "FetchError", "InputError", "NoArticleError"),
    "cleaner.models": (
        "Article",
        "ArticleType",
        "Block",
        "Cell",
        "Comment",
        "Embed",
        "Entry",
        "Image",
        "Keep",
        "Kind",
        "ListItem",
        "Mark",
        "MarkKind",
        "Page",
        "PageKind",
        "Reason",
        "Removed",
        "Status",
        "TableRow",
    ),
    "cleaner.pipeline": ("clean", "clean_text"),
    "cleaner.batch.aclean_many": ("aclean_many",),
    "cleaner.batch.clean_many": ("clean_many",),
    "cleaner.batch.following": ("fetch_pages",),
    "cleaner.discovery.discover": ("ArticleLink", "Discovery", "discover"),
    "cleaner.http.cache": ("PageCache",),
    "cleaner.http.fetcher": ("Fetcher", "fetch"),
    "cleaner.rules.errors": ("RuleFileError",),
    "cleaner.rules.user": ("Rules", "load_rules"),
    "cleaner.write.record": ("to_json",),
    "cleaner.write.record_types": (
        "ArticleRecord",
        "ArticleRow",
        "BlockRecord",
        "CommentRecord",
        "EmbedRecord",
        "EntryRecord",
        "ErrorRecord",
        "ImageRecord",
        "RemovedRecord",
    ),
    "cleaner.write.row": ("to_row",),
}
# A name is imported when it is first used (PEP 562), so that `import cleaner` takes almost no time, and the command can
# install its signal handlers before slow imports.
_MODULE_OF = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names}


def __getattr__(name: str) -> Any:  # the type depends on the name
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    from importlib import import_module

    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value
