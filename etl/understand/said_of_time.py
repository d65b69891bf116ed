"""What the headers and stubs of a table say of time together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.understand.axes import written
from etl.understand.nesting import is_bare_year, nested
from etl.understand.so_far import so_far

if TYPE_CHECKING:
    from etl.understand.axes import Column
    from etl.understand.blocks import Block
    from etl.understand.context import Context
    from etl.understand.period import Period
    from etl.understand.sheet import Sheet


@dataclass(frozen=True, slots=True)
class SaidOfTime:
    """What the headers and stubs of a table say of time together."""

    years_compared: bool = False  # 本年 stands beside 上年 and no word says more
    title_denied: bool = False  # they speak of other times than the title above them
    bare_years: frozenset[int] = frozenset()  # that they name, without a part
    changes: bool = False  # a column says how much more or less than in another
    parts_named: bool = False  # a column names a month or a quarter
    parts_beside: bool = False  # a column or a row names one
    so_far: int = 0  # the last month that 累计 beside them adds up


def said_of_time(sheet: Sheet, block: Block, table: list[Column], context: Context) -> SaidOfTime:
    """Gather what a table says of time, for each of its cells to be read by."""
    said = _periods(sheet, block, table)
    return SaidOfTime(
        years_compared=_compares_years(said),
        title_denied=_denies_title(said, context),
        bare_years=frozenset(p.year for p in said if p.year and is_bare_year(p)),
        changes=any(column.reading.aside == "derived" for column in table),
        parts_named=any(p.first_month for column in table for p in column.reading.periods),
        parts_beside=any(p.first_month for p in said),
        so_far=so_far(sheet, block, table),
    )


def _periods(sheet: Sheet, block: Block, table: list[Column]) -> set[Period]:
    """Every period that the headers of a table and its period stubs name."""
    said = {label for column in table for label in column.path}
    for column in table:
        if column.role == "period":
            held = sheet.held(column.index, block.body)
            texts = (value for value in held if isinstance(value, str | float))
            said |= {written(value, sheet.vocabulary, {}) for value in texts}
    return {period for label in said for period in label.periods}


def _compares_years(said: set[Period]) -> bool:
    """Whether 本年 beside 上年 is all that a table says: the year so far, or its title's quarter?

    累计, 本季, 本月 or 本期 anywhere among its headers or period stubs tells 本年 from them.
    """
    words = {period.relative for period in said}
    return "prior_year" in words and not words & {"year_to_date", "quarter", "month", "this"}


def _denies_title(said: set[Period], context: Context) -> bool:
    """Whether all that headers and stubs say of time lies outside the title right above them.

    二季度 under a title of 三季度: an old form, and nobody but its sender knows which is wrong.
    """
    title = context.levels[0].periods
    named = [p for p in said if (p.year or p.first_month) and not p.festival]
    if len(title) != 1 or title[0].day or title[0].relative or not named:
        return False
    return not any(nested(period, title[0]) for period in named)
