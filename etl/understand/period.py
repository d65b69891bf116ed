"""The periods that a label names."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from etl.understand import period_words as words
from etl.understand.span import span, time_period
from etl.understand.text import dashes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "Period", "ambiguous_code", "code_shape", "find_periods", "from_date", "from_dates", "span",
    "time_period",
]  # fmt: skip

FIRST_YEAR = 1949
REPORTED_PARTS = ((4, 6), (7, 9), (10, 12), (7, 12))  # beside those from January on
_HOLE = "\0"


@dataclass(frozen=True, slots=True)
class Period:
    """What a label says of time, no more: a year, months 1–12, a day, a relative word.

    Months are from the first of ``first_month`` to the last of ``last_month`` (of ``end_year``
    where the period ends in another year). ``relative`` is '', month, quarter, this, year_to_date,
    this_year, since, prior_year, prior, as_of or, of 2023-2024年度, either; ``festival`` a code of
    breakdowns.csv.
    """

    year: int | None = None
    first_month: int | None = None
    last_month: int | None = None
    end_year: int | None = None
    day: dt.date | None = None
    relative: str = ""
    festival: str = ""
    of_season: bool = False  # its months are those of the festival, none is printed

    @property
    def is_occasion(self) -> bool:
        """春节 without a year says which part of a whole is meant, 2024年春节 says when."""
        return self.of_season and self.year is None


_WORDS: dict[str, Period] = {
    **{w: Period(relative=name) for name, line in words.RELATIVE.items() for w in line.split()},
    **{
        w: Period(first_month=1, last_month=12, relative=name)
        for name, line in words.YEAR_END.items()
        for w in line.split()
    },
}


@lru_cache(maxsize=50_000)  # sheets repeat their words
def find_periods(text: str) -> tuple[tuple[Period, ...], str]:
    """Return the periods that a normalised ``text`` names, and the text without them.

    What is said of one period in several places is one: 2024年…1-6月累计. Periods that contradict
    each other stay apart. A space stands where a period was taken out of the middle. What is no
    whole period stays in the text: 4月底前, 上旬, 7月27日 without a year, 2024.1, 202402.
    """
    if not words.MAYBE.search(text):
        return (), text
    found: list[tuple[int, Period]] = []
    left = dashes(words.BESIDE.sub("", text.replace(_HOLE, "")))
    left = words.ROMAN.sub(lambda match: words.ROMANS[match.group()], left)
    left = words.FIRST_MONTH.sub("1", left)
    left = words.LIST.sub(_span_of_list, left)
    for sign, pattern in words.CALENDAR:
        if sign in left:
            left = _taken(words.compiled(pattern), _from_calendar, left, found)
    left = _taken(words.FESTIVAL, _from_festival, left, found)
    left = _taken(words.WORD, lambda match: _WORDS[match.group()], left, found)
    if not found:
        return (), text
    return _folded([period for _, period in sorted(found, key=lambda pair: pair[0])]), _rest(left)


def _span_of_list(match: re.Match[str]) -> str:
    """Write parts that follow one another as a span: 一、二季度 → 一-二季度; 3、5月 stays."""
    parts = [match[1], *words.LIST_SIGN.split(match[2])[1:]]
    numbers = [_number(part) for part in parts]
    follow = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return f"{parts[0]}-{parts[-1]}" if follow else match.group()


def _taken(
    pattern: re.Pattern[str],
    read: Callable[[re.Match[str]], Period | None],
    text: str,
    found: list[tuple[int, Period]],
) -> str:
    """Blank out every match that ``read`` accepts, and note it with its place."""

    def blank(match: re.Match[str]) -> str:
        period = read(match)
        if period is None:
            return match.group()
        found.append((match.start(), period))
        return _HOLE * len(match.group())

    return pattern.sub(blank, text)


def _rest(left: str) -> str:
    left = re.sub(rf"\([{_HOLE} ]*\)", _HOLE, left)
    return re.sub(rf" *{_HOLE}[{_HOLE} ]*", " ", left).strip(" -_—,、:;")


def _from_calendar(match: re.Match[str]) -> Period | None:
    """Read the named groups of a calendar pattern; None where they make no period."""
    said = {name: group for name, group in match.groupdict().items() if group}
    year, end_year = _year(said), _four(said.get("z"))
    if 0 in (year, end_year):
        return None
    if "ends" in said:
        return _across(*_months(said) or (0, 0), int(said["ends"]))
    if "plan" in said:
        return Period(words.PLANS[said["plan"]], 1, 12, words.PLANS[said["plan"]] + 4)
    if "school" in said:
        return _school_year(year, end_year)
    if "either" in said and year and end_year == year + 1:
        return Period(year, 1, 12, end_year, relative="either")
    if "length" in said and year:
        return _of_length(year, int(said["a"]), int(said["length"]))
    first, last = _months(said) or ((1, 12) if end_year else (None, None))
    if first and last and not _ordered(year, first, last, end_year):
        return None
    period = Period(year, first, last, None if end_year == year else end_year)
    if "since" in said:
        return replace(period, last_month=None, relative="since")
    return _with_day(period, said) if "d" in said else _with_words(period, said)


def _year(said: dict[str, str]) -> int | None:
    """The year (24年6月 is of 2024), None without one, 0 where it is out of range."""
    if "s" in said:
        return int(said["s"]) + (2000 if int(said["s"]) < 50 else 1900)
    return _four(said.get("y"))


def _four(printed: str | None) -> int | None:
    if printed is None:
        return None
    year = int("".join(str(words.NUMERALS.get(c, c)) for c in printed))
    return year if year >= FIRST_YEAR else 0


def _number(printed: str) -> int:
    if printed.isascii() and printed.isalpha():
        return words.ENGLISH_MONTHS.index(printed[:3]) + 1
    return int(printed) if printed.isdigit() else words.NUMERALS[printed]


def _months(said: dict[str, str]) -> tuple[int, int] | None:
    if "n" in said:
        return 1, _number(said["n"])
    if "k" in said:
        return 1, 3 * _number(said["k"])
    if "h" in said:
        half = _number(said["h"])
        return 6 * half - 5, 6 * half
    if quarter := said.get("q") or said.get("q2"):
        return 3 * _number(quarter) - 2, 3 * _number(said.get("r", quarter))
    if "a" in said:
        return _number(said["a"]), _number(said.get("b", said["a"]))
    return None


def _ordered(year: int | None, first: int, last: int, end_year: int | None) -> bool:
    """A period does not end before it starts: 10-3月 says no year for its end."""
    if year is None or end_year is None:
        return first <= last
    return (year, first) <= (end_year, last)


def _across(first: int, last: int, end_year: int) -> Period:
    """Nov-Jan 1972: three months of which the last is in 1972."""
    if first > last:
        return Period(end_year - 1, first, last, end_year)
    return Period(end_year, first, last)


def _school_year(year: int | None, end_year: int | None) -> Period | None:
    if year is None or end_year not in (None, year + 1):
        return None
    return Period(year, 9, 8, year + 1)


def _of_length(year: int, first: int, length: int) -> Period:
    years, last = divmod(first + length - 2, 12)
    return Period(year, first, last + 1, year + years if years else None)


def _with_day(period: Period, said: dict[str, str]) -> Period | None:
    """A day, or a span up to one; 截至6月30日 without a year is the end of June."""
    month, number = period.last_month or 12, int(said["d"])
    year = period.end_year or period.year
    lengths = {calendar.monthrange(y, month)[1] for y in ((year,) if year else (2023, 2024))}
    if "b" in said:
        return period if number in lengths else None
    if year is None:
        return Period(None, 1, month, relative="as_of") if number in lengths else None
    if number > max(lengths):
        return None
    day = dt.date(year, month, number)
    if "p" not in said:
        return replace(period, day=day)
    if number in lengths:
        return replace(period, first_month=1, day=day, relative="as_of")
    return Period(year, day=day, relative="as_of")


def _with_words(period: Period, said: dict[str, str]) -> Period | None:
    """截至 before and 累计 or 底 behind a period; the end of June also ends January to June."""
    tail = said.get("t", "")
    if "p" in said or tail.startswith(("底", "末")):
        if period.end_year:
            return None
        return replace(period, first_month=1, last_month=period.last_month or 12, relative="as_of")
    return replace(period, relative="year_to_date") if tail else period


def _from_festival(match: re.Match[str]) -> Period:
    name = "八一" if match["army"] else match["name"] or "春节"
    quarter = words.FESTIVAL_QUARTER[name]
    if quarter is None:
        return Period(festival=name, of_season=True)
    return Period(None, 3 * quarter - 2, 3 * quarter, festival=name, of_season=True)


def _folded(periods: list[Period]) -> tuple[Period, ...]:
    folded: list[Period] = []
    for period in periods:
        both = _joined(folded[-1], period) if folded else None
        if both:
            folded[-1] = both
        else:
            folded.append(period)
    return tuple(folded)


def _joined(one: Period, other: Period) -> Period | None:
    """What two places of a label say of one period, or None where they contradict each other."""
    one, other = _yielding(one, other), _yielding(other, one)
    relative = _both_relative(one, other)
    if relative is None:
        return None
    joined: dict[str, int | dt.date | str | None] = {}
    for name in ("year", "first_month", "last_month", "end_year", "day", "festival"):
        left, right = getattr(one, name), getattr(other, name)
        if left and right and left != right:
            return None
        joined[name] = left or right
    seasonal = one.of_season or other.of_season
    return Period(**joined, relative=relative, of_season=seasonal)  # type: ignore[arg-type]


def _yielding(period: Period, other: Period) -> Period:
    """A festival's quarter gives way to months that are printed."""
    if period.festival and other.first_month and not other.festival:
        return replace(period, first_month=None, last_month=None, of_season=False)
    return period


