"""Questions and answers from the command line: a folder of workbooks, answers.csv, additions."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from etl.__main__ import main
from etl.answers import answer, settle
from etl.catalogue import load_catalogue
from etl.files import known
from etl.pipeline import load
from etl.questions import open_questions
from etl.sentences import RefusedError
from etl.vintages import DATABASE, current

CATALOGUE = Path(__file__).parents[1] / "data/catalogue"


class Office:
    """A folder of workbooks, a local catalogue and vintages of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.inbox, self.local = folder / "inbox", folder / "local"
        self.vintages, self.capsys = folder / "vintages", capsys
        self.inbox.mkdir()

    @property
    def folders(self) -> tuple[Path, ...]:
        return CATALOGUE, self.local

    def sends(self, name: str, *rows: list) -> None:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(self.inbox / name)

    def run(self, *words: str) -> tuple[int, str]:
        folders = [option for f in self.folders for option in ("--catalogue", str(f))]
        code = main([*words, *folders, "--vintages", str(self.vintages)])
        said = self.capsys.readouterr()
        return code, said.out + said.err

    def load(self) -> None:
        assert self.run("load", str(self.inbox))[0] == 0

    def asks(self) -> dict[str, dict]:
        """Open questions by what they are about."""
        code, said = self.run("questions", "--json")
        assert code == 0
        return {one["about"] or one["kind"]: one for one in json.loads(said)}

    def ask(self, sql: str) -> list[tuple]:
        with duckdb.connect(current(self.vintages) / DATABASE, read_only=True) as con:
            return con.execute(sql).fetchall()


@pytest.fixture
def office(tmp_path, capsys):
    return Office(tmp_path, capsys)


FACTS = "select ref_area, time_period, obs_value from observation order by all"


