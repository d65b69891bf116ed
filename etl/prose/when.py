"""Where and when a report in words speaks of: its place, its day, and the period of a figure."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from etl.understand.period import Period, find_periods
from etl.understand.span import span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.catalogue import Catalogue

DAY = re.compile(r"(20\d\d)(?:年|-|\.|/)(0?[1-9]|1[0-2])(?:月|-|\.|/)(3[01]|[12]\d|0?[1-9])(?!\d)")
YEARLESS = re.compile(r"(?<![\d年月-])(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
TITLE = 5  # a place in the title counts as much as five in the text
AREA = re.compile("[\u4e00-\u9fff]{2,12}?(?:自治州|自治县|[市县区州旗盟])")


class Stated(NamedTuple):
    """A period as far as it is known; ``festival`` is a breakdown code or ''."""

    start: dt.date | None
    end: dt.date | None
    festival: str
    printed: str


def reported_on(paragraphs: Sequence[Sequence[str]]) -> dt.date | None:
    """The first full day that the text prints: sites print it under the title."""
    for paragraph in paragraphs:
        for sentence in paragraph:
            if found := DAY.search(sentence):
                return dt.date(*map(int, found.groups()))
    return None


def place(paragraphs: Sequence[Sequence[str]], catalogue: Catalogue) -> str:
    """The code of the area named most, the title counting more; '' where two are named alike."""
    names: dict[str, set[str]] = {}
    for code, area in catalogue.areas.items():
        if area.level in ("prefecture", "county"):
            for name in {area.name, *area.aliases}:
                names.setdefault(name, set()).add(code)
            if len(area.short_name) > 1:
                names.setdefault(area.short_name, set()).add(code)
    votes: Counter[str] = Counter()
    for number, paragraph in enumerate(paragraphs):
        for code in _named("".join(paragraph), names):
            votes[code] += TITLE if number < 2 else 1
    (first, most), *rest = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return first if most > rest[0][1] else ""


def _named(text: str, names: dict[str, set[str]]) -> Iterable[str]:
    """The areas that a text names beyond doubt, longest names first."""
    at = 0
    while at < len(text):
        for size in range(min(12, len(text) - at), 1, -1):
            codes = names.get(text[at : at + size])
            if codes:
                if len(codes) == 1:
                    yield next(iter(codes))
                at += size - 1
                break
        at += 1


def stated(said: Sequence[str], kind: str, day: dt.date | None) -> Stated:
    """The period of a figure: the nearest of ``said`` (its clause first) that names one."""
    for text in said:
        dated = YEARLESS.sub(lambda m: f"{day.year}年{m.group()}", text) if day else text
        periods, _ = find_periods(dated)
        for period in reversed(periods):
            if period.relative.startswith("prior"):
                continue
            found = _days(period, kind, day)
            if found or (period.relative == "since" and kind != "stock"):
                start, end = found or (_since(period), None)
                return Stated(start, end, period.festival, text.strip())
    return Stated(None, None, "", "")


def _since(period: Period) -> dt.date | None:
    return dt.date(period.year, period.first_month or 1, 1) if period.year else None


def _days(period: Period, kind: str, day: dt.date | None) -> tuple[dt.date, dt.date] | None:
    if period.day and kind != "stock":
        period = Period(period.day.year, period.day.month, period.day.month)
    found = span(period, day.year if day else None, day, kind)
    return found[:2] if found else None
