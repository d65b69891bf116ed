"""What a person should know of a sheet beside its figures: hidden parts, comments, pictures."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from etl.read.address import letters, ranges
from etl.records import Grid, Issue, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from etl.understand.facts import Facts

Cell = tuple[int, int]
# What modern Excel writes above a comment for older programs that know no replies.
THREAD = "linkid=870924"
THREAD_HEADS = ("Comment:", "注释:", "批注:")


class Remark(NamedTuple):
    """A rule of rules.yml, the cells that it is about, and the words that fill its blanks."""

    rule: str
    cells: Iterable[Cell]
    words: dict[str, Any]
    printed: str = ""


def remarks(grid: Grid, source: Source, facts: Facts) -> list[Issue]:
    """Report what nobody should decide silently: figures were read from hidden cells all the same.

    ``facts`` are those of this sheet.
    """
    found = [*_unread(grid)]
    if grid.hidden or grid.hidden_rows or grid.hidden_columns:
        found += _hidden(grid, set(zip(facts.row, facts.column, strict=True)))
    if grid.covered:
        found.append(Remark("covered_by_merge", grid.covered, {"count": len(grid.covered)}))
    found += _comments(grid)
    areas = _areas(facts) if found else {}
    return [
        Issue(
            remark.rule, grid.sheet, ranges(sorted(remark.cells)), remark.printed, remark.words,
            source.source_file, source.source_id, source.dataset,
            ref_area=_one_area(remark.cells, areas),
        )
        for remark in found
    ]  # fmt: skip


def _areas(facts: Facts) -> dict[Cell | int, set[str]]:
    """The areas of which a cell speaks, and a row."""
    found: dict[Cell | int, set[str]] = defaultdict(set)
    for row, column, area in zip(facts.row, facts.column, facts.area, strict=True):
        found[row, column].add(area)
        found[row].add(area)
    return found


def _one_area(cells: Iterable[Cell], areas: Mapping[Cell | int, set[str]]) -> str | None:
    """The area that all of some cells speak of; a label or a remark speaks of its row's."""
    nothing: set[str] = set()
    said = [areas.get(cell) or areas.get(cell[0], nothing) for cell in cells]
    named = set().union(*said)
    return named.pop() if len(named) == 1 and all(said) else None


def _unread(grid: Grid) -> Iterator[Remark]:
    if grid.refusal:
        rule, words = grid.refusal
        yield Remark(rule, (), {**words, "sheet": grid.sheet})
    elif grid.pictures and not any(isinstance(v, int | float) for row in grid.rows for v in row):
        yield Remark("picture_instead_of_cells", (), {"sheet": grid.sheet})


def _hidden(grid: Grid, observed: set[Cell]) -> Iterator[Remark]:
    """Name each hidden part with the figures that came from it, or that none did."""
    held = {cell for cell in _hidden_cells(grid) if grid.rows[cell[0]][cell[1]] not in (None, "")}
    loaded = held & observed
    rows = {cell for cell in loaded if cell[0] in grid.hidden_rows and not grid.hidden}
    columns = loaded - rows if not grid.hidden else set()
    for rule, cells, which in (
        ("hidden_sheet", loaded if grid.hidden else set(), grid.sheet),
        ("hidden_rows", rows, _spans(sorted({row for row, _ in rows}))),
        ("hidden_columns", columns, "、".join(letters(c) for c in sorted({c for _, c in columns}))),
    ):
        if cells:
            yield Remark(rule, cells, {"which": which, "count": len(cells)})
    if held and not loaded:
        yield Remark("hidden_without_figures", held, {"count": len(held)})


def _hidden_cells(grid: Grid) -> Iterator[Cell]:
    for row, cells in enumerate(grid.rows):
        every = grid.hidden or row in grid.hidden_rows
        for column in range(len(cells)) if every else grid.hidden_columns:
            yield row, column


def _spans(rows: list[int]) -> str:
    """Return rows as a person counts them: 3—5、9."""
    said = ranges((row, 0) for row in rows).replace("A", "")
    return said.replace(":", "—").replace(",", "、")


def _comments(grid: Grid) -> Iterator[Remark]:
    said: dict[str, list[Cell]] = {}
    for cell, text in grid.comments.items():
        own = text.rpartition(THREAD)[2].strip()
        for head in THREAD_HEADS:
            own = own.removeprefix(head).strip()
        if own:
            said.setdefault(own, []).append(cell)
    for text, cells in said.items():
        yield Remark("cell_comment", cells, {"text": text, "count": len(cells)}, text[:200])
