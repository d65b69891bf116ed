"""Titles of slides, word for word: growth and who leads, how many grew, how far targets are."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.svg.words import wrapped
from dashboard.locale import words
from dashboard.locale.periods import within_year
from dashboard.locale.sentences_decks import growth_title, leaders, moves_title, progress_title
from dashboard.locale.sentences_exceptions import attention_title, due_line, issue_line
from dashboard.locale.sentences_progress import percent
from dashboard.queries.counties import Ranked
from dashboard.queries.deadlines import Due
from dashboard.queries.issues import Issue
from dashboard.queries.progress import Progress
from dashboard.queries.values import Change, Value

WIDTH, SIZE = 12.1 * 72 / 1.04, 26  # points: a title's box on a wide slide, its type


def value(code, amount, before=None, n_areas=0, qualifier="exact", period="2024-Q2", reason=""):
    change = None if before is None else Change(amount, before, n_areas, qualifier == "exact")
    return Value(1, code, "620700", "_T", period, amount, None, None, "A" if amount else "O",
                 qualifier, False, "summed", 7, 7, reason, change)  # fmt: skip


def row(area, place, amount, qualifier="exact", low=None, high=None):
    return Ranked(1, area, "_T", place, 0, amount, "A", qualifier, False, 1, 1, "", None, low, high)


FIRST = (row("620723", 1, 9.0), row("620702", 2, 8.0))
TITLES = [
    # grown, of the year so far
    (value("condolence_fund", 2_066_600.0, 1_840_000.0), FIRST, "ytd",
     "上半年慰问金发放额同比增长12.3%，临泽县居首",
     "Condolence money up 12.3% on the year in H1 2024; Linze first"),
    # who has most is not taken for who fell most
    (value("condolence_fund", 1_800_000.0, 2_000_000.0), FIRST, "value",
     "二季度慰问金发放额同比下降10.0%，临泽县数额最大",
     "Condolence money down 10.0% on the year in Q2 2024; Linze with the largest figure"),
    # a rate moves in points
    (value("veteran_card_rate", 91.2, 90.0), FIRST, "value",
     "二季度优待证申领率同比提高1.20个百分点，临泽县居首",
     "Card take-up rate up 1.20 percentage points on the year in Q2 2024; Linze first"),
    # down is good: first is the lowest
    (value("issues_overdue", 4.0, 5.0), FIRST, "value",
     "二季度超期未整改问题数同比下降20.0%，临泽县数额最小",
     "Overdue issues down 20.0% on the year in Q2 2024; Linze with the smallest figure"),
    # over those that reported in both years
    (value("recruits_sent", 100.0, 80.0, n_areas=5), FIRST, "ytd",
     "上半年输送新兵人数同比增长25.0%（按5个可比地区），临泽县居首",
     "Recruits sent up 25.0% on the year in H1 2024 (over 5 comparable areas); Linze first"),
    (value("recruits_sent", 80.0, 80.0), (), "ytd", "上半年输送新兵人数同比持平",
     "Recruits sent unchanged on the year in H1 2024"),
    # no year before; from nought; about: the figure itself
    (value("recruits_sent", 80.0), (), "ytd", "上半年输送新兵人数80人",
     "Recruits sent in H1 2024: 80 persons"),
    (value("recruits_sent", 80.0, 0.0), (), "ytd", "上半年输送新兵人数80人",
     "Recruits sent in H1 2024: 80 persons"),
    (value("recruits_sent", 80.0, 60.0, qualifier="at_least"), (), "ytd",
     "上半年输送新兵人数80余人", "Recruits sent in H1 2024: ≥80 persons"),
    (value("recruits_sent", None, reason="not_reported"), (), "value",
     "二季度输送新兵人数：未报", "Recruits sent in Q2 2024: not reported"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "rows", "measure", "chinese", "english"), TITLES)
def test_a_title_says_growth_and_who_leads(zh, en, found, rows, measure, chinese, english):
    assert growth_title(found, rows, zh, measure) == chinese
    assert growth_title(found, rows, en, measure) == english


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([("620702", 1), ("620722", 1), ("620723", 3)], "，甘州区、民乐县并列居首"),
        ([("620702", 1), ("620722", 1), ("620723", 1), ("620724", 1), ("620725", 5)],
         "，4个县区并列居首"),
        # long names together are counted, one alone is named
        ([("620721", 1), ("620721", 1), ("620721", 1), ("620723", 4)], "，3个县区并列居首"),
        ([("620721", 1), ("620722", 2)], "，肃南裕固族自治县居首"),
        ([("620702", 1), ("620722", 1)], ""),  # all tie
        ([("620702", 1)], ""),  # alone
    ],
)  # fmt: skip
def test_ties_are_said_together(zh, places, said):
    rows = [row(area, place, 10.0 - place) for area, place in places]
    title = growth_title(value("recruits_sent", 80.0), rows, zh, "ytd")
    assert title == f"上半年输送新兵人数80人{said}"


def test_who_leads_is_sure_of_it():
    sure = row("620702", 1, 15.0)
    assert leaders([sure, row("620722", 2, 10.0, "at_least", 10, 12)]) == ["620702"]
    assert leaders([sure, row("620722", 2, 10.0, "at_least", 10, 19)]) == []
    assert leaders([sure, row("620722", 2, 10.0, "about")]) == []  # bounds are not known
    assert leaders([row("620702", 1, 15.0, "about", 14, 16), row("620722", 2, 10.0)]) == []


AMOUNTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=2, max_size=6)


@given(AMOUNTS, st.booleans(), st.data())
def test_nobody_leads_whom_another_may_surpass(amounts, lowest_first, data):
    """Each county's true figure lies anywhere from its own to so much more."""
    sign = 1 if lowest_first else -1
    ordered = sorted(amounts, key=lambda pair: sign * pair[0])
    first = [a for a, _ in ordered].index
    rows = [
        row(str(n), first(a) + 1, float(a), "at_least" if more else "exact", a, a + more)
        for n, (a, more) in enumerate(ordered)
    ]
    true = {str(n): a + data.draw(st.integers(0, more)) for n, (a, more) in enumerate(ordered)}
    best = min(true.values()) if lowest_first else max(true.values())
    assert all(true[area] == best for area in leaders(rows))


