"""A deck: what its numbers are, that they move with the period, and what may leave the house."""

import re
import shutil

import duckdb
import pytest
import yaml
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from dashboard import charts, exports, store
from dashboard.decks import (
    QUESTIONS,
    Asked,
    Choice,
    RecipeError,
    compose,
    make,
    moved,
    read_recipe,
    recipe_of,
    recipes,
    settle,
)
from dashboard.decks.findings import FINDINGS
from dashboard.decks.questions import AREAS, CODES, OPTIONS, WINDOWS
from dashboard.decks.questions import PERIODS as TIMES
from dashboard.decks.questions.overview import values_of
from dashboard.decks.setting import Wanted
from dashboard.exports.__main__ import main
from dashboard.exports.pptx import said
from dashboard.locale import words
from dashboard.queries import topics
from dashboard.queries.ask import Asking, Remembering
from dashboard.queries.periods import between, shifted
from dashboard.queries.values import Change
from tests.dashboard.office import ROOT
from tests.dashboard.small_vintage import write_vintage

D, CITY = "demonstration", "620700"
FOLDERS = (ROOT / "data" / "catalogue",)
SLIDES = [n for n in recipes(FOLDERS) if read_recipe(n, FOLDERS).document == "slides"]
CELL = re.compile(r"-?\d[\d,]*\.?\d*")


def deck_of(con, recipe="quarterly", period="2024-Q2", lang="zh"):
    choice = Choice(D, CITY, period, lang)
    return compose(Remembering(con), read_recipe(recipe, FOLDERS), choice, FOLDERS)


def in_series(con, point):
    """Return the value of a point's series in the unit shown, as the vintage holds it."""
    column = "ytd_value" if point.measure == "ytd" else "obs_value"
    [(value, factor)] = con.execute(
        f"""select s.{column}, coalesce(u.factor, 1) from series s
            join indicator i on i.indicator_word = s.indicator
            left join unit u on u.unit = i.display_unit where s.series_id = $n""",
        {"n": point.series_id},
    ).fetchall()
    return None if value is None else value / factor


WORKED_OUT = ("progress", "jobs")  # shares of targets; fairs have no bar beside posts
COLUMNS = ("progress", "change", "place")


@pytest.mark.parametrize("recipe", SLIDES)
def test_every_number_of_a_deck_is_the_vintage_s(con, recipe):
    deck = deck_of(con, recipe)
    checked = 0
    for slide in deck.slides:
        for asked, chart in zip(slide.asked, slide.charts, strict=True):
            for point in chart.points if asked.question not in WORKED_OUT else ():
                if point.category in COLUMNS or not point.series_id:
                    continue
                expected = in_series(con, point)
                assert point.value == (None if expected is None else pytest.approx(expected))
                checked += point.value is not None
    assert checked > 50


