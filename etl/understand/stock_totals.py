"""Stocks under 累计 beside quarters: their last count once more, or what the quarters added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.understand.meaning import Fault, fault
from etl.understand.so_far import SO_FAR

if TYPE_CHECKING:
    from etl.understand.table import Address, Table

STOCK_SO_FAR = "so_far"  # what such cells are set aside as, until their table is read


def settle_stock_totals(table: Table) -> None:
    """Take a 累计 that is its stock's last count for a check; refuse a row where it is another.

    优待证 4000 | 4010 | 4020 | 累计 4020 are counts; 100 | 120 | 130 | 累计 4100 are cards issued
    in each quarter, and none of them is how many there were at its end.
    """
    facts, cells = table.facts, table.aside.pop(STOCK_SO_FAR, [])
    stocks = [at for at in range(len(facts)) if facts.said(at).kind == "stock"] if cells else []
    wrong: set[int] = set()
    for cell in cells:
        beside = _beside(table, cell, stocks)
        if not beside:
            table.faults[fault("unclear_period", near="")].append(cell)
            continue
        latest = max(beside, key=lambda at: facts.said(at).end)
        read = table.figure_at(table.sheet.value(*cell), cell, facts.said(latest))
        if isinstance(read, Fault):
            table.faults[read].append(cell)
        elif read.value in (None, facts.figure(latest).value):
            table.aside["total"].append(cell)
        else:
            cause = fault("stock_added_up", indicator=facts.said(latest).indicator)
            table.faults[cause] += [*map(facts.cell, beside), cell]
            wrong.update(beside)
    facts.drop(wrong)


def _beside(table: Table, cell: Address, stocks: list[int]) -> list[int]:
    """The counts in the row of a 累计 column under the same group, or above a 累计 row."""
    facts, (row, index) = table.facts, cell
    own = next(column for column in table.values if column.index == index)
    if own.reading.periods == (SO_FAR,):
        alike = {c.index for c in table.values if c.path[:-1] == own.path[:-1]}
        return [at for at in stocks if facts.row[at] == row and facts.column[at] in alike]
    above = [at for at in stocks if facts.column[at] == index and facts.row[at] < row]
    keys = {(facts.said(at).indicator, facts.said(at).breakdown, facts.area[at]) for at in above}
    return above if len(keys) == 1 else []
