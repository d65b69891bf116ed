"""Rows of series: values of indicators × areas × breakdowns × periods, for every page.

A series_id is the sum of three numbers, of a topic, an area and a month (docs/contract.md). So
questions add up which rows they want and fetch these, instead of comparing words in millions. A
topic of ten million observations takes about two milliseconds, however many of its areas and
periods are wanted: a page with more than eight indicators asks for some at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.queries.periods import freq_of, month_number
from dashboard.queries.values import MEASURES, TOTAL, Measure, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import duckdb

TOPICS = """
select topic, indicator, breakdown from topic where dataset = $dataset and freq = $freq
"""
# In a table of a few thousand rows a list is looked through in half the time of a join with it.
AREAS = """
select area, n_rows_of_all from available_area
where dataset = $dataset and list_contains($areas, ref_area)
"""

# Of how many numbers each is a multiple: an indicator of a dataset, an area, a frequency.
SUBJECT, AREA, FREQ = 10**12, 10**8, 10**4

# One scan a topic, from its first row wanted to its last: DuckDB skips what lies outside of a span,
# and would read all that lies between two topics.
COLUMNS = "series_id, indicator, ref_area, breakdown, time_period, {measure}, n_expected, reason"
WITH_TO_DATE = f"""{COLUMNS.format(measure=MEASURES["value"])},
                   ytd_value, ytd_qualifier, ytd_method, ytd_n_reported"""
SPAN = "series_id between {} and {}"
# What lies in a span and is not wanted goes by arithmetic: to plan a join takes longer than to look
# at a row group. Only of hundreds of areas a join is quicker than a list.
WANTED = """
({span})
and list_contains($months, series_id % 10_000)
and list_contains($topics, series_id // 1_000_000_000_000 * 1_000_000_000_000
                           + series_id % 100_000_000 // 10_000 * 10_000)
"""
AMONG = " and list_contains($areas, series_id // 100_000_000 % 10_000)"
JOINED = "from ({found}) where series_id // 100_000_000 % 10_000 in (select unnest($areas))"
MOST_LISTED = 50  # areas
NUMBERED = "series_id in (select unnest($numbers))"
# One scan of few rows is the quickest: to plan another takes longer than to look at all of them.
SIZE = "select n_rows_of_all from available_area limit 1"
FEW = 100_000  # rows; a prefecture has some ten thousand


def rows(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: Collection[str],
    areas: Collection[str],
    periods: Collection[str],
    measure: Measure = "value",
    breakdowns: Collection[str] = (TOTAL,),
) -> list[Value]:
    """Return the values of some ``periods`` of one frequency, in no order.

    A value that was expected and did not come is a row without a number; one that was neither
    expected nor reported is no row, nor is one of a restricted indicator.
    """
    if not periods:  # up to the year that was over before the first report
        return []
    found = topics(con, dataset, indicators, freq_of(next(iter(periods))), breakdowns)
    columns = COLUMNS.format(measure=MEASURES[measure])
    months = [month_number(period) for period in periods]
    return [Value(*row) for row in scan(con, columns, dataset, found, areas, months)]


def scan(
    con: duckdb.DuckDBPyConnection,
    columns: str,
    dataset: str,
    topics: Collection[int],
    areas: Collection[str],
    months: Collection[int],
) -> list[tuple[Any, ...]]:
    """Return columns of the rows of ``topics`` whose periods start with one of ``months``.

    The first of the ``columns`` is the series_id. Topics are those of the table topic, which has no
    restricted indicator: what stands between two of them is read and not returned.
    """
    choice = {"dataset": dataset, "areas": list(areas)}
    found = con.execute(AREAS, choice).fetchall()
    if not topics or not found or not months:
        return []
    known = sorted(int(area) for area, _ in found)
    listed = len(known) <= MOST_LISTED
    sql = within(
        spans_of(topics, (known[0] + min(months), known[-1] + max(months))),
        columns,
        WANTED + (AMONG if listed else ""),
        few=found[0][1] <= FEW,
    )
    parts = {
        "months": list(months),
        "topics": list(topics),
        "areas": [area // AREA for area in known],
    }
    return con.execute(sql if listed else JOINED.format(found=sql), parts).fetchall()


def numbered(
    con: duckdb.DuckDBPyConnection, columns: str, series_ids: Collection[int]
) -> list[tuple[Any, ...]]:
    """Return columns of the rows of some numbers: of topics of the table topic, see ``scan``."""
    by_subject: dict[int, list[int]] = {}
    for number in sorted(series_ids):
        by_subject.setdefault(number // SUBJECT, []).append(number)
    spans = [(of[0], of[-1]) for of in by_subject.values()]
    if not spans:
        return []
    found = within(spans, columns, few=is_small(con))
    return con.execute(f"from ({found}) where {NUMBERED}", {"numbers": list(series_ids)}).fetchall()


def is_small(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a vintage has so few rows that one scan of all is the quickest."""
    return all(row[0] <= FEW for row in con.execute(SIZE).fetchall())


def within(
    spans: Iterable[tuple[int, int]],
    columns: str,
    where: str = "{span}",
    table: str = "series_by_number",
    *,
    few: bool,
) -> str:
    """Return the question for the rows of some spans: of ``few`` rows in one scan, of many each."""
    scans = [SPAN.format(*ends) for ends in spans]
    return " union all ".join(
        f"select {columns} from {table} where {where.format(span=span)}"
        for span in ([" or ".join(scans)] if few else scans)
    )


def topic_of(series_id: int) -> int:
    """Return the number of a value's topic."""
    return series_id // SUBJECT * SUBJECT + series_id % AREA // FREQ * FREQ


def area_of(series_id: int) -> int:
    """Return the number of a value's area."""
    return series_id % SUBJECT // AREA * AREA


def spans_of(topics: Collection[int], ends: tuple[int, int]) -> list[tuple[int, int]]:
    """Return from which to which series_id there are rows; no row lies in two spans.

    ``ends`` are the numbers of the first area's first month and of the last area's last.
    Breakdowns of an indicator stand area by area beside each other: their spans overlap.
    """
    spans: list[tuple[int, int]] = []
    for topic in sorted(topics):
        first, last = topic + ends[0], topic + ends[1]
        if spans and first <= spans[-1][1]:
            first, _ = spans.pop()
        spans.append((first, last))
    return spans


def topics(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: Collection[str],
    freq: str,
    breakdowns: Collection[str],
) -> list[int]:
    """Return the numbers of the topics that there are of the indicators and breakdowns."""
    every = con.execute(TOPICS, {"dataset": dataset, "freq": freq}).fetchall()
    return [int(topic) for topic, of, part in every if of in indicators and part in breakdowns]
