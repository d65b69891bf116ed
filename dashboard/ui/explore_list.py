"""Lists of the explore page: values or reports, a page at a time, with chosen columns."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
import streamlit as st

from dashboard import exports
from dashboard.charts.listing import DIMS, SAID
from dashboard.locale.periods import period_name
from dashboard.locale.sentences_explore import subject, wanted_sentence
from dashboard.queries import explore
from dashboard.queries.explore import MOST, PER_PAGE, Report
from dashboard.queries.history import Key
from dashboard.queries.values import TOTAL
from dashboard.ui.address import choose_many, keep, settle, widget_key
from dashboard.ui.asking import ask, later
from dashboard.ui.blocks import csv_button
from dashboard.ui.downloads import download
from dashboard.ui.explore_taken import take_list
from dashboard.ui.history import history
from dashboard.ui.picture import picture
from dashboard.ui.releasing import withheld_reports, withheld_values
from dashboard.ui.sources import as_printed, cells, pick_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.queries.values import Measure, Value
    from dashboard.ui.asking import Ask
    from dashboard.ui.explore import Wanted
    from dashboard.ui.view import View


Row = TypeVar("Row", "Value", Report)

HEIGHT = 420  # pixels; a page of two hundred rows scrolls

# What a column says of a report; their periods are of any length.
OF_A_REPORT: dict[str, Callable[[View, Any], str]] = {
    "printed": lambda _, row: as_printed(row.printed, row.unit_printed),
    "file": lambda _, row: row.source_file,
    "place": lambda _, row: " › ".join(part for part in (row.sheet, row.cell) if part),
    "reported": lambda _, row: row.reported_on,
    "standing": lambda view, row: _standing(view, row),
}
OF_VALUES = (*DIMS, *SAID)
OF_REPORTS = (
    "indicator", "breakdown", "area", "period", "printed", "standing", "file", "place",
    "reported", "number", "unit", "status", "qualifier",
)  # fmt: skip
FIGURES = ("shown", "number", "printed")  # columns that tell how many
FIRST = 6  # columns to start with: values up to their mark, reports up to their standing


def values(view: View, wanted: Wanted) -> None:
    """List the values wanted; a click on one shows its history and its cells."""
    n = ask(explore.count, wanted.chosen)
    row = _list(view, wanted, n, OF_VALUES, explore.found, explore.count)
    if row is None:
        return
    measure = wanted.chosen.measure
    key = Key(view.dataset, row.indicator, row.ref_area, row.breakdown, row.time_period)
    st.markdown(
        "#### "
        + view.words(
            "explore.picked",
            indicator=view.labels.indicator(row.indicator, row.breakdown),
            area=view.labels.area(row.ref_area),
            period=period_name(row.time_period, view.words, measure),
        )
    )
    history(view, key, measure)
    cells(view, row.series_id, measure, "explore")


def reports(view: View, wanted: Wanted) -> None:
    """List the reports wanted; a click on one shows its sheet."""
    n = ask(explore.count_reports, wanted.chosen)
    row = _list(view, wanted, n, OF_REPORTS, explore.reports, explore.count_reports)
    if row is not None:
        picture(view.words, row.source_id, row.source_file, row.sheet, row.cell)


def _list(
    view: View,
    wanted: Wanted,
    n: int,
    columns: tuple[str, ...],
    question: Callable[..., tuple[Row, ...]],
    counted: Callable[..., int],
) -> Row | None:
    """Show a page of rows and return the one clicked; of none, say which filter empties it."""
    say, name = view.words, wanted.form
    st.markdown(wanted_sentence(view.labels, wanted, n))
    if not n:
        for key, without in ask(explore.emptied_by, wanted.chosen, counted):
            st.markdown(say("explore.without", filter=say(f"explore.filters.{key}"), n=without))
        return None
    st.caption(say(f"explore.click.{name}"))
    with st.container(horizontal=True, vertical_alignment="center"):
        picked = _pick_columns(view, wanted, columns)
        page = _pick_page(view, n)
    rows = ask(question, wanted.chosen, PER_PAGE, (page - 1) * PER_PAGE)
    header = [say(f"explore.columns.{c}") for c in picked]
    clicked = pick_row(
        pd.DataFrame(_texts(view, rows, picked), columns=header),
        f"explore_{name}_{page}",
        say("app.pages.explore"),
        HEIGHT,
    )
    _downloads(view, wanted, n, picked, partial(_released, view, wanted, later(), question, picked))
    return rows[clicked] if clicked is not None and clicked < len(rows) else None


def _downloads(
    view: View,
    wanted: Wanted,
    n: int,
    picked: tuple[str, ...],
    released: Callable[[], list[tuple[str, ...]]],
) -> None:
    """Offer all that is listed as a table and as a workbook, whose numbers are numbers."""
    say, name = view.words, f"explore_{wanted.form}"
    header = [say(f"explore.columns.{c}") for c in picked]
    first = "" if n <= MOST else say("explore.first", n=MOST)
    about = say("explore.comma").join(subject(view.labels, wanted)) + first

    def book() -> bytes:
        rows = ([_field(c, t) for c, t in zip(picked, row, strict=True)] for row in released())
        return exports.rows_to_xlsx(about, header, rows, view.origin(()), say)

    with st.container(horizontal=True):
        csv_button(
            say("download.csv") + first,
            lambda: exports.rows_to_csv(header, released()),
            name,
            about,
        )
        download(say("download.xlsx") + first, book, name, "xlsx", about)
    if wanted.form == "values":
        take_list(view, wanted, n, picked)


def _field(column: str, text: str) -> str | float:
    """Return a text, or the number that the column of numbers says."""
    return float(text) if column == "number" and text[-1:].isdigit() else text


def _released(
    view: View,
    wanted: Wanted,
    asked: Ask,
    question: Callable[..., tuple[Row, ...]],
    picked: tuple[str, ...],
) -> list[tuple[str, ...]]:
    """Return all that is listed, not its first page only, up to a bound, as it may leave the house.

    Counts of a few persons are withheld, and left out where the list was chosen by their size.
    """
    rows = asked(question, wanted.chosen)
    texts = _texts(view, rows, picked)
    for n in sorted(_withheld(asked, rows, wanted.chosen.measure), reverse=True):
        if wanted.chosen.low is not None or wanted.chosen.high is not None:
            del texts[n]
        else:
            texts[n] = tuple(
                view.words("withheld.text") if column in FIGURES else text
                for column, text in zip(picked, texts[n], strict=True)
            )
    return texts


def _withheld(asked: Ask, rows: Sequence[Value | Report], measure: Measure) -> set[int]:
    reported = [row for row in rows if isinstance(row, Report)]
    if reported:
        return withheld_reports(asked, reported)
    ids = [row.series_id for row in rows if not isinstance(row, Report)]
    return withheld_values(asked, ids, measure)


def _texts(
    view: View, rows: Sequence[Value | Report], columns: tuple[str, ...]
) -> list[tuple[str, ...]]:
    return [tuple(_said(view, column, row) for column in columns) for row in rows]


def _said(view: View, column: str, row: Value | Report) -> str:
    if column in OF_A_REPORT:
        return OF_A_REPORT[column](view, row)
    return (DIMS.get(column) or SAID[column])(view.labels, row)


def _pick_columns(view: View, wanted: Wanted, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Pick the columns to show; the breakdown is one to start with where there is any."""
    say = view.words
    first = columns[:FIRST]
    if wanted.chosen.breakdowns == (TOTAL,):
        first = tuple(column for column in first if column != "breakdown")
    with st.popover(say("explore.columns_of"), icon=":material/view_column:"):
        picked = choose_many(
            wanted.form,
            columns,
            first,
            lambda key: st.multiselect(
                say("explore.columns_of"),
                columns,
                key=key,
                format_func=lambda c: say(f"explore.columns.{c}"),
                select_all=False,
            ),
        )
    return picked or first


def _pick_page(view: View, n: int) -> int:
    """Pick a page of the list; no picker where there is one."""
    pages = -(-n // PER_PAGE)
    if pages == 1:
        return 1
    settle("page", 1, read_page, lambda p: 1 <= p <= pages)
    page = st.pagination(pages, key=widget_key("page"))
    return keep("page", page, 1, str)


def read_page(text: str) -> int | None:
    """Read a page's number; ² is a digit and no number, and nine digits are pages enough."""
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None


def _standing(view: View, row: Report) -> str:
    return view.words("explore.in_force" if row.in_force else "explore.set_aside")
