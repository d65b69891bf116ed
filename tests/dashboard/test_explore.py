"""Explore: rows by any filter, counted alike; which filter empties; what older vintages said."""

import pytest

from dashboard.queries import explore, rows
from dashboard.queries.areas import reached
from dashboard.queries.explore import Chosen
from dashboard.queries.history import Key, value_of
from dashboard.queries.offices import offices

D = "demonstration"
ZHANGYE = ("620700", "620700-00", *(f"6207{n}" for n in ("02", "21", "22", "23", "24", "25")))
ALL = Chosen(
    D, ("condolence_fund", "recruits_sent"), ZHANGYE, ("_T",), "2024-Q1", "2024-Q3", "value"
)  # fmt: skip


def keys(rows):
    return [(r.indicator, r.ref_area, r.breakdown, r.time_period, r.obs_value) for r in rows]


def test_values_come_in_the_order_of_their_keys_a_page_at_a_time(con):
    rows = explore.found(con, ALL)
    assert len(rows) == explore.count(con, ALL) == 2 * 8 * 3
    assert explore.found(con, ALL, 10, 0) + explore.found(con, ALL, 40, 10) == rows
    assert keys(rows[3:5]) == [
        ("condolence_fund", "620700-00", "_T", "2024-Q1", 110_000.0),
        ("condolence_fund", "620700-00", "_T", "2024-Q2", 55_000.0),
    ]


@pytest.mark.parametrize(
    ("narrower", "expected"),
    [
        ({"statuses": ("P",)}, [("condolence_fund", "620722", "_T", "2024-Q3", 120_000.0)]),
        ({"qualifiers": ("about",)}, [("condolence_fund", "620725", "_T", "2024-Q3", 88_000.0)]),
        (
            {"indicators": ("condolence_fund",), "low": 300_000, "high": 400_000},
            [("condolence_fund", "620702", "_T", "2024-Q3", 330_000.0)],
        ),
        (
            {"statuses": ("O",)},
            [
                ("condolence_fund", "620721", "_T", "2024-Q2", None),
                ("condolence_fund", "620725", "_T", "2024-Q1", None),
                ("recruits_sent", "620724", "_T", "2024-Q3", None),
            ],
        ),
        (
            {"breakdowns": ("recipient:部队",), "areas": ("620702", "620721")},
            [("condolence_fund", "620702", "recipient:部队", "2024-Q1", 120_000.0)],
        ),
        ({"indicators": ("mission_incidents",), "breakdowns": ()}, []),
        ({"areas": ("150300",)}, []),
    ],
)
def test_each_filter_narrows(con, narrower, expected):
    chosen = ALL._replace(**narrower)
    assert keys(explore.found(con, chosen)) == expected
    assert explore.count(con, chosen) == len(expected)


def test_the_year_so_far_is_a_measure(con):
    chosen = ALL._replace(areas=("620702",), first="2024-Q3", measure="ytd")
    assert [v.obs_value for v in explore.found(con, chosen)] == [640_000.0, 154.0]


def test_in_a_vintage_of_many_rows_the_same_is_found(con, monkeypatch):
    few = explore.found(con, ALL)
    monkeypatch.setattr(rows, "FEW", 0)
    assert explore.found(con, ALL) == few
    monkeypatch.setattr(explore, "MOST_SPANS", 0)
    assert explore.found(con, ALL) == few


def test_reports_are_shown_as_sent(con):
    chosen = ALL._replace(areas=("620725",), printed="约")
    (row,) = explore.reports(con, chosen)
    assert explore.count_reports(con, chosen) == 1
    assert (row.printed, row.source_file, row.cell, row.in_force) == (
        "约8.8", "张掖市2024年双拥报表.xlsx", "I11", True,
    )  # fmt: skip
    by_file = ALL._replace(breakdowns=(), source_files=("甘州区慰问明细.xlsx",))
    assert keys(explore.reports(con, by_file)) == [
        ("condolence_fund", "620702", "recipient:部队", "2024-Q1", 120_000.0),
        ("condolence_fund", "620723", "recipient:部队", "2024-Q1", 50_000.0),
    ]
    restricted = ALL._replace(indicators=("mission_incidents",), breakdowns=())
    assert explore.count_reports(con, restricted) == 0


def test_what_empties_a_choice_is_named(con):
    chosen = ALL._replace(areas=("620702",), statuses=("P",), qualifiers=("exact",))
    assert explore.emptied_by(con, chosen, explore.count) == (("statuses", 6),)


def test_an_area_reaches_itself_its_parts_or_all_below(con):
    assert reached(con, D, ("620700",), "own") == ("620700",)
    assert reached(con, D, ("620700",), "parts") == tuple(sorted(set(ZHANGYE) - {"620700"}))
    assert reached(con, D, ("620702", "620700"), "both") == tuple(sorted(ZHANGYE))


def test_an_office_is_the_smallest_area_of_a_file(con):
    assert offices(con, D) == {
        "620700": (
            "张掖市2023年双拥报表.xlsx", "张掖市2024年双拥报表.xlsx", "甘州区慰问明细.xlsx",
        )
    }  # fmt: skip
    assert offices(con, "published") == {"150300": ("乌海.xlsx",)}


def test_a_vintage_says_a_key_by_its_words(con):
    key = Key(D, "condolence_fund", "620722", "_T", "2024-Q3")
    value = value_of(con, key)
    assert value is not None
    assert (value.obs_value, value.obs_status) == (120_000.0, "P")
    assert value_of(con, key._replace(indicator="mission_incidents", ref_area="620702")) is None
