"""What each row of a sheet is, and which rows make a table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from etl.understand.lines import states_figure
from etl.understand.moments import PARTS, is_codes, is_run, numbered, yearlike
from etl.understand.vocabulary import FRAME, Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.records import Grid, Value
    from etl.understand.moments import Moments
    from etl.understand.vocabulary import Vocabulary

NEAR = 6  # rows above that may tell what a column of labels holds
YEARS = range(1949, 2101)
STUB_HEADERS = ("area_header", "indicator_header", "period_header")


class Sheet:
    """A grid whose cells are seen through the vocabulary; merged cells repeat their label."""

    def __init__(self, grid: Grid, vocabulary: Vocabulary) -> None:
        self.grid = grid
        self.rows = grid.rows
        self.vocabulary = vocabulary
        self._columns: dict[int, list[Value]] = {}
        self._across: list[tuple[Value, ...]] | None = None  # the columns as they are stored
        self._named: dict[str, bool] = {}
        self.said: dict[int, Moments] = {}  # header row → what it says of time as a whole
        self.width = max(map(len, grid.rows), default=0)
        self.origin: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in grid.merges:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self.origin[row, column] = (top, left)
        self.missing = {*grid.errors, *grid.uncached}  # cells whose number did not come
        self.broken = {row for row, _ in self.missing}

    def value(self, row: int, column: int) -> Value:
        """Return the stored value; numbers do not spread over a merge."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def label(self, row: int, column: int) -> Label | None:
        """Return the label at a cell or at the first cell of its merge; None without a text."""
        value = self.value(*self.origin.get((row, column), (row, column)))
        return self.vocabulary.label(value) if isinstance(value, str) and value else None

    def column(self, index: int) -> list[Value]:
        """Return a column's values from the first row on, those of merges repeated."""
        if index not in self._columns:
            if self._across is None:
                self._across = list(zip_longest(*self.rows))
            values = list(self._across[index]) if self.rows else []
            for top, left, bottom, right in self.grid.merges:
                if left <= index <= right and bottom < len(values):
                    values[top : bottom + 1] = [self.value(top, left)] * (bottom + 1 - top)
            self._columns[index] = values
        return self._columns[index]

    def down(self, index: int, rows: Sequence[int]) -> list[Value]:
        """Return a column's values in some rows."""
        return picked(self.column(index), rows)

    def names_a_row(self, word: str) -> bool:
        """Whether a text before numbers is no frame's 甲 or 12, no 季度 and no 电话:."""
        if word not in self._named:
            text = self.vocabulary.label(word).text
            short = not text or text in PARTS or FRAME.match(text)
            signs = text.startswith(self.vocabulary.words["signature"])
            self._named[word] = not (short or signs)
        return self._named[word]

    def filled(self, row: int) -> list[int]:
        """Return the columns of ``row`` that hold something of their own."""
        return [c for c, value in enumerate(self.rows[row]) if value is not None and value != ""]


@dataclass(slots=True)
class Block:
    """One table: titles above it, the header band, the body, sections and what closes it."""

    titles: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    sections: dict[int, Label] = field(default_factory=dict)  # body row → the section it is in


def picked(column: list[Value], rows: Sequence[int]) -> list[Value]:
    """A column's values in some rows; those of a body mostly follow one another."""
    if rows and rows[-1] - rows[0] == len(rows) - 1:
        return column[rows[0] : rows[-1] + 1]
    return [column[row] for row in rows]


