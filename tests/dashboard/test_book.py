"""Workbooks are reopened: their figures are the query's, their formulas give these, their gaps say
why, and our own loader reads them again."""

import io
import re
from dataclasses import replace

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries

from dashboard import charts, exports
from dashboard.charts import Point
from dashboard.exports.cells import ranges
from dashboard.exports.xlsx.grid import grid_of
from dashboard.exports.xlsx.number import number_format
from dashboard.locale import words
from dashboard.locale.labels import Labels
from dashboard.queries import choices, counties, pivot
from dashboard.queries.ask import Asking
from dashboard.queries.explore import Chosen
from dashboard.queries.trend import trend
from etl.__main__ import main
from tests.documents.rendering import findings, recalculated

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")
PARTS = ("620700-00", *(f"6207{n}" for n in ("02", "21", "22", "23", "24", "25")))
WANTED = ("condolence_fund", "recruits_sent", "job_fairs")
TITLE = "张掖市2024年三季度双拥工作情况统计表"


def labels(con, language="zh"):
    return Labels(words(language), choices.indicators(con), choices.areas(con),
                  choices.statuses(con), choices.breakdown_names(con))  # fmt: skip


def table(con, period="2024-Q3", down=("area",), indicators=WANTED, language="zh"):
    found = pivot.pivot(con, Chosen(D, indicators, PARTS, (), period, period))
    return charts.pivot(found, down, TITLE, labels(con, language), ORIGIN)


def written(con, chart, title=TITLE):
    ask = Asking(con)
    say = words("zh")
    shown = exports.release(chart, exports.behind_charts(ask, [chart], "value"), say)
    return exports.write_book([(title, shown)], exports.origins_of(ask, chart.points, "value"), say)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet, first, last):
    return [[cell.value for cell in row] for row in sheet.iter_rows(first, last)]


def test_counties_are_rows_and_what_is_not_exact_or_missing_stays_so(con):
    sheet = opened(written(con, table(con))).worksheets[0]
    assert sheet["A1"].value == TITLE
    assert (sheet["A2"].value, sheet["C2"].value) == ("演示数据", "单位：见各行各列")
    assert rows(sheet, 3, 11) == [
        ["地区", "慰问金发放额\n（万元）", "输送新兵人数\n（人）", "退役军人招聘会场次\n（场）"],
        ["市本级", 12.5, 0, 2],
        ["甘州区", 33, 88, 3],
        ["肃南裕固族自治县", 6.6, "10余", 1],
        ["民乐县", 12, 40, 2],
        ["临泽县", 12, 30, 2],
        ["高台县", 9, "未报", 1],
        ["山丹县", "约8.8", 28, "未报"],
        ["张掖市（合计）", 93.9, 196, 11],
    ]
    shown = {cell.coordinate: cell.number_format for cell in (*sheet["B"], *sheet["C"])}
    assert (shown["B4"], shown["B7"], shown["B9"]) == ("#,##0.00", '#,##0.00" ○"', '#,##0.00" ✕"')
    assert shown["C11"] == '#,##0"（6/7）"'


def test_a_total_is_a_formula_unless_one_of_its_parts_did_not_report(con):
    sheet = opened(written(con, table(con, "2024-Q2"))).worksheets[0]
    assert rows(sheet, 11, 11) == [["张掖市（合计）", 28, "=SUM(C4:C10)", "=SUM(D4:D10)"]]


def test_columns_under_one_indicator_share_its_heading(con):
    chart = table(con, "2024-Q1")
    sheet = opened(written(con, chart)).worksheets[0]
    assert rows(sheet, 3, 4) == [
        [
            "地区",
            "慰问金发放额\n（万元）",
            None,
            "输送新兵人数\n（人）",
            "退役军人招聘会场次\n（场）",
        ],
        [None, "合计", "部队", None, None],
    ]
    assert {str(r) for r in sheet.merged_cells.ranges} >= {"A3:A4", "B3:C3", "D3:D4", "E3:E4"}
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$3:$4"
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        "landscape",
        True,
    )


def test_sources_name_cells_and_coverage_names_who_is_missing(con):
    book = opened(written(con, table(con)))
    assert book.sheetnames == [TITLE, "来源", "覆盖"]
    assert rows(book["来源"], 6, 7) == [
        ["文件", "工作表", "单元格", "上报日期"],
        ["张掖市2024年双拥报表.xlsx", "季度表", "I5:I11", "2024-09-30"],
    ]
    assert rows(book["覆盖"], 7, 9) == [
        ["慰问金发放额", "2024年三季度", "", "应报7个，已报7个"],
        ["输送新兵人数", "2024年三季度", "高台县 未报", "应报7个，已报6个"],
        ["退役军人招聘会场次", "2024年三季度", "山丹县 未报", "应报7个，已报6个"],
    ]


