"""What changed between two vintages, by key, with the cells that say so."""

import datetime as dt
import json

import pytest

from etl.__main__ import main
from etl.catalogue import load_catalogue
from etl.publish import Settled, publish
from etl.revisions import Revisions, as_lines, revisions
from tests.publishing import CATALOGUE, row, silent, source, table
from tests.test_publish import ask

QUARTERS = [
    {"period_start": dt.date(2024, 3 * n - 2, 1), "period_end": end, "time_period": f"2024-Q{n}"}
    for n, end in enumerate(
        (dt.date(2024, 3, 31), dt.date(2024, 6, 30), dt.date(2024, 9, 30), dt.date(2024, 12, 31)), 1
    )
]


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue([CATALOGUE])


def vintage(folder, catalogue, name, *rows):
    digest = name.encode().hex()[0]
    return publish(
        Settled(table(*rows), silent), [source(f"{name}.xlsx", digest)], catalogue, folder
    )


def changes(found: Revisions):
    return [(one.change, one.time_period, one.old_value, one.new_value) for one in found.shown]


def test_added_removed_revised_and_flagged_otherwise(tmp_path, catalogue):
    q1, q2, q3, q4 = QUARTERS
    old = vintage(tmp_path, catalogue, "a", row(20, **q1), row(30, **q2), row(40, **q3))
    new = vintage(
        tmp_path, catalogue, "b",
        row(21, **q1, cell="C7", source_file="改.xlsx"),
        row(30, **q2, obs_status="P"), row(50, **q4),
    )  # fmt: skip
    found = revisions(old, new)
    assert found.counts == {"revised": 1, "reflagged": 1, "removed": 1, "added": 1}
    assert changes(found) == [
        ("revised", "2024-Q1", 20, 21),
        ("reflagged", "2024-Q2", 30, 30),
        ("removed", "2024-Q3", 40, None),
        ("added", "2024-Q4", None, 50),
    ]
    first = found.shown[0]
    assert (first.old_source_file, first.old_cell) == ("表.xlsx", "B2")
    assert (first.new_source_file, first.new_sheet, first.new_cell) == ("改.xlsx", "Sheet1", "C7")
    assert as_lines(found, catalogue, "zh")[5:7] == [
        "改动  甘州区 输送新兵人数 2024年一季度：20人 → 21人  改.xlsx › Sheet1 › C7",
        "标记变化  甘州区 输送新兵人数 2024年二季度：30人 → 30人（初步数）  表.xlsx › Sheet1 › B2",
    ]


def test_an_exact_figure_that_an_older_vintage_bounded_by_itself_is_not_revised(
    tmp_path, catalogue
):
    q1, q2, q3, _ = QUARTERS
    about, wider = ({"qualifier": "about", "low": 38.0, "high": high} for high in (42.0, 44.0))
    old = vintage(tmp_path, catalogue, "a", row(20, **q1, low=20.0, high=20.0),
                  row(30, **q2, low=30.0, high=30.0), row(40, **q3, **about))  # fmt: skip
    new = vintage(tmp_path, catalogue, "b", row(20, **q1), row(31, **q2), row(40, **q3, **wider))
    assert changes(revisions(old, new)) == [
        ("revised", "2024-Q2", 30, 31), ("revised", "2024-Q3", 40, 40),
    ]  # fmt: skip


def test_a_line_names_parts_areas_and_spans_as_people_do(tmp_path, catalogue):
    """620700-00, festival:春节 and 2024-01-01/P9M stood in it."""
    start, end = dt.date(2024, 1, 1), dt.date(2024, 9, 30)
    new = vintage(tmp_path, catalogue, "b", row(
        30, ref_area="620700-00", indicator="condolence_fund", period_start=start, period_end=end,
        breakdown="festival:春节;recipient:部队", time_period="2024-01-01/P9M", unit_printed="元",
    ))  # fmt: skip
    found = revisions(vintage(tmp_path, catalogue, "a", row(20, **QUARTERS[0])), new)
    assert as_lines(found, catalogue, "zh")[-1] == (
        "新增  张掖市 市本级 慰问金发放额（春节·部队） 2024年1—9月：— → 30元  表.xlsx › Sheet1 › B2"
    )
    assert "(Spring Festival·Forces) Jan–Sep 2024" in as_lines(found, catalogue, "en")[-1]


def test_the_same_figures_from_another_cell_are_no_revision(tmp_path, catalogue):
    old = vintage(tmp_path, catalogue, "a", row(20))
    new = vintage(tmp_path, catalogue, "b", row(20, cell="D9"))
    found = revisions(old, new)
    assert (sum(found.counts.values()), found.shown) == (0, [])
    assert as_lines(found, catalogue, "en") == ["the two vintages have the same figures"]


def test_only_reports_in_force_are_compared_and_conflicts_once(tmp_path, catalogue):
    later = {"reported_on": dt.date(2024, 5, 1), "cell": "E5"}
    old = vintage(tmp_path, catalogue, "a", row(20), row(21, **later))
    new = vintage(tmp_path, catalogue, "b", row(22), row(21, **later))
    assert revisions(old, new).shown == []
    tied = vintage(tmp_path, catalogue, "c", row(21), row(26, cell="B3"))
    assert revisions(old, tied).counts["added"] == 0
    assert len(revisions(old, tied).shown) <= 1