def is_number(value: Value) -> bool:
    """Whether a stored value is a number (a boolean is not)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def kinds(sheet: Sheet) -> list[str]:
    """Type every row: blank, frame, footer, meta, header, data or single."""
    found: list[str] = []
    body_seen = False
    stub: int | None = None  # the column of the last 县区
    for row in range(len(sheet.rows)):
        reported = stub is not None and not body_seen and _names_area(sheet, row, stub)
        plain = reported or (body_seen and _reports(sheet, row))
        kind = "data" if plain else _kind(sheet, row, body_seen)
        if kind == "header" and any(goes_on(sheet, row, found) for goes_on in GOES_ON):
            kind = "data"
        body_seen = body_seen or kind == "data"
        if kind == "header":
            stub = _area_column(sheet, row, stub)
        found.append(kind)
    return found


def _area_column(sheet: Sheet, row: int, known: int | None) -> int | None:
    """The column that a header row calls 县区, else the one known before."""
    for column in sheet.filled(row):
        label = sheet.label(row, column)
        if label and label.role == "area_header":
            return column
    return known


def _names_area(sheet: Sheet, row: int, stub: int) -> bool:
    """An area below 县区 with something beside it reports, whatever it says: 甘州区 | 12?.

    As a header its 2024年3月 would be the period of all the counties below it.
    """
    label = sheet.label(row, stub) if sheet.value(row, stub) else None
    return bool(label and label.areas and not label.rest and len(sheet.filled(row)) > 1)


def _is_first(sheet: Sheet, row: int, above: Sequence[str]) -> bool:
    """Whether a row without a number is the first of a body: 甘州区 below 县区 at the same edge.

    Nothing was reported there, or a figure typed as text looks like a year.
    """
    head = next((r for r in range(row - 1, -1, -1) if above[r] not in ("frame", "blank")), -1)
    if head < 0 or above[head] != "header" or sheet.filled(head)[0] != sheet.filled(row)[0]:
        return False
    label, below = (sheet.label(r, sheet.filled(row)[0]) for r in (head, row))
    if label is None or below is None:
        return False
    heads = {
        "area_header": below.areas,
        "indicator_header": below.indicators,
        "period_header": below.periods,
    }
    return bool(heads.get(label.role))


def _is_next(sheet: Sheet, row: int, above: Sequence[str]) -> bool:
    """Whether a row without a figure goes on with a body: areas below areas, units below units.

    A word that nothing explains may stand among them: 某某区 | 1-2月 below 甘州区 | 1-6月.
    """
    columns = sheet.filled(row)
    last = next((r for r in range(row - 1, -1, -1) if above[r] != "single"), -1)
    if last < 0 or above[last] != "data" or len(columns) < 2:
        return False
    labels = [(sheet.label(row, c), sheet.label(last, c)) for c in columns]
    alike = [bool(a and b and _speaks_alike(sheet, a, b)) for a, b in labels]
    unknown = (bool(a and b and a.heads_nothing) for a, b in labels)
    return any(alike) and all(a or b for a, b in zip(alike, unknown, strict=True))


def _speaks_alike(sheet: Sheet, one: Label, other: Label) -> bool:
    """Whether two labels name things of one kind."""
    unit = sheet.vocabulary.unit
    kinds = ((a.areas, a.indicators, a.periods, unit(a.text)) for a in (one, other))
    return any(a and b for a, b in zip(*kinds, strict=True))


def _is_typed(sheet: Sheet, row: int, above: Sequence[str]) -> bool:
    """Whether what looks like years are figures typed as text: 军属走访 | 1985 under 项目 | 数值.

    A header's years follow one another, its corner heads a stub, or it is the first of its table.
    """
    first, *others = sheet.filled(row)
    head, *labels = (sheet.label(row, column) for column in (first, *others))
    years = [label for label in labels if label and yearlike(label)]
    if not years or head is None or (len(years) == len(labels) and is_run(years)):
        return False
    if any(label and label.role not in ("", "total") for label in (head, *labels)):
        return False
    last = next((r for r in range(row - 1, -1, -1) if above[r] not in ("frame", "single")), -1)
    stub = sheet.label(last, first) if last >= 0 else None
    if yearlike(head) and not (stub and (stub.periods or stub.role == "period_header")):
        return False
    if last < 0 or above[last] != "header":
        return last >= 0 and above[last] == "data"
    return any(_heads(sheet, last, c) in (*STUB_HEADERS, "value_header") for c in (first, *others))


def _heads(sheet: Sheet, row: int, column: int) -> str:
    """The role of what a header row says above a column."""
    label = sheet.label(row, column)
    return label.role if label else ""


GOES_ON = (_is_first, _is_next, _is_typed)


def _kind(sheet: Sheet, row: int, body_seen: bool) -> str:
    if row in sheet.broken:
        return "data"
    values = [value for value in sheet.rows[row] if value is not None and value != ""]
    if not values:
        return "blank"
    numbers = [v for v in values if is_number(v)]
    labels = [sheet.vocabulary.label(v) for v in values if isinstance(v, str)]
    if _is_frame(values, labels):
        return "frame"
    if body_seen and _is_signature(sheet, values):
        return "footer"
    if labels and not numbers:
        words = sheet.vocabulary.words
        if any(_starts(label.text, words["footer_start"]) for label in labels[:1]):
            return "footer"
        if any(_starts(label.text, words["meta_start"]) for label in labels):
            return "meta"
        if not body_seen and _is_caption(sheet, row, labels):
            return "meta"
        if all(states_figure(label.text, sheet.vocabulary) for label in labels):
            return "meta"  # 慰问金：10万元 | 走访部队：3支 heads no columns
    if labels and len(numbers) > 1 and numbered(labels[0].text, numbers):
        return "header"
    sequence = not body_seen and (_is_sequence(numbers) or is_codes(values))
    if sequence and not any(label.areas for label in labels):
        return "header"
    if numbers and labels and labels[0].role in STUB_HEADERS and all(n in YEARS for n in numbers):
        return "header"  # 县区 | 2024, or 县区 | 2024 | 换届以后
    if numbers or any(label.is_value for label in labels):
        return "data"
    if any(not isinstance(v, str) for v in values):  # dates: a header turned into dates, or data
        return "header" if len(values) > 1 and not body_seen else "data"
    return "single" if len(values) == 1 else "header"


def _reports(sheet: Sheet, row: int) -> bool:
    """Whether a row holds a number and a text that names it: below a body's first most rows do."""
    cells = sheet.rows[row]
    if float in map(type, cells):
        for value in cells:
            if isinstance(value, str) and value:
                return sheet.names_a_row(value)
    return False


