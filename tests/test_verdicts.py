"""What a check doubts is asked about: in which unit it is, which is wrong, or neither."""

from pathlib import Path

import pytest

from etl.catalogue import CatalogueError, load_catalogue
from etl.catalogue.answers import KINDS
from tests.test_answers import CATALOGUE, Office, office  # noqa: F401 (a fixture)

COUNTIES = ["甘州区", "肃南裕固族自治县", "民乐县", "临泽县", "高台县", "山丹县"]
FIGURES = "select ref_area, obs_value, in_force, reason from observation order by ref_area"
ISSUES = "select rule, severity, question_id <> '' from issue order by 1"


def sends_condolence_money(office: Office, amounts: list[float]) -> None:  # noqa: F811
    rows = zip(COUNTIES, amounts, strict=True)
    title = ["张掖市2024年一季度走访慰问情况"]
    office.sends("慰问金.xlsx", title, ["县区", "慰问金（万元）"], *map(list, rows))


def test_yuan_in_a_table_of_ten_thousand_yuan_is_answered_for_its_cells(office):  # noqa: F811
    """The other counties filled the same form in 万元: nothing follows for them."""
    sends_condolence_money(office, [9.1, 8.4, 98000, 7.7, 9.6, 8.8])
    office.load()
    (question,) = office.asks().values()
    assert (question["kind"], question["about"]) == ("scale", "ten_thousand_times B5")
    assert [c["value"] for c in question["choices"]] == [
        "元", "角", "千元", "万元", "百万元", "亿元", "right",
    ]  # fmt: skip
    assert office.run("answer", question["question_id"], "元", "--who", "李")[0] == 0
    office.load()
    assert office.ask(FIGURES)[2] == ("620722", 98000, True, "only")
    assert office.ask("select distinct obs_value from observation where ref_area = '620702'") == [
        (91000,)
    ]
    assert office.ask("select printed, unit_printed, rounding from observation"
                      " where ref_area = '620722'") == [("98000", "元", 0.5)]  # fmt: skip
    assert office.ask(ISSUES) == [("rescaled", "note", False)]
    assert office.ask("select distinct obs_status from series where obs_value > 0") == [("A",)]

    assert office.run("undo", question["question_id"])[0] == 0
    office.load()
    assert set(office.asks()) == {question["about"]}
    assert office.run("answer", question["question_id"], "right", "--who", "王")[0] == 0
    office.load()
    assert office.ask(FIGURES)[2] == ("620722", 980000000, True, "only")
    assert office.ask(ISSUES) == [("found_right", "note", False)]
    ((said,),) = office.ask("select message from issue")
    assert said.startswith("王 于 20")
    assert "民乐县 2024年一季度：慰问金发放额填 98,000 万元" in said
    assert office.ask("select distinct obs_status from series where obs_value > 0") == [("A",)]


@pytest.fixture
def fallen(office):  # noqa: F811
    """First half year 58, then 40 in nine months."""
    for name, months, number in (("上", "1-6", 58), ("下", "1-9", 40)):
        office.sends(
            f"{name}.xlsx", [f"甘州区2024年{months}月招聘会情况"],
            ["项目", "累计"], ["招聘会场次", number],
        )  # fmt: skip
    office.load()
    return office


def test_the_wrong_one_of_two_is_left_out_until_it_is_sent_again(fallen):
    asked = {about.partition(" ")[0]: one for about, one in fallen.asks().items()}
    assert set(asked) == {"interval_below_part", "negative_derived"}
    question = asked["negative_derived"]
    assert [c["zh"] for c in question["choices"]] == [
        "上.xlsx › Sheet › B3: 58 ", "下.xlsx › Sheet › B3: 40 ", "都没有错（已核实，或口径不同）",
    ]  # fmt: skip
    assert fallen.run("answer", question["question_id"], "#1")[0] == 0
    fallen.load()
    told = "select source_file, obs_value, in_force, reason from observation order by 1"
    assert fallen.ask(told) == [
        ("上.xlsx", 58, False, "set_aside"), ("下.xlsx", 40, True, "only"),
    ]  # fmt: skip
    assert fallen.ask(ISSUES) == [("set_aside", "note", False)]
    assert fallen.ask("select count(*) from series where obs_value = 58") == [(0,)]

    fallen.sends("上改.xlsx", ["甘州区2024年1-6月招聘会情况"], ["项目", "累计"], ["招聘会场次", 28])
    fallen.load()
    assert [row[1:] for row in fallen.ask(told)] == [
        (58, False, "set_aside"), (28, True, "latest"), (40, True, "only"),
    ]  # fmt: skip


def test_an_answer_written_by_hand_that_says_nothing_is_a_sentence(tmp_path):
    head = "form,question,about,answer,who,when,seen_in\n"
    (tmp_path / "answers.csv").write_text(
        f"{head}s-1,scale,ten_thousand_times B5,斗,李,2024-01-01,\n", "utf-8"
    )
    with pytest.raises(CatalogueError, match="is no answer"):
        load_catalogue([CATALOGUE, Path(tmp_path)])


def test_every_rule_that_asks_has_an_answer_form_and_every_form_has_its_words():
    catalogue = load_catalogue([CATALOGUE])
    asking = {rule.rule: rule for rule in catalogue.rules.values() if rule.question_zh or rule.ask}
    assert {name for name, rule in asking.items() if not (rule.question_zh and rule.ask)} == set()
    assert {rule.ask.kind for rule in asking.values()} == set(KINDS)
    assert set(KINDS) == set(catalogue.choices["hint"])
    assert not [r.rule for r in catalogue.rules.values() if "？" in r.zh or "?" in r.en]
