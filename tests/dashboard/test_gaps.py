"""Who reported: each state once, from reports and deadlines to the cell of the matrix."""

import datetime as dt

import pytest
from openpyxl import Workbook

from dashboard import store
from dashboard.queries import choices, overview
from dashboard.queries.gaps import expected, periods
from etl.catalogue import load_catalogue
from etl.pipeline import load
from etl.publish import Settled, publish
from tests.publishing import CATALOGUE, row, silent, source, table

REPORTING = """
- dataset: reported
  areas: ['620702', '620723', '620724']
  indicators: [recruits_sent]
  freq: Q
  due_days: 10
  from: 2023-01-01
  to: 2024-12-31
"""


def report(area, value, reported_on, quarter=1, **words):
    start = dt.date(2024, 3 * quarter - 2, 1)
    end = dt.date(2024, 3 * quarter, 31 if quarter in (1, 4) else 30)
    return row(value, ref_area=area, period_start=start, period_end=end,
               time_period=f"2024-Q{quarter}", reported_on=reported_on, **words)  # fmt: skip


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gaps")
    (folder / "local").mkdir()
    (folder / "local" / "reporting.yml").write_text(REPORTING, "utf-8")
    april = dt.date(2024, 4, 10)
    rows = table(
        report("620702", 20, april),
        report("620723", 8, april + dt.timedelta(1)),
        report("620724", 9, april + dt.timedelta(1), reported_on_basis="file"),
        report("620702", 30, dt.date(2024, 7, 8), 2),
        report("620723", None, dt.date(2024, 7, 8), 2, obs_status="M"),
        report("620702", 31, dt.date(2024, 9, 1), 2, cell="B9"),
    )
    catalogue = load_catalogue([CATALOGUE, folder / "local"])
    publish(
        Settled(rows, silent), [source(day=dt.date(2024, 9, 1))], catalogue, folder / "vintages"
    )
    database = store.newest(folder / "vintages")
    assert database is not None
    return store.open_vintage(database)


AREAS = ("620702", "620723", "620724")


def test_each_state_is_told_from_the_others(con):
    found = {
        (e.ref_area, e.time_period): (e.state, e.due, e.delivered)
        for e in expected(con, "reported", ("recruits_sent",), AREAS, "2024-Q1", "2024-Q4")
    }
    assert found == {
        ("620702", "2024-Q1"): ("reported", "2024-04-10", "2024-04-10"),
        ("620723", "2024-Q1"): ("late", "2024-04-10", "2024-04-11"),
        # the day of a file says when somebody saved it, not when it was sent
        ("620724", "2024-Q1"): ("reported", "2024-04-10", "2024-04-11"),
        # the first report counts; a correction in September is not late
        ("620702", "2024-Q2"): ("reported", "2024-07-10", "2024-07-08"),
        ("620723", "2024-Q2"): ("not_applicable", "2024-07-10", "2024-07-08"),
        ("620724", "2024-Q2"): ("overdue", "2024-07-10", ""),
        **{(a, f"2024-Q{q}"): ("not_due", f"{day}", "") for a in AREAS
           for q, day in ((3, "2024-10-10"), (4, "2025-01-10"))},
    }  # fmt: skip


def test_a_half_year_lacks_the_quarter_that_did_not_come(tmp_path):
    half = row(40, ref_area="620723", period_start=dt.date(2024, 1, 1), time_period="2024-S1",
               period_end=dt.date(2024, 6, 30), reported_on=dt.date(2024, 7, 8))  # fmt: skip
    rows = table(
        *(report("620702", 10, dt.date(2024, 10, 8), quarter) for quarter in (1, 2, 3)),
        report("620724", 9, dt.date(2024, 4, 8), 1), report("620724", 9, dt.date(2024, 10, 8), 3),
        half, report("620723", 9, dt.date(2024, 10, 8), 3),
    )  # fmt: skip
    sources = [source(day=dt.date(2024, 10, 8))]
    publish(Settled(rows, silent), sources, load_catalogue([CATALOGUE]), tmp_path / "vintages")
    with store.open_vintage(store.newest(tmp_path / "vintages")) as con:
        asked = "reported", ("recruits_sent",), AREAS
        halves = expected(con, *asked, "2024-S1", "2024-S1")
        quarters = expected(con, *asked, "2024-Q1", "2024-Q2")
    assert {e.ref_area: (e.state, e.delivered) for e in halves} == {
        "620702": ("reported", "2024-10-08"),
        "620723": ("reported", "2024-07-08"),
        "620724": ("missing", ""),
    }
    assert {(e.ref_area, e.time_period): e.state for e in quarters if e.ref_area != "620702"} == {
        ("620723", "2024-Q1"): "missing", ("620723", "2024-Q2"): "withheld",
        ("620724", "2024-Q1"): "reported", ("620724", "2024-Q2"): "missing",
    }  # fmt: skip