def _both_relative(one: Period, other: Period) -> str | None:
    """今年 beside a printed part of the year only says which year; 今年累计 is 累计."""
    said = {one.relative, other.relative} - {""}
    if "this_year" in said and (len(said) > 1 or one.first_month or other.first_month):
        said.discard("this_year")
    if len(said) > 1:
        return None
    return said.pop() if said else ""


def from_date(value: dt.date) -> Period:
    """Return the period of a date cell in a header or in a period column: a day and its month."""
    day = dt.date(value.year, value.month, value.day)
    return Period(day.year, day.month, day.month, day=day)


def from_dates(dates: Sequence[dt.date], *, short: bool) -> dict[dt.date, Period]:
    """Read the date cells of one axis: parts of a year, months, or days on which things happened.

    Excel makes 6 January of 1-6 and 9 July of 7-9, in the year of typing; where all the dates of
    an axis can be such spans, they are, and their year is the context's; a lone one must be
    ``short``, shown without its year. Where all are first days, a workbook stores months. A
    single other day makes all of them days.
    """
    known = [*dict.fromkeys(dates)]
    spans = [_maybe_span(date) for date in known]
    if all(spans) and (short or len(known) > 1):
        return {date: span for date, span in zip(known, spans, strict=True) if span}
    if all(date.day == 1 for date in known):
        return {date: Period(date.year, date.month, date.month) for date in known}
    return {date: from_date(date) for date in known}


def _maybe_span(value: dt.date) -> Period | None:
    """The months that were typed as 1-3, 1-5 or 7-9 where a workbook holds a day, else None."""
    first, last = value.month, value.day
    if last <= 12 and ((first == 1 and last > 1) or (first, last) in REPORTED_PARTS):
        return Period(first_month=first, last_month=last)
    return None


def code_shape(text: str) -> str:
    """Name what a code of two readings may be: each answer holds for all codes of its shape."""
    return "january_or_october" if "." in text else "month_or_quarter"


def ambiguous_code(text: str) -> tuple[Period, ...]:
    """Return both readings of a code that has two, else nothing.

    202402 is February or the second quarter; 2024.1 January, or October without its zero.
    ``find_periods`` reads neither: neighbours or a layout tell.
    """
    if found := re.fullmatch(r"((?:19|20)[0-9]{2})0([1-4])", text):
        year, part = int(found[1]), int(found[2])
        return Period(year, part, part), Period(year, 3 * part - 2, 3 * part)
    if found := re.fullmatch(r"((?:19|20)[0-9]{2})\.1", text):
        return Period(int(found[1]), 1, 1), Period(int(found[1]), 10, 10)
    return ()
