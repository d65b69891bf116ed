"""Groups a batch's reports into segments: the years of a series, joined where a report crosses one.

A segment is a calendar year of a series, joined to its neighbours only where a report crosses
1 January: nothing is lost by it, because an uncrossed 1 January is a cut node. Reports arrive in
the order of their keys, so that a segment is a run of them: its lists are slices, not groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

STOCK = 2  # the number of the kind in report.sql
YEAR, STOCK_YEAR = 12, 372  # a year's boundaries: months, and for stocks days, 31 to the month
INEXACT = 31  # the flags of inexact values; those of 32 and above have none
SPANS = 1 << 16  # an edge's code: (start * SPANS + end) * FLAGS + flags
FLAGS = 128


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments in the order of their series, and their reports one after the other.

    Segment n has the reports from ``first[n]`` on up to the next one's first.
    """

    subject: Numbers
    area: Numbers
    topic: Numbers
    base: Numbers  # the month before which its first year begins
    width: Numbers  # months up to its last boundary; for stocks days
    first: Numbers
    reports: dict[str, NDArray[Any]]  # by the names of their lists in segment_of


def arrived(con: DuckDBPyConnection, query: str) -> dict[str, NDArray[Any]]:
    """The columns of report.sql by series, boundaries, flags and digits.

    The table observation mostly has them in that order.
    """
    table = con.execute(query).to_arrow_table()
    rows = {name: table[name].to_numpy() for name in table.column_names}
    names = ("subject", "area", "topic", "start", "end", "flags", "half", "id")
    level = np.ones(max(len(rows["id"]) - 1, 0), np.bool_)
    for name in names:
        step = np.diff(rows[name])
        if np.any(level & (step < 0)):
            order = np.lexsort([rows[key] for key in reversed(names)])
            return {key: column[order] for key, column in rows.items()}
        level &= step == 0
    return rows


def segments(rows: dict[str, NDArray[Any]]) -> Segments:
    """Cut sorted reports into segments."""
    place: Numbers = np.cumsum(_new(rows["subject"], rows["area"], rows["topic"]))
    scale = np.where(rows["kind"] == STOCK, STOCK_YEAR, YEAR)
    year = rows["start"] - rows["start"] % scale
    first = np.flatnonzero(_new(place) | (year >= _reach(place, rows["end"])))
    base = np.repeat(year[first], np.diff(np.r_[first, len(place)]))
    start, end = rows["start"] - base, rows["end"] - base
    low, high = (_bound(rows, name, none) for name, none in (("low", -np.inf), ("high", np.inf)))
    return Segments(
        subject=rows["subject"][first],
        area=rows["area"][first],
        topic=rows["topic"][first],
        base=np.where(rows["kind"] == STOCK, base // 31, base)[first],
        width=_reduced(np.maximum, end, first),
        first=first,
        reports={
            "codes": (start * SPANS + end) * FLAGS + rows["flags"],
            "halves": rows["half"],
            "ids": rows["id"],
            "vals": rows["value"],
            "statuses": rows["status"],
            "lows": low,
            "highs": high,
        },
    )


def _bound(rows: dict[str, NDArray[Any]], name: str, none: float) -> NDArray[Any]:
    """The least or the most that a report can mean: its value where it is exact."""
    unsaid = np.where(rows["flags"] == 0, rows["value"], none)
    return np.where(np.isnan(rows[name]), unsaid, rows[name])


def _reduced(way: np.ufunc, column: NDArray[Any], first: Numbers) -> NDArray[Any]:
    """One number a segment."""
    found: NDArray[Any] = way.reduceat(column, first) if len(first) else column
    return found


def _new(*columns: Numbers) -> NDArray[np.bool_]:
    """Where a row differs from the one before; the first one does."""
    found = np.zeros(len(columns[0]), np.bool_)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def _reach(place: Numbers, end: Numbers) -> Numbers:
    """The latest end among the rows before, of the same place; 0 for its first row."""
    lift = int(end.max(initial=0)) + 1
    latest: Numbers = np.maximum.accumulate(place * lift + end) - place * lift
    before = np.r_[0, latest[:-1]][: len(end)]
    return np.where(_new(place), 0, before)


def table(found: Segments, silent: pa.Table, expected: pa.Table, before: int) -> pa.Table:
    """The segments, and years in which nothing was reported, by series and time, as a table.

    ``expected`` says what is expected of each series (expected.sql), ``before`` is the number of
    the last segment of earlier batches. head and codes together are a segment's shape.
    """
    names = ("subject", "area", "topic", "base")
    keys = {name: np.r_[getattr(found, name), silent[name].to_numpy()] for name in names}
    order = np.lexsort([keys[name] for name in reversed(names)])
    none = np.zeros(len(silent), np.int64)
    sizes = np.r_[np.diff(np.r_[found.first, len(found.reports["ids"])]), none]
    offsets = pa.array(np.r_[0, np.cumsum(sizes[order])], pa.int32())
    columns: dict[str, Any] = {
        name: np.r_[column, none.astype(column.dtype)][order]
        for name, column in _about(found).items()
    }
    lists = {
        name: pa.ListArray.from_arrays(offsets, pa.array(column))
        for name, column in found.reports.items()
    }
    keys = {name: keys[name][order] for name in names}
    series = keys["topic"] * 1_000_000 + keys["area"]
    owed = expected.take(pa.array(np.searchsorted(expected["series"].to_numpy(), series)))
    columns |= {name: owed[name] for name in owed.column_names}
    number = {"segment_id": before + 1 + np.arange(len(order))}
    return pa.table(number | keys | columns | lists)


def _about(found: Segments) -> dict[str, NDArray[Any]]:
    """Of each segment: whether reports are inexact, the worst status, the digits of differences."""
    flags, half = found.reports["codes"] % FLAGS, found.reports["halves"]
    least = _reduced(np.minimum, np.where(half > 0, half, np.inf), found.first)
    step = 2 * np.where(np.isinf(least), 0.5, least)
    return {
        "inexact": _reduced(np.bitwise_or, flags & INEXACT, found.first) > 0,
        "worst": _reduced(np.maximum, found.reports["statuses"], found.first),
        "digits": np.clip(2 - np.floor(np.log10(step)), 2, 12).astype(np.int32),
    }
