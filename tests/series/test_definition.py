"""A definition that changes on a day: nothing is derived across it, and the series says so."""

import datetime as dt
from dataclasses import replace

import pytest
from reported import count, report

from etl.catalogue import DefinitionChange

Y23, Y24 = 36, 48  # January 2023 and 2024, in months since January 2020


@pytest.fixture(scope="module")
def changing(catalogue):
    """The same world, in which visits and cards are counted otherwise from a day on."""

    def world(day):
        breaks = (DefinitionChange(day, "含线上走访", "visits online are included"),)
        changed = {
            code: replace(row, breaks=breaks if code in ("visits", "cards") else ())
            for code, row in catalogue.indicators.items()
        }
        return replace(catalogue, indicators=changed)

    return world


def statuses(found, freq="Q"):
    where = f"ref_area = '620702' and freq = '{freq}'"
    return found.rows("time_period, obs_value, obs_status, reason", where)


def test_the_first_value_after_it_carries_the_break(built, changing):
    quarters = [report(Y23 + 3 * n, Y23 + 3 * n + 3, 10 + n) for n in range(2, 7)]
    found = built(quarters, changing(dt.date(2024, 1, 1)))
    assert [row[:3] for row in statuses(found)] == [
        ("2023-Q3", 12, "A"), ("2023-Q4", 13, "A"), ("2024-Q1", 14, "B"), ("2024-Q2", 15, "A"),
        ("2024-Q3", 16, "A"),
    ]  # fmt: skip
    assert [row[2] for row in statuses(built(quarters))] == ["A"] * 5


def test_where_the_first_is_missing_the_next_carries_it(built, changing):
    found = built(
        [report(Y23 + 9, Y24, 13), report(Y24 + 3, Y24 + 6, 15)], changing(dt.date(2024, 1, 1))
    )
    assert [row[2] for row in statuses(found) if row[1] is not None] == ["A", "B"]


def test_a_quarter_is_not_the_difference_of_two_definitions(built, changing):
    reports = [report(Y24, Y24 + 6, 58), report(Y24, Y24 + 9, 99)]
    assert built(reports).value("2024-Q3") == 41
    found = built(reports, changing(dt.date(2024, 7, 1)))
    assert found.value("2024-Q3") is None
    assert found.value("2024-Q3", "reason") == "not_derivable"
    assert found.value("2024-Q3", "ytd_value") == 99
    assert found.lineage("2024-Q3") == []


def test_a_year_is_not_added_up_over_two_definitions(built, changing):
    reports = [report(Y24 + 3 * n, Y24 + 3 * n + 3, 10) for n in range(4)]
    assert built(reports).value("2024") == 40
    found = built(reports, changing(dt.date(2024, 7, 1)))
    assert found.value("2024") is None
    assert (found.value("2024-S1"), found.value("2024-S2")) == (20, 20)
    assert found.value("2024-Q4", "ytd_value") is None
    assert found.value("2024-S2", "obs_status") == "B"


def test_what_was_reported_across_it_stands(built, changing):
    reports = [report(Y24, Y24 + 12, 50), report(Y24, Y24 + 6, 20)]
    found = built(reports, changing(dt.date(2024, 7, 1)))
    assert found.value("2024") == 50
    assert found.value("2024", "obs_status") == "B"
    assert found.value("2024-S2") is None


def test_a_year_that_begins_with_it_is_derived_as_ever(built, changing):
    reports = [report(Y24, Y24 + 3, 20), report(Y24, Y24 + 6, 58)]
    assert built(reports, changing(dt.date(2024, 1, 1))).value("2024-Q2") == 38


def test_a_total_does_not_take_in_what_was_withheld(built, changing):
    areas = ("620702", "620721", "620722")
    reports = [
        row
        for area in areas
        for row in (report(Y24, Y24 + 6, 58, area=area), report(Y24, Y24 + 9, 99, area=area))
    ]
    assert built(reports).value("2024-Q3", area="6207") == 123
    assert built(reports, changing(dt.date(2024, 7, 1))).value("2024-Q3", area="6207") is None


def test_stocks_and_the_rates_made_of_them_carry_it(built, changing):
    days = ["2023-12-31", "2024-03-31"]
    reports = [
        count(day, value, indicator=indicator)
        for day, value in zip(days, (40, 60), strict=True)
        for indicator in ("cards", "veterans")
    ]
    found = built(reports, changing(dt.date(2024, 1, 1)))
    assert found.value("2024-Q1", "obs_status", indicator="cards") == "B"
    assert found.value("2024-Q1", "obs_status", indicator="card_rate") == "B"
    assert found.value("2024-Q1", "obs_status", indicator="veterans") == "A"
    assert found.value("2023-Q4", "obs_status", indicator="cards") == "A"
