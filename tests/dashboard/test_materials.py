"""The page 材料 and what it is made of: slides in order, renamed, drawn as they will be written."""

import json
import re
import shutil
from base64 import b64decode
from xml.etree import ElementTree as ET

import duckdb
import pytest

from dashboard import exports, store
from dashboard.decks import Asked, Choice, arranged, compose, of_views, read_recipe
from dashboard.decks.arrange import shifted, with_back
from dashboard.exports.__main__ import main
from dashboard.exports.pptx.blank import blank
from dashboard.exports.pptx.template import ours
from dashboard.exports.preview import pictures
from dashboard.locale import words
from dashboard.queries.ask import Asking
from tests.dashboard.office import ROOT
from tests.dashboard.small_vintage import write_vintage
from tests.dashboard.test_pages import page_of

D = "demonstration"
FOLDERS = (ROOT / "data" / "catalogue",)
S = "{http://www.w3.org/2000/svg}"
SIZES = {"16x9": 960, "4x3": 720}  # points: 13.333 and 10 inches
VIEWS = (
    Asked("ranking", (("indicator", "condolence_fund"), ("period", "2024-Q3"))),
    Asked("trend", (("indicators", "condolence_fund"), ("areas", "620702,620721"))),
)


@pytest.fixture(scope="module")
def deck(con):
    made = compose(Asking(con), of_views(VIEWS), Choice(D, "620700", "2024-Q3"), FOLDERS)
    return exports.release_deck(Asking(con), made, words("zh"))


def keys(deck):
    return [slide.key for slide in deck.slides]


def test_views_are_a_cover_and_a_slide_each_in_the_order_taken(con, deck):
    assert [slide.title for slide in deck.slides] == [
        "张掖市双拥工作情况", "2024年三季度慰问金发放额：甘州居首", "慰问金发放额（2个地区）",
    ]  # fmt: skip
    one = compose(Asking(con), of_views(VIEWS[1:]), Choice(D, "620700", "2024-Q3"), FOLDERS)
    assert keys(one)[1] == keys(deck)[2]  # a slide keeps its key when others go


def test_slides_in_another_order_without_one_and_renamed(deck):
    cover, ranking, trend = keys(deck)
    other = arranged(deck, [trend, "nowhere", cover, trend], {trend: "我的标题", ranking: "x"})
    assert [(s.key, s.title, s.edited) for s in other.slides] == [
        (trend, "我的标题", True), (cover, "张掖市双拥工作情况", False),
    ]  # fmt: skip
    assert arranged(deck, [], {}) == deck
    assert isinstance(other, exports.ReleasedDeck)


@pytest.mark.parametrize(
    ("key", "by", "result"), [("b", 1, "acb"), ("b", -1, "bac"), ("a", -1, "abc"), ("c", 1, "abc")]
)
def test_a_slide_goes_one_place_on_or_back(key, by, result):
    assert shifted(list("abc"), key, by) == list(result)


@pytest.mark.parametrize(
    ("left", "key", "result"), [("ac", "b", "abc"), ("bc", "a", "abc"), ("cba", "d", "cdba")]
)
def test_a_slide_comes_back_behind_those_that_were_before_it(left, key, result):
    assert with_back(list(left), key, list("abcd")) == list(result)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_picture_says_what_the_slide_says_and_nothing_leaves_it(con, size, language):
    choice = Choice(D, "620700", "2024-Q3", language)
    made = compose(Asking(con), read_recipe("quarterly", FOLDERS), choice, FOLDERS)
    deck = exports.release_deck(Asking(con), made, words(language))
    drawn = pictures(deck, ours(size))
    pages = [(s, page) for s, of in zip(deck.slides, drawn, strict=True) for page in of]
    for n, (slide, page) in enumerate(pages, start=1):
        picture = ET.fromstring(page)
        told = [e.text or "" for e in picture.iter(f"{S}text")]
        said = "".join(told)
        origin = (slide.charts[0] if slide.charts else deck).provenance
        assert {origin.badge, str(n)} <= {*told}
        for part in (slide.title, *re.findall(r"\w+\.xlsx", origin.source), origin.footer):
            assert re.sub(r"\W", "", part) in re.sub(r"\W", "", said)
        keyed = [c for c in slide.charts if c.kind in ("bars", "stacked") and len(c.series) > 1]
        assert {s.name for chart in keyed for s in chart.series} <= {*told}
        for e in picture.iter(f"{S}text"):
            assert 0 <= float(e.get("x")) <= SIZES[size]
            assert 0 <= float(e.get("y")) <= 540


