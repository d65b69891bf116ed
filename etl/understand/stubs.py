"""What a row's stub says to the value columns right of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from etl.understand.areas import TOTAL
from etl.understand.axes import (
    STUBS,
    Column,
    Reading,
    in_group,
    names_but_an_indicator,
    title_group,
    written,
)
from etl.understand.coded import Coded, coded, together
from etl.understand.meaning import Fault, fault, unknown
from etl.understand.moments import moments, yearlike
from etl.understand.named_areas import is_under
from etl.understand.period import ambiguous_code, code_shape
from etl.understand.sheet import Sheet, is_number, picked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import Value
    from etl.understand.blocks import Block
    from etl.understand.period import Period
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
        self._above: dict[int, tuple[Label, ...]] = {}  # row → labels of the groups it is in
        self._groups()
        self._rows: dict[tuple[int | None, ...], Rows] = {}

    def nearest(self, role: str, column: int) -> int | None:
        """Return the nearest stub of a kind to the left; units and marks also from the right."""
        if not self.by_role[role]:
            return None
        left = [c for c in self.by_role[role] if c < column]
        if left:
            return left[-1]
        if role in ("unit", "status"):
            return next((c for c in self.by_role[role] if c > column), None)
        return None

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
            self._rows[key] = _RowReader(self, stubs).read()
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

    def _groups(self) -> None:
        """Give each indicator row the group it stands in: a part its row above, others by numbers.

        A group is a row that names something and holds no figure; 其中 and its like belong to the
        last row that is no part itself.
        """
        parts = {stub: self._parts(stub) for stub in self.by_role["indicator"]}
        parts = {s: may for s, may in parts.items() if may or not self._all_stand_alone(s)}
        bare = self._bare() if parts else set()
        if not bare and not any(parts.values()):
            return
        for stub in parts:
            held = self.sheet.coded(stub, self.block.body)
            labels = [self.sheet.said_by(value) for value in held.values]
            may_be_part = [value in parts[stub] for value in held.values]
            group: tuple[Label, ...] = ()
            silent = False  # the group says nothing to a row with an indicator of its own
            leader: tuple[int, Label] | None = None
            led: dict[tuple[int, ...], tuple[Label, ...]] = {}  # equal groups are one object
            is_part = False
            for row, number in zip(self.block.body, held.numbers.tolist(), strict=True):
                label = labels[number]
                if label is None:
                    continue
                is_part = may_be_part[number] and (
                    label.of_which
                    or leader is not None
                    and self._is_part((row, label), leader, stub, after_part=is_part)
                )
                if is_part:
                    above = (*group, leader[1]) if leader else group
                    self._above[row] = led.setdefault(tuple(map(id, above)), above)
                    continue
                if group and not (silent and label.indicators):
                    self._above[row] = group
                if row in bare:
                    group, leader = led.setdefault((id(label),), (label,)), None
                    silent = names_but_an_indicator(label, self.vocabulary)
                else:
                    leader = row, label

    def _all_stand_alone(self, stub: int) -> bool:
        """Whether every label names an indicator and no more: then none heads the others."""
        texts = (v for v in self.sheet.held(stub, self.block.body) if isinstance(v, str))
        labels = map(self.vocabulary.label, texts)
        return all(names_but_an_indicator(label, self.vocabulary) for label in labels)

    def _parts(self, stub: int) -> set[Value]:
        """The texts of a stub that may name a part of a row above: 其中：部队, or 部队 alone."""
        texts = (v for v in self.sheet.held(stub, self.block.body) if isinstance(v, str))
        labels = {text: self.vocabulary.label(text) for text in texts}
        return {
            text
            for text, label in labels.items()
            if label.of_which or label.breakdowns and not (label.indicators or label.areas)
        }

    def _is_part(
        self, own: tuple[int, Label], leader: tuple[int, Label], stub: int, *, after_part: bool
    ) -> bool:
        """Whether a row that names but a breakdown is part: after 其中, or deeper than one above.

        其中：自主就业 / 政府安排工作; 慰问金 / 　部队; （一）慰问金 / 1.部队; 输送新兵 / 男 / 女.
        """
        (row, label), (above_row, above) = own, leader
        whole = {code for code, _ in above.indicators}
        if any(self._divides(part, code) for part in label.breakdowns for code in whole):
            return True
        deeper = _numbering(label) > _numbering(above) > 0 or self._indent(
            row, stub
        ) > self._indent(above_row, stub)
        return after_part or deeper

    def _divides(self, part: tuple[str, str], indicator: str) -> bool:
        """Whether a part is one of those that make up all of an indicator: 男, 线上."""
        exhaustive = self.vocabulary.catalogue.breakdowns[part].exhaustive
        return exhaustive and self.vocabulary.applies(part, indicator)

    def _indent(self, row: int, stub: int) -> int:
        """How far a label is moved in, in half characters: U+3000 is two spaces wide."""
        value = str(self.sheet.value(row, stub) or "")
        return sum(2 if c == "\u3000" else 1 for c in value[: len(value) - len(value.lstrip())])

    def _bare(self) -> set[int]:
        """The rows of the body that hold no figure in a value column, nor should."""
        rows = self.block.body
        for column in map(self.sheet.stored, self.values):  # most rows end at the first
            rows = [row for row in rows if type(column[row]) is not float]
        return {row for row in rows if self._is_bare(row)}

    def _is_bare(self, row: int) -> bool:
        """Whether no value column of a row holds a figure, nor should have."""
        cells = self.sheet.rows[row]
        for column in self.values:
            value = cells[column]
            if is_number(value) or (row, column) in self.sheet.missing:
                return False
            label = self.vocabulary.label(value) if isinstance(value, str) and value else None
            if label and (label.number is not None or yearlike(label) or _is_told(label)):
                return False
        return True


class _RowReader:
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


def _numbering(label: Label) -> int:
    """How deep a label's numbering lies: 一、 1, （一） 2, 1. 3, （1） or 1.1 4; 0 without one."""
    mark = label.ordinal
    if not mark:
        return 0
    in_digits = any(c.isascii() and c.isdigit() for c in mark)
    return 1 + 2 * in_digits + (mark[0] == "(") + mark.rstrip(".、 ").count(".")


def _is_told(label: Label) -> bool:
    """未报 is what a row reports; —, × and / also fill the rows that only name a group."""
    return bool(label.status) and label.text.isalpha()


def _ask_each(faults: dict[int, Fault]) -> None:
    """Name the row in the faults of rows that lack a label, where so few can be asked about."""
    lacking = [row for row, cause in faults.items() if cause.rule in LACKING]
    if len(lacking) <= FEW:
        faults.update({row: fault(faults[row].rule, row=row + 1) for row in lacking})


def _no_area(label: Label | None) -> Fault:
    if label and label.text:
        return unknown("unknown_area", label.text)
    return fault("missing_area_label")
