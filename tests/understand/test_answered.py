"""Each kind of question: asked, answered, read exactly so, by whom it is shared, taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.asked import Asked, asked
from etl.catalogue.answers import Answer, in_force, pins_of
from etl.catalogue.pins import Known, Pins
from etl.sentences import sentences
from etl.understand import Understood, Vocabulary, understand
from tests.understand.committed import source, vocabulary
from tests.understand.pinning import facts, grid, with_answers

if TYPE_CHECKING:
    from etl.records import Grid


@dataclass(frozen=True)
class Case:
    """A sheet with one question, its answer, and the facts that the answer alone brings."""

    rows: list[list[Any]]
    asks: str
    about: str
    answer: str
    brings: dict[str, tuple]
    next_rows: list[list[Any]]  # of the same form: another county, another quarter
    next_brings: dict[str, tuple]  # nothing where the answer holds for one sheet only
    file: str = "表.xlsx"


def of(area: str, value: float | None, indicator="condolence_fund", period="2024-Q2", *more: str):
    return (indicator, area, period, value, *more)


CASES = {
    "a word that is an indicator": Case(
        [["双拥工作台账（甘州区2024年二季度）"],
         ["项目", "数量"], ["驻军走访", 3], ["走访部队", 2]],
        "word", "驻军走访", "indicator=troop_visit_count",
        {"B3": of("620702", 3, "troop_visit_count")},
        [["双拥工作台账（民乐县2024年三季度）"],
         ["项目", "数量"], ["走访部队", 2], ["驻军走访", 7]],
        {"B4": of("620722", 7, "troop_visit_count", "2024-Q3")},
    ),
    "a word around an indicator": Case(
        [["张掖市2024年二季度慰问情况"],
         ["县区", "慰问金（元）", "军创慰问金（元）"], ["甘州区", 5, 3]],
        "word", "军创", "breakdown=recipient:退役军人",
        {"C3": of("620702", 3, "condolence_fund", "2024-Q2", "recipient:退役军人")},
        [["张掖市2025年一季度慰问情况"],
         ["县区", "慰问金（元）", "军创慰问金（元）"], ["民乐县", 6, 4]],
        {"C3": of("620722", 4, "condolence_fund", "2025-Q1", "recipient:退役军人")},
    ),
    "which row is the total": Case(
        [["2024年二季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3], ["全域合并", 5]],
        "word", "全域合并", "role=total", {},
        [["2024年三季度慰问金（元）"], ["县区", "慰问金"], ["民乐县", 3], ["全域合并", 3]], {},
    ),
    "a word that is an area": Case(
        [["张掖市2024年二季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3], ["老城片", 2]],
        "word", "老城片", "area=620725", {"B4": of("620725", 2)},
        [["张掖市2024年三季度慰问金（元）"], ["县区", "慰问金"], ["老城片", 9]],
        {"B3": of("620725", 9, "condolence_fund", "2024-Q3")},
    ),
    "a breakdown of another indicator": Case(
        [["甘州区2024年二季度招聘会情况"], ["对象", "招聘会场次"], ["部队", 3]],
        "breakdown", "job_fairs|部队", "breakdown=", {"B3": of("620702", 3, "job_fairs")},
        [["民乐县2024年三季度招聘会情况"], ["对象", "招聘会场次"], ["部队", 4]],
        {"B3": of("620722", 4, "job_fairs", "2024-Q3")},
    ),
    "a name of several areas": Case(
        [["2024年二季度慰问金（元）"], ["县区", "慰问金"], ["城区", 3]],
        "name", "140302;140502;441502", "140302", {"B3": of("140302", 3)},
        [["2024年三季度慰问金（元）"], ["县区", "慰问金"], ["城区", 4]],
        {"B3": of("140302", 4, "condolence_fund", "2024-Q3")},
    ),
    "a total of nobody knows what": Case(
        [["2024年二季度慰问金（元）"],
         ["县区", "慰问金"], ["甘州区", 3], ["凉州区", 2], ["合计", 5]],
        "name", "total", "620000", {"B5": of("620000", 5)},
        [["2024年三季度慰问金（元）"],
         ["县区", "慰问金"], ["甘州区", 3], ["凉州区", 2], ["合计", 5]], {},
    ),
    "no area": Case(
        [["2024年二季度走访慰问表"], ["慰问金（元）", "走访部队（支）"], [100, 3]],
        "area", "", "620702",
        {"A3": of("620702", 100), "B3": of("620702", 3, "troop_visit_units")},
        [["2024年三季度走访慰问表"], ["慰问金（元）", "走访部队（支）"], [100, 3]], {},
    ),
    "two areas": Case(
        [["甘州区2024年二季度走访慰问表"], ["慰问金（元）", "走访部队（支）"], [100, 3]],
        "area", "", "620722",
        {"A3": of("620722", 100), "B3": of("620722", 3, "troop_visit_units")},
        [["甘州区2024年三季度走访慰问表"], ["慰问金（元）", "走访部队（支）"], [100, 3]], {},
        file="民乐县.xlsx",
    ),
    "no indicator": Case(
        [["张掖市2024年二季度报送表"], ["县区", "数量"], ["甘州区", 3]],
        "indicator", "", "indicator=job_fairs", {"B3": of("620702", 3, "job_fairs")},
        [["张掖市2024年三季度报送表"], ["县区", "数量"], ["甘州区", 3]], {},
    ),
    "no year": Case(
        [["张掖市二季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3]],
        "period", "", "2024年", {"B3": of("620702", 3)},
        [["张掖市一季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3]], {},
    ),
    "no period": Case(
        [["张掖市慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3]],
        "period", "", "2024年1-9月",
        {"B3": of("620702", 3, "condolence_fund", "2024-01-01/P9M")},
        [["民乐县慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3]], {},
    ),
    "two periods": Case(
        [["张掖市2023年二季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3]],
        "period", "", "2024年", {"B3": of("620702", 3, "condolence_fund", "2024")},
        [["张掖市2023年一季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3]], {},
        file="2024年.xlsx",
    ),
    "a period that is not clear": Case(
        [["张掖市2024年二季度慰问金（元）"], ["县区", "本年", "上年"], ["甘州区", 3, 2]],
        "period", "relative=this_year", "2024年1-6月",
        {"B3": of("620702", 3, "condolence_fund", "2024-S1")},
        [["张掖市2024年三季度慰问金（元）"], ["县区", "本年", "上年"], ["甘州区", 3, 2]], {},
    ),
    "codes of months or quarters": Case(
        [["慰问金（元）"],
         ["县区", "统计期", "慰问金"], ["甘州区", 202401, 3], ["甘州区", 202402, 5]],
        "code", "month_or_quarter", "quarter",
        {"C3": of("620702", 3, "condolence_fund", "2024-Q1"), "C4": of("620702", 5)},
        [["慰问金（元）"],
         ["县区", "统计期", "慰问金"], ["甘州区", 202403, 3], ["甘州区", 202404, 5]],
        {"C3": of("620702", 3, "condolence_fund", "2024-Q3"),
         "C4": of("620702", 5, "condolence_fund", "2024-Q4")},
    ),
    "no unit": Case(
        [["张掖市2024年二季度慰问情况"], ["县区", "慰问金", "走访部队"], ["甘州区", 3, 2]],
        "unit", "condolence_fund", "万元", {"B3": of("620702", 30000)},
        [["民乐县2024年三季度慰问情况"], ["县区", "慰问金", "走访部队"], ["民乐县", 1.5, 2]],
        {"B3": of("620722", 15000, "condolence_fund", "2024-Q3")},
    ),
    "a mark": Case(
        [["张掖市2024年二季度走访"], ["县区", "走访部队"], ["甘州区", 2], ["民乐县", "略"]],
        "mark", "略", "O", {"B4": of("620722", None, "troop_visit_units")},
        [["张掖市2024年三季度走访"], ["县区", "走访部队"], ["甘州区", 2], ["山丹县", "略"]],
        {"B4": of("620725", None, "troop_visit_units", "2024-Q3")},
    ),
    "a share": Case(
        [["张掖市2024年二季度优待证情况"],
         ["县区", "优待证申领率（%）"], ["甘州区", 0.94], ["民乐县", 95.5]],
        "share", "veteran_card_rate", "fraction", {"B3": of("620702", 94, "veteran_card_rate")},
        [["张掖市2024年三季度优待证情况"],
         ["县区", "优待证申领率（%）"], ["甘州区", 0.95], ["民乐县", 95.5]],
        {"B3": of("620702", 95, "veteran_card_rate", "2024-Q3")},
    ),
    "planned or done": Case(
        [["张掖市2024年二季度双拥工作任务表"], ["县区", "招聘会场次"], ["甘州区", 3]],
        "figures", "", "done", {"B3": of("620702", 3, "job_fairs")},
        [["张掖市2024年三季度双拥工作任务表"], ["县区", "招聘会场次"], ["甘州区", 4]],
        {"B3": of("620702", 4, "job_fairs", "2024-Q3")},
    ),
    "a column without a header": Case(
        [["张掖市2024年二季度慰问情况"], ["县区", "慰问金（元）", None], ["甘州区", 3, 2]],
        "header", "C", "走访部队（支）", {"C3": of("620702", 2, "troop_visit_units")},
        [["张掖市2024年三季度慰问情况"], ["县区", "慰问金（元）", None], ["甘州区", 3, 2]], {},
    ),
    "a column without a period": Case(
        [["张掖市2024年慰问金（元）"], ["县区", "一季度慰问金", "慰问金"], ["甘州区", 5, 3]],
        "header", "C", "2024年二季度", {"C3": of("620702", 3)},
        [["张掖市2025年慰问金（元）"], ["县区", "一季度慰问金", "慰问金"], ["甘州区", 5, 3]], {},
    ),
    "a column that lost its group": Case(
        [["张掖市2024年慰问（元）"], ["县区", "一季度", None],
         [None, "慰问金", "慰问品折价"], ["甘州区", 5, 3]],
        "header", "C", "一季度",
        {"C4": of("620702", 3, "condolence_goods_value", "2024-Q1")},
        [["张掖市2025年慰问（元）"], ["县区", "一季度", None],
         [None, "慰问金", "慰问品折价"], ["甘州区", 5, 3]], {},
    ),
    "a row without an area": Case(
        [["张掖市2024年二季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3], [None, 2]],
        "row", "4", "area=620722", {"B4": of("620722", 2)},
        [["张掖市2024年三季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3], [None, 2]], {},
    ),
    "a row without an indicator": Case(
        [["甘州区2024年二季度双拥情况"], ["项目", "数量"], ["招聘会场次", 3], [None, 2]],
        "row", "4", "indicator=troop_visit_units", {"B4": of("620702", 2, "troop_visit_units")},
        [["民乐县2024年三季度双拥情况"], ["项目", "数量"], ["招聘会场次", 3], [None, 2]], {},
    ),
    "a row without a period": Case(
        [["甘州区慰问金（元）"], ["时期", "慰问金"], ["2024年二季度", 3], [None, 2]],
        "row", "4", "period=2024年三季度", {"B4": of("620702", 2, "condolence_fund", "2024-Q3")},
        [["民乐县慰问金（元）"], ["时期", "慰问金"], ["2024年二季度", 3], [None, 2]], {},
    ),
    "one key twice": Case(
        [["张掖市2024年二季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3], ["甘州区", 2]],
        "cell", "condolence_fund|620702|_T|2024-Q2", "B4", {"B4": of("620702", 2)},
        [["张掖市2024年三季度慰问金（元）"], ["县区", "慰问金"], ["甘州区", 3], ["甘州区", 2]], {},
    ),
}  # fmt: skip


def read(sheet: Grid, words: Vocabulary, digest: str = "0") -> Understood:
    return understand(sheet, replace(source(sheet.file), source_id=digest * 64), words)


def questions(found: Understood) -> set[Asked]:
    catalogue = vocabulary().catalogue
    return {said for issue in found.issues if (said := asked(issue, catalogue)).asks}


def answered(*rows: Answer) -> Vocabulary:
    """The committed vocabulary after a file of answers."""
    known = vocabulary().catalogue
    parts = Known(known.indicators, known.areas, known.breakdowns)
    return with_answers(pins_of(in_force(rows), parts))


def row(question: Asked, said: str) -> Answer:
    return Answer(question.form, question.asks, question.about, said, "李", "2025-01-01", "", "")


@pytest.fixture(params=CASES)
def case(request):
    return CASES[request.param]


def test_an_answer_brings_what_was_asked_and_nothing_else(case):
    sheet = grid(case.rows, file=case.file)
    before = read(sheet, vocabulary())
    (question,) = questions(before)
    assert (question.asks, question.about) == (case.asks, case.about)
    after = read(sheet, answered(row(question, case.answer)))
    assert facts(after) == facts(before) | case.brings
    assert question not in questions(after)
    assert sum(after.fates.values()) == sum(before.fates.values())
    assert after.fates["issue"] < before.fates["issue"]


def test_it_holds_for_the_form_or_for_the_sheet_as_sent(case):
    """What a sheet does not say of itself (whose, when) another of its form need not share."""
    (question,) = questions(read(grid(case.rows, file=case.file), vocabulary()))
    words = answered(row(question, case.answer))
    next_sheet = grid(case.next_rows, file=case.file)
    before, after = (read(next_sheet, words_, "1") for words_ in (vocabulary(), words))
    assert facts(after) == facts(before) | case.next_brings
    assert question.form.startswith("f-") == (questions(before) != questions(after))


def test_another_form_is_asked_for_itself(case):
    (question,) = questions(read(grid(case.rows, file=case.file), vocabulary()))
    words = answered(row(question, case.answer))
    title = case.rows[0][0] + "（退役军人事务局专用）"
    other = grid([[title], *case.rows[1:]], file=case.file)
    assert facts(read(other, words, "1")) == facts(read(other, vocabulary(), "1"))
    assert questions(read(other, words, "1")) == questions(read(other, vocabulary(), "1")) != set()


def test_taken_back_it_is_asked_again(case):
    sheet = grid(case.rows, file=case.file)
    (question,) = questions(read(sheet, vocabulary()))
    words = answered(row(question, case.answer), row(question, ""))
    assert questions(read(sheet, words)) == {question}
    assert facts(read(sheet, words)) == facts(read(sheet, vocabulary()))


@pytest.mark.parametrize(("answer", "rate"), [("percent", 95.7), ("fraction", 9570)])
def test_a_share_pasted_below_a_percent_format_is_asked_about(answer, rate):
    """Such a cell shows 9570%; nobody's rate is that high, and 95.7 is what was typed."""
    head = [["张掖市2024年二季度优待证情况"], ["县区", "优待证申领率"]]
    sheet = grid([*head, ["甘州区", 0.94], ["民乐县", 95.7]], percent=frozenset({(2, 1), (3, 1)}))
    known = {"B3": of("620702", 94, "veteran_card_rate")}
    (question,) = questions(read(sheet, vocabulary()))
    assert facts(read(sheet, vocabulary())) == known
    after = facts(read(sheet, answered(row(question, answer))))
    assert after == known | {"B4": of("620722", pytest.approx(rate), "veteran_card_rate")}


