"""The component for spaCy pipelines. CI installs spaCy for these tests; without it, they are skipped."""

from __future__ import annotations

from typing import Any

import pytest

import cleaner

spacy = pytest.importorskip("spacy")

TEXT = """Ferry crews vote to strike

Crews of the Lowmere ferries will stop work on four weekends unless the operator agrees to talks, their union said.

See also: Pier repairs on Great Lowmere will take until spring

The first strike would begin on Friday week, the union said. The operator did not reply to requests for comment.

Share this:"""
BOILERPLATE = "Share this:"


@pytest.fixture
def nlp() -> Any:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("cleaner", first=True)
    return pipeline


def test_same_as_clean_text(nlp: Any) -> None:
    """The component, which needs no import, gives what `clean_text` does in the language of the pipeline."""
    doc = nlp(TEXT)
    article = cleaner.clean_text(TEXT, language="en")
    assert article.text == doc.text
    assert article.to_dict(explain=True) == doc._.cleaner


@pytest.mark.parametrize(("text", "status"), [(BOILERPLATE, "no_article"), ("", None), (" \n", None)])
def test_no_article(text: str, status: str | None, nlp: Any) -> None:
    """A text without an article gives an empty document, and one without words stays as it is."""
    doc = nlp(text)
    assert "" == doc.text.strip()
    assert status == (doc._.cleaner and doc._.cleaner["status"])


@pytest.mark.parametrize("processes", [1, 2])
def test_context_is_kept(processes: int, nlp: Any) -> None:
    """Each document of a stream has the context of its text, also from other processes."""
    texts = [(TEXT, 1), (BOILERPLATE, 2), ("", 3)] * 2
    docs = list(nlp.pipe(texts, as_tuples=True, n_process=processes))
    assert [1, 2, 3] * 2 == [context for _, context in docs]
    assert [True, False, False] * 2 == [bool(len(doc)) for doc, _ in docs]


def test_user_data_is_kept(nlp: Any) -> None:
    """What is stored for the whole document is kept; what is stored for tokens of the old text is not."""
    spacy.tokens.Doc.set_extension("address", default=None, force=True)
    spacy.tokens.Token.set_extension("mark", default=None, force=True)
    doc = nlp.make_doc(TEXT)
    doc._.address = "https://town.example/"
    doc.user_data["batch"] = 7
    doc[0]._.mark = "first"
    cleaned = nlp(doc)
    assert ("https://town.example/", 7) == (cleaned._.address, cleaned.user_data["batch"])
    assert not any(token._.mark for token in cleaned)


def test_serialized(nlp: Any) -> None:
    """A document can be written and read again."""
    doc = nlp(TEXT)
    read = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert (doc.text, doc._.cleaner) == (read.text, read._.cleaner)


def test_saved_pipeline(nlp: Any, tmp_path: Any) -> None:
    """A pipeline with the component can be saved and loaded."""
    nlp.to_disk(tmp_path / "pipeline")
    assert nlp(TEXT).text == spacy.load(tmp_path / "pipeline")(TEXT).text


def test_keep() -> None:
    """The setting `keep` is that of `clean_text`; another value is refused when the component is added."""
    assert spacy.blank("en").add_pipe("cleaner", config={"keep": "more"})
    with pytest.raises(ValueError, match="not a valid Keep"):
        spacy.blank("en").add_pipe("cleaner", config={"keep": "all"})


def test_errors_are_those_of_spacy(nlp: Any) -> None:
    """A text that cannot be cleaned raises, unless the error handler of the pipeline says otherwise."""
    nlp.max_length = 10**7
    lines = "a\n\n" * 40_001
    with pytest.raises(cleaner.InputError):
        nlp(lines)
    nlp.set_error_handler(spacy.util.ignore_error)
    assert [cleaner.clean_text(TEXT, language="en").text] == [doc.text for doc in nlp.pipe([lines, TEXT])]
