"""What each column of a table is: values, or a stub of areas, indicators, periods."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.understand.event_days import holds_event_days
from etl.understand.moments import is_run, moments, yearlike
from etl.understand.period import Period
from etl.understand.reading import NOTHING, Group, Reading, core, in_group, title_group
from etl.understand.rows import YEARS
from etl.understand.sheet import Sheet, is_number
from etl.understand.vocabulary import ANSWERED, PERSONAL, Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.records import Value
    from etl.understand.blocks import Block
    from etl.understand.vocabulary import Vocabulary

LEAST_CODE = 1e5  # areas have six digits
FEW = 100  # rows that tell labels from figures
VALUES = ("value_header", "money_header")
STUBS = ("area", "indicator", "period", "breakdown", "text")
# Roles of columns that a layout may pin.
PINNED = {role: role for role in (*STUBS, "unit", "status", "value", "note")} | {"serial": "ignore"}


@dataclass(slots=True)
class Column:
    """A column of one table: its role, its header's reading, and the labels of its header."""

    index: int
    role: str  # value, area, indicator, period, breakdown, unit, status, tick, event, text, note …
    path: tuple[Label, ...]
    reading: Reading = NOTHING


def columns(sheet: Sheet, block: Block) -> list[Column]:
    """Type every column of a table by what it holds; header words break ties."""
    group = title_group(sheet, block)
    found = [_column(sheet, block, index, group) for index in range(sheet.width)]
    areas = [column for column in found if column.role == "area"]
    below = sheet.vocabulary.words["township_header"]
    for column in areas[1:]:  # 甘州区 | an empty 乡镇: the figures are the county's
        if column.path[-1:] and column.path[-1].text in below:
            column.role = "area" if sheet.held(column.index, block.body) else "ignore"
    return found


def _column(sheet: Sheet, block: Block, index: int, group: Group | None) -> Column:
    path = header_path(sheet, block, index)
    pinned, label = sheet.vocabulary.pinned_columns.get(index, ("", None))
    path = (*path, label) if label else path
    reading = in_group(path, group, sheet.vocabulary)
    role = PINNED.get(pinned) or _role(sheet, block, index, path, reading)
    return Column(index, role, path, reading)


def header_path(sheet: Sheet, block: Block, index: int) -> tuple[Label, ...]:
    """Return the labels above a column, outermost first; a merged label counts once."""
    if index not in block.paths:
        block.paths[index] = tuple(
            written(sheet.value(row, column), sheet.vocabulary, _said(sheet, row))
            for row, column in header_cells(sheet, block, index)
        )
    return block.paths[index]


def _said(sheet: Sheet, row: int) -> Mapping[Value, Period]:
    """What a header row says of time as a whole, worked out once."""
    if row not in sheet.said:
        filled = sheet.filled(row)
        head = sheet.label(row, filled[0]) if filled else None
        cells = ((row, column) for column in filled)
        sheet.said[row] = moments(sheet, cells, head.text if head else "")
    return sheet.said[row]


def header_cells(sheet: Sheet, block: Block, index: int) -> list[tuple[int, int]]:
    """Return the cells of the labels above a column, outermost first."""
    cells = (
        sheet.origin.get((row, index), (row, _group(sheet, block, row, index)))
        for row in block.header
    )
    return [cell for cell in dict.fromkeys(cells) if sheet.value(*cell) not in (None, "")]


def _group(sheet: Sheet, block: Block, row: int, index: int) -> int:
    """The column whose label holds for this one where a sheet has lost its merges.

    It holds for the empty cells at its right only if the words below repeat: 人数 金额 人数 金额.
    """
    if row == block.header[-1] or sheet.grid.merges or sheet.value(row, index) not in (None, ""):
        return index
    starts = sheet.filled(row)
    below = [sheet.value(block.header[-1], column) for column in range(sheet.width)]
    ends = [*starts[1:], max(sheet.filled(block.header[-1]), default=-1) + 1]
    groups = [below[a:b] for a, b in zip(starts, ends, strict=True) if b - a > 1]
    left = [start for start in starts if start < index]
    if not left or len(groups) < 2 or any(group != groups[0] for group in groups):
        return index
    return left[-1] if index - left[-1] < len(groups[0]) else index