# ── the page ────────────────────────────────────────────────────────────────────────────────────


def opened(vintages, **address):
    return page_of(vintages, str(ROOT / "pages" / "materials.py"), **address)


def shown(app):
    """Return the keys of the slides that stand on the page, in their order."""
    return [b.key.removeprefix("drop_") for b in app.button if b.key.startswith("drop_")]


def test_slides_are_moved_dropped_and_taken_back_and_the_address_says_so(vintages):
    app = opened(vintages)
    every = shown(app)
    first, second, *rest = every
    app.button(key=f"later_{first}").click().run()
    assert shown(app) == [second, first, *rest]
    app.button(key=f"drop_{first}").click().run()
    assert shown(app) == [second, *rest]
    assert app.query_params["slides"] == ",".join([second, *rest])
    assert shown(opened(vintages, slides=f"nowhere,{second}")) == [second]
    app.button(key=f"back_{first}").click().run()
    assert shown(app) == every
    assert "slides" not in app.query_params


def test_another_recipe_begins_with_all_of_its_slides(vintages):
    app = opened(vintages, slides="overall,cover")
    assert shown(app) == ["overall", "cover"]
    app.selectbox(key="pick_recipe").set_value("profiles").run()
    assert "cover" in shown(app)
    assert len(shown(app)) > 2
    assert "slides" not in app.query_params


def test_a_title_of_ones_own_holds_for_its_area_and_period(vintages):
    app = opened(vintages, period="2024-Q3")
    fields = {k: app.text_input(key=f"title_{k}").value for k in shown(app)}
    key = next(k for k, title in fields.items() if "三季度慰问金" in title)
    generated = app.text_input(key=f"title_{key}").value
    app.text_input(key=f"title_{key}").input("我的标题").run()
    app.selectbox(key="pick_period").set_value("2024-Q2").run()
    assert app.text_input(key=f"title_{key}").value not in (generated, "我的标题")
    app.selectbox(key="pick_period").set_value("2024-Q3").run()
    assert app.text_input(key=f"title_{key}").value == "我的标题"
    app.button(key="slides_reset").click().run()
    assert app.text_input(key=f"title_{key}").value == generated


def test_a_bulletin_is_shown_as_text(vintages):
    app = opened(vintages, recipe="bulletin", period="2024-Q3")
    parts = [e.value for e in app.get("html") if 'class="part"' in e.value]
    assert len(parts) == len(shown(app))
    assert "关于张掖市2024年三季度双拥工作情况的通报" in parts[0]
    assert "pick_size" not in [e.key for e in app.get("button_group")]


def test_an_offices_recipe_that_is_broken_is_named_and_stops_no_other(tmp_path):
    vintages = write_vintage(tmp_path / "vintages")
    local = tmp_path / "local" / "decks"
    local.mkdir(parents=True)
    (local / "mine.yml").write_text("slides: 3", encoding="utf-8")
    app = opened(vintages)
    assert "mine.yml" in app.warning[0].value
    assert shown(app)


def test_a_document_without_a_slide_is_no_file(tmp_path, capsys):
    vintages = write_vintage(tmp_path / "vintages")
    local = tmp_path / "local" / "decks"
    local.mkdir(parents=True)
    recipe = "name: 预算\nslides: [{key: a, name: 预算执行, charts: [budget]}]"
    (local / "mine.yml").write_text(recipe, encoding="utf-8")
    app = opened(vintages, recipe="mine")
    assert "没有数据，未生成的页：预算执行" in [caption.value for caption in app.caption]
    assert "print" not in [button.key for button in app.button]
    asked = ["--recipe", "mine", "--area", "620700", "--vintages", str(vintages)]
    for command, name in (("deck", "a.pptx"), ("bulletin", "a.docx")):
        assert main([command, *asked, "--out", str(tmp_path / name)]) == 1
        assert capsys.readouterr().err == "没有数据，未生成的页：预算执行\n"
        assert not (tmp_path / name).exists()