def test_a_file_has_the_numbers_of_the_deck(con, vintages, tmp_path, capsys):
    """Reopened: every native chart's numbers, gaps as gaps, and its workbook."""
    out = tmp_path / "deck.pptx"
    asked = ["deck", "--area", CITY, "--period", "2024-Q2", "--vintages", str(vintages)]
    assert main([*asked, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("已生成 deck.pptx：")
    assert "双清单进展" in said
    deck = deck_of(con)
    names = {f"{s.key}/chart-{n}": c for s in deck.slides for n, c in enumerate(s.charts, start=1)}
    native = [
        shape
        for slide in Presentation(out).slides
        for shape in slide.shapes
        if shape.has_chart and shape.name in names
    ]
    assert len(native) >= 3
    for shape in native:
        chart = names[shape.name]
        written = [v for plot in shape.chart.plots for s in plot.series for v in s.values]
        drawn = [p.value for p in chart.points]
        assert sorted(filter(None, written)) == pytest.approx(sorted(filter(None, drawn)))
        assert shape.chart.part.chart_workbook.xlsx_part is not None


@pytest.mark.parametrize("recipe", [*recipes(FOLDERS)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_recipe_of_ours_makes_a_deck_in_both_languages(con, recipe, lang):
    deck = deck_of(con, recipe, lang=lang)
    assert len(deck.slides) >= 3
    keys = [slide.key for slide in deck.slides]
    assert len(keys) == len(set(keys))
    for slide in deck.slides:
        assert len(slide.asked) == len(slide.charts)
        assert "" not in (slide.name, slide.title)
        for chart in slide.charts:
            assert "" not in (chart.provenance.source, chart.provenance.vintage)


@pytest.mark.parametrize("recipe", [*recipes(FOLDERS)])
@pytest.mark.parametrize("period", ["2023-Q1", "2023-Q4", "2024-Q3", "2023", "2024-S1"])
def test_a_deck_of_any_period_is_made(con, recipe, period):
    """The first of all, with nothing before it; the last; years and halves."""
    assert deck_of(con, recipe, period).slides[0].layout == "cover"


def test_the_quarterly_report_says_its_findings(con):
    titles = {slide.key: slide.title for slide in deck_of(con).slides}
    assert titles["cover"] == "张掖市双拥工作情况汇报"
    assert titles["recruits"] == "上半年输送新兵人数同比增长8.4%，甘州区居首"
    assert titles["next"] == "下一步打算"
    assert titles["annex"] == "附表：各县区主要指标"


def test_a_page_a_county_names_it(con):
    slides = [s for s in deck_of(con, "profiles").slides if s.key.startswith("county-")]
    assert [s.key for s in slides][1:3] == ["county-620702", "county-620721"]
    assert slides[1].title.startswith("甘州区：上半年慰问金发放额")
    profile = slides[1].charts[0]
    [money] = [s for s in profile.series if s.name == "慰问金发放额（万元）"]
    assert [p.short for p in money.points] == ["31.00", "+8.8%", "—", "1/5 —"]


def test_every_slide_says_who_reported(con):
    deck = deck_of(con)
    told = {slide.key: said.subtitle(deck, slide)[1] for slide in deck.slides[1:]}
    assert told["problems"] == told["next"] == told["annex"] == "2024年二季度　应报7个，已报7个"
    [table] = next(slide.charts for slide in deck.slides if slide.key == "annex")
    assert said.covered(table).endswith("应有28个数，已有26个")
    counties = {slide.key: slide for slide in deck_of(con, "profiles").slides}
    assert counties["county-620702"].coverage == "应报5项，已报5项"


def test_a_tile_says_over_which_areas_its_change_is(con):
    """One of seven counties had not reported the year before; the figure counts all seven."""
    asked = Wanted(settle(Remembering(con), Choice(D, CITY, "2024-Q2")), {})
    [(value, measure)] = values_of(asked, ("condolence_fund",))
    partly = value._replace(n_expected=7, change=Change(250e4, 200e4, 6, exact=True))
    labels = asked.labels
    chart = charts.tiles(
        [(partly, measure)], {}, CITY, "2024-Q2", None, labels, deck_of(con).provenance
    )
    assert chart.points[0].change == "+25.0%（按6个可比地区）"


def test_of_stocks_the_year_so_far_is_their_value(con):
    setting = settle(Remembering(con), Choice(D, CITY, "2024-Q2"))
    codes = "issues_overdue,recruits_sent"
    chart = make(setting, Asked("tiles", (("tiles", codes), ("measure", "ytd"))))
    assert [p.measure for s in chart.series for p in s.points if p.category == "value"] == [
        "value",
        "ytd",
    ]


def test_whole_years_are_those_that_are_over():
    assert topics.ended("2024-Q2") == ("2023", "2024-Q2")
    assert topics.ended("2024-Q4") == ("2024", "2024-Q4")
    assert topics.ended("2024-M05") == ("2023", "2024-Q1")
    assert topics.ended("2024-M02") == ("2023", "2023-Q4")
    assert topics.ended("2024") == ("2024", "2024-Q4")


def test_a_table_of_what_nobody_reports_does_not_become_one_of_something_else(con):
    setting = settle(Asking(con), Choice(D, CITY, "2024-Q2"))
    assert make(setting, Asked("pivot", (("indicators", "honor_plaque_total"),))) is None


def test_a_series_of_years_begins_with_a_whole_one(con):
    """2021 without its first half, beside whole years, looked as if nobody had been sent."""
    for period, first in {"2024-Q2": "2022-Q1", "2024": "2022", "2023-S2": "2021-S1"}.items():
        wanted = Wanted(settle(Remembering(con), Choice(D, CITY, period)), {"first": "year-2"})
        assert wanted.span() == (first, period)


def test_a_slide_of_the_year_so_far_shows_the_fairs_of_the_year_so_far(con):
    setting = settle(Remembering(con), Choice(D, CITY, "2024-Q2"))
    own, so_far = (make(setting, Asked("jobs", (("measure", m),))) for m in ("value", "ytd"))
    assert [chart.period for chart in (own, so_far)] == ["2024年二季度", "2024年1—6月"]
    assert so_far.title.startswith("张掖市2024年1—6月招聘会")
    assert all(
        (a.value or 0) <= (b.value or 0) for a, b in zip(own.points, so_far.points, strict=True)
    )


def test_next_steps_know_the_plan_and_what_the_season_brought(con):
    lines = {p: slide_lines(con, p, "next") for p in ("2024-Q2", "2023-Q4")}
    told = " ".join(lines["2024-Q2"])
    assert "到2024年三季度末，年度目标按序时进度应完成75.0%" in told
    assert "上年同期（2023年三季度）有季节性的工作：" in told
    assert "上年同期（2023年一季度）" in " ".join(lines["2023-Q4"])


def slide_lines(con, period, key):
    return next(s.lines for s in deck_of(con, period=period).slides if s.key == key)


@pytest.mark.parametrize(
    "choice", ["indcator=condolence_fund", "indicator=condolence", "measure=all", "first=2024-Q9",
               "area=Zhangye", "now=June"],
)  # fmt: skip
def test_a_picture_of_an_unknown_choice_is_refused(vintages, tmp_path, capsys, choice):
    out = tmp_path / "a.svg"
    asked = ["picture", "ranking", choice, "--area", CITY, "--vintages", str(vintages)]
    assert main([*asked, "--out", str(out)]) == 1
    assert capsys.readouterr().err.startswith(f"不认识的选项：{choice}")
    assert not out.exists()


def test_every_choice_that_questions_read_is_known():
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "dashboard" / "decks").rglob("*.py")
        if path.parent.name != "findings"
    )
    read = {*re.findall(r"""(?:said\.get|\.one|\.many)\(\s*["'](\w+)""", code)}
    assert read - {"slides"} <= {*CODES, *AREAS, *TIMES, *WINDOWS, *OPTIONS}
    assert {"measure", "shape", "per", "reach"} <= read


def test_a_period_that_is_none_is_passed_over(con):
    setting = settle(Asking(con), Choice(D, CITY, "2024-Q2"))
    asked = (("indicators", "recruits_sent"), ("first", "zz"), ("last", "2024Q9"))
    assert make(setting, Asked("trend", asked)) == make(setting, Asked("trend", asked[:1]))


def test_a_statement_runs_once(con):
    ran = []

    class Counted:
        """A connection that keeps what it is asked to run."""

        def cursor(self):
            return self

        def execute(self, sql, choice=None):
            ran.append((sql, repr(choice)))
            return con.cursor().execute(sql, choice)

    choice = Choice(D, CITY, "2024-Q2")
    recipe = read_recipe("quarterly", FOLDERS)
    deck = compose(Remembering(Counted()), recipe, choice, FOLDERS)
    assert len(ran) == len(set(ran)) > 40
    assert deck == compose(Asking(con), recipe, choice, FOLDERS)


# --- periods --------------------------------------------------------------------------------------

SPANS = (("2019-Q1", "2025-Q4"), ("2019", "2025"), ("2019-S1", "2025-S2"), ("2019-M01", "2025-M12"))
PERIODS = st.sampled_from([period for span in SPANS for period in between(*span)])


def test_a_view_moves_with_the_deck():
    asked = Asked("trend", (("indicators", "job_fairs"), ("first", "2022-Q3"), ("last", "2024-Q2"),
                            ("now", "2024-01..2024-06"), ("base", "2023-01..2023-06"),
                            ("from", "2021"), ("to", "2024")))  # fmt: skip
    assert dict(moved(asked, "2024-Q2", "2025-Q2").choices) == {
        "indicators": "job_fairs", "first": "2023-Q3", "last": "2025-Q2",
        "now": "2025-01..2025-06", "base": "2024-01..2024-06", "from": "2022", "to": "2025",
    }  # fmt: skip
    relative = Asked("trend", (("first", "-7"), ("last", "0")))
    assert moved(relative, "2024-Q2", "2024-Q3") == relative


@given(PERIODS, st.integers(-12, 12))
def test_a_period_moved_by_its_own_length_is_the_next_one(period, n):
    after = shifted(period, n)
    assert shifted(after, -n) == period
    asked = Asked("ranking", (("period", period),))
    assert dict(moved(asked, period, after).choices) == {"period": after}


# --- recipes --------------------------------------------------------------------------------------


def test_an_office_s_recipe_stands_for_ours(tmp_path):
    (tmp_path / "decks").mkdir()
    own = {"name": "我们的", "slides": [{"key": "a", "charts": ["jobs"]}]}
    (tmp_path / "decks" / "quarterly.yml").write_text(
        yaml.safe_dump(own, allow_unicode=True), encoding="utf-8-sig"
    )
    recipe = read_recipe("quarterly", (*FOLDERS, tmp_path))
    assert (recipe.name, len(recipe.pages)) == (("我们的", "我们的"), 1)
    assert recipe.pages[0].charts == (Asked("jobs"),)


def test_every_question_and_finding_is_in_the_contract():
    contract = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    of_recipes = contract[contract.index("- `decks/NAME.yml`") : contract.index("- `map.yml`")]
    named = set(re.findall(r"[a-z_]+", of_recipes))
    assert {*QUESTIONS, *FINDINGS} - named == set()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (["a"], "报告模板 own.yml 读不懂：应当是键和列表，参见 docs/contract.md。"),
        ({"slides": []}, "报告模板 own.yml 里没有任何一页（slides）。"),
        ({"slides": "a"}, "报告模板 own.yml 读不懂：应当是键和列表，参见 docs/contract.md。"),
        ({"slides": [{"key": "a"}, {"key": "a"}]},
         "报告模板 own.yml 里有两页都叫 a；每页的 key 只用一次。"),
        ({"slides": [{"key": "a", "layout": "wide"}]},
         "报告模板 own.yml 里有一页（a）缺 key（字母、汉字、数字、_ 和 -，不超过60个），"
         "或 layout 不是 cover、content、text 之一。"),
        ({"slides": [{"key": "a/chart-1"}]}, "报告模板 own.yml 里有一页（a/chart-1）缺 key"),
        ({"title": ["a"], "slides": [{"key": "a"}]}, "报告模板 own.yml 读不懂"),
        ({"slides": [{"key": "a", "charts": ["pie"]}]},
         "报告模板 own.yml 的 a 页里没有 pie 这个问法；可用的有："),
        ({"slides": [{"key": "a", "title": {"ask": "ranking"}}]},
         "报告模板 own.yml 的 a 页里没有 ranking 这个问法；可用的有："),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_recipe_is_said(said, sentence):
    with pytest.raises(RecipeError) as wrong:
        recipe_of("own", said, "own.yml")
    text = words("zh")(f"deck.recipe.{wrong.value.reason}", **wrong.value.blanks)
    assert text.startswith(sentence)


def test_a_file_nested_without_end_is_no_recipe(tmp_path):
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "own.yml").write_text("[" * 3000, "utf-8")
    with pytest.raises(RecipeError, match="unreadable"):
        read_recipe("own", [tmp_path])


@pytest.mark.parametrize(("command", "suffix"), [("deck", ".pptx"), ("bulletin", ".docx")])
def test_a_title_may_hold_any_character_at_any_length(vintages, tmp_path, command, suffix):
    folder = tmp_path / "local" / "decks"
    folder.mkdir(parents=True)
    shutil.copytree(vintages, tmp_path / "vintages")
    (folder / "own.yml").write_text(
        'title: "=甲{x}\\u0001\\ud800' + "长" * 300 + '"\n'
        "slides: [{key: cover, layout: cover, name: null},"
        ' {key: a, layout: text, name: "\\u000b"}]\n',
        "utf-8",
    )
    out = tmp_path / f"own{suffix}"
    asked = [command, "--vintages", str(tmp_path / "vintages"), "--area", CITY, "--out", str(out)]
    assert main([*asked, "--recipe", "own"]) == 0
    opened = Presentation(out) if command == "deck" else Document(out)
    assert opened.core_properties.title == ("=甲{x}" + "长" * 300)[:255]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--area", CITY, "--recipe", "nope"], "没有名为 nope 的报告模板；可用的有："),
        (["--area", "999999"], "数据集demonstration里没有地区999999的数据。"),
        (["--area", CITY, "--period", "2024Q2"],
         "时期写成 2024-Q2、2024-S1、2024-M06 或 2024，不是 2024Q2。"),
        (["--area", CITY, "--period", "2031-Q1"],
         "没有 2031-Q1 的数据；有数据的时期：2023年一季度 – 2024年三季度"),
    ],
)  # fmt: skip
def test_the_command_says_why_it_writes_nothing(vintages, tmp_path, capsys, arguments, sentence):
    out = tmp_path / "deck.pptx"
    asked = ["deck", "--vintages", str(vintages), "--out", str(out), *arguments]
    assert main(asked) == 1
    assert capsys.readouterr().err.startswith(sentence)
    assert not out.exists()


