"""Values about ten thousand times what is usual: 元 in a table of 万元.

What is usual is told by medians, so that a wrong value does not hide itself.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from etl.check.findings import Finding
from etl.check.reports import starts

if TYPE_CHECKING:
    from etl.catalogue import Catalogue
    from etl.check.reports import Amounts, Numbers, Reports

# Powers of ten: 2,000 to 100,000 times is 元 in a table of 万元; counties differ by ten times.
LEAST, MOST = 3.3, 5.0
SUSPECT = 2.5  # powers of ten from the median of all; what lies nearer is not looked at
ENOUGH = 4  # values that tell what is usual
FEW, ALIKE = 2, 1.0  # so few tell it where they lie within one power of ten: 12, 31 and 1000000
OUTSIDE = 5.0  # deviations by which a value lies outside what is usual
NORMAL = 1.4826  # a normal distribution's standard deviation, in its median deviations


class Sizes:
    """An indicator's values above nought as powers of ten, in the order of the reports ``rows``.

    ``parents`` are those of the areas of all reports, by their numbers.
    """

    def __init__(self, reports: Reports, first: int, last: int, parents: list[str]) -> None:
        self.rows = first + np.flatnonzero(reports.value[first:last] > 0)
        self.size = np.log10(reports.value[self.rows])
        self.series = reports.series[self.rows]
        self.reports, self.parents = reports, np.array(parents)

    def suspects(self) -> list[int]:
        """The values far from the median of all, or of a series with a wide range."""
        if not len(self.size):
            return []
        found: set[int] = set()
        for first, last in [*_wide(self.series, self.size), (0, len(self.size))]:
            size = self.size[first:last]
            far = np.flatnonzero(np.abs(size - np.median(size)) >= SUSPECT)
            found |= {first + at for at in far.tolist()}
        return sorted(found)

    def usual(self, at: int) -> float | None:
        """The median that a value is 10⁴ times off; None where it is not."""
        first, last = np.searchsorted(self.series, [self.series[at], self.series[at] + 1])
        others = np.delete(self.size[first:last], at - first)
        if len(others) < ENOUGH:
            others = self._beside(at)
        few = FEW <= len(others) < ENOUGH and np.ptp(others) <= ALIKE
        if len(others) < ENOUGH and not few:
            return None
        usual = float(np.median(others))
        apart = abs(float(self.size[at]) - usual)
        spread = max(NORMAL * float(np.median(np.abs(others - usual))), 0.1)
        off = LEAST <= apart <= MOST and apart > OUTSIDE * spread
        return usual if off else None

    def _beside(self, at: int) -> Amounts:
        """What the other areas under the same parent report of the same thing and time."""
        rows, mine, reports = self.rows, self.rows[at], self.reports
        same = rows != mine
        for column in (reports.breakdown, reports.start, reports.end):
            same &= column[rows] == column[mine]
        parent = self.parents[reports.ref_area[rows]]
        same &= parent == self.parents[reports.ref_area[mine]]
        beside: Amounts = self.size[same]
        return beside


def misscaled(reports: Reports, catalogue: Catalogue) -> list[Finding]:
    """Values about 10⁴ times, or 10⁻⁴ of, what their area reports else; one finding a column.

    An area without a history of its own is compared with those beside it, under the same parent.
    """
    off = _off(reports, catalogue)
    places = reports.told([row for row, *_ in off], ["source_id", "sheet", "indicator"])
    columns: dict[tuple[object, ...], list[tuple[int, float, float]]] = defaultdict(list)
    for one, place in zip(off, places.to_pylist(), strict=True):
        _, size, usual = one
        columns[*place.values(), size > usual].append(one)
    return [_finding(reports, cells) for cells in columns.values()]


def _off(reports: Reports, catalogue: Catalogue) -> list[tuple[int, float, float]]:
    """Reports 10⁴ times off: their value, and what is usual, as powers of ten."""
    parents = [catalogue.areas[code].parent or "" for code in reports.words["ref_area"]]
    counted = reports.are(("flow", "stock", "plan"), catalogue)
    found = []
    for first, last in reports.subjects():
        if counted[first]:
            sizes = Sizes(reports, first, last, parents)
            for at in sizes.suspects():
                usual = sizes.usual(at)
                if usual is not None:
                    found.append((int(sizes.rows[at]), float(sizes.size[at]), usual))
    return found


def _finding(reports: Reports, cells: list[tuple[int, float, float]]) -> Finding:
    row, size, usual = cells[0]
    words = {"count": len(cells), "times": f"{10 ** abs(size - usual):,.0f}"}
    rule = "ten_thousand_times" if size > usual else "ten_thousandth"
    also = tuple(row for row, _, _ in cells[1:])
    return Finding(rule, (row,), (), float(reports.value[row]), 10**usual, also=also, words=words)


def _wide(series: Numbers, size: Amounts) -> list[tuple[int, int]]:
    """The runs of series whose values lie so far apart that one may be suspect."""
    at = starts(series)
    if not len(at):
        return []
    wide = np.maximum.reduceat(size, at) - np.minimum.reduceat(size, at) >= SUSPECT
    ends = np.r_[at[1:], len(series)]
    return list(zip(at[wide].tolist(), ends[wide].tolist(), strict=True))