def test_a_figure_that_could_not_be_read_came_all_the_same(tmp_path):
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "reporting.yml").write_text(
        REPORTING.replace("2023-01-01", "2024-01-01"), "utf-8"
    )
    book = Workbook()
    for line in (
        ["张掖市2024年第一季度双拥工作统计表"], ["填报日期：2024年4月20日"],
        ["县区", "输送新兵（人）"], ["甘州区", 20], ["临泽县", "5+2"], ["高台县", "13912345678"],
    ):  # fmt: skip
        book.active.append(line)
    book.save(tmp_path / "一季度.xlsx")
    folders = (CATALOGUE, tmp_path / "local")
    outcome = load([tmp_path / "一季度.xlsx"], tmp_path, tmp_path / "vintages", folders)
    owed = [issue.message for issue in outcome.issues if issue.rule == "report_missing"]
    assert owed == []
    with store.open_vintage(store.newest(tmp_path / "vintages")) as con:
        found = expected(con, "reported", ("recruits_sent",), AREAS, "2024-Q1", "2024-Q1")
    assert {e.ref_area: e.state for e in found} == {
        "620702": "late", "620723": "unread", "620724": "unread",
    }  # fmt: skip


def test_a_figure_that_could_not_be_read_counts_where_nothing_was_expected(tmp_path):
    """No deadline names 高台县 and 临泽县, and they never reported before."""
    book = Workbook()
    for line in (
        ["张掖市2024年第一季度双拥工作统计表"],
        ["县区", "输送新兵（人）", "招聘会（场）"],
        ["甘州区", 20, 3], ["临泽县", "5+2", 1], ["高台县", "※", 2],
    ):  # fmt: skip
        book.active.append(line)
    book.save(tmp_path / "一季度.xlsx")
    load([tmp_path / "一季度.xlsx"], tmp_path, tmp_path / "vintages", (CATALOGUE,))
    asked = "reported", ("job_fairs", "recruits_sent"), AREAS
    with store.open_vintage(store.newest(tmp_path / "vintages")) as con:
        quarters = expected(con, *asked, "2023-Q4", "2024-Q2")
        halves = expected(con, *asked, "2024-S1", "2024-S1")
        months = expected(con, *asked, "2024-M01", "2024-M03")
    assert [(e.indicator, e.ref_area, e.state) for e in quarters if e.time_period == "2024-Q1"] == [
        ("job_fairs", "620702", "reported"), ("job_fairs", "620723", "reported"),
        ("job_fairs", "620724", "reported"), ("recruits_sent", "620702", "reported"),
        ("recruits_sent", "620723", "unread"), ("recruits_sent", "620724", "unread"),
    ]  # fmt: skip
    assert {e.time_period for e in quarters if e.state == "unread"} == {"2024-Q1"}
    assert {e.ref_area: e.state for e in halves if e.state == "unread"} == {
        "620723": "unread", "620724": "unread",
    }  # fmt: skip
    assert months == ()


def test_who_was_to_report_by_a_day_and_did_not_is_overdue(con):
    due = overview.due_areas(con, "reported", "620700", "2024-Q2")
    assert [area for area, came in due.items() if not came] == ["620724"]
    assert overview.overdue_areas(con, "reported", "620700", "2024-Q2") == ("620724",)
    assert overview.overdue_areas(con, "reported", "620700", "2024-Q3") == ()


def test_a_county_that_never_reported_has_a_name_and_a_silent_local_area_none(con):
    known = choices.areas(con)
    assert known["620721"].name == "肃南裕固族自治县"
    assert "620700-00" not in known


def test_periods_reach_as_far_as_anything_is_expected(con):
    assert periods(con, "reported", "Q", AREAS)[0] == "2023-Q1"
    assert periods(con, "reported", "Q", AREAS)[-1] == "2024-Q4"
