"""Cleaning in a pipeline of datatrove. Needs the extra `datatrove`."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Final

from datatrove.pipeline.extractors.base import BaseExtractor
from datatrove.utils.typeshelper import StatHints

from cleaner.batch.clean_many import Options
from cleaner.batch.offline import offline_records
from cleaner.inputs.read import Input, read_mapping
from cleaner.models import Keep
from cleaner.processes.forkserver import Limits
from cleaner.write.record_types import ArticleRecord

if TYPE_CHECKING:
    from datatrove.data import Document

    from cleaner.rules.user import RulesOrPaths

# The fields of a record that are added to the metadata of a document.
METADATA: Final = ("title", "authors", "published", "language", "site_name", "status", "confidence")


class CleanerExtractor(BaseExtractor):
    """An extractor that turns the page in the text of a document into the text of its article.

    Each task has a worker process with the limits of `clean_many`. The URL of the page is `url` in the metadata of the
    document. Documents without an article are dropped, and counted by error code, as `dropped_no_article` for example.

    Args:
        keep: See `clean_many`.
        any_page: See `clean_many`.
        rules: See `clean_many`. A path is read by this call.
        min_confidence: Documents with an article of a lower confidence are dropped, too.
        metadata: The names of fields of the record that are added to the metadata of the document.

    Raises:
        RuleFileError: A rule file cannot be read, or has a mistake.
        ValueError: A record has no field of a name in `metadata`, `keep` has another value, or `min_confidence` is not
            from 0 to 1.
    """

    name = "🧹 cleaner"

    def __init__(
        self,
        *,
        keep: Keep | str = Keep.BALANCED,
        any_page: bool = False,
        rules: RulesOrPaths = None,
        min_confidence: float = 0.0,
        metadata: Collection[str] = METADATA,
    ) -> None:
        super().__init__(timeout=Limits().seconds)
        self._options = Options.checked(False, keep, any_page, rules, min_confidence)
        if unknown := [name for name in metadata if name not in ArticleRecord.__annotations__]:
            raise ValueError(f"a record has no field {unknown[0]}")
        self._metadata = tuple(metadata)

    def extract(self, text: str) -> str:
        """Return the text of the article. Raises `CleanerError` if there is none."""
        from cleaner.pipeline import clean

        options = self._options
        return clean(text, keep=options.keep, any_page=options.any_page, rules=options.rules, timeout=self.timeout).text

    def run(self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Yield the documents with an article, in order."""
        waiting: deque[Document] = deque()
        with closing(offline_records(_inputs(data or (), waiting), self._options)) as records:
            while True:
                with self.track_time():
                    record = next(records, None)
                if record is None:
                    break
                document = waiting.popleft()
                self.stat_update(StatHints.total)
                if error := record["error"]:
                    self.stat_update(StatHints.dropped, f"dropped_{error['code']}")
                    continue
                document.text = record["text"] or ""
                document.metadata |= {name: record[name] for name in self._metadata}  # type: ignore[literal-required]
                self.stat_update(StatHints.forwarded)
                self.update_doc_stats(document)
                yield document


def _inputs(documents: Iterable[Document], waiting: deque[Document]) -> Iterator[Input]:
    """Yield the page of each document, and append the document to those that wait for their record."""
    for document in documents:
        waiting.append(document)
        url = document.metadata.get("url")
        yield read_mapping(str(document.id), {"html": document.text, "url": url if isinstance(url, str) else None})
