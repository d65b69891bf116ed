"""A table that grew goes on behind the slides that it has; small charts are told by name."""

from dataclasses import replace

import pytest
from hands import cells, figures, outside, shape
from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from quarters import THIRD, chart, deck, point, refreshed
from rendering import findings, lines_of, saved_again, to_pdf

from dashboard import exports
from dashboard.charts.chart import PALETTE, Panel, Series
from dashboard.decks import Asked
from dashboard.exports import pptx
from dashboard.locale import words

COUNTIES = [f"第{n}县" for n in range(1, 61)]


def table(counties, value):
    series = tuple(
        Series(name, (replace(point("620702", "Q1", value + n), area=name),), PALETTE[0])
        for n, name in enumerate(counties)
    )
    return chart("heat_map", "附表", (("Q1", "Q1"),), series)


def of(counties, value, last=3):
    made = deck(THIRD, last, "三季度")
    cover, visits, annex = made.slides
    annex = replace(annex, charts=(table(counties, value),))
    return exports.write_deck(replace(made, slides=(cover, annex, visits)))


def titles(deck):
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def listed(deck):
    """Return the counties of all parts of the table, and their values' place in it."""
    tables = [cells(s) for slide in deck.slides for s in slide.shapes if s.has_table]
    return [row for rows in tables for row in rows[1:]]


OLD, LONGER = of(COUNTIES[:17], 10), of(COUNTIES, 20, 4)


def test_a_table_that_grew_goes_on_behind_the_slide_that_it_had(tmp_path):
    deck, done = refreshed(old=OLD, fresh=LONGER)
    n = len(deck.slides) - 2
    assert n > 1
    assert titles(deck) == [
        "双拥工作汇报", *(f"附表 ({k}/{n})" for k in range(1, n + 1)), "三季度：甘州区居首",
    ]  # fmt: skip
    assert listed(deck) == [[name, f"{20 + k:.2f}"] for k, name in enumerate(COUNTIES)]
    added = [line for line in done.lines if line.what == "added"]
    assert [(line.slot, line.slide, line.called) for line in added] == [
        (f"annex~{k}", k + 1, f"附表 ({k}/{n})") for k in range(2, n + 1)
    ]
    assert {line.slide for line in done.lines if line.slot.startswith("visits/")} == {n + 2}
    assert "第60县" in deck.slides[n].notes_slide.notes_text_frame.text
    (tmp_path / "new.pptx").write_bytes(done.data)
    assert findings(tmp_path / "new.pptx") == []
    now, then = outside(done.data, set(done.of("updated"))), outside(OLD, set(done.of("updated")))
    assert {name for name in then if now[name] != then[name]} == {
        "[Content_Types].xml", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels",
    }  # fmt: skip


def test_a_table_that_libreoffice_saved_still_ends_above_its_foot(tmp_path):
    (tmp_path / "deck.pptx").write_bytes(OLD)
    old = saved_again(tmp_path / "deck.pptx", tmp_path).read_bytes()
    _, done = refreshed(old=old, fresh=LONGER)
    (tmp_path / "new.pptx").write_bytes(done.data)
    [pdf] = to_pdf([tmp_path / "new.pptx"], tmp_path)
    lines = lines_of(pdf, 2)
    last, foot = (next(n for n, line in enumerate(lines) if said in line)
                  for said in ("第20县", "来源"))  # fmt: skip
    assert last < foot


def test_what_was_added_is_refreshed_the_next_time():
    deck, done = refreshed(old=refreshed(old=OLD, fresh=LONGER)[1].data, fresh=of(COUNTIES, 30))
    assert listed(deck) == [[name, f"{30 + k:.2f}"] for k, name in enumerate(COUNTIES)]
    assert {line.what for line in done.lines} <= {"updated", "same"}


@pytest.mark.parametrize("what", ["a changed cell", "the table deleted"])
def test_a_table_that_people_changed_gets_no_further_slide(what):
    def edit(deck):
        table = shape(deck, "annex/chart-1")
        if what == "a changed cell":
            table.table.cell(1, 1).text_frame.text = "99"
        else:
            table._element.getparent().remove(table._element)

    deck, done = refreshed(edit, old=OLD, fresh=LONGER)
    assert len(deck.slides) == 3
    assert "annex~2" in done.of("new")


P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
SECTION = """<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:ext
uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst xmlns:p14="{}"><p14:section name="一"
id="{{6F9619FF-8B86-D011-B42D-00C04FC964FF}}"><p14:sldIdLst>{}</p14:sldIdLst></p14:section>\
</p14:sectionLst></p:ext></p:extLst>"""


