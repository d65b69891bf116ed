"""Decks as programs leave them: parts shared or lost, shapes copied, grouped and exchanged."""

import copy
import io
from zipfile import ZipFile

import openpyxl
import pytest
from hands import by_hand, figures, own_copy, shape
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from quarters import BEFORE, RANKED, refreshed

from dashboard.exports import pptx

HELD = {"visits/title", "visits/subtitle", "visits/lines", "visits/caption-1", "visits/foot",
        "visits/notes"}  # fmt: skip


def twins(deck):
    return [s for slide in deck.slides for s in slide.shapes if s.name == "visits/chart-1"]


def second_in_slide(deck, part):
    """Put a second chart of the same name on the slide; its figures are in ``part``."""
    ours = shape(deck, "visits/chart-1")
    element = copy.deepcopy(ours._element)
    ours._element.addnext(element)
    rid = deck.slides[1].part.relate_to(part(ours.chart.part), RT.CHART)
    element.find(f".//{qn('c:chart')}").set(qn("r:id"), rid)
    return ours


@pytest.mark.parametrize("which", [0, 1])
def test_of_two_copies_on_a_slide_the_one_that_people_changed_holds_the_title(which):
    def edit(deck):
        second_in_slide(deck, own_copy)
        by_hand(twins(deck)[which], 99)

    deck, done = refreshed(edit)
    assert [figures(twin) == RANKED for twin in twins(deck)] == [which == 1, which == 0]
    assert set(done.of("kept")) == HELD
    assert shape(deck, "visits/title").text_frame.text == "三季度：甘州区居首"


def test_copies_that_share_one_chart_are_one():
    def edit(deck):
        second_in_slide(deck, lambda part: part)

    deck, done = refreshed(edit)
    assert [figures(twin) for twin in twins(deck)] == [RANKED, RANKED]
    assert done.of("edited") == done.of("kept") == ()
    assert shape(deck, "visits/title").text_frame.text == "四季度：民乐县居首"


def test_a_chart_whose_part_is_not_in_the_file_is_told_and_holds_the_words():
    def edit(deck):
        deck.slides[1].part._rels.pop(shape(deck, "visits/chart-1")._element.chart_rId)

    _, done = refreshed(edit)
    assert done.of("edited") == ("visits/chart-1",)
    assert set(done.of("kept")) == HELD


def test_a_sheet_of_their_own_in_a_charts_workbook_is_not_thrown_away():
    def edit(deck):
        part = shape(deck, "visits/chart-1").chart.part.chart_workbook.xlsx_part
        book = openpyxl.load_workbook(io.BytesIO(part.blob))
        book.create_sheet("测算")["A1"] = 1.1
        out = io.BytesIO()
        book.save(out)
        part.blob = out.getvalue()

    deck, done = refreshed(edit)
    assert done.of("edited") == ("visits/chart-1",)
    blob = shape(deck, "visits/chart-1").chart.part.chart_workbook.xlsx_part.blob
    assert openpyxl.load_workbook(io.BytesIO(blob))["测算"]["A1"].value == 1.1


def test_a_chart_without_its_workbook_takes_figures_and_a_new_one():
    def edit(deck):
        chart = shape(deck, "visits/chart-1").chart
        data = chart._chartSpace.find(qn("c:externalData"))
        chart.part._rels.pop(data.get(qn("r:id")))
        data.getparent().remove(data)

    deck, done = refreshed(edit)
    assert figures(shape(deck, "visits/chart-1")) == RANKED
    book = shape(deck, "visits/chart-1").chart.part.chart_workbook.xlsx_part.blob
    rows = openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)
    assert [row[1] for row in rows] == ["慰问金", 40, 35.5, 9, 7]
    assert done.of("edited") == ()


def test_parts_in_a_group_are_refreshed_where_they_are():
    def edit(deck):
        group = deck.slides[1].shapes.add_group_shape([])
        for part in ("chart-1", "foot"):
            group._element.append(shape(deck, f"visits/{part}")._element)

    deck, done = refreshed(edit)
    [chart] = [s for g in deck.slides[1].shapes if hasattr(g, "shapes") for s in g.shapes
               if s.name == "visits/chart-1"]  # fmt: skip
    assert figures(chart) == RANKED
    assert done.of("missing") == done.of("edited") == ()