def is_open(sheet: Sheet, block: Block, index: int) -> bool:
    """Whether a column may or may not stand under a label that says something of its group.

    An empty cell right of 2024年一季度, or under an empty merged cell, is not known to be outside.
    """
    for row in block.header[:-1]:
        top, left = sheet.origin.get((row, index), (row, index))
        if sheet.value(top, left) not in (None, ""):
            continue
        if (row, index) in sheet.origin:
            if any(sheet.origin.get((row, c)) == (top, left) for c in (index - 1, index + 1)):
                return True
            continue
        if _group(sheet, block, row, index) != index:
            continue
        before = [c for c in sheet.filled(row) if c < index and (row, c) not in sheet.origin]
        label = sheet.label(row, before[-1]) if before else None
        if label and (label.periods or label.areas or label.units or label.breakdowns):
            return True
    return False


def written(value: Value, vocabulary: Vocabulary, said: Mapping[Value, Period]) -> Label:
    """Label a cell whatever it holds; ``said`` is what its axis makes of dates, codes, numbers."""
    if value in said:
        return Label(str(value), periods=(said[value],))
    if isinstance(value, str):
        return vocabulary.label(value)
    if isinstance(value, int | float) and value in YEARS:
        return Label(str(int(value)), periods=(Period(year=int(value)),))
    return vocabulary.label(f"{value:g}" if isinstance(value, int | float) else str(value))


def _role(sheet: Sheet, block: Block, index: int, path: tuple[Label, ...], reading: Reading) -> str:
    roles = [label.role for label in path if label.role]
    head = roles[-1] if roles else ""
    if path and not roles and reading.indicator and _is_mostly_numbers(sheet, block, index):
        return "value"  # as below: no more than half of it can be marks
    held = _held(sheet, block, index, path, reading)
    texts = sum(held[kind] for kind in (*STUBS, "unit"))
    figures = held["number"] + held["value"]
    if head == "tick_header":  # empty too: then nobody has read its rows
        return "tick"
    if not held.total():
        if head == "area_header" and path[-1].text not in sheet.vocabulary.words["unit_header"]:
            return "area"  # 县区 was not filled in: the figures are not its city's
        return "value" if reading.indicator or reading.periods else "ignore"
    if head == "remark" or head in PERSONAL:
        return "note"
    if head == "serial" or (not path and _is_serial(sheet, block, index)):
        return "ignore"
    if head == "status_header" or held["status"] * 2 > held.total():
        return "status"
    is_time = head == "period_header"
    if head == "event_header" or (is_time and holds_event_days(sheet, block, index)):
        return "event"
    if reading.indicator and _is_of_areas(held, path, sheet.vocabulary):
        return "area"
    if reading.indicator or reading.aside:
        return "value"
    if head == "area_header" and held["area"] >= held["unit"] and held["area"]:
        return "area"
    if head == "unit_header" and held["unit"] * 2 >= texts and texts:
        return "unit"
    if head == "code":
        return "ignore"
    if head == "period_header" and (not texts or held["period"] >= max(held["indicator"], 1)):
        return "period"
    if head == "indicator_header" and texts:  # 本季 | 本年累计 below 指标 are periods
        return "period" if held["period"] == texts else "indicator"
    if texts > figures:
        return _stub(held, head)
    return "value"


def _is_of_areas(held: Counter[str], path: Sequence[Label], vocabulary: Vocabulary) -> bool:
    """Whether a column under an indicator's name holds areas: 慰问金 over 县区 | 部队 | 军属."""
    if held["number"] + held["value"]:
        return False
    named = path[-1].role == "area_header"
    unsure = path[-1].text in vocabulary.words["unit_header"]
    return held["area"] == held.total() or (named and (held["area"] > 0 or not unsure))


def _is_mostly_numbers(sheet: Sheet, block: Block, index: int) -> bool:
    """Whether at least half of what a body holds in a column is stored as numbers."""
    kinds = list(map(type, sheet.down(index, block.body)))
    return 0 < len(kinds) <= 2 * kinds.count(float)