# --- what may leave the house ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def changing(tmp_path_factory):
    """A vintage whose counts of recruits the tests change."""
    folder = write_vintage(tmp_path_factory.mktemp("few"))
    return store.newest(folder)


FEW = st.lists(st.integers(0, 6), min_size=7, max_size=7)


@settings(max_examples=6, deadline=None)
@given(FEW)
def test_no_slide_tells_a_small_count(changing, counts):
    """The city's and its counties' recruits of a quarter, of any few."""
    areas = ("620700-00", "620702", "620721", "620722", "620723", "620724", "620725")
    with duckdb.connect(str(changing)) as writing:
        told = [*zip(areas, counts, strict=True), (CITY, sum(counts))]
        for area, n in told:
            writing.execute(
                """update series set obs_value = $n, ytd_value = $n, obs_status = 'A',
                          qualifier = 'exact', ytd_qualifier = 'exact', conflict = false
                   where indicator = 'recruits_sent' and ref_area = $area
                     and time_period = '2024-Q1'""",
                {"n": n, "area": area},
            )
    con = store.open_vintage(changing)
    ask = Remembering(con)
    for recipe in ("quarterly", "profiles", "bulletin"):
        choice = Choice(D, CITY, "2024-Q1")
        deck = compose(ask, read_recipe(recipe, FOLDERS), choice, FOLDERS)
        released = exports.release_deck(ask, deck, words("zh"))
        for slide in released.slides:
            points = [p for chart in slide.charts for p in chart.points]
            of_recruits = [p for p in points if p.indicator.startswith("输送新兵人数")]
            few = [p.text for p in of_recruits if p.value in (1, 2) and p.text.endswith("人")]
            assert few == []
            said = " ".join((slide.title, *slide.lines))
            assert not re.search(r"(?<![\d.])[12]人", said), said
    con.close()


