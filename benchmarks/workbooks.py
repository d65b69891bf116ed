"""Two hundred invented workbooks in three layouts: ten provinces, twenty years, 8,000 values each.

Each holds 100 counties × 20 indicators × 4 quarters of one year. The values obey the relations of
the catalogue, as an office's do: there are no more job fairs than posts. One in fifty is written
as people write: 约1100, 1,234 as text, full-width digits, a dash, 未报.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from etl.catalogue import Area, Catalogue, Indicator, load_catalogue

ROOT = Path(__file__).parent.parent
SEED = 20250111  # another one for other workbooks, so that none of the old are read for new
FOLDER = Path(__file__).parent / ".work" / f"workbooks-{SEED}"
YEARS = range(2005, 2025)
PROVINCES, COUNTIES, INDICATORS, AWKWARD = 10, 100, 20, 0.02
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
FULL_WIDTH = {48 + digit: 0xFF10 + digit for digit in range(10)}

Value = float | str
Values = list[list[list[Value]]]  # quarter, county, indicator


class Cap(NamedTuple):
    """An indicator is at most so many times another of the same county and quarter."""

    indicator: str
    times: int
    of: str


def workbooks(folder: Path = FOLDER) -> list[Path]:
    """The workbooks' paths; they are written when they are not there yet."""
    catalogue = load_catalogue([ROOT / "data" / "catalogue"])
    folder.mkdir(parents=True, exist_ok=True)
    return list(_written(folder, catalogue))


def _written(folder: Path, catalogue: Catalogue) -> Iterator[Path]:
    indicators = [
        indicator
        for indicator in catalogue.indicators.values()
        if indicator.kind == "flow" and indicator.access == "open"
    ][-INDICATORS:]
    caps = _caps(catalogue, indicators)
    layouts: list[Layout] = [sheet_a_quarter, quarters_side_by_side, long_table]
    for number, (province, counties) in enumerate(_provinces(catalogue)):
        for year in YEARS:
            layout = layouts[(number + year) % 3]
            path = folder / f"{province.name}{year}年双拥工作情况统计表.xlsx"
            if not path.exists():
                dice = random.Random(f"{SEED} {province.ref_area} {year}")
                workbook = xlsxwriter.Workbook(path.with_suffix(".part"), {"constant_memory": True})
                title = f"{province.name}{year}年{{}}双拥工作情况统计表"
                layout(workbook, title, year, counties, indicators, _values(dice, indicators, caps))
                workbook.close()
                path.with_suffix(".part").rename(path)
            yield path


def _provinces(catalogue: Catalogue) -> Iterator[tuple[Area, list[Area]]]:
    """Provinces with at least a hundred counties whose names are nobody else's."""
    counties = [area for area in catalogue.areas.values() if area.level == "county"]
    names = Counter(area.name for area in counties)
    found = 0
    for province in [area for area in catalogue.areas.values() if area.level == "province"]:
        own = [
            county
            for county in counties
            if county.ref_area.startswith(province.ref_area[:2])
            and names[county.name] == 1
            and county.valid_from is None
            and county.valid_to is None
        ]
        if len(own) >= COUNTIES and found < PROVINCES:
            found += 1
            yield province, own[:COUNTIES]


def _values(dice: random.Random, indicators: list[Indicator], caps: list[Cap]) -> Values:
    return [[_row(dice, indicators, caps) for _ in range(COUNTIES)] for _ in QUARTERS]


def _row(dice: random.Random, indicators: list[Indicator], caps: list[Cap]) -> list[Value]:
    """One county's values of a quarter, in the units that their headers name."""
    ways = [dice.choice(WAYS) if dice.random() < AWKWARD else _plain for _ in indicators]
    row = {
        indicator.indicator: _amount(dice, indicator) + (1000 if way is _with_comma else 0)
        for indicator, way in zip(indicators, ways, strict=True)
    }
    for cap in caps:
        row[cap.indicator] = min(row[cap.indicator], cap.times * row[cap.of])
    return [way(amount) for way, amount in zip(ways, row.values(), strict=True)]


