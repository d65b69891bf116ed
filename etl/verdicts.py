"""What people said of figures that a check doubts: in another unit, wrong, or right after all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.asked import asked, sheet_key
from etl.catalogue.answers import RIGHT
from etl.precedence import at_places, rows_at
from etl.read.address import address, each
from etl.records import Issue
from etl.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from etl.catalogue import Catalogue
    from etl.catalogue.answers import Answer

AMOUNTS = ("obs_value", "rounding", "low", "high")


def rescaled(table: pa.Table, catalogue: Catalogue) -> tuple[pa.Table, list[Issue]]:
    """The reports, those in the unit that people named for their cells; a note an answer.

    The cells are those that the question was about: six counties fill the form in 万元, and one
    of them in 元, so that nothing follows for other cells or for the next sheet.
    """
    issues: list[Issue] = []
    for said in _of_kind("scale", catalogue):
        rows = _rows(table, said)
        if said.answer != RIGHT and len(rows):
            first = _row(table, int(rows[0]))
            table = _in_unit(table, rows, said.answer, catalogue)
            issues.append(_note("rescaled", first, said, cell=_cells(said), count=len(rows)))
    return table, issues


def called_wrong(catalogue: Catalogue) -> list[str]:
    """The reports that people called wrong, each by its place."""
    return [said.answer for said in _of_kind("wrong", catalogue) if said.answer != RIGHT]


def left_out(reports: pa.Table, catalogue: Catalogue) -> list[Issue]:
    """A note for each report that a person called wrong."""
    return [
        _note("set_aside", _row(reports, at), said)
        for said in _of_kind("wrong", catalogue)
        for at in at_places(reports, [said.answer] if said.answer != RIGHT else ())[:1].tolist()
    ]


def heard(issues: Iterable[Issue], catalogue: Catalogue) -> list[Issue]:
    """The issues; those of figures that people found right after all are notes."""
    return [_heard(issue, catalogue) for issue in issues] if catalogue.verdicts else list(issues)


def _heard(issue: Issue, catalogue: Catalogue) -> Issue:
    said = catalogue.verdicts.get(asked(issue, catalogue).question_id)
    if said is None or said.answer != RIGHT:
        return issue
    was = sentences(issue, catalogue)
    words = {"who": said.who, "when": said.when[:10], "was": was.message, "was_en": was.message_en}
    return replace(issue, rule="found_right", words=words)


def _of_kind(kind: str, catalogue: Catalogue) -> list[Answer]:
    return [said for said in catalogue.verdicts.values() if said.question == kind]


def _rows(table: pa.Table, said: Answer) -> NDArray[np.int64]:
    """The reports of the sheet and the cells that an answer is about."""
    cells = [address(*cell) for cell in each(_cells(said))]
    places = table.select(["source_id", "sheet"]).group_by(["source_id", "sheet"]).aggregate([])
    for place in places.to_pylist():
        if sheet_key(**place) == said.form:
            return np.flatnonzero(rows_at(table, cells=cells, **place))
    return np.zeros(0, np.int64)


def _cells(said: Answer) -> str:
    """The cells that an answer is about: C5:C12 of ten_thousand_times C5:C12."""
    return said.about.partition(" ")[2]


def _in_unit(table: pa.Table, rows: NDArray[np.int64], unit: str, catalogue: Catalogue) -> pa.Table:
    """The table with the amounts of some rows read in another unit; what is printed stays."""
    printed = table["unit_printed"].cast(pa.string()).to_pylist()
    known, factors = catalogue.units, np.ones(table.num_rows)
    for row in rows.tolist():
        was = known.get(printed[row])
        factors[row] = known[unit].factor / (was.factor if was else 1.0)
        printed[row] = unit
    columns = {name: pc.multiply(table[name], pa.array(factors)) for name in AMOUNTS}
    columns["unit_printed"] = pa.array(printed)
    for name, column in columns.items():
        at = table.schema.get_field_index(name)
        field = table.schema.field(at)
        table = table.set_column(at, field, column.cast(field.type))
    return table


def _row(table: pa.Table, at: int) -> dict[str, Any]:
    row: dict[str, Any] = table.slice(at, 1).to_pylist()[0]
    return row


def _note(rule: str, row: dict[str, Any], said: Answer, **more: Any) -> Issue:  # noqa: ANN401
    """What became of the cells of an answer, at the first of them."""
    names = (
        *("sheet", "cell", "printed", "source_file", "source_id", "dataset", "indicator"),
        *("ref_area", "period_start", "period_end"),
    )
    place = {name: row[name] for name in names} | {k: v for k, v in more.items() if k == "cell"}
    words = {
        "area": row["ref_area"], "indicator": row["indicator"], "period": row["time_period"],
        "printed": row["printed"] + row["unit_printed"], "unit": said.answer,
        "who": said.who, "when": said.when[:10], **more,
    }  # fmt: skip
    return Issue(rule, words=words, **place)
