"""The language of a text, told by its script and by the small words that no text can do without.

A check on what a page declares, no more: it says nothing where it is not sure, and of languages that it does not know.
Built on word lists and not on a library, for the smallest of those brings 5 MB of weights and numpy, and half a second
of loading, to answer the one question whether `lang="en"` is true.
"""

from __future__ import annotations

import re
from collections import Counter

from cleaner.text import scripts

# Characters looked at, from the text's beginning.
_MAX_TEXT = 3_000
_MIN_WORDS = 30
# The share of small words, 0 to 1, in a text of the language. Real articles have .25 and more in analytic languages,
# .08 and more in Turkish and Finnish, which write most of them onto other words.
_MIN_SHARE = 0.07
# How many times as often as the runner-up's the winner's words must stand there.
_MARGIN = 1.25

# Of each language words that are frequent in it, and that the others here do not have or have less often.
_SMALL_WORDS = {
    "en": "the of and to in that is was for with as his on be at by had from are this have which not were but they",
    "de": "der die und den das von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat",
    "fr": "le la les et des en du une que est pour qui dans sur par plus pas au avec ce il sont cette aux ont été",
    "es": "el la los de que y en las un del se por con una para su es al lo como más pero sus ha fue este",
    "pt": "o a os de que e do da em um para com não uma no na por mais dos se foi ao das são pelo pela",
    "it": "il di che la è e per un non del in della con le si una i dei da al alla sono più gli nel ha anche",
    "nl": "de het een van en in is dat op te zijn voor met niet aan er om hij ook als maar naar bij nog door wordt",
    "sv": "och att det som en på är av för med den till inte om ett har de jag var från vi efter kan när också",
    "no": "og i det som en på er av for med den til ikke om et har de var fra vi etter når også blir ble nå mer hadde",
    "da": "og i det som en på er af for med den til ikke om et har de var fra vi efter når også bliver blev nu mere",
    "pl": "i w na z do się nie to że jest o jak po co za od przez tym dla ale są ich już który która oraz",
    "cs": "a v se na je že s z do to o i ve pro za by jako po k od který jsou také ale jeho při podle",
    "sk": "a v sa na je že s z do to o aj vo pre za by ako po k od ktorý sú tiež ale jeho pri podľa",
    "hu": "a az és hogy nem is egy volt ez meg csak de már el még van mint ki azt vagy lesz szerint után",
    "ro": "și de la în a cu pe nu că o din pentru un mai este care se sunt au fost după sau prin lui",
    "fi": "ja on ei että se oli hän mutta joka ovat myös kun kuin sen ole mukaan jos vain niin ollut tai",
    "et": "ja on ei et see oli ta ka kui mis ning oma aga siis veel mida selle kes või pärast",
    "is": "og að í á er sem til við um með af það var ekki fyrir en hann frá þá hafa eru verið þess",
    "tr": "ve bir bu da de için ile olarak olan çok daha en gibi kadar sonra ise ancak dedi oldu göre olduğunu"
    " üzerinden diye ilk her ne o üzere şekilde edilen eden yapılan",
    "id": "yang dan di ini itu dengan untuk dari pada tidak dalam akan ke juga oleh ada telah sebagai karena bisa",
    "ms": "yang dan di ini itu dengan untuk daripada pada tidak dalam akan ke juga oleh ada telah sebagai kerana boleh",
    "tl": "ang ng sa mga na at ay si ni para kay hindi ito nang may isang niya siya rin",
    "vi": "và của là có trong cho được các với một những không người này khi đã đến từ để theo",
    "sw": "na ya wa kwa ni katika la za cha kuwa hiyo huo hilo pia ambayo ambao baada kama lakini hii huyo alisema",
    "st": "ya ho le e ka ke ba ha hore tse ea a se o mme kapa empa batho hape",
    "af": "die van en in is dat het op te nie vir met sy wat aan om ook as maar by nog deur word was ’n hulle",
    "ca": "el la de que i en els les per un amb una del al és no es dels ha més com pel són va aquest",
    "hr": "i u je na se da za su od s o a kao što nije bi do iz koji sve ali nakon ili biti",
    "lt": "ir kad į iš su tai yra bet kaip už po jau dėl tik buvo nuo apie prie šį taip",
    "lv": "un ir ka no par ar uz kas bet lai to pēc kā nav arī bija tika vai gan šo",
    "sq": "e të në dhe për me që një nga se ka më është i u do si janë por nuk",
    "ru": "и в не на что с по он как это из но за то от для его все был о так также же",
    "uk": "і в не на що з до він як це та але за від для його про був так також й у є",
    "bg": "и в на да се за не от че по са като до ще това с след които но беше е",
    "sr": "и у је на се да за су од с о а као што није би до из који све али након или",
    "ar": "في من على أن إلى عن التي مع هذا الذي كان ما لا بعد هذه أو وقال كما بين",
    "fa": "و در به از که این را با است برای آن یک خود تا بر کرد شده می هم",
    "ur": "کے کی میں اور سے کا ہے کو نے پر ہیں کہ یہ اس بھی تھا کر گیا",
    "hi": "के में की है और से का को पर ने कि यह भी हैं एक नहीं इस कर हो",
    "mr": "आणि आहे या ते हे की च्या मध्ये आहेत तर होते नाही यांनी केली",
}  # fmt: skip
_LANGUAGE_OF: dict[str, list[str]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in set(_words.split()):
        _LANGUAGE_OF.setdefault(_word, []).append(_language)

# Scripts that one language of the news uses, or two that differ in a letter.
_SCRIPTS = (
    ("ja", re.compile(f"[{scripts.KANA}]")),
    ("ko", re.compile(f"[{scripts.HANGUL}]")),
    ("zh", re.compile(f"[{scripts.COMMON_HAN}]")),
    ("th", re.compile(f"[{scripts.THAI}]")),
    ("el", re.compile(f"[{scripts.GREEK}]")),
    ("he", re.compile(f"[{scripts.HEBREW}]")),
    ("hy", re.compile(f"[{scripts.ARMENIAN}]")),
    ("ka", re.compile(f"[{scripts.GEORGIAN}]")),
    ("bn", re.compile(f"[{scripts.BENGALI}]")),
    ("ta", re.compile(f"[{scripts.TAMIL}]")),
    ("te", re.compile(f"[{scripts.TELUGU}]")),
    ("gu", re.compile(f"[{scripts.GUJARATI}]")),
    ("kn", re.compile(f"[{scripts.KANNADA}]")),
    ("ml", re.compile(f"[{scripts.MALAYALAM}]")),
    ("pa", re.compile(f"[{scripts.GURMUKHI}]")),
    ("si", re.compile(f"[{scripts.SINHALA}]")),
    ("my", re.compile(f"[{scripts.MYANMAR}]")),
    ("km", re.compile(f"[{scripts.KHMER}]")),
    ("am", re.compile(f"[{scripts.ETHIOPIC}]")),
)
_LETTER_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\W\d_]")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
# Marks above and below letters belong to words, and `\w` knows those of Devanagari and its like not.
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~¡-¿‐-‟•…‹›«»।،؛؟、。]+")
# Zulu and Xhosa write their small words onto others: they show in how words begin.
_NGUNI = re.compile(
    r"(?:[uoe]?ku|[ea]?ma|[ea]ba|[ie]zi|[ie]si|[ie]mi|[uo]bu|[uo]lu|ng[aeiou]|kw[aei]|um|u?na|ye|zo|wa|la)[a-z]{3,}"
)
_MIN_NGUNI_SHARE = 0.25  # the share of such words, 0 to 1; other languages written in Latin letters have less than .1
_XHOSA = re.compile(
    r"kwi\w*|ndi\w+|\w*rh\w+|i(?:in|zi)ndaba|ukuba|okokuba|kwaye|okanye|kunye|apha|ngoku|oko|kuba|oo\w+|ii\w+"
)
_ZULU = re.compile(
    r"ukuthi|futhi|kanye|uma|kusho|lapha|lapho|ngi\w+|nokho|ngoba|yena|khona|kuthiwa|uthi|njengoba|manje|noma"
)
# So few kana make a text Japanese: headlines have hardly any.
_MIN_KANA_SHARE = 0.05
# Languages that readers and detectors take for one another; what the page says of them is better than a guess.
_ALIKE = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"id", "ms"}),
    frozenset({"hr", "sr", "bs"}),
    frozenset({"cs", "sk"}),
)
_COUNTED = re.compile(rf"[{scripts.UNSPACED}{scripts.LAO}{scripts.KHMER}]|\w+(?:[’'.,-]\w+)*")


