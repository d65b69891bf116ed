"""Pictures of every page: a sheet a theme at three widths, and a few of them for the README.

``make pictures`` writes them into docs/pictures, from the demonstration and the published data.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from benchmarks.browser import ROOT, chromium, free_port, serving
from dashboard.ui.frame import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser

PICTURES = ROOT / "docs" / "pictures"
SIZES = ((1440, 1080), (1024, 1080), (390, 1080))  # pixels of the screen
SHOWN = 0.45  # of these on the sheet
THEMES = ("light", "dark")
IN_README = ("overview", "trends", "counties", "county")
GAP, GROUND = 12, {"light": "#d8d4cc", "dark": "#3a4048"}
PATIENCE = 60_000
DRAWN = """() => !document.querySelector('[data-testid="stSkeleton"]') &&
  [...document.querySelectorAll('.stPlotlyChart')].every(c => c.querySelector('.main-svg'))"""


def main() -> None:
    """Load, serve, look at every page, write the sheets."""
    with tempfile.TemporaryDirectory() as folder:
        vintages = Path(folder) / "vintages"
        load = [sys.executable, "-m", "etl", "load", "--vintages", str(vintages)]
        subprocess.run(load, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        serve = ["-m", "streamlit", "run", "app.py", f"--server.port={port}"]
        PICTURES.mkdir(exist_ok=True)
        with serving(serve, port, ROOT, {"VINTAGES": str(vintages)}), chromium() as browser:
            for theme in THEMES:
                shots = look(browser, f"http://127.0.0.1:{port}", theme)
                sheet(shots, theme).save(PICTURES / f"{theme}.webp", quality=72, method=6)
                for name in IN_README if theme == "light" else ():
                    wide = shots[name][0]
                    half = wide.resize((wide.width // 2, wide.height // 2), Image.LANCZOS)
                    half.save(PICTURES / f"{name}.webp", quality=80, method=6)


def look(browser: Browser, address: str, theme: str) -> dict[str, list[Image.Image]]:
    """Return what each page looks like at each width."""
    shots: dict[str, list[Image.Image]] = {}
    page = browser.new_context(color_scheme=theme).new_page()
    for name in PAGES:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            path = "" if name == "overview" else name
            page.goto(f"{address}/{path}?dataset=demonstration", timeout=PATIENCE)
            page.locator("h1").first.wait_for(timeout=PATIENCE)
            page.wait_for_load_state("networkidle", timeout=PATIENCE)
            page.wait_for_function(DRAWN, timeout=PATIENCE)
            page.wait_for_timeout(1500)  # charts move into place
            shots.setdefault(name, []).append(Image.open(io.BytesIO(page.screenshot())))
    page.context.close()
    return shots


def sheet(shots: dict[str, list[Image.Image]], theme: str) -> Image.Image:
    """Return one picture: a row a page, its widths side by side."""
    rows = [[smaller(shot) for shot in row] for row in shots.values()]
    width = max(sum(shot.width + GAP for shot in row) for row in rows) + GAP
    height = sum(max(shot.height for shot in row) + GAP for row in rows) + GAP
    paper, top = Image.new("RGB", (width, height), GROUND[theme]), GAP
    for row in rows:
        for shot, left in zip(row, _lefts(row), strict=True):
            paper.paste(shot, (left, top))
        top += max(shot.height for shot in row) + GAP
    return paper


def smaller(shot: Image.Image) -> Image.Image:
    """Return a picture as small as it is on the sheet."""
    size = (round(shot.width * SHOWN), round(shot.height * SHOWN))
    return shot.convert("RGB").resize(size, Image.LANCZOS)


def _lefts(row: Iterable[Image.Image]) -> list[int]:
    lefts = [GAP]
    for shot in row:
        lefts.append(lefts[-1] + shot.width + GAP)
    return lefts[:-1]


if __name__ == "__main__":
    main()
