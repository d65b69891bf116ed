"""Bulletins are reopened: their figures are the query's, their pages those of GB/T 9704."""

import io
import json
import re
from dataclasses import replace
from zipfile import ZipFile

import duckdb
import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from dashboard import charts, exports, store
from dashboard.decks import Choice, Deck, Slide, compose, read_recipe
from dashboard.exports import TemplateError
from dashboard.exports.__main__ import main
from dashboard.exports.docx import write_bulletin
from dashboard.locale import words
from dashboard.locale.labels import read_labels
from dashboard.queries import counties
from dashboard.queries.ask import Remembering
from dashboard.queries.trend import trend
from tests.dashboard.small_vintage import ROOT, write_vintage
from tests.documents.rendering import findings

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")
AREAS = ("620702", "620721", "620722")
PERIODS = ("2024-Q1", "2024-Q2", "2024-Q3")


@pytest.fixture(scope="module")
def drawn(con, zh):
    """A line, a ranking, a heat map of 慰问金."""
    values = trend(con, D, ("condolence_fund",), AREAS, PERIODS[0], PERIODS[-1])
    rows = counties.ranking(con, D, "condolence_fund", "620700", "2024-Q3")
    return (
        charts.trend(values, zh, ORIGIN),
        charts.ranking(rows, "condolence_fund", "2024-Q3", zh, ORIGIN),
        charts.heat_map(values, zh, ORIGIN),
    )


def deck_of(*slides, issue="", lang="zh"):
    cover = Slide("cover", "cover", "双拥工作通报", "通报", ("三季度", "张掖市双拥办公室"))
    title = "关于张掖市2024年三季度双拥工作情况的通报"
    choice = Choice(D, "620700", "2024-Q3", lang)
    return Deck("bulletin", choice, title, "三季度", ORIGIN, (cover, *slides), issue)


@pytest.fixture(scope="module")
def deck(drawn):
    return deck_of(
        Slide("overall", "content", "总体情况", "慰问金同比增长", ("全市平稳。",), drawn[:2]),
        Slide("annex", "content", "分县区情况", "", (), drawn[2:]),
    )


@pytest.fixture(scope="module")
def written(deck):
    return write_bulletin(deck)


@pytest.fixture(scope="module")
def document(written):
    return Document(io.BytesIO(written))


def texts(document):
    return [p.text for p in document.paragraphs if p.text]


def test_its_parts_stand_in_an_offices_order(document):
    assert texts(document)[:8] == [
        "双拥工作通报",
        "第　　期",
        "张掖市双拥办公室\t数据截至2024年10月15日",
        "关于张掖市2024年三季度\n双拥工作情况的通报",
        "一、总体情况",
        "慰问金同比增长",
        "全市平稳。",
        "图1　慰问金发放额（3个地区）",
    ]
    assert texts(document)[-5:-1] == [
        "附件　分县区情况",
        "表1　慰问金发放额：各县区分期数值",
        "演示数据　2024年一季度 – 2024年三季度　单位：万元",
        "○ 初步、估计或待核实数　没有底色的格子 无数值　应报3个，已报3个",
    ]


def test_a_frozen_issue_has_its_number(deck):
    document = Document(io.BytesIO(write_bulletin(replace(deck, issue="2024年第2期"))))
    assert texts(document)[1] == "2024年第2期"


def test_a_table_holds_the_querys_figures_and_says_why_there_is_none(document):
    [table] = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["地区", "一季 2024", "二季", "三季"],
        ["甘州区", "22.00", "9.00", "33.00"],
        ["肃南裕固族自治县", "4.00", "未报", "6.60"],
        ["民乐县", "9.00", "3.00", "12.00 ○"],
    ]
    heads = [row for row in table._tbl.tr_lst if row.find(qn("w:trPr")).find(qn("w:tblHeader"))
             is not None]  # fmt: skip
    assert heads == table._tbl.tr_lst[:1]


