"""A deck is written as native slides: what each says, that nothing overflows, the same bytes."""

import io
import re
from dataclasses import replace
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard import charts, exports
from dashboard.charts.chart import PALETTE, Chart, Marker, Panel, Point, Series
from dashboard.decks import Choice, Deck, Slide
from dashboard.exports import pptx
from dashboard.exports.pptx.blank import blank
from dashboard.exports.pptx.boxes import EMU, Box, lines_of
from dashboard.exports.pptx.markers import markers_of
from dashboard.exports.pptx.table import fits
from dashboard.exports.svg.words import width_of
from dashboard.locale import words

ORIGIN = charts.Provenance(
    "来源：甲.xlsx", "demonstration", "v1", "2024-10-15", "演示数据", "版本 v1"
)
QUARTERS = (("2024-Q1", "一季<br>2024"), ("2024-Q2", "二季"), ("2024-Q3", "三季"))
COUNTIES = ("甘州区", "肃南裕固族自治县", "双江拉祜族佤族布朗族傣族自治县")


def point(key, value, mark="final", area="甘州区"):
    text = "未报" if value is None else f"{value:,.2f}万元"
    short = "未报" if value is None else f"{value:,.2f}"
    return Point(key, value, text, short, mark, "慰问金发放额", area, f"{key[:4]}年{key[5:]}")


def chart(kind="bars", names=COUNTIES, keys=QUARTERS, title="慰问金发放额：各县区"):
    series = tuple(
        Series(
            name,
            tuple(
                point(key, None if (n + k) % 5 == 4 else 10.0 * n + k, area=name)
                for k, (key, _) in enumerate(keys)
            ),
            PALETTE[n % len(PALETTE)],
        )
        for n, name in enumerate(names)
    )
    return Chart(
        kind, title, "万元", "单位：万元", 2, keys, series, ("断开处 无数值",), "图", ORIGIN
    )


def deck(*slides, lang="zh"):
    choice = Choice("demonstration", "620700", "2024-Q3", lang)
    return Deck("quarterly", choice, "双拥工作汇报", "2024年三季度", ORIGIN, slides, "2024年第2期")


def written(made, *, template=None, size="16x9"):
    return Presentation(io.BytesIO(exports.write_deck(made, template, size)))


def shapes(slide):
    return {shape.name: shape for shape in slide.shapes}


VISITS = Slide("visits", "content", "走访慰问", "慰问金同比增长", ("甘州区居首。",),
               (chart(), chart("heat_map", title="各季度")))  # fmt: skip


def test_each_part_of_a_slide_has_its_name_and_says_what_it_must():
    [slide] = written(deck(VISITS)).slides
    parts = shapes(slide)
    assert set(parts) == {
        "visits/title", "visits/subtitle", "visits/lines", "visits/caption-1", "visits/chart-1",
        "visits/caption-2", "visits/chart-2", "visits/foot", "Slide Number",
    }  # fmt: skip
    assert slide.shapes.title.text_frame.text == "慰问金同比增长"
    assert parts["visits/subtitle"].text_frame.text == "演示数据　2024年三季度"
    assert parts["visits/caption-1"].text_frame.text == (
        "慰问金发放额：各县区\n单位：万元　2024年Q1 – 2024年Q3"
    )
    assert parts["visits/foot"].text_frame.text == (
        "断开处 无数值\n来源：甲.xlsx\n版本 v1　2024年第2期"
    )
    notes = slide.notes_slide.notes_text_frame.text
    assert "甘州区：慰问金发放额 2024年Q1 0.00万元；慰问金发放额 2024年Q2 1.00万元" in notes
    assert "肃南裕固族自治县：慰问金发放额 2024年Q1 10.00万元" in notes


def test_the_same_deck_is_the_same_bytes():
    assert exports.write_deck(deck(VISITS)) == exports.write_deck(deck(VISITS))


