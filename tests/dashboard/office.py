"""Workbooks as an office sends them, and a page opened on what was loaded from them."""

from __future__ import annotations

import io
import time
from pathlib import Path

from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
FILLED_IN = {"一": "4月8日", "二": "7月5日", "三": "10月8日"}
DATA_PAGE = str(ROOT / "pages" / "data.py")


def workbook(
    quarter="一", rows=(("甘州区", 22.5), ("临泽县", 9)), indicator="慰问金", day=""
) -> bytes:
    """A quarter's condolence money in 万元, county by county, with the day it was filled in."""
    book = Workbook()
    sheet = book.active
    sheet.title = f"{quarter}季度"
    for row in (
        [f"张掖市2024年第{quarter}季度双拥工作统计表"],
        ["单位：万元", f"填报日期：2024年{day or FILLED_IN[quarter]}"],
        ["县区", indicator],
        *rows,
    ):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def open_data(vintages, **address):
    """Open the data page on a folder of vintages."""
    script = f"""
from pathlib import Path
from dashboard.ui.frame import frame
frame(Path({str(vintages)!r}))
"""
    app = AppTest.from_string(script, default_timeout=30)
    app.switch_page(DATA_PAGE)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def settled(app):
    """Run the page until the work in the background is over."""
    until = time.monotonic() + 30
    while "job" in app.session_state and time.monotonic() < until:
        time.sleep(0.1)
        app.run()
    assert "job" not in app.session_state
    assert not app.exception
    return app


def said(app):
    kinds = ("subheader", "caption", "markdown", "html", "title", "success", "info", "error")
    return "\n".join(str(e.value) for kind in kinds for e in app.get(kind))
