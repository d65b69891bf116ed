"""From a number to its cells: the numbers shown, the cells of one, the sheet around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.locale.periods import span_name
from dashboard.queries import lineage
from dashboard.ui.asking import ask
from dashboard.ui.picture import picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Point
    from dashboard.queries.values import Measure
    from dashboard.ui.view import View

TALLEST = 320  # pixels; a longer list scrolls
CELL_COLUMNS = ("role", "where", "printed", "what", "reported")


def sources(view: View, points: Sequence[Point], name: str, measure: Measure = "value") -> None:
    """List the numbers shown; a click on one shows the cells that it comes from."""
    say = view.words
    known = [p for p in points if p.mark != "gap"]
    with st.expander(say("source.open"), key=f"sources_{name}", on_change="rerun") as opened:
        if not opened.open:
            return
        st.caption(say("source.choose"))
        rows = [(p.indicator, p.area, p.period, p.text) for p in known]
        columns = [say(f"table.{c}") for c in ("indicator", "area", "period", "shown")]
        picked = pick_row(pd.DataFrame(rows, columns=columns), f"source_{name}", say("source.open"))
        if picked is not None and picked < len(known):
            point = known[picked]
            cells(view, point.series_id, point.measure or measure, name, point.divisor)


def pick_row(table: pd.DataFrame, key: str, alt: str, tallest: int = TALLEST) -> int | None:
    """Show a table and return the row of the cell that was clicked."""
    event: Any = st.dataframe(
        table,
        hide_index=True,
        height=min(tallest, 38 + 35 * len(table)),
        on_select="rerun",
        selection_mode="single-cell",
        key=key,
        alt=alt,
    )
    clicked = event.selection["cells"]
    return int(clicked[0][0]) if clicked else None


def cells(view: View, series_id: int, measure: Measure, name: str, divisor: int = 0) -> None:
    """Show the cells of a number, and the sheet around the first or the one clicked."""
    say = view.words
    found = ask(lineage.cells, series_id, measure)
    if divisor:
        found = _of_quotient(found, divisor, measure)
    if not found:
        return
    rows = [_cell(view, cell) for cell in found]
    columns = [say(f"source.columns.{c}") for c in CELL_COLUMNS]
    if len(found) > 1:
        st.caption(say("source.choose_cell", n=len(found)))
    key = f"cells_{name}_{series_id}"
    picked = pick_row(pd.DataFrame(rows, columns=columns), key, say("source.columns.where"))
    cell = found[picked if picked is not None and picked < len(found) else 0]
    picture(say, cell.source_id, cell.source_file, cell.sheet, cell.cell)


def _of_quotient(
    above: tuple[lineage.Cell, ...], divisor: int, measure: Measure
) -> tuple[lineage.Cell, ...]:
    """Return the cells of a quotient's numerator and denominator; a stock has no year to date."""
    below = ask(lineage.cells, divisor, measure) or ask(lineage.cells, divisor, "value")
    return (
        *(cell._replace(role="numerator") for cell in above),
        *(cell._replace(role="denominator") for cell in below),
    )


def as_printed(printed: str, unit: str) -> str:
    """Return a cell with its unit, which some cells say themselves: 27家, 22.5 万元."""
    return printed if printed.endswith(unit) else f"{printed} {unit}"


def _cell(view: View, cell: lineage.Cell) -> tuple[str, ...]:
    say = view.words
    basis = say(f"source.basis.{cell.reported_on_basis}")
    return (
        say(f"source.role.{cell.role}"),
        " › ".join(part for part in (cell.source_file, cell.sheet, cell.cell) if part),
        as_printed(cell.printed, cell.unit_printed),
        " · ".join(
            (
                view.labels.indicator(cell.indicator, cell.breakdown),
                view.labels.area(cell.ref_area),
                span_name(cell.time_period, say),
            )
        ),
        f"{cell.reported_on}（{basis}）"
        if say.language == "zh"
        else f"{cell.reported_on} ({basis})",
    )
