"""The extractor for pipelines of datatrove."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cleaner
from benchmarks import scale

if TYPE_CHECKING:
    from datatrove.data import Document

pytest.importorskip("datatrove", reason="needs datatrove: pip install '.[datatrove]'")

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGE = (FIXTURES / "wordpress_jetpack.html").read_text()
URL = "https://harbourwatch.example/2024/11/ferry-crews-vote-to-strike/"


def documents() -> list[Document]:
    from datatrove.data import Document

    return [
        Document(PAGE, "article", metadata={"url": URL, "shard": 3}),
        Document((FIXTURES / "consent_wall.html").read_text(), "wall"),
        Document("", "empty", metadata={"url": 5}),
        Document(PAGE, "again"),
    ]


def test_pipeline(tmp_path: Path) -> None:
    """In a pipeline of two steps, articles go on with their text and metadata; other pages are dropped and counted."""
    from datatrove.executor import LocalPipelineExecutor

    from cleaner.datatrove import CleanerExtractor

    def write(results: Iterable[Document], rank: int, _: int) -> None:
        texts = [f"{each.id} {each.metadata['title']} {each.metadata.get('shard')}\n{each.text}" for each in results]
        (tmp_path / f"{rank}.txt").write_text("\n---\n".join(texts))

    # Two tasks run in two processes, to which the extractor is pickled.
    steps = [documents(), CleanerExtractor(), write]
    stats = LocalPipelineExecutor(steps, logging_dir=str(tmp_path / "logs"), tasks=2, workers=2).run()
    article = cleaner.clean(PAGE, url=URL)
    for rank in (0, 1):
        first, again = (tmp_path / f"{rank}.txt").read_text().split("\n---\n")
        assert f"article {article.title} 3\n{article.text}" == first
        assert f"again {article.title} None\n{article.text}" == again
    counts = {name: int(each.total) for name, each in stats.stats[0].stats.items()}
    assert {
        "total": 8,
        "forwarded": 4,
        "dropped": 4,
        "dropped_no_article": 2,
        "dropped_empty": 2,
    }.items() <= counts.items()


def test_options() -> None:
    """The options are those of `clean_many`, and the metadata any fields of the record."""
    from cleaner.datatrove import CleanerExtractor

    extractor = CleanerExtractor(any_page=True, metadata=["word_count", "published"])
    found = {each.id: each.metadata for each in extractor.run(documents())}
    assert {"article", "wall", "again"} == found.keys()
    assert {"url", "shard", "word_count", "published"} == found["article"].keys()
    assert "2024-11-21T08:12:45+00:00" == found["article"]["published"]
    assert [] == list(CleanerExtractor(min_confidence=1.0).run(documents()))
    assert [] == list(CleanerExtractor().run(None))


def test_wrong_options() -> None:
    """Wrong options are refused when the pipeline is made."""
    from cleaner.datatrove import CleanerExtractor

    with pytest.raises(ValueError, match="a record has no field words"):
        CleanerExtractor(metadata=["title", "words"])
    with pytest.raises(ValueError, match="min_confidence must be from 0 to 1"):
        CleanerExtractor(min_confidence=2)


def test_single_page() -> None:
    """`extract` returns the text of a single page."""
    from cleaner.datatrove import CleanerExtractor

    assert cleaner.clean(PAGE).text == CleanerExtractor().extract(PAGE)
    with pytest.raises(cleaner.NoArticleError):
        CleanerExtractor().extract((FIXTURES / "consent_wall.html").read_text())


def test_example(tmp_path: Path) -> None:
    """The example in docs/at-scale.md runs as it stands."""
    (output,) = scale.run_examples(tmp_path, "datatrove")
    article = cleaner.clean(PAGE)
    assert f"wordpress_jetpack {article.title} {len(article.text.split())} words\n" == output
