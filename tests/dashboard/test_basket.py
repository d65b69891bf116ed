"""加入汇报: every chart of every page can be taken, and is the same chart again in the report."""

import json
import re
import zlib
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts
from dashboard.decks import QUESTIONS, Asked, Choice, make, settle
from dashboard.door import Place
from dashboard.locale import words
from dashboard.queries.ask import Asking
from dashboard.ui.figures import figure, panel
from dashboard.ui.remembered import LONGEST, packed, unpacked
from tests.dashboard.office import ROOT
from tests.dashboard.test_pages import page_of

D = "demonstration"
PAGES = {
    "counties": ({}, {"measure": "ytd", "classes": "fixed"}, {"breakdown": "festival:春节"}),
    "trends": (
        {"indicators": "condolence_fund,job_fairs", "areas": "620700,620702"},
        {"indicators": "condolence_fund", "shape": "years", "measure": "ytd"},
        {"areas": "620702,620721", "facet": "area", "axes": "free", "shown": "growth"},
        {"shown": "previous", "seasonal": "shown", "first": "2023-Q3", "last": "2024-Q2"},
    ),
    "changes": ({}, {"against": "windows", "now": "2024-01..2024-09"}),
    "topics": ({}, {"topic": "jobs"}),
    "county": ({}, {"area": "620721", "from": "2023", "to": "2024"}),
}
ASKED = [(page, address) for page, addresses in PAGES.items() for address in addresses]


def drawn(app):
    """Return what a page gives Plotly, by the key of each drawing."""
    return {e.proto.id.split("-", 2)[2]: json.loads(e.proto.spec) for e in app.get("plotly_chart")}


@pytest.fixture
def setting(vintages, con):
    """A report on another period than any page shows: a view says its own."""
    choice = Choice(D, "620702", "2023-Q1")
    return settle(Asking(con), choice, Place(vintages).folders)


def taken(app, name, setting):
    """Take a view, and make its chart as the report does."""
    app.button(key=f"basket_{name}").click().run()
    return make(setting, app.session_state["basket"][D][-1])


@pytest.mark.parametrize(("page", "address"), ASKED, ids=lambda value: str(value))
def test_every_chart_of_a_page_is_the_same_in_the_report(vintages, setting, page, address):
    app = page_of(vintages, str(ROOT / "pages" / f"{page}.py"), **address)
    say = words("zh")
    keys = [b.key.removeprefix("basket_") for b in app.button if b.key.startswith("basket_")]
    names = [key for key in keys if not key.startswith("table_")]
    shown, again = drawn(app), {}
    for name in names:
        chart = taken(app, name, setting)
        parts = charts.panels(chart)
        if len(parts) == 1:
            again[f"plot_{name}"] = figure(chart, say)
        else:
            again |= {f"plot_{name}_{n}": panel(part, say) for n, part in enumerate(parts)}
    assert json.loads(json.dumps(again)) == shown
    assert shown


def test_a_pivot_is_the_same_in_the_report(vintages, setting):
    address = {"form": "pivot", "indicators": "condolence_fund", "down": "area"}
    app = page_of(vintages, str(ROOT / "pages" / "explore.py"), **address)
    chart = taken(app, "explore_pivot", setting)
    assert chart.title in [e.value for e in app.subheader]
    cells = [[charts.in_cell(point) for point in series.points] for series in chart.series]
    assert app.dataframe[0].value.values.tolist() == cells


def test_tables_of_counties_are_taken_too(vintages, setting):
    app = page_of(vintages, str(ROOT / "pages" / "counties.py"))
    [key] = [b.key for b in app.button if (b.key or "").startswith("basket_table_")]
    table = taken(app, key.removeprefix("basket_"), setting)
    shown = app.dataframe[0].value
    assert [s.name for s in table.series] == shown["县区"].tolist()
    assert [s.points[1].text for s in table.series] == shown["数值"].tolist()
    app = page_of(vintages, str(ROOT / "pages" / "topics.py"), topic="jobs")
    fairs = taken(app, "table_jobs_job_fairs", setting)
    counties = [s for n, s in enumerate(fairs.series) if n not in fairs.total_rows]
    [table] = [e.value for e in app.get("html") if "<table>" in str(e.value)]
    first = re.findall(r"<tr><th scope=\"row\">[^<]*</th><td>([^<]*)</td>", table)
    assert [s.points[0].text for s in counties] == first


