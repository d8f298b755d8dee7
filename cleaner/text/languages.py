"""Detect the language of a text by its script and by small words that are frequent in every text.

This only checks the language that a page declares. It returns no result if it is not sure, and for languages that it
does not know. It uses word lists and not a library, because the smallest library adds 5 MB of weights, numpy and half
a second of loading, only to check whether `lang="en"` is true.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from cleaner.patterns import lazy_pattern
from cleaner.text import scripts

# Characters that are examined, from the beginning of the text.
MAX_EXAMINED = 3_000
_MIN_LETTERS = 20  # shorter texts give no result
_MIN_WORDS = 30  # the same, for languages that are detected by their words
# The lowest share (0 to 1) of the language's small words in a text. Articles have at least .25 in analytic languages
# and at least .08 in Turkish and Finnish, which append most of them to other words.
_MIN_SHARE = 0.07
# The small words of the best language must be this many times as frequent as those of the second.
_MARGIN = 1.25

# For each language, words that are frequent in it and rarer or unknown in the other languages.
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

# Scripts with the language of the news that uses them; some have a second one that differs in a letter.
_SCRIPTS = (
    ("ja", scripts.KANA),
    ("ko", scripts.HANGUL),
    ("zh", scripts.COMMON_HAN),
    ("th", scripts.THAI),
    ("el", scripts.GREEK),
    ("he", scripts.HEBREW),
    ("hy", scripts.ARMENIAN),
    ("ka", scripts.GEORGIAN),
    ("bn", scripts.BENGALI),
    ("ta", scripts.TAMIL),
    ("te", scripts.TELUGU),
    ("gu", scripts.GUJARATI),
    ("kn", scripts.KANNADA),
    ("ml", scripts.MALAYALAM),
    ("pa", scripts.GURMUKHI),
    ("si", scripts.SINHALA),
    ("my", scripts.MYANMAR),
    ("km", scripts.KHMER),
    ("am", scripts.ETHIOPIC),
)
_LETTER_BEYOND_ASCII = lazy_pattern(r"[^\x00-\x7f\W\d_]")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
# Combining marks belong to words, but `\w` does not match those of Devanagari and similar scripts.
_WORD = lazy_pattern(r"[^\s\d!-/:-@\[-`{-~¡-¿‐-‟•…‹›«»।،؛؟、。]+")
# Zulu and Xhosa attach their small words to others, so they are recognised by the prefixes of words.
_NGUNI = lazy_pattern(
    r"(?:[uoe]?ku|[ea]?ma|[ea]ba|[ie]zi|[ie]si|[ie]mi|[uo]bu|[uo]lu|ng[aeiou]|kw[aei]|um|u?na|ye|zo|wa|la)[a-z]{3,}"
)
_MIN_NGUNI_SHARE = 0.25  # share of such words (0 to 1); other languages in Latin script have less than .1
_MIN_SWAHILI_SHARE = 0.1  # share of Swahili's small words (0 to 1) in its texts; in Zulu and Xhosa, less than .03
# Cyrillic letters that only one of the languages of news has, so that a few of them prove it.
_LETTERS = (
    ("kk", "ұ"),
    (None, "әөүҳҷӣӯғқңһ"),  # languages of Central Asia that are not told apart
    ("be", "ў"),
    ("mk", "ѓќѕ"),
    ("sr", "јћђ"),
    ("uk", "їєґ"),
    ("ru", "ыэё"),
    ("bg", "ъ"),
)
_MIN_LETTER_SHARE = 0.005  # of the letters beyond ASCII (0 to 1)
# Languages whose texts have more, and languages whose texts have fewer letters beyond ASCII, as shares of all letters.
_ACCENTED = ("cs", "sk", "pl", "hu", "ro", "tr", "vi", "lv", "lt", "is", "sq", "hr")
_MIN_ACCENTED = 0.01
_PLAIN = ("en", "id", "ms", "sw", "tl", "st", "it", "nl", "af")
_MAX_PLAIN = 0.06
_XHOSA = lazy_pattern(
    r"kwi\w*|ndi\w+|\w*rh\w+|i(?:in|zi)ndaba|ukuba|okokuba|kwaye|okanye|kunye|apha|ngoku|oko|kuba|oo\w+|ii\w+"
)
_ZULU = lazy_pattern(
    r"ukuthi|futhi|kanye|uma|kusho|lapha|lapho|ngi\w+|nokho|ngoba|yena|khona|kuthiwa|uthi|njengoba|manje|noma"
)
# The share of kana (0 to 1) above which a text is Japanese. It is low because headlines have hardly any.
_MIN_KANA_SHARE = 0.05
# Languages that readers and detectors confuse. What the page declares is more reliable than a guess.
_SIMILAR_LANGUAGES = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"id", "ms"}),
    frozenset({"hr", "sr", "bs"}),
    frozenset({"cs", "sk"}),
)
_COUNTED_WORD: Final = lazy_pattern(r"\w+(?:[’'.,-]\w+)*")
_WITHOUT_SPACES: Final = f"{scripts.UNSPACED}{scripts.LAO}{scripts.KHMER}"


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language; `None` if the text is short or mixed, or if it is unknown."""
    text = text[:MAX_EXAMINED]
    ascii_bytes = text.encode("ascii", "ignore")
    letters = len(ascii_bytes.translate(None, delete=_NO_LETTERS)) + len(_LETTER_BEYOND_ASCII.findall(text))
    if letters < _MIN_LETTERS:
        return None
    kana = len(scripts.one_of(scripts.KANA).findall(text))
    if kana > _MIN_KANA_SHARE * letters:
        return "ja"
    # None of these scripts has ASCII characters, and most texts have few others. Searching for all takes 0.1 ms.
    if len(text) - len(ascii_bytes) > letters / 2:
        for language, script in _SCRIPTS[1:]:
            if len(scripts.one_of(script).findall(text)) > letters / 2:
                return language
    words = _WORD.findall(text.casefold())
    if len(words) < _MIN_WORDS:
        return None
    word_counts = Counter(words)
    beyond_ascii = Counter(_LETTER_BEYOND_ASCII.findall(text.casefold()))
    if beyond_ascii.total() > letters / 2 and (cyrillic := _language_of_letters(beyond_ascii)):
        return cyrillic
    counts: Counter[str] = Counter()
    for word, count in word_counts.items():
        for language in _LANGUAGE_OF.get(word, ()):
            counts[language] += count
    for language in _without_letters(beyond_ascii, letters):
        del counts[language]
    prefixed = sum(count for word, count in word_counts.items() if _NGUNI.fullmatch(word))
    # Swahili has prefixes like these, but its small words stand alone.
    if prefixed >= _MIN_NGUNI_SHARE * len(words) and counts["sw"] < _MIN_SWAHILI_SHARE * len(words):
        xhosa, zulu = (sum(1 for word in words if pattern.fullmatch(word)) for pattern in (_XHOSA, _ZULU))
        if xhosa != zulu:
            return "xh" if xhosa > zulu else "zu"
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _MIN_SHARE * len(words):
        return None
    best, runner_up = ranked[0], ranked[1] if len(ranked) > 1 else ("", 0)
    return best[0] if best[1] >= _MARGIN * runner_up[1] or _is_similar(best[0], runner_up[0]) else None


