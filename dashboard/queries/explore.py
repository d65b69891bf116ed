"""Explore: any choice of values, counted and a page at a time; the same of reports as sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.queries.periods import between, freq_of, last_day, month_number
from dashboard.queries.rows import (
    AREAS,
    WITH_TO_DATE,
    is_small,
    scan,
    spans_of,
    topics,
    within,
)
from dashboard.queries.values import MEASURES, Measure, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

PER_PAGE = 200
MOST = 50_000  # rows of a file
MOST_SPANS = (
    4  # of many rows; more of them are found sooner by going through all rows than one by one
)


class Chosen(NamedTuple):
    """Which values are wanted, by the codes of the catalogue; an empty choice stands for all.

    ``low`` and ``high`` are in the base unit. ``source_files`` and ``printed``, a piece of a cell's
    text, choose among reports only.
    """

    dataset: str
    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    breakdowns: tuple[str, ...]
    first: str
    last: str
    measure: Measure = "value"
    statuses: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    source_files: tuple[str, ...] = ()
    printed: str = ""


class Report(NamedTuple):
    """A report as it was sent, in the base unit, with its cell; ``reason``: why (not) in force."""

    observation_id: int
    indicator: str
    ref_area: str
    breakdown: str
    time_period: str
    obs_value: float | None
    obs_status: str
    qualifier: str
    printed: str
    unit_printed: str
    source_id: str
    source_file: str
    sheet: str
    cell: str
    reported_on: str
    in_force: bool
    reason: str


# What narrows a choice beyond its indicators, areas and window, and what takes it away.
FILTERS: dict[str, dict[str, Any]] = {
    "breakdowns": {"breakdowns": ()},
    "statuses": {"statuses": ()},
    "qualifiers": {"qualifiers": ()},
    "range": {"low": None, "high": None},
    "source_files": {"source_files": ()},
    "printed": {"printed": ""},
}

BREAKDOWNS = """
select breakdown from topic where dataset = $dataset and list_contains($indicators, indicator)
group by breakdown order by breakdown <> '_T', breakdown
"""

# The words of a vintage are joined and not compared: that would cast millions of them (store.py).
# A row's topic and area are told by its number, as docs/contract.md has it. The words of areas let
# DuckDB skip rows where some areas are wanted; where all are, they only take time.
VALUES = """
select * from (
    select series_id, indicator, ref_area, breakdown, time_period, {measure}, n_expected, reason
    from {rows}
    where {places} period_start between $first and $last
      and series_id // 10_000 in (select (topic + area) // 10_000
                                  from unnest($topics) t(topic), unnest($numbers) a(area)))
where (len($statuses) = 0 or list_contains($statuses, obs_status::text))
  and (len($qualifiers) = 0
       or v is not null and list_contains($qualifiers, qualifier::text))
  and ($low is null or v >= $low) and ($high is null or v <= $high)
"""

PLACES = """
ref_area in (select ref_area_word from ref_area where list_contains($areas, ref_area)) and
"""
EVERYWHERE = "select count(distinct ref_area) from available_area where dataset = $dataset"

REPORTS = """
from observation
where dataset = $dataset
  and indicator in (select indicator_word from indicator
                    where list_contains($indicators, indicator))
  and ref_area in (select ref_area_word from ref_area where list_contains($areas, ref_area))
  and period_end between $first and $last
  and (len($breakdowns) = 0 or list_contains($breakdowns, breakdown::text))
  and (len($statuses) = 0 or list_contains($statuses, obs_status::text))
  and (len($qualifiers) = 0 or list_contains($qualifiers, qualifier::text))
  and ($low is null or obs_value >= $low) and ($high is null or obs_value <= $high)
  and (len($source_files) = 0 or list_contains($source_files, source_file::text))
  and ($printed = '' or contains(lower(printed), lower($printed)))