def one_section(deck):
    """Put all slides into one section, as PowerPoint writes it."""
    listed = "".join(f'<p14:sldId id="{e.get("id")}"/>' for e in deck.slides._sldIdLst)
    deck.part._element.append(etree.fromstring(SECTION.format(P14, listed)))


@pytest.mark.parametrize(("old", "fresh"), [(OLD, LONGER), (LONGER, OLD)])
def test_slides_come_and_go_in_the_section_of_their_table(old, fresh, tmp_path):
    deck, done = refreshed(one_section, old=old, fresh=fresh)
    listed = [entry.get("id") for entry in deck.slides._sldIdLst]
    assert [e.get("id") for e in deck.part._element.iter(f"{{{P14}}}sldId")] == listed
    (tmp_path / "new.pptx").write_bytes(done.data)
    assert findings(tmp_path / "new.pptx") == []


def test_a_table_that_shrank_leaves_no_slide_of_the_old_figures():
    deck, done = refreshed(old=LONGER, fresh=OLD)
    assert titles(deck) == ["双拥工作汇报", "附表", "三季度：甘州区居首"]
    assert listed(deck) == [[name, f"{10 + k:.2f}"] for k, name in enumerate(COUNTIES[:17])]
    gone = [slot for slot in pptx.record_of(LONGER).slots if slot.startswith("annex~")]
    assert gone
    assert not {*gone} & {*pptx.record_of(done.data).slots}
    assert {line.slide for line in done.lines if line.slot.startswith("visits/")} == {3}
    said = pptx.told(done, words("zh"))
    assert said[:3] == [
        "表格变短、已去掉续页 2 处：", "  “附表 (2/3)”这一页", "  “附表 (3/3)”这一页",
    ]  # fmt: skip
    again, _ = refreshed(old=done.data, fresh=LONGER)
    assert listed(again) == [[name, f"{20 + k:.2f}"] for k, name in enumerate(COUNTIES)]


def a_box(deck):
    deck.slides[2].shapes.add_textbox(0, 0, 9, 9).text_frame.text = "插一句"


def a_cell(deck):
    shape(deck, "annex~2/chart-1").table.cell(1, 1).text_frame.text = "99"


def a_note(deck):
    deck.slides[2].notes_slide.notes_text_frame.text = "别忘了"


def a_link(deck):
    deck.slides[0].part.relate_to(deck.slides[2].part, RT.SLIDE)


@pytest.mark.parametrize("edit", [a_box, a_cell, a_note, a_link])
def test_a_further_slide_that_people_changed_stays_and_is_told(edit):
    deck, done = refreshed(edit, old=LONGER, fresh=OLD)
    assert titles(deck)[1:3] == ["附表", "附表 (2/3)"]
    assert done.of("gone") == ("annex~2",)
    assert done.of("removed") == ("annex~3",)


def test_of_small_charts_each_is_its_countys_and_one_that_joined_is_told():
    def of_panels(counties, last):
        made = deck(THIRD, last, "三季度")
        series = tuple(
            Series(name, (replace(point("620702", "Q1", 9.0 + n), area=name),), PALETTE[0],
                   panel=Panel(name, "万元", 2))
            for n, name in enumerate(counties)
        )  # fmt: skip
        many = chart("lines", "各县区", (("Q1", "Q1"),), series)
        cover, visits, _ = made.slides
        visits = replace(visits, charts=(many,), asked=(Asked("trend"),))
        return exports.write_deck(replace(made, slides=(cover, visits)))

    old, fresh = of_panels(COUNTIES[:6], 3), of_panels([*COUNTIES[1:6], "新县", "又一县"], 4)
    deck_now, done = refreshed(old=old, fresh=fresh)
    small = {s.chart.chart_title.text_frame.text: next(iter(figures(s)[1].items()))
             for s in deck_now.slides[1].shapes if s.has_chart}  # fmt: skip
    assert small == {
        "第1县": ("第1县", (9.0,)),  # is no more there: it stays, and is told
        **{f"第{n}县": (f"第{n}县", (7.0 + n,)) for n in range(2, 7)},
    }
    assert done.of("gone") == ("visits/chart-1-1",)
    said = pptx.told(done, words("zh"))
    at = said.index("新增内容、未加入文件 2 处：")
    assert said[at + 1 : at + 3] == ["  小图“新县”", "  小图“又一县”"]
