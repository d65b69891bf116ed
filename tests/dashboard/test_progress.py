"""Progress towards a year's targets: the same areas on both sides, lamps by the policy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import store
from dashboard.locale import words
from dashboard.locale.sentences_progress import against_plan, completion, lamp_word
from dashboard.queries.choices import available_indicators, breakdowns, frequencies
from dashboard.queries.lineage import cells
from dashboard.queries.progress import Policy, Progress, lamp, planned_share, policy, progress
from dashboard.queries.rows import rows

D = "demonstration"
COUNTIES = ("620700-00", "620702", "620721", "620722", "620723", "620724", "620725")
GAP = Policy("gap", "gap", 0.0, -30.0, "", "", "", "")
DEADLINE = GAP._replace(rule="deadline")
CURVE = (0.0, 0.0, 45.0, 45.0, 45.0, 45.0, 45.0, 45.0, 100.0, 100.0, 100.0, 100.0)


def of(con, area, period="2024-Q3", indicator="publicity_events"):
    return progress(con, D, (indicator,), (area,), period)[0]


def test_each_county_is_measured_against_its_own_target(con):
    found = progress(con, D, ("publicity_events",), COUNTIES, "2024-Q3")
    assert [(p.ref_area[4:], p.done, p.target, p.gap, p.lamp) for p in found] == [
        ("00-00", 11.0, 14.0, pytest.approx(3.571429), "green"),
        ("02", 18.0, 25.0, -3.0, "yellow"),
        ("21", 6.0, 8.0, 0.0, "green"),
        ("22", 10.0, 12.0, pytest.approx(8.333333), "green"),
        ("23", 10.0, 20.0, -25.0, "yellow"),
        ("24", 8.0, 25.0, -43.0, "red"),
        ("25", None, 10.0, None, ""),
    ]


def test_the_city_without_a_silent_county_is_measured_without_its_target(con):
    first, third = of(con, "620700", "2024-Q1"), of(con, "620700")
    assert (first.done, first.target, first.n_areas) == (21.0, 114.0, 0)
    assert (third.done, third.target, third.n_areas) == (63.0, 104.0, 6)


def test_what_areas_do_not_add_up_they_do_not_reach_together(vintages):
    """A garrison's unit that two counties visit is one; the city's 25 of 47 were nobody's."""
    con = store.open_vintage(store.newest(vintages))
    con.execute("update indicator set area_aggregation = 'none'")
    con.execute("delete from target where ref_area = '620700'")  # series has no such sum either
    areas = ("620700", "620702")
    found = progress(con, D, ("publicity_events",), areas, "2024-Q3")
    assert [(p.ref_area, p.done, p.target) for p in found] == [("620702", 18.0, 25.0)]


def test_nothing_is_said_where_nobody_set_a_target(con):
    assert progress(con, D, ("recruits_sent",), ("620700",), "2024-Q3") == ()
    assert progress(con, D, ("publicity_events",), ("620700",), "2023-Q3") == ()


def test_a_target_is_never_shown_as_what_was_done(con):
    assert breakdowns(con, D, "publicity_events", "Q") == ("_T",)
    assert "publicity_events" not in available_indicators(con, D, "A")
    assert "A" not in frequencies(con, D)
    found = rows(con, D, ["publicity_events"], ["620702"], ["2024"], "value", ["plan:年度目标"])
    assert found == []
    assert (
        con.execute("select count(*) from observation where breakdown like 'plan%'").fetchone()[0]
        == 0
    )


def test_a_target_leads_to_its_cell(con):
    (cell,) = cells(con, of(con, "620702").target_id)
    assert (cell.printed, cell.time_period, cell.breakdown) == ("25", "2024", "plan:年度目标")


def test_both_public_policies():
    assert [lamp(GAP, [gap]) for gap in (3.0, 0.0, -0.1, -30.0, -30.1)] == [
        "green", "green", "yellow", "yellow", "red",
    ]  # fmt: skip
    assert lamp(DEADLINE, [1.0, 0.0]) == "green"
    assert lamp(DEADLINE, [-1.0, 2.0]) == "yellow"
    assert lamp(DEADLINE, [2.0, -0.1]) == "red"


def test_the_plan_is_the_year_elapsed_or_the_own_curve():
    periods = ("2024-Q1", "2024-S1", "2024-M09", "2024")
    assert [planned_share(None, p) for p in periods] == [25.0, 50.0, 75.0, 100.0]
    assert [planned_share(CURVE, p) for p in periods] == [45.0, 45.0, 100.0, 100.0]


@given(st.floats(0, 1e6), st.floats(0.5, 1e6), st.sampled_from(("2024-Q1", "2024-Q2", "2024-M11")))
def test_a_green_lamp_is_never_behind_and_a_red_one_always(done, target, period):
    share = planned_share(None, period)
    one = Progress("i", "a", period, done, target, share, False, True, 0, "", 1, 2)
    lit = lamp(GAP, [one.gap])
    behind = done / target < share / 100 - 1e-8
    assert (lit == "green") <= (not behind)
    assert (lit == "red") == (one.gap < -30)


@pytest.mark.parametrize(
    ("language", "done", "plan", "word"),
    [
        ("zh", "本年累计完成年度目标的32.0%", "慢于序时进度43.0个百分点", "■ 严重滞后"),
        ("en", "32.0% of the year's target done so far", "43.0 points behind the time elapsed",
         "■ Far behind"),
    ],
)  # fmt: skip
def test_progress_in_words(con, language, done, plan, word):
    one, say = of(con, "620724"), words(language)
    assert (completion(one, say), against_plan(one, say)) == (done, plan)
    assert lamp_word(one, policy(con), say) == word


def test_a_figure_that_is_not_exact_lights_no_lamp(con):
    say = words("zh")
    one = of(con, "620724")._replace(exact=False, lamp="")
    assert completion(one, say) == "本年累计完成年度目标的约32.0%"
    assert lamp_word(one, policy(con), say) == "◇ 约数，不评"
    barely = one._replace(done=18.7499, target=25.0)
    assert against_plan(barely, say) == "慢于序时进度不足0.1个百分点"