def _language_of_letters(letters: Counter[str]) -> str | None:
    """Return the language that the letters of a text in Cyrillic or another script prove; `None` if they do not."""
    total = letters.total()
    for language, own in _LETTERS:
        if sum(letters[letter] for letter in own) >= _MIN_LETTER_SHARE * total:
            return language
    return None


def _without_letters(beyond_ascii: Counter[str], letters: int) -> list[str]:
    """Return the languages that the text cannot have, by its letters beyond ASCII. `letters` is the number of all."""
    share = beyond_ascii.total() / letters
    excluded = [*_ACCENTED] if share < _MIN_ACCENTED else []
    if share > _MAX_PLAIN:
        excluded += _PLAIN
    nordic, swedish = (sum(beyond_ascii[letter] for letter in own) for own in ("æø", "äö"))
    if swedish > nordic:
        excluded += ["da", "no"]
    elif nordic > swedish:
        excluded += ["sv"]
    return excluded


def contradicts(detected: str | None, declared: str | None) -> bool:
    """Whether the detected language contradicts the declared one: they differ and are not easily confused."""
    return detected is not None and detected != declared and not (declared and _is_similar(detected, declared))


def similar_languages(language: str) -> frozenset[str]:
    """Return the languages that are easily confused with this one, and itself."""
    return next((group for group in _SIMILAR_LANGUAGES if language in group), frozenset({language}))


def _is_similar(first: str, second: str) -> bool:
    return any(first in group and second in group for group in _SIMILAR_LANGUAGES)


def word_count(text: str) -> int:
    """Return the number of words of a text. In scripts without spaces between words, each character counts."""
    if scripts.is_alphabetic(text):
        return len(_COUNTED_WORD.findall(text))
    characters = scripts.one_of(_WITHOUT_SPACES)
    return len(characters.findall(text)) + len(_COUNTED_WORD.findall(characters.sub(" ", text)))
