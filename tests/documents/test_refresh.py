"""A deck that people have edited takes new figures: what they did stays, what we wrote changes."""

import copy
import io
from dataclasses import replace

import openpyxl
import pytest
from hands import by_hand, cells, duplicate, figures, outside, shape
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt
from quarters import BEFORE, FOURTH, RANKED, THIRD, TREND, deck, refreshed
from rendering import findings, saved_again

from dashboard import exports
from dashboard.exports import pptx
from dashboard.locale import words

# How PowerPoint wraps a chart that older programs cannot show.
ALTERNATE = """<mc:AlternateContent
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
xmlns:cx1="http://schemas.microsoft.com/office/drawing/2015/9/8/chartex">
<mc:Choice Requires="cx1"/></mc:AlternateContent>"""


def test_an_untouched_deck_takes_every_new_figure():
    deck, done = refreshed()
    assert figures(shape(deck, "visits/chart-1")) == RANKED
    assert figures(shape(deck, "visits/chart-2")) == (["Q1", "Q2", "Q3", "Q4"], TREND)
    assert cells(shape(deck, "annex/chart-1")) == [
        ["", "Q1", "Q2", "Q3", "Q4"], ["民乐县", "40.00", "未报", "42.00", "43.00"],
        ["甘州区", "35.50", "未报", "37.50", "38.50"], ["临泽县", "9.00", "未报", "11.00", "12.00"],
        ["肃南裕固族自治县", "7.00", "未报", "9.00", "10.00"],
    ]  # fmt: skip
    assert shape(deck, "visits/title").text_frame.text == "四季度：民乐县居首"
    assert shape(deck, "visits/subtitle").text_frame.text == "演示数据　四季度"
    assert shape(deck, "cover/lines").text_frame.text == "四季度"
    assert "民乐县 2024年四季度 40.00万元" in deck.slides[1].notes_slide.notes_text_frame.text
    assert {line.what for line in done.lines} <= {"updated", "same"}
    book = shape(deck, "visits/chart-1").chart.part.chart_workbook.xlsx_part.blob
    rows = openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)
    assert [row[1] for row in rows] == ["慰问金", 40, 35.5, 9, 7]


def test_a_refreshed_deck_means_what_a_new_one_does_and_can_be_refreshed_again():
    once, _ = refreshed()
    data = io.BytesIO()
    once.save(data)
    back = pptx.refresh(data.getvalue(), BEFORE)
    assert pptx.record_of(back.data) == pptx.record_of(BEFORE)
    assert figures(shape(Presentation(io.BytesIO(back.data)), "visits/chart-1"))[1] == {
        "慰问金": (33.0, 6.6, 12.0)
    }


def test_what_is_refreshed_is_valid(tmp_path):
    for name, data in (("old", BEFORE), ("new", refreshed()[1].data)):
        path = tmp_path / f"{name}.pptx"
        path.write_bytes(data)
        assert findings(path) == []


def test_nothing_outside_the_slots_changes_wherever_the_slides_stand():
    slides = Presentation(io.BytesIO(BEFORE))
    order = slides.slides._sldIdLst
    order.insert(0, order[2])  # the annex first
    slides.part.drop_rel(order[1].rId)
    order.remove(order[1])  # no cover
    edited = io.BytesIO()
    slides.save(edited)
    _, done = refreshed(old=edited.getvalue())
    updated = set(done.of("updated"))
    assert done.of("missing") == ("cover",)
    assert outside(done.data, updated) == outside(edited.getvalue(), updated)


