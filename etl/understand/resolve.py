"""Which of column, row, section and context decides what a cell means; nothing else knows."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from etl.understand.context import PINS
from etl.understand.nesting import (
    is_bare_year,
    is_one_day,
    is_whole,
    names_a_part,
    nested,
    occasion,
    under,
)
from etl.understand.period import Period, find_periods, span, time_period
from etl.understand.period_words import FESTIVAL_QUARTER
from etl.understand.targets import TARGETS, days_of_target, is_of_the_year
from etl.understand.text import normalise
from etl.understand.vocabulary import breakdown_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.catalogue import Indicator
    from etl.understand.axes import Reading
    from etl.understand.context import Context
    from etl.understand.vocabulary import Breakdowns, Vocabulary


Days = tuple[dt.date, dt.date, bool, str]  # first, last, whether inferred, and the kind
BETWEEN = "／"  # parts the unknown words of a path; no normalised word holds it
# A target that fails by these is some other plan's: a quarter's, or of years that nobody names.
NO_TARGET = ("plan_title", "missing_year", "unclear_period", "two_periods", "periods_disagree")
SAID_UNIT = re.compile(r"(?:^|[:为是])([^:为是()]{1,4})\)?$")  # 元, 以下单位为元


@dataclass(frozen=True, slots=True)
class Meaning:
    """Everything that a value cell says but its area and its number."""

    indicator: str
    breakdown: str
    start: dt.date
    end: dt.date
    time_period: str
    inferred: bool
    kind: str
    dimension: str  # of the unit: money, count, area, rate
    factor: float  # base units in one printed unit
    unit_printed: str
    unit_fault: Fault | None  # no unit could be found: only a cell with its own can be read
    share: str = ""  # of a rate: percent or fraction where a number alone could be either
    whole: bool = False  # counts what has no half
    doubt: Fault | None = None  # why only a nought or a mark can be believed here

    @property
    def plain(self) -> bool:
        """Whether a bare number needs no second look: its unit is known and it is no share."""
        return self.dimension != "rate" and self.unit_fault is None and self.doubt is None

    @property
    def key(self) -> tuple[str, str, dt.date, dt.date]:
        """What, with an area, names one value."""
        return self.indicator, self.breakdown, self.start, self.end


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be read: a rule of rules.yml and the words for its sentences."""

    rule: str
    words: tuple[tuple[str, Any], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Aside:
    """A cell that is not a fact of its own: derived, prior, plan, subtotal, total."""

    reason: str


def fault(rule: str, **words: object) -> Fault:
    """Name a fault with the words of its sentence."""
    return Fault(rule, tuple(words.items()))


def unknown(rule: str, words: str) -> Fault:
    """A fault of words on a path that nothing explains; the nearest to the figures is asked for."""
    return fault(rule, word=words, part=words.rpartition(BETWEEN)[2])


class Resolver:
    """Settles the meaning of the cells of one table from its readings."""

    def __init__(
        self, vocabulary: Vocabulary, context: Context, reported_on: dt.date | None
    ) -> None:
        self.vocabulary = vocabulary
        self.context = context
        self.reported_on = reported_on  # as printed: a file's own date changes with every copy
        self.years_compared = False  # 本年 stands beside 上年 and no word says more
        self.title_denied = False  # headers speak of other times than the title above them
        self.bare_years: frozenset[int] = frozenset()  # that headers or stubs name, without a part
        self.changes = False  # a column says how much more or less than in another
        self.parts_named = False  # a column names a month or a quarter
        self.derived_title = ""  # the title says that no figure is an amount: 人均, 排名
        self.all_targets = False  # the title says that all of the table is a year's targets
        self.pins = vocabulary.pins
        self._known: dict[tuple[Reading, Reading, Reading], Meaning | Fault | Aside] = {}
        self._outside: dict[Reading, Period | Fault | None] = {}  # by the section's reading

    def meaning(self, column: Reading, row: Reading, section: Reading) -> Meaning | Fault | Aside:
        """Settle everything but the area and the number, once for each pair of readings."""
        key = (column, row, section)
        if key not in self._known:
            self._known[key] = self._settle(column, row, section)
        return self._known[key]

    def _settle(self, column: Reading, row: Reading, section: Reading) -> Meaning | Fault | Aside:
        if aside := row.aside or column.aside:
            year = is_of_the_year(column, row, section, self.context)
            if row.aside or aside not in TARGETS or not year:
                return Aside("plan" if aside in TARGETS else aside)
            found = self._meant(replace(column, aside=""), row, section, target=True)
            return Aside("plan") if isinstance(found, Fault) and found.rule in NO_TARGET else found
        return self._meant(column, row, section, target=False)

    def _meant(
        self, column: Reading, row: Reading, section: Reading, *, target: bool
    ) -> Meaning | Fault | Aside:
        found = self._indicator(column, row, section)
        if isinstance(found, Fault):
            return found
        code, pinned = found
        if rest := column.rest or row.rest or (section.rest if _says(section) else ""):
            return unknown("unknown_word", rest)
        indicator = self.vocabulary.catalogue.indicators[code]
        if indicator.kind == "plan":
            if target:
                return Aside("plan")
        elif any(level.plan for level in self.context.levels):
            if self.pins.figures == "plan":
                return Aside("plan")
            year = is_of_the_year(column, row, section, self.context)
            target |= self.all_targets and year and not self.pins.figures
            if not self.pins.figures and not target:
                return fault("plan_title")
        if self.derived_title and indicator.kind != "rate":
            return fault("derived_title", word=self.derived_title)
        breakdowns = self._breakdowns(code, pinned, (column, row), section)
        if isinstance(breakdowns, Fault):
            return breakdowns
        period = self._period(column, row, section, "plan" if target else indicator.kind)
        if isinstance(period, Fault):
            return period
        if target:
            breakdowns = tuple(sorted({*breakdowns, *self.vocabulary.target}))
            year_of = days_of_target(period, indicator.kind)
            if year_of is None:
                return fault("plan_title")
            period = year_of
        start, end, inferred, kind = period
        unit = self._unit(indicator, row, column, section)
        printed, factor = ("", 1.0) if isinstance(unit, Fault) else unit
        return Meaning(
            code, breakdown_key(breakdowns), start, end, time_period(start, end, kind),
            inferred, kind, _dimension(self.vocabulary, indicator), factor, printed,
            unit if isinstance(unit, Fault) else None, self.pins.shares.get(code, ""),
            self.vocabulary.catalogue.units[indicator.display_unit].whole,
            _out_of_season(dict(breakdowns).get("festival", ""), start, end),
        )  # fmt: skip

    def _indicator(
        self, column: Reading, row: Reading, section: Reading
    ) -> tuple[str, Breakdowns] | Fault:
        if column.indicator and row.indicator and column.indicator != row.indicator:
            return fault("two_indicators", column=self._name(column), row=self._name(row))
        for reading in (column, row):
            if reading.indicator:
                return reading.indicator, reading.breakdowns
        if rest := row.rest or column.rest:
            return unknown("unknown_indicator", rest)
        if section.indicator:
            return section.indicator, section.breakdowns
        for level in self.context.levels:
            if len(set(level.indicators)) == 1:
                return level.indicators[0]
            if level.indicators:
                break
        if pinned := self.vocabulary.pinned_sheet.indicators:
            return pinned[0]
        return fault("missing_indicator")

    def _name(self, reading: Reading) -> str:
        return self.vocabulary.catalogue.indicators[reading.indicator].name

    def _breakdowns(
        self, code: str, pinned: Breakdowns, readings: tuple[Reading, ...], section: Reading
    ) -> tuple[tuple[str, str], ...] | Fault:
        """Keep the candidates that are breakdowns of this indicator; one a dimension."""
        chosen = dict(pinned)
        near = [reading.candidates for reading in readings if reading.candidates]
        far = [said for said in (section.candidates, *self._titled()) if said]
        for distance, candidates in enumerate((*near, *far)):
            mine = [key for key in candidates if self.vocabulary.applies(key, code)]
            if not mine and distance < len(near):
                word = candidates[0][1]
                part = f"{code}|{word}"
                if part not in self.pins.parts:
                    return fault("unknown_breakdown", word=word, part=part)
                mine = list(self.pins.parts[part])
            own = [k for k in mine if self.vocabulary.catalogue.breakdowns[k].indicators] or mine
            words = {key[1] for key in own}
            if len(own) > len(words) and len({key[0] for key in own}) > 1:
                own = [key for key in own if key[0] == own[0][0]]
            for dimension, value in own:
                if chosen.get(dimension, value) != value:
                    if self._parent((dimension, value)) == chosen[dimension]:
                        chosen[dimension] = value
                        continue
                    if self._parent((dimension, chosen[dimension])) == value:
                        continue
                    return fault("two_breakdowns", one=chosen[dimension], other=value)
                chosen[dimension] = value
        for key in self.vocabulary.pinned_sheet.breakdowns:
            if self.vocabulary.applies(key, code):
                chosen.setdefault(*key)
        return tuple(sorted(chosen.items()))

    def _titled(self) -> Iterator[Breakdowns]:
        """The parts that all of the table is about: 部队 or 2024年春节 above it."""
        yield self.context.breakdowns
        festivals = (level.festivals for level in self.context.levels)
        yield tuple(("festival", name) for name in next(filter(None, festivals), ()))

    def _parent(self, key: tuple[str, str]) -> str | None:
        return self.vocabulary.catalogue.breakdowns[key].parent

    def _period(self, column: Reading, row: Reading, section: Reading, kind: str) -> Days | Fault:
        """Resolve year and part of the year apart, nearest first; relative words last."""
        near = self._near(column, row, kind)
        if isinstance(near, Fault):
            return near
        printed = _spoken(near)
        if said := self.pins.periods.get(printed):
            near = find_periods(normalise(said))[0][0]
        if section not in self._outside:
            self._outside[section] = self._outer(section)
        outer = self._outside[section]
        if isinstance(outer, Fault) and (near is None or not is_whole(near)):
            return outer
        if self.title_denied and near and not self.vocabulary.pinned_sheet.periods:
            return fault("periods_disagree")
        base = Period() if isinstance(outer, Fault) or outer is None else outer
        if near and is_one_day(near) and kind in ("flow", "rate"):
            return fault("day_not_period")
        if near and _is_of_another_part(near, base):
            return fault("festival_outside", festival=near.festival)
        settled = under(near or Period(), base)
        if settled is None or (near and self._is_doubtful(near, base, kind)):
            return fault("unclear_period", near=printed)
        if (
            settled.year is None
            and settled.day is None
            and settled.relative not in ("since", "as_of")
        ):
            return fault("missing_year")
        whole_year = settled.first_month is None and settled.day is None
        if whole_year and not settled.relative and any(lv.unread for lv in self.context.levels):
            return fault("unclear_period", near=printed)
        if whole_year and near is None and column.periods and self.parts_named:
            return fault("unclear_period", near=printed)  # a stock's 累计 beside 1月, 2月
        if whole_year and settled.year and not settled.relative:
            settled = replace(settled, first_month=1, last_month=12)
        if kind == "rate" and settled.relative == "as_of":
            kind = "stock"  # a share that stands on a day
        if kind == "plan" and settled.year and not settled.end_year:
            settled = Period(settled.year, 1, 12)  # a plan is the whole year's, whenever reported
        found = span(settled, settled.year, self.reported_on, kind)
        return (*found, kind) if found else fault("unclear_period", near=printed)

    def _is_doubtful(self, near: Period, base: Period, kind: str) -> bool:
        """2021年 or 本年 | 上年 under 二季度, 2月 under 累计, 目前 under another year."""
        if is_bare_year(near) and names_a_part(base):
            return self._names_years_apart(base)
        if near.relative == "this_year":
            part = base.first_month not in (None, 1)
            return self.years_compared and part and kind in ("flow", "rate")
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
        if not base.year or self.bare_years <= {base.year}:
            return False
        return not (self.changes and self.bare_years == {base.year - 1, base.year})

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
            explicit = [p for p in periods if not p.relative.startswith("prior")]
            if len(explicit) != 1:
                continue
            if found is None:
                found = explicit[0]
                continue
            both = nested(found, explicit[0])
            if both and name == "title" and _is_cut(found, both):
                both = None  # 上半年 below a sheet's title of 一季度
            if both is None:
                told = [] if name == PINS else pinned
                settled = (nested(said, p) for p in told for said in (found, explicit[0]))
                return next(filter(None, settled), fault("periods_disagree"))
            found = both
        return found

    def _unit(
        self, indicator: Indicator, row: Reading, column: Reading, section: Reading
    ) -> tuple[str, float] | Fault:
        """Row, header, section, title, sheet: nearest first, of the indicator's dimension."""
        measure = indicator.unit_measure
        dimension = _dimension(self.vocabulary, indicator)
        near = [units for units in (row.units, column.units) if units]
        above = section.units or self._said_unit(section.rest)
        far = [above, *(level.units for level in self.context.levels)]
        if above and column.units and not row.units:
            mine, theirs = (self._fitting(u, measure, dimension) for u in (column.units, above))
            if mine and theirs and {f for _, f in mine} != {f for _, f in theirs}:
                return fault("units_disagree", header=column.units[0], section=above[0])
        factors: set[float] = set()
        for distance, units in enumerate([*near, *far]):
            if dimension == "money" and any(map(self.vocabulary.units.is_per_head, units)):
                return fault("amount_per_head", unit=units[0])
            fits = self._fitting(units, measure, dimension if distance >= len(near) else "")
            factors = {factor for _, factor in fits}
            if len(factors) == 1:
                return fits[0]
            if len(factors) > 1:
                break
            if distance < len(near):
                return fault("unit_mismatch", unit=units[0], indicator=indicator.indicator)
        if pinned := self.pins.units.get(indicator.indicator):
            fits = self._fitting((pinned,), measure, dimension)
            return fits[0] if fits else fault("unit_mismatch", unit=pinned, indicator=measure)
        if dimension in ("money", "area") or len(factors) > 1:
            return fault("missing_unit", indicator=indicator.indicator)
        return "", 1.0

    def _said_unit(self, line: str) -> tuple[str, ...]:
        """The unit that a line inside a table sets for what follows: 元, 以下单位为元."""
        match = SAID_UNIT.search(line)
        return (match[1],) if match and self.vocabulary.units.of(match[1]) else ()

    def _fitting(
        self, units: Sequence[str], measure: str, dimension: str
    ) -> list[tuple[str, float]]:
        """The units that can measure the indicator: of its own base first, else of its kind.

        A row or a header names the unit of its own figures (no ``dimension``); a title lists those
        of all columns, 万元、人、场, and only scales the others of a kind.
        """
        known = [(word, unit) for word in units if (unit := self.vocabulary.units.of(word))]
        exact = [(word, unit[1]) for word, unit in known if unit[0] == measure]
        if not dimension:
            counted = ((word, self.vocabulary.units.factor(word, measure)) for word in units)
            return exact or [(word, factor) for word, factor in counted if factor is not None]
        return exact or [
            (word, unit[1])
            for word, unit in known
            if unit[2] == dimension and _speaks_of(unit[0], unit[1], measure, dimension)
        ]


def _speaks_of(said: str, factor: float, measure: str, dimension: str) -> bool:
    """万人 above a table scales its persons and person-times, but no 支, 户 or 场 beside them."""
    persons = {"person", "person_time"}
    return dimension != "count" or factor == 1 or said == "count" or {said, measure} <= persons


def _dimension(vocabulary: Vocabulary, indicator: Indicator) -> str:
    unit = vocabulary.units.of(indicator.display_unit)
    return unit[2] if unit else "count"


def _out_of_season(festival: str, start: dt.date, end: dt.date) -> Fault | None:
    """Money of 春节 in a second quarter: the header or the title is another's."""
    quarter = FESTIVAL_QUARTER.get(festival)
    if quarter is None or start == end:
        return None
    first, last = ((12 * day.year + day.month - 1) for day in (start, end))
    covered = {month % 12 for month in range(first, last + 1)}
    season = {3 * quarter - 3, 3 * quarter - 2, 3 * quarter - 1}
    if quarter == 1:
        season.add(11)  # money of 元旦 and 春节 is paid in December too
    return None if season & covered else fault("festival_outside", festival=festival)


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


def _says(reading: Reading) -> bool:
    """Whether a section names anything that we know; else it is a group's name."""
    return bool(reading.indicator or reading.areas or reading.periods or reading.candidates)


@lru_cache(maxsize=1000)
def _spoken(period: Period | None) -> str:
    """What a cell says of time, as the key of an answer: 'year=2024 relative=this_year'."""
    said = ((f.name, getattr(period, f.name)) for f in fields(Period)) if period else ()
    return " ".join(f"{name}={value}" for name, value in said if value)