def test_a_table_without_a_title_shares_no_unit():
    sheet = grid([["县区", "慰问金"], ["甘州区", 3]], file="2024年二季度.xlsx")
    (question,) = questions(read(sheet, vocabulary()))
    words = answered(row(question, "万元"))
    assert facts(read(sheet, words)) == {"B2": of("620702", 30000)}
    assert facts(read(sheet, words, "1")) == {}


AREAS = ("甘州区", "民乐县", "老城片", "山丹县")
KNOWN = ("慰问金（元）", "走访部队（支）", "招聘会场次", "慰问信")
WORDS = ("驻军走访", "军创", "其他事项")
SAID = (
    *("indicator=troop_visit_count", "indicator=job_fairs", "breakdown=recipient:部队"),
    *("role=nothing", "role=total", "role=derived", "role=ignored", "area=620702", "unit=万元"),
)


@settings(max_examples=150, deadline=None)
@given(
    headers=st.lists(st.sampled_from(KNOWN + WORDS), min_size=2, max_size=5, unique=True),
    areas=st.lists(st.sampled_from(AREAS), min_size=1, unique=True),
    marks=st.lists(st.sampled_from([1, 2.5, 7, "略", "—"]), min_size=20, max_size=20),
    said=st.lists(st.sampled_from(SAID), min_size=8, max_size=8),
)  # fmt: skip
def test_no_answer_changes_a_fact_that_was_not_asked_about(headers, areas, marks, said):
    """Cells that were read before mean the same after it, or a contradiction names them."""
    cells = iter(marks)
    body = [[area, *(next(cells) for _ in headers)] for area in areas]
    sheet = grid([["张掖市2024年二季度双拥情况"], ["县区", *headers], *body])
    before = read(sheet, vocabulary())
    for question, answer in zip(sorted(questions(before)), said, strict=False):
        given_ = "O" if question.asks == "mark" else answer
        after = read(sheet, answered(row(question, given_)))
        asked_cells = {
            issue.cell
            for issue in before.issues
            if asked(issue, vocabulary().catalogue) == question
        }
        assert asked_cells
        kept = facts(after)
        clash = {i.rule for i in after.issues} & {"same_key_different_values"}
        for cell, fact in facts(before).items():
            assert kept.get(cell, fact) == fact
            assert cell in kept or clash
        assert sum(after.fates.values()) == sum(before.fates.values())


def test_a_unit_that_does_not_measure_what_was_asked_is_a_sentence():
    """As somebody may write it into answers.csv by hand."""
    sheet = grid([["甘州区2024年二季度慰问金情况"], ["县区", "慰问金"], ["甘州区", 12.5]])
    [question] = understand(sheet, source(sheet.file), vocabulary()).issues
    words = with_answers({question.form: Pins(units={"condolence_fund": "人"})})
    found = understand(sheet, source(sheet.file), words)
    assert facts(found) == {}
    told = [sentences(issue, words.catalogue).message for issue in found.issues]
    assert told == ["单位“人”与指标“慰问金发放额”不符（1 个单元格）。请核对单位或指标。"]
