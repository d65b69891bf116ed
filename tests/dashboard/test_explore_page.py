"""The explore page: filters in the address, the sentence, columns, the way to history and cells."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.door import Place
from dashboard.ui import explore_pivot, permission
from dashboard.ui.explore_list import read_page
from dashboard.ui.permission import READ_ONLY, NotAllowedError
from dashboard.ui.saved_views import SavedView, query_of, save, saved
from tests.dashboard.small_vintage import write_vintage
from tests.dashboard.test_pages import HAN, page_of, said
from tests.publishing import add

PAGE = str(Path(__file__).parents[2] / "pages" / "explore.py")
MONEY = {"indicators": "condolence_fund", "first": "2024-Q1", "last": "2024-Q3"}


@pytest.fixture
def opened(vintages):
    return partial(page_of, vintages, PAGE)


def test_it_lists_values_and_says_which(opened):
    app = opened(**MONEY, status="P,E")
    assert (
        "张掖市及下属7个县区，2024年一季度至2024年三季度，慰问金发放额，仅初步、估计：共1行"
        in said(app)
    )
    table = app.dataframe[0].value
    assert table.to_numpy().tolist() == [
        ["慰问金发放额", "民乐县", "2024年三季度", "12.00万元", "初步、估计或待核实数"]
    ]


def test_a_filter_is_kept_in_the_address_and_what_empties_is_named(opened):
    app = opened(**MONEY)
    assert "共24行" in said(app)
    app.number_input(key="pick_low").set_value(1000).run()
    assert app.query_params["low"] == "1000"
    assert "不低于1000万元：共0行" in said(app)
    assert "去掉“数值范围”这个条件，有24行" in said(app)


def test_reports_are_filtered_by_office_and_text(opened):
    app = opened(form="reports", indicators="condolence_fund", printed="约", sender="620700")
    assert "张掖市报送，原文含“约”：共1行" in said(app)
    row = app.dataframe[0].value.iloc[0].tolist()
    assert row == ["慰问金发放额", "山丹县", "2024年三季度", "约8.8 万元", "采用"]


def test_a_row_leads_to_its_history_and_its_cells(opened):
    app = opened(**MONEY, areas="620722")
    app.session_state["explore_values_1"] = {"selection": {"cells": [[0, "数值"]]}}
    app.run()
    assert "民乐县　2024年一季度　慰问金发放额" in said(app)
    assert app.dataframe[2].value["文件 › 工作表 › 单元格"][0].endswith("季度表 › G8")


def test_it_is_in_english_without_a_chinese_word(opened):
    app = opened(**MONEY, lang="en", areas="620702", reach="own")
    assert "Ganzhou, Q1 2024 to Q3 2024, Condolence money: 3 rows" in said(app)
    widgets = [w for kind in ("selectbox", "multiselect", "number_input") for w in app.get(kind)]
    assert not any(HAN.search(w.label) for w in widgets)
    assert not HAN.search(str(app.dataframe[0].value))


def test_what_each_vintage_said_of_a_number_is_listed(tmp_path):
    add(tmp_path, "a.xlsx", 20)
    add(tmp_path, "b.xlsx", 21)
    app = page_of(tmp_path, PAGE)
    app.session_state["explore_values_1"] = {"selection": {"cells": [[1, "数值"]]}}
    app.run()
    assert not app.exception
    assert "现存2个版本里，这个数有过变化" in said(app)
    assert sorted(app.dataframe[1].value["数值"]) == ["20人", "21人"]


def test_a_pivot_has_totals_and_its_cells_lead_to_their_source(opened):
    app = opened(**MONEY, form="pivot")
    table = app.dataframe[0].value
    assert table.columns.tolist() == [
        "2024年一季度", "2024年二季度", "2024年三季度", "2024年（所选合计）",
    ]  # fmt: skip
    assert table.loc["张掖市（合计）"].tolist() == [
        "62.70（6/7）",
        "28.00（6/7）",
        "93.90",
        "184.60",
    ]
    assert table.loc["高台县"].tolist() == ["7.70", "2.50", "9.00 ✕", "19.20 ✕"]
    assert table.loc["肃南裕固族自治县"].tolist() == ["4.00", "未报", "6.60", "无"]
    app.session_state["explore_pivot"] = {"selection": {"cells": [[1, "2024年一季度"]]}}
    app.run()
    assert not app.exception
    assert "甘州区　2024年一季度　慰问金发放额" in said(app)
    assert app.dataframe[1].value["原文"].tolist() == ["22.00 万元"]


def test_a_pivot_turns_and_one_too_large_is_refused(opened, monkeypatch):
    app = opened(form="pivot", indicators="condolence_fund,recruits_sent", down="period")
    table = app.dataframe[0].value
    assert "慰问金发放额（万元）　张掖市（合计）" in table.columns
    assert "2023年（全年）" in table.index
    monkeypatch.setattr(explore_pivot, "MOST", 100)
    app = opened(form="pivot", indicators="condolence_fund,recruits_sent")
    assert app.info[0].value.startswith("这样的透视表最多有112格，超过100格")


def test_an_address_repeats_nothing_and_pages_are_numbers(opened):
    app = opened(indicators="condolence_fund,condolence_fund", areas="620700,620700")
    assert app.query_params["indicators"] == "condolence_fund"
    assert "areas" not in app.query_params
    assert [read_page(text) for text in ("3", "²", "-1", "9" * 5000)] == [3, None, None, None]


def test_views_that_excel_saved_again_are_read_and_damaged_ones_stop_no_page(tmp_path, monkeypatch):
    monkeypatch.setattr(permission, "from_here", lambda address, headers: True)
    vintages = write_vintage(tmp_path / "vintages")
    (tmp_path / "local").mkdir()
    rows = "name,page,query\r\n甲,explore,status=P\r\n甲,explore,status=E&embed=true\r\n,,\r\n"
    (tmp_path / "local" / "views.csv").write_bytes(rows.encode("gb18030"))
    assert saved(Place(vintages)) == (SavedView("甲", "explore", "status=E&embed=true"),)
    app = page_of(vintages, PAGE)
    assert not app.exception
    (tmp_path / "local" / "views.csv").write_bytes(b'name,page,query\n"' + b"x" * 200_000)
    assert saved(Place(vintages)) == ()


def test_a_view_is_saved_linked_and_forgotten(tmp_path, monkeypatch):
    monkeypatch.setattr(permission, "from_here", lambda address, headers: True)
    vintages = write_vintage(tmp_path / "vintages")
    app = page_of(vintages, PAGE, status="P")
    app.text_input[0].input("=仅初步数")
    app.button(key="FormSubmitter:save_view-保存").click().run()
    assert not app.exception
    place = Place(vintages)
    view = SavedView("=仅初步数", "explore", "status=P")
    assert saved(place) == (view,)
    kept = (tmp_path / "local" / "views.csv").read_bytes()
    assert kept == "\ufeffname,page,query\r\n'=仅初步数,explore,status=P\r\n".encode()
    app.button(key="forget_=仅初步数").click().run()
    assert saved(place) == ()


def test_a_reader_elsewhere_can_save_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv(READ_ONLY, "1")
    with pytest.raises(NotAllowedError):
        save(Place(tmp_path / "vintages"), SavedView("甲", "explore", ""))
    app = page_of(write_vintage(tmp_path / "vintages"), PAGE)
    assert "还没有常用视图" in said(app)
    assert not app.text_input


@example([("'=甲", "")])
@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=60).map(str.strip).filter(bool), st.text()),
        max_size=4,
        unique_by=lambda view: view[0],
    )
)
@settings(max_examples=20, deadline=None)
def test_any_name_comes_back_as_it_was_given(names):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(permission, "from_here", lambda address, headers: True)
        place = Place(Path(folder) / "vintages")
        views = [SavedView(name, "explore", query_of({"q": text})) for name, text in names]
        for view in views:
            save(place, view)
        assert saved(place) == tuple(sorted(views))
