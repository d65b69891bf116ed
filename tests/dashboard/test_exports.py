"""Files are reopened, and their numbers compared with the chart's."""

import csv
import io
from dataclasses import replace

import duckdb
import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard import charts, exports, store
from dashboard.decks import Asked, Choice, Deck, Slide, make, settle
from dashboard.exports.csv import safe
from dashboard.locale import words
from dashboard.locale.labels import Labels
from dashboard.queries import choices, counties
from dashboard.queries.ask import Asking
from dashboard.queries.trend import trend
from tests.dashboard.small_vintage import write_vintage

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")
AREAS = ("620700", "620721", "620724")


@pytest.fixture
def chart(con, zh):
    values = trend(con, D, ("condolence_fund",), AREAS, "2024-Q1", "2024-Q3")
    return charts.trend(values, zh, ORIGIN)


def slide_of(data):
    [slide] = Presentation(io.BytesIO(data)).slides
    return slide


def texts(slide):
    return "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_csv_opens_in_chinese_and_keeps_its_gaps(chart):
    data = exports.to_csv(chart, words("zh"))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(r["地区"], r["时期"], r["数值"], r["显示"]) for r in rows[3:6]] == [
        ("肃南裕固族自治县", "2024年一季度", "4", "4.00万元"),
        ("肃南裕固族自治县", "2024年二季度", "", "未报"),
        ("肃南裕固族自治县", "2024年三季度", "6.6", "6.60万元"),
    ]
    assert {(r["单位"], r["数据集"], r["版本"]) for r in rows} == {("万元", "演示数据", "v1")}
    assert rows[-1]["说明"] == "来源不一致"


def test_files_say_which_part_of_an_indicator_they_hold(con):
    labels = Labels(words("zh"), choices.indicators(con), choices.areas(con), {},
                    choices.breakdown_names(con))  # fmt: skip
    forces = "recipient:部队"
    values = trend(con, D, ("condolence_fund",), ("620702",), "2024-Q1", "2024-Q1", "value", forces)
    chart = charts.trend(values, labels, ORIGIN)
    [row] = csv.DictReader(io.StringIO(exports.to_csv(chart, words("zh")).decode("utf-8-sig")))
    assert (row["指标"], row["显示"]) == ("慰问金发放额（部队）", "12.00万元")
    assert "慰问金发放额（部队）" in texts(slide_of(exports.to_pptx(chart)))


@example("＝1+1")
@example("\n=1+1")
@given(st.text(max_size=20))
def test_no_field_becomes_a_formula(text):
    field = safe(text)
    assert field.lstrip("'") == text.lstrip("'")
    if field[:1] in tuple("=+-@＝＋－＠\t\r\n"):
        float(field)  # only a number may begin so


def test_the_slide_has_a_native_chart_with_its_workbook(chart):
    slide = slide_of(exports.to_pptx(chart))
    [frame] = [s for s in slide.shapes if s.has_chart]
    assert [tuple(s.values) for s in frame.chart.plots[0].series] == [
        (62.7, 28.0, 93.9), (4.0, None, 6.6), (7.7, 2.5, 9.0),
    ]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    assert [[c.value for c in row] for row in book.active.iter_rows()] == [
        [None, "张掖市", "肃南裕固族自治县", "高台县"],
        ["一季 2024", 62.7, 4, 7.7],
        ["二季", 28, None, 2.5],
        ["三季", 93.9, 6.6, 9],
    ]
    assert frame.chart._chartSpace.chart.find(qn("c:dispBlanksAs")).get("val") == "gap"
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == chart.alt


def test_the_slide_says_unit_period_coverage_source_vintage_and_demonstration(chart):
    said = texts(slide_of(exports.to_pptx(chart)))
    for part in (
        chart.title, "演示数据", "单位：万元", "2024年一季度 – 2024年三季度", "应报7个，已报7个",
        "来源：甲.xlsx", "版本 v1", "✕ 来源不一致",
    ):  # fmt: skip
        assert part in said


def test_reported_data_are_not_called_a_demonstration(chart):
    real = replace(chart, provenance=replace(ORIGIN, badge="", dataset="reported"))
    assert "演示" not in texts(slide_of(exports.to_pptx(real)))
    assert "演示" not in exports.to_csv(real, words("zh")).decode("utf-8-sig")


