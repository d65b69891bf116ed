"""Every edit at once, saved by LibreOffice, then the next quarter and the one after it."""

import copy
import io
from dataclasses import replace

import pytest
from hands import by_hand, cells, duplicate, figures, outside, shape
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt
from quarters import FOURTH, NAMES, RANKED, THIRD, TREND, deck
from rendering import findings, saved_again

from dashboard import exports
from dashboard.exports import pptx

FIFTH = {"620723": 50.0, "620722": 40.5, "620702": 36.0, "620721": 8.0}
KEYS = ("visits", "funds", "jobs", "annex", "pensions", "schooling")
OLD = RGBColor(1, 2, 3)


def of(values, last, period):
    """Return the deck with each of its two slides three times, under other keys."""
    made = deck(values, last, period)
    cover, visits, annex = made.slides
    like = dict(zip(KEYS, (visits, visits, visits, annex, annex, annex), strict=True))
    slides = tuple(replace(slide, key=key) for key, slide in like.items())
    choice = replace(made.choice, period=("2024-Q3", "2024-Q4", "2025-Q1")[last - 3])
    return replace(made, slides=(cover, *slides), choice=choice)


def edit(slides):
    trend = shape(slides, "visits/chart-2")
    trend.left, trend.width = Inches(1), Inches(5)
    trend.chart.plots[0].series[1].format.line.color.rgb = OLD
    trend.chart.font.size = Pt(20)
    for run in shape(slides, "visits/title").text_frame.paragraphs[0].runs:
        run.font.size, run.font.name = Pt(33), "楷体"
    box = slides.slides[1].shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
    box.text_frame.text = "插一句"
    shape(slides, "funds/title").text_frame.text = "我们的标题"
    bars = shape(slides, "funds/chart-1").chart._chartSpace.find(f".//{qn('c:barDir')}")
    bars.set("val", "col")
    gone = shape(slides, "funds/chart-2")._element
    gone.getparent().remove(gone)
    by_hand(shape(slides, "jobs/chart-1"), 99)
    changed = shape(slides, "jobs/chart-1").chart._chartSpace
    changed.find(f".//{qn('c:val')}//{qn('c:v')}").text = "99"
    table = shape(slides, "annex/chart-1").table._tbl
    table.append(copy.deepcopy(table.tr_lst[-1]))
    shape(slides, "pensions/chart-1").name = "我的表"
    duplicate(slides, 1)
    own = slides.slides.add_slide(slides.slide_layouts[2])
    own.shapes.title.text_frame.text = "自己的一页"
    order = slides.slides._sldIdLst
    slides.part.drop_rel(order[6].rId)
    order.remove(order[6])  # schooling is deleted
    order.insert(0, order[-1])  # our own slide stands first


@pytest.fixture(scope="module")
def rounds(tmp_path_factory):
    """Return the deck as LibreOffice saved it, and two refreshes, with what they told."""
    folder = tmp_path_factory.mktemp("twice")
    slides = Presentation(io.BytesIO(exports.write_deck(of(THIRD, 3, "三季度"))))
    edit(slides)
    slides.save(folder / "deck.pptx")
    saved = saved_again(folder / "deck.pptx", folder).read_bytes()
    once = pptx.refresh(saved, exports.write_deck(of(FOURTH, 4, "四季度")))
    twice = pptx.refresh(once.data, exports.write_deck(of(FIFTH, 5, "一季度")))
    for name, done in (("once", once), ("twice", twice)):
        (folder / f"{name}.pptx").write_bytes(done.data)
    return saved, once, twice, folder


def after(done):
    return Presentation(io.BytesIO(done.data))


def titles(slides):
    return [slide.shapes.title.text_frame.text for slide in slides.slides]