def test_a_slide_that_withholds_keeps_its_name_and_what_else_it_says(changing):
    with duckdb.connect(str(changing)) as writing:
        writing.execute("""update series set obs_value = 2, ytd_value = 2, qualifier = 'exact',
                           ytd_qualifier = 'exact' where indicator = 'recruits_sent'
                           and ref_area = '620721' and time_period = '2024-Q1'""")
    con = store.open_vintage(changing)
    ask = Remembering(con)
    deck = compose(ask, read_recipe("quarterly", FOLDERS), Choice(D, CITY, "2024-Q1"), FOLDERS)
    released = exports.release_deck(ask, deck, words("zh"))
    before, after = ({s.key: s for s in d.slides}["recruits"] for d in (deck, released))
    assert before.title.startswith("一季度输送新兵人数")
    assert any("招聘会" in line for line in before.lines)
    assert (after.title, after.rests_on) == ("征兵与就业", ())
    assert after.lines == before.lines  # they speak of job fairs
    con.close()


def test_a_contradiction_of_persons_is_told_without_their_numbers(changing):
    """少2人 beside a table that withholds two persons would give them back."""
    with duckdb.connect(str(changing)) as writing:
        writing.execute("""update issue set rule = 'stock_fell', message = '比上次少 2 人。',
                           indicator = 'veterans_registered' where ref_area = '620724'""")
    con = store.open_vintage(changing)
    deck = compose(Remembering(con), read_recipe("quarterly", FOLDERS), Choice(D, CITY, "2024-Q3"))
    problems = next(slide for slide in deck.slides if slide.key == "problems")
    assert problems.lines[-1] == (
        "高台县在册退役军人数：存量下降（张掖市2024年双拥报表.xlsx 季度表 I10）"
    )
    con.close()


def test_an_indicator_without_values_gives_its_panel_to_the_others(changing):
    """市本级 sends no recruits: an empty panel stood beside its condolence money."""
    with duckdb.connect(str(changing)) as writing:
        writing.execute("""update series set obs_value = null, obs_status = 'M'
                           where indicator = 'recruits_sent' and ref_area = '620700-00'""")
        writing.execute("insert into planned_curve values ('publicity_events', ?, '八一前后', 'x')",
                        [[0.0] * 8 + [90.0] * 4])  # fmt: skip
    con = store.open_vintage(changing)
    setting = settle(Remembering(con), Choice(D, "620700-00", "2024-Q2"))
    asked = Asked("trend", (("indicators", "condolence_fund,recruits_sent"), ("first", "-3")))
    chart = make(setting, asked)
    assert {p.indicator for p in chart.points} == {"慰问金发放额"}
    assert chart.notes[-1] == "不在图中（没有数）：输送新兵人数"
    assert "到2024年三季度末，双拥宣传活动场次按计划进度应完成90.0%（八一前后）" in (
        slide_lines(con, "2024-Q2", "next")
    )
    con.close()
