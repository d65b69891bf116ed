"""Values off by ten thousand, leaps in a year, stocks that fell: told by medians."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalogue import DefinitionChange
from etl.sentences import sentences
from tests.reports import catalogue, found, report, rules

USUAL = [310_000, 82_000, 140_000, 41_000, 95_000, 58_000]
COUNTIES = ("620702", "620721", "620722", "620723", "620724", "620725")


def quarter(year: int, number: int) -> tuple[dt.date, dt.date]:
    end = (31, 30, 30, 31)[number - 1]
    return dt.date(year, 3 * number - 2, 1), dt.date(year, 3 * number, end)


def day(year: int, number: int) -> tuple[dt.date, dt.date]:
    return (quarter(year, number)[1],) * 2


def table(values, year=2024, number=1, indicator="condolence_fund", **words):
    """One column: a value a county of Zhangye, from C4 down."""
    return [
        report(
            indicator, value, quarter(year, number), ref_area=area, cell=f"C{4 + row}",
            source_file=f"{year}Q{number}.xlsx", source_id=f"{year}{number}" * 12, **words,
        )
        for row, (area, value) in enumerate(zip(COUNTIES, values, strict=False))
    ]  # fmt: skip


def history(
    factor=1.0, years=(2022, 2023), base=(300_000, 80_000, 150_000, 40_000, 90_000, 60_000)
):
    """Two years of quarters in which each county reports about the same."""
    dice = random.Random(7)
    return [
        row
        for year in (2022, 2023)
        for number in (1, 2, 3, 4)
        for row in table([dice.uniform(0.8, 1.25) * value for value in USUAL], year, number)
    ]


def test_a_column_in_yuan_under_ten_thousand_yuan_is_one_issue():
    wrong = table([value * 10_000 for value in USUAL])
    (issue,) = found(*history(), *wrong)
    assert (issue.rule, issue.source_file) == ("ten_thousand_times", "2024Q1.xlsx")
    assert issue.cell == "C4,C5,C6,C7,C8,C9"
    said = sentences(issue, catalogue())
    assert said.severity == "warning"
    assert said.message.startswith("甘州区 2024年一季度：慰问金发放额填 310,000 万元，约为该地区")
    assert "（共 6 个单元格如此）" in said.message
    assert found(*history(), *table(USUAL)) == []


def test_a_column_in_ten_thousand_yuan_under_yuan_is_found_too():
    (issue,) = found(*history(), *table([value / 10_000 for value in USUAL], rounding=0.005))
    assert (issue.rule, issue.words["count"]) == ("ten_thousandth", 6)


def test_one_wrong_cell_is_named_alone_by_its_own_history():
    values = [*USUAL[:2], USUAL[2] * 10_000, *USUAL[3:]]
    (issue,) = found(*history(), *table(values))
    assert (issue.rule, issue.cell) == ("ten_thousand_times", "C6")


@pytest.mark.parametrize("values", [[12, 31, 100], [12, 1_000_000], [12, 900, 1_000_000]])
def test_few_values_that_are_not_alike_tell_nothing(values):
    assert found(*table([10_000.0 * value for value in values])) == []


def test_two_counties_that_are_alike_show_yuan_in_a_third():
    (issue,) = found(*table([120_000, 310_000, 10_000_000_000]))
    assert (issue.rule, issue.cell) == ("ten_thousand_times", "C6")


def test_without_a_history_the_areas_beside_it_tell():
    values = [*USUAL[:2], USUAL[2] * 10_000, *USUAL[3:]]
    (issue,) = found(*table(values))
    assert (issue.rule, issue.cell) == ("ten_thousand_times", "C6")
    assert found(*table(USUAL)) == []


def test_an_area_that_is_always_so_large_is_not_suspect():
    large = [*USUAL[:2], 900_000_000, *USUAL[3:]]
    rows = [row for year in (2022, 2023) for n in (1, 2, 3, 4) for row in table(large, year, n)]
    assert [rule for rule in rules(*rows, *table(large)) if "ten" in rule] == []


def test_areas_under_another_parent_do_not_tell():
    mine = table([900_000_000])
    theirs = [
        row | {"ref_area": area}
        for row, area in zip(
            table(USUAL[1:]), ("632301", "632322", "632323", "632324", "150302"), strict=True
        )
    ]
    assert found(*mine, *theirs) == []


def test_a_leap_against_last_year_is_noted_with_both_cells():
    rows = table([*USUAL[:2], USUAL[2] * 10, *USUAL[3:]])
    (issue,) = found(*history(), *rows)
    assert (issue.rule, issue.cell, issue.ref_area) == ("leap", "C6", "620722")
    assert issue.words["other"] == "2023Q1.xlsx › 汇总 › C6"
    assert sentences(issue, catalogue()).severity == "note"


def test_the_year_after_a_leap_is_not_said_again():
    wrong = table([*USUAL[:2], USUAL[2] * 10, *USUAL[3:]])
    after = table(USUAL, year=2025)
    assert [issue.cell for issue in found(*history(), *wrong, *after)] == ["C6"]


def test_what_all_areas_do_is_no_leap():
    assert found(*history(), *table([value * 10 for value in USUAL])) == []


def test_few_persons_may_change_by_chance():
    rows = [
        row
        for year in (2021, 2022, 2023)
        for row in table([2, 3, 2, 4, 3, 2], year, indicator="recruits_sent")
    ]
    assert found(*rows, *table([2, 3, 9, 4, 3, 2], indicator="recruits_sent")) == []
    (issue,) = found(*rows, *table([2, 3, 900, 4, 3, 2], indicator="recruits_sent"))
    assert issue.rule == "leap"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.1, 0.8))
def test_honest_data_raises_nothing(seed: int, unrest: float):
    """However restless an indicator is, as long as all its areas are."""
    dice = random.Random(seed)
    rows = [
        row
        for year in range(2019, 2025)
        for number in (1, 2, 3, 4)
        for row in table([value * dice.lognormvariate(0, unrest) for value in USUAL], year, number)
    ]
    assert found(*rows) == []


@pytest.mark.parametrize(("count", "expected"), [(1366, ["stock_fell"]), (1372, []), (1373, [])])
def test_a_count_of_cards_issued_does_not_fall(count: int, expected: list[str]):
    before = report("veteran_card_total", 1372, day(2023, 3), cell="F9")
    assert rules(before, report("veteran_card_total", count, day(2023, 4))) == expected
    elsewhere = report("veteran_card_total", count, day(2023, 4), ref_area="150302")
    assert rules(before, elsewhere) == []


def redefined(indicator: str, day: dt.date):
    """The catalogue, in which an indicator counts otherwise from a day on."""
    known = catalogue()
    changed = replace(known.indicators[indicator], breaks=(DefinitionChange(day, "新", "new"),))
    return replace(known, indicators=known.indicators | {indicator: changed})


def test_a_new_definition_is_no_fall_and_no_leap():
    cards = [report("veteran_card_total", n, day(2023, q)) for n, q in ((1372, 3), (900, 4))]
    known = redefined("veteran_card_total", dt.date(2023, 10, 1))
    assert rules(*cards, known=known) == []
    assert rules(*cards, known=redefined("veteran_card_total", dt.date(2024, 1, 1))) == [
        "stock_fell"
    ]
    rows = [*history(), *table([*USUAL[:2], USUAL[2] * 10, *USUAL[3:]])]
    assert rules(*rows) == ["leap"]
    assert rules(*rows, known=redefined("condolence_fund", dt.date(2024, 1, 1))) == []


def test_a_fall_within_rounding_is_none_and_other_stocks_may_fall():
    rounded = report("veteran_card_total", 14_000, day(2023, 3), rounding=500.0)
    assert rules(rounded, report("veteran_card_total", 13_600, day(2023, 4))) == []
    many = report("veterans_registered", 500, day(2023, 3))
    assert rules(many, report("veterans_registered", 400, day(2023, 4))) == []


def test_two_columns_swapped_are_one_issue():
    rows = [
        row | {"ref_area": area, "cell": f"{column}{line}"}
        for line, area in enumerate((f"6207{n:02}" for n in (2, 21, 22, 23, 24, 25)), 4)
        for number in (1, 2)
        for column, row in (
            ("DF"[number - 1], report("job_fairs", 300, quarter(2024, number))),
            ("EG"[number - 1], report("job_posts_offered", 3, quarter(2024, number))),
        )
    ]
    (issue,) = found(*rows)
    assert (issue.rule, issue.cell) == ("relation_broken_often", "D4:D9,E4,F4:F9")
    assert sentences(issue, catalogue()).message.startswith(
        "这张表中有 12 处同样的矛盾，例如甘州区"
    )
