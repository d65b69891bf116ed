"""Draws office workbooks whose value cells know what they should be read as."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

WRITTEN = dt.datetime(2025, 1, 10, 9, 0)  # noqa: DTZ001  the date in every file: same bytes each time
TRUTH = [
    "file",
    "sheet",
    "cell",
    "indicator",
    "ref_area",
    "breakdown",
    "period_start",
    "period_end",
    "period_inferred",
    "value",
    "qualifier",
    "obs_status",
    "seed",
]


@dataclass(frozen=True)
class Fact:
    """What a value cell should become; ``value`` in the base unit, None without a number."""

    indicator: str
    ref_area: str
    start: dt.date | None
    end: dt.date | None
    value: float | None
    breakdown: str = "_T"
    qualifier: str = "exact"
    obs_status: str = "A"
    inferred: bool = False
    seed: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell that shows ``shown`` in ``number_format`` and, perhaps, should become ``fact``."""

    shown: Any
    fact: Fact | None = None
    number_format: str = "General"


@dataclass
class Sheet:
    """Rows of cells from A1 on; a bare value is a cell without a fact."""

    name: str
    rows: list[list[Any]]
    merges: list[str] = field(default_factory=list)
    hidden: bool = False

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Row, column (from 1) and cell of all that is not empty."""
        for r, row in enumerate(self.rows, start=1):
            for c, content in enumerate(row, start=1):
                if content is not None:
                    yield r, c, content if isinstance(content, Cell) else Cell(content)


def across(row: int, first: int, last: int) -> str:
    """The range of a cell merged over columns: ``across(2, 1, 10)`` is A2:J2."""
    return f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}"


def down(column: int, first: int, last: int) -> str:
    """The range of a cell merged over rows."""
    letter = get_column_letter(column)
    return f"{letter}{first}:{letter}{last}"


def banner(
    paths: Sequence[Sequence[str | None]], first_row: int
) -> tuple[list[list[Any]], list[str]]:
    """Header rows and merges of columns given by their paths from group to leaf.

    Columns that share the beginning of their path share a merged cell; a short path reaches down.
    """
    depth = max(map(len, paths))
    rows: list[list[Any]] = [[None] * len(paths) for _ in range(depth)]
    merges = []
    for level in range(depth):
        column = 0
        for key, same in groupby([tuple(path[: level + 1]) for path in paths]):
            width = len(list(same))
            if len(key) == level + 1:
                rows[level][column] = key[-1]
                bottom = depth if len(paths[column]) == level + 1 else level + 1
                merges += _range(first_row + level, column + 1, first_row + bottom - 1, width)
            column += width
    return rows, merges


def _range(top: int, left: int, bottom: int, width: int) -> list[str]:
    if top == bottom and width == 1:
        return []
    return [f"{get_column_letter(left)}{top}:{get_column_letter(left + width - 1)}{bottom}"]


def truth(file: str, sheets: Iterable[Sheet]) -> Iterator[dict[str, Any]]:
    """One row a fact, with the address of its cell."""
    for sheet in sheets:
        for r, c, cell in sheet.cells():
            if (fact := cell.fact) is not None:
                yield {
                    "file": file,
                    "sheet": "" if file.endswith(".csv") else sheet.name,
                    "cell": f"{get_column_letter(c)}{r}",
                    "indicator": fact.indicator,
                    "ref_area": fact.ref_area,
                    "breakdown": fact.breakdown,
                    "period_start": fact.start or "ask",
                    "period_end": fact.end or "ask",
                    "period_inferred": str(fact.inferred).lower(),
                    "value": "" if fact.value is None else f"{fact.value:.10g}",
                    "qualifier": fact.qualifier,
                    "obs_status": fact.obs_status,
                    "seed": fact.seed,
                }


def write_truth(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """A UTF-8 table of TRUTH's columns, one row a value cell."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, TRUTH, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """The sheets as a workbook whose parts are the same bytes each time."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        drawn = book.create_sheet(sheet.name)
        drawn.sheet_state = "hidden" if sheet.hidden else "visible"
        _draw(drawn, sheet)
    save(book, path)


def save(book: Workbook, path: Path) -> None:
    """Save with fixed dates in place of openpyxl's clock."""
    book.properties.creator = "双拥办"
    book.properties.created = WRITTEN
    saved = io.BytesIO()
    book.save(saved)
    now = book.properties.modified.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(path, "w") as out:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                content = content.replace(now, WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode())
            fixed = zipfile.ZipInfo(part.filename, WRITTEN.timetuple()[:6])
            out.writestr(fixed, content, zipfile.ZIP_DEFLATED)


def _draw(drawn: Worksheet, sheet: Sheet) -> None:
    thin = Side(style="thin", color="999999")
    for r, c, cell in sheet.cells():
        target = drawn.cell(r, c, cell.shown)
        target.number_format = cell.number_format
        if _stands_free(cell, sheet.rows[r - 1]):
            target.font = Font(bold=r <= 2)
            continue
        target.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        target.border = Border(thin, thin, thin, thin)
    for merge in sheet.merges:
        drawn.merge_cells(merge)
    for c in range(1, max(map(len, sheet.rows)) + 1):
        drawn.column_dimensions[get_column_letter(c)].width = 14


def _stands_free(cell: Cell, row: Sequence[Any]) -> bool:
    """Titles, 填报单位：… and notes run over the cells beside them."""
    alone = sum(content is not None for content in row) == 1
    return isinstance(cell.shown, str) and (alone or "：" in cell.shown[:10])


def write_csv(path: Path, sheet: Sheet, encoding: str) -> None:
    """Rows as a system exports them: every text in quotes, codes as ="620702"."""
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    shown = [[c.shown if isinstance(c, Cell) else c for c in row] for row in sheet.rows]
    table.writerows([["" if value is None else value for value in row] for row in shown])
    written = text.getvalue().replace('"=""', '="').replace('"""', '"').replace(',""', ",")
    path.write_bytes(written.encode(encoding))


def convert(source: Path, target: Path) -> None:
    """Make .xls or .ods of an .xlsx by LibreOffice; a target that exists is kept.

    LibreOffice writes its clock into files, so these are committed; delete one to remake it.
    """
    if target.exists() or (office := shutil.which("soffice")) is None:
        return
    with tempfile.TemporaryDirectory() as profile:
        settings = f"-env:UserInstallation={Path(profile).as_uri()}"
        where = ["--outdir", str(target.parent), str(source)]
        command = [office, settings, "--headless", "--convert-to", target.suffix[1:], *where]
        subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603
