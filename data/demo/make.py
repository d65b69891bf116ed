"""Write the demonstration workbooks: `python data/demo/make.py`.

Three contradictions are meant to be found: 临泽县's posts in the fourth quarter of 2023 (本季
against 本年累计), 民乐县's events of May 2024 (fewer to date than in April) and 高台县's cards at
the end of September 2023 (30 more cards than holders). The year's targets stand in a workbook of
their own, from 2023 on those of events beside their months; 山丹县 falls far behind some. What each
value cell should become goes to tests/truth/demo.csv.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data.demo.figures import AREAS, YEARS  # noqa: E402
from data.demo.layouts import cards, city, festivals, pensions, publicity, targets  # noqa: E402
from data.demo.shown import MISSED, reported_on  # noqa: E402
from data.workbooks import Sheet, convert, truth, write_csv, write_truth, write_xlsx  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

Book = tuple[str, list[Sheet]]
QUARTERS = {1: "一季度", 2: "二季度", 3: "三季度", 4: "四季度"}


def city_books() -> Iterator[Book]:
    """L1: a workbook a year at first, then one a quarter."""
    yield "张掖市2021年双拥工作情况统计表.xls", [city.city_to_date(2021, q) for q in QUARTERS]
    yield "张掖市2022年双拥工作情况统计表.xlsx", [city.city_to_date(2022, q) for q in QUARTERS]
    for q, words in QUARTERS.items():
        yield f"张掖市2023年{words}双拥统计表.xlsx", [city.city_quarter(2023, q)]
        name = f"附件1：张掖市2024年{words}双拥工作统计表(终稿)({q}).xlsx"
        yield name, [city.city_quarter(2024, q)]
    yield "更正：山丹县2022年1-9月走访慰问.xlsx", [city.correction()]


def pension_books() -> Iterator[Book]:
    """L3: one sheet a county; 2022 in 元."""
    for year, name in ((2021, "2021年优抚资金.ods"), (2022, "2022年优抚资金（元）.xlsx")):
        in_yuan = year == 2022
        yield name, [pensions.pensions_year(area, year, in_yuan=in_yuan) for area in AREAS]
    for year in (2023, 2024):
        for q, words in QUARTERS.items():
            came = [area for area in AREAS if ("pensions", area, year, q) not in MISSED]
            sheets = [pensions.pensions_quarter(area, year, q) for area in came]
            yield f"{year}年{words}优抚资金（分县区）.xlsx", sheets


def publicity_books() -> Iterator[Book]:
    """County × quarter, then quarters side by side, then cumulative months and quarters."""
    counted = [
        ("publicity_events", "活动", "双拥宣传教育活动场次"),
        ("media_items_submitted", "稿件", "向媒体报送稿件数"),
    ]
    yield "2021年双拥宣传统计.xlsx", [publicity.county_by_quarter(*one, 2021) for one in counted]
    yield "2022年双拥宣传分季度统计.xlsx", [publicity.quarters_side_by_side(2022)]
    for year in (2023, 2024):
        sheets = [publicity.events_by_month(year), publicity.media_to_date(year)]
        yield f"{year}年双拥宣传工作进度.xlsx", sheets


def target_books() -> Iterator[Book]:
    """L12: a sheet a year."""
    yield "张掖市双拥工作年度目标任务分解表.xlsx", [targets.targets(year) for year in YEARS]


def festival_books() -> Iterator[Book]:
    """L13: a sheet a year, its budget and what 春节 and 八一 brought."""
    name = "张掖市双拥经费和走访慰问情况.xlsx"
    yield name, [festivals.festivals(year) for year in YEARS]


def card_exports() -> Iterator[tuple[str, Sheet, str]]:
    """L9: GB18030 at first, UTF-8 with a mark in 2023, an export a quarter in 2024."""
    for year, encoding in ((2021, "gb18030"), (2022, "gb18030"), (2023, "utf-8-sig")):
        sheet = cards.cards(year, list(QUARTERS), reported_on(year, 4, 7))
        yield f"优待证光荣牌导出_{year}.csv", sheet, encoding
    for q in QUARTERS:
        sheet = cards.cards(2024, [q], reported_on(2024, q, 7))
        yield f"优待证光荣牌导出_2024Q{q}.csv", sheet, "gb18030"


def make(folder: Path) -> list[dict[str, object]]:
    """Write every workbook into the folder; what their value cells should become."""
    facts: list[dict[str, object]] = []
    books = (city_books(), pension_books(), publicity_books(), target_books(), festival_books())
    for name, sheets in chain(*books):
        path = folder / name
        write_xlsx(path.with_suffix(".xlsx"), sheets)
        if path.suffix != ".xlsx":
            convert(path.with_suffix(".xlsx"), path)
            path.with_suffix(".xlsx").unlink()
        facts += truth(name, sheets)
    for name, sheet, encoding in card_exports():
        write_csv(folder / name, sheet, encoding)
        facts += truth(name, [sheet])
    return facts


if __name__ == "__main__":
    write_truth(ROOT / "tests" / "truth" / "demo.csv", make(Path(__file__).parent))
