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
    from collections.abc import Collection, Sequence

    import duckdb

# In tables of a few thousand rows a list is looked through in half the time of a join with it.
TOPICS = """
select topic from topic
where dataset = $dataset and freq = $freq and list_contains($indicators, indicator)
  and list_contains($breakdowns, breakdown)
"""
AREAS = """
select area from available_area where dataset = $dataset and list_contains($areas, ref_area)
"""

# One scan a topic, from its first row wanted to its last: DuckDB skips what lies outside of a span,
# and would read all that lies between two topics.
COLUMNS = "series_id, indicator, ref_area, breakdown, time_period, {measure}, n_expected, reason"
SPAN = "select {columns} from series where series_id between {first} and {last}"
ROWS = "from ({spans}) where series_id in (select unnest($series_ids))"


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
    """Return columns of the rows of ``topics`` whose periods start with one of ``months``."""
    spans, series_ids = numbers(con, dataset, topics, areas, months)
    if not spans:
        return []
    scans = " union all ".join(
        SPAN.format(columns=columns, first=first, last=last) for first, last in spans
    )
    return con.execute(ROWS.format(spans=scans), {"series_ids": series_ids}).fetchall()


def numbers(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    topics: Collection[int],
    areas: Collection[str],
    months: Collection[int],
) -> tuple[list[tuple[int, int]], list[int]]:
    """Return between which numbers some rows lie, and the series_ids that they may have."""
    known = con.execute(AREAS, {"dataset": dataset, "areas": list(areas)}).fetchall()
    places = sorted(area + month for (area,) in known for month in months)
    if not topics or not places:
        return [], []
    return spans_of(topics, places), [topic + place for topic in topics for place in places]


def spans_of(topics: Collection[int], places: Sequence[int]) -> list[tuple[int, int]]:
    """Return from which to which series_id there are rows; no row lies in two spans.

    Breakdowns of an indicator stand area by area beside each other: their spans overlap.
    """
    spans: list[tuple[int, int]] = []
    for topic in sorted(topics):
        first, last = topic + places[0], topic + places[-1]
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
    choice = {
        "dataset": dataset,
        "freq": freq,
        "indicators": list(indicators),
        "breakdowns": list(breakdowns),
    }
    return [int(topic) for (topic,) in con.execute(TOPICS, choice).fetchall()]
