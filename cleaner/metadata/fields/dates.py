"""Moments and days, as pages write them for machines and as they write them for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, NamedTuple

from cleaner.text.months import MONTH_PREFIX, month_table

# Before it there were no news on the web; archives that were put there later are as old as they like to be, but a date
# from before it is a slip more often than it is true.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Zones reach 14 hours ahead of UTC, and papers put the day of the morning's edition on the evening before.
MAX_AHEAD = timedelta(days=1)
MAX_DATE_TEXT = 100  # characters

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d\d)(\d\d)")
_CLOCK = re.compile(
    r"(?:T|\s+|\s*,\s*)(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?"
    r"\s*(?:([ap])\.?m\.?\b)?\s*((?:UTC|GMT)?[+-]\d\d(?::?\d\d)?|Z|UTC|GMT)?",
    re.IGNORECASE,
)
# A weekday and a clock may stand before a date of <meta>: "Thu, 09/25/2025 - 11:38", "Tue, 05 Mar 2024".
_AMERICAN = re.compile(r"(?:[a-z]{3,9},\s*)?(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+-)?(.*)", re.IGNORECASE)

_MONTHS = month_table()
_WORD = r"(?:[^\W\d_]|[\u0900-\u0963]){2,12}"  # the vowel signs of Devanagari are no letters to `re`
_SPOKEN = re.compile(
    rf"(?P<year_first>\d{{4}})\s?[-/.]\s?(?P<month_second>\d{{1,2}})\s?[-/.]\s?(?P<day_last>\d{{1,2}})(?!\d)"
    r"|(?P<cjk_year>\d{4})\s?[年년]\s?(?P<cjk_month>\d{1,2})\s?[月월]\s?(?P<cjk_day>\d{1,2})\s?[日일]"
    rf"|(?<![\d:])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?\s?[.\s/-]\s?(?:de\s|of\s)?(?P<month>{_WORD})\.?,?"
    r"[\s/-]{0,2}(?:de\s|del\s)?(?P<year>\d{4})(?!\d)"
    rf"|(?P<year_before>\d{{4}})\.?\s(?P<month_between>{_WORD})\.?\s(?P<day_after>\d{{1,2}})(?!\d)"
    r"|(?<!\d)(?P<viet_day>\d{1,2})\s+tháng\s+(?P<viet_month>\d{1,2}),?\s+(?:năm\s+)?(?P<viet_year>\d{4})(?!\d)"
    rf"|(?P<month_first>{_WORD})\.?\s(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year_last>\d{{4}})(?!\d)"
    r"|(?<![\d/.])(?P<first>\d{1,2})(?P<sign>[./-])(?P<second>\d{1,2})(?P=sign)(?P<third>\d{4})(?!\d)"
)
_YEAR = re.compile(r"(?:19|20|١٩|٢٠|१९|२०)\d\d")  # most lines have none, and are done with
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩०१२३४५६७८९", "01234567890123456789")
_SPOKEN_CLOCK = re.compile(
    r"^\.?(?:\s?[rгр]\.)?(?:\s?[（(][^()（）]{1,4}[)）])?[\s,;|•·–—-]{0,4}"
    r"(?:klo?\.?|at|um|à|às|a las|alle|om|ore|в|о|h)?[\s:]{0,2}(?P<east>午前|午後|上午|下午|오전|오후)?\s?"
    r"(?P<hour>[012]?\d)\s?[:.hH時]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s?분?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?(?P<zone>(?:UTC|GMT)(?:\s?[+-]\d\d?(?::?\d\d)?)?|[+-]\d\d:?\d\d)\b)?",
    re.IGNORECASE,
)
_AFTERNOON = frozenset({"p", "P", "午後", "下午", "오후"})
# What says of a date that it is not that of publication but of the last change.
_CHANGED = re.compile(
    r"updat|modif|edited|revis|reviewed(?! by)|current as of|geändert|aktuali|stand:|mise? à jour|actualiz"
    r"|atualiz|aggiorna|bijgewerkt|gewijzigd|uppdater|ändrad|oppdater|endret|opdater|zmodyf|обновл|измен|оновл|güncelle|更新|修改|업데이트|수정|päivitetty"
    r"|muokattu|frissít|módosít|diperbarui|cập nhật|تحديث|تعديل|अपडेट",
    re.IGNORECASE,
)


# What says of a date that it is that of publication.
_PUBLISHED = re.compile(
    r"publish|posted|first seen|veröffentlicht|erschienen|erstellt|publié|publicad|pubblicat|gepubliceerd|geplaatst"
    r"|publicerad|publisert|publiceret|udgivet|opublikowan|publikacji|опубликован|опубліковано|дата публикации|yayınlan"
    r"|yayın tarihi|発表|公開|发布|發布|发表|게시|등록|입력|نشر"
    r"|julkaistu|publikov|megjelen|diterbitkan|प्रकाशित",
    re.IGNORECASE,
)


def tells_change(label: str) -> bool:
    """Whether words beside a date, or the names of its element, say that it is the date of the last change."""
    return bool(_CHANGED.search(label))


def tells_publication(label: str) -> bool:
    """Whether words beside a date say that it is the date of publication."""
    return bool(_PUBLISHED.search(label))


class WrittenDate(NamedTuple):
    """A date in a line of text."""

    value: datetime | date
    raw: str  # as it stood there
    changed: bool  # whether the line calls it the date of a change
    start: int  # where in the line
    end: int


def has_year(line: str) -> bool:
    """Whether a year stands in the line; without one, `find_dates` finds no date in it."""
    return _YEAR.search(line) is not None


def find_dates(line: str, *, month_first: bool) -> Iterator[WrittenDate]:
    """The dates in a line that people read, in order; `month_first` decides what 3/4/2024 means."""
    if not has_year(line):
        return
    after = 0
    written, line = line, line.translate(_DIGITS)
    for match in _SPOKEN.finditer(line):
        day = _spoken_day(match, month_first)
        if day is None:
            continue
        clock = _SPOKEN_CLOCK.match(line[match.end() : match.end() + 40])
        value: datetime | date = day
        end = match.end()
        if clock:
            hour = int(clock["hour"])
            if half := clock["half"] or clock["east"]:
                hour = hour % 12 + (12 if half in _AFTERNOON else 0)
            if hour < 24:
                second = int(clock["second"] or 0)
                value = datetime.combine(day, time(hour, int(clock["minute"]), second), _zone(clock["zone"]))
                end += clock.end()
        label = line[max(after, match.start() - 40) : match.start()]
        yield WrittenDate(value, written[match.start() : end].strip(), bool(_CHANGED.search(label)), match.start(), end)
        after = end


def _spoken_day(match: re.Match[str], month_first: bool) -> date | None:
    said = match.groupdict()
    if said["year_first"]:
        numbers = (said["year_first"], said["month_second"], said["day_last"])
    elif said["cjk_year"]:
        numbers = (said["cjk_year"], said["cjk_month"], said["cjk_day"])
    elif said["viet_year"]:
        numbers = (said["viet_year"], said["viet_month"], said["viet_day"])
    elif said["first"]:
        first, second = int(said["first"]), int(said["second"])
        swapped = second > 12 or (month_first and said["sign"] == "/" and first <= 12)
        day, month = (second, first) if swapped else (first, second)
        numbers = (said["third"], str(month), str(day))
    else:
        number = month_of(said["month"] or said["month_first"] or said["month_between"])
        year = said["year"] or said["year_last"] or said["year_before"]
        numbers = (year, str(number or 0), said["day"] or said["day_second"] or said["day_after"])
    try:
        return date(int(numbers[0]), int(numbers[1]), int(numbers[2]))
    except ValueError:
        return None


def month_of(name: str) -> int | None:
    """The month that a word names, by the longest beginning that is known."""
    word = name.casefold()
    lengths = range(min(MONTH_PREFIX, len(word)), 1, -1)
    return next((_MONTHS[word[:length]] for length in lengths if word[:length] in _MONTHS), None)


def moment(said: Any, now: datetime) -> datetime | date | None:
    """A `datetime`, aware where a zone is given, or a `date` where there is no time of day.

    ISO 8601 and its near misses, epoch seconds or milliseconds, dates with a month's name (RFC 2822 too), and what
    `find_dates` found.
    `None` for anything else and for what is not between `EARLIEST` and a day after `now` (aware).
    """
    if isinstance(said, list):
        said = said[0] if said else None
    if isinstance(said, dict):
        said = said.get("@value")
    try:
        found = said.value if isinstance(said, WrittenDate) else _read(said)
    except (ValueError, OverflowError, OSError):
        return None
    return found if found is not None and credible(found, now) else None


def credible(found: datetime | date, now: datetime) -> bool:
    """Whether an article may be of that date, seen from `now` (aware)."""
    try:
        return EARLIEST <= _instant(found) <= now + MAX_AHEAD
    except OverflowError:
        return False


def fullest(found: Sequence[datetime | date]) -> datetime | date:
    """Of the dates, most trusted first, the first; or one that tells the same more fully, with a time or a zone."""
    best = found[0]
    for other in found[1:]:
        if not isinstance(best, datetime):
            if isinstance(other, datetime) and other.date() == best:
                best = other
        elif isinstance(other, datetime) and best.tzinfo is None and other.tzinfo is not None:
            # The same moment said without its zone is off by whole quarters of an hour.
            apart = abs(best.replace(tzinfo=UTC, second=0) - other.replace(second=0))
            if apart <= timedelta(hours=14) and not apart % timedelta(minutes=15):
                best = other
    return best


def same_day(one: datetime | date, other: datetime | date) -> bool:
    """Whether two dates may be one, told in two zones: less than a day lies between them."""
    return abs(_instant(one) - _instant(other)) <= timedelta(days=1)


def day_of(found: datetime | date) -> date:
    """The day, in the zone that it was told in."""
    return found.date() if isinstance(found, datetime) else found


def _instant(found: datetime | date) -> datetime:
    whole = found if isinstance(found, datetime) else datetime.combine(found, time())
    return whole if whole.tzinfo else whole.replace(tzinfo=UTC)


def _read(said: Any) -> datetime | date | None:
    if isinstance(said, bool):
        return None
    if isinstance(said, (int, float)) or (isinstance(said, str) and re.fullmatch(r"\s*\d{9,13}\s*", said)):
        number = float(said)
        return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
    if not isinstance(said, str):
        return None
    written = said.strip()[:MAX_DATE_TEXT].translate(_DIGITS)
    if day := _DAY.match(written):
        numbers = [int(number) for number in day.groups() if number]
        return _with_clock(date(numbers[0], numbers[1], numbers[2]), written[day.end() :])
    if american := _AMERICAN.match(written):
        first, second = int(american[1]), int(american[2])
        month, number = (second, first) if first > 12 else (first, second)
        return _with_clock(date(int(american[3]), month, number), american[4])
    if named := _SPOKEN.search(written):
        found = _spoken_day(named, month_first=True)
        return None if found is None else _with_clock(found, written[named.end() :])
    return None


def _with_clock(day: date, rest: str) -> datetime | date:
    clock = _CLOCK.match(rest)
    if clock is None:
        return day
    said_hour, minute, second, fraction, half, zone = clock.groups()
    hour = int(said_hour)
    if half:
        hour = hour % 12 + (12 if half in "pP" else 0)
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    rest_of_day = time(hour, int(minute), min(int(second or 0), 59), microsecond)
    return datetime.combine(day, rest_of_day, _zone(zone))


def _zone(written: str | None) -> timezone | None:
    if written is None:
        return None
    hours, _, minutes = re.sub(r"[^\d:]", "", written).partition(":")
    if len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-offset if "-" in written else offset)
