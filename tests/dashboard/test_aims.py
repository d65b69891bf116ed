"""Targets of rates, and of what should stay small: how far, or by how much over; no lamp."""

import datetime as dt

import pytest

from dashboard import store
from dashboard.locale.labels import read_labels
from dashboard.locale.sentences_progress import aim_text
from dashboard.queries.aims import aims
from dashboard.queries.progress import progress
from etl.catalogue import load_catalogue
from etl.publish import Settled, publish
from tests.publishing import CATALOGUE, row, silent, source, table

CODES = ("veto_events", "placement_rate", "recruits_sent")
YEAR = {"period_end": dt.date(2024, 12, 31), "time_period": "2024", "breakdown": "plan:年度目标"}
SECOND = {"period_start": dt.date(2024, 4, 1), "period_end": dt.date(2024, 6, 30),
          "time_period": "2024-Q2"}  # fmt: skip


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    rate = {"indicator": "placement_rate", "unit_printed": "%", "rounding": 0.05}
    few = {"indicator": "veto_events", "unit_printed": "起"}
    rows = table(
        row(95, **rate, **YEAR, cell="A1"),
        row(91.8, **rate, cell="A2"),
        row(95, **rate, **SECOND, cell="A3"),
        row(0, **few, **YEAR, cell="B1"),
        row(0, **few, cell="B2"),
        row(2, **few, **SECOND, cell="B3"),
        row(0, **few, **YEAR, cell="C1", ref_area="620721"),
        row(2, **few, cell="C2", ref_area="620721", qualifier="about", low=1, high=3),
        row(100, **YEAR, cell="D1"),
        row(20, cell="D2"),
    )
    vintages = tmp_path_factory.mktemp("aims")
    publish(Settled(rows, silent), [source()], load_catalogue([CATALOGUE]), vintages)
    return store.open_vintage(store.newest(vintages))


def said(con, area, period):
    labels = read_labels(con, "zh")
    return {a.indicator: aim_text(a, labels) for a in aims(con, "reported", CODES, area, period)}


def test_a_rate_is_so_many_points_from_its_target_and_a_ceiling_holds_or_not(con):
    assert said(con, "620702", "2024-Q1") == {
        "placement_rate": "年度目标95.00%，还差3.20个百分点",
        "veto_events": "年度目标不超过0起，未超过",
    }
    assert said(con, "620702", "2024-Q2") == {
        "placement_rate": "年度目标95.00%，已达到",
        "veto_events": "年度目标不超过0起，已超过2起",
    }


def test_what_is_not_exact_is_not_judged(con):
    assert said(con, "620721", "2024-Q1") == {"veto_events": "年度目标不超过0起"}


def test_a_sum_to_be_worked_off_has_progress_and_no_aim_and_the_others_none(con):
    found = progress(con, "reported", CODES, ("620702",), "2024-Q1")
    assert [p.indicator for p in found] == ["recruits_sent"]
