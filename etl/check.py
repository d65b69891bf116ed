"""Checks reports against each other by declared relations, and words what does not agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa

from etl.records import Issue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from etl.catalogue import Breakdown, Catalogue, Relation, Unit

SQL = Path(__file__).with_name("check.sql")
RULES = {
    "about_equal": "relation_about_equal",
    "at_most": "relation_at_most",
    "contains": "interval_below_part",
    "parts": "parts_not_total",
}
Row = dict[str, Any]


def check(observations: pa.Table, catalogue: Catalogue) -> list[Issue]:
    """What reports contradict by the catalogue's relations; ``observations`` as OBSERVATION.

    Values are compared by what they can mean: exact ones give or take their printed rounding,
    others by their bounds. Only reports of one dataset meet, and of a key only the latest.
    """
    with duckdb.connect() as con:
        _prepare(con, observations, catalogue)
        found = [(one, row) for one in catalogue.relations for row in _found(con, one)]
    reports = _reports(observations, [row for _, row in found])
    return [_issue(relation, row, reports, catalogue) for relation, row in found]


def _prepare(con: duckdb.DuckDBPyConnection, observations: pa.Table, catalogue: Catalogue) -> None:
    """Puts the reports and what the catalogue says of them where check.sql looks."""
    numbered = observations.append_column("id", pa.array(np.arange(len(observations))))
    known = [
        (one.indicator, one.kind, catalogue.units[one.display_unit].dimension == "count")
        for one in catalogue.indicators.values()
    ]
    parts = observations["breakdown"].unique().to_pylist()
    con.register("observations", numbered)
    con.register("known", _table(("indicator", "kind", "whole"), known))
    columns = ("breakdown", "above", "set_of", "set_size")
    rows = [row for part in parts if part != "_T" for row in _part_of(part, catalogue)]
    con.execute("create temp table part_of (breakdown text, above text, set_of text, set_size int)")
    if rows:
        con.register("part_rows", _table(columns, rows))
        con.execute("insert into part_of select * from part_rows")
    con.execute(SQL.read_text(encoding="utf-8"))


def _table(columns: tuple[str, ...], rows: list[Any]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows])


def _part_of(breakdown: str, catalogue: Catalogue) -> Iterator[tuple[str, str, str, int]]:
    """Every breakdown that holds this one, with the set of disjoint parts that it belongs to.

    ``category:自主就业`` lies in ``category:返乡退役士兵`` and in ``_T``, and may be added to
    政府安排工作 beside it. Under the total only exhaustive parts are known to be disjoint.
    """
    pairs = breakdown.split(";")
    for pair in pairs:
        part = catalogue.breakdowns.get(_key(pair))
        if part is None:
            continue
        rest = [other for other in pairs if other != pair]
        set_of, set_size = _set_of(part, catalogue)
        within = ";".join([*rest, set_of])
        for above in _ancestors(part, catalogue):
            whole = sorted([*rest, f"{part.dimension}:{above}"] if above else rest)
            direct = above == part.parent
            yield breakdown, ";".join(whole) or "_T", within, set_size if direct else 0


def _set_of(part: Breakdown, catalogue: Catalogue) -> tuple[str, int]:
    """The name of the parts that may be added to this one, and how many make up their whole."""
    if part.parent is None and not part.exhaustive:
        return f"{part.dimension}:{part.code}", 0
    siblings = [
        other
        for other in catalogue.breakdowns.values()
        if (other.dimension, other.parent) == (part.dimension, part.parent)
    ]
    whole = len(siblings) if all(other.exhaustive for other in siblings) else 0
    return f"{part.dimension}<{part.parent or '_T'}", whole


def _ancestors(part: Breakdown, catalogue: Catalogue) -> Iterator[str | None]:
    while part.parent is not None:
        yield part.parent
        part = catalogue.breakdowns[part.dimension, part.parent]
    yield None


def _key(pair: str) -> tuple[str, str]:
    dimension, _, code = pair.partition(":")
    return dimension, code


def _found(con: duckdb.DuckDBPyConnection, relation: Relation) -> list[Row]:
    if relation.kind in ("contains", "parts"):
        result = con.execute(f"from {relation.kind} order by id")
    else:
        codes = [relation.left, relation.right]
        result = con.execute(f"from {relation.kind}(?, ?) order by id", codes)
    rows: list[Row] = result.to_arrow_table().to_pylist()
    return rows


def _reports(observations: pa.Table, found: list[Row]) -> dict[int, Row]:
    """The reports that contradict each other, by their number."""
    ids = sorted({number for row in found for number in (row["id"], *row["others"])})
    rows = observations.take(pa.array(ids, pa.int64())).to_pylist()
    return dict(zip(ids, rows, strict=True))


def _issue(relation: Relation, found: Row, reports: dict[int, Row], catalogue: Catalogue) -> Issue:
    """The issue stands at the whole, or at the left of two indicators, and names the others."""
    mine, *others = (reports[number] for number in (found["id"], *found["others"]))
    same_sheet = [other for other in others if _place(other)[:2] == _place(mine)[:2]]
    cells = dict.fromkeys([mine["cell"], *(other["cell"] for other in same_sheet)])
    return Issue(
        rule=RULES[relation.kind],
        sheet=mine["sheet"],
        cell=",".join(cells),
        printed=mine["printed"],
        words=_words(relation, found, mine, others, catalogue),
        source_file=mine["source_file"],
        source_id=mine["source_id"],
        dataset=mine["dataset"],
        indicator=mine["indicator"],
        ref_area=mine["ref_area"],
        period_start=mine["period_start"],
        period_end=mine["period_end"],
    )


def _words(
    relation: Relation, found: Row, mine: Row, others: list[Row], catalogue: Catalogue
) -> dict[str, Any]:
    """What fills the blanks of the rule's sentences; a word in English ends in ``_en``."""
    area, area_en = _area(mine["ref_area"], catalogue)
    left, left_en = _name([mine], catalogue)
    right, right_en = _name(others, catalogue)
    unit = catalogue.units[catalogue.indicators[mine["indicator"]].display_unit]
    amounts = {
        "left_value": found["value"],
        "right_value": found["other_value"],
        "gap": found["gap"],
        "tolerance": found["tolerance"],
    }
    return {
        "area": area,
        "area_en": area_en,
        "left": left,
        "left_en": left_en,
        "right": right,
        "right_en": right_en,
        "period": _span(mine),
        "part_period": _span(others[0]),
        "other": "; ".join(" › ".join(filter(None, _place(other))) for other in others),
        "hint": relation.hint,
        "hint_en": relation.hint_en,
        **{word: _amount(value, unit) for word, value in amounts.items()},
        **{f"{word}_en": _amount_en(value, unit) for word, value in amounts.items()},
    }