def _stub(held: Counter[str], head: str) -> str:
    """The kind of label that a stub holds most; a tie goes to what its header says."""
    texts = sum(held[kind] for kind in (*STUBS, "unit"))
    if held["unit"] * 2 > texts:  # beside as many indicators, 场次 is one of them
        return "unit"
    for kind in ("area", "indicator", "period", "breakdown", "unit"):
        if held[kind] * 2 >= texts:
            return kind
    if head == "area_header":
        return "area"
    return "text"


def _held(
    sheet: Sheet, block: Block, index: int, path: tuple[Label, ...], reading: Reading
) -> Counter[str]:
    """Count what a column's cells are, in the body."""
    held: Counter[str] = Counter()
    head = next((label.role for label in reversed(path) if label.role), "")
    years: list[Label] = []
    figured = bool(reading.indicator or reading.periods)  # 100000 below 慰问金 is not 中国
    figured = figured or head in VALUES  # nor below 数值
    values = sheet.down(index, block.body)
    if not head:  # nor one number without a header, nor the last of a row
        figured = figured or len(values) == 1 or _is_last(sheet, block, index)
    if float in map(type, values[:FEW]):  # figures, which hardly repeat
        others = [v for v in values if type(v) is not float or v >= LEAST_CODE]
        times: Mapping[Value, int] = Counter(others)
        held["number"] = len(values) - len(others)
    else:
        times = sheet.held(index, block.body)
    if head == "period_header":  # 2023 and 2024 stored as numbers, one of them 换届以后
        held["period"] = sum(type(value) is float and value in YEARS for value in values)
        held["number"] -= held["period"]
    for value, count in times.items():
        if value is None or value == "":
            continue
        if isinstance(value, str):
            label = sheet.vocabulary.label(value)
            if yearlike(label):
                years += [label] * count
            else:
                held[_held_kind(label, sheet.vocabulary, head)] += count
        elif not is_number(value):
            held["period"] += count
        else:
            held["area" if not figured and _is_code(value, sheet.vocabulary) else "number"] += count
    if sheet.missing:
        held["number"] += sum((row, index) in sheet.missing for row in block.body)
    figures = held["number"] + held["value"]
    headed = reading.areas or reading.periods or head in VALUES
    is_time = not (figures or headed) and is_run(years)
    held["period" if is_time or head == "period_header" else "number"] += len(years)
    return held


def _is_last(sheet: Sheet, block: Block, index: int) -> bool:
    """Whether nothing stands right of a column in the body."""
    return not any(any(sheet.down(c, block.body)) for c in range(index + 1, sheet.width))


def _is_code(value: Value, vocabulary: Vocabulary) -> bool:
    """Whether a stored number is an area's code: 620702.0."""
    large = isinstance(value, int | float) and value >= LEAST_CODE and value % 1 == 0
    return large and f"{value:.0f}" in vocabulary.areas


def _held_kind(label: Label, vocabulary: Vocabulary, head: str) -> str:
    """One cell's kind; an answered word does not decide what its column holds."""
    if label.pinned == ANSWERED and not (label.areas and head == "area_header"):
        return "text"
    if vocabulary.units.of(label.text):
        return "unit"
    if label.text in vocabulary.levels:
        return "status"
    if label.is_value:
        return "value"
    if label.areas or label.role == "total":
        return "area"
    if label.indicators:
        return "indicator"
    if label.periods:
        return "period"
    if label.breakdowns:
        return "breakdown"
    named = core(label) in vocabulary.leaves or core(label) in vocabulary.groups
    return "indicator" if named else "text"


def _is_serial(sheet: Sheet, block: Block, index: int) -> bool:
    """The first column that holds anything, without a header, that counts 1, 2, 3 …."""
    if any(sheet.value(row, left) is not None for left in range(index) for row in block.body):
        return False
    values = [sheet.value(row, index) for row in block.body]
    numbers = [value for value in values if is_number(value)]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))
