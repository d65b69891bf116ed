"""When the figures of a table are: year and part of the year apart, nearest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from etl.understand.context import PINS
from etl.understand.meaning import Fault, fault
from etl.understand.nesting import (
    is_bare_year,
    is_one_day,
    is_whole,
    names_a_part,
    nested,
    occasion,
    under,
)
from etl.understand.period import Period, find_periods, span
from etl.understand.period_words import FESTIVAL_QUARTER
from etl.understand.said_of_time import SaidOfTime
from etl.understand.so_far import SO_FAR
from etl.understand.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.understand.context import Context
    from etl.understand.reading import Reading
    from etl.understand.vocabulary import Vocabulary

Days = tuple[dt.date, dt.date, bool, str]  # first, last, whether inferred, and the kind


class Times:
    """Settles the days of the cells of one table."""

    def __init__(
        self, vocabulary: Vocabulary, context: Context, reported_on: dt.date | None
    ) -> None:
        self.vocabulary, self.context, self.pins = vocabulary, context, vocabulary.pins
        self.reported_on = reported_on  # as printed: a file's own date changes with every copy
        self.said = SaidOfTime()
        self._outside: dict[Reading, Period | Fault | None] = {}  # by the section's reading
        self._known: dict[tuple[object, ...], Days | Fault] = {}  # by what is said of time

    def of(self, column: Reading, row: Reading, section: Reading, kind: str) -> Days | Fault:
        """Resolve what is said of time, once for all indicators of which it is said."""
        key = (column.periods, row.periods, section.periods, kind)
        if key not in self._known:
            self._known[key] = self._resolve(column, row, section, kind)
        return self._known[key]

    def is_so_far_beside_parts(self, column: Reading, row: Reading) -> bool:
        """Whether a column or a row says 累计, and others are of months or quarters."""
        so_far = (SO_FAR,) in (column.periods, row.periods)
        return so_far and self.said.parts_beside and "" not in self.pins.periods

    def _resolve(self, column: Reading, row: Reading, section: Reading, kind: str) -> Days | Fault:
        """Resolve year and part of the year apart, nearest first; relative words last."""
        near = self._near(column, row, kind)
        if isinstance(near, Fault):
            return near
        printed = _spoken(near)
        if said := self.pins.periods.get(printed):
            near = find_periods(normalise(said))[0][0]
        outer = self._around(section)
        if isinstance(outer, Fault) and (near is None or not is_whole(near)):
            return outer
        base = Period() if isinstance(outer, Fault) or outer is None else outer
        adds_up = near is not None and near == replace(SO_FAR, year=near.year)
        if near and adds_up and self.said.so_far and not base.last_month:
            near = Period(near.year, 1, self.said.so_far)
        if near and (cause := self._refusal(near, base, kind)):
            return cause
        if kind != "plan" and not said and self._is_left_open(near, base, section, kind):
            return fault("unclear_period", near=printed)
        settled = under(near or Period(), base)
        if settled is None or (near and self._is_doubtful(near, base, kind)):
            return fault("unclear_period", near=printed)
        undated = settled.year is None and settled.day is None
        unread = any(level.unread for level in self.context.levels)
        if undated and settled.relative not in ("since", "as_of"):
            return fault("unclear_period", near=printed) if unread else fault("missing_year")
        is_year = settled.first_month is None and settled.day is None
        if is_year and not settled.relative and unread and kind != "plan":
            return fault("unclear_period", near=printed)
        if is_year and near is None and column.periods and self.said.parts_named:
            return fault("unclear_period", near=printed)  # a stock's 累计 beside 1月, 2月
        return self._days(settled, kind) or fault("unclear_period", near=printed)

    def _is_left_open(self, near: Period | None, base: Period, section: Reading, kind: str) -> bool:
        """Whether what is said around is less or more than a period: （缺六月）, 口径：累计."""
        if self.vocabulary.pinned_sheet.periods:
            return False
        levels = self.context.levels
        if any(level.last_year for level in levels):
            return True
        less = any(level.partial for level in levels)
        of_last_year = any(p.relative.startswith("prior") for p in section.periods)
        alone = near is None and kind != "stock"  # 本季 | 本年累计 may be explained above them
        heard = ("sheet", "title") if alone else ("sheet",)
        so_far = any(level.cumulative for level in levels if level.name in heard)
        more = so_far and base.first_month not in (None, 1)
        return (less or of_last_year or more) and (near is None or not names_a_part(near))

    def _refusal(self, near: Period, base: Period, kind: str) -> Fault | None:
        """Why what a header or a stub says of time is not believed."""
        if self.said.title_denied and not self.vocabulary.pinned_sheet.periods:
            return fault("periods_disagree")
        if is_one_day(near) and kind in ("flow", "rate"):
            return fault("day_not_period")
        if _is_of_another_part(near, base):
            return fault("festival_outside", festival=near.festival)
        return None

    def _days(self, settled: Period, kind: str) -> Days | None:
        """The days of a settled period; a year without more is all of it."""
        is_year = settled.first_month is None and settled.day is None
        if is_year and settled.year and not settled.relative:
            settled = replace(settled, first_month=1, last_month=12)
        if kind == "rate" and settled.relative == "as_of":
            kind = "stock"  # a share that stands on a day
        if kind == "plan" and settled.year and not settled.end_year:
            settled = Period(settled.year, 1, 12)  # a plan is the whole year's, whenever reported
        found = span(settled, settled.year, self.reported_on, kind)
        return (*found, kind) if found else None

    def _is_doubtful(self, near: Period, base: Period, kind: str) -> bool:
        """2021年 or 本年 | 上年 under 二季度, 2月 under 累计, 目前 under another year."""
        if is_bare_year(near) and names_a_part(base):
            return self._names_years_apart(base)
        if near.relative == "this_year":
            part = base.first_month not in (None, 1)
            return self.said.years_compared and part and kind in ("flow", "rate")
        if near.first_month not in (None, 1) and not near.relative and kind == "flow":
            return any(level.cumulative for level in self.context.levels)
        if near.relative not in ("since", "as_of") or near.year or near.day:
            return False
        day = self.reported_on
        return bool(day and base.year and base.year not in (day.year, day.year - 1))

    def _names_years_apart(self, base: Period) -> bool:
        """2021年 | 2022年 in a sheet of 2024年二季度: those years, or that quarter of each?

        2023年 | 2024年 | 增减 there compares like with like: its title's quarter.
        """
        if not base.year or self.said.bare_years <= {base.year}:
            return False
        return not (self.said.changes and self.said.bare_years == {base.year - 1, base.year})

    def _near(self, column: Reading, row: Reading, kind: str) -> Period | None | Fault:
        periods = [*dict.fromkeys(map(occasion, column.periods + row.periods))]
        if kind == "stock":  # a stock is counted once, whatever 累计 or 本年 says
            idle = (Period(relative="year_to_date"), Period(relative="this_year"))
            periods = [p for p in periods if p not in idle]
        if not periods:
            return None
        joined: Period | None = periods[0]
        for period in periods[1:]:
            joined = nested(joined, period) if joined else None
        return joined or fault("two_periods")

    def _around(self, section: Reading) -> Period | None | Fault:
        if section not in self._outside:
            self._outside[section] = self._outer(section)
        return self._outside[section]

    def _outer(self, section: Reading) -> Period | None | Fault:
        """Join section, titles, sheet and file; a level that names two periods gives neither."""
        pinned = self.vocabulary.pinned_sheet.periods
        unread = any(level.name == "sheet" and level.unread for level in self.context.levels)
        if unread and not pinned:
            return fault("missing_period_sheet")
        said = map(occasion, section.periods)
        levels = [("section", tuple(p for p in said if p != Period(festival=p.festival)))]
        levels += [(level.name, level.periods) for level in self.context.levels]
        found: Period | None = None
        for name, periods in levels:
            if name == "title" and found and is_whole(found):
                continue  # a table's own title wins over the first title of the sheet
            heard = [p for p in periods if not p.relative.startswith("prior")]
            explicit = _narrowest([p for p in heard if not (pinned and p.relative == "either")])
            if explicit is None:
                continue
            if found is None:
                found = explicit
                continue
            both = nested(found, explicit)
            if both and name == "title" and _is_cut(found, both):
                both = None  # 上半年 below a sheet's title of 一季度
            if both is None:
                told = [] if name == PINS else pinned
                settled = (nested(said, p) for p in told for said in (found, explicit))
                return next(filter(None, settled), fault("periods_disagree"))
            found = both
        return found


def _narrowest(periods: Sequence[Period]) -> Period | None:
    """What the lines of one place say together, 2024年度 over 1—6月; None where they part."""
    joined = next(iter(periods), None)
    for period in periods[1:]:
        joined = nested(joined, period) if joined else None
    return joined


def _is_of_another_part(near: Period, base: Period) -> bool:
    """Whether a festival's quarter lies outside the months around it: 元旦慰问 under 四季度."""
    quarter = FESTIVAL_QUARTER.get(near.festival)
    if quarter is None or base.end_year or near.year not in (None, base.year):
        return False
    first, last = near.first_month or 3 * quarter - 2, near.last_month or 3 * quarter
    around = base.first_month, base.last_month
    return None not in around and max(first, around[0] or 0) > min(last, around[1] or 12)


def _is_cut(period: Period, narrowed: Period) -> bool:
    """Whether the months of a period have become fewer."""
    months, left = ((p.first_month, p.last_month) for p in (period, narrowed))
    return period.first_month is not None and months != left


@lru_cache(maxsize=1000)
def _spoken(period: Period | None) -> str:
    """What a cell says of time, as the key of an answer: 'year=2024 relative=this_year'."""
    said = ((f.name, getattr(period, f.name)) for f in fields(Period)) if period else ()
    return " ".join(f"{name}={value}" for name, value in said if value)
