"""Periods in words: as the contract names them and as a reader says them."""

import pytest

from etl.periods import every_period, spoken_code


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("2024", "2024年", "2024"),
        ("2024-S2", "2024年下半年", "H2 2024"),
        ("2024-Q4", "2024年四季度", "Q4 2024"),
        ("2024-M06", "2024年6月", "Jun 2024"),
        ("2024-06-30", "2024年6月30日", "30 Jun 2024"),
        ("2024-01-01/P9M", "2024年1—9月", "Jan–Sep 2024"),
        ("2024-04-01/P9M", "2024年4—12月", "Apr–Dec 2024"),
        ("2023-12-01/P3M", "2023年12月—2024年2月", "Dec 2023 – Feb 2024"),
        ("二季度", "二季度", "二季度"),
    ],
)
def test_a_period_is_said_in_both_languages(code, zh, en):
    assert spoken_code(code) == (zh, en)


def test_no_two_periods_are_called_the_same():
    for language in (0, 1):
        names = [spoken_code(code)[language] for code in every_period()]
        assert len(set(names)) == len(names)
