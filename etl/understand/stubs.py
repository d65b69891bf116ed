"""What a row's stub says to the value columns right of it."""

from __future__ import annotations

from itertools import pairwise, repeat
from typing import TYPE_CHECKING

from etl.understand.axes import STUBS
from etl.understand.coded import Coded, coded
from etl.understand.reading import title_group
from etl.understand.row_groups import RowGroups
from etl.understand.row_readings import RowReader
from etl.understand.sheet import picked

if TYPE_CHECKING:
    from etl.records import Value
    from etl.understand.axes import Column
    from etl.understand.blocks import Block
    from etl.understand.row_readings import Rows
    from etl.understand.sheet import Sheet
    from etl.understand.vocabulary import Label


class Stubs:
    """The stub columns of a table."""

    def __init__(self, sheet: Sheet, block: Block, table: list[Column]) -> None:
        self.sheet, self.block, self.vocabulary = sheet, block, sheet.vocabulary
        self.by_role = {
            role: [c.index for c in table if c.role == role] for role in (*STUBS, "unit", "status")
        }
        self.values = [c.index for c in table if c.role == "value"]
        self.heads = {c.index: c.path[-1].text if c.path else "" for c in table}
        self.title = title_group(sheet, block) if self.by_role["indicator"] else None
        self._columns: dict[int, list[Value]] = {}
        self._coded: dict[int, Coded[Value]] = {}
        self._above = RowGroups(sheet, block, self.by_role["indicator"], self.values).above()
        self._rows: dict[tuple[int | None, ...], Rows] = {}

    def nearest(self, role: str, column: int) -> int | None:
        """Return the nearest stub of a kind to the left; all but areas also from the right.

        A period there has a header that calls it one: 数值 | 统计期.
        """
        if not self.by_role[role]:
            return None
        left = [c for c in self.by_role[role] if c < column]
        if left:
            return left[-1]
        right = self.by_role[role][0]
        named = role != "period" or self.heads[right] in self.vocabulary.words["period_header"]
        return right if named and role != "area" else None

    def outer_areas(self, column: int | None) -> list[int]:
        """Return the stubs of areas left of the nearest: 市 before 县, the state of a county."""
        if column is None:
            return []
        start = max((c for c in self.values if c < column), default=-1)
        return [c for c in self.by_role["area"] if start < c < column]

    def rows(self, column: int) -> Rows:
        """Read every row of the body for one value column."""
        stubs = {role: self.nearest(role, column) for role in (*STUBS, "unit")}
        key = tuple(stubs.values())
        if key not in self._rows:
            self._rows[key] = RowReader(self, stubs).read()
        return self._rows[key]

    def column(self, index: int) -> list[Value]:
        """Return a stub's values; where merges are lost, a label holds for the empty cells below.

        It does only if the labels right of it repeat: 甘州区 一季度, 二季度; 民乐县 一季度, 二季度.
        """
        if index not in self._columns:
            self._columns[index] = self._repeated(index)
        return self._columns[index]

    def coded(self, index: int) -> Coded[Value]:
        """Return a stub's values in the body, by their numbers."""
        if index not in self._coded:
            column, body = self.column(index), self.block.body
            if column is self.sheet.column(index):
                self._coded[index] = self.sheet.coded(index, body)
            else:
                self._coded[index] = coded(picked(column, body), len(body))
        return self._coded[index]

    def _repeated(self, index: int) -> list[Value]:
        values, body = self.sheet.column(index), self.block.body
        if len(self.sheet.held(index, body)) == len(self.sheet.coded(index, body).values):
            return values
        starts = [at for at, row in enumerate(body) if values[row] not in (None, "")]
        if starts[:1] != [0] or not 1 < len(starts) < len(body):
            return values
        end = next((c for c in self.values if c > index), index)
        inner = [self.column(c) for role in STUBS for c in self.by_role[role] if index < c < end]
        said = [tuple(column[row] for column in inner) for row in body]
        groups = [said[a:b] for a, b in pairwise([*starts, len(body)])]
        one = groups[0]
        if len(groups) > 2 and groups[-1] == one[: len(groups[-1])]:
            groups.pop()  # its last rows were left empty, or out
        empty = any(value in (None, "") for cells in one for value in cells)
        if not inner or empty or len(set(one)) < len(one) or any(group != one for group in groups):
            return values
        filled = list(values)
        for at, row in enumerate(body):
            filled[row] = values[body[at - at % len(one)]]
        return filled

    def above(self, row: int) -> tuple[Label, ...]:
        """Return the labels of the groups that a row stands in."""
        return self._above.get(row, ())

    def groups(self) -> Coded[int] | None:
        """Return which rows of the body stand in the same groups; None where none stands in any."""
        if not any(self._above.values()):
            return None
        body = self.block.body
        return coded(map(id, map(self._above.get, body, repeat(()))), len(body))
