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
START, END = 1 << 27, 1 << 7  # an edge in one number: start * START + end * END + flags


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments in the order of their series, and their reports one after the other.

    Segment n has the reports from ``first[n]`` on up to the next one's first.
    """

    series: Numbers
    base: Numbers  # the month before which its first year begins
    since: Numbers  # that before which its first report does
    until: Numbers  # that before which its last one has ended
    months: Numbers  # the length of its finest frequency; 99: none
    first: Numbers
    reports: dict[str, NDArray[Any]]  # by the names of their lists in segment_of


def arrived(con: DuckDBPyConnection, query: str) -> dict[str, NDArray[Any]]:
    """The columns of report.sql by series, edges and digits.

    The table observation mostly has them in that order.
    """
    table = con.sql(query).to_arrow_table()  # by all threads, which execute would not use
    rows = {name: table[name].to_numpy() for name in table.column_names}
    names = ("series", "edge", "half", "id")
    level = np.ones(max(len(rows["id"]) - 1, 0), np.bool_)
    for name in names:
        step = np.diff(rows[name])
        if np.any(level & (step < 0)):
            order = np.lexsort([rows[key] for key in reversed(names)])
            return {key: column[order] for key, column in rows.items()}
        level &= step == 0
        if not level.any():
            break
    return rows


def segments(rows: dict[str, NDArray[Any]]) -> Segments:
    """Cut sorted reports into segments."""
    series, edge, stock = rows["series"], rows["edge"], rows["kind"] == STOCK
    start, end = edge // START, edge % START // END
    year = start - start % np.where(stock, STOCK_YEAR, YEAR)
    first = np.flatnonzero(_new(series) | (year >= _reach(series, end)))
    base, step = year[first], np.where(stock[first], 31, 1)
    return Segments(
        series=series[first],
        base=base // step,
        since=start[first] // step,
        until=(_reduced(np.maximum, end, first) - 1) // step + 1,
        months=_reduced(np.minimum, rows["months"], first),
        first=first,
        reports={
            "codes": edge - np.repeat(base * (START + END), np.diff(np.r_[first, len(edge)])),
            "halves": rows["half"],
            "ids": rows["id"],
            "vals": rows["value"],
            "statuses": rows["status"],
        },
    )


def _reduced(way: np.ufunc, column: NDArray[Any], first: Numbers) -> NDArray[Any]:
    """One number a segment."""
    found: NDArray[Any] = way.reduceat(column, first) if len(first) else column
    return found


def _new(column: Numbers) -> NDArray[np.bool_]:
    """Where a row differs from the one before; the first one does."""
    found: NDArray[np.bool_] = np.r_[True, column[1:] != column[:-1]]
    return found[: len(column)]


def _reach(series: Numbers, end: Numbers) -> Numbers:
    """The latest end among the rows before, of the same series; 0 for its first row."""
    new = _new(series)
    lift = np.cumsum(new) * (int(end.max(initial=0)) + 1)
    latest: Numbers = np.maximum.accumulate(lift + end) - lift
    return np.where(new, 0, np.r_[0, latest[:-1]][: len(end)])


def table(
    found: Segments, bounds: pa.Table, silent: pa.Table, expected: pa.Table, before: int
) -> pa.Table:
    """The segments, and years in which nothing was reported, by series and time, as a table.

    ``bounds`` are those of inexact reports (bounds.sql), ``expected`` says what is expected of
    each series (expected.sql), ``before`` is the number of the last segment of earlier batches.
    head and codes together are a segment's shape.
    """
    series, base = (
        np.r_[getattr(found, name), silent[name].to_numpy()] for name in ("series", "base")
    )
    order = np.lexsort((base, series))
    none, about = np.zeros(len(silent), np.int64), _about(found)
    columns: dict[str, Any] = {
        name: np.r_[column, none.astype(column.dtype)][order] for name, column in about.items()
    }
    sizes = np.diff(np.r_[found.first, len(found.reports["ids"])])
    lists = {
        name: _lists(column, np.r_[own, none][order])
        for name, (column, own) in _held(found, bounds, about, sizes).items()
    }
    owed = expected.take(pa.array(np.searchsorted(expected["series"].to_numpy(), series[order])))
    columns |= {name: owed[name] for name in owed.column_names}
    number = {"segment_id": before + 1 + np.arange(len(order)), "base": base[order]}
    return pa.table(number | columns | lists)


def _lists(column: NDArray[Any], sizes: Numbers) -> pa.ListArray:
    """A column cut into lists of these sizes, one after the other."""
    return pa.ListArray.from_arrays(pa.array(np.r_[0, np.cumsum(sizes)], pa.int32()), column)


def _held(
    found: Segments, bounds: pa.Table, about: dict[str, NDArray[Any]], sizes: Numbers
) -> dict[str, tuple[NDArray[Any], Numbers]]:
    """What the lists hold, and how much each: point.sql asks few for bounds and statuses."""
    reports, inexact, unusual = found.reports, about["inexact"], about["worst"] > 0
    wide = np.repeat(inexact, sizes)
    ids, known = reports["ids"][wide], bounds["id"].to_numpy()
    at = np.searchsorted(known, ids)
    there = np.flatnonzero(np.r_[known, 0][at] == ids)

    def bound(name: str, none: float) -> NDArray[Any]:
        """The least or the most that a report can mean: its value where it is exact."""
        said = np.where(reports["codes"][wide] % END == 0, reports["vals"][wide], none)
        own = bounds[name].to_numpy()[at[there]]
        said[there[~np.isnan(own)]] = own[~np.isnan(own)]
        return said

    lists = {name: (column, sizes) for name, column in reports.items()}
    lists["lows"] = bound("low", -np.inf), sizes * inexact
    lists["highs"] = bound("high", np.inf), sizes * inexact
    lists["statuses"] = reports["statuses"][np.repeat(unusual, sizes)], sizes * unusual
    return lists


def _about(found: Segments) -> dict[str, NDArray[Any]]:
    """Of each segment: whether reports are inexact, the worst status, the digits of differences."""
    flags, half = found.reports["codes"] % END, found.reports["halves"]
    least = _reduced(np.minimum, np.where(half > 0, half, np.inf), found.first)
    step = 2 * np.where(np.isinf(least), 0.5, least)
    return {
        "inexact": _reduced(np.bitwise_or, flags & INEXACT, found.first) > 0,
        "worst": _reduced(np.maximum, found.reports["statuses"], found.first),
        "digits": np.clip(2 - np.floor(np.log10(step)), 2, 12).astype(np.int32),
    }
