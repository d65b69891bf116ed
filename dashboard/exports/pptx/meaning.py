"""What a shape means, whatever it looks like: its words, figures and categories, as a digest.

Two shapes of one meaning have one digest, so that what people edited is told from what they moved,
coloured, or saved with another program: LibreOffice rewrites all XML and drops workbooks.
"""

from __future__ import annotations

import io
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from pptx.oxml.ns import qn
from python_calamine import CalamineError, CalamineWorkbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SPACE = re.compile(r"\s+")
LENGTH = 12  # hexadecimal digits: a deck has a hundred slots
NOTHING = sha256(b"").hexdigest()[:LENGTH]  # the digest of a shape without words
Grid = list[list[str]]


def digest(shape: Any) -> str:
    """Return the digest of what a shape means."""
    return sha256(meaning(shape).encode("utf-8")).hexdigest()[:LENGTH]


def meaning(shape: Any) -> str:
    """Return what a shape says; of a group all that is in it, with the areas' colours."""
    chart = chart_of(shape)
    if chart is not None:
        return _of_chart(chart._chartSpace)
    return "\n".join(_of_element(shape._element))


def chart_of(shape: Any) -> Any:
    """Return a shape's chart; None where it is of another kind, or its part is not in the file."""
    try:
        return shape.chart if getattr(shape, "has_chart", False) else None
    except (KeyError, AttributeError):
        return None


def _of_element(element: Any) -> Iterator[str]:
    """Yield a line a paragraph, and a line a coloured outline."""
    for found in element.iter(qn("a:p"), qn("p:spPr")):
        if found.tag == qn("a:p"):
            yield _plain(found)
        elif found.find(qn("a:custGeom")) is not None:
            colour = found.find(f"{qn('a:solidFill')}/{qn('a:srgbClr')}")
            yield "" if colour is None else colour.get("val").upper()


def _plain(element: Any) -> str:
    """Return an element's text; where it breaks and how it is spaced is no meaning."""
    return SPACE.sub("", "".join(t.text or "" for t in element.iter(qn("a:t"))))


def _of_chart(space: Any) -> str:
    """Return names, categories, values and written labels of all series."""
    return "\n".join("|".join(line) for line in (*grid_of(space), *_labels(space)))


def series_of(space: Any) -> list[Any]:
    """Return a chart's series in their order; one that says none comes first."""
    return sorted(space.iter(qn("c:ser")), key=_order)


def _order(series: Any) -> int:
    order = series.find(qn("c:order"))
    return -1 if order is None else int(order.get("val"))


def name_of(series: Any) -> str:
    """Return a series' name."""
    return "".join(v.text or "" for v in series.findall(f"{qn('c:tx')}//{qn('c:v')}"))


def grid_of(space: Any) -> Grid:
    """Return what a chart shows as its workbook holds it: categories down, series across."""
    series = series_of(space)
    columns = [_points(ser, ("c:cat", "c:xVal")) for ser in series[:1]]
    columns += [_points(ser, ("c:val", "c:yVal")) for ser in series]
    high = max((n for column in columns for n in column), default=-1) + 1
    head = ["", *(SPACE.sub("", name_of(ser)) for ser in series)]
    return [head, *([_field(column.get(n, "")) for column in columns] for n in range(high))]


def _points(series: Any, tags: Sequence[str]) -> dict[int, str]:
    """Return a cache's texts by their place; gaps are missing, or written as no number."""
    found = next((e for tag in tags if (e := series.find(qn(tag))) is not None), None)
    points = () if found is None else found.iter(qn("c:pt"))
    return {int(pt.get("idx")): pt.findtext(qn("c:v"), "") for pt in points}


def _field(text: str) -> str:
    """Return a text without spaces, a number with ten digits, nothing for a gap."""
    try:
        number = float(text)
    except ValueError:
        return SPACE.sub("", text)
    return "" if number != number else f"{number:.10g}"


def _labels(space: Any) -> Iterator[list[str]]:
    for ser in series_of(space):
        yield [
            f"{label.find(qn('c:idx')).get('val')}={_plain(label)}"
            for label in ser.iter(qn("c:dLbl"))
            if _plain(label)
        ]


def workbook_differs(chart: Any) -> bool:
    """Whether a chart's workbook holds anything but what the chart shows."""
    try:
        part = chart.part.chart_workbook.xlsx_part
    except (KeyError, ValueError):  # linked to a file of theirs, or to none that is there
        return True
    if part is None:  # LibreOffice leaves it out
        return False
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(part.blob))
        ours, *theirs = (
            _trimmed(
                [[_field(str(cell)) for cell in row]
                 for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            )
            for name in book.sheet_names
        )  # fmt: skip
    except (CalamineError, BadZipFile, ValueError):
        return True
    # What people worked out on a sheet of their own would go with the workbook.
    return any(theirs) or ours != _trimmed(grid_of(chart._chartSpace))


def _trimmed(grid: Grid) -> Grid:
    """Return a grid without empty cells and rows at its ends."""
    rows = [row[: max((n for n, cell in enumerate(row, start=1) if cell), default=0)]
            for row in grid]  # fmt: skip
    while rows and not rows[-1]:
        rows.pop()
    return rows