def test_the_same_input_is_the_same_bytes(con):
    assert written(con, table(con)) == written(con, table(con))


def test_outside_text_stays_text(con):
    bad = '=HYPERLINK("http://x","y")'
    chart = replace(table(con), notes=(bad, "http://x"), unit_line=bad, rows=((bad,),) * 8)
    book = opened(written(con, chart, bad))
    found = {(c.data_type, c.value) for s in book for row in s for c in row if c.value}
    assert {v for kind, v in found if kind == "f"} == {
        v for kind, v in found if isinstance(v, str) and v.startswith("=SUM(")
    }
    assert ("s", bad) in found
    assert not any(sheet._hyperlinks for sheet in book)


def test_a_total_beside_a_withheld_part_has_no_formula(con):
    ask = Asking(con)
    chart = table(con, "2024-Q2")
    few = chart.series[1].points[1]
    hidden = replace(few, value=None, text="不公布", short="不公布", mark="withheld")
    series = list(chart.series)
    series[1] = replace(series[1], points=(series[1].points[0], hidden, *series[1].points[2:]))
    shown = exports.release(replace(chart, series=tuple(series)),
                            exports.behind_charts(ask, [chart], "value"), words("zh"))  # fmt: skip
    sheet = opened(exports.write_book([(TITLE, shown)], (), words("zh"))).worksheets[0]
    assert (sheet["C5"].value, sheet["C11"].value) == ("不公布", 0)


@pytest.mark.parametrize(("of", "written_as"), [((3.0, 4.0), "=100*B4/C4"), ((3.0, 0.0), 75)])
def test_a_reported_rate_of_nought_is_a_number(con, of, written_as):
    chart = table(con)
    row = chart.series[0].points[:2]
    parts = (replace(p, value=v, ratio_of=()) for p, v in zip(row, of, strict=True))
    rate = replace(
        row[0],
        category=chart.categories[2][0],
        value=75.0,
        short="75.00",
        ratio_of=((0, 0), (0, 1)),
    )
    series = (replace(chart.series[0], points=(*parts, rate)), *chart.series[1:])
    sheet = opened(written(con, replace(chart, series=series))).worksheets[0]
    assert sheet["D4"].value == written_as


def test_other_charts_are_lists_or_tables_over_time(con):
    zh = labels(con)
    ranked = counties.ranking(con, D, "condolence_fund", "620700", "2024-Q3")
    grid = grid_of(charts.ranking(ranked, "condolence_fund", "2024-Q3", zh, ORIGIN), words("zh"))
    assert (grid.stub, grid.columns) == (("地区",), (("数值",), ("同比",)))
    assert (grid.rows[0], grid.cells[0][1]) == (("甘州区",), "+10.0%")
    values = trend(con, D, ("condolence_fund",), ("620721",), "2023-Q4", "2024-Q2")
    grid = grid_of(charts.trend(values, zh, ORIGIN), words("zh"))
    assert grid.columns == (("2023年四季度",), ("2024年一季度",), ("2024年二季度",))
    assert [p.short for p in grid.cells[0]] == ["2.00", "4.00", "未报"]


@pytest.mark.parametrize(
    ("value", "short", "mark", "shown"),
    [
        (1234.5, "1,234.50", "final", "#,##0.00"),
        (139.0, "139（6/7）", "final", '#,##0"（6/7）"'),
        (12.3, "+12.3%", "final", '"+"#,##0.0"%"'),
        (-5.1, "-5.1%", "final", '#,##0;"-"#,##0.0"%"'),
        (8.8, "约8.8", "inexact", ""),
        (2.0, "2.00", "provisional", '#,##0.00" ○"'),
        (7.0, "第3名", "final", ""),
        (None, "未报", "gap", ""),
    ],
)
def test_a_number_stands_under_the_format_that_shows_what_the_page_does(value, short, mark, shown):
    point = Point("c", value, short, short, mark, "i", "a", "p")
    assert number_format(point) == shown


