"""The formula of a total or of a rate, where it gives what the cell says and nothing else."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Chart, Point
    from dashboard.exports.xlsx.place import Place

    At = tuple[int, int]

CLOSE = 1e-9  # sums of fractions differ in their last bits


def formula(point: Point, chart: Chart, place: Place) -> str:
    """Return =SUM(B4:B10) or =100*C11/D11; nothing where a part is withheld or adds up otherwise.

    A part without a number (不适用) adds nothing, as in the value itself.
    """
    value = point.value or 0.0
    terms = _values(point.sum_of, chart)
    if len(terms) > 1 and isclose(sum(terms), value, rel_tol=CLOSE, abs_tol=CLOSE):
        return f"=SUM({_ranges(point.sum_of, place)})"
    pair = _values(point.ratio_of, chart)
    # A county that reports a rate may report nought of what it is a rate of.
    if (
        len(pair) == len(point.ratio_of) > 1
        and pair[1]
        and isclose(100 * pair[0] / pair[1], value, rel_tol=CLOSE)
    ):
        above, below = (xl_rowcol_to_cell(*_moved(at, place)) for at in point.ratio_of)
        return f"=100*{above}/{below}"
    return ""


def _values(cells: Sequence[At], chart: Chart) -> list[float]:
    """Return the numbers of some cells; none at all where one is withheld."""
    points = [chart.series[row].points[column] for row, column in cells]
    if any(p.mark == "withheld" for p in points):
        return []
    return [p.value for p in points if p.value is not None]


def _ranges(cells: Sequence[At], place: Place) -> str:
    """Return cells as Excel names them: B4:B10 of neighbours, else one by one."""
    moved = [_moved(at, place) for at in sorted(cells)]
    (top, left), (bottom, right) = moved[0], moved[-1]
    if (bottom - top + 1) * (right - left + 1) == len(moved):
        return str(xl_range(top, left, bottom, right))
    return ",".join(str(xl_rowcol_to_cell(*at)) for at in moved)


def _moved(at: At, place: Place) -> At:
    return place.row + at[0], place.column + at[1]
