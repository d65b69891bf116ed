"""One county, one file: totals that mean something, the page, and the card with its numbers."""

import re
import shutil
from xml.etree import ElementTree as ET

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from dashboard import charts, store
from dashboard.exports.__main__ import main
from dashboard.exports.dossier import _quoted
from dashboard.locale import words
from dashboard.locale.labels import read_labels
from dashboard.queries import choices, county
from dashboard.queries.ask import Asking
from dashboard.queries.over_years import last, rebuilt, summed, weakest
from dashboard.queries.values import Value
from etl.pipeline import load
from tests.dashboard.office import workbook
from tests.dashboard.test_pages import ROOT, app_of, said

PAGE = str(ROOT / "pages" / "county.py")
HEADER = (
    "县区",
    "慰问金（万元）",
    "输送新兵人数（人）",
    "抚恤金和生活补助下拨额（万元）",
    "抚恤金和生活补助发放额（万元）",
    "建档立卡退役军人数（人）",
    "责任退兵人数（人）",
)
YEARS = {
    2020: (("甘州区", 100.5, 60, 200, 150, 5200, 0), ("高台县", 20, 22, 80, 80, 1500, 3)),
    2021: (("甘州区", 110, 2, 220, 220, 5300, 1), ("高台县", "约21", None, 90, 81, 1510, 0)),
    2022: (("甘州区", 120, 70, 240, 240, 5400, 0), ("高台县", 22, 25, 90, 90, 1520, 0)),
    2023: (("甘州区", 90, 88, 260, 240, 5500, 0), ("高台县", 122, 30, 99, 90, 1530, 0)),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Four years of two counties, loaded as an office would; the folder of vintages."""
    folder = tmp_path_factory.mktemp("office")
    for year, rows in YEARS.items():
        book = Workbook()
        book.active.append([f"张掖市{year}年双拥工作情况统计表"])
        book.active.append([f"填报日期：{year + 1}年1月8日"])
        for row in (HEADER, *rows):
            book.active.append(row)
        book.save(folder / f"{year}.xlsx")
    plan = Workbook()
    plan.active.append(["张掖市2023年双拥工作年度目标任务分解表"])
    for row in (("县区", "慰问金（万元）", "输送新兵人数（人）"), ("甘州区", 100, 80)):
        plan.active.append(row)
    plan.save(folder / "目标.xlsx")
    paths = sorted(folder.glob("*.xlsx"))
    load(paths, folder, folder / "vintages", (ROOT / "data" / "catalogue",))
    return folder / "vintages"


@pytest.fixture(scope="module")
def found(office):
    con = store.open_vintage(store.newest(office))

    def file_of(area, language="zh", window=None):
        ask = Asking(con)
        gathered = county.county(ask, "reported", area, "A", window)
        vintage = choices.vintage(con, "reported")
        return charts.county(
            gathered,
            read_labels(con, language),
            lambda files: charts.provenance_of(files, "reported", vintage, words(language)),
        )

    return file_of


def shown(dossier):
    return {
        line.name: ([p.short for p in line.years], line.total.short, line.rank)
        for line in dossier.lines
    }


def test_years_stand_beside_each_other_with_totals_where_they_mean_something(found):
    assert shown(found("620702")) == {
        "慰问金发放额": (["100.50", "110.00", "120.00", "90.00"], "420.50", "2/2 ↓1"),
        "输送新兵人数": (["60", "2", "70", "88"], "220", "1/2 —"),
        "抚恤金和生活补助下拨额": (["200.00", "220.00", "240.00", "260.00"], "920.00", ""),
        "抚恤金和生活补助发放额": (["150.00", "220.00", "240.00", "240.00"], "850.00", ""),
        "优抚资金执行率": (["75.00", "100.00", "100.00", "92.31"], "92.39", "1/2 —"),
        "建档立卡退役军人数": (["5,200", "5,300", "5,400", "5,500"], "5,500", ""),
    }


def test_the_target_of_the_last_year_stands_beside_what_is_done(found):
    dossier = found("620702")
    assert dossier.heads.target == "2023年目标、完成"
    targets = {line.name: line.target.text for line in dossier.lines if line.target.text}
    assert targets == {"慰问金发放额": "100.00，90.0%", "输送新兵人数": "80，110.0%"}
    assert found("620724", window=("2020", "2021")).heads.target == ""


def test_a_total_is_refused_over_a_gap_and_as_inexact_as_its_years(found):
    lines = shown(found("620724"))
    assert lines["慰问金发放额"][:2] == (["20.00", "约21", "22.00", "122.00"], "约185")
    assert lines["输送新兵人数"][:2] == (["22", "未报", "25", "30"], "缺年")


def test_a_window_of_years(found):
    dossier = found("620702", window=("2021", "2022"))
    assert dossier.heads.years == ("2021年", "2022年")
    assert shown(dossier)["慰问金发放额"][1] == "230.00"


def test_restricted_indicators_are_absent(found):
    assert "责任退兵人数" not in shown(found("620702"))


def test_gaps_and_files_are_named(found):
    dossier = found("620724")
    assert [tuple(gap) for gap in dossier.gaps] == [("未报", "高台县", "输送新兵人数", "2021年")]
    assert [name for name, *_ in dossier.files] == [
        "2023.xlsx",
        "2022.xlsx",
        "2021.xlsx",
        "2020.xlsx",
    ]


# ── arithmetic ──────────────────────────────────────────────────────────────────────────────────


def year(value, qualifier="exact", *, n=1, conflict=False):
    status = "O" if value is None else "A"
    return Value(7, "i", "a", "_T", "2020", value, None, None, status, qualifier, conflict,
                 "reported", n, 1, "")  # fmt: skip


numbers = st.lists(st.integers(0, 10**9), min_size=1, max_size=6)


@given(numbers, st.data())
def test_a_sum_is_whole_or_refused(values, data):
    years = [year(v) for v in values]
    assert summed(years, redefined=False).obs_value == sum(values)
    assert summed(years, redefined=True).reason == "redefined"
    hole = data.draw(st.integers(0, len(values) - 1))
    spoilt = data.draw(st.sampled_from([None, year(None), year(1, conflict=True), year(1, n=0)]))
    refused = summed([*years[:hole], spoilt, *years[hole + 1 :]], redefined=False)
    assert refused.obs_value is None
    assert refused.reason in ("years_missing", "conflict", "incomplete")


@given(numbers.filter(any))
def test_a_rate_lies_between_its_years(values):
    tops, bottoms = ([year(v // 2) for v in values], [year(v) for v in values])
    rate = rebuilt(summed(tops, redefined=False), summed(bottoms, redefined=False)).obs_value
    rates = [100 * (v // 2) / v for v in values if v]
    assert min(rates) - 1e-9 <= rate <= max(rates) + 1e-9


def test_a_stock_is_what_it_was_last():
    assert last([year(3), year(9)]).obs_value == 9
    assert last([year(3), None]).obs_value is None


@pytest.mark.parametrize(
    ("qualifiers", "expected"),
    [
        (("exact",), "exact"),
        (("exact", "at_least"), "at_least"),
        (("over", "at_least"), "at_least"),
        (("nearly", "over"), "about"),
        (("about", "nearly"), "about"),
        (("implied", "about"), "implied"),
    ],
)
def test_a_sum_carries_the_weakest_qualifier(qualifiers, expected):
    assert weakest(qualifiers) == expected


# ── the page and the card ───────────────────────────────────────────────────────────────────────


def cells(html):
    """Return the texts of the cells of the table of years, row by row."""
    [table] = re.findall(r'<table class="years">.*?</table>', html, re.DOTALL)
    return [["".join(cell.itertext()) for cell in row] for row in ET.fromstring(table).iter("tr")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_numbers_of_the_card_are_the_page_s(office, tmp_path, language):
    out = tmp_path / "card.html"
    options = ["--vintages", str(office), "--out", str(out), "--lang", language]
    assert main(["card", "--area", "620724", *options]) == 0
    app = app_of(office)
    app.switch_page(PAGE)
    app.query_params["area"], app.query_params["lang"] = "620724", language
    app.run()
    assert not app.exception
    card = out.read_text(encoding="utf-8")
    assert cells(card) == cells(said(app))
    assert len(cells(card)) == 10  # a head, three aspects, six indicators


def test_a_card_needs_no_network_no_script_and_little_room(office, tmp_path):
    out = tmp_path / "card.html"
    assert main(["card", "--area", "620702", "--vintages", str(office), "--out", str(out)]) == 0
    card = out.read_text(encoding="utf-8")
    assert out.stat().st_size < 200_000
    assert "<script" not in card
    assert set(re.findall(r"https?://[^\"]+", card)) == {"http://www.w3.org/2000/svg"}
    assert "责任退兵" not in card
    assert card.count("<svg") == 6


def test_a_card_tells_no_count_of_two_persons(office, tmp_path):
    out = tmp_path / "card.html"
    assert main(["card", "--area", "620702", "--vintages", str(office), "--out", str(out)]) == 0
    card = out.read_text(encoding="utf-8")
    [recruits] = [row for row in cells(card) if row[0] == "输送新兵人数（人）"]
    assert recruits[1:6] == ["60", "不公布", "70", "88", "不公布"]
    assert ">2<" not in card


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--area", "999999"], "没有地区999999"),
        (["--area", "620702", "--dataset", "x"], "没有数据集x"),
        (["--area", "620702", "--years", "now"], "不是 now"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(office, tmp_path, capsys, options, sentence):
    out = tmp_path / "card.html"
    assert main(["card", *options, "--vintages", str(office), "--out", str(out)]) == 1
    assert sentence in capsys.readouterr().err
    assert not out.exists()


def test_a_vintage_without_a_column_is_a_sentence(office, tmp_path, capsys):
    vintages, out = tmp_path / "vintages", tmp_path / "card.html"
    shutil.copytree(office, vintages)
    with duckdb.connect(store.newest(vintages)) as con:
        con.execute("alter table ref_area drop column name_en")
    assert main(["card", "--area", "620702", "--vintages", str(vintages), "--out", str(out)]) == 1
    assert "升级后需要重新载入" in capsys.readouterr().err


@given(st.text(max_size=30))
def test_no_name_ends_a_style(name):
    quoted = _quoted(name)
    assert re.fullmatch(r'"[^"<>;{}]*"', quoted)


def test_a_vintage_without_a_value_makes_no_card(tmp_path, capsys):
    sent = tmp_path / "一季度.xlsx"
    sent.write_bytes(workbook(rows=[("甘州区", "—"), ("临泽县", "未报")]))
    vintages = tmp_path / "data" / "vintages"
    load([sent], tmp_path / "data", vintages, (ROOT / "data" / "catalogue",))
    asked = ["card", "--area", "620702", "--vintages", str(vintages)]
    assert main([*asked, "--out", str(tmp_path / "card.html")]) == 1
    assert capsys.readouterr().err == "这个数据集里还没有可以显示的数值\n"