def test_a_chart_is_native_with_its_workbook_and_its_gaps(written, drawn):
    with ZipFile(io.BytesIO(written)) as parts:
        sheets = [
            list(openpyxl.load_workbook(io.BytesIO(parts.read(name))).active.values)
            for name in sorted(parts.namelist())
            if name.endswith(".xlsx")
        ]
    line, ranked = drawn[:2]
    expected = [[p.value for p in series.points] for series in line.series]
    assert [list(column[1:]) for column in zip(*sheets[0], strict=True)][1:] == expected
    assert expected[1] == [4.0, None, 6.6]
    assert sheets[1][1:] == [
        (label, point.value)
        for (_, label), point in zip(ranked.categories, ranked.points, strict=True)
    ]


def test_charts_name_their_workbook_and_all_text_its_typefaces(written):
    with ZipFile(io.BytesIO(written)) as parts:
        for n in (1, 2):
            chart = parts.read(f"word/charts/chart{n}.xml").decode()
            relations = parts.read(f"word/charts/_rels/chart{n}.xml.rels").decode()
            [key] = re.findall(r'externalData[^>]* r:id="(\w+)"', chart)
            assert f'Id="{key}"' in relations
            assert f"workbook{n}.xlsx" in relations
            assert chart.count("<a:ea ") == chart.count("<a:latin ") > 0


def test_every_style_of_a_run_has_an_east_asian_typeface(document):
    used = {p.style.name for p in document.paragraphs}
    used |= {p.style.name for t in document.tables for row in t.rows for c in row.cells
             for p in c.paragraphs}  # fmt: skip
    faces = {
        name: document.styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for name in used
    }
    assert faces["Title"] == "方正小标宋简体"
    assert faces["Body Text"] == "仿宋"
    assert faces["Heading 1"] == "黑体"
    assert faces["Heading 2"] == "楷体"
    assert all(faces.values())


def test_a_typeface_that_a_computer_has_not_got_has_another_in_its_stead(written):
    with ZipFile(io.BytesIO(written)) as parts:
        table = parts.read("word/fontTable.xml").decode()
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="华文中宋,小标宋体,宋体"/>' in table


def test_pages_follow_the_standard(document):
    upright, turned = document.sections
    for section, size in ((upright, (210, 297)), (turned, (297, 210))):
        assert (round(section.page_width.mm), round(section.page_height.mm)) == size
    margins = (upright.top_margin, upright.bottom_margin, upright.left_margin,
               upright.right_margin)  # fmt: skip
    assert [round(m.mm) for m in margins] == [37, 35, 28, 26]
    body = document.styles["Body Text"]
    assert (body.font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 28)
    for footer in (upright.footer, upright.even_page_footer):
        assert footer.paragraphs[0]._p.xpath("string(.)") == "— 1 —"
    assert upright.header.paragraphs[0].text == "演示数据"


