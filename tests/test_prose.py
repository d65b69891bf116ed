"""Reports in words: what is proposed of a sentence, and that only what a person ticks loads."""

from __future__ import annotations

import json
from zipfile import ZipFile

import duckdb
import pytest
from openpyxl import load_workbook

from etl.__main__ import main
from etl.prose import extract, proposals
from tests.understand.committed import ROOT, vocabulary

FOLDERS = (ROOT / "data/catalogue",)
REPORT = """张掖市2024年上半年双拥工作综述
来源:张掖日报 2024-07-20
春节期间,市领导走访慰问部队15支,送去价值59万元的慰问品;走访慰问困难退役军人60名。
今年上半年,全市举办退役军人专场招聘会12场,提供岗位近3000个。先后多次召开会议研究双拥工作。
截至6月底,优待证申领率达95.2%。
"""


def said(*lines):
    """Indicator, value, qualifier and printed of each proposal."""
    found = proposals(lines, FOLDERS, vocabulary()).proposals
    return [(p.indicator, p.obs_value, p.qualifier, p.printed) for p in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("送去慰问金2.5万元。", ("condolence_fund", 25000, "exact", "2.5万元")),
        ("累计悬挂光荣牌1.2万余块。", ("honor_plaque_total", 12000, "at_least", "1.2万余块")),
        (
            "今年,高台县和民乐县被授予双拥模范县称号。",
            ("model_counties_named", 2, "exact", "高台县和民乐县"),
        ),
        ("为功臣家庭送喜报约三十户。", ("merit_awards_delivered", 30, "about", "约三十户")),
        (
            "投资(tóuzī)近2亿元修建国防公路。",
            ("troop_support_investment", 2e8, "nearly", "近2亿元"),
        ),
        ("職業技能培訓率達95.5%。", ("training_rate", 95.5, "exact", "95.5%")),
        ("退役士兵全部进行了安置。", ("placement_rate", 100, "implied", "全部")),
        ("新建双拥主题公园一座。", ("publicity_sites", 1, "exact", "一座")),
        ("先后多次召开议军会。", ("leading_group_meetings", None, "non_numeric", "多次")),
        ("义诊群众800余人。", ("army_clinic_visits", 800, "at_least", "800余人")),
        (
            "甘州区、高台县被命名为全省双拥模范县。",
            ("model_counties_named", 2, "exact", "甘州区、高台县"),
        ),
    ],
)
def test_a_sentence_says(sentence, expected):
    heading = "驻地部队支援地方" if "义诊" in sentence else "工作综述"
    assert said(heading, sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "力争全年举办退役军人招聘会20场。",  # a target
        "今后要送去慰问金10万元。",
        "慰问金同比增长20万元。",  # a change
        "每人发放慰问金1000元。",  # for each
        "召开双拥工作领导小组第31次会议。",  # an ordinal
        "县四套班子领导慰问部队。",  # a name
        "上半年完成地区生产总值272.86亿元。",  # nothing of ours
        "96747部队慰问军属。",  # a designator
        "举办一场别开生面的退役军人招聘会。",  # an article, perhaps
        "走访慰问部队3-5次。",  # two numbers
    ],
)
def test_what_is_no_observation(sentence):
    assert said("工作综述", sentence) == []


def test_figures_of_one_clause_part_by_their_units():
    assert said("驻地部队拥政爱民", "出资8万元向40名贫困学生发放助学金。") == [
        ("army_aid_value", 80000, "exact", "8万元"),
        ("army_students_aided", 40, "exact", "40名"),
    ]


def test_an_article_that_is_printed_twice_counts_once():
    sentence = "累计悬挂光荣牌120块。"
    assert len(said("综述", sentence, "相关推荐", sentence)) == 1