def test_an_offices_own_template_comes_first_and_a_broken_one_is_named(tmp_path):
    vintages = write_vintage(tmp_path / "vintages")
    own = tmp_path / "local" / "template.pptx"
    own.parent.mkdir()
    own.write_bytes(blank("4x3"))
    app = opened(vintages)
    assert app.get("button_group")[-1].options[0] == "本单位模板"
    assert drawn_width(app) == 720
    app.session_state["pick_size"] = "16x9"
    app.run()
    assert drawn_width(app) == 960
    own.write_bytes(b"PK")
    app = opened(vintages)
    assert "template.pptx 不是可以打开的" in app.error[0].value
    assert drawn_width(app) == 960


def drawn_width(app):
    """Return how many points the slides of a page are wide."""
    picture = next(e.value for e in app.get("html") if 'class="slide"' in e.value)
    data = re.search('base64,([^"]+)', picture)[1]
    return int(ET.fromstring(b64decode(data)).get("viewBox").split()[2])


def test_an_edited_deck_takes_another_period_and_says_what_it_did(vintages, con):
    choice = Choice(D, "620700", "2024-Q2")
    made = compose(Asking(con), read_recipe("quarterly", FOLDERS), choice, FOLDERS)
    old = exports.write_deck(exports.release_deck(Asking(con), made, words("zh")))
    app = opened(vintages)
    app.session_state["refresh"] = True
    app.run()
    app.file_uploader(key="old_deck").set_value([("二季度.pptx", old, "")]).run()
    app.selectbox(key="refresh_period").set_value("2024-Q3").run()
    [report] = [e.value for e in app.text]
    assert re.search(r"已更新 \d+ 处：\n", report)
    assert "第2页" in report
    app.file_uploader(key="old_deck").set_value([("别的.pptx", b"PK", "")]).run()
    assert "别的.pptx 不是可以打开的幻灯片" in app.error[0].value


def test_what_changed_since_the_meeting_is_listed(tmp_path):
    vintages = write_vintage(tmp_path / "vintages")
    now = (vintages / "current").read_text("utf-8").strip()
    shutil.copytree(vintages / now, vintages / "2024-11-20-later")
    with duckdb.connect(vintages / "2024-11-20-later" / store.DATABASE) as con:
        con.execute("""update observation set obs_value = 2e6, printed = '200'
                       where observation_id = (select min(observation_id) from observation
                         where in_force and obs_value is not null
                           and indicator = 'condolence_fund')""")
        con.execute("""update series set ytd_value = ytd_value * 2
                       where indicator = 'condolence_fund'""")
    issue = {"2024年第2期": {"title": "调度会", "vintage": now}}
    (vintages / "frozen.json").write_text(json.dumps(issue), encoding="utf-8")
    (vintages / "current").write_text("2024-11-20-later\n", encoding="utf-8")
    app = opened(vintages)
    assert app.selectbox(key="pick_asof").options == ["最新数据", "2024年第2期 调度会"]
    key = next(k for k in shown(app) if "慰问金" in app.text_input(key=f"title_{k}").value)
    app.text_input(key=f"title_{key}").input("慰问金翻了一番").run()
    assert not app.warning
    app.selectbox(key="pick_asof").set_value("2024年第2期").run()
    assert "标题是您写的，数据已变，请核对。" in [w.value for w in app.warning]
    assert app.query_params["asof"] == "2024年第2期"
    app.session_state["changed_since"] = True
    app.run()
    [row] = app.dataframe[0].value.to_dict("records")
    assert (row["变化"], row["指标"], row["现在"]) == ("改动", "慰问金发放额", "200 万元")