"""
COLUMNS = """
observation_id, indicator, ref_area, breakdown, time_period, obs_value, obs_status, qualifier,
printed, unit_printed, source_id, source_file, sheet, cell, strftime(reported_on, '%Y-%m-%d'),
in_force, reason
"""


def found(
    con: duckdb.DuckDBPyConnection, chosen: Chosen, limit: int = MOST, offset: int = 0
) -> tuple[Value, ...]:
    """Return the values chosen by indicator, area, breakdown and period: ``limit`` from ``offset``.

    What was expected and did not come is among them; a choice of qualifiers is one of values.
    """
    asked = _values(con, chosen)
    if asked is None:
        return ()
    sql, choice = asked
    page = f"{sql} order by series_id limit {int(limit)} offset {int(offset)}"
    return tuple(Value(*row) for row in con.execute(page, choice).fetchall())


def count(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> int:
    """Return how many values are chosen."""
    asked = _values(con, chosen)
    return 0 if asked is None else _number(con, f"select count(*) from ({asked[0]})", asked[1])


def with_years(
    con: duckdb.DuckDBPyConnection, chosen: Chosen
) -> tuple[list[Value], list[Value], list[Value]]:
    """Return the values chosen, each year's up to its last of them, and those of whole years.

    The rows of a key's quarters and of its years stand side by side: one scan finds all three.
    """
    periods = between(chosen.first, chosen.last)
    years = between(chosen.first[:4], chosen.last[:4])
    breakdowns = chosen.breakdowns or breakdowns_of(con, chosen.dataset, chosen.indicators)
    numbers = [
        topic
        for freq in {freq_of(chosen.first), "A"}
        for topic in topics(con, chosen.dataset, chosen.indicators, freq, breakdowns)
    ]
    months = sorted({month_number(period) for period in (*periods, *years)})
    own, to_date, whole = [], [], []
    last = {period[:4]: period for period in periods}
    found = scan(con, WITH_TO_DATE, chosen.dataset, numbers, chosen.areas, months)
    for *row, number, qualifier, method, n_reported in found:
        value = Value(*row)
        if len(value.time_period) != len(chosen.first):
            whole.append(value)
        elif value.time_period >= chosen.first:
            own.append(value)
        if value.time_period == last[value.time_period[:4]]:
            status = "A" if number is not None and value.obs_value is None else value.obs_status
            to_date.append(value._replace(
                obs_value=number, low=None, high=None, obs_status=status, qualifier=qualifier,
                method=method, n_reported=n_reported,
            ))  # fmt: skip
    return own, to_date, whole


def reports(
    con: duckdb.DuckDBPyConnection, chosen: Chosen, limit: int = MOST, offset: int = 0
) -> tuple[Report, ...]:
    """Return the reports chosen whose period ends in the window, also those not in force."""
    page = f"order by observation_id limit {int(limit)} offset {int(offset)}"
    rows = con.execute(f"select {COLUMNS} {REPORTS} {page}", _reports(chosen)).fetchall()
    return tuple(Report(*row) for row in rows)


def count_reports(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> int:
    """Return how many reports are chosen."""
    return _number(con, f"select count(*) {REPORTS}", _reports(chosen))


def breakdowns_of(
    con: duckdb.DuckDBPyConnection, dataset: str, indicators: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the breakdowns that there are of some indicators, the total first."""
    choice = {"dataset": dataset, "indicators": list(indicators)}
    return tuple(str(code) for (code,) in con.execute(BREAKDOWNS, choice).fetchall())


def emptied_by(
    con: duckdb.DuckDBPyConnection,
    chosen: Chosen,
    counted: Callable[[duckdb.DuckDBPyConnection, Chosen], int],
) -> tuple[tuple[str, int], ...]:
    """Return the filters without which something would be found, and how much."""
    looser = {name: chosen._replace(**wide) for name, wide in FILTERS.items()}
    found = {name: counted(con, wide) for name, wide in looser.items() if wide != chosen}
    return tuple((name, n) for name, n in found.items() if n)


def _number(con: duckdb.DuckDBPyConnection, sql: str, choice: dict[str, object]) -> int:
    return int(con.execute(sql, choice).fetchall()[0][0])


def _values(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> tuple[str, dict[str, object]] | None:
    """Return the question and its choices; None for no rows at all."""
    breakdowns = chosen.breakdowns or breakdowns_of(con, chosen.dataset, chosen.indicators)
    freq = freq_of(chosen.first)
    numbers = topics(con, chosen.dataset, chosen.indicators, freq, breakdowns)
    choice: dict[str, object] = {"dataset": chosen.dataset, "areas": list(chosen.areas)}
    areas = sorted(int(area) for area, _ in con.execute(AREAS, choice).fetchall())
    if not numbers or not areas:
        return None
    bounds = (areas[0] + month_number(chosen.first), areas[-1] + month_number(chosen.last))
    spans, few = spans_of(numbers, bounds), is_small(con)
    bounded = few or len(spans) <= MOST_SPANS
    rows = f"({within(spans, '*', table='series', few=few)})" if bounded else "series"
    everywhere = len(areas) == _number(con, EVERYWHERE, {"dataset": chosen.dataset})
    choice = {
        "numbers": areas,
        "first": _starts(chosen.first),
        "last": _starts(chosen.last),
        "topics": numbers,
        "statuses": list(chosen.statuses),
        "qualifiers": list(chosen.qualifiers),
        "low": chosen.low,
        "high": chosen.high,
    }
    places = "" if everywhere else PLACES
    if places:
        choice["areas"] = list(chosen.areas)
    return VALUES.format(measure=MEASURES[chosen.measure], rows=rows, places=places), choice


def _reports(chosen: Chosen) -> dict[str, object]:
    """Return the choices of reports: lists for DuckDB, days for periods."""
    choice = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in chosen._asdict().items()
    }
    del choice["measure"]
    return choice | {"first": _starts(chosen.first), "last": f"{last_day(chosen.last)}"}


def _starts(period: str) -> str:
    """Return the day on which a period starts."""
    month = month_number(period)
    return f"{1900 + month // 12}-{month % 12 + 1:02d}-01"
