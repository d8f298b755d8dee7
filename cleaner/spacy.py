"""A component for spaCy pipelines. spaCy finds it by the entry point in setup.cfg, and imports this module."""

# Annotations are not postponed here: spaCy checks the settings of a component against them.
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from cleaner.errors import NoArticleError
from cleaner.models import Keep

# What every `Doc` has as `doc._.cleaner`.
EXTENSION = "cleaner"


class CleanerComponent:
    """Replaces a `Doc` of extracted text by a `Doc` of the article in it.

    It should be the first component: the new `Doc` has tokens, but no annotations of earlier components. What the
    caller stored for the whole `Doc` (its context, `user_data` and extensions) is kept. `doc._.cleaner` is the
    dictionary of `Article.to_dict(explain=True)`, so `doc._.cleaner["removed"]` has each removed line with its reason.
    It is a dictionary because spaCy serializes it.

    A text without an article becomes an empty `Doc`. A `Doc` without text stays as it is, and its `doc._.cleaner` is
    `None`. Text that cannot be cleaned raises `CleanerError`, which `nlp.set_error_handler` can change.
    """

    def __init__(self, nlp: Language, keep: Keep) -> None:
        self._nlp = nlp
        self._keep = keep
        # "xx" is spaCy's code for any language.
        self._language = None if nlp.lang == "xx" else nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        from cleaner.pipeline import clean_text  # spaCy imports this module in programs that do not use it, too

        if not doc.text.strip():
            return doc
        try:
            article = clean_text(doc.text, language=self._language, keep=self._keep)
        except NoArticleError as error:
            article = error.article
        cleaned = self._nlp.make_doc(article.text)
        cleaned._context = doc._context  # where `nlp.pipe(as_tuples=True)` keeps what came with the text
        cleaned.user_data.update(_of_whole_doc(doc.user_data))
        cleaned._.set(EXTENSION, article.to_dict(explain=True))
        return cleaned


def _of_whole_doc(user_data: dict[Any, Any]) -> dict[Any, Any]:
    """Return the entries that are not about tokens or spans: the keys of those are ("._.", name, start, end)."""
    return {
        key: value
        for key, value in user_data.items()
        if not (isinstance(key, tuple) and key[:1] == ("._.",) and key[2] is not None)
    }


def create_cleaner(nlp: Language, name: str, keep: str) -> CleanerComponent:
    """Return the component `cleaner`, for `nlp.add_pipe("cleaner", first=True, config={"keep": "more"})`."""
    if not Doc.has_extension(EXTENSION):
        Doc.set_extension(EXTENSION, default=None)
    return CleanerComponent(nlp, Keep(keep))


# Called, and not used as a decorator: mypy does not know the types of spaCy.
Language.factory("cleaner", default_config={"keep": "balanced"}, func=create_cleaner)
