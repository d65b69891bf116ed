"""Opens a vintage for reading, without its restricted indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

DATABASE = "indicators.duckdb"

# Tables that name an indicator are seen through a view that leaves the restricted ones out.
# Queries know these names only, so no page, chart or export can reach what it may not show.
# The codes stand in the views as they are: a list is a filter of the scan, a subquery a join.
VIEWS = {
    "indicator": "access = 'open'",
    "series": "indicator not in ({restricted})",
    "observation": "indicator not in ({restricted})",
    "issue": "indicator is null or indicator not in ({restricted})",
    "lineage": "true",
    "operand": "true",
    "area_within": "true",
    "ref_area": "true",
    "breakdown": "true",
    "obs_status": "true",
    "unit": "true",
    "deadline": "true",
    "definition_change": "true",
    "source": "true",
    "vintage": "true",
}
RESTRICTED = "select indicator from stored.main.indicator where access <> 'open' order by indicator"

# Read once at opening, so that no question goes through the millions: which keys have values, and
# between which numbers their rows stand; what each indicator and each area has; how full periods
# are. The rows of a key stand together, so a span of numbers finds them in a millisecond where
# words take thirty.
SUMMARIES = """
create table available as
select dataset, indicator, ref_area, breakdown, freq,
       min(time_period) filter (obs_value is not null or ytd_value is not null) as first_period,
       max(time_period) filter (obs_value is not null or ytd_value is not null) as last_period,
       count(obs_value) as n_values, min(series_id) as first_id, max(series_id) as last_id
from series
group by all
order by dataset, ref_area, indicator, breakdown, freq;

create table available_indicator as
select dataset, indicator, breakdown, freq, min(first_period) as first_period,
       max(last_period) as last_period, count(*) filter (n_values > 0) as n_keys
from available
where first_period is not null
group by all;

create table available_area as
select dataset, ref_area, sum(n_values) as n_values from available group by all order by all;

create table reported_until as
select dataset, max(reported_on) as as_of from observation group by all;

create table filled as
select dataset, ref_area, freq, time_period, count(obs_value) as n_values,
       count(*) filter (obs_value is null and obs_status = 'O') as n_missing
from series
where breakdown = '_T'
group by all
order by all;
"""


def newest(vintages: Path) -> Path | None:
    """Return the database of the vintage in force, or None where nothing was loaded yet."""
    pointer = vintages / "current"
    if not pointer.is_file():
        return None
    database = vintages / pointer.read_text(encoding="utf-8").strip() / DATABASE
    return database if database.is_file() else None


def open_vintage(database: Path) -> duckdb.DuckDBPyConnection:
    """Attach ``database`` read-only; ask each question on a ``.cursor()`` of what is returned."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach '{_quoted(str(database))}' as stored (read_only)")
    codes = [code for (code,) in connection.execute(RESTRICTED).fetchall()]
    restricted = ", ".join(f"'{_quoted(code)}'" for code in codes or [""])
    for table, condition in VIEWS.items():
        where = condition.format(restricted=restricted)
        connection.execute(
            f"create view {table} as select * from stored.main.{table} where {where}"
        )
    connection.execute(SUMMARIES)
    connection.execute("set threads = 1")  # questions are short and readers many
    return connection


def _quoted(text: str) -> str:
    return text.replace("'", "''")
