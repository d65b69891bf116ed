"""How a value stands in a cell: the number itself, under a format that shows what the page does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.charts import in_cell

if TYPE_CHECKING:
    from dashboard.charts import Point

NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")


def number_format(point: Point) -> str:
    """Return the format under which a value looks as on the page: 139（6/7）, 12.00 ○, +5.1%.

    Empty for a value that is not to be shown as a plain number: 约8.8 stays words, since a format
    is lost on whoever adds up the column or reads the file by a program.
    """
    said = in_cell(point)
    found = NUMBER.search(said)
    if point.value is None or point.mark == "inexact" or found is None:
        return ""
    before, after = said[: found.start()], said[found.end() :]
    decimals = len(found[1] or "")
    if abs(abs(point.value) - float(found[0].replace(",", ""))) > 0.5001 * 10**-decimals:
        return ""
    figures = "#,##0" + ("." + "0" * decimals if decimals else "") + _quoted(after)
    return f"#,##0;{_quoted(before)}{figures}" if point.value < 0 else _quoted(before) + figures


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', "")) if text else ""