def detected(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; `None` where it is short, mixed, or of a language not known here."""
    text = text[:_MAX_TEXT]
    plain = text.encode("ascii", "ignore")
    letters = len(plain.translate(None, delete=_NO_LETTERS)) + len(_LETTER_BEYOND_ASCII.findall(text))
    if letters < 20:
        return None
    kana = len(_SCRIPTS[0][1].findall(text))
    if kana > _MIN_KANA_SHARE * letters:
        return "ja"
    # No script here has a sign of ASCII, and most texts hold little else. Looking for all takes a tenth of a ms.
    if len(text) - len(plain) > letters / 2:
        for language, script in _SCRIPTS[1:]:
            if len(script.findall(text)) > letters / 2:
                return language
    words = _WORD.findall(text.casefold())
    if len(words) < _MIN_WORDS:
        return None
    times = Counter(words)
    if sum(count for word, count in times.items() if _NGUNI.fullmatch(word)) >= _MIN_NGUNI_SHARE * len(words):
        xhosa, zulu = (sum(1 for word in words if pattern.fullmatch(word)) for pattern in (_XHOSA, _ZULU))
        return None if xhosa == zulu else "xh" if xhosa > zulu else "zu"
    counts: Counter[str] = Counter()
    for word, count in times.items():
        for language in _LANGUAGE_OF.get(word, ()):
            counts[language] += count
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _MIN_SHARE * len(words):
        return None
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else ("", 0)
    return best[0] if best[1] >= _MARGIN * second[1] or _close(best[0], second[0]) else None


def contradicts(found: str | None, declared: str | None) -> bool:
    """Whether the language of the text is none that could have been declared so."""
    return found is not None and found != declared and not (declared and _close(found, declared))


def _close(one: str, other: str) -> bool:
    return any(one in alike and other in alike for alike in _ALIKE)


def word_count(text: str) -> int:
    """The words of a text. Where a script puts no blanks between words, each character counts."""
    return len(_COUNTED.findall(text))
