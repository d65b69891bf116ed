"""A blank form, filled in, loads without an issue and with exactly the figures typed."""

from __future__ import annotations

import json

import duckdb
import pytest
from openpyxl import Workbook, load_workbook

from etl.__main__ import main
from etl.catalogue import load_catalogue
from etl.pipeline import check_files
from etl.template.draw import BEFORE, FIRST, SIGNED
from etl.template.span import read_span
from tests.understand.committed import ROOT

FOLDERS = (ROOT / "data/catalogue",)
CATALOGUE = load_catalogue(FOLDERS)
ALL = list(CATALOGUE.indicators)


def blank(folder, *arguments, name="表.xlsx"):
    out = folder / name
    more = () if "--vintages" in arguments else ("--vintages", str(folder / "none"))
    assert main(["template", *arguments, *more, "--out", str(out)]) == 0
    return out


def to_fill(sheet):
    """The cells that wait for a figure, with their column's own header."""
    for row in sheet.iter_rows(min_row=FIRST, min_col=4):
        if not isinstance(sheet.cell(row[0].row, 1).value, int):
            return
        for cell in row:
            header = sheet.cell(FIRST - 1, cell.column).value
            if header != BEFORE and cell.fill.patternType != "lightUp":
                yield cell, header


def fill(path, figure):
    """Type ``figure(number, cell)`` into every cell; return what was typed, by address."""
    book = load_workbook(path)
    sheet = book.active
    typed = {}
    for number, (cell, _) in enumerate(to_fill(sheet), start=1):
        cell.value = typed[cell.coordinate] = figure(number, cell)
    next(c for c in sheet[2] if c.value == "填报时间：").value = "填报时间：2026年1月8日"
    signed = next(c for (c,) in sheet.iter_rows(min_row=FIRST, max_col=1) if c.value == SIGNED)
    signed.value = SIGNED.replace("制表人：", "制表人：张三丰") + "13812345678"
    book.save(path)
    return typed


def grow(_, cell):
    """More to date than in the quarter; as many cards as holders."""
    return 1 if cell.number_format == "0.00%" else 12 + cell.column % 3


def figure_of(number, cell):
    """A share, an amount with decimals, or a count, which has none."""
    if cell.number_format == "0.00%":
        return number / 10000
    return number + 0.25 * (factor_of(cell.parent, cell) > 1)


def factor_of(sheet, cell):
    unit = sheet.cell(cell.row, 3).value
    return 100 if unit == "%" else CATALOGUE.units[unit].factor


FORMS = [
    (["620700"], "2025-Q2", [], ["2025-Q2", "2025-S1"]),
    (["620702"], "2025-Q1", ALL, ["2025-Q1"]),
    (["620702", "620721"], "2025-M05", ALL, ["2025-01-01/P5M", "2025-M05"]),
    (["150300"], "2025-S2", ["recruits_sent", "veteran_card_total"], ["2025", "2025-S2"]),
    (["140929", "620725"], "2025", ALL, ["2025"]),
    (["632300"], "2025-Q4", ["dual_support_budget", "veteran_card_rate"], ["2025"]),
]


@pytest.mark.parametrize(("areas", "period", "indicators", "periods"), FORMS)
def test_figures_load_as_typed(tmp_path, areas, period, indicators, periods):
    more = ["--indicators", *indicators] if indicators else []
    path = blank(tmp_path, "--areas", *areas, "--period", period, *more)
    typed = fill(path, figure_of)
    outcome = check_files([path], ROOT / "data", FOLDERS, "reported")
    found = {o["cell"]: o for o in outcome.files[0].observations.to_pylist()}
    sheet = load_workbook(path).active
    assert {cell: o["obs_value"] for cell, o in found.items()} == {
        cell: pytest.approx(value * factor_of(sheet, sheet[cell]), abs=1e-6)
        for cell, value in typed.items()
    }
    assert len(typed) > 5
    assert {str(o["reported_on"]) for o in found.values()} == {"2026-01-08"}
    kinds = {cell: CATALOGUE.indicators[o["indicator"]].kind for cell, o in found.items()}
    flows = {o["time_period"] for cell, o in found.items() if kinds[cell] == "flow"}
    assert sorted(flows) == (periods if flows else [])
    names = {o["cell"]: CATALOGUE.indicators[o["indicator"]].name for o in found.values()}
    assert names == {cell: sheet.cell(sheet[cell].row, 2).value for cell in found}
    wanted = [leaf for area in areas for leaf in (CATALOGUE.children(area) or (area,))]
    assert {o["ref_area"] for o in found.values()} == set(wanted)


