"""Opens a vintage for reading, without its restricted indicators."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DATABASE = "indicators.duckdb"
FROZEN = "frozen.json"
# Raised for a vintage made before an upgrade: a table is missing, or a column.
OTHER_TABLES = (duckdb.CatalogException, duckdb.BinderException)

# Tables that name an indicator are seen through a view that leaves the restricted ones out.
# Queries know these names only, so no page, chart or export can reach what it may not show.
# The codes stand in the views as they are: a list is a filter of the scan, a subquery a join.
# series and observation leave out what is planned, too: a target is no figure of what was done.
VIEWS = {
    "series": "indicator not in ({restricted}) and breakdown not in ({planned})",
    "observation": "indicator not in ({restricted}) and breakdown not in ({planned})",
    "unread": "indicator not in ({restricted})",
    "issue": "indicator is null or indicator not in ({restricted})",
    "lineage": "true",
    "operand": "true",
    "area_within": "true",
    "breakdown": "true",
    "obs_status": "true",
    "unit": "true",
    "deadline": "true",
    "annotation": "not list_has_any(indicators, [{restricted}])",
    "per_head": "indicator not in ({restricted}) and denominator not in ({restricted})",
    "topic_part": "indicator not in ({restricted})",
    "definition_change": "true",
    "source": "true",
    "vintage": "true",
    "lamp_policy": "true",
    "planned_curve": "true",
}
PLANNED = """
select word
from (select unnest(enum_range((select breakdown from stored.main.series limit 1)))::text as word)
where list_has_any(string_split(word, ';'),
                   (select coalesce(list(dimension || ':' || code), []) from stored.main.breakdown
                    where planned))
order by word
"""
RESTRICTED = "select indicator from stored.main.indicator where access <> 'open' order by indicator"

# Small tables that questions compare with words are copied with their words as text: a comparison
# of an enum with a text casts its whole column, and sorting one takes longer than most questions.
# The words as the vintage holds them stand beside: joined with these, millions are skipped by them.
COPIES = """
create table indicator as
select * replace (indicator::text as indicator), indicator as indicator_word
from stored.main.indicator where indicator not in ({restricted});
create table ref_area as
select * replace (ref_area::text as ref_area), ref_area as ref_area_word from stored.main.ref_area;
"""

# Read once at opening, so that no question goes through the millions: the numbers of topics (all of
# a key but area and month) and areas, whose sums are the series_id (docs/contract.md); what each
# topic and each area has; how full periods are.
SUMMARIES = """
create table available as
select stored.main.topic_of(min(series_id)) as topic, stored.main.area_of(min(series_id)) as area,
       any_value(dataset)::text as dataset, any_value(indicator) as indicator,
       any_value(ref_area)::text as ref_area, any_value(breakdown) as breakdown,
       any_value(freq) as freq,
       min(time_period) filter (obs_value is not null or ytd_value is not null) as first_period,
       max(time_period) filter (obs_value is not null or ytd_value is not null) as last_period,
       count(obs_value) as n_values
from series
group by series_id // 10_000
order by ref_area, topic;

create table topic as
select topic, dataset, any_value(indicator)::text as indicator,
       any_value(breakdown)::text as breakdown, any_value(freq)::text as freq,
       min(first_period)::text as first_period, max(last_period)::text as last_period,
       count(*) filter (n_values > 0) as n_keys
from available
group by topic, dataset
order by topic;

-- Rows by their numbers alone, for dashboard/queries/rows.py and nobody else: it asks for topics of
-- the table above, where none is restricted or planned; to look again takes a sixth of a question.
create view series_by_number as from stored.main.series;

create view available_indicator as from topic where first_period is not null;

create table available_area as
select dataset, ref_area, area, sum(n_values) as n_values,
       (select count(*) from stored.main.series) as n_rows_of_all
from available group by all order by all;

create table target as
select series_id, dataset::text as dataset, indicator::text as indicator,
       ref_area::text as ref_area, time_period::text as year, obs_value, qualifier, conflict,
       n_reported, n_expected, method