def _starts(text: str, starts: tuple[str, ...]) -> bool:
    """Whether a cell begins as a footer or meta line does: the word, then a colon before long."""
    for start in starts if text.startswith(starts) else ():
        if text.startswith(start):
            if start.startswith(("附", "注")) or start.endswith(":"):
                return True
            if ":" in text[: len(start) + 8]:
                return True
    return False


def _is_signature(sheet: Sheet, values: Sequence[Value]) -> bool:
    """Names, a telephone or a date, each after its word: 填表人：×× | 联系电话 | 8212345."""
    words = sheet.vocabulary.words["signature"]
    after_word = False
    for value in values:
        text = sheet.vocabulary.label(value).text if isinstance(value, str) else ""
        signs = text.startswith(words)
        if not signs and not (after_word and (text or not _is_small(value))):
            return False
        after_word = signs
    return True


def _is_small(value: Value) -> bool:
    """Whether a number is shorter than a telephone's."""
    return is_number(value) and value < 10**6  # type: ignore[operator]


def _is_caption(sheet: Sheet, row: int, labels: list[Label]) -> bool:
    """An area at the left edge and units right of it, no more: a line over the whole table."""
    first, *others = labels
    return (
        sheet.filled(row)[0] == 0
        and bool(first.areas and others)
        and all(sheet.vocabulary.unit_words(label.text) for label in others)
    )


def _is_frame(values: Sequence[Value], labels: list[Label]) -> bool:
    """The 甲 乙 丙 1 2 3 row under a header, or column numbers 1…n alone."""
    if len(values) < 2:
        return False
    texts = [label.text for label in labels]
    if not all(texts) or not all(FRAME.match(text) for text in texts):
        return False
    numbers = [int(v) for v in values if is_number(v) and v == int(v)]  # type: ignore[arg-type]
    numbers += [int(t.strip("()")) for t in texts if t.strip("()").isdigit()]
    if len(numbers) + sum(not t.strip("()").isdigit() for t in texts) != len(values):
        return False
    consecutive = all(b - a == 1 for a, b in zip(numbers, numbers[1:], strict=False))
    lettered = any(not text.strip("()").isdigit() for text in texts)
    return consecutive and (lettered or (len(numbers) >= 3 and numbers[0] == 1))


