"""A small picture of a sheet around some of its cells: what a person would see in Excel there."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.files import known, read_sheets
from etl.read import UnreadableFile
from etl.read.address import letters, parse
from etl.understand.mask import is_personal_number
from etl.understand.restricted import restricted_words
from etl.workers import read_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from etl.records import Grid, Value
    from etl.understand import Vocabulary

    Closed = Callable[[int, int], bool]

ROWS, COLUMNS = 3, 3  # cells on each side of the first one
MOST = 9  # targets further away than the window join it up to this many rows or columns
TITLES = 4  # rows among which the title is looked for
HEADERS = 3  # header rows above the window
TEXT = 60  # characters of a cell
HIDDEN = "▒▒▒"  # a figure that is not for everybody's eyes
FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Square:
    """One cell as drawn; a merged one spans several rows and columns of the picture."""

    text: str = ""
    rows: int = 1
    columns: int = 1
    target: bool = False
    figure: bool = False  # stands at the right, as numbers do


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the picture; ``number`` is that of the sheet, 0 where rows are left out."""

    number: int
    squares: tuple[Square | None, ...]  # None where a merged cell already is


@dataclass(frozen=True, slots=True)
class Picture:
    """Part of a sheet; a column without letters stands for those that are left out."""

    sheet: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def picture(
    path: Path,
    name: str,
    sheet: str,
    cells: str,
    open_cells: Iterable[str],
    folders: tuple[Path, ...],
) -> Picture | UnreadableFile:
    """Draw the surroundings of ``cells`` (an address, a range, or several with commas).

    ``name`` is that under which the file was sent.

    ``open_cells`` are the sheet's cells that anybody may see: where a restricted indicator stands
    on it, other figures are hidden. A large file is read in a worker, within a minute and 1.5 GB.
    """
    shown = frozenset(open_cells)
    work = functools.partial(
        _read_and_draw, name=name, sheet=sheet, cells=cells, open_cells=shown, folders=folders
    )
    return next(read_all([path], work))


def _read_and_draw(
    path: Path,
    name: str,
    sheet: str,
    cells: str,
    open_cells: frozenset[str],
    folders: tuple[Path, ...],
) -> Picture:
    _, vocabulary = known(folders)
    grids = [g for g in read_sheets(path, name, folders).grids if g.sheet == sheet]
    targets = addresses(cells)
    if len(grids) != 1 or not grids[0].rows or not targets:
        raise UnreadableFile("no_picture")
    closed = _closed(grids[0], vocabulary, {parse(cell) for cell in open_cells})
    return draw(grids[0], targets, closed)