def test_a_cover_and_a_slide_to_write_on_say_where_figures_come_from():
    cover = Slide("cover", "cover", "封面", "双拥工作汇报", ("2024年三季度",))
    steps = Slide("next", "text", "下一步", "下一步打算")
    first, second = written(deck(cover, steps)).slides
    said = {name: s.text_frame.text for name, s in shapes(first).items()}
    assert said["cover/title"] == "双拥工作汇报"
    assert said["cover/lines"] == "2024年三季度"
    assert said["cover/subtitle"] == "演示数据"
    assert said["cover/foot"] == "来源：甲.xlsx\n版本 v1　2024年第2期"
    assert shapes(second)["next/lines"].is_placeholder  # room for what is written by hand


@pytest.mark.parametrize("size", ["16x9", "4x3"])
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6])
def test_no_shape_leaves_its_slide_and_no_two_charts_meet(n, size):
    made = deck(replace(VISITS, charts=tuple(chart(title=f"{k}") for k in range(n))))
    presentation = written(made, size=size)
    [slide] = presentation.slides
    boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
    for left, top, right, bottom in boxes:
        assert min(left, top) >= 0
        assert right <= presentation.slide_width
        assert bottom <= presentation.slide_height
    drawn = [(s.left, s.top, s.left + s.width, s.top + s.height)
             for s in slide.shapes if s.has_chart]  # fmt: skip
    assert len(drawn) == n
    for i, (l1, t1, r1, b1) in enumerate(drawn):
        for l2, t2, r2, b2 in drawn[i + 1 :]:
            assert r1 <= l2 or r2 <= l1 or b1 <= t2 or b2 <= t1


@pytest.mark.parametrize("size", ["16x9", "4x3"])
def test_a_long_table_goes_on_on_further_slides_with_its_head(size):
    names = tuple(f"{n:02}双江拉祜族佤族布朗族" for n in range(17))
    keys = tuple((f"2024-Q{n}", f"抚恤金和生活补助发放额{n}") for n in range(18))
    annex = Slide("annex", "content", "附表", "附表", (), (chart("pivot", names, keys, "附表"),))
    slides = list(written(deck(annex), size=size).slides)
    assert len(slides) > 1
    cells = {}
    for n, slide in enumerate(slides, start=1):
        [frame] = [s for s in slide.shapes if s.has_table]
        assert frame.name.startswith("annex/" if n == 1 else f"annex~{n}/")
        assert slide.shapes.title.text_frame.text == f"附表 ({n}/{len(slides)})"
        head, *rows = [[cell.text for cell in row.cells] for row in frame.table.rows]
        cells |= {(row[0], k): v for row in rows for k, v in zip(head[1:], row[1:], strict=True)}
        assert frame.top + sum(row.height for row in frame.table.rows) < 6.7 * EMU
    assert len(cells) == 17 * 18
    assert cells["03双江拉祜族佤族布朗族", keys[2][1]] == "32.00"
    assert cells["00双江拉祜族佤族布朗族", keys[4][1]] == "未报"


def test_a_tile_holds_figure_change_progress_and_coverage():
    value = replace(point("value", 264.94), change="-4.1%", coverage="应报7个，已报6个")
    done = replace(point("progress", 50.7), text="完成50.7%", short="●达到")
    panel = Panel("慰问金发放额", "万元", 2)
    series = (Series("慰问金发放额", (value, done), panel=panel),)
    places = (("value", ""), ("progress", ""))
    tiles = Chart("tiles", "主要指标", "", "", 0, places, series, (), "", ORIGIN)
    [slide] = written(deck(Slide("overall", "content", "总体", "总体", (), (tiles,)))).slides
    [frame] = [s for s in slide.shapes if s.has_table]
    assert frame.table.cell(0, 0).text == (
        "慰问金发放额\n264.94万元\n同比 -4.1%\n完成50.7%　●达到\n应报7个，已报6个"
    )


