"""A year's targets: which columns and tables hold them, and which days they stand for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.understand.axes import Column
    from etl.understand.context import Context
    from etl.understand.period import Period
    from etl.understand.reading import Reading
    from etl.understand.times import Days

# Roles of the headers of a year's targets: facts where nothing about them is unclear.
TARGETS = ("annual_target", "target")
WHOLE = (1, 12)


def is_table_of_targets(
    columns: Sequence[Column], context: Context, done_words: Sequence[str]
) -> bool:
    """Whether a title says that all figures of a table are a year's targets.

    年度目标任务分解表 with 任务数 and 完成数 below it is not: only its 任务数 are.
    """
    if not any(level.target for level in context.levels) or any(lv.done for lv in context.levels):
        return False
    texts = [label.text for column in columns for label in column.path]
    named = any(column.reading.aside in TARGETS for column in columns)
    return not named and not any(word in text for word in done_words for text in texts)


def is_of_the_year(column: Reading, row: Reading, section: Reading, context: Context) -> bool:
    """Whether a column of targets means the year's, and not those of a quarter.

    全年任务 does beside any quarter of the title, 任务数 only where nothing names one.
    """
    near = (*column.periods, *row.periods, *section.periods)
    above = [] if column.aside == "annual_target" else context.levels
    return not _names_a_part((*near, *(p for level in above for p in level.periods)))


def _names_a_part(periods: Iterable[Period]) -> bool:
    return any(
        bool(p.day or p.relative not in ("", "this_year"))
        or p.first_month is not None
        and (p.first_month, p.last_month) != WHOLE
        for p in periods
    )


def days_of_target(found: Days, kind: str) -> Days | None:
    """The year that a target is for, of a stock its last day; None where it is not one year."""
    start, end, inferred, _ = found
    if (start, end) != (dt.date(end.year, 1, 1), dt.date(end.year, 12, 31)):
        return None
    return (end if kind == "stock" else start), end, inferred, kind