def test_a_list_is_the_same_in_the_report(vintages, setting):
    address = {
        "indicators": "condolence_fund,job_fairs", "areas": "620702", "reach": "own",
        "first": "2024-Q1", "last": "2024-Q2", "values": "area,period,shown,coverage,unit",
    }  # fmt: skip
    app = page_of(vintages, str(ROOT / "pages" / "explore.py"), **address)
    chart = taken(app, "explore_values", setting)
    listed = app.dataframe[0].value[["数值", "覆盖", "单位"]].values.tolist()
    assert [[p.short for p in series.points] for series in chart.series] == listed
    assert [s.name for s in chart.series] == [
        "慰问金发放额　2024年一季度", "慰问金发放额　2024年二季度",
        "退役军人招聘会场次　2024年一季度", "退役军人招聘会场次　2024年二季度",
    ]  # fmt: skip
    assert chart.title == "甘州区，2024年一季度至2024年二季度，慰问金发放额、退役军人招聘会场次"


@pytest.mark.parametrize(("address", "why"), [
    ({"indicators": "condolence_fund", "low": "1"}, "按数值大小筛选的清单会透露不公布的小数"),
    ({}, "多于60行的清单不能加入汇报"),
])  # fmt: skip
def test_a_list_without_a_place_in_a_report_says_why(vintages, address, why):
    app = page_of(vintages, str(ROOT / "pages" / "explore.py"), **address)
    assert [c.value for c in app.caption if c.value.startswith(why)]
    assert not [b for b in app.button if (b.key or "").startswith("basket_")]


def test_the_tiles_of_the_overview_are_the_same_in_the_report(vintages, setting):
    address = {"tiles": "job_fairs,condolence_fund", "measure": "ytd", "period": "2024-Q2"}
    app = page_of(vintages, str(ROOT / "pages" / "overview.py"), **address)
    chart = taken(app, "tiles", setting)
    [tiles] = [e.value for e in app.get("html") if 'class="tiles"' in e.value]
    told = re.sub(r"<[^>]+>|\s", "", tiles)
    for series in chart.series:
        assert f"{series.name}{series.points[0].text}" in told
    assert [series.name for series in chart.series] == ["退役军人招聘会场次", "慰问金发放额"]


def test_a_page_takes_only_what_a_report_can_ask():
    files = [*(ROOT / "pages").glob("*.py"), *(ROOT / "dashboard" / "ui").glob("*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    asked = set(re.findall(r"""question\(\s*"(\w+)\"""", code))
    assert {"trend", "ranking", "map", "festivals", "stages"} < asked <= set(QUESTIONS)


WORDS = st.text("ab,-_:汉'", max_size=8)
VIEWS = st.builds(Asked, st.sampled_from(sorted(QUESTIONS)),
                  st.lists(st.tuples(WORDS, WORDS), max_size=4).map(tuple))  # fmt: skip


@given(st.dictionaries(WORDS, st.lists(VIEWS, min_size=1, max_size=5, unique=True), max_size=2))
def test_a_browser_keeps_views_in_a_cookie(taken):
    cookie = packed(taken)
    assert re.fullmatch(r"[\w-]*", cookie, re.ASCII)
    assert unpacked(cookie) == taken


@given(st.text(max_size=40))
def test_a_cookie_that_somebody_wrote_is_no_traceback(text):
    assert unpacked(text) == {}


@pytest.mark.parametrize("said", [
    "[1]", '{"d": 1}', '{"d": [["trend", "x"]]}', '{"d": [["rm", ["a", "b"]]]}',
    '{"d": [["trend", ["area", "\\ud800"]]]}', "[" * 9999,
])  # fmt: skip
def test_what_a_report_cannot_ask_is_left_out_of_a_cookie(said):
    cookie = urlsafe_b64encode(zlib.compress(said.encode())).decode()
    assert unpacked(cookie) == {}


def test_thirty_views_fit_into_a_cookie():
    """A cookie has room for 4,096 bytes with its name."""
    views = [
        Asked("ranking", (("indicator", f"condolence_fund_{n}"), ("area", f"6207{n:02}"),
                          ("measure", "ytd"), ("breakdown", "_T"), ("period", f"2024-Q{n % 4}")))
        for n in range(30)
    ]  # fmt: skip
    assert len(packed({D: views})) < LONGEST / 4
