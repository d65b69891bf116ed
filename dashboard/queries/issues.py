"""Issues: what a person should know about cells, by rule, area, file and severity."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.periods import last_day

if TYPE_CHECKING:
    import duckdb

SEVERITIES = ("error", "warning", "note")


class Issue(NamedTuple):
    """One issue in both languages, with its place."""

    issue_id: int
    severity: str
    rule: str
    message: str
    message_en: str
    question: str
    question_en: str
    source_id: str
    source_file: str
    sheet: str
    cell: str
    printed: str
    ref_area: str | None
    question_id: str
    indicator: str | None


class Chosen(NamedTuple):
    """Which issues to show; '' stands for all."""

    dataset: str
    severity: str = ""
    rule: str = ""
    ref_area: str = ""
    source_file: str = ""


WHERE = """
dataset = $dataset and $severity in ('', severity) and $rule in ('', rule)
  and ($ref_area = '' or ref_area = $ref_area) and $source_file in ('', source_file)
"""

ISSUES = f"""
select issue_id, severity, rule, message, message_en, question, question_en, source_id,
       source_file, sheet, cell, printed, ref_area, question_id, indicator
from issue
where {WHERE}
order by list_position(['error', 'warning', 'note'], severity), source_file, sheet, issue_id
limit $limit offset $offset
"""

COUNTS = f"select severity, count(*) from issue where {WHERE} group by severity"

CHOICES = """
select distinct {column} from issue where dataset = $dataset and {column} <> '' order by {column}
"""


OF_YEAR = """
select issue_id, severity, rule, message, message_en, question, question_en, source_id,
       source_file, sheet, cell, printed, ref_area, question_id, indicator
from issue
where dataset = $dataset and severity in ('error', 'warning')
  and period_end between $first and $last
  and ref_area in (select ref_area from ref_area where ref_area = $area or parent = $area)
order by severity, period_end desc, issue_id
"""


def of_year(
    con: duckdb.DuckDBPyConnection, dataset: str, area: str, period: str
) -> tuple[Issue, ...]:
    """Return the errors and warnings of an area and those below it, in the year up to a period."""
    last = last_day(period)
    choice = {"dataset": dataset, "area": area, "first": last.replace(month=1, day=1), "last": last}
    return tuple(Issue(*row) for row in con.execute(OF_YEAR, choice).fetchall())


def issues(
    con: duckdb.DuckDBPyConnection, chosen: Chosen, limit: int = 1_000_000, offset: int = 0
) -> tuple[Issue, ...]:
    """Return the issues chosen, the gravest first."""
    choice = {**chosen._asdict(), "limit": limit, "offset": offset}
    return tuple(Issue(*row) for row in con.execute(ISSUES, choice).fetchall())


def counts(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> dict[str, int]:
    """Return how many issues of each severity are chosen."""
    found = dict(con.execute(COUNTS, chosen._asdict()).fetchall())
    return {severity: found.get(severity, 0) for severity in SEVERITIES}


def rules(con: duckdb.DuckDBPyConnection, dataset: str) -> tuple[str, ...]:
    """Return the rules that found something."""
    return _distinct(con, dataset, "rule")


def areas(con: duckdb.DuckDBPyConnection, dataset: str) -> tuple[str, ...]:
    """Return the areas whose figures have issues."""
    return _distinct(con, dataset, "ref_area")


def files(con: duckdb.DuckDBPyConnection, dataset: str) -> tuple[str, ...]:
    """Return the files that have issues."""
    return _distinct(con, dataset, "source_file")


def question_ids(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the questions that anybody may see."""
    rows = con.execute("select distinct question_id from issue where question_id <> ''").fetchall()
    return frozenset(row[0] for row in rows)


def source_of(con: duckdb.DuckDBPyConnection, source_file: str, sheet: str) -> str:
    """Return the id of the file of that name with an issue on that sheet, '' for none or two."""
    sql = "select distinct source_id from issue where source_file = $file and sheet = $sheet"
    found = con.execute(sql, {"file": source_file, "sheet": sheet}).fetchall()
    return str(found[0][0]) if len(found) == 1 else ""


def _distinct(con: duckdb.DuckDBPyConnection, dataset: str, column: str) -> tuple[str, ...]:
    rows = con.execute(CHOICES.format(column=column), {"dataset": dataset}).fetchall()
    return tuple(row[0] for row in rows)