def test_place_period_and_quote(tmp_path, capsys):
    path = tmp_path / "综述.txt"
    path.write_text(REPORT, encoding="gb18030")
    assert main(["extract", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(p["indicator"], p["period_start"], p["period_end"]) for p in found] == [
        ("troop_visit_units", "2024-01-01", "2024-03-31"),
        ("condolence_goods_value", "2024-01-01", "2024-03-31"),
        ("needy_visit_persons", "2024-01-01", "2024-03-31"),
        ("job_fairs", "2024-01-01", "2024-06-30"),
        ("job_posts_offered", "2024-01-01", "2024-06-30"),
        ("leading_group_meetings", "2024-01-01", "2024-06-30"),
        ("veteran_card_rate", "2024-06-30", "2024-06-30"),
    ]
    assert {p["ref_area"] for p in found} == {"620700"}
    assert found[0]["breakdown"] == "festival:春节"
    assert found[4]["obs_value"] == 3000
    assert found[4]["quote"] == ("今年上半年,全市举办退役军人专场招聘会12场,提供岗位近3000个。")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("sentence", "area", "days"),
    [
        ("2022年,发放慰问金20万元。", "620700", "2022-01-01 2022-12-31"),
        ("12月,发放慰问金20万元。", "620700", "2023-12-01 2023-12-31"),
        ("较去年发放更早,发放慰问金20万元。", "620700", "2023-01-01 2023-12-31"),
        ("2021年以来,累计发放慰问金20万元。", "620700", "2021-01-01 2023-12-31"),
        ("2024年,发放慰问金20万元。", "620700", "None None"),  # after the report
        ("近年来,发放慰问金20万元。", "620700", "None None"),
        ("建市以来,发放慰问金20万元。", "620700", "None None"),
        ("春节、八一期间,发放慰问金20万元。", "620700", "None None"),
        ("去年,发放慰问金20万元。", "620700", "None None"),  # written in January, of 2022 or 2023
        ("甘州区走访部队,发放慰问金20万元。", "620702", "2023-01-01 2023-12-31"),
        ("甘州区走访部队,全市发放慰问金20万元。", "620700", "2023-01-01 2023-12-31"),
        ("临泽县、高台县发放慰问金20万元。", "", "2023-01-01 2023-12-31"),
        # until a day: what happened since January; a share of cards is one of that day
        ("截至6月底,发放慰问金20万元。", "620700", "2023-01-01 2023-06-30"),
        ("截至2023年6月30日,发放慰问金20万元。", "620700", "2023-01-01 2023-06-30"),
        ("截至2023年5月15日,发放慰问金20万元。", "620700", "None None"),
        ("截至6月底,优待证申领率为95.2%。", "620700", "2023-06-30 2023-06-30"),
        ("上半年,优待证申领率为95.2%。", "620700", "2023-01-01 2023-06-30"),
        ("截至6月底,任务完成率为52%。", "620700", "2023-01-01 2023-06-30"),
    ],
)
def test_whose_figure_and_of_when(sentence, area, days):
    report = ["张掖市2023年双拥工作综述", "来源:张掖日报 2024-01-20", sentence]
    (found,) = proposals(report, FOLDERS, vocabulary()).proposals
    assert (found.ref_area, f"{found.period_start} {found.period_end}") == (area, days)


def test_the_whole_city_in_a_countys_report_is_the_city():
    report = ["民乐县2023年双拥工作综述", "全市扶持军创企业156家,我县扶持军创企业9家。"]
    found = proposals(report, FOLDERS, vocabulary()).proposals
    assert [(p.ref_area, p.obs_value) for p in found] == [("620700", 156), ("620722", 9)]


def docx(path, text):
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    return packed(path, paragraphs)


def packed(path, paragraphs):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with ZipFile(path, "w") as archive:
        body = f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>'
        archive.writestr("word/document.xml", body)
    return path


def test_tracked_changes_boxes_and_breaks_of_a_docx(tmp_path):
    text = "<w:r><w:t>{}</w:t></w:r>".format
    paragraphs = (
        f"<w:p>{text('发放慰问金')}<w:del><w:r><w:delText>12万元</w:delText></w:r></w:del>"
        f"<w:ins>{text('15万元')}</w:ins>{text('。')}</w:p>"
        f"<w:p><w:moveFrom>{text('下拨抚恤资金8万元。')}</w:moveFrom>{text('送喜报5户。')}</w:p>"
        f"<w:p><w:moveTo>{text('下拨抚恤资金8万元。')}</w:moveTo></w:p>"
        f"<w:p>{text('见右')}<w:r><w:txbxContent><w:p>{text('悬挂光荣牌9块。')}</w:p>"
        f"</w:txbxContent></w:r>{text('图。')}</w:p>"
        f"<w:p><w:r><w:t>慰问部队</w:t><w:br/><w:t>举办双拥宣讲3场。</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{text('接收退役军人56人。')}</w:p></w:tc></w:tr></w:tbl>"
    )
    path = packed(tmp_path / "综述.docx", paragraphs)
    found = extract(path, FOLDERS, vocabulary()).proposals
    assert [(p.indicator, p.printed, p.quote) for p in found] == [
        ("condolence_fund", "15万元", "发放慰问金15万元。"),
        ("merit_awards_delivered", "5户", "送喜报5户。"),
        ("pension_allocated", "8万元", "下拨抚恤资金8万元。"),
        ("honor_plaque_total", "9块", "悬挂光荣牌9块。"),
        ("publicity_events", "3场", "举办双拥宣讲3场。"),
        ("veterans_received", "56人", "接收退役军人56人。"),
    ]