@pytest.mark.parametrize("size", ["16x9", "4x3"])
def test_eight_tiles_with_long_lines_stay_above_the_foot(size):
    """In 4:3 and English a tile's lines took more than its row, and the last left the slide."""
    change, coverage = "+1.4% (in 6 comparable areas)", "7 of 7 due reported"
    value = replace(point("value", 1), text="83,782.3 thousand yuan", change=change)
    value = replace(value, coverage=coverage)
    done = replace(point("progress", 85.8), text="85.8% of the year's target", short="● Met")
    panel = Panel("Pensions", "thousand yuan", 1)
    series = (Series("Pensions and allowances paid", (value, done), panel=panel),) * 8
    tiles = Chart("tiles", "Main figures", "", "", 0, (), series, (), "", ORIGIN)
    slide = Slide(
        "overall", "content", "Overall", "Overall", ("Condolence cash paid. " * 20,), (tiles,)
    )
    made = shapes(written(deck(slide), size=size).slides[0])
    frame, foot = made["overall/chart-1"], made["overall/foot"]
    rows = frame.table.rows
    assert frame.top + sum(row.height for row in rows) <= foot.top
    for row in rows:
        for cell in row.cells:
            name, figure, *below = cell.text_frame.paragraphs
            room = (frame.width / EMU / 4 - 0.3) * 72
            assert sum(width_of(run.text, size_of(run)) for run in figure.runs) <= room / 1.1
            assert [run.text for run in figure.runs] == ["83,782.3", " thousand yuan"]
            assert size_of(figure.runs[0]) >= 1.6 * size_of(figure.runs[1])
            lines = [(p.text, size_of(p.runs[0])) for p in (name, *below)]
            high = sum(lines_of([text], room, size) * size for text, size in lines)
            assert (high + size_of(figure.runs[0])) * 1.2 <= row.height / EMU * 72
            assert min(size for _, size in lines) >= 7


def size_of(run):
    return run.font.size.pt


def test_a_word_of_a_tables_head_is_not_broken():
    heads = tuple((f"k{n}", "Condolence cash paid") for n in range(8))
    row = Series("Zhangye", tuple(point(key, 45.7) for key, _ in heads))
    table = Chart("pivot", "Progress", "%", "", 1, heads, (row,) * 8, (), "", ORIGIN)
    fit = fits(table, Box(0.5, 2, 8.9, 4))
    inside = (fit.widths[1] - 2 * 0.05) * 72
    assert inside >= width_of("Condolence", fit.size) * 1.08


def lines_within(frame):
    """Return where a chart has a line of its own, as shares of its width, and its sign."""
    shapes = etree.fromstring(markers_of(frame.chart.part).encode("utf-8"))
    return [float(x.text) for x in shapes.iter("{*}x")][:1], [t.text for t in shapes.iter("{*}t")]


def test_what_happened_is_marked_within_the_chart_and_a_refresh_moves_it():
    marker = Marker("2024-Q2", "①", "标准调整")
    old, new = (
        deck(Slide("a", "content", "趋势", "趋势", (), (replace(made, markers=(marker,)),)))
        for made in (chart(keys=QUARTERS), chart(keys=QUARTERS[1:]))
    )
    before, after = exports.write_deck(old), exports.write_deck(new)
    [middle], sign = lines_within(shapes(written(old).slides[0])["a/chart-1"])
    assert sign == ["①"]
    fresh = Presentation(io.BytesIO(pptx.refresh(before, after).data))
    [first], _ = lines_within(shapes(fresh.slides[0])["a/chart-1"])
    assert first < middle


def office(tmp_path, rename):
    """Return PowerPoint's own template with some layouts renamed."""
    presentation = Presentation()
    for layout in presentation.slide_layouts:
        layout._element.cSld.set("name", rename.get(layout.name, layout.name))
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text_frame.text = "样张"
    path = tmp_path / "office.pptx"
    presentation.save(path)
    return path


def test_an_office_s_own_template_is_found_by_the_names_of_its_layouts(tmp_path):
    path = office(tmp_path, {"Title Slide": "市委封面", "Title and Content": "标题和内容"})
    (tmp_path / "office.yml").write_text("cover: 市委封面\n", encoding="utf-8")
    template = exports.office(path, words("zh"))
    cover = Slide("cover", "cover", "封面", "双拥工作汇报")
    presentation = written(deck(cover, VISITS), template=template)
    assert [s.slide_layout.name for s in presentation.slides] == ["市委封面", "标题和内容"]
    assert "样张" not in {s.shapes.title.text_frame.text for s in presentation.slides}
    [frame] = [s for s in presentation.slides[1].shapes if s.has_chart]
    faces = {e.get("typeface") for e in frame.chart._chartSpace.iter(qn("a:ea"))}
    assert faces == {"宋体"}  # its theme's


