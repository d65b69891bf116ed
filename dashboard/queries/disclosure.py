"""Disclosure: which counts of persons a file would give away, and how they add up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.values import MEASURES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import duckdb

    from dashboard.queries.values import Measure

YEAR = 12  # a series_id ends in its month: less twelve it is the year before's (docs/contract.md)
AREA, PLACES, MONTHS = 10**8, 10**12, 10**4
CLOSE = 1e-6

COUNTS = """
select s.series_id, s.indicator::text, s.ref_area::text, s.breakdown::text,
       datediff('month', date '1900-01-01',
                if($measure = 'ytd', date_trunc('year', s.period_end), s.period_start)),
       datediff('month', date '1900-01-01', s.period_end), i.kind = 'stock', s.v
from (select series_id, indicator, ref_area, breakdown, period_start, period_end, {measure}
      from series
      where series_id between $first and $last
        and series_id in (select unnest($series_ids))) s
join indicator i on i.indicator_word = s.indicator
where s.v is not null and i.unit_measure in ('person', 'person_time')
"""
# What the smallest areas below each counted: a sum over seven counties of which six reported is one
# over six, and their figures beside it leave nothing to the seventh.
PRESENT = """
select s.series_id, list(l.ref_area::text order by l.ref_area), sum(l.v)
from (select unnest($series_ids) as series_id) s
join (select distinct up.area as area, below.area as leaf
      from area_within w
      join available_area up on up.dataset = w.dataset::text and up.ref_area = w.ancestor::text
      join available_area below on below.dataset = up.dataset
                               and below.ref_area = w.descendant::text
      where not w.has_parts and w.ancestor <> w.descendant) w
  on w.area = s.series_id % $places // $area * $area
join (select series_id, ref_area, {measure}
      from series where series_id between $first and $last) l
  on l.series_id = s.series_id - w.area + w.leaf
where l.v is not null
group by s.series_id
"""
# The counts that a rate is made of: the same area and period of other topics.
OPERANDS = """
select r.topic, o.topic
from topic r
join operand p on p.indicator::text = r.indicator
join topic o on o.dataset = r.dataset and o.indicator = p.operand::text
            and o.breakdown = r.breakdown and o.freq = r.freq
where list_contains($topics, r.topic)
"""
LEAVES = """
select ancestor::text, list(descendant::text order by descendant::text)
from area_within where not has_parts group by all
"""
PARTS = """
select dimension, dimension || ':' || code,
       if(parent is null, null, dimension || ':' || parent), exhaustive
from breakdown order by all
"""
PERSONS = """
select indicator, kind = 'stock' from indicator where unit_measure in ('person', 'person_time')
"""
UNITS = "select unit, name_en, factor from unit where unit_measure in ('person', 'person_time')"


class Count(NamedTuple):
    """A count of persons: of whom, where, and from which month to which (since 1900).

    ``areas`` are the smallest areas that it adds up, where fewer than all may have reported.
    """

    indicator: str
    ref_area: str
    breakdown: str
    first: int
    last: int
    stock: bool  # counted on a day: two of them do not add up
    persons: float
    areas: tuple[str, ...] = ()


class Structure(NamedTuple):
    """What makes up what: the smallest areas of each area; the parts of each dimension.

    ``parts`` holds (dimension, part, the part above it or None, whether siblings are exhaustive).
    """

    leaves: dict[str, tuple[str, ...]]
    parts: tuple[tuple[str, str, str | None, bool], ...] = ()


def persons_in(text: str, units: Mapping[str, float]) -> list[float]:
    """Return every number of persons that a text says: 1余人, 2.5万人, 3 persons."""
    names = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    found = re.findall(rf"(\d[\d,]*(?:\.\d+)?)\s?[余多]?({names})", text) if names else []
    return [float(number.replace(",", "")) * units[name] for number, name in found]


def counts_behind(
    con: duckdb.DuckDBPyConnection, series_ids: Collection[int], measure: Measure = "value"
) -> dict[int, tuple[Count, ...]]:
    """Return the counts of persons that each value is, or is a rate of; none of other values."""
    operands = _operands(con, series_ids)
    found = _counts(con, {*series_ids, *(o for of in operands.values() for o in of)}, measure)
    behind = {}
    for series_id in series_ids:
        counts = [found.get(number) for number in (series_id, *operands.get(series_id, ()))]
        behind[series_id] = tuple(count for count in counts if count)
    return behind


def counted(con: duckdb.DuckDBPyConnection) -> dict[str, bool]:
    """Return the indicators that count persons, and whether they do so on a day (stocks)."""
    return dict(con.execute(PERSONS).fetchall())


def structure(con: duckdb.DuckDBPyConnection) -> Structure:
    """Return how areas and breakdowns add up."""
    leaves = {area: tuple(of) for area, of in con.execute(LEAVES).fetchall()}
    return Structure(leaves, tuple(con.execute(PARTS).fetchall()))


def units_of_persons(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Return how many persons one of each unit counts, under both its names: 万人 → 10000."""
    rows = con.execute(UNITS).fetchall()
    return {name: factor for zh, en, factor in rows for name in (zh, en)}


def _counts(
    con: duckdb.DuckDBPyConnection, series_ids: Iterable[int], measure: Measure
) -> dict[int, Count]:
    numbers = sorted(series_ids)
    if not numbers:
        return {}
    choice = {
        "series_ids": numbers,
        "first": numbers[0],
        "last": numbers[-1],
        "measure": measure,
    }
    rows = con.execute(COUNTS.format(measure=MEASURES[measure]), choice).fetchall()
    present = _present(con, [row[0] for row in rows], measure)
    found = {}
    for series_id, *told in rows:
        count = Count(*told)
        areas, together = present.get(series_id, ((), 0.0))
        same = abs(together - count.persons) <= CLOSE * max(1.0, abs(count.persons))
        found[series_id] = count._replace(areas=areas) if same else count
    return found


def _present(
    con: duckdb.DuckDBPyConnection, series_ids: Sequence[int], measure: Measure
) -> dict[int, tuple[tuple[str, ...], float]]:
    """Return the smallest areas below each count that have one too, and what these make."""
    if not series_ids:
        return {}
    # An area's smallest parts may have lower numbers than it, or higher ones.
    choice = {
        "series_ids": list(series_ids),
        "first": min(series_ids) // PLACES * PLACES,
        "last": (max(series_ids) // PLACES + 1) * PLACES,
        "places": PLACES,
        "area": AREA,
    }
    rows = con.execute(PRESENT.format(measure=MEASURES[measure]), choice).fetchall()
    return {series_id: (tuple(areas), together) for series_id, areas, together in rows}


def _operands(
    con: duckdb.DuckDBPyConnection, series_ids: Collection[int]
) -> dict[int, tuple[int, ...]]:
    """Return the numbers of a rate's numerator and denominator: another topic, the same place."""
    topics = {s: s // PLACES * PLACES + s % AREA // MONTHS * MONTHS for s in series_ids}
    choice = {"topics": sorted(set(topics.values()))}
    of: dict[int, list[int]] = {}
    for rate, operand in con.execute(OPERANDS, choice).fetchall():
        of.setdefault(rate, []).append(operand)
    return {
        s: tuple(s - topic + o for o in of[topic]) for s, topic in topics.items() if topic in of
    }
