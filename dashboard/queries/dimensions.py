"""Dimensions: what the parts of a total (慰问对象, 节日) add to its change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.areas import children
from dashboard.queries.comparison import known_change, whole
from dashboard.queries.contributions import (
    NOISE,
    Comparison,
    Explanation,
    Pair,
    by_area,
    divided,
    found_in,
    pair_of,
)
from dashboard.queries.values import TOTAL, total

if TYPE_CHECKING:
    from collections.abc import Collection

    import duckdb

    from dashboard.queries.values import Change, Value
    from dashboard.queries.windows import Found

PARTS = """
select b.dimension_name, b.dimension_name_en, b.dimension || ':' || b.code, b.dimension, b.parent
from breakdown b
where b.dimension || ':' || b.code in (select breakdown from available_indicator
                                       where dataset = $dataset and indicator = $indicator)
order by b.dimension, b.code
"""


class Dimension(NamedTuple):
    """A way of dividing a total that was reported, and the change explained by it.

    ``overlapping``: the parts are more than the total, so they count some of it twice.
    """

    name: str
    name_en: str
    explanation: Explanation
    overlapping: bool


def by_dimension(con: duckdb.DuckDBPyConnection, asked: Comparison) -> tuple[Dimension, ...]:
    """Explain the change of a total by each dimension that has parts in both windows."""
    codes = _codes(con, asked)
    explained = by_area(con, asked) if codes and asked.breakdown == TOTAL else None
    if explained is None or explained.change is None or explained.parts and explained.parts[0].mix:
        return ()
    below = children(con, asked.area)
    every = [code for parts in codes.values() for code in parts]
    found = found_in(con, asked, asked.indicator, (asked.area, *below), every)
    common = [p.code for p in explained.parts] if explained.change.n_areas else None
    dimensions = []
    for (name, name_en), parts in codes.items():
        pairs = {code: _pair(found, asked, code, below, common) for code in parts}
        changes = {code: c for code, pair in pairs.items() if (c := known_change(*pair))}
        if changes:
            division = divided(explained, pairs, changes)._replace(
                refused="", rests_on=tuple(found.values())
            )
            dimensions.append(
                Dimension(name, name_en, division, _overlapping(explained.change, changes))
            )
    return tuple(dimensions)


def _codes(
    con: duckdb.DuckDBPyConnection, asked: Comparison
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the parts of each dimension that there are, without the parts of parts."""
    choice = {"dataset": asked.dataset, "indicator": asked.indicator}
    rows = con.execute(PARTS, choice).fetchall()
    having = {part for _, _, part, _, _ in rows}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, name_en, part, dimension, parent in rows:
        if f"{dimension}:{parent}" not in having:
            found[name, name_en] = (*found.get((name, name_en), ()), part)
    return found


def _pair(
    found: Found,
    asked: Comparison,
    part: str,
    below: Collection[str],
    common: Collection[str] | None,
) -> Pair:
    """Return a part's two values: the area's own, else the sum over the areas that have both."""
    now, before = pair_of(found, asked, asked.area, part)
    if common is None and now and before and whole(now, before):
        return now, before
    pairs = [pair_of(found, asked, area, part) for area in (below if common is None else common)]
    known = [(pair, c) for pair in pairs if (c := known_change(*pair))]
    if not known or not known[0][0][0] or not known[0][0][1]:
        return now, before
    both = total([c for _, c in known])
    return (
        _as_sum(known[0][0][0], asked.area, both.now, len(known), both.exact),
        _as_sum(known[0][0][1], asked.area, both.before, len(known), both.exact),
    )


def _as_sum(value: Value, area: str, number: float, n: int, exact: bool) -> Value:  # noqa: FBT001
    return value._replace(
        series_id=0, ref_area=area, obs_value=number, low=None, high=None,
        qualifier="exact" if exact else "about", method="summed", n_reported=n, n_expected=n,
    )  # fmt: skip


def _overlapping(change: Change, parts: dict[str, Change]) -> bool:
    """Return whether the parts are more than the total in either window."""
    now, before = sum(c.now for c in parts.values()), sum(c.before for c in parts.values())
    noise = NOISE * (abs(now) + abs(before))
    return now - change.now > noise or before - change.before > noise