def test_the_same_bulletin_is_the_same_file(deck, written, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert write_bulletin(deck) == written


def test_it_breaks_no_rule_of_the_format(written, tmp_path):
    file = tmp_path / "bulletin.docx"
    file.write_bytes(written)
    assert findings(file) == []


# ── an office's own template ────────────────────────────────────────────────────────────────────


def template_in(folder, *paragraphs):
    """Write a template; a list is a paragraph that Word has cut into runs."""
    document = Document()
    document.styles["Heading 1"].font.size = Pt(20)
    document.sections[0].header.paragraphs[0].text = "内部 {期号}"
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text in runs if isinstance(runs, list) else [runs]:
            paragraph.add_run(text)
    file = folder / "模板.docx"
    document.save(file)
    return file


def test_an_offices_template_is_filled_in(deck, tmp_path):
    file = template_in(
        tmp_path,
        "{名称}",
        ["{标", "题}（送审）"],
        "{正文}",
        "抄送：{抄送}",
        "{附件}",
        "联系电话：8200000",
    )
    document = Document(io.BytesIO(write_bulletin(replace(deck, issue="2024年第2期"), file)))
    said = texts(document)
    assert said[:4] == [
        "双拥工作通报",
        "关于张掖市2024年三季度双拥工作情况的通报（送审）",
        "一、总体情况",
        "慰问金同比增长",
    ]
    assert said.index("抄送：{抄送}") < said.index("附件　分县区情况") < len(said) - 1
    assert said[-1] == "联系电话：8200000"
    assert len(document.tables) == 1
    assert [p.text for p in document.sections[0].header.paragraphs] == [
        "内部 2024年第2期",
        "演示数据",
    ]
    heading = next(p for p in document.paragraphs if p.text == "一、总体情况")
    assert heading.style.font.size == Pt(20)
    assert document.styles["说明"].font.size == Pt(9)
    written = tmp_path / "通报.docx"
    document.save(written)
    assert findings(written) == []


def test_a_template_without_a_place_for_the_text_is_refused(deck, tmp_path):
    file = template_in(tmp_path, "{标题}", "正文：{正文}")
    with pytest.raises(TemplateError) as refused:
        write_bulletin(deck, file)
    assert str(refused.value) == (
        "模板 模板.docx 里没有单独成段的 {正文}，不知道正文放在哪里。"
        "模板里现有：{期号}、{标题}、{正文}。"
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "甲".encode()])
def test_what_is_no_document_is_no_template(deck, tmp_path, content):
    file = tmp_path / "甲.docx"
    file.write_bytes(content)
    with pytest.raises(TemplateError, match=r"^甲\.docx 不是可以打开的 \.docx 模板。$"):
        write_bulletin(deck, file)


# ── composed of a vintage ───────────────────────────────────────────────────────────────────────

RECIPE = """
document: bulletin
title: {zh: "关于{area}{period}工作的通报"}
slides:
  - {key: cover, layout: cover, name: {zh: 通报}, lines: [{ask: text, zh: "{area}双拥办"}]}
  - key: ranking
    name: {zh: 排名}
    lines:
      - reporting
      - {ask: leaders, indicators: "publicity_events,mission_incidents"}
      - {ask: lagging, indicators: publicity_events}
      - asks
    charts: [{ask: ranking_table, indicator: publicity_events, measure: ytd}]
  - key: recruits
    name: {zh: 征兵}
    lines:
      - {ask: figures, zh: 征兵方面, area: "620721", indicators: recruits_sent}
      - {ask: figures, zh: 就业方面, area: "620721", indicators: job_fairs}
      - {ask: leaders, indicators: "recruits_sent,job_fairs"}
    charts: [{ask: ranking_table, indicator: recruits_sent}]
  - key: persons
    name: {zh: 人数}
    lines: [{ask: figures, zh: 人数方面, area: "620721", indicators: recruits_sent}]
  - key: secret
    name: {zh: 事故}
    charts: [{ask: ranking_table, indicator: mission_incidents}]
"""


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """The small vintage, where Sunan sent two recruits, and a recipe of its office."""
    folder = tmp_path_factory.mktemp("office")
    vintages = write_vintage(folder / "vintages")
    with duckdb.connect(str(store.newest(vintages))) as writing:
        writing.execute("""update series set obs_value = 2 where indicator = 'recruits_sent'
                           and (ref_area, time_period) = ('620721', '2024-Q1')""")
    recipes = folder / "local" / "decks"
    recipes.mkdir(parents=True)
    (recipes / "ours.yml").write_text(RECIPE, encoding="utf-8")
    return vintages


def made(vintages, *options):
    out = vintages.parent / "b.docx"
    arguments = ["bulletin", "--recipe", "ours", "--area", "620700", "--out", str(out)]
    assert main([*arguments, "--vintages", str(vintages), *options]) == 0
    return out.read_bytes()