def _is_sequence(numbers: Sequence[Value]) -> bool:
    """Years across, as numbers: 2021 2022 2023 or downwards, once or again under each group."""
    if len(numbers) < 2 or not all(is_number(n) and n in YEARS for n in numbers):
        return False
    again = numbers.index(numbers[0], 1) if numbers[0] in numbers[1:] else len(numbers)
    if again > 1 and list(numbers) == list(numbers[:again]) * (len(numbers) // again):
        numbers = numbers[:again]
    steps = {int(b) - int(a) for a, b in zip(numbers, numbers[1:], strict=False)}  # type: ignore[arg-type]
    return len(steps) == 1 and steps <= {1, -1}


def blocks(sheet: Sheet, types: list[str]) -> list[Block]:
    """Cut a sheet into its tables; the first title stays outer context of all that follow."""
    found: list[Block] = []
    block = Block()
    section: Label | None = None
    below = _following(types)
    for row, kind in enumerate(types):
        if kind == "blank" or (kind == "footer" and block.body):
            continue
        following = below[row]
        if block.body and _is_empty_data(sheet, row, block, kind, following):
            block.body.append(row)
            continue
        if kind == "header" and block.header and _begins_body(sheet, row, types):
            block.body.append(row)
            continue
        if kind in ("header", "frame", "meta") or (kind == "single" and following != "data"):
            if block.body and not (kind == "meta" and following in ("", "footer", "meta")):
                found.append(block)
                block, section = Block(), None
            if kind == "single" and block.header and not block.body:
                block.header.append(row)
            elif kind == "single" and not _is_group(sheet, row, types) or kind == "meta":
                block.titles.append(row)
            elif kind != "frame":
                block.header.append(row)
        elif kind == "single":
            heads = _is_header_cell(sheet, row, types) or _is_corner(sheet, row)
            if heads and not block.body and not section:
                block.header.append(row)
            elif not block.body and not block.header:
                block.titles.append(row)
            else:
                section = sheet.label(row, sheet.filled(row)[0])
        elif kind == "data":
            block.body.append(row)
            if section:
                block.sections[row] = section
    if block.body or block.titles or block.header:
        found.append(block)
    return found


def _following(types: list[str]) -> list[str]:
    """The kind of the next row that says something, for each row."""
    found, following = [""] * len(types), ""
    for row in range(len(types) - 1, -1, -1):
        found[row] = following
        if types[row] not in ("blank", "frame"):
            following = types[row]
    return found


def _begins_body(sheet: Sheet, row: int, types: list[str]) -> bool:
    """Without a 县区: a county and words that head nothing, above the next county's data."""
    if row + 1 >= len(types) or types[row + 1] != "data":
        return False
    stub, *others = sheet.filled(row)
    mine, theirs = sheet.label(row, stub), sheet.label(row + 1, stub)
    labels = [sheet.label(row, column) for column in others]
    return bool(
        mine and theirs and mine.areas and theirs.areas and not mine.rest and others
    ) and all(label and label.heads_nothing for label in labels)


def _is_empty_data(sheet: Sheet, row: int, block: Block, kind: str, following: str) -> bool:
    """A row inside a body whose label is of the stub's own kind: nothing was reported there."""
    if kind not in ("header", "single"):
        return False
    if _whole_table_header(sheet, row):
        return False
    said = ((c, sheet.label(row, c), sheet.label(r, c)) for r, c in _beside(sheet, row, block))
    for column, mine, theirs in said:
        if not mine or not theirs:
            continue
        if (mine.areas or mine.role == "total") and (theirs.areas or theirs.role == "total"):
            return True
        if mine.indicators and theirs.indicators and kind == "single" and following != "header":
            return not mine.ordinal or bool(theirs.ordinal)
        if kind == "header" and mine.indicators and theirs.indicators:
            return True
        if kind == "single" and mine.periods and theirs.periods and block.header:
            return column > sheet.filled(block.header[0])[0]  # 二季度 beside 甘州区, merged or not
    return False


def _beside(sheet: Sheet, row: int, block: Block) -> Iterator[tuple[int, int]]:
    """The cells above a row's own: of the last row, or of one near it whose word is known."""
    for column in sheet.filled(row):
        labels = ((above, sheet.label(above, column)) for above in block.body[: -1 - NEAR : -1])
        known = (above for above, label in labels if label and not label.heads_nothing)
        yield next(known, block.body[-1]), column


def _whole_table_header(sheet: Sheet, row: int) -> bool:
    """Whether a row of labels repeats a header: one of its words heads areas or indicators."""
    labels = (sheet.label(row, column) for column in sheet.filled(row))
    return any(label and label.role in ("area_header", "indicator_header") for label in labels)


def _is_group(sheet: Sheet, row: int, types: list[str]) -> bool:
    """A lone label over some columns of the header below it, not a title over the whole table."""
    column = sheet.filled(row)[0]
    if column == 0 or row + 1 >= len(types) or types[row + 1] != "header":
        return False
    return any(below < column for below in sheet.filled(row + 1))


def _is_corner(sheet: Sheet, row: int) -> bool:
    """A lone 县区 over the names of a table whose other headers are missing."""
    label = sheet.label(row, sheet.filled(row)[0])
    return bool(label and label.role in STUB_HEADERS)


def _is_header_cell(sheet: Sheet, row: int, types: list[str]) -> bool:
    """A lone label directly over numbers and beside a stub: the header of a one-column table."""
    column = sheet.filled(row)[0]
    if column == 0 or (row, column + 1) in sheet.origin:
        return False
    below = next((r for r in range(row + 1, len(types)) if types[r] == "data"), None)
    if below is None:
        return False
    value = sheet.value(below, column)
    label = sheet.label(below, column)
    return is_number(value) or bool(label and label.is_value) or yearlike(label)


def dated(text: str, starts: tuple[str, ...]) -> str:
    """Return what follows one of ``starts`` in a meta or footer line: '填报时间:2024年7月5日'."""
    for start in starts:
        match = re.search(re.escape(start) + r"(?:\([^()]*\))?[:\s]*([^:]*)", text)
        if match and match.group(1):
            return match.group(1)
    return ""
