"""The beginnings of month names in many languages."""

from __future__ import annotations

from typing import Final

# January to December, each with the beginnings of its full and abbreviated names, in lower case. Inflected forms have
# the same beginning: "марта", "maaliskuuta".
MONTH_NAMES: Final[tuple[tuple[str, ...], ...]] = tuple(
    tuple(names.split())
    for names in (
        "jan jän gen ene янв січ oca sty ian led tammi jaa ιαν يناير كانون جانفي जनवरी",
        "feb fev fév peb veebr лют фев şub lut úno helm φεβ فبراير شباط فيفري फरवरी फ़रवरी",
        "mar mär mrz maa mrt már bře мар бер μαρ مارس آذار मार्च",
        "apr abr avr kwi nis ápr dub huht апр квіт απρ أبريل إبريل ابريل نيسان أفريل अप्रैल",
        "may mai mag mei maj máj kvě touk май мая трав μαΐ μαι مايو أيار ماي मई",
        "jun juin jún giu cze haz iun kesä červn juuni июн черв ιουν يونيو يونيه حزيران جوان जून",
        "jul juil júl lug lip tem iul hein červe juuli июл лип ιουλ يوليو يوليه تموز جويلية जुलाई",
        "aug ago aoû sie ağu agu elo srp авг серп αυγ ágú أغسطس اغسطس أوت अगस्त",
        "sep set sze wrz eyl syys zář сен вер σεπ سبتمبر أيلول सितंबर सितम्बर",
        "oct okt out ott paź eki loka říj окт жовт οκτ أكتوبر اكتوبر अक्टूबर अक्तूबर",
        "nov lis kas noi marra ноя лист νοε نوفمبر नवंबर नवम्बर",
        "dec dez déc dic des det gru ara joul pros дек груд δεκ ديسمبر दिसंबर दिसम्बर",
    )
)
# Characters of a name that determine the month: "marraskuuta" is November, and "mars" is March.
MONTH_PREFIX: Final = 5


def month_table() -> dict[str, int]:
    """Return the number of the month, 1 to 12, by the first `MONTH_PREFIX` characters of each name."""
    table: dict[str, int] = {}
    for number, names in enumerate(MONTH_NAMES, 1):
        for name in names:
            table.setdefault(name[:MONTH_PREFIX], number)
    return table
