"""Gaps: what was reported, late or missing, by area, indicator and period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.queries.few import few
from dashboard.queries.periods import between, first_day, freq_of, last_day, month_number
from dashboard.queries.rows import scan, topics
from dashboard.queries.values import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import duckdb

    from dashboard.queries.ask import Ask

STATES = (
    "reported",
    "late",
    "overdue",
    "missing",
    "unread",
    "withheld",
    "not_due",
    "not_applicable",
)


class Expected(NamedTuple):
    """What an area was to report for a period, and whether it came; days as 2024-07-10.

    ``overdue``: it is missing, and the day that was set for it has passed. ``unread``: it came,
    but the figure could not be read. ``withheld``: it came, but gives no value for the period (an
    inexact figure, a contradiction).
    """

    ref_area: str
    indicator: str
    time_period: str
    state: str
    due: str
    delivered: str


class Picked(NamedTuple):
    """An area's period, for which something was expected; ``silent``: it has no value."""

    indicator: str
    ref_area: str
    time_period: str
    start: dt.date
    end: dt.date
    silent: bool
    reason: str


class Came(NamedTuple):
    """The first report whose period ends on a day, and whether all such reports print their day.

    ``start``: how far back they reach together, from that end.
    """

    period_end: dt.date
    start: dt.date
    delivered: dt.date
    printed: bool


class Span(NamedTuple):
    """What a report is about, by its first and last day."""

    start: dt.date
    end: dt.date


class Term(NamedTuple):
    """How many days after a period an area has, for periods that end within some days."""

    due_days: int
    valid_from: dt.date
    valid_to: dt.date | None


# Of an indicator without a total its first breakdown speaks.
COLUMNS = """series_id, indicator::text, ref_area::text, breakdown::text, time_period::text,
             period_start, period_end, obs_value is null, reason::text"""

# A report came for a period when its own period ends within it; the first counts, a correction is
# not late. Areas are compared as the vintage holds their words: most row groups are skipped.
CAME = """
select indicator::text, ref_area::text, period_end, min(period_start), min(reported_on),
       bool_and(reported_on_basis = 'printed')
from observation
where dataset = $dataset and period_end >= $start
  and indicator in (select indicator_word from indicator
                    where list_contains($indicators, indicator))
  and ref_area in (select ref_area_word from ref_area where list_contains($areas, ref_area))
group by all
"""
UNREAD = """
select indicator, ref_area, period_start, period_end from unread
where dataset = $dataset and period_end >= $start
  and list_contains($indicators, indicator) and list_contains($areas, ref_area)
"""
TERMS = """
select indicator, area, due_days, valid_from, valid_to
from (select indicator, unnest(ref_areas) as area, due_days, valid_from, valid_to
      from (select unnest(indicators) as indicator, ref_areas, due_days, valid_from, valid_to
            from deadline where dataset = $dataset)
      where list_contains($indicators, indicator))
where list_contains($areas, area)
"""

BREAKDOWNS = """
select distinct breakdown from topic
where dataset = $dataset and list_contains($indicators, indicator)
"""

# What anything is known of, total or part, in the order of the catalogue.
INDICATORS = """
select indicator from indicator
where indicator in (select indicator from topic where dataset = $dataset and freq = $freq)
order by position
"""

PERIODS = """
select distinct time_period::text as time_period from filled
where dataset = $dataset and freq = $freq and ref_area in (select unnest($areas))
order by time_period
"""


def indicators(con: duckdb.DuckDBPyConnection, dataset: str, freq: str) -> tuple[str, ...]:
    """Return the indicators of which anything is reported or expected."""
    found = con.execute(INDICATORS, {"dataset": dataset, "freq": freq}).fetchall()
    return tuple(row[0] for row in found)


def all_expected(
    ask: Ask, dataset: str, indicators: Sequence[str], areas: tuple[str, ...], first: str, last: str
) -> tuple[Expected, ...]:
    """Return what some areas were to report, a few indicators a question."""
    return tuple(
        e for some in few(ask, indicators) for e in ask(expected, dataset, some, areas, first, last)
    )


