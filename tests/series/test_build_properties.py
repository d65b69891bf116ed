"""Properties of whole builds: provenance, order, increment, sums over areas."""

import datetime as dt
import random
from collections import defaultdict

import pytest
from reported import count, report

COUNTIES = ("620702", "620721", "620722")
PARTS = ("_T", "_T", "who:甲", "who:乙", "who:乙一", "who:乙二")
QUALIFIERS = ("exact",) * 8 + ("about", "at_least")


def some_reports(seed, areas=(*COUNTIES, "6207", "6201"), n=120, qualifiers=QUALIFIERS):
    """Reports of random months, also across years, of true monthly values; a few marks."""
    dice = random.Random(seed)
    truth = defaultdict(lambda: [dice.randint(0, 30) for _ in range(36)])
    found = []
    for _ in range(n):
        area, part = dice.choice(areas), dice.choice(PARTS)
        start = dice.choice((0, 0, 12, 12, 24, dice.randint(0, 35)))
        end = min(36, start + dice.choice((1, 3, 3, 6, 6, 9, 12, 12, 18)))
        value = sum(truth[area, part][start:end])
        words = {"area": area, "breakdown": part, "qualifier": dice.choice(qualifiers)}
        words["low"] = value if words["qualifier"] == "at_least" else None
        if dice.random() < 0.05:
            found.append(report(start, end, None, area=area, breakdown=part, status="M"))
        else:
            found.append(report(start, end, value, **words))
    for area in areas:
        for indicator in ("cards", "veterans"):
            for _ in range(3):
                day = dt.date(2020 + dice.randint(0, 2), dice.choice((3, 6, 12)), 28)
                found.append(
                    count(day.isoformat(), dice.randint(1, 99), area=area, indicator=indicator)
                )
    return found


RECOMPUTED = """
with told as (
    select l.series_id, l.measure, sum(l.sign * o.obs_value) as value,
           sum(l.sign * o.obs_value) filter (l.role = 'numerator') as numerator,
           sum(l.sign * o.obs_value) filter (l.role = 'denominator') as denominator
    from lineage l join observation o using (observation_id) group by all
)
select s.indicator, s.ref_area, s.breakdown, s.time_period, m.measure,
       if(m.measure = 'value', obs_value, ytd_value) as shown,
       coalesce(100 * t.numerator / t.denominator, t.value) as told
from series s cross join (values ('value'), ('ytd')) m(measure)
left join told t on t.series_id = s.series_id and t.measure = m.measure
where shown is distinct from told and abs(shown - told) is distinct from 0
  and not coalesce(abs(shown - told) < 1e-9, false)
"""


@pytest.mark.parametrize("seed", range(6))
def test_the_reports_of_every_value_recompute_it(built, seed):
    found = built(some_reports(seed))
    assert (
        found.con.execute("select count(*) from series where obs_value is not null").fetchone()[0]
        > 300
    )
    assert found.con.execute(RECOMPUTED).fetchall() == []


SHOWN = """indicator, ref_area, breakdown, time_period, obs_value, low, high, obs_status, qualifier,
           conflict, method, n_reported, n_expected, ytd_value, ytd_qualifier, ytd_method,
           ytd_n_reported, reason"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_does_not_matter(built, seed):
    reports = some_reports(seed)
    assert built(reports).rows(SHOWN) == built(reports, shuffle=seed).rows(SHOWN)


def test_threads_do_not_matter(built):
    reports = some_reports(1)
    assert built(reports, threads=1).rows(SHOWN) == built(reports, threads=4).rows(SHOWN)


@pytest.mark.parametrize("seed", range(3))
def test_series_that_new_reports_do_not_touch_stay(built, seed):
    """What another city adds changes its own series and its province's, no other.

    A city that reported the same in the year before only owes what the other reports on.
    """
    reports = some_reports(seed, areas=(*COUNTIES, "6207"))
    more = some_reports(seed + 100, areas=("6206",))
    before, after = built(reports), built([*reports, *more])
    counties = "ref_area like '6207__'"
    assert before.rows(SHOWN, counties) == after.rows(SHOWN, counties)
    city = "ref_area = '6207'"
    owed = {*after.rows(SHOWN, city)} - {*before.rows(SHOWN, city)}
    assert {*before.rows(SHOWN, city)} <= {*after.rows(SHOWN, city)}
    assert {(row[4], row[13]) for row in owed} <= {(None, None)}
    assert {row[17] for row in owed} <= {"not_reported", "not_derivable"}


@pytest.mark.parametrize("seed", range(4))
def test_a_sum_is_that_of_the_areas_below_with_a_value(built, seed):
    found = built(some_reports(seed, areas=COUNTIES))
    wrong = found.con.execute(
        """select p.indicator, p.breakdown, p.time_period, p.obs_value, p.n_reported, p.n_expected,
                  sum(c.obs_value) as below, count(c.obs_value) as n
           from series p join series c using (indicator, breakdown, freq, period_start)
           where p.ref_area = '6207' and c.ref_area like '6207__'
             and p.indicator <> 'card_rate'
           group by all
           having p.obs_value is distinct from below or p.n_reported <> n
               or p.n_reported > p.n_expected"""
    ).fetchall()
    assert wrong == []


def test_moving_value_between_counties_leaves_the_city_unchanged(built):
    def city(first, second):
        reports = [report(48, 51, first), report(48, 51, second, area="620721")]
        return built(reports).rows(SHOWN, "ref_area = '6207'")

    assert city(20, 5) == city(3, 22)


@pytest.mark.parametrize("seed", range(3))
def test_every_key_and_period_has_one_row_and_ids_follow_the_keys(built, seed):
    found = built(some_reports(seed))
    key = "dataset, indicator, ref_area, breakdown, freq, period_start"
    rows = found.con.execute(f"select series_id, {key} from series order by series_id").fetchall()
    keys = [row[1:] for row in rows]
    assert keys == sorted(set(keys))


def test_an_id_is_the_sum_of_the_numbers_of_its_topic_area_and_month(built):
    con = built(some_reports(5)).con
    topic, area = "dataset, indicator, breakdown, freq", "ref_area"
    for number, words in (("topic_of(series_id)", topic), ("area_of(series_id)", area)):
        pairs = con.execute(f"select distinct {number}, {words} from series").fetchall()
        assert len({pair[0] for pair in pairs}) == len({pair[1:] for pair in pairs}) == len(pairs)
    assert con.execute(
        """select series_id, period_start from series
           where series_id <> topic_of(series_id) + area_of(series_id) + month_of(series_id)
              or month_of(series_id) <> datediff('month', date '1900-01-01', period_start)"""
    ).fetchall() == []  # fmt: skip


def test_a_value_without_a_status_or_a_gap_without_a_reason_never_appears(built):
    found = built(some_reports(5))
    assert found.rows("time_period, obs_value, obs_status, reason",
                      "(obs_value is null) <> (obs_status in ('O', 'M', '_D'))") == []  # fmt: skip
    assert found.rows("time_period", "(obs_value is null) <> (reason <> '')") == []
    assert found.rows("time_period", "(obs_value is null) <> (method = '')") == []