def test_moved_resized_recoloured_and_set_in_other_type():
    def edit(deck):
        trend, ranked = (shape(deck, f"visits/chart-{n}") for n in (2, 1))
        trend.left, trend.width = Inches(1), Inches(5)
        trend.chart.plots[0].series[1].format.line.color.rgb = RGBColor(1, 2, 3)
        trend.chart.font.size = Pt(20)
        ranked.chart.plots[0].series[0].points[1].format.fill.solid()
        ranked.chart.plots[0].series[0].points[1].format.fill.fore_color.rgb = RGBColor(9, 9, 9)
        for run in shape(deck, "visits/title").text_frame.paragraphs[0].runs:
            run.font.size, run.font.name = Pt(40), "楷体"
        shape(deck, "annex/chart-1").table.columns[0].width = Inches(3)

    deck, done = refreshed(edit)
    trend, ranked = (shape(deck, f"visits/chart-{n}") for n in (2, 1))
    assert (trend.left, trend.width) == (Inches(1), Inches(5))
    [sunan] = [s for s in trend.chart.plots[0].series if s.name == "肃南裕固族自治县"]
    assert sunan.format.line.color.rgb == RGBColor(1, 2, 3)
    assert trend.chart.font.size == Pt(20)
    assert figures(trend)[1] == TREND
    [run] = shape(deck, "visits/title").text_frame.paragraphs[0].runs
    assert (run.text, run.font.size, run.font.name) == ("四季度：民乐县居首", Pt(40), "楷体")
    # 肃南 was second and is fourth: its own colour goes with it, the mark 约 takes its place.
    points = ranked.chart.plots[0].series[0]._element.findall(qn("c:dPt"))
    assert [int(p.find(qn("c:idx")).get("val")) for p in points] == [3]
    assert done.of("edited") == ()


def test_a_county_that_joins_has_a_colour_of_its_own():
    deck, _ = refreshed()
    colours = [s.format.line.color.rgb for s in shape(deck, "visits/chart-2").chart.plots[0].series]
    assert len(set(colours)) == 4


def test_an_edited_title_stays_and_is_flagged():
    deck, done = refreshed(
        lambda d: setattr(shape(d, "visits/title").text_frame, "text", "我们的标题")
    )
    assert shape(deck, "visits/title").text_frame.text == "我们的标题"
    assert done.of("check") == ("visits/title",)
    assert figures(shape(deck, "visits/chart-1")) == RANKED


def test_added_text_and_slides_stay_and_deleted_and_moved_ones_do_no_harm():
    def edit(deck):
        box = deck.slides[1].shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
        box.text_frame.text = "插一句"
        own = deck.slides.add_slide(deck.slide_layouts[2])
        own.shapes.title.text_frame.text = "自己的一页"
        order = deck.slides._sldIdLst
        order.insert(0, order[3])  # our own slide first
        deck.part.drop_rel(order[3].rId)
        order.remove(order[3])  # the annex is deleted

    deck, done = refreshed(edit)
    assert [s.shapes.title.text_frame.text for s in deck.slides] == [
        "自己的一页", "双拥工作汇报", "四季度：民乐县居首",
    ]  # fmt: skip
    assert "插一句" in [s.text_frame.text for s in deck.slides[2].shapes if s.has_text_frame]
    assert done.of("missing") == ("annex",)


def test_a_duplicated_slide_is_refreshed_too():
    deck, _ = refreshed(lambda d: duplicate(d, 1))
    twins = [s for slide in deck.slides for s in slide.shapes if s.name == "visits/chart-1"]
    assert [figures(twin) for twin in twins] == [RANKED, RANKED]


def test_a_changed_type_survives():
    def edit(deck):
        plot = shape(deck, "visits/chart-1").chart._chartSpace.find(f".//{qn('c:barChart')}")
        plot.find(qn("c:barDir")).set("val", "col")
        lines = shape(deck, "visits/chart-2").chart._chartSpace.find(f".//{qn('c:lineChart')}")
        lines.tag = qn("c:areaChart")
        for gone in ("c:marker", "c:smooth"):
            for element in list(lines.iter(qn(gone))):
                element.getparent().remove(element)

    deck, done = refreshed(edit)
    space = shape(deck, "visits/chart-1").chart._chartSpace
    assert space.find(f".//{qn('c:barDir')}").get("val") == "col"
    assert figures(shape(deck, "visits/chart-1")) == RANKED
    area = shape(deck, "visits/chart-2").chart._chartSpace.find(f".//{qn('c:areaChart')}")
    assert [v.text for v in area.findall(f".//{qn('c:tx')}//{qn('c:v')}")] == list(TREND)
    assert done.of("edited") == ()


def test_bars_that_became_a_line_have_marked_points_and_labels_where_a_line_may():
    def edit(deck):
        plot = shape(deck, "visits/chart-1").chart._chartSpace.find(f".//{qn('c:barChart')}")
        plot.tag = qn("c:lineChart")
        for gone in ("c:barDir", "c:gapWidth", "c:invertIfNegative", "c:dPt"):
            for element in list(plot.iter(qn(gone))):
                element.getparent().remove(element)

    deck, _ = refreshed(edit)
    [ser] = shape(deck, "visits/chart-1").chart._chartSpace.iter(qn("c:ser"))
    [marked] = ser.findall(qn("c:dPt"))
    assert marked.find(qn("c:idx")).get("val") == "3"
    assert marked.find(f".//{qn('c:symbol')}").get("val") == "diamond"
    assert ser.find(f".//{qn('c:dLbl')}") is not None
    assert ser.find(f".//{qn('c:dLbl')}/{qn('c:dLblPos')}") is None  # outEnd breaks a line's file