def expected(
    con: duckdb.DuckDBPyConnection,
    dataset: str,
    indicators: tuple[str, ...],
    areas: tuple[str, ...],
    first: str,
    last: str,
) -> tuple[Expected, ...]:
    """Return what some areas were to report from one period to another, as asked for."""
    choice = {"dataset": dataset, "indicators": list(indicators)}
    codes = con.execute(BREAKDOWNS, choice).fetchall()
    found = topics(con, dataset, indicators, freq_of(first), [code for (code,) in codes])
    asked = between(first, last)
    months = [month_number(period) for period in asked]
    picked = _picked(scan(con, COLUMNS, dataset, found, areas, months))
    choice["areas"] = list(areas)
    came, terms = defaultdict(list), defaultdict(list)
    reports = con.execute(CAME, {**choice, "start": f"{first[:4]}-01-01"}).fetchall()
    for code, area, *report in reports:
        came[code, area].append(Came(*report))
    for code, area, *term in con.execute(TERMS, choice).fetchall():
        terms[code, area].append(Term(*term))
    unread = defaultdict(list)
    for code, area, *span in con.execute(
        UNREAD, {**choice, "start": f"{first[:4]}-01-01"}
    ).fetchall():
        unread[code, area].append(Span(*span))
    place = {indicator: n for n, indicator in enumerate(indicators)}
    rows = sorted(
        [*picked, *_unexpected(unread, picked, asked)], key=lambda p: (place[p[0]], p[1:3])
    )
    return tuple(_judged(p, came[p[:2]], unread[p[:2]], terms[p[:2]]) for p in rows)


def _picked(found: Iterable[Sequence[Any]]) -> list[Picked]:
    """Return a row an area and period: the total, else the first breakdown with a value.

    What is wanted comes by series_id, breakdown and all; of a key the least is kept.
    """
    best: dict[tuple[str, str, str], tuple[tuple[bool, bool, str], Picked]] = {}
    for _, code, area, breakdown, period, start, end, silent, reason in found:
        rank = (breakdown != TOTAL, silent, breakdown)
        known = best.get((code, area, period))
        if known is None or rank < known[0]:
            best[code, area, period] = rank, Picked(code, area, period, start, end, silent, reason)
    return [row for _, row in best.values()]


def _unexpected(
    unread: Mapping[tuple[str, str], Sequence[Span]], picked: Iterable[Picked], asked: Sequence[str]
) -> Iterator[Picked]:
    """Rows for periods of which nothing is known but a report that could not be read."""
    known = {p[:3] for p in picked}
    for (code, area), spans in unread.items():
        for period in asked:
            start, end = first_day(period), last_day(period)
            if (code, area, period) not in known and any(
                start <= span.start and span.end <= end for span in spans
            ):
                yield Picked(code, area, period, start, end, silent=True, reason="not_reported")


def _judged(
    p: Picked, came: Sequence[Came], unread: Sequence[Span], terms: Sequence[Term]
) -> Expected:
    """Say in which state an area's period is, by the reports that came within it."""
    within = [c for c in came if p.start <= c.period_end <= p.end]
    last = max(within, key=lambda c: c.period_end, default=None)
    days = [t.due_days for t in terms if t.valid_from <= p.end and p.end <= (t.valid_to or p.end)]
    due = p.end + dt.timedelta(min(days)) if days else None
    lacking = p.reason == "not_reported" or (p.silent and not _covered(p, within))
    state = _state(p, last, due, lacking=lacking)
    if state in ("overdue", "missing") and any(p.start <= span.end <= p.end for span in unread):
        state = "unread"
    lost = state in ("overdue", "missing", "unread")
    delivered = last.delivered if last and not lost else None
    return Expected(
        p.ref_area, p.indicator, p.time_period, state, f"{due or ''}", f"{delivered or ''}"
    )


def _covered(p: Picked, within: Sequence[Came]) -> bool:
    """Whether all of a period came: of a half year, one quarter does not; 1—6月 is both."""
    reach = p.start
    for came in sorted(within):
        if came.start <= reach:
            reach = came.period_end + dt.timedelta(1)
    return reach > p.end or (bool(within) and p.reason != "not_derivable")


def _state(p: Picked, last: Came | None, due: dt.date | None, *, lacking: bool) -> str:
    if p.reason in ("not_applicable", "not_due"):
        return p.reason
    if lacking:
        return "overdue" if due else "missing"
    # Only a day printed in the sheet: a file's own day changes whenever somebody saves it.
    if due and last and last.printed and last.delivered > due:
        return "late"
    return "withheld" if p.silent else "reported"


def periods(
    con: duckdb.DuckDBPyConnection, dataset: str, freq: str, areas: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the periods for which anything was reported or expected, oldest first."""
    choice = {"dataset": dataset, "freq": freq, "areas": list(areas)}
    return tuple(row[0] for row in con.execute(PERIODS, choice).fetchall())
