"""What there is to choose from: datasets, indicators, areas, frequencies, periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.definitions import DefinitionChange, definition_changes
from dashboard.queries.periods import between

if TYPE_CHECKING:
    import duckdb

    from dashboard.store import MeetingIssue

# What an office reported itself comes before the demonstration, that before what others published.
DATASETS = ("reported", "demonstration", "published")
FREQUENCIES = ("Q", "S", "A", "M")


class Indicator(NamedTuple):
    """An open indicator; ``factor`` base units make one ``display_unit``."""

    indicator: str
    name: str
    name_en: str
    display_unit: str
    display_unit_en: str
    factor: float
    decimals: int
    kind: str
    area_aggregation: str
    direction: str
    aspect: str
    aspect_name: str
    aspect_name_en: str
    definition: str
    definition_en: str
    seasonal: bool = False
    changes: tuple[DefinitionChange, ...] = ()


class Area(NamedTuple):
    """An area; ``in_total`` says whether it counts in its parent's total."""

    ref_area: str
    name: str
    short_name: str
    name_en: str
    level: str
    parent: str | None
    in_total: bool


class Vintage(NamedTuple):
    """Which vintage is shown, the day up to which its sources report, and for which meeting.

    ``issue`` is the number under which it was frozen (2024年第2期), where it is shown by that, and
    ``title`` what that meeting issue is called.
    """

    vintage: str
    as_of: str
    issue: str = ""
    title: str = ""

    def shown_as(self, issue: MeetingIssue | None) -> Vintage:
        """Return the vintage with the meeting issue by which it is shown, if there is one."""
        return self._replace(issue=issue.number, title=issue.title) if issue else self


INDICATORS = """
select i.indicator, i.name, i.name_en, i.display_unit, coalesce(u.name_en, i.display_unit),
       coalesce(u.factor, 1), i.decimals, i.kind, i.area_aggregation, i.direction,
       i.aspect, i.aspect_name, i.aspect_name_en, i.definition, i.definition_en,
       i.seasonal
from indicator i left join unit u on u.unit = i.display_unit
order by i.position
"""

ON_A_DAY = """
select i.indicator from indicator i
left join indicator n on n.indicator = i.numerator
left join indicator d on d.indicator = i.denominator
where i.kind = 'stock' or i.kind = 'rate' and n.kind = 'stock' and d.kind = 'stock'
"""

AREAS = """
select ref_area, name, short_name, name_en, level, parent, in_total from ref_area
where ref_area in (select ref_area from available_area)
   or ref_area in (select parent from ref_area
                   where ref_area in (select ref_area from available_area))
   or level <> 'local' and in_total and parent in (
          select parent from ref_area where ref_area in (select ref_area from available_area))
order by ref_area
"""


def vintage(con: duckdb.DuckDBPyConnection, dataset: str) -> Vintage:
    """Return the name of the vintage and the day of the dataset's latest report, as 2024-06-30."""
    sql = """
        select vintage, coalesce((select strftime(as_of, '%Y-%m-%d') from reported_until
                                  where dataset = $dataset), strftime(as_of, '%Y-%m-%d'))
        from vintage
    """
    return Vintage(*con.execute(sql, {"dataset": dataset}).fetchall()[0])