def test_a_chart_of_a_kind_of_later_years_holds_its_slide():
    def edit(deck):
        frame = shape(deck, "visits/chart-1")._element
        within = etree.fromstring(ALTERNATE)
        frame.getparent().replace(frame, within)
        within[0].append(frame)

    deck, done = refreshed(edit)
    assert ("edited", "visits/chart-1", "type") in {(r.what, r.slot, r.why) for r in done.lines}
    assert "visits/title" in done.of("kept")
    assert "visits/chart-1" not in done.of("missing")


@pytest.mark.parametrize("gone", ["c:val", "c:order"])
def test_a_chart_that_another_program_broke_is_left_and_told(gone):
    def edit(deck):
        for series in shape(deck, "visits/chart-2").chart._chartSpace.iter(qn("c:ser")):
            series.remove(series.find(qn(gone)))

    _, done = refreshed(edit)
    assert "visits/chart-2" in done.of("edited")
    assert "visits/title" in done.of("kept")


def test_a_part_of_another_deck_is_not_known():
    def edit(deck):
        shape(deck, "visits/lines").name = "elsewhere/lines"

    deck, done = refreshed(edit)
    assert done.of("unknown") == ("elsewhere/lines",)
    assert shape(deck, "elsewhere/lines").text_frame.text == "上季度有所增长。"


def test_a_deleted_and_a_renamed_slot_are_told_and_titles_keep_to_their_charts():
    def edit(deck):
        gone = shape(deck, "visits/chart-2")._element
        gone.getparent().remove(gone)
        shape(deck, "annex/chart-1").name = "我的表"

    deck, done = refreshed(edit)
    assert done.of("missing") == ("visits/chart-2",)
    assert ("edited", "我的表", "renamed") in {(r.what, r.slot, r.why) for r in done.lines}
    assert "annex/title" in done.of("kept")
    assert cells(shape(deck, "我的表"))[0] == ["", "Q1", "Q2", "Q3"]
    assert shape(deck, "visits/title").text_frame.text == "四季度：民乐县居首"


def test_words_under_another_name_stay_and_are_told_beside_new_figures():
    """They were told as deleted, and the third quarter's title stood above the fourth's bars."""

    def edit(deck):
        shape(deck, "visits/title").name = "Title 1"
        shape(deck, "visits/lines").name = "我的话"
        shape(deck, "Title 1").text_frame.text = "我们的标题"

    deck, done = refreshed(edit)
    assert figures(shape(deck, "visits/chart-1")) == RANKED
    told = {(line.what, line.slot, line.why) for line in done.lines}
    assert {("check", "Title 1", "renamed"), ("check", "我的话", "renamed")} <= told
    assert done.of("missing") == ()


def test_a_chart_linked_to_a_workbook_of_theirs_stays():
    def edit(deck):
        chart = shape(deck, "visits/chart-1").chart
        link = chart.part.relate_to("file:///C:/表.xlsx", RT.OLE_OBJECT, is_external=True)
        chart._chartSpace.find(qn("c:externalData")).set(qn("r:id"), link)

    deck, done = refreshed(edit)
    assert done.of("edited") == ("visits/chart-1",)
    assert figures(shape(deck, "visits/chart-1"))[0][0] == "1 甘州区"


def test_what_speaks_for_a_chart_under_another_name_stays_with_it():
    """A chart that was renamed, or bears the name of another slide's, says what it said."""

    def edit(deck):
        one, other = shape(deck, "visits/chart-1"), shape(deck, "annex/chart-1")
        one.name, other.name = other.name, one.name

    deck, done = refreshed(edit)
    assert {"visits/title", "visits/caption-1", "annex/title"} <= set(done.of("kept"))
    assert "三季度" in shape(deck, "visits/caption-1").text_frame.text


