"""A vintage that documents are hard to fit to: seventeen counties, names of thirteen characters."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import yaml
from openpyxl import Workbook

from etl.__main__ import main
from etl.catalogue import load_catalogue
from tests.dashboard.office import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PREFECTURES = {"513400": "凉山彝族自治州", "530800": "普洱市"}
QUARTERS = "一二三四"
CATALOGUE = ROOT / "data" / "catalogue"


@pytest.fixture(scope="session")
def wide(tmp_path_factory) -> Path:
    """Load two prefectures, all open indicators, eight quarters; return the folder of vintages."""
    folder = tmp_path_factory.mktemp("wide")
    places = load_catalogue([CATALOGUE]).areas
    known = yaml.safe_load((CATALOGUE / "indicators.yml").read_text(encoding="utf-8"))
    shown = [i for i in known.values() if i.get("access", "open") == "open" and i["kind"] != "rate"]
    files = []
    for code, name in PREFECTURES.items():
        counties = [a.name for a in places.values() if a.parent == code and a.level == "county"]
        for period in range(8):
            file = folder / f"{code}-{period}.xlsx"
            file.write_bytes(_workbook(name, counties, shown, 2023 + period // 4, period % 4))
            files.append(str(file))
    vintages = folder / "vintages"
    assert main(["load", "--vintages", str(vintages), *files]) == 0
    return vintages


def _workbook(city, counties, indicators, year, quarter) -> bytes:
    """A quarter's sheet: a county a row, an indicator a column, a gap in every thirteenth cell."""
    book = Workbook()
    sheet = book.active
    sheet.append([f"{city}{year}年第{QUARTERS[quarter]}季度双拥工作统计表"])
    sheet.append([f"填报日期：{year + quarter // 3}年{(3 * quarter + 4) % 12}月8日"])
    sheet.append(["县区", *(f"{i['name']['zh']}（{i['display_unit']}）" for i in indicators)])
    for row, county in enumerate(counties):
        figures = [
            None if (row + column + quarter) % 13 == 0 else _figure(i, row, column, year, quarter)
            for column, i in enumerate(indicators)
        ]
        sheet.append([county, *figures])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _figure(indicator, row, column, year, quarter) -> int:
    """A figure of its own for each cell; a stock grows, a flow has its season."""
    size = 40 + 7 * (row + 1) * (column % 5 + 1)
    if indicator["kind"] == "stock":
        return size + 4 * (year - 2023) + quarter
    return size + (year - 2023) * (row - 6) + (3, 0, 9, 1)[quarter]
