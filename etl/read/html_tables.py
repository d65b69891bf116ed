"""Grids of a web page saved as .xls, as many an office system exports: one sheet a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from etl.read.bounds import check_area, check_markup
from etl.read.encoding import decode
from etl.read.merges import cover, cut
from etl.read.unreadable import UnreadableFile
from etl.records import Grid, Value

if TYPE_CHECKING:
    from collections.abc import Callable

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
SHEET_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>", re.IGNORECASE)  # Excel's own note of it
UNSEEN = {"head", "script", "style", "title", "select", "textarea", "xml"}
SMALL = {"sup", "sub", "del", "s", "strike"}  # what stands in them is no digit of the figure
LINES = {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center", "li", "hr"}
WIDEST, TALLEST = 1000, 65534  # what browsers make of a larger colspan and rowspan


def read_html(data: bytes, file: str, known: Callable[[str], bool] | None = None) -> list[Grid]:
    """Read every table of a page; cells are text, as they are shown.

    A line of text above a table is a row above it, so that a title or 单位：万元 is not lost.
    """
    check_markup(len(data))
    declared = CHARSET.search(data[:4096])
    page = decode(data, known, declared.group(1).decode() if declared else "")
    tables = _tables(page)
    names = SHEET_NAME.findall(page)
    if len(names) != len(tables):
        names = [f"表{number}" for number in range(1, len(tables) + 1)] if tables[1:] else [""]
    return [table.grid(file, name) for name, table in zip(names, tables, strict=True)]


def _tables(page: str) -> list[Table]:
    target = Page()
    parser = etree.HTMLParser(target=target, no_network=True)
    try:
        parser.feed(page)
        parser.close()
    except etree.LxmlError as error:
        raise UnreadableFile("file_damaged") from error
    tables = [table for table in target.tables if table.has_cells]
    if not tables:
        raise UnreadableFile("file_html")
    return tables


class Table:
    """Rows and spans of one table while its cells arrive, below the lines that stand above it."""

    def __init__(self, above: list[list[Value]]) -> None:
        self.rows = above
        self.spans: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self.hidden: set[int] = set()
        self.unseen: set[tuple[int, int]] = set()  # cells that take no place where one looks
        self.taken: dict[int, int] = {}  # column → the row before which a rowspan from above ends
        self.width = max(map(len, above), default=1)
        self.has_cells = self.has_rows = False

    def start_row(self, hidden: bool = False) -> None:
        """Begin a row; a hidden one is kept and told."""
        if hidden:
            self.hidden.add(len(self.rows))
        self.rows.append([])
        self.has_rows = True

    def add(self, text: str, across: int, down: int, hidden: bool = False) -> None:
        """Put a cell at the next column that no rowspan from above takes."""
        self.has_cells = True
        row, cells = len(self.rows) - 1, self.rows[-1]
        while self.taken.get(len(cells), 0) > row:
            cells.append(None)
        column = len(cells)
        if hidden:
            self.unseen.update((row, at) for at in range(column, column + across))
        cells.extend([text or None, *[None] * (across - 1)])
        self.width = max(self.width, len(cells))
        check_area("", len(self.rows), self.width)
        if down > 1:
            self.taken.update(dict.fromkeys(range(column, column + across), row + down))
        if across > 1 or down > 1:
            self.spans.append(((row, column), (row + down - 1, column + across - 1)))

    def grid(self, file: str, sheet: str) -> Grid:
        """Return the table as a rectangle."""
        while self.rows and not any(self.rows[-1]):
            self.rows.pop()
        for row in self.rows:
            row.extend([None] * (self.width - len(row)))
        merges = cut(self.spans, len(self.rows), self.width)
        cover(self.rows, merges)
        hidden = frozenset(row for row in self.hidden if row < len(self.rows))
        columns = frozenset(column for _, column in self.unseen)
        if any(self._is_seen(column) for column in columns):
            return Grid(file, sheet, [], refusal=("cells_hidden", {"sheet": sheet}))
        return Grid(file, sheet, self.rows, merges, hidden_rows=hidden, hidden_columns=columns)

    def _is_seen(self, column: int) -> bool:
        """Whether a row of several cells shows one here, where others hide theirs: askew."""
        rows = (row for row, cells in enumerate(self.rows) if cells[column] and any(cells[1:]))
        return any((row, column) not in self.unseen for row in rows)


class Page:
    """Takes a page's tags one by one, so that no tree of the whole page is held."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.table: Table | None = None
        self.cell: tuple[int, int, bool] | None = None  # across, down, whether nobody sees it
        self.text: list[str] = []
        self.lines: list[list[Value]] = []  # outside of tables, each a row of one cell
        self.unseen = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take an opening tag; td and tr end the one before, as many a page leaves that out."""
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "table":
            self._start_table()
        elif tag == "tr" and self.table:
            self._end_cell()
            self._take_caption(self.table)
            self.table.start_row(_is_hidden(attributes))
        elif tag in ("td", "th") and self.table:
            self._end_cell()
            self._take_caption(self.table)
            if not self.table.has_rows:
                self.table.start_row()
            across = _span(attributes.get("colspan", ""), WIDEST)
            down = _span(attributes.get("rowspan", ""), TALLEST)
            self.cell = across, down, _is_hidden(attributes)
        elif tag in LINES:
            self._break()
        elif tag in SMALL and self.cell:
            self.data("^")

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self.table = None
        elif tag in LINES:
            self._break()

    def data(self, text: str) -> None:
        """Take a stretch of text; a line's end in the source is a blank like any other."""
        if not self.unseen:
            self.text.append(text.replace("\n", " ").replace("\r", " "))

    def close(self) -> None:
        """End the page; what stands below the last table belongs to it."""
        self._end_cell()
        if self.tables:
            self.tables[-1].rows += self.lines

    def _start_table(self) -> None:
        """Begin a table; one inside another's cell only has its place there, below its rows."""
        self._end_cell()
        if self.table:
            self.tables.remove(self.table)
            self.lines = [row for row in self.table.rows if any(row)]
        self.table = Table(self.lines)
        self.tables.append(self.table)
        self.lines = []

    def _take_caption(self, table: Table) -> None:
        """Put what a table says before its first row above it: its title in a <caption>."""
        if self.lines and not table.has_rows:
            table.rows += self.lines
            self.lines = []

    def _break(self) -> None:
        if self.cell:
            self.text.append("\n")
        else:
            self._end_line()

    def _said(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self.text).split("\n"))
        self.text = []
        return "\n".join(filter(None, lines))

    def _end_line(self) -> None:
        self.lines += [[line] for line in self._said().split("\n") if line]

    def _end_cell(self) -> None:
        if self.cell and self.table:
            self.table.add(self._said(), *self.cell)
        else:
            self._end_line()
        self.cell = None


def _is_hidden(attributes: dict[str, str]) -> bool:
    style = attributes.get("style", "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style


def _span(written: str, most: int) -> int:
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 9 else 1