@pytest.mark.parametrize(("areas", "period", "indicators", "periods"), FORMS)
def test_consistent_figures_load_without_an_issue(tmp_path, areas, period, indicators, periods):
    more = ["--indicators", *indicators] if indicators else []
    path = blank(tmp_path, "--areas", *areas, "--period", period, *more)
    fill(path, lambda n, cell: 1 if cell.number_format == "0.00%" else 1200)
    outcome = check_files([path], ROOT / "data", FOLDERS, "reported")
    assert [issue.message for issue in outcome.issues] == []


def test_last_years_figures_stand_in_grey_and_are_only_compared(tmp_path):
    vintages = tmp_path / "vintages"
    ask = ("--areas", "620700", "--vintages", str(vintages))
    first = blank(tmp_path, *ask, "--period", "2024-Q2", name="去年.xlsx")
    typed = fill(first, grow)
    assert main(["load", str(first), "--vintages", str(vintages)]) == 0
    second = blank(tmp_path, *ask, "--period", "2025-Q2", name="今年.xlsx")
    sheet = load_workbook(second).active
    grey = {
        cell.coordinate: cell.value
        for row in sheet.iter_rows(min_row=FIRST, min_col=4)
        for cell in row
        if sheet.cell(FIRST - 1, cell.column).value == BEFORE and cell.value is not None
    }
    shares = {c.row for c in sheet["C"] if c.value == "%"}  # rebuilt from their parts: 100 %
    assert {value for cell, value in grey.items() if sheet[cell].row not in shares} == {14}
    assert {value for cell, value in grey.items() if sheet[cell].row in shares} <= {1}
    assert len(grey) == len([c for c in typed if sheet[c].column % 3 == 2])
    assert sheet["F5"].font.color.rgb == "FF8C8C8C"
    fill(second, grow)
    outcome = check_files([second], ROOT / "data", FOLDERS, "reported")
    assert outcome.files[0].observations.num_rows == len(typed)
    assert outcome.files[0].fates["check"] == len(grey)
    assert {o["time_period"][:4] for o in outcome.files[0].observations.to_pylist()} == {"2025"}


def test_last_years_figures_that_were_not_exact_say_so(tmp_path):
    """A bare 1100 in grey came back as exact where last year's report was not loaded."""
    book = Workbook()
    for row in (
        ["张掖市2024年一季度双拥工作统计表"], ["县区", "招聘会（场）", "慰问金（万元）"],
        ["甘州区", "约1100", "近30.5"], ["高台县", "140余", "逾20"], ["山丹县", 3, 1.25],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "上年.xlsx")
    vintages = tmp_path / "vintages"
    assert main(["load", str(tmp_path / "上年.xlsx"), "--vintages", str(vintages)]) == 0
    path = blank(
        tmp_path, "--areas", "620702", "620724", "620725", "--period", "2025-Q1",
        "--indicators", "job_fairs", "condolence_fund", "--vintages", str(vintages),
    )  # fmt: skip
    sheet = load_workbook(path).active
    shown = [
        [cell.value for cell in row if cell.font.i] for row in sheet.iter_rows(FIRST, FIRST + 1)
    ]
    assert shown == [["近30.5", "逾20", 1.25], ["约1100", "超140", 3]]
    fill(path, grow)
    checked = check_files([path], tmp_path, FOLDERS, "reported")
    (read,) = checked.files
    assert checked.issues == []
    told = {
        (row["indicator"], row["ref_area"]): (row["printed"], row["qualifier"])
        for row in read.priors.to_pylist()
    }
    assert told["job_fairs", "620702"] == ("约1100", "about")
    assert told["job_fairs", "620724"] == ("超140", "at_least")
    assert told["condolence_fund", "620724"] == ("逾20", "over")


