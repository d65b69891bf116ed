"""A 上年同期 column is a check on the report of that year, and a report where there was none."""

from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from etl.pipeline import load
from etl.vintages import DATABASE
from tests.publishing import CATALOGUE

TITLE = "张掖市2024年一季度双拥工作统计表"
DATA = Path(__file__).parents[1] / "data"


def workbook(folder: Path, name: str, rows: list[list[object]]) -> Path:
    folder.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(folder / name) as book:
        sheet = book.add_worksheet("Sheet1")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return folder / name


def loaded(folder: Path, *files: Path):
    """What stands in the vintage of these files, the rules of its issues, and cells by fate."""
    outcome = load(files, DATA, folder / "vintages", (CATALOGUE,))
    with duckdb.connect(outcome.vintage / DATABASE, read_only=True) as con:
        reports = con.execute(
            "select ref_area, time_period, obs_value, cell, approval from observation"
            " where in_force order by time_period, ref_area"
        ).fetchall()
        issues = con.execute("select rule, source_file, cell, message from issue").fetchall()
        cells = con.execute("select sum(n_observations), sum(n_checks) from source").fetchall()
    return reports, issues, cells[0]


def this_year(folder: Path, header="上年同期", value: object = 18, title=TITLE) -> Path:
    rows = [[title], ["县区", "输送新兵（人）", header], ["甘州区", 20, value], ["民乐县", 9, 8]]
    return workbook(folder, "今年.xlsx", rows)


def last_year(folder: Path) -> Path:
    title = TITLE.replace("2024", "2023")
    rows = [[title], ["县区", "输送新兵（人）"], ["甘州区", 18], ["民乐县", 8]]
    return workbook(folder, "上年.xlsx", rows)


def test_where_nobody_reported_then_it_is_the_report(tmp_path):
    reports, issues, cells = loaded(tmp_path, this_year(tmp_path / "in"))
    assert reports == [
        ("620702", "2023-Q1", 18, "C3", -1), ("620722", "2023-Q1", 8, "C4", -1),
        ("620702", "2024-Q1", 20, "B3", 1), ("620722", "2024-Q1", 9, "B4", 1),
    ]  # fmt: skip
    assert (issues, cells) == ([], (4, 0))


def test_beside_the_report_of_that_time_it_is_a_check(tmp_path):
    files = this_year(tmp_path / "in"), last_year(tmp_path / "in")
    reports, issues, cells = loaded(tmp_path, *files)
    assert [row[3:] for row in reports] == [("B3", 1), ("B4", 1), ("B3", 1), ("B4", 1)]
    assert (issues, cells) == ([], (4, 2))


def test_another_figure_than_was_reported_is_said_and_the_report_stands(tmp_path):
    files = this_year(tmp_path / "in", value=17), last_year(tmp_path / "in")
    reports, issues, _ = loaded(tmp_path, *files)
    assert reports[0][:4] == ("620702", "2023-Q1", 18, "B3")
    assert issues == [(
        "prior_differs", "今年.xlsx", "C3",
        "甘州区“输送新兵人数” 2023年一季度：本表往期栏填 17人，当时报的是 18 人"
        "（上年.xlsx › Sheet1 › B3）。以当时的报数为准；如已调整口径或更正，请补报。",
    )]  # fmt: skip


def test_a_total_of_last_year_beside_its_parts_is_no_report(tmp_path):
    rows = [
        [TITLE], ["县区", "输送新兵（人）", "上年同期"],
        ["甘州区", 20, 18], ["民乐县", 9, 8], ["合计", 29, 26],
    ]  # fmt: skip
    reports, *_ = loaded(tmp_path, workbook(tmp_path / "in", "合计.xlsx", rows))
    assert {row[0] for row in reports} == {"620702", "620722"}


def test_an_identity_number_is_no_figure_of_last_year(tmp_path):
    reports, *_ = loaded(tmp_path, this_year(tmp_path / "in", value=622201198001011234))
    assert [row[0] for row in reports if row[4] == -1] == ["620722"]


@pytest.mark.parametrize("value", ["—", "未报", "增加2人", ""])
def test_a_mark_or_words_there_say_nothing_of_that_year(tmp_path, value):
    reports, issues, _ = loaded(tmp_path, this_year(tmp_path / "in", value=value))
    assert [r for r in reports if r[0] == "620702" and r[1] == "2023-Q1" and r[2] is not None] == []
    assert issues == []


@pytest.mark.parametrize(
    ("header", "title", "period"),
    [
        ("上年同期", TITLE, "2023-Q1"),
        ("去年同期", TITLE.replace("一季度", "1-6月"), "2023-S1"),
        ("上年", TITLE.replace("一季度", "度"), "2023"),
        ("上年", TITLE, None),
        ("上年同期增长", TITLE, None),
        ("上期", TITLE, None),
        ("上季度", TITLE.replace("一", "二"), "2024-Q1"),
        ("上季度", TITLE, "2023-Q4"),
        ("上月", TITLE.replace("一季度", "1月"), "2023-M12"),
        ("上月", TITLE, None),
        ("上季度", TITLE.replace("一季度", "上半年"), None),
        ("上季末", TITLE, None),
        ("上年末", TITLE, None),
    ],
)
def test_only_words_that_tell_make_a_figure_of_an_earlier_period(tmp_path, header, title, period):
    reports, *_ = loaded(tmp_path, this_year(tmp_path / "in", header=header, title=title))
    assert {row[1] for row in reports if row[4] == -1} == ({period} if period else set())


def test_beside_two_columns_of_this_year_it_is_not_known_whose_last_year_it_is(tmp_path):
    rows = [
        [TITLE.replace("一", "二")],
        ["县区", "输送新兵（人）", "", ""],
        ["", "本季", "本年累计", "上年同期"],
        ["甘州区", 20, 38, 18],
    ]
    reports, *_ = loaded(tmp_path, workbook(tmp_path / "in", "二季度.xlsx", rows))
    assert [row for row in reports if row[4] == -1] == []


def test_a_stock_is_that_of_the_same_day_or_of_the_years_end(tmp_path):
    rows = [
        [TITLE],
        ["县区", "累计悬挂光荣牌数（块）", "上年末"],
        ["甘州区", 300, 280],
    ]
    reports, *_ = loaded(tmp_path, workbook(tmp_path / "in", "光荣牌.xlsx", rows))
    assert [row[:3] for row in reports] == [
        ("620702", "2023-12-31", 280), ("620702", "2024-03-31", 300),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "day"), [("上季末", "2023-12-31"), ("上月末", "2024-02-29"), ("上期末", None)]
)
def test_a_stock_is_that_of_the_end_of_the_quarter_or_month_before(tmp_path, header, day):
    rows = [[TITLE], ["县区", "累计悬挂光荣牌数（块）", header], ["甘州区", 300, 280]]
    reports, *_ = loaded(tmp_path, workbook(tmp_path / "in", "光荣牌.xlsx", rows))
    assert [row[1] for row in reports if row[4] == -1] == ([day] if day else [])