def datasets(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the datasets that have values, the one to show first at the front."""
    found = {
        row[0] for row in con.execute("select distinct dataset from available_indicator").fetchall()
    }
    return tuple(d for d in DATASETS if d in found)


def indicators(con: duckdb.DuckDBPyConnection) -> dict[str, Indicator]:
    """Return every open indicator by its code, in the order of the catalogue."""
    changes = definition_changes(con)
    rows = con.execute(INDICATORS).fetchall()
    return {row[0]: Indicator(*row)._replace(changes=changes.get(row[0], ())) for row in rows}


def on_a_day(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the indicators that say what there is on a day: stocks, and rates of stocks.

    They have no sum since January; the year up to a period ends with their value of that period.
    """
    return frozenset(code for (code,) in con.execute(ON_A_DAY).fetchall())


def areas(con: duckdb.DuckDBPyConnection) -> dict[str, Area]:
    """Return the areas that have series, those beside them, and their parents, by code.

    A county that never reported has a row in who reported, and a name there. 市本级 and 开发区 that
    never did are nobody's: two of them would make each other's names longer.
    """
    return {row[0]: Area(*row) for row in con.execute(AREAS).fetchall()}


def every_area(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """Return every area's name behind that of the area above it, in Chinese and in English."""
    sql = """
        select a.ref_area, coalesce(p.name, '') || a.name,
               a.name_en || coalesce(', ' || p.name_en, '')
        from ref_area a left join ref_area p on p.ref_area = a.parent order by a.ref_area
    """
    return {code: (zh, en) for code, zh, en in con.execute(sql).fetchall()}


def statuses(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """Return what each status is called, in Chinese and in English."""
    rows = con.execute("select obs_status, name, name_en from obs_status").fetchall()
    return {code: (name, name_en) for code, name, name_en in rows}


def units(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return every unit that the catalogue knows, with its English name."""
    return dict(
        con.execute("select unit, name_en from unit order by unit_measure, factor, unit").fetchall()
    )


def base_units(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the unit in which the values of each indicator are stored: yuan, person."""
    return dict(con.execute("select indicator, unit_measure from indicator").fetchall())


def frequencies(con: duckdb.DuckDBPyConnection, dataset: str) -> tuple[str, ...]:
    """Return the frequencies at which the dataset has values."""
    sql = "select distinct freq from available_indicator where dataset = $dataset"
    found = {row[0] for row in con.execute(sql, {"dataset": dataset}).fetchall()}
    return tuple(f for f in FREQUENCIES if f in found)


def usual_frequency(con: duckdb.DuckDBPyConnection, dataset: str) -> str:
    """Return the frequency at which most series have values, the quarter where it is a tie.

    Totals decide: a year's targets and budgets, and parts told once a year, ask for no other.
    """
    sql = """
        select freq, sum(n_keys) as n_all,
               sum(n_keys) filter (breakdown = '_T' and indicator not in
                   (select indicator from indicator where kind = 'plan')) as n_totals
        from available_indicator where dataset = $dataset
        group by freq
        order by n_totals desc nulls last, if(n_totals is null, n_all, 0) desc,
                 list_position($order, freq)
        limit 1
    """
    rows = con.execute(sql, {"dataset": dataset, "order": list(FREQUENCIES)}).fetchall()
    return str(rows[0][0])


def available_indicators(
    con: duckdb.DuckDBPyConnection, dataset: str, freq: str
) -> tuple[str, ...]:
    """Return the codes that have a value at this frequency, in the order of the catalogue."""
    sql = """
        select indicator from indicator
        where indicator in (select indicator from available_indicator
                            where dataset = $dataset and freq = $freq)
        order by position
    """
    rows = con.execute(sql, {"dataset": dataset, "freq": freq}).fetchall()
    return tuple(row[0] for row in rows)


def breakdowns(
    con: duckdb.DuckDBPyConnection, dataset: str, indicator: str, freq: str
) -> tuple[str, ...]:
    """Return the breakdowns by which an indicator has values at this frequency, the total first."""
    sql = """
        select indicator, breakdown from available_indicator
        where dataset = $dataset and freq = $freq
        order by breakdown <> '_T', breakdown
    """  # of all indicators: a document asks it once
    every = con.execute(sql, {"dataset": dataset, "freq": freq}).fetchall()
    return tuple(breakdown for of, breakdown in every if of == indicator)


def last_period(
    con: duckdb.DuckDBPyConnection, dataset: str, indicator: str, freq: str, breakdown: str
) -> str | None:
    """Return the last period for which any area has a value of an indicator."""
    sql = """
        select last_period from available_indicator
        where dataset = $dataset and indicator = $indicator and freq = $freq
          and breakdown = $breakdown
    """
    choice = {"dataset": dataset, "indicator": indicator, "freq": freq, "breakdown": breakdown}
    row = con.execute(sql, choice).fetchone()
    return row[0] if row else None


def breakdown_names(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """Return what each part of a breakdown is called: festival:春节 → 春节, Spring Festival."""
    sql = "select dimension || ':' || code, name, name_en from breakdown"
    return {part: (name, name_en) for part, name, name_en in con.execute(sql).fetchall()}


def available_areas(con: duckdb.DuckDBPyConnection, dataset: str) -> tuple[str, ...]:
    """Return the codes of the areas that have or are expected to have values."""
    sql = "select ref_area from available_area where dataset = $dataset order by ref_area"
    return tuple(row[0] for row in con.execute(sql, {"dataset": dataset}).fetchall())


def fullest_area(con: duckdb.DuckDBPyConnection, dataset: str) -> str:
    """Return the area with the most values."""
    sql = """
        select ref_area from available_area where dataset = $dataset
        order by n_values desc, ref_area limit 1
    """
    return str(con.execute(sql, {"dataset": dataset}).fetchall()[0][0])


def parents(con: duckdb.DuckDBPyConnection, dataset: str) -> tuple[str, ...]:
    """Return the areas whose children report, the one with the most children first."""
    sql = """
        select a.parent
        from ref_area a
        where a.in_total and a.parent is not null
          and a.ref_area in (select ref_area from available_area where dataset = $dataset)
        group by a.parent order by count(*) desc, a.parent
    """
    return tuple(row[0] for row in con.execute(sql, {"dataset": dataset}).fetchall())


def periods(con: duckdb.DuckDBPyConnection, dataset: str, freq: str) -> tuple[str, ...]:
    """Return the periods from the first value to the last, without holes, oldest first."""
    sql = """
        select min(first_period), max(last_period) from available_indicator
        where dataset = $dataset and freq = $freq
    """
    row = con.execute(sql, {"dataset": dataset, "freq": freq}).fetchone()
    return between(row[0], row[1]) if row and row[0] else ()