@pytest.mark.parametrize("what", ["without a paragraph", "without words at all"])
def test_a_box_that_a_program_emptied_is_not_filled_again(what):
    def edit(deck):
        box = shape(deck, "visits/subtitle")._element
        body = box.txBody
        if what == "without words at all":
            box.remove(body)
        for paragraph in list(body.findall(qn("a:p"))):
            body.remove(paragraph)

    _, done = refreshed(edit)
    assert done.of("check") == ("visits/subtitle",)


def test_a_second_chart_combined_on_other_axes_takes_its_figures_too():
    """People set one county as a line over the bars of the others."""

    def edit(deck):
        plot = shape(deck, "visits/chart-2").chart._chartSpace.find(f".//{qn('c:lineChart')}")
        other = copy.deepcopy(plot)
        plot.addnext(other)
        other.remove(other.findall(qn("c:ser"))[0])
        for ser in plot.findall(qn("c:ser"))[1:]:
            plot.remove(ser)

    deck, done = refreshed(edit)
    space = shape(deck, "visits/chart-2").chart._chartSpace
    plots = [[v.text for v in plot.findall(f"{qn('c:ser')}/{qn('c:tx')}//{qn('c:v')}")]
             for plot in space.iter(qn("c:lineChart"))]  # fmt: skip
    assert plots == [["甘州区"], ["肃南裕固族自治县", "民乐县", "临泽县"]]
    assert done.of("edited") == ()


def bold_word(paragraph, n):
    """Make the n-th third of a paragraph bold and red, as people stress a word."""
    [run] = paragraph._p.findall(qn("a:r"))
    words = run.find(qn("a:t")).text
    third = len(words) // 3
    parts = (words[:third], words[third : 2 * third], words[2 * third :])
    for k, part in enumerate(parts):
        one = copy.deepcopy(run)
        one.find(qn("a:t")).text = part
        one.find(qn("a:rPr")).set("b", "1" if k == n else "0")
        run.addprevious(one)
    paragraph._p.remove(run)


def test_a_stressed_word_stays_in_words_that_stay_and_is_no_look_for_new_ones():
    def edit(deck):
        for part in ("title", "lines"):
            bold_word(shape(deck, f"visits/{part}").text_frame.paragraphs[0], 0)

    deck, done = refreshed(edit)
    runs = {p: shape(deck, f"visits/{p}").text_frame.paragraphs[0].runs for p in ("title", "lines")}
    assert [(r.text, r.font.bold) for r in runs["lines"]] == [
        ("上季", True), ("度有", False), ("所增长。", False),
    ]  # fmt: skip
    assert [(r.text, r.font.bold) for r in runs["title"]] == [("四季度：民乐县居首", False)]
    assert done.of("check") == ()


@pytest.mark.parametrize("linked", [False, True])
def test_a_slide_taken_off_the_list_is_deleted_though_its_part_is_there(linked):
    """python-pptx numbers the slides that are left anew: two were called slide2.xml."""

    def edit(deck):
        cover, visits, _ = deck.slides
        if linked:
            cover.part.relate_to(visits.part, RT.SLIDE)
        deck.slides._sldIdLst.remove(deck.slides._sldIdLst[1])

    deck, done = refreshed(edit)
    names = ZipFile(io.BytesIO(done.data)).namelist()
    assert [name for name in names if name.startswith("ppt/slides/s")] == [
        "ppt/slides/slide1.xml", "ppt/slides/slide3.xml",
    ]  # fmt: skip
    assert len(set(names)) == len(names)
    assert done.of("missing") == ("visits",)
    assert [s.shapes.title.text_frame.text for s in deck.slides] == ["双拥工作汇报", "附表"]


def test_of_two_slides_of_one_name_nobody_knows_which_is_meant(tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(BEFORE)
    with ZipFile(path, "a") as parts, pytest.warns(UserWarning, match="Duplicate name"):
        parts.writestr("ppt/slides/slide2.xml", parts.read("ppt/slides/slide3.xml"))
    with pytest.raises(pptx.UnreadableError):
        pptx.record_of(path.read_bytes())
