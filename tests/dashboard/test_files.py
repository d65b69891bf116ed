"""The commands workbook and picture, tidy rows, PDF: files are reopened, refusals are sentences."""

import csv
import datetime as dt
import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pypdfium2
import pytest
from PIL import Image

from dashboard import exports
from dashboard.charts import Provenance
from dashboard.decks import Choice, settle
from dashboard.decks.county_tables import county_tables, grouped
from dashboard.exports.__main__ import main
from dashboard.exports.pptx.boxes import Box, fitted
from dashboard.locale import words
from dashboard.queries.ask import Asking
from dashboard.queries.rows import rows
from tests.dashboard.small_vintage import write_vintage

D = "demonstration"
ORIGIN = Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")


def run(vintages, out, *asked):
    return main([*asked, "--vintages", str(vintages), "--area", "620700", "--out", str(out)])


def test_a_workbook_has_a_table_for_each_part_of_the_work_and_hides_a_few_persons(con, tmp_path):
    vintages = write_vintage(tmp_path / "v")
    assert run(vintages, tmp_path / "w.xlsx", "workbook", "--period", "2024-Q3") == 0
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    assert book.sheetnames == ["张掖市2024年三季度双拥工作情况统计表", "来源", "覆盖"]
    sheet = book.worksheets[0]
    assert [c.value for c in sheet[4]] == ["市本级", 6, 12.5, 0, 2, 0]
    assert [c.value for c in sheet[3]][1:] == [
        "双拥宣传活动场次\n（场）", "慰问金发放额\n（万元）", "输送新兵人数\n（人）",
        "退役军人招聘会场次\n（场）", "超期未整改问题数\n（个）",
    ]  # fmt: skip


def test_aspects_stand_together_as_long_as_paper_has_room(con):
    setting = settle(Asking(con), Choice(D, "620700", "2024-Q3"))
    codes = ("publicity_events", "condolence_fund", "job_fairs", "issues_overdue")
    assert list(grouped(setting, codes)) == [codes]
    # 慰问金 has two columns, so that twelve codes of neighbouring aspects are fifteen
    assert [len(group) for group in grouped(setting, codes * 3)] == [10, 2]
    assert [table.title for table in county_tables(setting, codes)] == [
        "张掖市2024年三季度双拥工作情况统计表"
    ]