def test_a_ranking_is_the_querys_and_who_is_silent_stands_below(few):
    document = Document(io.BytesIO(made(few, "--period", "2024-Q3")))
    table = document.tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["地区", "名次", "数值（场）", "同比", "名次变化", "完成年度目标"]
    con = store.open_vintage(store.newest(few))
    ranked = counties.ranking(con, D, "publicity_events", "620700", "2024-Q3", "ytd")
    labels, code = read_labels(con, "zh"), "publicity_events"
    assert [row[:3] for row in rows[1:]] == [
        [
            labels.area(r.ref_area),
            str(r.place or "—"),
            labels.value(r, code, unit=False),
        ]
        for r in ranked
    ]
    assert rows[-1] == ["山丹县", "—", "未报", "—", "—", "—"]
    assert rows[1] == ["甘州区", "1", "18", "+5.9%", "—", "72.0%"]
    assert "应报7个地区，均已报送。" in texts(document)
    assert "已报送的地区缺报4项：山丹3项、高台1项。" in texts(document)


def test_what_is_restricted_stands_in_no_bulletin(few, capsys):
    document = Document(io.BytesIO(made(few, "--period", "2024-Q3")))
    assert "事故" not in "".join(texts(document))
    assert "没有数据，未生成的页：事故" in capsys.readouterr().out


def test_two_recruits_are_told_neither_by_the_table_nor_by_a_sentence(few):
    document = Document(io.BytesIO(made(few, "--period", "2024-Q1")))
    sunan = next(row for row in document.tables[1].rows if row.cells[0].text.startswith("肃南"))
    assert {cell.text for cell in sunan.cells[1:]} <= {"不公布", "—"}
    said = texts(document)
    about = [text for text in said[said.index("二、征兵") :] if "方面" in text or "第1" in text]
    assert [text[:4] for text in about] == ["就业方面", "2024"]
    assert "招聘会" in about[1]
    assert said[said.index("三、人数") + 1] == (
        "人数不足3人的，以及可由此推算出不足3人的，不予公布。"
    )
    assert any("不足3人" in text for text in texts(document))


def test_a_meeting_issue_is_the_same_file_again(few):
    issue = {"2024年第2期": {"title": "调度会", "vintage": store.newest(few).parent.name}}
    (few / "frozen.json").write_text(json.dumps(issue), encoding="utf-8")
    asked = ("--period", "2024-Q3", "--issue", "2024年第2期")
    first = made(few, *asked)
    assert made(few, *asked) == first
    assert "2024年第2期" in texts(Document(io.BytesIO(first)))


# ── every kind of chart ─────────────────────────────────────────────────────────────────────────


def test_small_charts_stand_side_by_side_each_with_its_workbook(con, zh):
    codes = ("condolence_fund", "job_fairs", "publicity_events")
    values = trend(con, D, codes, ("620700",), PERIODS[0], PERIODS[-1])
    chart = charts.trend(values, zh, ORIGIN)
    written = write_bulletin(deck_of(Slide("a", "content", "三项", "", (), (chart,))))
    document = Document(io.BytesIO(written))
    names = document.element.xpath("//wp:docPr/@name")
    assert names == ["a/chart-1-1", "a/chart-1-2", "a/chart-1-3"]
    section, widths = document.sections[0], document.element.xpath("//wp:extent/@cx")
    room = section.page_width - section.left_margin - section.right_margin
    assert all(0.45 * room < int(width) < room / 2 for width in widths)
    with ZipFile(io.BytesIO(written)) as parts:
        assert sum(name.endswith(".xlsx") for name in parts.namelist()) == 3


def test_tiles_are_a_table_of_figures_change_progress_and_coverage(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620700",), "2024-Q3", "2024-Q3")
    tiles = charts.tiles([(values[0], "value")], {}, "620700", "2024-Q3", None, zh, ORIGIN)
    document = Document(
        io.BytesIO(write_bulletin(deck_of(Slide("a", "content", "指标", "", (), (tiles,)))))
    )
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["指标", "数值", "同比", "目标进度", "覆盖"],
        ["慰问金发放额", "93.90万元", "+7.9%", "", "应报7个，已报7个"],
    ]