def _amount(dice: random.Random, indicator: Indicator) -> float:
    amount = dice.lognormvariate(5, 1)
    return round(amount, 2) if indicator.unit_measure == "yuan" else int(amount) + 1


def _caps(catalogue: Catalogue, indicators: list[Indicator]) -> list[Cap]:
    """What the declared relations between two of the indicators allow."""
    factors = {one.indicator: catalogue.units[one.display_unit].factor for one in indicators}
    return [
        Cap(left.indicator, round(right.factor * factors[right.indicator] / here), right.indicator)
        for relation in catalogue.relations
        if relation.kind == "at_most"
        for left, right in [(relation.left[0], relation.right[0])]
        if (here := factors.get(left.indicator)) and right.indicator in factors
    ]


def _plain(amount: float) -> Value:
    return amount


def _about(amount: float) -> Value:
    return f"约{amount:.0f}"


def _over(amount: float) -> Value:
    """140余; what is too small for that stands as it is."""
    return f"{int(amount) // 10 * 10}余" if amount >= 10 else amount


def _with_comma(amount: float) -> Value:
    return f"{amount:,}"


def _full_width(amount: float) -> Value:
    return str(int(amount)).translate(FULL_WIDTH)


def _dash(_: float) -> Value:
    return "—"


def _not_reported(_: float) -> Value:
    return "未报"


WAYS = (_about, _over, _with_comma, _full_width, _dash, _not_reported)

Layout = Callable[[xlsxwriter.Workbook, str, int, list[Area], list[Indicator], Values], None]


def sheet_a_quarter(
    workbook: xlsxwriter.Workbook,
    title: str,
    year: int,
    counties: list[Area],
    indicators: list[Indicator],
    values: Values,
) -> None:
    """One sheet a quarter, one header row."""
    for quarter, rows in zip(QUARTERS, values, strict=True):
        sheet = workbook.add_worksheet(quarter)
        sheet.write_string(0, 0, title.format(quarter))
        sheet.write_row(1, 0, ["序号", "县（市、区）", *map(_header, indicators)])
        for index, (county, row) in enumerate(zip(counties, rows, strict=True)):
            sheet.write_row(2 + index, 0, [index + 1, county.name, *row])
        sheet.write_string(2 + COUNTIES, 0, _footer(year))


def quarters_side_by_side(
    workbook: xlsxwriter.Workbook,
    title: str,
    year: int,
    counties: list[Area],
    indicators: list[Indicator],
    values: Values,
) -> None:
    """Four quarters beside each other under merged headers."""
    sheet = workbook.add_worksheet("全年")
    sheet.write_string(0, 0, title.format(""))
    for number, quarter in enumerate(QUARTERS):
        first = 1 + number * len(indicators)
        sheet.merge_range(1, first, 1, first + len(indicators) - 1, f"{year}年{quarter}")
    sheet.write_row(2, 0, ["县（市、区）", *map(_header, indicators * len(QUARTERS))])
    for index, county in enumerate(counties):
        row = [value for quarter in values for value in quarter[index]]
        sheet.write_row(3 + index, 0, [county.name, *row])
    sheet.write_string(3 + COUNTIES, 0, _footer(year))


def long_table(
    workbook: xlsxwriter.Workbook,
    title: str,
    year: int,
    counties: list[Area],
    indicators: list[Indicator],
    values: Values,
) -> None:
    """One row a value, with the area's code."""
    sheet = workbook.add_worksheet("数据")
    sheet.write_string(0, 0, title.format(""))
    sheet.write_row(1, 0, ["行政区划代码", "地区", "指标名称", "统计期", "计量单位", "数值"])
    line = 1
    for number, quarter in enumerate(values, 1):
        for county, row in zip(counties, quarter, strict=True):
            for indicator, value in zip(indicators, row, strict=True):
                line += 1
                period, unit = f"{year}Q{number}", indicator.display_unit
                words = [county.ref_area, county.name, indicator.name, period, unit, value]
                sheet.write_row(line, 0, words)
    sheet.write_string(line + 1, 0, _footer(year))


def _header(indicator: Indicator) -> str:
    return f"{indicator.name}（{indicator.display_unit}）"


def _footer(year: int) -> str:
    return f"填报时间：{year + 1}年1月15日"
