"""A layout says what the words of a form cannot tell, and never overrides what they do tell."""

from __future__ import annotations

import pytest

from etl.catalogue import CatalogueError
from tests.understand.pinning import facts, grid, read, rules, with_layout

TABLE = [
    ["双拥工作台账"],
    ["单位", "人数", "金额"],
    ["甘州区", 12, 3.5],
    ["民乐县", "—", 2],
    ["小计", 12, 5.5],
]
LAYOUT = """
for: {words: [双拥工作台账]}
sheet: {period: 2024年二季度, unit: 万元}
labels:
  人数: {indicator: needy_visit_persons}
  金额: {indicator: condolence_fund, breakdown: 'recipient:部队'}
marks: {—: 0}
"""


def test_a_layout_pins_context_labels_and_marks(tmp_path):
    assert not facts(read(grid(TABLE)))
    found = read(grid(TABLE), with_layout(tmp_path, LAYOUT))
    assert facts(found) == {
        "B3": ("needy_visit_persons", "620702", "2024-Q2", 12),
        "C3": ("condolence_fund", "620702", "2024-Q2", 35000, "recipient:部队"),
        "B4": ("needy_visit_persons", "620722", "2024-Q2", 0),
        "C4": ("condolence_fund", "620722", "2024-Q2", 20000, "recipient:部队"),
    }
    assert not found.issues
    assert found.fates["check"] == 2


def test_another_sheet_is_read_as_before(tmp_path):
    other = [["拥军工作台账"], *TABLE[1:]]
    assert not facts(read(grid(other), with_layout(tmp_path, LAYOUT)))


def test_what_is_printed_stands_against_a_layout(tmp_path):
    words = with_layout(tmp_path, LAYOUT)
    title = ["双拥工作台账（2023年二季度）"]
    assert rules(read(grid([title, *TABLE[1:]]), words)) == {"periods_disagree": "B3:B4,C3:C4"}
    header = ["单位", "人数", "金额（元）"]
    printed = facts(read(grid([TABLE[0], header, *TABLE[2:]]), words))
    assert printed["C3"] == ("condolence_fund", "620702", "2024-Q2", 3.5, "recipient:部队")
    known = [TABLE[0], ["单位", "人数", "慰问品折价"], *TABLE[2:]]
    assert facts(read(grid(known), words))["C3"][0] == "condolence_goods_value"


def test_a_known_word_pinned_to_another_indicator_is_refused(tmp_path):
    words = with_layout(tmp_path, LAYOUT.replace("金额:", "慰问品折价:"))
    sheet = grid([TABLE[0], ["单位", "人数", "慰问品折价"], *TABLE[2:]])
    found = read(sheet, words)
    assert rules(found) == {"unknown_indicator": "C3:C4"}
    assert set(facts(found)) == {"B3", "B4"}


@pytest.mark.parametrize(
    ("pinned", "printed", "expected"),
    [
        ("{area: '620722'}", "张掖市2024年二季度", "620722"),  # narrower than the title: it holds
        ("{area: '620722'}", "甘州区2024年二季度", "areas_disagree"),
        ("{area: '620722'}", "2024年二季度", "620722"),
    ],
)
def test_the_area_of_a_sheet(tmp_path, pinned, printed, expected):
    words = with_layout(tmp_path, f"for: {{words: [走访慰问表]}}\nsheet: {pinned}")
    found = read(grid([[printed + "走访慰问表"], ["慰问金（元）"], [100], [100]]), words)
    assert {fact[1] for fact in facts(found).values()} | set(rules(found)) == {expected}


def test_columns_rows_and_kinds_of_rows(tmp_path):
    rows = [
        ["走访慰问登记簿2024年二季度（元）"],
        ["甲表"],
        ["县区", "慰问金", None, "慰问品折价"],
        ["甘州区", 100, 7, 1],
        ["第三", 50, 8, 2],
        ["民乐县", 200, 9, 3],
        ["甘州区", 999, 9, 9],
    ]
    layout = """
for: {words: [登记簿]}
columns: {C: {role: ignored}}
rows: {5: {area: '620723', role: nothing}, 7: ignored}
labels: {第三: {role: nothing}}
"""
    assert set(rules(read(grid(rows)))) == {
        "missing_header", "unknown_area", "same_key_different_values",
    }  # fmt: skip
    found = read(grid(rows), with_layout(tmp_path, layout))
    assert not found.issues
    assert {cell: fact[1:] for cell, fact in facts(found).items()} == {
        "B4": ("620702", "2024-Q2", 100), "D4": ("620702", "2024-Q2", 1),
        "B5": ("620723", "2024-Q2", 50), "D5": ("620723", "2024-Q2", 2),
        "B6": ("620722", "2024-Q2", 200), "D6": ("620722", "2024-Q2", 3),
    }  # fmt: skip
    assert sum(found.fates.values()) == 2 + 3 + 4 * 4


def test_a_layout_for_a_form_pins_approval_shares_and_plans(tmp_path):
    rows = [["2024年二季度双拥工作任务表"], ["县区", "优待证申领率（%）"], ["甘州区", 0.94]]
    (form,) = {issue.form for issue in read(grid(rows)).issues}
    layout = f"""
for: {{forms: [{form}]}}
approval: 2
figures: done
shares: {{veteran_card_rate: fraction}}
"""
    found = read(grid(rows), with_layout(tmp_path, layout)).observations.to_pylist()
    assert [(o["obs_value"], o["approval"]) for o in found] == [(94, 2)]


def test_a_column_pinned_against_its_header_is_refused(tmp_path):
    rows = [["登记簿2024年二季度（元）"], ["县区", "慰问金"], ["甘州区", 100], ["民乐县", 2]]
    layout = "for: {words: [登记簿]}\ncolumns: {B: {indicator: condolence_goods_value}}"
    assert rules(read(grid(rows), with_layout(tmp_path, layout))) == {"pin_disagrees": "B3:B4"}


@pytest.mark.parametrize(
    ("layout", "says"),
    [
        ("labels: {人数: {role: total}}", "for: name the forms"),
        ("for: {words: [台账]}\nlabel: {}", "unknown field label"),
        ("for: {words: [台账]}\nlabels: {人数: {indicator: nobody}}", "nobody is not in the cat"),
        ("for: {words: [台账]}\nlabels: {人数: {role: boss}}", "role is 'boss'; write one of"),
        ("for: {words: [台账]}\nsheet: {breakdown: 'recipient:谁'}", "is not in breakdowns.csv"),
        ("for: {words: [台账]}\nmarks: {—: 7}", "— is '7'"),
        ("for: {words: [台账]}\ncolumns: {7: {role: note}}", "is no column"),
        ("for: {words: [台账]}\nrows: {x: {role: total}}", "is no row"),
        ("for: {words: [台账]}\nsheet: {period: 有时}", "is no period"),
        ("for: {words: [台账]}\nsheet: {unit: 斗}", "unknown unit 斗"),
    ],
)
def test_a_mistake_names_the_file_and_what_to_do(tmp_path, layout, says):
    with pytest.raises(CatalogueError, match=f"form.yml.*{says}"):
        with_layout(tmp_path, layout)