def test_what_people_did_is_there_after_each_refresh(rounds):
    for done, head, first in ((rounds[1], "四季度", "民乐县"), (rounds[2], "一季度", "临泽县")):
        slides = after(done)
        found = f"{head}：{first}居首"
        assert titles(slides) == [
            "自己的一页", "双拥工作汇报", found, "我们的标题", "三季度：甘州区居首", "附表", "附表",
            found,
        ]  # fmt: skip
        assert "插一句" in [s.text_frame.text for s in slides.slides[2].shapes if s.has_text_frame]
        [run] = slides.slides[2].shapes.title.text_frame.paragraphs[0].runs
        assert (run.font.size, run.font.name) == (Pt(33), "楷体")
        trends = [s for n in (2, 7) for s in slides.slides[n].shapes if s.name == "visits/chart-2"]
        for trend in trends:
            assert (trend.left, trend.width) == pytest.approx((Inches(1), Inches(5)), abs=360)
            [sunan] = [s for s in trend.chart.plots[0].series if s.name == NAMES["620721"]]
            assert sunan.format.line.color.rgb == OLD
        bars = shape(slides, "funds/chart-1").chart._chartSpace.find(f".//{qn('c:barDir')}")
        assert bars.get("val") == "col"
        assert figures(shape(slides, "jobs/chart-1"))[1]["慰问金"][0] == 99
        assert len(cells(shape(slides, "annex/chart-1"))) == 5
        assert cells(shape(slides, "我的表"))[0] == ["", "Q1", "Q2", "Q3"]


def test_what_nobody_edited_has_the_figures_of_its_quarter(rounds):
    once, twice = after(rounds[1]), after(rounds[2])
    for slide in (once.slides[2], once.slides[7]):
        charts = {s.name: figures(s) for s in slide.shapes if s.has_chart}
        assert charts == {
            "visits/chart-1": RANKED,
            "visits/chart-2": (["Q1", "Q2", "Q3", "Q4"], TREND),
        }
    assert figures(shape(once, "funds/chart-1")) == RANKED
    for slide in (twice.slides[2], twice.slides[7]):
        charts = {s.name: figures(s) for s in slide.shapes if s.has_chart}
        assert charts["visits/chart-1"] == (
            ["1 临泽县", "2 民乐县", "3 甘州区", "4 肃南裕固族自治县"],
            {"慰问金": (50, 40.5, 36, 8)},
        )
        assert charts["visits/chart-2"][0] == ["Q1", "Q2", "Q3", "Q4", "Q5"]
        assert charts["visits/chart-2"][1]["临泽县"] == (50, None, 52, 53, 54)


def test_the_report_is_right_both_times(rounds):
    held = {f"jobs/{p}" for p in ("title", "subtitle", "lines", "caption-1", "foot", "notes")}
    for done in rounds[1:3]:
        assert done.of("check") == ("funds/title",)
        assert {(r.slot, r.why) for r in done.lines if r.what == "edited"} == {
            ("jobs/chart-1", ""), ("annex/chart-1", ""), ("我的表", "renamed"),
        }  # fmt: skip
        kept = set(done.of("kept"))
        assert held <= kept
        assert {slot.partition("/")[0] for slot in kept} == {"jobs", "annex", "pensions"}
        assert set(done.of("missing")) == {"schooling", "funds/chart-2"}
        assert done.of("unknown") == done.of("new") == done.of("gone") == ()


def test_nothing_outside_the_slots_changes_and_the_files_are_valid(rounds):
    saved, once, twice, folder = rounds
    for before, done in ((saved, once), (once.data, twice)):
        slots = {*done.of("updated"), "PlaceHolder 1", "PlaceHolder 2"}  # LibreOffice's own names
        then, now = (outside(data, slots) for data in (before, done.data))
        for parts in (then, now):
            del parts["[Content_Types].xml"]  # LibreOffice left the workbooks out
        assert now == then
    ours = set(findings(folder / "saved" / "deck.pptx"))
    assert [f for f in findings(folder / "once.pptx") if f.partition(" ")[2] not in
            {known.partition(" ")[2] for known in ours}] == []  # fmt: skip
