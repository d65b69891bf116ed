"""The files that a chart is offered as: one button that opens a list, each made on being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard import exports
from dashboard.door import safe_name
from dashboard.ui.asking import later
from dashboard.ui.releasing import releasing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.charts import Chart, Point
    from dashboard.queries.values import Measure
    from dashboard.ui.view import View

OFFICE = "application/vnd.openxmlformats-officedocument"


class Kind(NamedTuple):
    """What a browser is told of a file, and the sign before its name."""

    mime: str
    icon: str


KINDS = {
    "csv": Kind("text/csv", ":material/table_view:"),
    "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", ":material/table_chart:"),
    "pptx": Kind(f"{OFFICE}.presentationml.presentation", ":material/slideshow:"),
    "docx": Kind(f"{OFFICE}.wordprocessingml.document", ":material/description:"),
    "pdf": Kind("application/pdf", ":material/picture_as_pdf:"),
    "svg": Kind("image/svg+xml", ":material/polyline:"),
    "png": Kind("image/png", ":material/image:"),
}
OF_A_CHART = ("csv", "xlsx", "pptx", "svg", "png")
SHEETS = ("csv", "xlsx")  # what holds a table of any size
ROW = 56  # pixels that a file takes in the list


def downloads(
    view: View,
    chart: Chart,
    name: str,
    measure: Measure = "value",
    rests_on: Sequence[Point] = (),
    kinds: Sequence[str] = OF_A_CHART,
) -> None:
    """Offer a chart as files; what is in the list is drawn once it is open."""
    say = view.words
    with st.popover(
        say("download.menu"),
        icon=":material/download:",
        key=f"files_{name}",
        on_change="rerun",
    ) as menu:
        if not menu.open:
            st.space(ROW * len(kinds))  # the list opens upwards where it has no room below
            return
        released = releasing(chart, measure, say)
        title = released().title  # the page's own may tell what no file may
        makers = _makers(view, released, chart, measure, rests_on)
        for kind in kinds:
            if kind == "png" and not exports.has_typeface():
                st.caption(say("export.no_typeface"))
            else:
                download(say(f"download.{kind}"), makers[kind], name, kind, title)


def download(label: str, make: Callable[[], bytes], name: str, kind: str, called: str = "") -> None:
    """Offer one file of a kind; it is ``called`` as what it shows, else by its name here."""
    st.download_button(
        label,
        make,
        safe_name(f"{called or name}.{kind}"),
        KINDS[kind].mime,
        key=f"{kind}_{name}",
        on_click="ignore",
        icon=KINDS[kind].icon,
    )


def _makers(
    view: View,
    released: Callable[[], exports.Released],
    chart: Chart,
    measure: Measure,
    rests_on: Sequence[Point],
) -> dict[str, Callable[[], bytes]]:
    """Return what makes each kind of file; there is no session when it is called."""
    asked, say = later(), view.words

    def book() -> bytes:
        shown = released()
        origins = exports.origins_of(asked, [*chart.points, *rests_on], measure)
        return exports.to_xlsx(shown, origins, say)

    return {
        "csv": lambda: exports.to_csv(released(), say),
        "xlsx": book,
        "pptx": lambda: exports.to_pptx(released()),
        "svg": lambda: exports.to_svg(released()).encode(),
        "png": lambda: exports.to_png(released()),
    }