def test_a_value_that_is_about_as_much_is_revised_by_its_bounds(tmp_path, catalogue):
    old = vintage(tmp_path, catalogue, "a", row(20))
    about = row(20, qualifier="about", low=19.0, high=21.0, printed="约20")
    found = revisions(old, vintage(tmp_path, catalogue, "b", about))
    assert found.counts["revised"] == 1


def test_restricted_indicators_are_not_told(tmp_path, catalogue):
    old = vintage(tmp_path, catalogue, "a", row(20, indicator="mission_incidents"))
    new = vintage(tmp_path, catalogue, "b", row(21, indicator="mission_incidents"))
    assert revisions(old, new).shown == []


def test_a_later_report_of_a_shorter_series_deletes_nothing(tmp_path, catalogue):
    """The fourth quarter is sent again alone: the first three stay as they were."""
    full = [row(10 * n, **quarter) for n, quarter in enumerate(QUARTERS, 1)]
    again = row(41, **QUARTERS[3], reported_on=dt.date(2025, 1, 20), source_file="补.xlsx")
    old = vintage(tmp_path, catalogue, "a", *full)
    new = vintage(tmp_path, catalogue, "b", *full, again)
    assert changes(revisions(old, new)) == [("revised", "2024-Q4", 40, 41)]
    assert ask(new, "select time_period, obs_value from series where ref_area = '620702'"
                    " and freq = 'Q' order by period_start") == [
        ("2024-Q1", 10), ("2024-Q2", 20), ("2024-Q3", 30), ("2024-Q4", 41),
    ]  # fmt: skip


def test_the_command_compares_with_the_vintage_in_force(tmp_path, catalogue, capsys):
    old = vintage(tmp_path, catalogue, "a", row(20))
    new = vintage(tmp_path, catalogue, "b", row(21))
    assert main(["revisions", old.name, "--vintages", str(tmp_path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["old"], said["new"]) == (old.name, new.name)
    assert said["counts"] == {"revised": 1, "reflagged": 0, "removed": 0, "added": 0}
    assert said["shown"][0]["new_value"] == 21
    assert main(["revisions", old.name, new.name, "--vintages", str(tmp_path), "--lang", "en"]) == 0
    assert "revised" in capsys.readouterr().out
    assert main(["revisions", "2019", "--vintages", str(tmp_path)]) == 1
    assert old.name in capsys.readouterr().err


NINE = {
    "period_start": dt.date(2024, 1, 1), "period_end": dt.date(2024, 9, 30),
    "time_period": "2024-01-01/P9M",
}  # fmt: skip


def test_what_was_worked_out_before_and_is_reported_now_is_not_new(tmp_path, catalogue):
    """The page showed 36.49 derived, then 150.90 reported: that was told as 新增."""
    q1, q2, q3, _ = QUARTERS
    reports = [row(20, **q1), row(30, **q2), row(90, **NINE)]
    old = vintage(tmp_path, catalogue, "a", *reports)
    new = vintage(tmp_path, catalogue, "b", *reports, row(41, **q3, cell="C7"))
    found = revisions(old, new)
    assert changes(found) == [("revised", "2024-Q3", 40, 41)]
    assert (found.shown[0].old_method, found.shown[0].new_method) == ("derived", None)
    assert as_lines(found, catalogue, "zh")[-1] == (
        "改动  甘州区 输送新兵人数 2024年三季度：40人（推算） → 41人  表.xlsx › Sheet1 › C7"
    )
    back = revisions(new, old)
    assert changes(back) == [("revised", "2024-Q3", 41, 40)]
    assert "41人 → 40人 (derived)" in as_lines(back, catalogue, "en")[-1]


def test_the_same_figure_first_worked_out_and_then_reported_has_another_mark(tmp_path, catalogue):
    quarters = [row(10 * n, **quarter) for n, quarter in enumerate(QUARTERS[:3], 1)]
    old = vintage(tmp_path, catalogue, "a", *quarters)
    found = revisions(old, vintage(tmp_path, catalogue, "b", *quarters, row(60, **NINE)))
    assert changes(found) == [("reflagged", "2024-01-01/P9M", 60, 60)]


def test_a_city_summed_of_its_counties_and_then_reported_is_told_by_both(tmp_path, catalogue):
    day = {"period_start": dt.date(2024, 3, 31), "period_end": dt.date(2024, 3, 31),
           "time_period": "2024-03-31", "indicator": "veterans_registered"}  # fmt: skip
    counties = [row(100 + n, **day, ref_area=f"62072{n}") for n in range(1, 6)]
    old = vintage(tmp_path, catalogue, "a", *counties)
    new = vintage(tmp_path, catalogue, "b", *counties, row(700, **day, ref_area="620700"))
    found = revisions(old, new)
    assert changes(found) == [("revised", "2024-03-31", 515, 700)]
    assert found.shown[0].old_method == "summed"