def _place(row: Row) -> tuple[str, str, str]:
    return row["source_file"], row["sheet"], row["cell"]


def _area(ref_area: str, catalogue: Catalogue) -> tuple[str, str]:
    """张掖市市本级 for a local area, whose own name says little."""
    area = catalogue.areas[ref_area]
    if area.level != "local" or area.parent is None:
        return area.name, area.name_en
    above = catalogue.areas[area.parent]
    return above.name + area.name, f"{above.name_en}, {area.name_en}"


def _name(rows: list[Row], catalogue: Catalogue) -> tuple[str, str]:
    """The indicator with its parts: 接收退役军人数（政府安排工作 + 自主就业）."""
    indicator = catalogue.indicators[rows[0]["indicator"]]
    parts = [row["breakdown"].split(";") for row in rows if row["breakdown"] != "_T"]
    if not parts:
        return indicator.name, indicator.name_en
    named = [[catalogue.breakdowns[_key(pair)] for pair in pairs] for pairs in parts]
    zh = " + ".join("、".join(part.name for part in each) for each in named)
    en = " + ".join(", ".join(part.name_en for part in each) for each in named)
    return f"{indicator.name}（{zh}）", f"{indicator.name_en} ({en})"


def _span(row: Row) -> str:
    """The period as both languages read it: 2024-01—2024-07, a stock's day, one month."""
    start: dt.date = row["period_start"]
    end: dt.date = row["period_end"]
    if start == end:
        return start.isoformat()
    first, last = start.isoformat()[:7], end.isoformat()[:7]
    return first if first == last else f"{first}—{last}"


def _amount(value: float | None, unit: Unit) -> str:
    """A value in its display unit, without digits that nobody printed: 206.66 万元."""
    return "" if value is None else f"{_digits(value / unit.factor)} {unit.unit}"


def _amount_en(value: float | None, unit: Unit) -> str:
    """A value as English counts, which has no 万: 2,066,600 yuan."""
    if value is None:
        return ""
    return f"{_digits(value)} {unit.name_en if unit.factor == 1 else unit.unit_measure}"


def _digits(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")
