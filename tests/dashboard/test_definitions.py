"""Nothing is compared across a change of definition, and the chart says so."""

import duckdb
import pytest

from dashboard import charts, store
from dashboard.locale import words
from dashboard.locale.labels import Labels
from dashboard.queries import choices, counties
from dashboard.queries.definitions import DefinitionChange, parting
from dashboard.queries.periods import last_month
from dashboard.queries.trend import trend
from tests.dashboard.small_vintage import write_vintage

D = "demonstration"


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """The small vintage, in which 慰问金 counts otherwise from April 2024 on."""
    folder = write_vintage(tmp_path_factory.mktemp("changed"))
    with duckdb.connect(store.newest(folder)) as con:
        con.execute(
            "insert into definition_change values"
            " ('condolence_fund', '2024-04-01', '含慰问品折价', 'goods are included')"
        )
    return store.open_vintage(store.newest(folder))


def test_a_period_ends_with_a_month():
    assert [last_month(p) for p in ("2024", "2024-S1", "2024-Q2", "2024-M06")] == [
        "2024-12", "2024-06", "2024-06", "2024-06",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now", "parted"),
    [
        ("2023-Q1", "2024-Q1", False),
        ("2023-Q2", "2024-Q2", True),
        ("2024-Q1", "2025-Q1", True),
        ("2024-Q2", "2025-Q2", False),
        ("2023", "2024", True),
        ("2024", "2025", False),
    ],
)
def test_a_day_parts_the_periods_before_it_from_those_after(before, now, parted):
    change = DefinitionChange("2024-04-01", "含慰问品折价", "goods are included")
    assert parting([change], before, now) == ((change,) if parted else ())


def test_no_change_on_last_year_is_taken_across_it(con, changed):
    def changes(vintage):
        rows = trend(vintage, D, ("condolence_fund",), ["620721"], "2024-Q1", "2024-Q3")
        return [row.change is not None for row in rows]

    assert changes(con) == [True, False, True]
    assert changes(changed) == [True, False, False]


def test_places_are_not_compared_across_it(con, changed):
    def climbed(vintage):
        rows = counties.ranking(vintage, D, "condolence_fund", "620700", "2024-Q3")
        return {row.climbed for row in rows if row.place}

    assert climbed(con) != {None}
    assert climbed(changed) == {None}


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("zh", "2024年4月1日起口径变化：含慰问品折价；不与此前比较"),
        ("en", "Counted otherwise from 1 Apr 2024: goods are included; not compared with before"),
    ],
)
def test_the_chart_says_so(changed, language, note):
    labels = Labels(words(language), choices.indicators(changed), choices.areas(changed), {})
    origin = charts.Provenance("", D, "v1", "2024-10-15", "", "")

    def notes(first, last):
        values = trend(changed, D, ("condolence_fund",), ["620721"], first, last)
        return charts.trend(values, labels, origin).notes

    assert f"① {note}" in notes("2024-Q1", "2024-Q3")
    assert note in notes("2024-Q3", "2024-Q3")  # the year before lies behind the change
    assert not any(note in n for n in notes("2023-Q1", "2024-Q1"))
