"""Every question that the pages ask of a vintage of ten million observations.

The pages themselves run, with areas, indicators and periods drawn by lot; each question is timed
the first time it is asked, as a reader would wait for it.
"""

from __future__ import annotations

import random
import shutil
import time
from collections import defaultdict
from statistics import median, quantiles
from typing import TYPE_CHECKING

import duckdb
from streamlit.logger import set_log_level
from streamlit.testing.v1 import AppTest

from benchmarks.report import Row
from benchmarks.series import vintage
from dashboard import store
from dashboard.door import MOST_REVISIONS
from dashboard.queries import areas, choices, gaps, lineage
from dashboard.ui import asking
from etl.revisions import revisions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

set_log_level("error")  # Streamlit warns that no browser asks

VIEWS = 25
LIMIT = 20.0  # milliseconds, p95, from issue A
SEED = 20250110


def run() -> list[Row]:
    """Time each page's questions, the way back to the cells, and who reported."""
    database = vintage()
    start = time.perf_counter()
    con = store.open_vintage(database)
    opening = time.perf_counter() - start
    n_series, n_observations = con.execute(
        "select (select count(*) from stored.series), (select count(*) from stored.observation)"
    ).fetchone()
    of = f"{n_observations:,} observations, {n_series:,} series values"
    rows = [Row(f"open a vintage of {of}", f"{opening:.1f} s")]
    rows += [row_of(page, times) for page, times in page_times(database, con).items()]
    rows.append(row_of("source cells of a value", lineage_times(con)))
    rows.append(row_of("who reported an indicator, seven areas in a year", gaps_times(con)))
    return [*rows, comparison_row(database)]


def row_of(what: str, times: list[float]) -> Row:
    """The 95th percentile of some milliseconds against the limit."""
    p95 = quantiles(times, n=20)[-1]
    return Row(
        what=f"questions of {what}, p95 of {len(times)}",
        measured=f"{p95:.1f} ms",
        beside=f"median {median(times):.1f} ms, longest {max(times):.1f} ms",
        target=f"< {LIMIT:.0f} ms",
        met=p95 < LIMIT,
    )


def page_times(database: Path, con: duckdb.DuckDBPyConnection) -> dict[str, list[float]]:
    """Milliseconds of each page's questions."""
    dice = random.Random(SEED)
    times: dict[str, list[float]] = defaultdict(list)
    for page in ("overview", "trends", "changes", "counties", "county", "topics", "explore"):
        answers: dict[object, object] = {}
        asking._answer = timed(con, answers, times[page])
        for _ in range(VIEWS):
            show(database, page, view(con, dice))
    return dict(times)


def timed(
    con: duckdb.DuckDBPyConnection, answers: dict[object, object], times: list[float]
) -> Callable[..., object]:
    """What `dashboard.ui.asking` does, with a clock: remember answers, time the new ones."""

    def answer(
        database: Path,
        in_force: Path,
        question: Callable[..., object],
        chosen: tuple[object, ...],
        named: tuple[tuple[str, object], ...],
    ) -> object:
        key = (question, chosen, named)
        if key not in answers:
            start = time.perf_counter()
            answers[key] = question(con.cursor(), *chosen, **dict(named))
            times.append(1000 * (time.perf_counter() - start))
        return answers[key]

    return answer


def view(con: duckdb.DuckDBPyConnection, dice: random.Random) -> dict[str, str]:
    """An address drawn by lot: a prefecture, its counties, three indicators, a span of quarters."""
    parent = dice.choice(choices.parents(con, "reported"))
    children = con.execute("select ref_area from ref_area where parent = ?", [parent]).fetchall()
    indicators = dice.sample(choices.available_indicators(con, "reported", "Q"), 3)
    periods = choices.periods(con, "reported", "Q")
    first, last = sorted(dice.sample(periods, 2))
    return {
        "area": parent,
        "areas": ",".join([parent, *(code for (code,) in children)]),
        "indicator": indicators[0],
        "indicators": ",".join(indicators),
        "period": last,
        "first": first,
        "last": last,
        "measure": dice.choice(("value", "ytd")),
        "form": dice.choice(("values", "reports", "pivot")),
        "status": dice.choice(("", "O", "A,P,E")),
        "against": dice.choice(("year", "windows")),
    }


def show(database: Path, page: str, address: dict[str, str]) -> None:
    """Run one page as a reader's browser would make it run."""
    app = AppTest.from_function(inside, kwargs={"database": database, "page": page})
    app.query_params.update(address)
    app.run(timeout=60)
    if app.exception:
        raise RuntimeError(f"{page} {address}: {app.exception[0].message}")


def inside(database: object, page: str) -> None:
    """The frame around a page, in its own script: AppTest sees one page only."""
    import runpy
    from pathlib import Path

    import streamlit as st

    from dashboard.door import Place
    from dashboard.ui.frame import FOLDER, PAGES
    from dashboard.ui.view import make_view

    st.session_state["database"] = database
    st.session_state["place"] = Place(Path(str(database)).parent)
    st.session_state["view"] = make_view("reported", "Q", "zh")
    st.session_state["pages"] = {name: st.Page(FOLDER / f"{name}.py") for name in PAGES}
    runpy.run_path(str(FOLDER / f"{page}.py"))


def lineage_times(con: duckdb.DuckDBPyConnection) -> list[float]:
    """Milliseconds from a value to its cells, for derived quarters of a county and sums."""
    dice = random.Random(SEED)
    picked = con.execute(
        "select series_id, method from series where obs_value is not null and method <> 'reported' "
        "using sample 2000 (reservoir, 20250110)"
    ).fetchall()
    times = []
    for series_id, _ in dice.sample(picked, 4 * VIEWS):
        start = time.perf_counter()
        lineage.cells(con.cursor(), series_id)
        times.append(1000 * (time.perf_counter() - start))
    return times


def gaps_times(con: duckdb.DuckDBPyConnection) -> list[float]:
    """Milliseconds of the data page's matrix: a prefecture's counties, each indicator, a year."""
    dice = random.Random(SEED)
    times = []
    for parent in dice.sample(choices.parents(con, "reported"), VIEWS):
        members = areas.children(con, parent)[:7]
        for indicator in gaps.indicators(con, "reported", "Q"):
            start = time.perf_counter()
            gaps.expected(con.cursor(), "reported", (indicator,), members, "2023-Q1", "2023-Q4")
            times.append(1000 * (time.perf_counter() - start))
    return times


def comparison_row(database: Path) -> Row:
    """Seconds to tell two vintages of this size apart, figure by figure: asked once, by hand."""
    other = database.parent.with_name("revised") / database.name
    if not other.is_file():
        other.parent.mkdir(exist_ok=True)
        shutil.copyfile(database, other)
        with duckdb.connect(other) as con:
            con.execute("update observation set obs_value = obs_value + 1 where in_force "
                        "and observation_id % 10_000 = 0")  # fmt: skip
    start = time.perf_counter()
    counts = revisions(database.parent, other.parent, MOST_REVISIONS, "reported").counts
    seconds = time.perf_counter() - start
    told = f"{counts['revised']:,} figures revised"
    return Row("two vintages of that size compared", f"{seconds:.1f} s", told)