def addresses(cells: str) -> list[tuple[int, int, int, int]]:
    """Read 'B4, C4:C9' as ranges: first row, first column, last row, last column, from 0."""
    found = []
    for part in filter(None, (part.strip() for part in cells.split(","))):
        first, _, last = part.partition(":")
        if not all(re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", a) for a in (first, last or first)):
            continue
        (top, left), (bottom, right) = parse(first), parse(last or first)
        found.append((top, left, bottom, right))
    return found


# ── what may be seen ────────────────────────────────────────────────────────────────────────────


def _closed(grid: Grid, vocabulary: Vocabulary, seen: set[tuple[int, int]]) -> Closed:
    """Say of any cell whether it is to be hidden.

    Where a sheet speaks of a restricted indicator, every figure but those in ``seen`` is: a total
    of totals stands in no column of its own. Persons' numbers in words were masked as the sheet
    was read; one that is stored as a number is found here.
    """
    restricted = bool(restricted_words(grid, vocabulary))
    masks = vocabulary.catalogue.masks

    def closed(row: int, column: int) -> bool:
        value = grid.rows[row][column]
        if restricted and (row, column) not in seen and _may_be_figure(value, vocabulary):
            return True
        return is_personal_number(value, masks)

    return closed


def _may_be_figure(value: Value, vocabulary: Vocabulary) -> bool:
    if value is None or value == "":
        return False
    if not isinstance(value, str):
        return True
    label = vocabulary.label(value)
    known = label.indicators or label.areas or label.periods or label.units or label.role
    return label.is_value or bool(FIGURE.search(value) and not known)


# ── drawing ─────────────────────────────────────────────────────────────────────────────────────


def draw(grid: Grid, targets: list[tuple[int, int, int, int]], closed: Closed) -> Picture:
    """Choose rows and columns, headers among them, and fill them."""
    height, width = len(grid.rows), len(grid.rows[0])
    row, column = min(targets[0][0], height - 1), min(targets[0][1], width - 1)
    title = _title_row(grid)
    near = _window(row, ROWS, height, [r for t in targets for r in (t[0], t[2])])
    beside = _window(column, COLUMNS, width, [c for t in targets for c in (t[1], t[3])])
    rows = _with_gaps(near | _headers_above(grid, near, column) | {title})
    columns = _with_gaps(beside | _labels_at_left(grid, row, beside))
    drawn = _squares(grid, rows, columns, targets, closed)
    at = rows.index(title)
    if _is_alone(grid, title) and all(s and not s.target for s in drawn[at]):
        words = HIDDEN if closed(title, _first(grid, title)) else _words(grid, title)
        drawn[at] = (Square(words, columns=len(columns)), *[None] * (len(columns) - 1))
    lines = zip((0 if r is None else r + 1 for r in rows), drawn, strict=True)
    return Picture(
        grid.sheet,
        tuple("" if c is None else letters(c) for c in columns),
        tuple(Line(number, squares) for number, squares in lines),
    )


def _title_row(grid: Grid) -> int:
    """The row of the title: of the first few with one cell only the one with the most words."""
    alone = [row for row in range(min(TITLES, len(grid.rows))) if _is_alone(grid, row)]
    return max(alone, key=lambda row: len(_words(grid, row)), default=0)


def _is_alone(grid: Grid, row: int) -> bool:
    held = [value for value in grid.rows[row] if value not in (None, "")]
    return len(held) == 1 and isinstance(held[0], str)


def _words(grid: Grid, row: int) -> str:
    """The first words of a row: they run over the empty cells at their right, as in Excel."""
    return shown(grid, row, _first(grid, row))


def _first(grid: Grid, row: int) -> int:
    """The column of the first words of a row; the first column where there are none."""
    values = enumerate(grid.rows[row])
    return next((column for column, value in values if isinstance(value, str) and value), 0)


def _window(centre: int, around: int, size: int, others: list[int]) -> set[int]:
    """The places around the first target, shifted off the edge, and the other targets' places."""
    first = max(0, min(centre - around, size - 2 * around - 1))
    found = set(range(first, min(size, first + 2 * around + 1)))
    for place in others:
        if place < size and len(found) < MOST:
            found.add(place)
    return found


def _headers_above(grid: Grid, rows: set[int], column: int) -> set[int]:
    """The labels of the column above the window: what its figures are."""
    found: set[int] = set()
    for r in range(min(rows) - 1, -1, -1):
        value = _seen(grid, r, column)
        if isinstance(value, str) and value.strip() and not FIGURE.fullmatch(value[:1]):
            found.add(r)
        elif found:
            break
        if len(found) == HEADERS:
            break
    return found


def _labels_at_left(grid: Grid, row: int, columns: set[int]) -> set[int]:
    """The nearest column at the left of the window that says in words what the row is."""
    for c in range(min(columns) - 1, -1, -1):
        value = _seen(grid, row, c)
        if isinstance(value, str) and value.strip() and not FIGURE.fullmatch(value[:1]):
            return {c}
    return set()


def _seen(grid: Grid, row: int, column: int) -> Value:
    """The value that stands over a cell: its own, or that of the merged range around it."""
    for top, left, bottom, right in grid.merges:
        if top <= row <= bottom and left <= column <= right:
            return grid.rows[top][left]
    return grid.rows[row][column]


def _with_gaps(places: set[int]) -> list[int | None]:
    """Put None where places are left out."""
    found: list[int | None] = []
    for place in sorted(places):
        if found and found[-1] is not None and place != found[-1] + 1:
            found.append(None)
        found.append(place)
    return found


def _squares(
    grid: Grid,
    rows: list[int | None],
    columns: list[int | None],
    targets: list[tuple[int, int, int, int]],
    closed: Closed,
) -> list[tuple[Square | None, ...]]:
    drawn: list[list[Square | None]] = [
        [_square(grid, r, c, targets, closed) for c in columns] for r in rows
    ]
    for top, left, bottom, right in grid.merges:
        over = [i for i, r in enumerate(rows) if r is not None and top <= r <= bottom]
        across = [j for j, c in enumerate(columns) if c is not None and left <= c <= right]
        if not over or not across:
            continue
        hit = any(_touches(t, (top, left, bottom, right)) for t in targets)
        text = HIDDEN if closed(top, left) else shown(grid, top, left)
        for i in range(over[0], over[-1] + 1):
            for j in range(across[0], across[-1] + 1):
                drawn[i][j] = None
        drawn[over[0]][across[0]] = Square(
            text, over[-1] - over[0] + 1, across[-1] - across[0] + 1, hit
        )
    return [tuple(line) for line in drawn]


def _square(
    grid: Grid,
    row: int | None,
    column: int | None,
    targets: list[tuple[int, int, int, int]],
    closed: Closed,
) -> Square:
    if row is None or column is None:
        return Square()
    text = HIDDEN if closed(row, column) else shown(grid, row, column)
    hit = any(_touches(t, (row, column, row, column)) for t in targets)
    figure = isinstance(grid.rows[row][column], int | float)
    return Square(text, target=hit, figure=figure)


def _touches(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def shown(grid: Grid, row: int, column: int) -> str:
    """A cell as Excel shows it, near enough to find it again: 51.25%, 2024-03-31, #REF!."""
    if error := grid.errors.get((row, column)):
        return error
    if as_seen := grid.shown.get((row, column)):
        return as_seen
    value = grid.rows[row][column]
    if value is None:
        return "ƒ" if (row, column) in grid.uncached else ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        scaled = value * 100 if (row, column) in grid.percent else value
        return f"{scaled:.12g}" + ("%" if (row, column) in grid.percent else "")
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    text = " ".join(str(value).split())
    return text if len(text) <= TEXT else f"{text[: TEXT - 1]}…"
