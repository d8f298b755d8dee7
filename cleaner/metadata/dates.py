"""Moments and days as pages write them for machines. What people are meant to read is left to other witnesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

# Before it there were no news on the web; archives that were put there later are as old as they like to be, but a date
# from before it is a slip more often than it is true.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Zones reach 14 hours ahead of UTC, and papers put the day of the morning's edition on the evening before.
MAX_AHEAD = timedelta(days=2)
MAX_DATE_TEXT = 100  # characters

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})(\d\d)(\d\d)")
_CLOCK = re.compile(
    r"(?:T|\s+|\s*,\s*)(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?"
    r"\s*(?:([ap])\.?m\.?\b)?\s*((?:UTC|GMT)?[+-]\d\d(?::?\d\d)?|Z|UTC|GMT)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"(?:[a-z]{3,9},?\s+)?"
    r"(?:(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})|(?P<day_first>\d{1,2})\s+(?P<month_last>[a-z]{3,9})\.?)"
    r"(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?P<rest>.*)",
    re.IGNORECASE,
)


def moment(said: Any, now: datetime) -> datetime | date | None:
    """A `datetime`, aware where a zone is given, or a `date` where there is no time of day.

    ISO 8601 and its near misses, epoch seconds or milliseconds, and English dates with a month's name (RFC 2822 too).
    `None` for anything else and for what is not between `EARLIEST` and two days after `now` (aware).
    """
    if isinstance(said, list):
        said = said[0] if said else None
    if isinstance(said, dict):
        said = said.get("@value")
    try:
        found = _read(said)
        if found is None:
            return None
        return found if EARLIEST <= _instant(found) <= now + MAX_AHEAD else None
    except (ValueError, OverflowError):
        return None


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
    written = said.strip()[:MAX_DATE_TEXT]
    if day := _DAY.match(written):
        numbers = [int(number) for number in day.groups() if number]
        return _with_clock(date(numbers[0], numbers[1], numbers[2]), written[day.end() :])
    if english := _ENGLISH.match(written):
        name = (english["month"] or english["month_last"])[:3].lower()
        if name in _MONTHS:
            number = int(english["day"] or english["day_first"])
            return _with_clock(date(int(english["year"]), _MONTHS.index(name) + 1, number), english["rest"])
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
    digits = re.sub(r"\D", "", written).ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-offset if "-" in written else offset)
