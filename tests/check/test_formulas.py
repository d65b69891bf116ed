"""Sums and quotients of indicators that must agree, as relations.yml writes them."""

from dataclasses import replace
from pathlib import Path

import pytest

from etl.catalogue import Catalogue, load_catalogue
from etl.sentences import sentences
from tests.reports import FIRST, HALF, catalogue, found, report, rules


def with_rule(folder: Path, left: str, op: str, right: str) -> Catalogue:
    """The catalogue with one rule more, which an office wrote into its own folder."""
    (folder / "relations.yml").write_text(
        f"ours:\n  left: {left}\n  op: '{op}'\n  right: {right}\n  hint: {{zh: 核对, en: Check}}\n",
        encoding="utf-8",
    )
    known = load_catalogue([Path("data/catalogue"), folder])
    return replace(known, relations=known.relations[-1:])


@pytest.mark.parametrize(
    ("op", "fund", "expected"),
    [
        ("=", 70, []),
        ("=", 69, ["relation_about_equal"]),
        ("=", 71, ["relation_about_equal"]),
        ("<=", 71, ["relation_at_most"]),
        ("<=", 70, []),
        ("<=", 69, []),
        (">=", 69, ["relation_at_most"]),
        (">=", 70, []),
    ],
)
def test_a_sum_is_compared_with_a_sum(tmp_path: Path, op: str, fund: float, expected: list[str]):
    known = with_rule(tmp_path, "condolence_fund", op, "condolence_goods_value + 2 * job_fairs")
    rows = [
        report("condolence_fund", fund, HALF, rounding=0.0),
        report("condolence_goods_value", 50, HALF, rounding=0.0, cell="D5"),
        report("job_fairs", 10, HALF, cell="D6"),
    ]
    assert rules(*rows, known=known) == expected
    assert rules(*rows[:2], known=known) == []


def test_the_issue_names_every_cell_and_writes_the_sum(tmp_path: Path):
    known = with_rule(tmp_path, "job_fairs - 2 * troop_visit_units", "<=", "recruits_sent")
    rows = [
        report("job_fairs", 30, HALF, cell="B2"),
        report("troop_visit_units", 5, HALF, cell="C2"),
        report("recruits_sent", 19, HALF, sheet="征兵"),
    ]
    (issue,) = found(*rows, known=known)
    assert issue.cell == "B2,C2"
    assert sentences(issue, known).message == (
        "乌海市 2024年上半年：退役军人招聘会场次 − 2 × 走访慰问部队单位数为 20 场，"
        "大于输送新兵人数 19 场，多出 1 场（四舍五入最多可解释 0 场）。"
        "另一处：乌海.xlsx › 汇总 › C2; 乌海.xlsx › 征兵 › D4。核对。"
    )


def test_bare_indicators_meet_in_each_breakdown(tmp_path: Path):
    known = with_rule(tmp_path, "condolence_goods_value", "<=", "condolence_fund")
    goods = report("condolence_goods_value", 60, HALF, "festival:春节")
    assert rules(goods, report("condolence_fund", 50, HALF), known=known) == []
    spring = report("condolence_fund", 50, HALF, "festival:春节")
    assert rules(goods, spring, known=known) == ["relation_at_most"]


def test_a_named_breakdown_meets_the_totals_of_bare_indicators(tmp_path: Path):
    known = with_rule(
        tmp_path, "condolence_fund[festival:春节] + condolence_fund[festival:八一]",
        "<=", "dual_support_budget",
    )  # fmt: skip
    spring = report("condolence_fund", 60, HALF, "festival:春节")
    summer = report("condolence_fund", 60, HALF, "festival:八一")
    budget = report("dual_support_budget", 100, HALF)
    assert rules(spring, summer, budget, known=known) == ["relation_at_most"]
    part = report("dual_support_budget", 100, HALF, "fund_source:中央")
    assert rules(spring, summer, part, known=known) == []


def test_rounding_of_all_terms_is_allowed_for(tmp_path: Path):
    known = with_rule(tmp_path, "condolence_fund", "=", "condolence_goods_value + pension_paid")
    rows = [
        report("condolence_fund", 300, HALF, rounding=50.0),
        report("condolence_goods_value", 200, HALF, rounding=50.0),
        report("pension_paid", 200, HALF, rounding=0.0),
    ]
    assert rules(*rows, known=known) == []
    assert rules(rows[0] | {"obs_value": 299.0}, *rows[1:], known=known) == ["relation_about_equal"]


def of_rate() -> tuple[str, str, str]:
    """The first rate of the catalogue that is made of two counts."""
    rate = next(i for i in catalogue().indicators.values() if i.numerator and i.denominator)
    return rate.indicator, str(rate.numerator), str(rate.denominator)


@pytest.mark.parametrize(
    ("printed", "half", "expected"),
    [
        pytest.param(50.35, 0.005, [], id="to the last digit"),
        pytest.param(50.34, 0.005, ["rate_differs"], id="cut off instead of rounded"),
        pytest.param(50.0, 0.5, [], id="to the per cent"),
        pytest.param(98.0, 0.5, ["rate_differs"], id="quite another"),
    ],
)
def test_a_rate_is_its_numerator_over_its_denominator(
    printed: float, half: float, expected: list[str]
):
    """144 of 286 are 50.3497 %: a yearbook prints 50.34."""
    rate, above, below = of_rate()
    rows = [
        report(rate, printed, FIRST, rounding=half, cell="D3"),
        report(above, 144, FIRST, cell="B3"),
        report(below, 286, FIRST, cell="C3"),
    ]
    assert rules(*rows) == expected
    assert "rate_differs" not in rules(*rows[:2])


def test_nothing_divides_by_nought():
    rate, above, below = of_rate()
    rows = [report(rate, 10, FIRST), report(above, 0, FIRST), report(below, 0, FIRST)]
    assert rules(*rows) == []
