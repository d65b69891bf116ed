"""Spoiled sheets: fewer facts may come out, never a different one, and nothing goes in silence."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from etl.read.address import letters, parse
from tests.understand.committed import Fact, facts, grids, names, read_grid, workbooks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from etl.records import Grid, Value

SAMPLE = 32  # labels of a sheet that are spoiled, each in four ways; the choice is seeded
BOOKS = workbooks()
IDS = [path.name for path in BOOKS]


def spoiled(grid: Grid, sample: int = SAMPLE) -> Iterator[tuple[str, Grid]]:
    """Blank, prefix, suffix or replace one label at a time."""
    at = [
        (r, c)
        for r, row in enumerate(grid.rows)
        for c, value in enumerate(row)
        if isinstance(value, str) and value.strip() and not re.match(r"[\d.约近上]", value)
    ]
    for r, c in random.Random(grid.sheet).sample(at, min(sample, len(at))):
        word = str(grid.rows[r][c])
        for how, new in (
            ("blank", None),
            ("prefix", "甲" + word),
            ("suffix", word + "乙"),
            ("replace", "无关词"),
        ):
            if how == "replace" and "累计" in word:
                continue  # 累计 forgotten in a header: no word tells, the checks between reports do
            rows = [list(row) for row in grid.rows]
            rows[r][c] = new
            yield f"{how} {letters(c)}{r + 1} {word}", replace(grid, rows=rows)


@pytest.mark.parametrize("path", BOOKS, ids=IDS)
def test_a_spoiled_label_gives_no_wrong_fact_and_no_silence(path: Path) -> None:
    for grid in grids(path):
        right = facts(read_grid(grid))
        for what, mutant in spoiled(grid):
            found = read_grid(mutant)
            assert facts(found) <= right, what
            lost = {fact[0] for fact in right} - {fact[0] for fact in facts(found)}
            said = found.issues or found.fates["check"] or not _figures(mutant, lost)
            assert said, what


def _figures(grid: Grid, cells: set[str]) -> bool:
    """Whether any of these cells still holds something that a fact could come from."""
    return any(grid.rows[r][c] not in (None, "") for r, c in map(parse, cells))


def padded(grid: Grid) -> tuple[Grid, dict[str, str]]:
    """Two empty rows above and an empty column before."""
    rows: list[list[Value]] = [[], [], *([None, *row] for row in grid.rows)]
    width = max(len(row) for row in rows)
    rows = [row + [None] * (width - len(row)) for row in rows]
    shift = {
        "merges": [(a + 2, b + 1, c + 2, d + 1) for a, b, c, d in grid.merges],
        "percent": frozenset((r + 2, c + 1) for r, c in grid.percent),
        "errors": {(r + 2, c + 1): v for (r, c), v in grid.errors.items()},
        "lengths": [0, 0, *(length + 1 for length in grid.lengths)] if grid.lengths else [],
    }
    return replace(grid, rows=rows, **shift), "padded"  # type: ignore[arg-type, return-value]


def _back_from_padded(cell: str) -> str:
    row, column = parse(cell)
    return f"{letters(column - 1)}{row - 1}"


@pytest.mark.parametrize("path", BOOKS, ids=IDS)
def test_empty_rows_and_columns_around_change_nothing(path: Path) -> None:
    for grid in grids(path):
        shifted, _ = padded(grid)
        assert facts(read_grid(shifted), _back_from_padded) == facts(read_grid(grid))


@pytest.mark.parametrize("path", BOOKS, ids=IDS)
def test_numbers_as_text_are_the_same_numbers(path: Path) -> None:
    for grid in grids(path):
        if grid.percent:
            continue
        rows = [[_as_text(value) for value in row] for row in grid.rows]
        assert facts(read_grid(replace(grid, rows=rows))) == facts(read_grid(grid))


def _as_text(value: Value) -> Value:
    return format(value, ".15g") if isinstance(value, float) else value


def renamed(grid: Grid) -> Iterator[Grid]:
    yield replace(grid, file="Book1.xlsx", sheet="Sheet9")
    yield replace(grid, file="新建 工作表(1).xlsx", sheet="Sheet1 (2)")
    yield replace(grid, file="海南区2019年三季度.xlsx")
    yield replace(grid, sheet="2019年三季度")
    yield replace(grid, merges=[])
    note: list[Value] = [
        "注：2019年3月海南区另有慰问金5.6万元未列入",
        *[None] * (len(grid.rows[0]) - 1),
    ]
    yield replace(grid, rows=[*grid.rows, note])


@pytest.mark.parametrize("path", BOOKS, ids=IDS)
def test_other_names_lost_merges_and_notes_give_no_other_fact(path: Path) -> None:
    for grid in grids(path):
        right = facts(read_grid(grid))
        for variant in renamed(grid):
            assert facts(read_grid(variant, names(path))) <= right, (variant.file, variant.sheet)


@pytest.mark.parametrize("path", BOOKS, ids=IDS)
def test_a_transposed_table_gives_no_other_fact(path: Path) -> None:
    for grid in grids(path):
        height, width = len(grid.rows), max(len(row) for row in grid.rows)
        rows: list[list[Value]] = [
            [grid.rows[r][c] if c < len(grid.rows[r]) else None for r in range(height)]
            for c in range(width)
        ]
        merges = [(b, a, d, c) for a, b, c, d in grid.merges]
        turned = replace(grid, rows=rows, merges=merges, percent=frozenset(), errors={})
        found: set[Fact] = facts(read_grid(turned), _back_from_turned)
        assert found <= facts(read_grid(grid))


def _back_from_turned(cell: str) -> str:
    row, column = parse(cell)
    return f"{letters(row)}{column + 1}"