@given(st.sets(st.tuples(st.integers(1, 60), st.integers(1, 12)), max_size=40))
def test_ranges_hold_each_cell_once(cells):
    said = ranges(openpyxl.utils.get_column_letter(c) + str(r) for c, r in cells)
    found = []
    for part in filter(None, said.split(", ")):
        left, top, right, bottom = range_boundaries(part)
        found += [(c, r) for c in range(left, right + 1) for r in range(top, bottom + 1)]
    assert sorted(found) == sorted(cells)


def test_our_own_loader_reads_it_again_without_an_issue(con, tmp_path):
    period = "2024-Q3"
    file = tmp_path / "张掖市.xlsx"
    file.write_bytes(written(con, table(con, period)))
    vintages = tmp_path / "vintages"
    assert main(["load", str(file), "--vintages", str(vintages), "--dataset", "reported"]) == 0
    database = vintages / (vintages / "current").read_text("utf-8").strip() / "indicators.duckdb"
    with duckdb.connect(database, read_only=True) as loaded:
        assert loaded.sql("select message from issue where severity <> 'note'").fetchall() == []
        again = loaded.sql(
            "select indicator, ref_area, breakdown, obs_value, obs_status, qualifier "
            "from observation order by all"
        ).fetchall()
    ours = con.execute(
        """select indicator, ref_area, breakdown, obs_value,
                  case obs_status when 'P' then 'A' else obs_status end, qualifier
           from series where time_period = ? and list_contains(?, indicator)
             and list_contains(?, ref_area) order by all""",
        [period, list(WANTED), list(PARTS)],
    ).fetchall()
    assert again == ours


def test_an_office_suite_works_out_the_same_values_and_the_schema_holds(con, tmp_path):
    chart = table(con, "2023-Q4")
    data = written(con, chart)
    file = tmp_path / "book.xlsx"
    file.write_bytes(data)
    assert findings(file) == []
    formulas = [c.coordinate for row in opened(data).worksheets[0] for c in row
                if c.data_type == "f"]  # fmt: skip
    assert len(formulas) == 3
    known = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    fresh = recalculated(file, tmp_path).worksheets[0]
    assert {a: fresh[a].value for a in formulas} == pytest.approx(
        {a: known[a].value for a in formulas}
    )
    assert not re.search("Err:|#", str(rows(fresh, 1, 14)))


def test_a_total_that_is_empty_says_why(con):
    """Of garrisons visited, which three counties may share, the city's cell was empty."""
    found = pivot.pivot(con, Chosen(D, ("condolence_fund",), PARTS, ("_T",), "2024-Q1", "2024-Q1"))
    assert "620700" in found.totals
    apart = {key: value for key, value in found.cells.items() if key[2] not in found.totals}
    made = [charts.pivot(f, ("area",), "", labels(con), ORIGIN)
            for f in (found, found._replace(cells=apart))]  # fmt: skip
    why = "慰问金发放额不作合计：各地区的数不能相加"
    assert [why in chart.notes for chart in made] == [False, True]


def test_two_columns_of_one_name_stay_two_and_tiles_say_unit_and_progress(con):
    zh = labels(con)
    values = trend(con, D, ("condolence_fund",), ("620721",), "2024-Q1", "2024-Q2")
    chart = charts.trend(values, zh, ORIGIN)
    same = tuple((key, "支出") for key, _ in chart.categories)
    one_year = tuple(replace(p, period="2024年") for p in chart.points)
    chart = replace(chart, categories=same, series=(replace(chart.series[0], points=one_year),))
    sheet = opened(written(con, chart)).worksheets[0]
    assert [c.value for c in sheet[3]] == ["", "支出", "支出"]
    tile = charts.tiles([(values[0], "value")], {}, "620721", "2024-Q1", None, zh, ORIGIN)
    assert grid_of(tile, words("zh")).cells == ((tile.points[0], "万元", "0.0%", "", ""),)


def test_only_a_total_of_rows_is_bold_and_a_gap_has_its_word_in_full(con):
    found = pivot.pivot(con, Chosen(D, ("condolence_fund",), PARTS, ("_T",), "2024-Q1", "2024-Q4"))
    chart = charts.pivot(found, ("area",), TITLE, labels(con), ORIGIN)
    sheet = opened(written(con, chart)).worksheets[0]
    assert [row[0].font.bold for row in sheet.iter_rows(4, 11)] == [*[False] * 7, True]
    assert [c.value for c in sheet[4]] == ["市本级", 11, 5.5, 12.5, "未到期", "未到期"]
