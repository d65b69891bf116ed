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
    from collections.abc import Collection

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
WITH_TO_DATE = f"""{COLUMNS.format(measure=MEASURES["value"])},
                   ytd_value, ytd_qualifier, ytd_method, ytd_n_reported"""
SPAN = "select {columns} from series_by_number where series_id between {first} and {last}"
ROWS = """
from ({spans}) where series_id in (
    select topic + area + month
    from unnest($topics) t(topic), unnest($areas) a(area), unnest($months) m(month))
"""


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
    known = sorted(int(area) for (area,) in con.execute(AREAS, choice).fetchall())
    if not topics or not known or not months:
        return []
    ends = known[0] + min(months), known[-1] + max(months)
    scans = " union all ".join(
        SPAN.format(columns=columns, first=first, last=last)
        for first, last in spans_of(topics, ends)
    )
    if len(known) == 1:  # such a span holds little else: a join takes longer than to look
        wanted = {topic + known[0] + month for topic in topics for month in months}
        return [row for row in con.execute(scans).fetchall() if row[0] in wanted]
    parts = {"topics": list(topics), "areas": known, "months": list(months)}
    return con.execute(ROWS.format(spans=scans), parts).fetchall()


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
    choice = {
        "dataset": dataset,
        "freq": freq,
        "indicators": list(indicators),
        "breakdowns": list(breakdowns),
    }
    return [int(topic) for (topic,) in con.execute(TOPICS, choice).fetchall()]
