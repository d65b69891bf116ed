"""Which of column, row, section and context decides what a cell means; nothing else knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from etl.understand.meaning import Aside, Fault, Meaning, fault, unknown
from etl.understand.measures import Measures, dimension_of
from etl.understand.period import time_period
from etl.understand.period_words import FESTIVAL_QUARTER
from etl.understand.stock_totals import STOCK_SO_FAR
from etl.understand.targets import TARGETS, days_of_target, is_of_the_year
from etl.understand.times import Times
from etl.understand.vocabulary import breakdown_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from etl.understand.context import Context
    from etl.understand.reading import Reading
    from etl.understand.vocabulary import Breakdowns, Vocabulary


# A target that fails by these is some other plan's: a quarter's, or of years that nobody names.
NO_TARGET = ("plan_title", "missing_year", "unclear_period", "two_periods", "periods_disagree")


class Resolver:
    """Settles the meaning of the cells of one table from its readings."""

    def __init__(
        self, vocabulary: Vocabulary, context: Context, reported_on: dt.date | None
    ) -> None:
        self.vocabulary, self.context = vocabulary, context
        self.times = Times(vocabulary, context, reported_on)
        self.measures = Measures(vocabulary, context)
        self.derived_title = ""  # the title says that no figure is an amount: 人均, 排名
        self.all_targets = False  # the title says that all of the table is a year's targets
        self.pins = vocabulary.pins
        self._known: dict[tuple[Reading, Reading, Reading], Meaning | Fault | Aside] = {}

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
        if column.money and dimension_of(indicator, self.vocabulary) != "money":
            return fault("unit_mismatch", unit="金额", indicator=code)
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
        if indicator.kind == "stock" and _is_growth(column):
            return fault("unclear_period", near="")
        if indicator.kind == "stock" and self.times.is_so_far_beside_parts(column, row):
            return Aside(STOCK_SO_FAR)
        breakdowns = self._breakdowns(code, pinned, (column, row), section)
        if isinstance(breakdowns, Fault):
            return breakdowns
        period = self.times.of(column, row, section, "plan" if target else indicator.kind)
        if isinstance(period, Fault):
            return period
        if target:
            breakdowns = tuple(sorted({*breakdowns, *self.vocabulary.target}))
            year_of = days_of_target(period, indicator.kind)
            if year_of is None:
                return fault("plan_title")
            period = year_of
        start, end, inferred, kind = period
        unit = self.measures.of(indicator, row, column, section)
        printed, factor = ("", 1.0) if isinstance(unit, Fault) else unit
        return Meaning(
            code, breakdown_key(breakdowns), start, end, time_period(start, end, kind),
            inferred, kind, dimension_of(indicator, self.vocabulary), factor, printed,
            unit if isinstance(unit, Fault) else None, self.pins.shares.get(code, ""),
            self.vocabulary.catalogue.units[indicator.display_unit].whole,
            _out_of_season(dict(breakdowns).get("festival", ""), start, end),
        )  # fmt: skip

    def _indicator(
        self, column: Reading, row: Reading, section: Reading
    ) -> tuple[str, Breakdowns] | Fault:
        if column.indicator and row.indicator and column.indicator != row.indicator:
            return fault("two_indicators", column=self._name(column), row=self._name(row))
        captioned = section.indicator and section.units  # 提供岗位（个） between rows of 招聘会
        if captioned and column.indicator not in ("", section.indicator):
            return fault("two_indicators", column=self._name(column), row=self._name(section))
        for reading in (column, row):
            if reading.indicator:
                return reading.indicator, reading.breakdowns
        if rest := row.rest or column.rest:
            return unknown("unknown_indicator", rest)
        if section.indicator:
            return section.indicator, section.breakdowns
        for level in self.context.levels:
            if level.doubtful:
                break
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


def _is_growth(column: Reading) -> bool:
    """其中：12月 beside a stock is what was added in it, and no count at its end."""
    return column.of_which and bool(column.periods) and not column.candidates


def _says(reading: Reading) -> bool:
    """Whether a section names anything that we know; else it is a group's name."""
    return bool(reading.indicator or reading.areas or reading.periods or reading.candidates)
