"""Puts corrections beside the reports that they correct; the originals stay to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from etl.records import CORRECTED, OBSERVATION, Issue
from etl.sentences import with_unit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from etl.catalogue import Catalogue, Correction


def corrected(observations: pa.Table, catalogue: Catalogue) -> tuple[pa.Table, list[Issue]]:
    """The reports with a row more for each correction that applies, and what became of each.

    A correction is a report of its own, at the cell that it corrects and above every level of
    approval. It does not apply once the source, or another that ranks with it, prints something
    else: then the office has put the figure right itself, or a person must look.
    """
    rows, issues = [], []
    for one in catalogue.corrections:
        found = _reports(observations, one)
        others = [row for row in found if not _prints(row, one)]
        row = _corrected(found[0], one, catalogue) if found and not others else None
        issues.append(_issue(one, row, others or found, catalogue))
        rows += [row] if row else []
    added = pa.Table.from_pylist(rows, OBSERVATION)
    return (pa.concat_tables([observations, added]) if rows else observations), issues


def _reports(observations: pa.Table, one: Correction) -> list[dict[str, Any]]:
    """The reports at the key or place that a correction names."""
    which = pa.array([True]).take(pa.repeat(0, observations.num_rows))
    for name, word in one.where.items():
        which = pc.and_(which, pc.equal(observations[name].cast(pa.string()), word))
    rows: list[dict[str, Any]] = observations.filter(which).to_pylist()
    if "cell" in one.where:
        return rows
    first = max(map(_rank, rows), default=None)  # a later report replaces what was corrected
    return [row for row in rows if _rank(row) == first]


def _rank(row: dict[str, Any]) -> tuple[bool, int, dt.date]:
    """What precedence.sql prefers: a number, the level of approval, the later report."""
    return row["obs_value"] is not None, row["approval"], row["reported_on"]


def _prints(row: dict[str, Any], one: Correction) -> bool:
    """Whether a report still prints what is expected: as text, or as a number 86.50 for 86.5."""
    printed, expected = str(row["printed"]).strip(), one.expect.strip()
    return printed == expected or (
        _number(printed) is not None and _number(printed) == _number(expected)
    )


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return None


def _corrected(row: dict[str, Any], one: Correction, catalogue: Catalogue) -> dict[str, Any]:
    factor = _factor(row, one, catalogue)
    value, half = (round(number * factor, 9) for number in (float(one.value), one.half))
    return row | {
        "obs_value": value,
        "rounding": half,
        "low": None,
        "high": None,
        "obs_status": "A",
        "qualifier": "exact",
        "printed": one.value,
        "unit_printed": one.unit or row["unit_printed"],
        "approval": CORRECTED,
    }


def _factor(row: dict[str, Any], one: Correction, catalogue: Catalogue) -> float:
    """Base units in one of the correction's: of its own unit, else as the cell itself was read."""
    if one.unit:
        return catalogue.units[one.unit].factor
    printed = _number(str(row["printed"]))
    if printed and row["obs_value"]:
        return float(f"{row['obs_value'] / printed:.12g}")
    unit = catalogue.units.get(row["unit_printed"])
    return unit.factor if unit else 1.0


def _issue(
    one: Correction,
    row: dict[str, Any] | None,
    found: Sequence[dict[str, Any]],
    catalogue: Catalogue,
) -> Issue:
    """A note of what was corrected by whom; a warning where the source prints something else."""
    rule = "corrected" if row else "correction_outdated" if found else "correction_unmatched"
    nowhere = {"source_file": "corrections.yml", "printed": one.expect}
    place: dict[str, Any] = found[0] if found else nowhere
    unit = place.get("unit_printed", "")
    figures = {
        "expect": (one.expect, unit),
        "value": (one.value, one.unit or unit),
        "printed": (place["printed"], unit),
    }
    words = {
        "reason": one.reason, "who": one.who, "when": one.when.isoformat(), "entry": one.entry,
        "where": " ".join(one.where.values()),
        "area": place.get("ref_area", ""), "indicator": place.get("indicator", ""),
    }  # fmt: skip
    for name, figure in figures.items():
        words[name], words[f"{name}_en"] = with_unit(*figure, catalogue)
    names = (
        *("sheet", "cell", "printed", "source_file", "source_id", "dataset", "indicator"),
        *("ref_area", "period_start", "period_end"),
    )
    return Issue(rule, words=words, **{name: place[name] for name in names if name in place})
