"""What the catalogue knows, as working tables: areas and their sums, periods, expectations."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from etl.periods import FREQUENCIES, MONTHS, period
from etl.series.plan import qualifier
from etl.tables import insert

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from etl.catalogue import Catalogue


def _table(
    con: DuckDBPyConnection, name: str, columns: str, rows: Iterable[Sequence[object]]
) -> None:
    """Make a temporary table; ``columns`` are their names and types as SQL has them."""
    con.execute(f"create or replace temp table {name} ({columns})")
    insert(con, name, rows)


# ── areas ───────────────────────────────────────────────────────────────────────────────────────


def areas(con: DuckDBPyConnection, catalogue: Catalogue) -> int:
    """Number the areas in code order, say what sums into what; return the greatest depth."""
    reporting = _reporting_areas(con, catalogue)
    seen = {code for codes in reporting.values() for code in codes}
    chains = {code: _above(code, catalogue) for code in seen}
    codes = sorted(seen.union(*chains.values()))
    number = {code: position for position, code in enumerate(codes)}
    depth = {code: len(_above(code, catalogue)) for code in codes}
    _table(con, "area", "area integer, ref_area ref_area_word, depth integer",
          [(number[code], code, depth[code]) for code in codes])  # fmt: skip
    within = [
        (dataset, *row) for dataset, own in reporting.items() for row in _within(own, catalogue)
    ]
    rows = [(d, number[up], number[down], len(between)) for d, up, down, between in within]
    columns = "dataset dataset_word, ancestor integer, descendant integer, steps integer"
    _table(con, "inside", columns, rows)
    parents = {(dataset, up) for dataset, up, _, between in within if between}
    con.execute("delete from area_within")
    insert(con, "area_within", [(d, up, down, list(between), (d, down) in parents)
                                for d, up, down, between in sorted(within)])  # fmt: skip
    return max(depth.values(), default=0)


def _reporting_areas(con: DuckDBPyConnection, catalogue: Catalogue) -> dict[str, set[str]]:
    """Each dataset's areas: those that reported, and those that its entries expect to."""
    found: dict[str, set[str]] = defaultdict(set)
    for dataset, code in con.execute(
        "select dataset, ref_area from observation group by all order by all"
    ).fetchall():
        found[dataset].add(code)
    for entry in catalogue.reporting:
        if entry.dataset in found:
            found[entry.dataset].update(entry.areas)
    return found


def _above(code: str, catalogue: Catalogue) -> list[str]:
    """The areas above one, from its parent up."""
    chain: list[str] = []
    while (area := catalogue.areas.get(code)) and area.parent:
        code = area.parent
        chain.append(code)
    return chain


def _within(own: set[str], catalogue: Catalogue) -> list[tuple[str, str, tuple[str, ...]]]:
    """(ancestor, descendant, areas from above the descendant to the ancestor), itself included."""
    summed = _summed(own, catalogue)
    found = []
    for code in sorted(own | summed):
        chain: tuple[str, ...] = ()
        found.append((code, code, chain))
        below = code
        while (area := catalogue.areas.get(below)) and area.in_total and area.parent in summed:
            below = area.parent or ""
            chain = (*chain, below)
            found.append((below, code, chain))
    return found


def _summed(own: set[str], catalogue: Catalogue) -> set[str]:
    """The areas that are the sum of those below: at least two and a quarter of these take part.

    A province is not the one prefecture of it that sends workbooks, nor a country four of them.
    """
    members: dict[str, set[str]] = defaultdict(set)
    for code in own:
        for child, parent in pairwise([code, *_above(code, catalogue)]):
            members[parent].add(child)
    return {
        parent
        for parent, present in members.items()
        for children in [[c for c in present if catalogue.areas[c].in_total]]
        if len(children) >= max(2, len(catalogue.children(parent)) / 4)
        or len(children) == len(catalogue.children(parent))
    }


# ── words ───────────────────────────────────────────────────────────────────────────────────────


def words(con: DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Frequencies, periods and qualifiers by the numbers that stand for them; operands of rates."""
    periods = [
        ((year * 12 + start) * 4 + FREQUENCIES.index(freq), *period(freq, year, start))
        for year in _years(con, catalogue)
        for freq, months in MONTHS.items()
        for start in range(0, 12, months)
    ]
    _table(con, "period", "period bigint, time_period time_period_word, period_start date,"
          " period_end date", periods)  # fmt: skip
    _table(con, "frequency", "freq integer, name text, months integer",
          [(number, freq, MONTHS[freq]) for number, freq in enumerate(FREQUENCIES)])  # fmt: skip
    _table(con, "qualified", "flags integer, qualifier text",
          [(flags, qualifier(flags)) for flags in range(32)])  # fmt: skip
    operands = [
        (rate.indicator, operand, role)
        for rate in catalogue.indicators.values()
        for role, operand in (("numerator", rate.numerator), ("denominator", rate.denominator))
        if operand
    ]
    insert(con, "operand", operands)
    insert(con, "definition_change", _changes(catalogue))


def _changes(catalogue: Catalogue) -> list[tuple[str, dt.date, str, str]]:
    """The definition changes of indicators, of a rate also those of what it is made of."""
    return [
        (indicator.indicator, one.starts_on, one.reason, one.reason_en)
        for indicator in catalogue.indicators.values()
        for code in (indicator.indicator, indicator.numerator, indicator.denominator)
        if code
        for one in catalogue.indicators[code].breaks
    ]


def _years(con: DuckDBPyConnection, catalogue: Catalogue) -> range:
    found = con.execute("select min(period_start), max(period_end) from observation").fetchone()
    days = [day for day in found or () if day]
    days += [entry.first for entry in catalogue.reporting]
    days += [entry.last for entry in catalogue.reporting if entry.last]
    return range(min(days).year, max(days).year + 1) if days else range(0)


# ── expectations ────────────────────────────────────────────────────────────────────────────────


def expectations(con: DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Who is to report what, in months; without an end it holds to the last reported period."""
    entries = list(enumerate(catalogue.reporting))
    rows = [
        (number, entry.dataset, MONTHS[entry.freq], entry.due_days, _month(entry.first),
         _month(entry.last) + 1 if entry.last else None)
        for number, entry in entries
    ]  # fmt: skip
    _table(con, "reporting", "entry integer, dataset dataset_word, months integer,"
           " due_days integer, first bigint, last bigint", rows)  # fmt: skip
    _table(con, "reporting_area", "entry integer, ref_area ref_area_word",
          [(number, code) for number, entry in entries for code in entry.areas])  # fmt: skip
    _table(con, "reporting_indicator", "entry integer, indicator indicator_word",
          [(number, code) for number, entry in entries for code in entry.indicators])  # fmt: skip


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1