def test_a_renamed_chart_holds_no_caption_of_another():
    """Left with the half-year's words it stood over three quarters' bars."""

    def edit(deck):
        shape(deck, "visits/chart-1").name = "我的图"

    _, done = refreshed(edit)
    assert "visits/chart-2" in done.of("updated")
    held = {part for part in done.of("kept") if "caption" in part}
    assert held == {"visits/caption-1"}


@pytest.mark.parametrize("where", ["workbook", "chart"])
def test_a_number_changed_by_hand_is_not_overwritten_nor_told_of_as_new(where):
    def edit(deck):
        frame = shape(deck, "visits/chart-1")
        if where == "workbook":
            by_hand(frame, 99)
        else:
            frame.chart._chartSpace.find(f".//{qn('c:val')}//{qn('c:v')}").text = "99"

    deck, done = refreshed(edit)
    assert done.of("edited") == ("visits/chart-1",)
    assert figures(shape(deck, "visits/chart-1"))[0][0] == "1 甘州区"
    assert shape(deck, "visits/title").text_frame.text == "三季度：甘州区居首"
    assert "三季度" in shape(deck, "visits/caption-1").text_frame.text
    assert set(done.of("kept")) == {
        f"visits/{part}" for part in ("title", "subtitle", "lines", "caption-1", "foot", "notes")
    }
    assert figures(shape(deck, "visits/chart-2"))[1] == TREND  # says its own period


def test_a_row_added_to_a_table_keeps_the_table():
    def edit(deck):
        table = shape(deck, "annex/chart-1").table._tbl
        table.append(copy.deepcopy(table.tr_lst[-1]))

    deck, done = refreshed(edit)
    assert done.of("edited") == ("annex/chart-1",)
    assert len(cells(shape(deck, "annex/chart-1"))) == 5


def test_charts_are_known_by_their_question_where_one_has_no_data():
    fresh = exports.write_deck(deck(FOURTH, 4, "四季度", without=("ranking",)))
    made, done = refreshed(fresh=fresh)
    assert done.of("gone") == ("visits/chart-1",)
    assert figures(shape(made, "visits/chart-1"))[0][0] == "1 甘州区"
    assert figures(shape(made, "visits/chart-2"))[1] == TREND


def test_a_title_edited_before_there_was_a_file_stays():
    made = deck(THIRD, 3, "三季度")
    slides = tuple(replace(s, edited=True, title=f"我的{s.name}") for s in made.slides)
    old = exports.write_deck(replace(made, slides=slides))
    after, done = refreshed(old=old)
    assert shape(after, "visits/title").text_frame.text == "我的走访慰问"
    assert "visits/title" in done.of("check")


def test_a_deck_that_libreoffice_saved_is_refreshed(tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(BEFORE)
    deck, done = refreshed(old=saved_again(path, tmp_path).read_bytes())
    assert [line for line in done.lines if line.what not in ("updated", "same")] == []
    assert figures(shape(deck, "visits/chart-1")) == RANKED
    assert figures(shape(deck, "visits/chart-2"))[1] == TREND
    assert [s.shapes.title.text_frame.text for s in deck.slides][1] == "四季度：民乐县居首"
    assert cells(shape(deck, "annex/chart-1"))[1][0] == "民乐县"


def test_the_report_says_first_what_a_person_must_look_at():
    _, done = refreshed(lambda d: setattr(shape(d, "visits/title").text_frame, "text", "我的"))
    said = pptx.told(done, words("zh"))
    assert said[:2] == [
        "请人工核对（文字由人改过，保留未动，但数据已变）1 处：", "  第2页 标题（visits/title）",
    ]  # fmt: skip
    assert said[2].startswith("已更新")


def test_a_slide_that_the_old_deck_lacks_is_told_by_its_title():
    made = deck(THIRD, 3, "三季度")
    without = replace(made, slides=tuple(s for s in made.slides if s.key != "visits"))
    _, done = refreshed(old=exports.write_deck(without))
    assert done.of("new") == ("visits",)
    said = pptx.told(done, words("zh"))
    assert said[:2] == ["新增内容、未加入文件 1 处：", "  “四季度：民乐县居首”这一页"]


def test_a_presentation_of_others_is_refused():
    data = io.BytesIO()
    Presentation().save(data)
    with pytest.raises(pptx.UnrecordedError):
        pptx.record_of(data.getvalue())
    with pytest.raises(pptx.UnreadableError):
        pptx.record_of(b"PK")
