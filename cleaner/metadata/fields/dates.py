"""Parse dates and times in machine-readable forms and in the forms that people write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cleaner.metadata.fields.values import name_key
from cleaner.patterns import lazy_pattern
from cleaner.text.months import MONTH_PREFIX, month_table

# Earlier dates are rejected. There was no news on the web before 1990. Archives of older articles exist, but an earlier
# date is more often an error than right.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Later dates are rejected. Time zones are up to 14 hours ahead of UTC, and papers publish an edition on the evening
# before its date.
MAX_AHEAD = timedelta(days=1)
MAX_DATE_TEXT = 100  # characters
_MAX_LABEL = 40  # characters before a date that are searched for its label
_MAX_LABEL_AFTER = 20  # characters of a label after the last date of a line

# Names of time zones that mean one offset wherever they are used, in hours. "CST", "IST" and "BST" do not.
_ZONES = {
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "MEZ": 1,
    "MESZ": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "WIB": 7,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
}
_DAY = lazy_pattern(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d\d)(\d\d)")
_CLOCK = lazy_pattern(
    r"(?:T|\s+|\s*,\s*)(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?"
    rf"\s*(?:([ap])\.?m\.?\b)?\s*((?:UTC|GMT)?[+-]\d\d(?::?\d\d)?|Z|UTC|GMT|(?:{'|'.join(_ZONES)})\b)?",
    re.IGNORECASE,
)
# The form that some <meta> elements have, possibly with a weekday and a time: "Thu, 09/25/2025 - 11:38".
_US_DATE = lazy_pattern(r"(?:[a-z]{3,9},\s*)?(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+-)?(.*)", re.IGNORECASE)

_MONTHS = month_table()
_WORD = r"(?:[^\W\d_]|[\u0900-\u0963]){2,12}"  # `re` does not treat the vowel signs of Devanagari as letters
_PROSE_DATE = lazy_pattern(
    rf"(?P<year_first>\d{{4}})\s?[-/.]\s?(?P<month_second>\d{{1,2}})\s?[-/.]\s?(?P<day_last>\d{{1,2}})(?!\d)"
    r"|(?P<cjk_year>\d{4})\s?[年년]\s?(?P<cjk_month>\d{1,2})\s?[月월]\s?(?P<cjk_day>\d{1,2})\s?[日일]"
    rf"|(?<![\d:])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?\s?[.\s/-]\s?(?:de\s|of\s)?(?P<month>{_WORD})(?:/{_WORD})?\.?,?"
    r"[\s/-]{0,2}(?:de\s|del\s)?(?P<year>\d{4})(?!\d)"
    rf"|(?P<year_before>\d{{4}})\.?\s(?P<month_between>{_WORD})\.?\s(?P<day_after>\d{{1,2}})(?!\d)"
    r"|(?<!\d)(?P<viet_day>\d{1,2})\s+tháng\s+(?P<viet_month>\d{1,2}),?\s+(?:năm\s+)?(?P<viet_year>\d{4})(?!\d)"
    rf"|(?P<month_first>{_WORD})\.?\s(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year_last>\d{{4}})(?!\d)"
    r"|(?<![\d/.])(?P<first>\d{1,2})(?P<sign>[./-])(?P<second>\d{1,2})(?P=sign)(?P<third>\d{4})(?!\d)"
)
# "05.03.24": read only in a line without a year of four digits.
_SHORT_DATE = lazy_pattern(
    r"(?<![\w./-])(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d{1,2})(?P=sign)(?P<third>\d\d)(?![\w/-]|\.\d)"
)
# What stands before such a date if it is not a version, a section or a score: nothing, punctuation, or a preposition.
_BEFORE_SHORT_DATE = lazy_pattern(r"(?:^|[^\w\s.]|\b(?:am|vom|on|le|el|il|op|den|em|del|du))\s*$", re.IGNORECASE)
_FIRST_SHORT_YEAR = 90  # "90" to "99" are years of the last century: `EARLIEST` is 1990
_YEAR = lazy_pattern(r"(?:19|20|١٩|٢٠|१९|२०)\d\d")
_TWO_DIGITS = lazy_pattern(r"\d\d")  # most lines have none and need no further search
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩०१२३४५६७८९", "01234567890123456789")
_PROSE_CLOCK = lazy_pattern(
    r"^\.?(?:\s?[rгр]\.)?(?:\s?[（(][^()（）]{1,4}[)）])?[\s,;|•·–—-]{0,4}"
    r"(?:klo?\.?|at|um|à|às|a las|alle|om|ore|в|о|h)?[\s:]{0,2}(?P<east>午前|午後|上午|下午|오전|오후)?\s?"
    r"(?P<hour>[012]?\d)\s?[:.hH時]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s?분?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:(?:\s?uhr)?\s?[（(]?(?P<zone>(?:UTC|GMT)(?:\s?[+-]\d\d?(?::?\d\d)?)?"
    rf"|[+-]\d\d:?\d\d|{'|'.join(_ZONES)})\b)?",
    re.IGNORECASE,
)
_AFTERNOON = frozenset({"p", "P", "午後", "下午", "오후"})
# Parts of the words that label the date of the last change, and that of publication, one line for each language. They
# are found in a line of 120 characters in 5 µs. A pattern that ignores case takes 50, and has to be compiled.
_CHANGE_LABELS = (
    *("updat", "modif", "edited", "revis", "current as of"),
    *("geändert", "aktuali", "stand:"),
    *("mis à jour", "mise à jour"),
    *("actualiz",),
    *("atualiz",),
    *("aggiorna",),
    *("bijgewerkt", "gewijzigd"),
    *("uppdater", "ändrad"),
    *("oppdater", "endret"),
    *("opdater",),
    *("päivitetty", "muokattu"),
    *("zmodyf",),
    *("frissít", "módosít"),
    *("обновл", "измен", "оновл"),
    *("güncelle",),
    *("diperbarui",),
    *("cập nhật",),
    *("更新", "修改"),
    *("업데이트", "수정"),
    *("تحديث", "تعديل"),
    *("अपडेट",),
)
_REVIEWED = lazy_pattern(r"reviewed(?! by)")
_PUBLICATION_LABELS = (
    *("publish", "posted", "first seen"),
    *("veröffentlicht", "erschienen", "erstellt"),
    *("publié",),
    *("publicad",),
    *("pubblicat",),
    *("gepubliceerd", "geplaatst"),
    *("publicerad",),
    *("publisert",),
    *("publiceret", "udgivet"),
    *("julkaistu",),
    *("opublikowan", "publikacji"),
    *("publikov",),
    *("megjelen",),
    *("опубликован", "опубліковано", "дата публикации"),
    *("yayınlan", "yayinlan", "yayın tari", "yayin tari"),  # the small form of "I" is "i", whatever the language
    *("diterbitkan",),
    *("発表", "公開"),
    *("发布", "發布", "发表"),
    *("게시", "등록", "입력"),
    *("نشر",),
    *("प्रकाशित",),
)


def is_change_label(label: str) -> bool:
    """Whether words next to a date, or the class names of its element, label it as the date of the last change."""
    lowered = label.lower()
    return any(map(lowered.__contains__, _CHANGE_LABELS)) or (
        "reviewed" in lowered and _REVIEWED.search(lowered) is not None
    )


def is_named_for_change(names: str) -> bool:
    """Whether the class names are those of a date of change only: some themes use "published updated" for both."""
    return is_change_label(names) and "published" not in names.lower().split()


def is_publication_label(label: str) -> bool:
    """Whether words next to a date label it as the date of publication."""
    return any(map(label.lower().__contains__, _PUBLICATION_LABELS))


def is_date_label(label: str) -> bool:
    """Whether words next to a date label it as that of the publication or of a change."""
    return is_change_label(label) or is_publication_label(label)


class WrittenDate(NamedTuple):
    """A date in a line of text."""

    value: datetime | date
    raw: str  # the date as it is written
    is_change: bool  # whether the line labels it as the date of a change
    start: int  # offsets in the line, in characters
    end: int


def is_month_first(locales: Sequence[str], url: str | None) -> bool:
    """Whether 3/4/2024 means the fourth of March: for American English, and for English of an unknown country.

    `locales` are in lower case, such as "en-us". `url` is the URL of the page; it must be one that can be parsed.
    """
    regions = [locale for locale in locales if locale.startswith("en-")]
    if regions:
        return any(name_key(region) in ("enus", "enph") for region in regions)
    country = (urlsplit(url).hostname or "").rpartition(".")[2] if url else ""
    return any(locale.startswith("en") for locale in locales) and (
        len(country) != 2 or country in ("us", "io", "co", "ai")
    )


def has_year(line: str) -> bool:
    """Whether the line has a year, or a date with a short one; without, `find_dates` finds no date in it."""
    return _TWO_DIGITS.search(line) is not None and (
        _YEAR.search(line) is not None or _SHORT_DATE.search(line) is not None
    )


def find_dates(line: str, *, month_first: bool) -> Iterator[WrittenDate]:
    """Yield the dates in a line of prose, in order. `month_first`: 3/4/2024 means the fourth of March."""
    if not _TWO_DIGITS.search(line):
        return
    if _YEAR.search(line):
        pattern = _PROSE_DATE
    elif (short := _SHORT_DATE.search(line)) and _may_precede_short_date(line[: short.start()]):
        pattern = _SHORT_DATE
    else:
        return
    written, line = line, line.translate(_DIGITS)
    found: list[tuple[datetime | date, int, int]] = []
    for match in pattern.finditer(line):
        day = _short_day(match, month_first) if pattern is _SHORT_DATE else _prose_day(match, month_first)
        if day is not None:
            value, length = _with_prose_clock(day, line[match.end() : match.end() + 40])
            found.append((value, match.start(), match.end() + length))
    starts, ends = [*(start for _, start, _ in found), len(line)], [0, *(end for _, _, end in found)]
    gaps = [line[end:start] for end, start in zip(ends, starts, strict=True)]
    is_after = not is_date_label(gaps[0][-_MAX_LABEL:]) and _is_only_label(gaps[-1])
    labels = gaps[1:] if is_after else [gap[-_MAX_LABEL:] for gap in gaps[:-1]]
    for (value, start, end), label in zip(found, labels, strict=True):
        yield WrittenDate(value, written[start:end].strip(), is_change_label(label), start, end)


def _is_only_label(after: str) -> bool:
    """Whether the text after the last date of a line is a label for it, as in Japanese: "2024年3月5日 公開"."""
    return len(after) <= _MAX_LABEL_AFTER and is_date_label(after) and not any(map(str.isdigit, after))


def _may_precede_short_date(before: str) -> bool:
    return bool(_BEFORE_SHORT_DATE.search(before)) or is_date_label(before[-_MAX_LABEL:])


def _with_prose_clock(day: date, after: str) -> tuple[datetime | date, int]:
    """Return the day with the time that is written after it, if one is, and the length of the time in characters."""
    clock = _PROSE_CLOCK.match(after)
    if clock is None:
        return day, 0
    hour = int(clock["hour"])
    if half := clock["half"] or clock["east"]:
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    if hour > 23:
        return day, 0
    moment = time(hour, int(clock["minute"]), int(clock["second"] or 0))
    return datetime.combine(day, moment, _zone(clock["zone"])), clock.end()


def _short_day(match: re.Match[str], month_first: bool) -> date | None:
    first, second, short_year = int(match["first"]), int(match["second"]), int(match["third"])
    is_swapped = second > 12 or (month_first and match["sign"] == "/" and first <= 12)
    day, month = (second, first) if is_swapped else (first, second)
    try:
        return date(short_year + (1900 if short_year >= _FIRST_SHORT_YEAR else 2000), month, day)
    except ValueError:
        return None


def _prose_day(match: re.Match[str], month_first: bool) -> date | None:
    groups = match.groupdict()
    if groups["year_first"]:
        numbers = (groups["year_first"], groups["month_second"], groups["day_last"])
    elif groups["cjk_year"]:
        numbers = (groups["cjk_year"], groups["cjk_month"], groups["cjk_day"])
    elif groups["viet_year"]:
        numbers = (groups["viet_year"], groups["viet_month"], groups["viet_day"])
    elif groups["first"]:
        first, second = int(groups["first"]), int(groups["second"])
        swapped = second > 12 or (month_first and groups["sign"] == "/" and first <= 12)
        day, month = (second, first) if swapped else (first, second)
        numbers = (groups["third"], str(month), str(day))
    else:
        number = month_of(groups["month"] or groups["month_first"] or groups["month_between"])
        year = groups["year"] or groups["year_last"] or groups["year_before"]
        numbers = (year, str(number or 0), groups["day"] or groups["day_second"] or groups["day_after"])
    try:
        return date(int(numbers[0]), int(numbers[1]), int(numbers[2]))
    except ValueError:
        return None


def month_of(name: str) -> int | None:
    """Return the number of the month (1 to 12) that a word names, by its longest known prefix; `None` if unknown."""
    word = name.casefold()
    lengths = range(min(MONTH_PREFIX, len(word)), 1, -1)
    return next((_MONTHS[word[:length]] for length in lengths if word[:length] in _MONTHS), None)


def parse_date(value: Any, now: datetime) -> datetime | date | None:
    """Return a `datetime`, with a time zone if the value has one, or a `date` if there is no time of day.

    Accepts ISO 8601 and common deviations from it, seconds or milliseconds since the epoch, dates with the name of the
    month (including RFC 2822) and the results of `find_dates`. Returns `None` for anything else, and for dates that are
    not between `EARLIEST` and one day after `now`, which must have a time zone.
    """
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    try:
        parsed = value.value if isinstance(value, WrittenDate) else _parse(value)
    except (ValueError, OverflowError, OSError):
        return None
    return parsed if parsed is not None and is_credible(parsed, now) else None


def is_credible(value: datetime | date, now: datetime) -> bool:
    """Whether an article can have that date. `now` must have a time zone."""
    try:
        return EARLIEST <= _as_moment(value) <= now + MAX_AHEAD
    except OverflowError:
        return False


def most_precise(dates: Sequence[datetime | date]) -> datetime | date:
    """Return the first date, or another that is the same but more precise: with a time of day or with a time zone.

    `dates` are most trusted first and must not be empty.
    """
    best = dates[0]
    for candidate in dates[1:]:
        if not isinstance(best, datetime):
            if isinstance(candidate, datetime) and candidate.date() == best:
                best = candidate
        elif isinstance(candidate, datetime) and best.tzinfo is None and candidate.tzinfo is not None:
            # The same moment without its zone differs by the zone's offset, a multiple of 15 minutes.
            difference = abs(best.replace(tzinfo=UTC, second=0) - candidate.replace(second=0))
            if difference <= timedelta(hours=14) and not difference % timedelta(minutes=15):
                best = candidate
    return best


def is_same_day(first: datetime | date, second: datetime | date) -> bool:
    """Whether two dates can be the same day in two time zones: they are at most 24 hours apart."""
    return abs(_as_moment(first) - _as_moment(second)) <= timedelta(days=1)


def day_of(value: datetime | date) -> date:
    """Return the day, in the time zone of the date."""
    return value.date() if isinstance(value, datetime) else value


def _as_moment(value: datetime | date) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _parse(value: Any) -> datetime | date | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)) or (isinstance(value, str) and re.fullmatch(r"\s*\d{9,13}\s*", value)):
        number = float(value)
        return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
    if not isinstance(value, str):
        return None
    written = value.strip()[:MAX_DATE_TEXT].translate(_DIGITS)
    if day := _DAY.match(written):
        numbers = [int(number) for number in day.groups() if number]
        return _with_clock(date(numbers[0], numbers[1], numbers[2]), written[day.end() :])
    if us_date := _US_DATE.match(written):
        first, second = int(us_date[1]), int(us_date[2])
        month, number = (second, first) if first > 12 else (first, second)
        return _with_clock(date(int(us_date[3]), month, number), us_date[4])
    if prose_date := _PROSE_DATE.search(written):
        date_of_match = _prose_day(prose_date, month_first=True)
        return None if date_of_match is None else _with_clock(date_of_match, written[prose_date.end() :])
    return None


def _with_clock(day: date, after_day: str) -> datetime | date:
    clock = _CLOCK.match(after_day)
    if clock is None:
        return day
    hour_text, minute, second, fraction, half, zone = clock.groups()
    hour = int(hour_text)
    if half:
        hour = hour % 12 + (12 if half in "pP" else 0)
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    clock_time = time(hour, int(minute), min(int(second or 0), 59), microsecond)
    return datetime.combine(day, clock_time, _zone(zone))


def _zone(written: str | None) -> timezone | None:
    if written is None:
        return None
    if (hour := _ZONES.get(written.upper())) is not None:
        return timezone(timedelta(hours=hour))
    hours, _, minutes = re.sub(r"[^\d:]", "", written).partition(":")
    if len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-offset if "-" in written else offset)