def reviewed(folder, ticked):
    """Extract, tick some rows, load; return the exit code and the observations."""
    path, review = docx(folder / "综述.docx", REPORT), folder / "review.xlsx"
    assert main(["extract", str(path), "--out", str(review)]) == 0
    book = load_workbook(review)
    for row in ticked:
        book.active.cell(row, 1).value = "✓"
    book.save(review)
    vintages = folder / "vintages"
    code = main(["load", str(review), "--fresh", "--vintages", str(vintages), "--lang", "en"])
    if code:
        return code, []
    folder = vintages / (vintages / "current").read_text(encoding="utf-8").strip()
    with duckdb.connect(folder / "indicators.duckdb", read_only=True) as database:
        return code, database.execute(
            "select indicator, ref_area, breakdown, time_period, obs_value, qualifier, cell "
            "from observation order by cell"
        ).fetchall()


def test_ticked_rows_load_and_no_other(tmp_path):
    code, loaded = reviewed(tmp_path, [5, 8])
    assert code == 0
    assert loaded == [
        ("condolence_goods_value", "620700", "festival:春节", "2024-Q1", 590000, "exact", "F5"),
        ("job_posts_offered", "620700", "_T", "2024-S1", 3000, "nearly", "F8"),
    ]


def test_an_unread_review_loads_nothing_and_says_so(tmp_path, capsys):
    _, loaded = reviewed(tmp_path, [])
    assert loaded == []
    assert "Rows without a tick below 采用 are not loaded (7 cells)" in capsys.readouterr().out


def test_a_sentence_never_becomes_a_formula(tmp_path):
    path, review = tmp_path / "综述.txt", tmp_path / "review.xlsx"
    path.write_text("=1+1,送去慰问金2万元。\n", encoding="utf-8")
    assert main(["extract", str(path), "--out", str(review)]) == 0
    quote = load_workbook(review).active.cell(4, 8)
    assert (quote.value, quote.data_type) == ("=1+1,送去慰问金2万元。", "s")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空"),
        (b"PK\x03\x04 cut off", "损坏"),
        (b"%PDF-1.7", ".txt"),
        (b"\x80\xff" * 100, "编码"),
        ("慰问".encode() * 400_000, "MB"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(tmp_path, capsys, content, sentence):
    path = tmp_path / "综述.txt"
    path.write_bytes(content)
    assert main(["extract", str(path)]) == 1
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


def test_quotes_hide_persons_and_units(tmp_path):
    said = (
        "走访老兵王大锤、烈属李红家中,看望赵先生和钱多多(男,92岁),驻军96747部队、第76集团军,"
        "电话13812345678,全市发放慰问金3万元,退役军人张掖籍占多数。"
    )
    (found,) = proposals(["综述", said], FOLDERS, vocabulary()).proposals
    assert found.quote == (
        "走访老兵〔姓名〕、烈属〔姓名〕家中,看望〔姓名〕先生和〔姓名〕(男,92岁),驻军某部队、某部队,"
        "电话〔电话〕,全市发放慰问金3万元,退役军人张掖籍占多数。"
    )


def test_a_workbook_is_not_a_text(tmp_path, capsys):
    path = tmp_path / "a.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert main(["extract", str(path)]) == 1
    assert "load" in capsys.readouterr().err


def test_entities_in_a_docx_are_refused(tmp_path, capsys):
    path = tmp_path / "a.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert main(["extract", str(path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_all_ticked_load_as_proposed(tmp_path):
    _, loaded = reviewed(tmp_path, range(4, 11))
    proposed = proposals(REPORT.splitlines(), FOLDERS, vocabulary()).proposals
    assert len(proposed) == 7
    assert {row[3] for row in loaded if row[0] == "veteran_card_rate"} == {"2024-06-30"}
    assert sorted((row[0], row[1], row[2], str(row[4]), row[5]) for row in loaded) == sorted(
        (p.indicator, p.ref_area, p.breakdown, str(p.obs_value), p.qualifier) for p in proposed
    )