def test_a_template_that_lacks_a_layout_is_refused_by_name(tmp_path):
    path = office(tmp_path, {"Title Slide": "首页"})
    with pytest.raises(exports.TemplateError, match="缺少：封面版式。模板里的版式有：首页、"):
        exports.office(path, words("zh"))
    path.write_bytes(b"PK")
    with pytest.raises(exports.TemplateError, match=r"office\.pptx"):
        exports.office(path, words("zh"))


def rewritten(path, change):
    """Our template's package with some of its parts changed, or left out."""
    with ZipFile(io.BytesIO(blank("16x9"))) as ours, ZipFile(path, "w") as out:
        for name in ours.namelist():
            content = change(name, ours.read(name))
            if content is not None:
                out.writestr(name, content)
    return path


def test_a_potx_is_a_template_and_a_theme_need_not_name_its_typefaces(tmp_path):
    path = rewritten(
        tmp_path / "office.potx",
        lambda name, content: (
            re.sub(rb"<a:(latin|ea) [^>]*/>", b"", content)
            if "theme" in name
            else content.replace(b"presentation.main+xml", b"template.main+xml")
        ),
    )
    template = exports.office(path, words("zh"))
    presentation = written(deck(VISITS), template=template)
    [frame] = [s for s in presentation.slides[0].shapes if s.has_chart]
    faces = {e.get("typeface") for e in frame.chart._chartSpace.iter(qn("a:ea"))}
    assert faces == {"宋体"}  # the theme's, by its list of scripts


def _cut(name, content):
    return content[:80] if "theme1" in name else content


def _other(name, content):
    return b"<a/>" if name.endswith("slideLayout1.xml") else content


def _lacking(name, content):
    return None if "slideMaster1" in name else content


def _without_size(name, content):
    return re.sub(rb"<p:sldSz[^>]*/>", b"", content)


def _without_places(name, content):
    return re.sub(rb"<a:xfrm>.*?</a:xfrm>", b"", content, flags=re.DOTALL)


@pytest.mark.parametrize("change", [_cut, _other, _lacking, _without_size, _without_places])
def test_a_broken_template_is_a_sentence(tmp_path, change):
    path = rewritten(tmp_path / "office.pptx", change)
    with pytest.raises(exports.TemplateError, match=r"office\.pptx 不是可以打开的"):
        exports.office(path, words("zh"))


def test_a_template_under_a_password_is_a_sentence(tmp_path):
    content = bytearray(blank("16x9"))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for entry in re.finditer(mark, bytes(content)):
            content[entry.start() + flags] |= 1  # encrypted
    path = tmp_path / "office.pptx"
    path.write_bytes(content)
    with pytest.raises(exports.TemplateError, match=r"office\.pptx 不是可以打开的"):
        exports.office(path, words("zh"))


@pytest.mark.parametrize("said", [b"cover: [a", "cover: 首页".encode("gbk"), b"- cover"])
def test_names_of_layouts_that_cannot_be_read_are_a_sentence(tmp_path, said):
    path = office(tmp_path, {})
    path.with_suffix(".yml").write_bytes(said)
    with pytest.raises(exports.TemplateError, match=r"office\.yml 写得不对"):
        exports.office(path, words("zh"))


@pytest.mark.parametrize("name", ["\n=1+1县", "甲\r\n乙", " ", "<b>&"])
def test_the_name_of_a_small_chart_may_be_any_text(name):
    drawn = chart("lines", names=(name, "丙"))
    parts = tuple(replace(s, panel=Panel(s.name, "万元", 2)) for s in drawn.series)
    slides = Presentation(io.BytesIO(exports.to_pptx(replace(drawn, series=parts))))
    titles = [s.chart.chart_title.text_frame.text for s in slides.slides[0].shapes if s.has_chart]
    assert titles == [" ".join(name.split()), "丙"]
