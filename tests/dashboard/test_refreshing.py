"""Decks of a vintage are refreshed: by recipe or of views taken, and the command reports."""

import io
import shutil
from dataclasses import replace

import duckdb
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard import exports, store
from dashboard.decks import Asked, Choice, compose, read_recipe
from dashboard.decks.views import of_views
from dashboard.exports import pptx
from dashboard.exports.__main__ import main
from dashboard.exports.pptx import record
from dashboard.exports.refreshing import refreshed
from dashboard.locale import words
from dashboard.queries.ask import Remembering
from tests.dashboard.office import ROOT
from tests.dashboard.small_vintage import write_vintage

D, CITY = "demonstration", "620700"
FOLDERS = (ROOT / "data" / "catalogue",)
VIEWS = (
    Asked("ranking", (("indicator", "condolence_fund"), ("period", "2024-Q1"))),
    Asked("trend", (("indicators", "condolence_fund"), ("first", "2023-Q2"), ("last", "2024-Q1"))),
)


def written(con, recipe, period):
    ask = Remembering(con)
    deck = compose(ask, recipe, Choice(D, CITY, period), FOLDERS)
    return exports.write_deck(exports.release_deck(ask, deck, words("zh")))


def said(data):
    """Return what every slot of a deck says, charts as their figures."""
    found = {}
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                plot = shape.chart.plots[0]
                series = {s.name: tuple(s.values) for s in plot.series}
                found[shape.name] = (list(plot.categories), series)
            elif shape.has_table:
                found[shape.name] = [[c.text for c in row.cells] for row in shape.table.rows]
            elif shape.has_text_frame:
                found[shape.name] = shape.text_frame.text
    return found


def test_a_refreshed_report_says_what_a_new_one_says(con):
    recipe = read_recipe("quarterly", FOLDERS)
    old, new = (written(con, recipe, period) for period in ("2024-Q1", "2024-Q2"))
    done = refreshed(Remembering(con), old, pptx.record_of(old), D, "2024-Q2", FOLDERS)
    told, expected = said(done.data), said(new)
    differ = {name for name in told if told[name] != expected.get(name)}
    stay = {slot for what in ("kept", "gone", "edited", "check") for slot in done.of(what)}
    assert differ <= stay | {f"{slot}/{part}" for slot in stay for part in ("title", "lines")}
    assert len(done.of("updated")) > 20


