"""Which of several reports of one key is in force, and why: said once, for checks and vintages."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.arrivals import ordered, repeated
from etl.asked import report_key
from etl.catalogue.pins import Chosen
from etl.records import OBSERVATION, Issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SQL = Path(__file__).with_name("precedence.sql")
CHOSEN = pa.schema([(field.name, pa.string()) for field in fields(Chosen)])
KEY = ("dataset", "indicator", "ref_area", "breakdown", "period_start", "period_end")
SET_ASIDE = "set_aside"  # the reason of a report that a person called wrong
COLUMNS = ("observation_id", *OBSERVATION.names, "in_force", "reason")


def settled(
    observations: pa.Table, chosen: Sequence[Chosen] = (), wrong: Sequence[str] = ()
) -> pa.Table:
    """Reports by key and place as the table observation has them: numbered, and judged.

    A key's only report is in force (``only``); of several precedence.sql says which. ``chosen``
    are the reports that people named, ``wrong`` (etl.asked.report_key) those that they called
    wrong: these are never in force.
    """
    table = ordered(observations)
    aside = at_places(table, wrong)
    with duckdb.connect() as con:
        con.register("repeated", repeated(table))
        con.register("wrong", pa.table({"observation_id": pa.array(aside + 1)}))
        con.register("chosen_by_answer", pa.Table.from_pylist(list(map(asdict, chosen)), CHOSEN))
        judged = con.execute(SQL.read_text("utf-8")).to_arrow_table()
    at = judged["observation_id"].to_numpy() - 1
    in_force = np.ones(table.num_rows, np.bool_)
    in_force[at] = judged["in_force"].to_numpy()
    reasons = list(dict.fromkeys(("only", SET_ASIDE, *judged["reason"].to_pylist())))
    reason = np.zeros(table.num_rows, np.int8)
    reason[at] = [reasons.index(word) for word in judged["reason"].to_pylist()]
    in_force[aside], reason[aside] = False, reasons.index(SET_ASIDE)
    said = pa.DictionaryArray.from_arrays(pa.array(reason), pa.array(reasons))
    table = table.append_column("in_force", pa.array(in_force)).append_column("reason", said)
    return table.select(COLUMNS)


def at_places(table: pa.Table, places: Sequence[str]) -> NDArray[np.int64]:
    """The numbers of the rows at some places, each as report_key names it."""
    which = np.zeros(table.num_rows, np.bool_)
    for place in places:
        source_id, cell, sheet = place.split("|", 2)
        which |= rows_at(table, source_id, sheet, [cell])
    return np.flatnonzero(which)


def rows_at(table: pa.Table, source_id: str, sheet: str, cells: Sequence[str]) -> NDArray[np.bool_]:
    """Which rows are reports of some cells of one sheet."""
    there = pc.and_(
        pc.equal(table["source_id"].cast(pa.string()), source_id),
        pc.equal(table["sheet"].cast(pa.string()), sheet),
    )
    which: NDArray[np.bool_] = pc.and_(there, pc.is_in(table["cell"], pa.array(cells))).to_numpy()
    return which


def ties(reports: pa.Table) -> list[Issue]:
    """One question a key whose reports contradict each other and none of which comes first."""
    rows = reports.filter(pa.compute.equal(reports["reason"].cast(pa.string()), "conflict"))
    found: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        found.setdefault(tuple(str(row[name]) for name in KEY), []).append(row)
    return [_tie(key, rows) for key, rows in found.items()]


def _tie(key: tuple[object, ...], rows: list[dict[str, Any]]) -> Issue:
    first = rows[0]
    beside = [r["cell"] for r in rows if all(r[n] == first[n] for n in ("source_id", "sheet"))]
    places = (f"{r['source_file']} › {r['sheet']} › {r['cell']}：{r['printed']}" for r in rows)
    words = {
        "area": first["ref_area"], "indicator": first["indicator"],
        "period": first["time_period"], "count": len(rows), "reports": "；".join(places),
        "key": "|".join(map(str, key)),
        "among": tuple(map(report_key, rows)),
    }  # fmt: skip
    return Issue(
        "reports_tie", first["sheet"], ",".join(beside), first["printed"], words,
        first["source_file"], first["source_id"], first["dataset"], first["indicator"],
        first["ref_area"], first["period_start"], first["period_end"], form="report",
    )  # fmt: skip
