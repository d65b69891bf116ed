"""What a reader waits for: from a choice to the new chart, and in a fresh browser to the first.

Our Trends page takes turns with a bare Streamlit page and a bare Dash page that show the same
quarters of the same areas from the same database. Every choice is one that nobody made before.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import duckdb
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.peers import PERIODS
from benchmarks.report import Row
from etl.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
PEERS = Path(__file__).parent / "peers"
WORK = Path(__file__).parent / ".work" / "browser"
INDICATOR = "condolence_fund"
AREAS = "620700-00,620702,620721,620722,620723,620724,620725"
FIRST_LOADS = 7
# Ours, from what issue A asks: at most 1.3 × Dash, and below bare Streamlit.
AGAINST_DASH, AGAINST_STREAMLIT = 1.3, 1.0
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# Notes in the page itself when a choice was made, when the lines of the chart last changed and
# when the first tile stood there, in milliseconds since the page was asked for.
WATCH = """
window.bench = {chosen: 0, drawn: 0, tile: 0, lines: ''};
for (const kind of ['keydown', 'click'])
  addEventListener(kind, () => { bench.chosen = performance.now(); }, true);
const look = () => {
  const paths = document.querySelectorAll('.js-plotly-plot path.js-line');
  const lines = [...paths].map(path => path.getAttribute('d')).join();
  if (lines && lines !== bench.lines) { bench.lines = lines; bench.drawn = performance.now(); }
  if (!bench.tile && document.querySelector('.tile .figure')) bench.tile = performance.now();
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@dataclass(frozen=True)
class Site:
    """A page under test: how a person picks the next first quarter, and opens the table before."""

    name: str
    url: str
    next_quarter: Callable[[Page], None]
    open_table: Callable[[Page], None] = lambda page: None


def run() -> list[Row]:
    """Measure all three on the demonstration data, loaded anew."""
    vintages = WORK / "vintages"
    load([DATA / "demo"], DATA, vintages, (DATA / "catalogue",), fresh=True)
    database = vintages / (vintages / "current").read_text("utf-8").strip() / "indicators.duckdb"
    periods = quarters(database)
    with ExitStack() as stack:
        sites = [
            stack.enter_context(site)
            for site in (ours(vintages, periods[0]), bare_streamlit(database), bare_dash(database))
        ]
        browser = stack.enter_context(chromium())
        changes = filter_changes(browser, sites, len(periods) - 2)
        loads = {site.name: first_charts(browser, site.url) for site in sites}
        tiles = first_tiles(browser, sites[0].url.split("/trends")[0])
    return [change_row(changes), load_row(loads), tile_row(tiles)]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        if path is None:
            raise SystemExit("chromium is not on the PATH: make system installs it")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


@contextmanager
def ours(vintages: Path, first: str) -> Iterator[Site]:
    """Our Trends page, from the same first quarter as the others."""
    port = free_port()
    command = ["-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with serving(command, port, ROOT, {"VINTAGES": str(vintages)}):
        url = f"http://127.0.0.1:{port}/trends?dataset=demonstration&freq=Q"
        url += f"&indicators={INDICATOR}&areas={AREAS}&first={first}"
        yield Site("ours", url, pick_ours, open_our_table)


@contextmanager
def bare_streamlit(database: Path) -> Iterator[Site]:
    """A Streamlit page with Streamlit's own settings."""
    port = free_port()
    command = ["-m", "streamlit", "run", str(PEERS / "bare_streamlit.py")]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    command += ["--browser.gatherUsageStats=false", "--", str(database), INDICATOR, AREAS]
    with serving(command, port, PEERS):
        yield Site("bare Streamlit", f"http://127.0.0.1:{port}", pick_streamlit)


@contextmanager
def bare_dash(database: Path) -> Iterator[Site]:
    """A Dash page, served as its tutorial serves it."""
    port = free_port()
    command = [str(PEERS / "bare_dash.py"), str(database), INDICATOR, AREAS, str(port)]
    with serving(command, port, PEERS):
        yield Site("bare Dash", f"http://127.0.0.1:{port}", pick_dash)


@contextmanager
def serving(
    command: list[str], port: int, folder: Path, variables: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; the block begins when it answers."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(variables or {})}
    server = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, server)
        yield server
    finally:
        server.terminate()
        server.wait(10)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when a server answers; it has a minute."""
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"{server.args} ended before it served")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{server.args} does not answer")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def quarters(database: Path) -> list[str]:
    """The quarters that the indicator has, from which all three pages offer the first to show."""
    with duckdb.connect(str(database), read_only=True) as con:
        return [period for (period,) in con.execute(PERIODS, [INDICATOR]).fetchall()]


def pick_streamlit(page: Page) -> None:
    """Pick the option after the one that the page's first select box shows."""
    _pick_next(page, page.get_by_test_id("stSelectbox").first)


def pick_ours(page: Page) -> None:
    """The same of the box that says 起: the breakdowns stand before it."""
    _pick_next(page, page.get_by_test_id("stSelectbox").filter(has_text="起"))


def _pick_next(page: Page, box: Locator) -> None:
    box.locator("input").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def open_our_table(page: Page) -> None:
    """Open the table below the chart; the others have theirs open from the start."""
    page.get_by_test_id("stExpander").first.locator("summary").click()
    page.get_by_test_id("stDataFrame").wait_for()
    page.wait_for_timeout(1000)


def pick_dash(page: Page) -> None:
    """Pick the option after the one that the dropdown shows."""
    page.locator("#first").click()
    page.locator("[role=option][aria-selected=true] + [role=option]").click()


def filter_changes(browser: Browser, sites: list[Site], times: int) -> dict[str, list[float]]:
    """Milliseconds from a choice to the chart that shows it, the sites taking turns."""
    pages = {site.name: opened(browser, site) for site in sites}
    waits: dict[str, list[float]] = {site.name: [] for site in sites}
    for _ in range(times):
        for site in sites:
            waits[site.name].append(change(pages[site.name], site))
    for page in pages.values():
        page.context.close()
    return waits


def change(page: Page, site: Site) -> float:
    """Make one choice and wait until the chart has changed and rests."""
    before = page.evaluate("bench.drawn")
    site.next_quarter(page)
    page.wait_for_function("before => bench.drawn > before", arg=before, timeout=10_000)
    page.wait_for_timeout(1000)
    return float(page.evaluate("bench.drawn - bench.chosen"))


def opened(browser: Browser, site: Site) -> Page:
    """A new browser profile with the page, once its chart and its table are there and rest."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.add_init_script(WATCH)
    page.goto(site.url)
    page.wait_for_function("bench.drawn > 0", timeout=60_000)
    page.wait_for_timeout(1500)
    site.open_table(page)
    return page


def first_charts(browser: Browser, url: str) -> list[float]:
    """Milliseconds from an address typed into a fresh browser to the first chart."""
    waits = []
    for _ in range(FIRST_LOADS):
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.add_init_script(WATCH)
        page.goto(url)
        page.wait_for_function("bench.drawn > 0", timeout=60_000)
        waits.append(float(page.evaluate("bench.drawn")))
        page.context.close()
    return waits


def first_tiles(browser: Browser, url: str) -> list[float]:
    """Milliseconds from the bare address in a fresh browser to the first tile with a figure."""
    waits = []
    for _ in range(FIRST_LOADS):
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.add_init_script(WATCH)
        page.goto(url)
        page.wait_for_function("bench.tile > 0", timeout=60_000)
        waits.append(float(page.evaluate("bench.tile")))
        page.context.close()
    return waits


def change_row(waits: dict[str, list[float]]) -> Row:
    """From a choice to the new chart, beside both others."""
    mine, bare, dash = (median(waits[name]) for name in waits)
    return Row(
        what=f"choice to new chart, median of {len(next(iter(waits.values())))}",
        measured=f"{mine:.0f} ms",
        beside=f"bare Streamlit {bare:.0f} ms, {mine / bare:.2f} ×; "
        f"bare Dash {dash:.0f} ms, {mine / dash:.2f} ×",
        target=f"< {AGAINST_STREAMLIT:.0f} × Streamlit and ≤ {AGAINST_DASH} × Dash",
        met=mine < AGAINST_STREAMLIT * bare and mine <= AGAINST_DASH * dash,
    )


def load_row(waits: dict[str, list[float]]) -> Row:
    """From a fresh browser to the first chart, beside both others."""
    mine, bare, dash = (median(waits[name]) for name in waits)
    return Row(
        what=f"fresh browser to first chart, median of {FIRST_LOADS}",
        measured=f"{mine:.0f} ms",
        beside=f"bare Streamlit {bare:.0f} ms, {mine / bare:.2f} ×; "
        f"bare Dash {dash:.0f} ms, {mine / dash:.2f} ×",
    )


def tile_row(waits: list[float]) -> Row:
    """From a fresh browser to the first figure, which waits for no chart."""
    return Row(
        what=f"fresh browser to first tile, median of {FIRST_LOADS}",
        measured=f"{median(waits):.0f} ms",
    )
