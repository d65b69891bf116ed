"""What a check warns of is marked wherever its figure goes, and nothing else is."""

from pathlib import Path

import duckdb
import xlsxwriter

from etl.pipeline import load
from etl.vintages import DATABASE
from tests.publishing import CATALOGUE

DATA = Path(__file__).parents[1] / "data"
COUNTIES = ["甘州区", "肃南裕固族自治县", "民乐县", "临泽县", "高台县", "山丹县"]


def status(folder: Path, amounts: list[float]) -> dict[tuple[str, str], str]:
    """The status of each area's condolence money of a quarter and of its year."""
    folder.mkdir()
    with xlsxwriter.Workbook(folder / "慰问金.xlsx") as book:
        sheet = book.add_worksheet("Sheet1")
        rows = [["张掖市2024年一季度走访慰问情况"], ["县区", "慰问金（万元）", "报送稿件（篇）"]]
        rows += [[c, a, 20 + i] for i, (c, a) in enumerate(zip(COUNTIES, amounts, strict=True))]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    outcome = load([folder / "慰问金.xlsx"], DATA, folder / "vintages", (CATALOGUE,))
    with duckdb.connect(outcome.vintage / DATABASE, read_only=True) as con:
        rows = con.execute(
            "select indicator, ref_area, obs_status from series where time_period = '2024-Q1'"
            " and obs_value is not null"
        ).fetchall()
    return {(indicator, area): status for indicator, area, status in rows}


def test_a_figure_that_a_check_warns_of_is_to_be_verified_and_so_is_its_citys_total(tmp_path):
    found = status(tmp_path / "in", [9.1, 8.4, 98000, 7.7, 9.6, 8.8])
    assert {key for key, code in found.items() if code == "U"} == {
        ("condolence_fund", "620722"), ("condolence_fund", "620700")
    }  # fmt: skip
    assert found["condolence_fund", "620702"] == "A"
    assert found["media_items_submitted", "620700"] == "A"


def test_without_a_warning_nothing_is_marked(tmp_path):
    found = status(tmp_path / "in", [9.1, 8.4, 9.8, 7.7, 9.6, 8.8])
    assert set(found.values()) == {"A"}