def test_a_title_takes_two_lines_at_most(zh, en):
    """The longest names that the catalogue has, with the longest clauses."""
    name = zh.indicators["recruits_sent"]._replace(name="建档立卡退役军人义务兵家庭优待金发放额")
    zh = replace(zh, indicators={**zh.indicators, "recruits_sent": name})
    rows = [row("620721", 1, 9.0), row("620702", 2, 8.0)]
    title = growth_title(value("recruits_sent", 100.0, 80.0, n_areas=5), rows, zh, "ytd")
    assert len(wrapped(title, WIDTH, SIZE, len(title))) <= 2
    title = growth_title(value("recruits_sent", 100.0, 80.0, n_areas=5), rows, en, "ytd")
    assert len(wrapped(title, WIDTH, SIZE, len(title))) <= 2


def test_periods_within_their_year():
    said = {
        ("2024-Q1", "ytd"): ("一季度", "Q1 2024"),
        ("2024-Q2", "ytd"): ("上半年", "H1 2024"),
        ("2024-Q3", "ytd"): ("前三季度", "Q1–Q3 2024"),
        ("2024-Q4", "ytd"): ("全年", "the whole of 2024"),
        ("2024-S1", "ytd"): ("上半年", "H1 2024"),
        ("2024-M05", "ytd"): ("1—5月", "Jan–May 2024"),
        ("2024-Q4", "value"): ("四季度", "Q4 2024"),
        ("2024", "value"): ("2024年", "2024"),
        ("2024", "ytd"): ("2024年", "2024"),
    }
    for (period, measure), (chinese, english) in said.items():
        assert within_year(period, words("zh"), measure) == chinese
        assert within_year(period, words("en"), measure) == english