def test_views_taken_move_with_the_period_and_their_cover_too(con):
    old, new = (
        written(con, of_views(views), period)
        for views, period in (
            (VIEWS, "2024-Q1"),
            (
                (
                    Asked("ranking", (("indicator", "condolence_fund"), ("period", "2024-Q3"))),
                    Asked("trend", (("indicators", "condolence_fund"), ("first", "2023-Q4"),
                                    ("last", "2024-Q3"))),
                ),
                "2024-Q3",
            ),
        )
    )  # fmt: skip
    done = refreshed(Remembering(con), old, pptx.record_of(old), D, "2024-Q3", FOLDERS)
    assert {line.what for line in done.lines} <= {"updated", "same"}
    assert [*said(done.data).values()] == [*said(new).values()]
    # and once more, from the file that was refreshed
    back = refreshed(Remembering(con), done.data, pptx.record_of(done.data), D, "2024-Q1", FOLDERS)
    assert said(back.data) == said(old)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A vintage in which Sunan sent ten recruits in the first quarter, two in the second."""
    folder = write_vintage(tmp_path_factory.mktemp("few"))
    with duckdb.connect(str(store.newest(folder))) as writing:
        for period, value, year in (("2024-Q1", 10, 10), ("2024-Q2", 2, 12), ("2024-Q3", 9, 21)):
            writing.execute(
                """update series set obs_value = $value, ytd_value = $year, obs_status = 'A',
                          qualifier = 'exact', ytd_qualifier = 'exact', conflict = false
                   where indicator = 'recruits_sent' and ref_area = '620721'
                     and time_period = $period""",
                {"value": value, "year": year, "period": period},
            )
    return store.open_vintage(store.newest(folder))


RECRUITS = tuple(
    Asked("trend", (("indicators", "recruits_sent"), ("areas", "620721"), ("measure", measure),
                    ("first", "2024-Q1"), ("last", "2024-Q1")))
    for measure in ("value", "ytd")
)  # fmt: skip


def test_what_stays_is_no_help_to_work_out_a_small_count(few):
    """Ten in the first quarter, which people kept, and twelve to June: two in the second."""
    presentation = Presentation(io.BytesIO(written(few, of_views(RECRUITS), "2024-Q1")))
    [quarter, year] = [s for p in presentation.slides for s in p.shapes if s.has_chart]
    untouched = io.BytesIO()
    presentation.save(untouched)
    quarter.chart._chartSpace.find(f".//{qn('c:v')}").text = "新兵"
    old = io.BytesIO()
    presentation.save(old)

    def after(data, period):
        done = refreshed(Remembering(few), data, pptx.record_of(data), D, period, FOLDERS)
        return done, {name: what[1] for name, what in said(done.data).items()
                      if name in (quarter.name, year.name)}  # fmt: skip

    def values(found, chart):
        return [value for series in found[chart.name].values() for value in series]

    _, found = after(untouched.getvalue(), "2024-Q2")
    assert (values(found, quarter), values(found, year)) == ([None], [12])
    done, found = after(old.getvalue(), "2024-Q2")
    assert done.of("edited") == (quarter.name,)
    assert (values(found, quarter), values(found, year)) == ([10], [None])
    # the file remembers of which quarter the ten are: to September nothing is given away
    again, found = after(done.data, "2024-Q3")
    kept = pptx.record_of(again.data).slots[quarter.name]
    assert (kept.period, values(found, year)) == ("2024-Q1", [21])


def test_the_command_writes_the_deck_and_its_report(con, vintages, tmp_path, capsys):
    old, out = tmp_path / "old.pptx", tmp_path / "new.pptx"
    presentation = Presentation(
        io.BytesIO(written(con, read_recipe("quarterly", FOLDERS), "2024-Q2"))
    )
    [title] = [s for p in presentation.slides for s in p.shapes if s.name == "visits/title"]
    title.text_frame.text = "我们的话"
    presentation.save(old)
    asked = ["refresh", str(old), "--vintages", str(vintages), "--out", str(out)]
    assert main([*asked, "--period", "2024-Q3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "已写入 new.pptx"
    assert any("visits/title" in line for line in lines[2:4])
    assert said(out.read_bytes())["visits/title"] == "我们的话"
    assert main([*asked, "--period", "2031-Q1"]) == 1
    assert main([*asked, "--period", "2024-S1"]) == 1
    assert "长短不同" in capsys.readouterr().err
    old.write_bytes(b"no deck")
    assert main([*asked, "--period", "2024-Q3"]) == 1
    assert "old.pptx 不是可以打开的幻灯片" in capsys.readouterr().err


def test_a_recipe_that_somebody_broke_since_is_a_sentence(con, vintages, tmp_path, capsys):
    old, mine = tmp_path / "old.pptx", tmp_path / "vintages"
    old.write_bytes(written(con, read_recipe("quarterly", FOLDERS), "2024-Q2"))
    shutil.copytree(vintages, mine)
    (tmp_path / "local" / "decks").mkdir(parents=True)
    (tmp_path / "local" / "decks" / "quarterly.yml").write_text("slides: [a", encoding="utf-8")
    out = tmp_path / "new.pptx"
    asked = ["refresh", str(old), "--vintages", str(mine), "--out", str(out)]
    assert main([*asked, "--period", "2024-Q3"]) == 1
    assert "quarterly.yml" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("choice", [{"period": "2024第二季度"}, {"lang": "fr"}])
def test_a_record_that_says_what_cannot_be_is_none(con, choice):
    presentation = Presentation(
        io.BytesIO(written(con, read_recipe("quarterly", FOLDERS), "2024-Q2"))
    )
    package = presentation.part.package
    made = record.read(package)
    record.keep(package, replace(made, choice=replace(made.choice, **choice)))
    with pytest.raises(pptx.UnrecordedError):
        record.read(package)
