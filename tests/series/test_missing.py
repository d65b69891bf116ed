"""What was due by reporting.yml and did not come is one issue an area."""

from reported import report

Y24 = 48  # January 2024, in months since January 2020
COUNTIES = ("620702", "620721", "620722")


def owed(found):
    issues = [issue for issue in found.issues if issue.rule == "report_missing"]
    return [(issue.ref_area, issue.words["count"], issue.words["owed"]) for issue in issues]


def quarters(area, *numbers):
    return [report(Y24 + 3 * n - 3, Y24 + 3 * n, 10, area=area) for n in numbers]


def test_who_owes_what_is_said_once_an_area(built, expecting):
    reports = [
        *quarters("620702", 1, 2, 3, 4), *quarters("620721", 1, 4), *quarters("620722", 1, 2, 3)
    ]  # fmt: skip
    assert owed(built(reports, expecting(due_days=5))) == [
        ("620721", 2, "2024年二季度 visits；2024年三季度 visits"),
        ("620722", 1, "2024年四季度 visits"),
    ]


def test_what_is_not_due_yet_or_was_never_declared_is_not_owed(built, expecting):
    reports = [row for area in COUNTIES for row in quarters(area, 1, 2, 3)]
    assert owed(built(reports, expecting(due_days=30))) == []
    assert owed(built(quarters("620702", 1, 3))) == []


def test_who_reported_everything_owes_nothing(built, expecting):
    reports = [row for area in COUNTIES for row in quarters(area, 1, 2, 3, 4)]
    assert owed(built(reports, expecting(due_days=5))) == []