def test_a_name_of_two_hundred_letters_breaks_and_no_column_is_less_than_nothing(drawn):
    heat = drawn[2]
    (key, _), *others = heat.categories
    long = replace(heat, categories=((key, "b" * 200), *others))
    document = Document(
        io.BytesIO(write_bulletin(deck_of(Slide("a", "content", "甲", "", (), (long,)))))
    )
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        widths = [column.width for column in table.columns]
        assert min(widths) > 0
        assert sum(widths) <= room * 1.01


def test_a_file_s_name_that_xml_cannot_hold_breaks_nothing(drawn):
    origin = replace(ORIGIN, source="来源：甲\x07.xlsx")
    heat = replace(drawn[2], provenance=origin, alt="图\x00")
    document = Document(
        io.BytesIO(
            write_bulletin(deck_of(Slide("a", "content", "甲\x08", "", ("\x0b乙",), (heat,))))
        )
    )
    assert {"一、甲", "乙", "来源：甲.xlsx　版本 v1"} <= set(texts(document))


def test_a_table_wider_than_the_page_goes_on_below_with_its_first_column(drawn):
    heat = drawn[2]
    wide = tuple((f"{k}", f"{2000 + k}年一季度") for k in range(20))
    series = tuple(
        replace(s, points=tuple(replace(s.points[0], category=k) for k, _ in wide))
        for s in heat.series
    )
    chart = replace(heat, kind="pivot", categories=wide, series=series)
    slide = Slide("a", "content", "宽表", "", (), (chart,))
    document = Document(io.BytesIO(write_bulletin(deck_of(slide))))
    captions = [text for text in texts(document) if text.startswith("表1")]
    assert captions[1:] == ["表1（续）"] * (len(document.tables) - 1)
    assert len(document.tables) > 1
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert [head[0] for head in heads] == ["地区"] * len(heads)
    assert [label for head in heads for label in head[1:]] == [label for _, label in wide]
    assert max(map(len, heads)) - min(map(len, heads)) <= 1
    names = document.element.xpath("//w:tblCaption/@w:val")
    assert names[:2] == ["a/chart-1", "a/chart-1-2"]


@pytest.mark.parametrize("name", ["bulletin", "brief"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_of_our_recipes_is_the_released_charts(con, name, lang):
    ask, folders = Remembering(con), (ROOT / "data" / "catalogue",)
    choice = Choice(D, "620700", "2024-Q3", lang)
    made_of = compose(ask, read_recipe(name, folders), choice, folders)
    deck = exports.release_deck(ask, made_of, words(lang))
    written = exports.write_bulletin(deck)
    document = Document(io.BytesIO(written))
    every = [chart for slide in deck.slides for chart in slide.charts]
    native = [chart for chart in every if chart.kind in ("bars", "lines", "ranking")]
    assert native
    with ZipFile(io.BytesIO(written)) as parts:
        for n, chart in enumerate(native, start=1):
            book = openpyxl.load_workbook(
                io.BytesIO(parts.read(f"word/embeddings/workbook{n}.xlsx"))
            )
            columns = [column[1:] for column in zip(*book.active.values, strict=True)][1:]
            expected = [{p.category: p.value for p in series.points} for series in chart.series]
            keys = [key for key, _ in chart.categories]
            assert columns == [tuple(by.get(key) for key in keys) for by in expected]
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    tables = [chart for chart in every if chart not in native]
    figures = {
        point.text if chart.kind == "tiles" else charts.in_cell(point)
        for chart in tables
        for series in chart.series
        for point in (series.points[:1] if chart.kind == "tiles" else series.points)
    }
    assert figures
    assert {figure for figure in figures if figure not in cells} == set()
