"""A span of months that no period shows is told, and only where nothing follows from it."""

from reported import count, report

Y24 = 48  # January 2024, in months since January 2020


def unseen(found):
    issues = [issue for issue in found.issues if issue.rule == "period_unseen"]
    return [(issue.words["period"], issue.words["count"], issue.words["left"]) for issue in issues]


def test_twelve_months_across_a_new_year_are_told_once_a_sheet(built):
    found = built([report(Y24 - 6, Y24 + 6, 30), report(Y24 - 6, Y24 + 6, 5, area="620721")])
    assert found.rows("time_period", "true") == []
    assert unseen(found) == [("2023年7月—2024年6月", 2, "30人")]


def test_they_are_not_told_where_a_quarter_follows_from_them(built):
    quarters = [report(Y24 + at, Y24 + at + 3, 5) for at in (-6, -3, 0)]
    found = built([report(Y24 - 6, Y24 + 6, 30), *quarters])
    assert found.value("2024-Q2") == 15
    assert unseen(found) == []


def test_two_months_of_a_quarter_are_told_until_the_quarter_comes(built):
    two = report(Y24 + 1, Y24 + 3, 8)
    assert unseen(built([two])) == [("2024年2—3月", 1, "8人")]
    found = built([two, report(Y24, Y24 + 3, 10)])
    assert (found.value("2024-M01"), unseen(found)) == (2, [])


def test_a_year_to_date_a_count_and_a_status_are_shown(built):
    rows = [
        report(Y24, Y24 + 7, 30), count("2024-05-10", 3), count("2024-05-20", 4),
        report(Y24 + 1, Y24 + 3, None, status="_D", area="620721"),
    ]  # fmt: skip
    assert unseen(built(rows)) == []


def test_two_figures_of_one_period_are_a_contradiction_and_both_are_seen(built):
    found = built([report(Y24, Y24 + 3, 20), report(Y24, Y24 + 3, 30)])
    assert unseen(found) == []
