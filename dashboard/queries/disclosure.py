"""Disclosure: which counts of persons a file would give away, and how they add up."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.periods import PER_YEAR
from dashboard.queries.rows import FREQ, area_of, numbered, topic_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import duckdb

    from dashboard.queries.values import Measure

YEAR = 12  # a series_id ends in its month: less twelve it is the year before's (docs/contract.md)
CLOSE = 1e-6

TOPICS = """
select t.topic, t.indicator, t.breakdown, t.freq, i.kind = 'stock'
from topic t join indicator i using (indicator)
where i.unit_measure in ('person', 'person_time')
"""
AREAS = "select distinct area, ref_area from available_area"
# The smallest areas below each, as far as there are values of both.
BELOW = """
select up.area, list(distinct below.area)
from area_within w
join available_area up on up.dataset = w.dataset::text and up.ref_area = w.ancestor::text
join available_area below on below.dataset = up.dataset and below.ref_area = w.descendant::text
where not w.has_parts and w.ancestor <> w.descendant
group by all
"""
# The counts that a rate is made of: the same area and period of other topics.
OPERANDS = """
select r.topic, o.topic
from topic r
join operand p on p.indicator::text = r.indicator
join topic o on o.dataset = r.dataset and o.indicator = p.operand::text
            and o.breakdown = r.breakdown and o.freq = r.freq
order by p.role desc
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
    """Return the counts of persons among some values, each with the smallest areas it adds up.

    A sum over seven counties of which six reported is one over six, and their figures beside it
    leave nothing to the seventh.
    """
    topics = {topic: about for topic, *about in con.execute(TOPICS).fetchall()}
    areas = dict(con.execute(AREAS).fetchall())
    below = dict(con.execute(BELOW).fetchall())
    own = {s: area_of(s) for s in series_ids if topic_of(s) in topics}
    parts = {s: [s - area + part for part in below.get(area, ())] for s, area in own.items()}
    values = _values(con, {*own, *chain.from_iterable(parts.values())}, measure)
    found = {}
    for s in own.keys() & values.keys():
        indicator, breakdown, freq, stock = topics[topic_of(s)]
        first = s % FREQ // YEAR * YEAR if measure == "ytd" else s % FREQ
        last = s % FREQ + YEAR // PER_YEAR[freq] - 1
        there = [part for part in parts[s] if part in values]
        together = sum(values[part] for part in there)
        same = abs(together - values[s]) <= CLOSE * max(1.0, abs(values[s]))
        leaves = tuple(areas[area_of(part)] for part in there) if same else ()
        found[s] = Count(indicator, areas[own[s]], breakdown, first, last, stock, values[s], leaves)
    return found


def _values(
    con: duckdb.DuckDBPyConnection, series_ids: Collection[int], measure: Measure
) -> dict[int, float]:
    """Return those of some values that there are."""
    column = {"value": "obs_value", "ytd": "ytd_value"}[measure]
    rows = numbered(con, f"series_id, {column}", series_ids)
    return {series_id: value for series_id, value in rows if value is not None}


def _operands(
    con: duckdb.DuckDBPyConnection, series_ids: Iterable[int]
) -> dict[int, tuple[int, ...]]:
    """Return the numbers of a rate's numerator and denominator: another topic, the same place."""
    of: dict[int, list[int]] = {}
    for rate, operand in con.execute(OPERANDS).fetchall():
        of.setdefault(rate, []).append(operand)
    topics = {s: topic_of(s) for s in series_ids}
    return {
        s: tuple(s - topic + o for o in of[topic]) for s, topic in topics.items() if topic in of
    }