def test_tidy_rows_say_value_status_unit_and_cell(vintages, tmp_path):
    asked = ("workbook", "--period", "2024-Q3", "--indicator", "condolence_fund")
    assert run(vintages, tmp_path / "t.csv", *asked) == 0
    data = (tmp_path / "t.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = {r["ref_area"]: r for r in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}
    assert len(rows) == 8
    keys = ("obs_value", "unit_measure", "obs_status", "qualifier", "conflict", "shown",
            "source_cell", "period_start", "reported_on", "vintage")  # fmt: skip
    assert [rows["620722"][k] for k in keys] == [
        "120000", "yuan", "P", "exact", "false", "12.00万元",
        "[张掖市2024年双拥报表.xlsx]季度表!I8",
        "2024-07-01", "2024-09-30", "2024-10-15-0123456789ab",
    ]  # fmt: skip
    assert rows["620724"]["conflict"] == "true"
    assert (rows["620700"]["source_cell"], rows["620700"]["obs_value"]) == (
        "[张掖市2024年双拥报表.xlsx]季度表!I5:I11", "939000",
    )  # fmt: skip


def test_parquet_keeps_types_and_missing_values(vintages, tmp_path):
    asked = (
        "workbook",
        "--period",
        "2024-Q2",
        "--indicator",
        "condolence_fund",
        "--measure",
        "ytd",
    )
    assert run(vintages, tmp_path / "t.parquet", *asked) == 0
    rows = {r["ref_area"]: r for r in pq.read_table(tmp_path / "t.parquet").to_pylist()}
    assert (rows["620702"]["obs_value"], rows["620702"]["period_start"]) == (
        310_000.0, dt.date(2024, 1, 1),
    )  # fmt: skip
    assert (rows["620721"]["obs_value"], rows["620721"]["obs_status"]) == (None, "O")
    assert rows["620721"]["source_cell"] == ""


def test_tidy_rows_withhold_counts_of_a_few_persons(tmp_path):
    vintages = write_vintage(tmp_path / "v")
    database = next(vintages.glob("*/indicators.duckdb"))
    script = (
        'import duckdb,sys; con=duckdb.connect(sys.argv[1]); con.execute("update series set '
        "obs_value=2 where indicator='recruits_sent' and ref_area='620721' "
        "and time_period='2024-Q3'\")"
    )
    subprocess.run([sys.executable, "-c", script, str(database)], check=True)
    asked = ("workbook", "--period", "2024-Q3", "--indicator", "recruits_sent")
    assert run(vintages, tmp_path / "t.parquet", *asked) == 0
    rows = {r["ref_area"]: r for r in pq.read_table(tmp_path / "t.parquet").to_pylist()}
    few = rows["620721"]
    assert (few["obs_value"], few["low"], few["obs_status"], few["shown"]) == (
        None, None, "Q", "不公布",
    )  # fmt: skip


def test_a_list_keeps_numbers_and_texts_apart():
    rows = [["=1+1", 12.5], ["甲" * 40_000, None]]
    data = exports.rows_to_xlsx("筛查", ["名称", "数值"], iter(rows), ORIGIN, words("zh"))
    assert data == exports.rows_to_xlsx("筛查", ["名称", "数值"], rows, ORIGIN, words("zh"))
    [sheet] = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert sheet["A1"].value == "筛查　演示数据　版本 v1"
    assert [(c.data_type, c.value) for c in sheet[3]] == [("s", "=1+1"), ("n", 12.5)]
    assert (len(sheet["A4"].value), sheet["B4"].value) == (32_767, None)
    assert sheet.auto_filter.ref == "A2:B4"


def test_a_picture_is_drawn_of_any_question(vintages, tmp_path):
    asked = ("picture", "ranking", "indicator=condolence_fund", "--period", "2024-Q3")
    assert run(vintages, tmp_path / "p.png", *asked) == 0
    picture = Image.open(tmp_path / "p.png")
    assert picture.size == (1920, 1080)
    assert len(picture.convert("RGB").getcolors(100_000)) > 50  # not a blank page
    behind = ("picture", "ranking", "--period", "2024-Q3", "indicator=condolence_fund")
    assert run(vintages, tmp_path / "p.svg", *behind) == 0
    svg = (tmp_path / "p.svg").read_text(encoding="utf-8")
    for said in ("33.00 (+10.0%)", "单位：万元", "2024年三季度", "演示数据", "来源："):
        assert said in svg


@pytest.mark.parametrize(
    ("out", "asked", "sentence"),
    [
        ("w.doc", ["workbook"], "文件名请以.xlsx、.csv、.parquet结尾。"),
        ("p.gif", ["picture", "ranking"], "文件名请以.png、.svg结尾。"),
        ("p.png", ["picture", "rankin"], "没有“rankin”这个问题"),
        ("p.png", ["picture", "ranking", "condolence_fund"], "选项要写成“名称=值”"),
        ("p.png", ["picture", "ranking"], "没有可以写的数值"),
        ("w.csv", ["workbook", "--indicator", "mission_incidents"],
         "这个数据集里没有指标 mission_incidents 的数值。"),
        ("w.csv", ["workbook", "--period", "2031-Q1"], "2031-Q1"),
        ("deck.docx", ["deck"], "文件名请以.pptx、.pdf结尾。"),
        ("none/w.xlsx", ["workbook"], "没有这个文件或文件夹："),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_a_sentence(vintages, tmp_path, capsys, out, asked, sentence):
    assert run(vintages, tmp_path / out, *asked) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said
    assert not (tmp_path / out).exists()


def test_decks_and_county_files_are_printed_where_an_office_is_installed(vintages, tmp_path):
    assert run(vintages, tmp_path / "d.pdf", "deck", "--period", "2024-Q3") == 0
    assert "张掖市双拥工作情况汇报" in printed(tmp_path / "d.pdf")[0]
    card = ["card", "--vintages", str(vintages), "--area", "620724"]
    assert main([*card, "--out", str(tmp_path / "c.pdf")]) == 0
    pages = printed(tmp_path / "c.pdf")
    for said in (
        "一县一档",
        "高台县",
        "演示数据",
        "慰问金发放额（万元）",
        "19.20✕",
        "双拥报表.xlsx",
    ):
        assert said in "".join(pages).replace(" ", "")
    assert any(i.width > 300 for i in pictures(tmp_path / "c.pdf"))


def printed(file):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file)]


def pictures(file):
    for page in pypdfium2.PdfDocument(file):
        for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            yield found.get_bitmap()


def test_without_an_office_a_sentence_says_how_to_get_it(vintages, tmp_path):
    command = [sys.executable, "-m", "dashboard.exports", "deck", "--vintages", str(vintages),
               "--area", "620700", "--out", str(tmp_path / "d.pdf")]  # fmt: skip
    env = {**os.environ, "PATH": str(tmp_path)}
    done = subprocess.run(command, env=env, capture_output=True, check=False,
                          cwd=Path(__file__).parents[2])  # fmt: skip
    assert done.returncode == 1
    assert "安装 LibreOffice" in done.stderr.decode()


def test_without_a_typeface_there_is_a_sentence_and_no_boxes(vintages, tmp_path):
    none = tmp_path / "fonts.conf"
    none.write_text("<fontconfig><dir>/nowhere</dir></fontconfig>", encoding="utf-8")
    command = [sys.executable, "-m", "dashboard.exports", "picture", "ranking",
               "indicator=condolence_fund", "--vintages", str(vintages), "--area", "620700",
               "--out", str(tmp_path / "p.png")]  # fmt: skip
    env = {**os.environ, "FONTCONFIG_FILE": str(none)}
    done = subprocess.run(command, env=env, capture_output=True, check=False,
                          cwd=Path(__file__).parents[2])  # fmt: skip
    assert done.returncode == 1
    assert "没有中文字体" in done.stderr.decode()
    assert not (tmp_path / "p.png").exists()


def test_a_foot_that_fills_its_box_keeps_the_spaces_between_words():
    line = "money reported both as condolence and as aid would count twice " * 3
    [shown], size = fitted([line], Box(0, 0, 4, 0.5), [6])
    assert size == 6
    assert shown.removesuffix("…") == line[: len(shown.removesuffix("…"))]


def test_without_a_period_there_are_no_rows(con):
    assert rows(con, D, {"condolence_fund"}, ["620700"], ()) == []
