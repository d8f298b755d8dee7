"""Journalism that reads like boilerplate is kept, and boilerplate gets the reason that a reader would give."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.models import Reason, Status
from cleaner.rules.matching import package_rules
from cleaner.rules.model import Part

PARAGRAPHS = (
    "The harbour of Westport was closed on Monday after a storm had thrown boats against its northern wall, which "
    "was built in the nineteenth century and has a hole now through which a lorry could drive.",
    "Nobody was hurt, said the mayor, who had spent the night on the pier with the crews and half of the village, "
    "while the lifeboat of the next town took eleven people off one ship.",
    "Engineers of the county will look at the wall on Wednesday and say how long the repair of the stones will take "
    "and who is to pay for it, because the insurance of the harbour ended in the spring.",
    "Until then no ship may enter, and the catch of the small boats is landed in the next town, to the south, where "
    "the fish hall has been open around the clock since the weekend.",
)
# Sentences that certain rules took, each of them from a report on misfires.
SENTENCES = (
    ("en", "The evidence was independently reviewed by three judges, who found it thin."),
    ("en", "This article was published in partnership with the rebels, prosecutors say"),
    ("en", "The author had a business in Kyiv before the war began and lost it in the first week."),
    ("en", "You can cancel at any time before the vote, the minister said."),
    ("en", "We are hiring again, the shipyard told its workers"),
    ("en", "Letters should be kept for ten years, the archive advises."),
    ("de", "Die Partei rückt nach links, um mehr Stimmen zu bekommen."),
    ("de", "Die Straße links vom Bahnhof soll einen neuen Radweg erhalten."),
    ("de", "Der Autor ist am Montag im Alter von 81 Jahren gestorben."),
    ("fr", "L'auteur est mort lundi à Brest, a annoncé sa famille."),
)
OBITUARY = (
    "Mary Quayle, who wrote about the tides for this town for half a century and was read aloud in its pubs, died on "
    "Sunday in the house where she was born. She was eighty-four.",
    "She was born in 1941 as the daughter of a pilot and a teacher, and went to school across the bay, in a boat that "
    "she rowed herself from the age of nine, whatever the weather was.",
    "The lifeboat was launched in her honour on Monday, and the harbour master lowered the flag, which he had done for "
    "nobody but two kings and the man who dredged the channel.",
    "Her readers knew her for the column of Saturday, in which she predicted the height of the spring tides better "
    "than the office in the capital, and told what had been found on the beach.",
    "She received her degree in history from the university of the county in 1961, and joined the staff in Leeds "
    "before she came home, because she missed the smell of tar, as she used to say.",
    "She joined the staff of the harbour office in 1966 after a summer on the docks, where she had sold newspapers to "
    "sailors who could not read them and bought them for the pictures.",
    "She had written about the sea for nearly fifty years when she stopped, a colleague said, and since then nobody "
    "has known in this town what the water is going to do on any given day.",
)


def page(*paragraphs: str, language: str = "en", title: str = "Storm closes the harbour of Westport") -> str:
    """Return a page with an article of these paragraphs; one that begins with "#" is a heading."""
    blocks = (f"<h2>{text[1:]}</h2>" if text.startswith("#") else f"<p>{text}</p>" for text in paragraphs)
    head = f"<head><title>{title}</title></head>"
    return f'<html lang="{language}">{head}<body><article><h1>{title}</h1>{"".join(blocks)}</article></body></html>'


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_no_certain_rule_takes_it(language: str, sentence: str) -> None:
    """No certain rule takes the sentence, whatever the language of the page is said to be, in HTML or in plain text."""
    block = cleaner.Block(place=0, kind=cleaner.Kind.PARAGRAPH, text=sentence)
    for rules in (package_rules().for_page(frozenset({language})), package_rules().for_page()):
        for plain in (False, True):
            found = list(rules.of_block(block, Part.INSIDE, plain=plain))
            assert [] == [rule.id for rule in found if rule.needs_no_witness]


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
@pytest.mark.parametrize("keep", ["more", "balanced"])
def test_it_is_kept_inside_an_article(language: str, sentence: str, keep: str) -> None:
    """The sentence is kept between paragraphs; where a likely rule is against it, `keep="more"` saves it."""
    html = page(*PARAGRAPHS[:2], sentence, *PARAGRAPHS[2:], language=language)
    article = cleaner.clean(html, keep=keep)
    removed = {block.text: block for block in article.removed}
    if keep == "balanced" and sentence in removed:
        assert removed[sentence].evidence  # by the scorer, not by words alone
    else:
        assert sentence in article.text.split("\n\n")


@pytest.mark.parametrize("heading", ["No comment", "Poll", "Live", "PR"])
def test_a_subheading_is_kept(heading: str) -> None:
    """A subheading between paragraphs is kept, though boilerplate has such headings in some language."""
    article = cleaner.clean(page(*PARAGRAPHS[:2], f"#{heading}", *PARAGRAPHS[2:]))
    assert heading in article.text.split("\n\n")


def test_an_obituary_is_whole() -> None:
    """An obituary keeps its last paragraphs, although each reads like a note on an author."""
    article = cleaner.clean(page(*OBITUARY, title="Mary Quayle, who knew the tides"))
    assert "\n\n".join(OBITUARY) == article.text


PROMPTS = ("Subscribe to continue reading", "Subscribe to read more", "Log in to keep reading")


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_paywall_prompt(prompt: str) -> None:
    """A prompt to subscribe to read on is a paywall, and the text above it is only a part of the article."""
    article = cleaner.clean(page(*PARAGRAPHS, prompt))
    assert [Reason.PAYWALL] == [block.reason for block in article.removed if block.text == prompt]
    assert (Status.PARTIAL, True) == (article.status, article.paywalled)


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Back to top", {Reason.NAVIGATION, Reason.TOOLS}),
        ("Article continues after advertisement", {Reason.CONTINUES, Reason.AD}),
        ("© 2025 The Harbour Post. All rights reserved.", {Reason.COPYRIGHT}),
        ("Subscribe to our newsletter", {Reason.SUBSCRIBE}),
        ("Leave a Reply", {Reason.COMMENTS}),
        ("Share this:", {Reason.SHARE}),
        ("See also: Ferry timetable for spring", {Reason.RELATED}),
    ],
)
def test_the_reason_is_that_of_a_reader(text: str, reasons: set[Reason]) -> None:
    """Boilerplate after an article is removed for the reason that a reader would give."""
    article = cleaner.clean(page(*PARAGRAPHS, text))
    assert [True] == [block.reason in reasons for block in article.removed if block.text == text]
