"""Where the figures of a table are: the areas of its columns, rows, sections and titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from etl.understand import areas
from etl.understand.meaning import Fault, fault
from etl.understand.reading import NOTHING, Reading

if TYPE_CHECKING:
    from etl.understand.axes import Column
    from etl.understand.blocks import Block
    from etl.understand.context import Context
    from etl.understand.row_readings import Rows
    from etl.understand.sheet import Sheet


class Placed(NamedTuple):
    """The area of each row, and of those that need no second look."""

    areas: dict[int, str | Fault]
    plain: dict[int, str]


class Places:
    """Settles the areas of the cells of one table."""

    def __init__(
        self,
        sheet: Sheet,
        block: Block,
        context: Context,
        values: list[Column],
        sections: dict[int, Reading],
        doubtful: set[int],
    ) -> None:
        self.block, self.context, self.sections = block, context, sections
        self.doubtful = doubtful  # rows that somebody must look at anyway
        self.catalogue, self.pins = sheet.vocabulary.catalogue, sheet.vocabulary.pins
        self.columns = dict(zip((c.index for c in values), self._columns(values), strict=True))
        self._placed: dict[tuple[int, object], Placed] = {}  # columns share their rows' areas

    def _columns(self, values: list[Column]) -> list[str | Fault | None]:
        labels = [c.reading.areas or (areas.TOTAL if c.reading.total else ()) for c in values]
        if not any(label and label != areas.TOTAL for label in labels):
            return [None] * len(labels)
        return areas.settle(labels, self.context.area, self.catalogue, self.pins.areas)

    def _rows(self, rows: Rows) -> list[str | Fault | None]:
        """The area of each row of the body by its stub, else by its section."""
        scope = self.context.area
        own = areas.settle(rows.areas, scope, self.catalogue, self.pins.areas)
        if not self.sections:
            return own
        named = [self.sections.get(row, NOTHING).areas for row in self.block.body]
        outer = areas.settle(named, scope, self.catalogue, self.pins.areas)
        both = zip(own, outer, strict=True)
        return [theirs if mine is None else mine for mine, theirs in both]

    def of(self, rows: Rows, column: int) -> Placed:
        """The area of each row in a column; those apart that need no second look."""
        area = self.columns[column]
        key = id(rows), area
        if key not in self._placed:
            self._placed[key] = self._place(rows, area)
        return self._placed[key]

    def _place(self, rows: Rows, column: str | Fault | None) -> Placed:
        named = self._rows(rows)
        known = {area: self.settled(column, area) for area in set(named)}
        areas = dict(zip(self.block.body, map(known.__getitem__, named), strict=True))
        sure = {a for a in known.values() if type(a) is str and a not in self.catalogue.recodes}
        doubtful = self.doubtful.union(rows.faults)
        plain = cast("dict[int, str]", areas)
        if doubtful or len(sure) < len(known):
            plain = {row: a for row, a in plain.items() if a in sure and row not in doubtful}
        return Placed(areas, plain)

    def settled(self, column: str | Fault | None, row: str | Fault | None) -> str | Fault:
        """Settle the area of a cell from its column's, its row's and the table's."""
        if isinstance(column, Fault):
            return column
        if isinstance(row, Fault):
            return row
        if column and row and column != row:
            return fault("two_areas", one=self.name(column), other=self.name(row))
        area = column or row
        if area is None:
            if self.context.area_conflict:
                one, other = self.context.area_conflict
                return fault(
                    "areas_disagree", one=self.name(one), other=self.name(other),
                    among=(one, other),
                )  # fmt: skip
            if self.context.area_unclear:
                return fault("unclear_context_area")
            area = self.context.area
        return fault("missing_area") if area is None else area

    def name(self, code: str) -> str:
        """What an area is called."""
        return self.catalogue.areas[code].name
