"""Any page as an earlier vintage had it: said above the page and on files, with the way back."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard import store
from tests.dashboard.office import open_data
from tests.dashboard.small_vintage import write_vintage
from tests.dashboard.test_pages import app_of, said

ROOT = Path(__file__).parents[2]
OLD, NEW = "2024-10-15-0123456789ab", "2024-11-20-ba9876543210"


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """An earlier vintage beside the one in force, which revised one figure and restricts one."""
    folder = write_vintage(tmp_path_factory.mktemp("two"))
    shutil.copytree(folder / OLD, folder / NEW)
    with duckdb.connect(folder / NEW / store.DATABASE) as con:
        con.execute("update vintage set vintage = ?", [NEW])
        con.execute("""update series set obs_value = 2e6 where indicator = 'condolence_fund'
                       and ref_area = '620700' and time_period = '2024-Q3'""")
        con.execute("update indicator set access = 'restricted' where indicator = 'job_fairs'")
    (folder / "current").write_text(NEW + "\n", encoding="utf-8")
    return folder


def opened(folder, page="overview", **address):
    app = app_of(folder)
    app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def warned(app):
    return [str(w.value) for w in app.warning]


def test_a_page_as_of_an_earlier_vintage_says_so_and_leads_back(two):
    assert "慰问金发放额200.00万元" in said(opened(two))
    app = opened(two, asof=OLD)
    assert "慰问金发放额93.90万元" in said(app)
    assert warned(app) == [f"现在显示的是旧版本 {OLD}（数据截至2024年9月30日），不是最新数据。"]
    assert f"旧版本 {OLD}（不是最新）" in said(app)
    app.button(key="asof_back").click().run()
    assert "慰问金发放额200.00万元" in said(app)
    assert not warned(app)
    assert "asof" not in app.query_params


def test_it_goes_with_the_reader_to_other_pages_and_into_files(two):
    app = opened(two, "trends", asof=OLD, indicators="condolence_fund", areas="620700")
    assert "93.90万元" in said(app)
    assert app.query_params["asof"] == OLD
    app.switch_page(str(ROOT / "pages" / "counties.py")).run()
    assert warned(app)
    assert app.query_params["asof"] == OLD
    assert app.session_state["view"].footer.startswith(f"旧版本 {OLD}")  # charts and files have it


def test_what_is_restricted_now_is_not_shown_of_an_earlier_vintage_either(two):
    assert "招聘会" not in said(opened(two, asof=OLD))


@pytest.mark.parametrize("name", ["2020-01-01-000000000000", "../two", "current", "9" * 300])
def test_a_vintage_that_is_not_there_is_a_sentence(two, name):
    app = opened(two, asof=name)
    assert warned(app) == [f"版本 {name} 不存在，或已被清理，无法查看。"]
    app.button(key="asof_back").click().run()
    assert "慰问金发放额200.00万元" in said(app)


def test_a_vintage_of_another_version_is_a_sentence(two):
    other = two / "2024-09-01-000000000000"
    other.mkdir()
    with duckdb.connect(other / store.DATABASE) as con:
        con.execute("create table indicator (indicator text)")
    assert warned(opened(two, asof=other.name)) == [
        f"版本 {other.name} 是用另一个版本的程序载入的，无法查看。"
    ]


def test_nothing_is_changed_from_an_earlier_vintage(two):
    [told] = open_data(two, part="upload", asof=OLD).info
    assert "请先回到最新数据" in told.value


@pytest.fixture
def meeting(two):
    """The earlier vintage, frozen for a meeting."""
    issue = {"2024年第2期": {"title": "调度会", "vintage": OLD}}
    (two / "frozen.json").write_text(json.dumps(issue), encoding="utf-8")
    yield two
    (two / "frozen.json").unlink()


def test_a_page_as_frozen_for_a_meeting(meeting):
    app = opened(meeting, asof="2024年第２期")
    assert "慰问金发放额93.90万元" in said(app)
    [banner] = warned(app)
    assert banner.startswith(f"现在显示的是2024年第2期（调度会）冻结的数据：版本 {OLD}")
    footer = f"2024年第2期　调度会　版本 {OLD}　数据截至2024年9月30日"
    assert app.session_state["view"].footer == footer
    (meeting / "current").write_text(OLD + "\n", encoding="utf-8")  # the same for ever
    assert opened(meeting, asof="2024年第2期").session_state["view"].footer == footer
    (meeting / "current").write_text(NEW + "\n", encoding="utf-8")


def test_a_meeting_that_nobody_knows_is_a_sentence(meeting):
    assert warned(opened(meeting, asof="2024年第9期"))[0].startswith("版本 2024年第9期 不存在")
    (meeting / "frozen.json").write_text("{", encoding="utf-8")
    assert warned(opened(meeting, asof="2024年第2期"))[0].startswith("版本 2024年第2期 不存在")
