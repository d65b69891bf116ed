"""What the stub cells of each row say together, and what is missing among them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from etl.understand.areas import TOTAL
from etl.understand.axes import written
from etl.understand.coded import Coded, coded, together
from etl.understand.meaning import Fault, fault, unknown
from etl.understand.moments import moments
from etl.understand.named_areas import is_under
from etl.understand.period import ambiguous_code, code_shape
from etl.understand.reading import Reading, in_group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import Value
    from etl.understand.period import Period
    from etl.understand.stubs import Stubs
    from etl.understand.vocabulary import Label

LACKING = ("missing_area_label", "missing_indicator_label", "missing_period_label")
FEW = 5  # rows that lack a label and are asked about one by one; more of them have one cause

Area = tuple[str, ...]  # the candidates of a label, TOTAL, or nothing
Named = tuple[Area, "Label | None"]  # an area, and its cell's label where that says anything else


@dataclass(slots=True)
class Rows:
    """The rows of a body as one set of stub columns reads them."""

    readings: Coded[Reading]  # without their areas; those of rows that say the same are one
    areas: list[Area]  # in the order of the body
    faults: dict[int, Fault]


class RowReader:
    """Reads the rows of a body by one stub column of each kind."""

    def __init__(self, stubs: Stubs, columns: dict[str, int | None]) -> None:
        self.stubs, self.sheet, self.vocabulary = stubs, stubs.sheet, stubs.vocabulary
        self.columns = columns
        self.area = columns["area"]
        self.outer = stubs.outer_areas(self.area)
        self.others = [said for said in self._read_columns(columns) if said[0] != "area"]
        self.said: dict[Value, Period] = {}
        for role, column in self._read_columns(columns):
            if role == "period":
                body = stubs.block.body
                held = stubs.coded(column)
                ends = sorted(zip(held.lasts(), held.firsts(), strict=True), reverse=True)
                cells = ((body[first], column) for _, first in ends)
                self.said.update(moments(self.sheet, cells, stubs.heads[column]))
        self._areas: dict[Value, Named] = {}
        self._narrowed: dict[tuple[Area, tuple[Value, ...]], Area] = {}

    def _read_columns(self, columns: dict[str, int | None]) -> Iterator[tuple[str, int]]:
        """The nearest stub of each kind, after those of the table that it is part of.

        Years beside quarters, and groups beside indicators, are read together.
        """
        for role, column in columns.items():
            if column is None:
                continue
            if role in ("period", "indicator"):
                start = max((c for c in self.stubs.values if c < column), default=-1)
                outer = (c for c in self.stubs.by_role[role] if start < c < column)
                yield from ((role, c) for c in outer)
            yield role, column

    def read(self) -> Rows:
        """Read each distinct set of cells once; thousands of rows repeat them."""
        body, named = self.stubs.block.body, self._named()
        alike = self._alike(named)
        said = [(body[at], named.values[named.numbers[at]][1]) for at in alike.lasts()]
        known = [self._reading(row, label) for row, label in said]
        if all(reading.total for reading, _ in known):  # 合计 alone: its columns say the rest
            known = [(reading, None) for reading, _ in known]
        areas = [area for area, _ in named.values]
        numbers = named.numbers.tolist()
        readings = coded((reading for reading, _ in known), len(known))
        found = Rows(
            Coded(readings.numbers[alike.numbers], readings.values),
            list(map(areas.__getitem__, numbers)),
            {},
        )
        if all(areas) and not any(missing for _, missing in known):
            return found
        for at, (number, own) in enumerate(zip(numbers, alike.numbers.tolist(), strict=True)):
            (area, label), (reading, missing) = named.values[number], known[own]
            if not area and reading.total:
                found.areas[at] = TOTAL
            if (area and not missing) or reading.aside:
                continue
            if self.area is not None and not (area or reading.total):
                found.faults[body[at]] = _no_area(label)
            elif missing:
                found.faults[body[at]] = missing
        _ask_each(found.faults)
        return found

    def _cells(self, row: int) -> Iterator[tuple[str, Value]]:
        """What the stubs but the area's hold in a row."""
        return ((role, self.stubs.column(column)[row]) for role, column in self.others)

    def _alike(self, named: Coded[Named]) -> Coded[int]:
        """Which rows have the same words in all stubs but the area's, and the same around them."""
        body, pinned = self.stubs.block.body, self.vocabulary.pinned_rows
        columns: list[Coded[Any]] = [self.stubs.coded(column) for _, column in self.others]
        if any(label for _, label in named.values):
            labels = coded((id(label) for _, label in named.values), len(named.values))
            columns.append(Coded(labels.numbers[named.numbers], labels.values))
        columns += filter(None, [self.stubs.groups()])
        if pinned:
            columns.append(coded((id(pinned.get(row)) for row in body), len(body)))
        return together(columns, len(body))

    def _named(self) -> Coded[Named]:
        """The area that each row of the body names, or is pinned to, and what else its cell says.

        Where an area stands left of it too, the candidates are those that lie inside that.
        """
        stubs = [*self.outer, *([] if self.area is None else [self.area])]
        body, pinned = self.stubs.block.body, self.vocabulary.pinned_rows
        columns = [self.stubs.column(column) for column in stubs]
        alike = together([self.stubs.coded(column) for column in stubs], len(body))
        cells = [tuple(column[body[at]] for column in columns) for at in alike.firsts()]
        named = Coded(alike.numbers, list(map(self._place, cells)))
        if not any(pin.areas for pin in pinned.values()):
            return named
        rows = [named.values[number] for number in named.numbers.tolist()]
        for at, row in enumerate(body):
            pin = pinned.get(row)
            if pin and pin.areas and not rows[at][0]:
                around = cells[named.numbers[at]][:-1]
                rows[at] = self._inside(pin.areas, around), rows[at][1]
        return Coded(np.arange(len(rows)), rows)

    def _place(self, cells: tuple[Value, ...]) -> Named:
        """What the nearest area's cell says, inside the areas left of it."""
        *around, value = cells or (None,)
        area, label = self._area(value)
        if around and self._sums_up(value):
            whole = self._area(around[-1])[0]  # 甘州区 | 小计 above its townships
            if whole and whole != TOTAL:
                return whole, None
        if value in (None, "") and any(map(self._sums_up, around)):
            return TOTAL, None  # 合计 | an empty 县区
        return (self._inside(area, tuple(around)) if area else area), label

    def _sums_up(self, value: Value) -> bool:
        """Whether an area's cell says 小计 or 合计, and no more."""
        label = self.stubs.sheet.said_by(value)
        return bool(label and label.role in ("total", "subtotal") and not label.areas)

    def _area(self, value: Value) -> Named:
        """The candidates of an area's cell; its label too where it says anything else."""
        if value not in self._areas:
            text = f"{value:.0f}" if isinstance(value, int | float) else str(value or "")
            label = self.vocabulary.label(text)
            alone = not (label.rest or label.periods or label.indicators or label.number)
            plain = not text or (alone and (label.areas or label.role == "total"))
            area = label.areas or (TOTAL if label.role == "total" else ())
            self._areas[value] = area, None if plain else label
        return self._areas[value]

    def _inside(self, area: Area, around: tuple[Value, ...]) -> Area:
        """The candidates that lie inside the areas named left of them, if any does."""
        key = (area, around)
        if key not in self._narrowed:
            for value in around:
                wide, known = self._area(value)[0], self.vocabulary.catalogue
                if TOTAL not in (area, wide):
                    inside = (c for c in area if any(is_under(c, w, known) for w in wide))
                    area = tuple(inside) or area
            self._narrowed[key] = area
        return self._narrowed[key]

    def _reading(self, row: int, area: Label | None) -> tuple[Reading, Fault | None]:
        """One reading of all stub cells but a plain area's, and what is missing among them."""
        above, pin = self.stubs.above(row), self.vocabulary.pinned_rows.get(row)
        labels = [area] if area else []
        units: tuple[str, ...] = ()
        per_head = False
        for role, value in self._cells(row):
            if value is None or value == "":
                continue
            label = written(value, self.vocabulary, self.said)
            if role == "unit":
                units = self.vocabulary.units.listed(label.text)
                per_head = not units and self.vocabulary.units.is_per_head(label.text)
            elif role == "indicator":
                labels += [*above, label]
            else:
                labels.append(label)
        if pin:
            labels = [pin, *labels]  # what is printed comes after, and stands
        reading = in_group(labels, self.stubs.title, self.vocabulary)
        aside = "derived" if per_head else reading.aside
        if reading.total and not any(label.role == "total" for label in labels):
            reading = replace(reading, total=False)  # 一季度小计 is the quarter's own figure
        reading = replace(reading, areas=(), units=units or reading.units, aside=aside)
        return reading, self._missing(reading, row, pin)

    def _missing(self, reading: Reading, row: int, pin: Label | None) -> Fault | None:
        """The kind of label that a stub carries and this row lacks."""
        cells = dict(self._cells(row))
        if "indicator" in cells and not reading.indicator:
            said = cells["indicator"]
            label = None if said in (None, "") else written(said, self.vocabulary, self.said)
            if label and label.text:
                return unknown("unknown_indicator", label.rest or label.text)
            return fault("missing_indicator_label")
        periods = [value for role, value in self._cells(row) if role == "period"]
        if pin and pin.periods:
            periods = []
        if periods and (not reading.periods or not all(periods)):
            last = periods[-1]
            text = written(last, self.vocabulary, self.said).text if last else ""
            if ambiguous_code(text):
                return fault("ambiguous_period", text=text, code=code_shape(text))
            return fault("missing_period_label")
        if unit := self._unknown_unit(cells.get("unit"), reading):
            return fault("unknown_unit", word=unit)
        if "breakdown" in cells and not reading.candidates and not reading.total:
            return fault("missing_breakdown_label")
        return None

    def _unknown_unit(self, value: Value, reading: Reading) -> str:
        """The text of a unit's cell that is no unit that we know; a mark there says nothing."""
        label = self.vocabulary.label(str(value)) if value else None
        return label.text if label and not (reading.units or label.is_value) else ""


def _ask_each(faults: dict[int, Fault]) -> None:
    """Name the row in the faults of rows that lack a label, where so few can be asked about."""
    lacking = [row for row, cause in faults.items() if cause.rule in LACKING]
    if len(lacking) <= FEW:
        faults.update({row: fault(faults[row].rule, row=row + 1) for row in lacking})


def _no_area(label: Label | None) -> Fault:
    if label and label.text:
        return unknown("unknown_area", label.text)
    return fault("missing_area_label")
