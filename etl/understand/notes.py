"""Notes and remarks that may change the figures they are about: 以上为1-5月数据, *为上年同期数."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.understand.period import find_periods
from etl.understand.text import explained, narrow, normalise, note_marks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from etl.understand.facts import Facts
    from etl.understand.meaning import Meaning
    from etl.understand.period import Period
    from etl.understand.sheet import Sheet

Months = tuple[int, int]  # first and last, from January of year 0

OF_FIGURES = re.compile("数据|数字|口径|统计|累计|截至|截止|均为|[为系是][0-9一二三四上下]")
NOTHING_MORE = re.compile(r"[数据的份报表情况注说明备:;,.。、 ()]*")


def may_change(text: str, words: Sequence[str], meanings: Iterable[Meaning]) -> bool:
    """Whether a note holds one of the ``words`` that change figures, or speaks of another time."""
    text = normalise(text)
    return any(word in text for word in words) or _is_of_other_time(text, meanings)


def _is_of_other_time(text: str, meanings: Iterable[Meaning]) -> bool:
    """Whether a note says of the figures that they are of other months than they were read as."""
    periods, rest = find_periods(text)
    spans = ((_month(m.start), _month(m.end)) for m in meanings if m.kind == "flow")
    flows = set(spans) if periods else set()
    if not flows:
        return False
    if NOTHING_MORE.fullmatch(rest):  # a remark that says 一季度 and no more
        parts = [p for p in periods if p.first_month and not p.day]
        return any(all(_months(p, flow) != flow for flow in flows) for p in parts)
    said = [p for p in periods if not p.day] if OF_FIGURES.search(text) else []
    return any(all(_is_outside(p, flow) for flow in flows) for p in said)


def _is_outside(period: Period, flow: Months) -> bool:
    """Whether a period is not within some months; of a year alone, whether it is another."""
    if not period.first_month:
        return period.year not in (None, flow[0] // 12, flow[1] // 12)
    first, last = _months(period, flow)
    return first < flow[0] or flow[1] < last


def _months(period: Period, flow: Months) -> Months:
    """First and last month of a period, in the year of some months where it names none."""
    year = period.year or flow[1] // 12
    first, last = period.first_month or 1, period.last_month or 12
    return year * 12 + first - 1, (period.end_year or year) * 12 + last - 1


def _month(day: dt.date) -> int:
    """Months from January of year 0."""
    return day.year * 12 + day.month - 1


def marked(sheet: Sheet, facts: Facts, notes: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """The facts whose cell wears a mark that a note explains: their places, mark and words."""
    said = {narrow(mark): words for note in notes for mark, words in explained(note).items()}
    for at in facts.figures if said else ():
        value = sheet.value(*facts.cell(at))
        marks = note_marks(value) if isinstance(value, str) else ()
        for mark in map(narrow, marks):
            if mark in said:
                yield at, mark, said[mark]
