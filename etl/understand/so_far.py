"""Until when a table's 累计 reaches: the end of the months or quarters that stand beside it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from etl.understand.period import Period
from etl.understand.sheet import is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.understand.axes import Column
    from etl.understand.blocks import Block
    from etl.understand.sheet import Sheet

SO_FAR = Period(relative="year_to_date")
NOT_HERE = "M"  # — in a quarter adds nothing to the year


def so_far(sheet: Sheet, block: Block, table: Sequence[Column]) -> int:
    """Return the last month that 累计 adds up, or 0 where that is not sure.

    一季度 | 二季度 | 三季度 | 累计 is until September where all of them are filled in: a form with
    four quarters may have been sent in July.
    """
    values = [column for column in table if column.role == "value" and not column.reading.aside]
    across = {column.index: column.reading.periods for column in values}
    if (SO_FAR,) in across.values():
        parts = {index: said[0] for index, said in across.items() if _is_part(said)}
        return _end(parts.values()) if _filled(sheet, block.body, list(parts)) else 0
    for stub in (column.index for column in table if column.role == "period"):
        down = _down(sheet, block, stub)
        if (SO_FAR,) in down.values():
            rows = {row: said[0] for row, said in down.items() if _is_part(said)}
            full = _filled(sheet, list(rows), list(across))
            return _end(rows.values()) if full else 0
    return 0


def _down(sheet: Sheet, block: Block, stub: int) -> dict[int, tuple[Period, ...]]:
    """What a stub says of time in each row; nothing where no row of it says 累计."""
    found = sheet.coded(stub, block.body)
    said = [label.periods if (label := sheet.said_by(value)) else () for value in found.values]
    if (SO_FAR,) not in said:
        return {}
    return dict(zip(block.body, map(said.__getitem__, found.numbers.tolist()), strict=True))


def _is_part(said: tuple[Period, ...]) -> bool:
    """Whether a header or a stub says the months of a part of the year, and no more."""
    if len(said) != 1:
        return False
    months = said[0].first_month, said[0].last_month
    return None not in months and said[0] == Period(None, *months)


def _end(parts: Iterable[Period]) -> int:
    """The last month of parts that follow one another from January on; wholes of others aside."""
    months = {(p.first_month or 0, p.last_month or 0) for p in parts}
    single = sorted(one for one in months if not any(_holds(one, other) for other in months))
    if len(single) < 2 or single[0][0] != 1:
        return 0
    follow = all(after[0] == before[1] + 1 for before, after in pairwise(single))
    last = max(end for _, end in months)  # 1月 | 2月 | 一季度 lacks March
    return last if follow and single[-1][1] == last else 0


def _holds(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and one[0] <= other[0] and other[1] <= one[1]


def _filled(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether every cell holds a figure, or a mark that there is none to count."""
    return all(_counts(sheet, row, column) for row in rows for column in columns)


def _counts(sheet: Sheet, row: int, column: int) -> bool:
    value = sheet.value(row, column)
    label = sheet.said_by(value)
    known = label is not None and (label.number is not None or label.status == NOT_HERE)
    return is_number(value) or known