def test_two_answers_load_the_sheets_of_two_counties_and_can_be_taken_back(office):
    for area, quarter, numbers in (("甘州区", "二", (3, 12)), ("民乐县", "三", (5, 7))):
        title = [f"双拥工作台账（{area}2024年{quarter}季度）"]
        rows = zip(("驻军走访", "慰问金"), numbers, strict=True)
        office.sends(f"{area}.xlsx", title, ["项目", "数量"], *map(list, rows))
    office.load()
    assert office.ask(FACTS) == []
    asked = office.asks()
    assert set(asked) == {"驻军走访", "condolence_fund"}
    assert [place["source_file"] for place in asked["驻军走访"]["places"]] == [
        "民乐县.xlsx", "甘州区.xlsx",
    ]  # fmt: skip
    first = current(office.vintages)
    said = office.run("load", str(office.inbox))[1]
    assert f"元还是万元？ {asked['condolence_fund']['question_id']})" in said

    unit, word = asked["condolence_fund"]["question_id"], asked["驻军走访"]["question_id"]
    assert office.run("answer", unit, "万元", "--who", "李")[0] == 0
    assert office.run("answer", word, "领导走访慰问部队次数")[0] == 0
    assert {one["about"]: one["given"] for one in office.asks().values()} == {
        "驻军走访": "indicator=troop_visit_count", "condolence_fund": "万元",
    }  # fmt: skip
    office.load()
    assert office.ask(FACTS) == [
        ("620702", "2024-Q2", 3), ("620702", "2024-Q2", 120000),
        ("620722", "2024-Q3", 5), ("620722", "2024-Q3", 70000),
    ]  # fmt: skip
    assert office.asks() == {}
    assert current(office.vintages) != first

    assert office.run("undo", unit)[0] == 0
    load([], office.inbox.parent, office.vintages, office.folders)  # no new file: the same again
    assert office.ask(FACTS) == [("620702", "2024-Q2", 3), ("620722", "2024-Q3", 5)]
    assert office.asks()["condolence_fund"]["given"] == ""
    assert office.run("answers")[1].count("\n") == 1
    with (office.local / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        kept = [(r["about"], r["answer"], r["seen_in"]) for r in csv.DictReader(file)]
    seen = "民乐县.xlsx › Sheet; 甘州区.xlsx › Sheet"
    assert kept == [
        ("condolence_fund", "万元", seen), ("驻军走访", "indicator=troop_visit_count", seen),
        ("condolence_fund", "", seen),
    ]  # fmt: skip


def test_whose_figure_is_in_force(office):
    for name, number in (("一.xlsx", 3), ("二.xlsx", 4)):
        title = ["张掖市2024年二季度慰问金（元）", None, "填报日期：2024年7月2日"]
        office.sends(name, title, ["县区", "慰问金"], ["甘州区", number])
    office.load()
    reasons = "select source_file, in_force, reason from observation order by 1"
    assert office.ask(reasons) == [("一.xlsx", True, "conflict"), ("二.xlsx", True, "conflict")]
    (question,) = office.asks().values()
    assert question["kind"] == "report"
    assert [choice["zh"] for choice in question["choices"]] == [
        "一.xlsx › Sheet › B3: 3 元", "二.xlsx › Sheet › B3: 4 元",
    ]  # fmt: skip
    chosen = "#2"
    assert office.run("answer", question["question_id"], chosen)[0] == 0
    office.load()
    assert office.ask(reasons) == [("一.xlsx", False, "superseded"), ("二.xlsx", True, "answered")]
    assert office.ask("select count(*) from issue where rule like '%tie%'") == [(0,)]
    assert office.ask("select obs_value, conflict from series where freq = 'Q'") == [(4, False)]
    assert office.run("undo", question["question_id"])[0] == 0
    office.load()
    assert list(office.asks().values())[0]["kind"] == "report"


def test_several_sheets_are_answered_at_once(office):
    for area in ("甘州区", "民乐县"):
        office.sends(f"{area}.xlsx", [f"{area}走访（元）"], ["项目", "数量"], ["慰问金", 3])
    office.load()
    code, said = office.run("questions", "--json")
    names = [one["question_id"] for one in json.loads(said)]
    assert (code, len(names)) == (0, 2)
    assert office.run("answer", ",".join(names), "2024年")[0] == 0
    office.load()
    assert [row[:2] for row in office.ask(FACTS)] == [("620702", "2024"), ("620722", "2024")]


WRONG = [
    ("驻军走访", "无此指标", "不在目录里"),
    ("驻军走访", "indicator=nobody", "nobody"),
    ("驻军走访", "role=boss", "boss"),
    ("驻军走访", "", "请从这些里选"),
    ("condolence_fund", "斗", "请从这些里选"),
    ("略", "7", "零、未报、不适用、未到期"),
    ("period", "二季度", "不是时期"),
    ("period", "今年以来", "不是时期"),
]


def test_what_is_no_answer_is_refused_in_a_sentence(office):
    office.sends(
        "甘州区.xlsx", ["甘州区2024年二季度台账"], ["项目", "数量"],
        ["驻军走访", 3], ["慰问金", 12], ["走访部队", "略"],
    )  # fmt: skip
    office.sends("年.xlsx", ["甘州区台账"], ["项目", "数量"], ["走访部队", 3])
    assert office.run("questions") == (1, "还没有装载过数据，请先装载。\n")
    office.load()
    asked = office.asks()
    for about, value, says in WRONG:
        code, said = office.run("answer", asked[about]["question_id"], value)
        assert (code, says in said) == (1, True), said
    assert office.run("answer", "00000000", "万元")[0] == 1
    assert office.run("undo", "00000000")[0] == 1
    assert not (office.local / "answers.csv").exists()
    assert "no period" in office.run("answer", asked["period"]["question_id"], "x", "--lang=en")[1]


def test_a_choice_is_answered_in_its_words(office):
    rows = ["项目", "数量"], ["走访部队", "略"], ["招聘会", 3]
    office.sends("甘.xlsx", ["甘州区2024年二季度台账"], *rows)
    office.load()
    assert office.run("answer", office.asks()["略"]["question_id"], "未报")[0] == 0
    office.load()
    assert office.ask("select obs_status from observation where printed = '略'") == [("O",)]


def test_words_are_kept_as_what_they_mean(office):
    office.sends("甘.xlsx", ["甘州区2024年二季度台账"], ["项目", "数量"], ["驻军走访", 3])
    office.load()
    (question,) = open_questions(current(office.vintages), office.folders)
    words = known(office.folders)[1]
    meant = {
        "走访部队": "indicator=troop_visit_units",
        "甘州区": "area=620702",
        "620702": "area=620702",
        "合计": "role=total",
        "万元": "unit=万元",
        "2024年1-6月": "period=2024年1-6月",
        "#1": question.choices[0].value,
    }
    assert {said: settle(question, said, words) for said in meant} == meant
    with pytest.raises(RefusedError):
        settle(question, "城区", words)  # of which city?


def test_a_cell_that_begins_as_a_formula_is_kept_as_text(office):
    office.sends(
        "甘.xlsx", ["甘州区2024年二季度台账"], ["项目", "数量"], ["@驻军", 3], ["走访部队", 1]
    )
    office.load()
    (question,) = open_questions(current(office.vintages), office.folders)
    assert question.about == "@驻军"
    answer(question, "role=ignored", "=who()", office.folders)
    text = (office.local / "answers.csv").read_text(encoding="utf-8-sig")
    assert not any(
        cell.startswith(("=", "@")) for row in csv.reader(text.splitlines()) for cell in row
    )
    office.load()
    assert office.asks() == {}


# ── additions ───────────────────────────────────────────────────────────────────────────────────

INDICATOR = (
    *("--name", "双拥影院场次", "--name-en", "Film evenings", "--unit", "场"),
    *("--aspect", "publicity", "--alias", "影院场次"),
)


def test_an_indicator_an_area_and_an_alias_are_added_and_load(office):
    office.sends(
        "影.xlsx", ["张掖市2024年二季度"], ["县区", "影院场次", "走访驻地部队"], ["丹霞新区", 3, 2]
    )
    office.load()
    assert office.ask(FACTS) == []
    assert office.run("add", "indicator", "film_evenings", *INDICATOR)[0] == 0
    area = ("620799", "--name", "丹霞新区", "--name-en", "Danxia", "--parent", "620700")
    assert office.run("add", "area", *area)[0] == 0
    assert office.run("add", "alias", "indicator", "troop_visit_units", "走访驻地部队")[0] == 0
    office.load()
    assert office.ask("select indicator, ref_area, obs_value from observation order by 1") == [
        ("film_evenings", "620799", 3), ("troop_visit_units", "620799", 2),
    ]  # fmt: skip
    found = load_catalogue(office.folders)
    assert found.indicators["film_evenings"].unit_measure == found.units["场"].unit_measure
    assert "620799" in found.members["620700"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("indicator", "troop_visit_units", *INDICATOR), "已有"),
        (("indicator", "Film", *INDICATOR), "不合规范"),
        (("indicator", "film_evenings", *INDICATOR, "--unit", "斗"), "斗"),
        (("indicator", "film_evenings", *INDICATOR, "--aspect", "none"), "未加入"),
        (("indicator", "film_evenings", *INDICATOR, "--alias", "慰问金"), "未加入"),
        (("indicator", "film_evenings", *INDICATOR, "--kind=rate", "--areas=ratio"), "未加入"),
        (("area", "620702", "--name=甘", "--name-en=G", "--parent=620700"), "已有"),
        (("area", "62070", "--name=甘", "--name-en=G", "--parent=620700"), "不合规范"),
        (("area", "620799", "--name=甘", "--name-en=G", "--parent=999999"), "999999"),
        (("alias", "indicator", "nobody", "慰问"), "未加入"),
        (("alias", "unit", "元", "万元"), "未加入"),
        (("alias", "breakdown", "recipient:谁", "驻军"), "未加入"),
    ],
)
def test_what_cannot_be_added_changes_nothing(office, words, says):
    code, said = office.run("add", *words)
    assert (code, says in said) == (1, True), said
    assert not [path for path in office.local.glob("*") if not path.name.startswith(".")]


def test_what_an_office_adds_lies_beside_its_vintages(tmp_path):
    """As the data page keeps it; another office's vintages are read without it."""
    code = main(
        [
            "add",
            "alias",
            "indicator",
            "troop_visit_count",
            "驻军走访",
            "--vintages",
            str(tmp_path / "vintages"),
        ]
    )
    assert code == 0
    rows = (tmp_path / "local" / "aliases.csv").read_text("utf-8-sig").splitlines()
    assert rows == ["of,code,alias", "indicator,troop_visit_count,驻军走访"]