def test_all_text_has_a_chinese_typeface(chart):
    slide = slide_of(exports.to_pptx(chart))
    runs = [
        run
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    [frame] = [s for s in slide.shapes if s.has_chart]
    properties = [run._r.rPr for run in runs]
    properties += frame.chart._chartSpace.findall(f".//{qn('a:defRPr')}")
    properties += frame.chart._chartSpace.findall(f".//{qn('a:rPr')}")
    assert len(properties) > 5
    for element in properties:
        assert element.find(qn("a:ea")).get("typeface") == "微软雅黑"
        assert element.find(qn("a:latin")).get("typeface") == "Arial"


def test_a_marked_point_differs_in_shape(chart):
    slide = slide_of(exports.to_pptx(chart))
    [frame] = [s for s in slide.shapes if s.has_chart]
    symbols = [
        e.get("val") for e in frame.chart._chartSpace.findall(f".//{qn('c:dPt')}//{qn('c:symbol')}")
    ]
    assert symbols == ["x"]


def test_a_ranking_is_a_bar_chart_with_the_values_written(con, zh):
    rows = counties.ranking(con, D, "condolence_fund", "620700", "2024-Q3")
    chart = charts.ranking(rows, "condolence_fund", "2024-Q3", zh, ORIGIN)
    [frame] = [s for s in slide_of(exports.to_pptx(chart)).shapes if s.has_chart]
    assert tuple(frame.chart.plots[0].series[0].values) == (33.0, 12.5, 12.0, 12.0, 9.0, 8.8, 6.6)
    labels = [e.text for e in frame.chart._chartSpace.findall(f".//{qn('c:dLbl')}//{qn('a:t')}")]
    assert labels == [
        "33.00 (+10.0%)", "12.50 (+4.2%)", "12.00 (+20.0%)", "12.00 (0.0%)", "9.00 (0.0%)",
        "约8.8 (约+10.0%)", "6.60 (+10.0%)",
    ]  # fmt: skip


def test_a_heat_map_is_a_native_table_whose_gaps_say_why(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620721", "620725"), "2024-Q1", "2024-Q3")
    slide = slide_of(exports.to_pptx(charts.heat_map(values, zh, ORIGIN)))
    [frame] = [s for s in slide.shapes if s.has_table]
    assert [[cell.text for cell in row.cells] for row in frame.table.rows] == [
        ["", "一季 2024", "二季", "三季"],
        ["肃南裕固族自治县", "4.00", "未报", "6.60"],
        ["山丹县", "未报", "2.00", "约8.8"],
    ]


def test_bars_of_a_slide_start_at_nought_and_its_words_fit_their_boxes(chart):
    near = replace(
        chart,
        kind="bars",
        title="张掖市二〇二四年抚恤金和生活补助发放额占抚恤金和生活补助下拨额的比例" * 2,
        notes=("合计不全：二〇二四年二季度缺义务兵家庭优待金；" * 12,),
    )
    slide = slide_of(exports.to_pptx(near))
    [native] = [s.chart for s in slide.shapes if s.has_chart]
    assert native.value_axis.minimum_scale == 0
    sizes = {
        s.name: s.text_frame.paragraphs[0].runs[0].font.size.pt
        for s in slide.shapes
        if s.name.startswith("chart/") and s.has_text_frame
    }
    assert sizes == {"chart/title": 24, "chart/subtitle": 14, "chart/foot": 9}


def test_names_that_xml_cannot_hold_break_no_file(tmp_path):
    """A vertical tab in the name of a county, an indicator or a file comes by copy and paste."""
    folder = write_vintage(tmp_path)
    with duckdb.connect(str(store.newest(folder))) as writing:
        writing.execute("""
            update ref_area set short_name = '甘' || chr(11) || '州' where ref_area = '620702';
            update indicator set name = '新兵' || chr(7) where indicator = 'recruits_sent';
        """)
    ask = Asking(store.open_vintage(store.newest(folder)))
    setting = settle(ask, Choice("demonstration", "620700", "2024-Q1"))
    chart = make(setting, Asked("ranking", (("indicator", "recruits_sent"),)))
    origin = setting.origin(("甲\x0b.xlsx",))
    behind = exports.behind_charts(ask, [chart], "value")
    released = exports.release(replace(chart, provenance=origin), behind, words("zh"))
    picture = exports.to_svg(released)
    etree.fromstring(picture.encode())
    assert "甘州" in picture
    assert "甲.xlsx" in picture
    slide = Slide("a", "content", chart.title, chart.title, charts=(released,))
    deck = Deck("views", setting.choice, "汇报", "", origin, (slide,))
    written = exports.write_deck(exports.release_deck(ask, deck, words("zh")))
    [frame] = [s for s in Presentation(io.BytesIO(written)).slides[0].shapes if s.has_chart]
    assert "新兵" in [s.name for s in frame.chart.plots[0].series]