def test_marks_load_as_what_they_mean(tmp_path):
    path = blank(tmp_path, "--areas", "620702", "--period", "2025-Q1")
    fill(path, lambda n, cell: {1: "未报", 2: "—", 3: 0}.get(n, 5))
    vintages = tmp_path / "vintages"
    assert main(["load", str(path), "--vintages", str(vintages)]) == 0
    database = vintages / (vintages / "current").read_text("utf-8").strip() / "indicators.duckdb"
    with duckdb.connect(database, read_only=True) as con:
        found = con.execute(
            "select obs_value, obs_status from observation order by cell[2:]::int limit 3"
        ).fetchall()
    assert found == [(None, "O"), (None, "M"), (0, "A")]


def test_restricted_figures_are_not_handed_out(tmp_path):
    vintages = tmp_path / "vintages"
    codes = ["--indicators", "mission_incidents", "recruits_sent"]
    ask = ("--areas", "620702", "--vintages", str(vintages), *codes)
    first = blank(tmp_path, *ask, "--period", "2024", name="去年.xlsx")
    fill(first, lambda n, cell: 7)
    assert main(["load", str(first), "--vintages", str(vintages)]) == 0
    sheet = load_workbook(blank(tmp_path, *ask, "--period", "2025")).active
    assert {sheet.cell(r, 2).value: sheet.cell(r, 5).value for r in (FIRST, FIRST + 1)} == {
        CATALOGUE.indicators["mission_incidents"].name: None,
        CATALOGUE.indicators["recruits_sent"].name: 7,
    }


def test_the_form_helps_to_fill_it_in(tmp_path):
    sheet = load_workbook(blank(tmp_path, "--areas", "620700", "--period", "2025-Q2")).active
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert lists[0].formula1 == '"未报,—"'
    offered = {str(r) for v in lists for r in v.sqref.ranges}
    assert offered
    assert sheet.freeze_panes == "D5"
    assert sheet.print_title_rows == "$1:$4"
    (rule,) = [rule for found in sheet.conditional_formatting for rule in found.rules]
    assert rule.formula == ['AND(D5<>"",NOT(OR(AND(ISNUMBER(D5),D5>=0),D5="未报",D5="—")))']
    texts = [cell.value for row in sheet for cell in row if isinstance(cell.value, str)]
    assert SIGNED in texts
    assert sheet["A1"].value == "张掖市2025年第二季度双拥工作统计表"


def test_what_cannot_be_asked_for_is_refused_in_a_sentence(tmp_path, capsys):
    for arguments, sentence in [
        (["--areas", "999999", "--period", "2025-Q1"], "没有代码为“999999”的地区"),
        (["--areas", "620700", "--period", "2025-Q5"], "“2025-Q5”不是时期代码"),
        (["--areas", "620700", "--period", "2025", "--indicators", "x"], "没有代码为“x”的指标"),
    ]:
        assert main(["template", *arguments, "--out", str(tmp_path / "x.xlsx")]) == 1
        assert sentence in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_json_names_the_file(tmp_path, capsys):
    path = blank(tmp_path, "--areas", "620702", "--period", "2025-Q1", "--json")
    assert json.loads(capsys.readouterr().out) == {"file": str(path)}


@pytest.mark.parametrize(
    ("code", "title", "own", "to_date", "before"),
    [
        ("2025-Q1", "2025年第一季度", "第一季度", "", "2024-Q1"),
        ("2025-Q4", "2025年第四季度", "第四季度", "1—12月累计", "2024-Q4"),
        ("2025-S2", "2025年下半年", "下半年", "1—12月累计", "2024-S2"),
        ("2025-M05", "2025年5月", "5月", "1—5月累计", "2024-M05"),
        ("2025", "2025年度", "全年", "", "2024"),
    ],
)
def test_spans(code, title, own, to_date, before):
    span = read_span(code)
    assert (span.title, span.own, span.to_date, span.year_before) == (title, own, to_date, before)