from stored.main.series
where freq = 'A' and obs_value is not null
  and breakdown in (select dimension || ':' || code from stored.main.breakdown where planned)
  and indicator in (select indicator_word from indicator)
order by year, indicator, ref_area;

create view report as
select * from stored.main.observation
where indicator in (select indicator_word from indicator);

create table reported_until as
select dataset::text as dataset, max(reported_on) as as_of from observation group by all;

create table reported_in as
select distinct dataset::text as dataset, source_file::text as source_file,
       ref_area::text as ref_area
from observation
order by all;

create table filled as
select dataset::text as dataset, ref_area::text as ref_area, freq, time_period,
       count(obs_value) as n_values,
       count(*) filter (obs_value is null and obs_status = 'O') as n_missing
from series
where breakdown = '_T'
group by dataset, ref_area, freq, time_period
order by 2, 1, 3, 4;
"""


class MeetingIssue(NamedTuple):
    """A vintage that was frozen for a meeting: 2024年第2期, and what it is called."""

    number: str
    title: str
    vintage: str


def newest(vintages: Path) -> Path | None:
    """Return the database of the vintage in force, or None where nothing was loaded yet."""
    pointer = vintages / "current"
    if not pointer.is_file():
        return None
    database = vintages / pointer.read_text(encoding="utf-8").strip() / DATABASE
    return database if database.is_file() else None


def meeting_issues(vintages: Path) -> dict[str, MeetingIssue]:
    """Return the meeting issues by number; none where their file cannot be read."""
    try:
        found = json.loads((vintages / FROZEN).read_text(encoding="utf-8"))
        issues = {number: MeetingIssue(number, **about) for number, about in found.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return issues if all(isinstance(text, str) for one in issues.values() for text in one) else {}


def meeting_issue(vintages: Path, number: str) -> MeetingIssue | None:
    """Return the meeting issue of a number (２ is 2), or None where there is none."""
    return meeting_issues(vintages).get(unicodedata.normalize("NFKC", number).strip())


def named(vintages: Path, name: str) -> Path | None:
    """Return the database of a vintage by its name, or None where there is none, or no more."""
    if not re.fullmatch(r"\w[\w-]{0,99}", name):  # no file system takes a name of any length
        return None
    database = vintages / name / DATABASE
    return database if database.is_file() else None


def open_vintage(database: Path, in_force: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Attach ``database`` and read its summaries; ask each question on a ``.cursor()``.

    What the vintage ``in_force`` restricts is left out of an earlier one too.
    """
    connection = attach(database, _restricted(in_force) if in_force else ())
    connection.execute(SUMMARIES)
    connection.execute("set threads = 1")  # questions are short and readers many
    # It looks for what the scans of a question have in common, and takes as long as they do.
    connection.execute("set disabled_optimizers = 'common_subplan'")
    return connection


def attach(database: Path, left_out: Iterable[str] = ()) -> duckdb.DuckDBPyConnection:
    """Attach ``database`` read-only: enough for a question that knows its words and no summary."""
    connection = _stored(database)
    codes = {"restricted": {*_words(connection, RESTRICTED), *left_out},
             "planned": _words(connection, PLANNED)}  # fmt: skip
    listed = {
        name: ", ".join(f"'{_quoted(word)}'" for word in sorted(words) or [""])
        for name, words in codes.items()
    }
    for table, condition in VIEWS.items():
        where = condition.format(**listed)
        connection.execute(
            f"create view {table} as select * from stored.main.{table} where {where}"
        )
    connection.execute(COPIES.format(restricted=listed["restricted"]))
    return connection


def _restricted(database: Path) -> tuple[str, ...]:
    with _stored(database) as connection:
        return tuple(code for (code,) in connection.execute(RESTRICTED).fetchall())


def _stored(database: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach '{_quoted(str(database))}' as stored (read_only)")
    return connection


def _words(connection: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    return {word for (word,) in connection.execute(sql).fetchall()}


def _quoted(text: str) -> str:
    return text.replace("'", "''")
