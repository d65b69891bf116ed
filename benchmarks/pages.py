"""From a choice to what it changes on Counties, Overview and Explore, in turns with bare Dash.

Counties: the bars of another quarter. Overview: the figures of its tiles. Explore: the list from
another quarter on. Our pages draw more after that (a map, tables, sentences), which is not awaited.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.browser import (
    DATA,
    INDICATOR,
    PEERS,
    ROOT,
    WORK,
    chromium,
    free_port,
    quarters,
    serving,
)  # fmt: skip
from benchmarks.report import Row
from etl.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

AREA = "620700"
# Notes when a choice was made, and when what the page is about last changed. A list in Streamlit is
# a picture: what is written into it counts when it stood there never before.
WATCH = """
window.bench = {chosen: 0, drawn: 0, marks: '', written: new Set()};
for (const kind of ['keydown', 'click'])
  addEventListener(kind, () => { bench.chosen = performance.now(); }, true);
const fillText = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
  if (!bench.written.has(text)) { bench.written.add(text); bench.list = performance.now(); }
  return fillText.call(this, text, ...place);
};
const look = () => {
  const marks = %s;
  if (marks && marks !== bench.marks) { bench.marks = marks; bench.drawn = performance.now(); }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
TEXT = "[...document.querySelectorAll('%s')].map(e => e.textContent).join('|')"
BARS = "[...(document.querySelector('.js-plotly-plot')?.querySelectorAll('.bars path') ?? [])]"


@dataclass(frozen=True)
class Compared:
    """A page: what its address says, which box is changed, what is watched in ours and in Dash."""

    name: str
    query: str
    box: str
    ours: str
    dash: str
    limit: float  # × Dash, from issue C


SHAPES = f"{BARS}.map(e => e.getAttribute('d')).join('|')"
COMPARED = (
    Compared("counties", f"area={AREA}&indicator={INDICATOR}", "时期", SHAPES, SHAPES, 1.3),
    Compared("overview", f"area={AREA}", "时期", TEXT % ".tile .figure", TEXT % "p.figure", 2.0),
    Compared(
        "explore", f"form=values&indicators={INDICATOR}&areas={AREA}&reach=parts",
        "起", "bench.list", TEXT % "td", 2.0,
    ),
)  # fmt: skip


def run() -> list[Row]:
    """Measure all three on the demonstration data, loaded anew."""
    vintages = WORK / "vintages"
    load([DATA / "demo"], DATA, vintages, (DATA / "catalogue",), fresh=True)
    database = vintages / (vintages / "current").read_text("utf-8").strip() / "indicators.duckdb"
    periods = quarters(database)
    port = free_port()
    command = ["-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with ExitStack() as stack:
        stack.enter_context(serving(command, port, ROOT, {"VINTAGES": str(vintages)}))
        browser = stack.enter_context(chromium())
        return [_row(page, *_waits(page, browser, port, database, periods)) for page in COMPARED]


def _waits(
    page: Compared, browser: Browser, port: int, database: Path, periods: list[str]
) -> tuple[list[float], list[float]]:
    """Milliseconds of ours and of Dash, in turns."""
    first = f"first={periods[0]}" if page.box == "起" else f"period={periods[-1]}"
    url = f"http://127.0.0.1:{port}/{page.name}?dataset=demonstration&freq=Q&{page.query}&{first}"
    with bare_dash(page.name, database) as address:
        ours = _opened(browser, url, page.ours)
        dash = _opened(browser, address, page.dash)
        mine, bare = [], []
        for _ in range(len(periods) - 2):
            mine.append(_change(ours, lambda: _pick(ours, page.box)))
            bare.append(_change(dash, lambda: _pick_dash(dash, page.box)))
        ours.context.close()
        dash.context.close()
    return mine, bare


@contextmanager
def bare_dash(page: str, database: Path) -> Iterator[str]:
    """A bare page, and its address."""
    port = free_port()
    command = [str(PEERS / "bare_dash_pages.py"), str(database), page, INDICATOR, str(port)]
    with serving(command, port, PEERS):
        yield f"http://127.0.0.1:{port}"


def _opened(browser: Browser, url: str, marks: str) -> Tab:
    tab = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    tab.add_init_script(WATCH % marks)
    tab.goto(url)
    tab.wait_for_function("bench.drawn > 0", timeout=60_000)
    tab.wait_for_timeout(2500)
    return tab


def _pick(tab: Tab, box: str) -> None:
    """Pick another quarter: lists of one begin with the newest, of a span with the oldest."""
    tab.get_by_test_id("stSelectbox").filter(has_text=box).first.locator("input").click()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")


def _pick_dash(tab: Tab, box: str) -> None:
    """Pick the same in the dropdown, whose list always begins with the oldest."""
    tab.locator("#period").click()
    chosen = "[role=option][aria-selected=true]"
    beside = f"{chosen} + [role=option]" if box == "起" else f"[role=option]:has(+ {chosen})"
    tab.locator(beside).click()


def _change(tab: Tab, pick: Callable[[], None]) -> float:
    """Make one choice and wait until what the page is about has changed and rests."""
    before = tab.evaluate("bench.drawn")
    pick()
    tab.wait_for_function("before => bench.drawn > before", arg=before, timeout=20_000)
    tab.wait_for_timeout(1000)
    return float(tab.evaluate("bench.drawn - bench.chosen"))


def _row(page: Compared, mine: list[float], bare: list[float]) -> Row:
    ours, dash = median(mine), median(bare)
    return Row(
        what=f"choice to new {page.name}, median of {len(mine)}",
        measured=f"{ours:.0f} ms",
        beside=f"bare Dash {dash:.0f} ms, {ours / dash:.2f} ×",
        target=f"≤ {page.limit} × Dash",
        met=ours <= page.limit * dash,
    )