def test_how_many_grew(zh, en):
    values = [
        value("condolence_fund", 3.0, 2.0),
        value("recruits_sent", 5.0, 4.0),
        value("job_fairs", 2.0, 3.0),
        value("publicity_events", 4.0, 4.0),
        value("pension_paid", 4.0, 2.0, qualifier="about"),
        value("veterans_registered", 4.0),
    ]
    assert moves_title(values, zh, "ytd") == (
        "上半年可比的5项主要指标中，2项同比增长、1项下降、1项持平、1项只有约数"
    )
    assert moves_title(values[:1], en) == (
        "Of 1 main indicator that compares in Q2 2024, 1 grew on the year"
    )
    assert moves_title(values[4:], zh) == ""


def progress(code, done, planned=50.0, *, exact=True, curve=False):
    return Progress(code, "620700", "2024-Q2", done, 100.0, planned, curve, exact, 0, "", 1, 2)


def test_how_far_targets_are(zh):
    on_time, late = progress("condolence_fund", 50.0), progress("job_fairs", 42.1)
    assert progress_title([on_time, late, progress("recruits_sent", 48.0)], zh) == (
        "3项年度目标中1项达到序时进度，退役军人招聘会场次最慢（慢7.9个百分点）"
    )
    assert progress_title([on_time], zh) == "1项年度目标全部达到序时进度"
    assert progress_title([progress("job_fairs", 49.98)], zh).endswith("（慢不足0.1个百分点）")
    assert progress_title([progress("recruits_sent", 40.0, 45.0, curve=True)], zh).startswith(
        "1项年度目标中0项达到计划进度"
    )
    # neither what is about, nor a stock, nor what nobody reported is judged
    vague = progress("recruits_sent", 40.0, exact=False)
    assert progress_title([vague, progress("job_fairs", 9.0, None)], zh) == ""
    assert progress_title([progress("job_fairs", None)], zh) == ""


def test_what_needs_attention(zh, en):
    assert attention_title(2, 3, 1, zh.words) == (
        "需要注意：2个县区未报、3项目标严重滞后、1处数字待核实"
    )
    assert attention_title(0, 0, 4, en.words) == "Needs attention – figures to check: 4"
    assert attention_title(0, 0, 0, zh.words) == "没有未报、缺报、严重滞后或数字矛盾"
    assert attention_title(0, 0, 0, zh.words, missing=3) == "需要注意：缺报3项"


def test_a_contradiction_says_which_figures_of_which_cells_and_by_how_much(zh, en):
    found = Issue(
        1, "warning", "stock_fell",
        "民乐县：办证张数 2023年底 为 1,366 张，低于 9月底 的 1,372 张，少 6 张。另一处：F9。",
        "Minle: cards are 1,366 at the end of 2023, below 1,372, by 6. The other: F9.",
        "", "", "", "证 2023.csv", "", "F131,F96", "1366", "620722", "", "recruits_sent",
    )  # fmt: skip
    assert issue_line(found, zh, figures=True) == (
        "民乐县：办证张数2023年底为1,366张，低于9月底的1,372张，少6张（证 2023.csv F131、F96）"
    )
    assert issue_line(found, en, figures=True) == (
        "Minle: cards are 1,366 at the end of 2023, below 1,372, by 6 (证 2023.csv F131, F96)"
    )
    assert issue_line(found, zh, figures=False) == (
        "民乐县输送新兵人数：存量下降（证 2023.csv F131、F96）"
    )


def test_what_is_due_next(zh, en):
    due = Due(dt.date(2024, 10, 10), ("620702", "620722"), ("recruits_sent", "job_fairs"))
    assert due_line(due, "2024-Q3", zh) == (
        "2024年三季度数据请于2024年10月10日前报送：甘州、民乐（2项指标）"
    )
    assert due_line(due, "2024-Q3", en) == (
        "Figures of Q3 2024 are due by 10 Oct 2024 from Ganzhou, Minle (2 indicators)"
    )


@pytest.mark.parametrize(
    ("share", "said"), [(99.97, "99.97%"), (100.0, "100.0%"), (100.03, "100.0%"), (99.94, "99.9%")]
)
def test_a_target_missed_by_a_hair_is_not_called_reached(zh, share, said):
    assert percent(share, zh.words) == said
