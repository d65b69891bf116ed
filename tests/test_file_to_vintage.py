"""The main job: the committed workbooks from file to vintage, by the command line, and back."""

from __future__ import annotations

import functools
import json
import random
import re
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from etl.__main__ import main
from etl.files import known, read_file
from etl.pipeline import workbooks
from etl.vintages import register
from etl.workers import Worker


@pytest.fixture(scope="module")
def vintages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("main") / "vintages"
    assert main(["load", "--vintages", str(folder)]) == 0
    return folder


def database(vintages: Path) -> Path:
    return vintages / (vintages / "current").read_text("utf-8").strip() / "indicators.duckdb"


def ask(vintages: Path, sql: str, *values: object) -> list[tuple]:
    with duckdb.connect(database(vintages), read_only=True) as con:
        return con.execute(sql, values).fetchall()


def test_published_figures_are_there_with_their_cells(vintages):
    assert ask(
        vintages,
        "select ref_area, time_period, obs_value, period_inferred, qualifier, source_file, cell "
        "from observation where dataset = 'published' and (indicator, obs_value) in "
        "(('condolence_goods_value', 590000), ('recruits_sent', 41), "
        "('troop_support_investment', 230000000)) order by ref_area",
    ) == [
        ("140929", "2020-01-01/P63M", 230000000, True, "nearly", "岢岚县双拥数据.csv", "E6"),
        ("150300", "2024-01-01/P7M", 41, True, "exact", "乌海市双拥指标_2024.xlsx", "D12"),
        ("620700", "2023-Q1", 590000, False, "exact", "张掖市双拥数据_2023.xlsx", "G7"),
    ]
    printed = ask(
        vintages,
        "select printed, obs_value from observation where qualifier = 'non_numeric' order by 1",
    )
    assert printed == [("多场", None), ("多次", None)]


def test_wuhai_contradicts_itself_twice(vintages):
    found = ask(
        vintages,
        "select rule, cell from issue where source_file like '乌海%' and severity = 'warning' "
        "order by rule",
    )
    assert found == [("interval_below_part", "D29,D31,D34"), ("relation_about_equal", "D17,D19")]


def test_the_second_quarter_is_the_difference_to_the_cent(vintages):
    """Wherever both year-to-dates are reported exactly; elsewhere reported, or null and why."""
    rows = ask(
        vintages,
        """
        with q as (
            select indicator, ref_area, year(period_start) as year,
                   max(obs_value) filter (month(period_end) = 3) as march,
                   max(obs_value) filter (month(period_end) = 6) as june
            from observation join indicator i using (indicator)
            where dataset = 'demonstration' and in_force and breakdown = '_T' and i.kind = 'flow'
              and month(period_start) = 1 and qualifier = 'exact' and obs_status = 'A'
            group by all)
        select s.obs_value, round(june - march, 2), s.method, s.reason
        from series s join indicator i using (indicator)
        left join q on (q.indicator, q.ref_area, q.year)
                     = (s.indicator, s.ref_area, year(s.period_start))
        where s.dataset = 'demonstration' and s.freq = 'Q' and s.breakdown = '_T'
          and i.kind = 'flow' and s.time_period like '%-Q2' and s.method <> 'summed'
          and not exists (from ref_area a where a.parent = s.ref_area)
        """,
    )
    both = [row for row in rows if row[1] is not None]
    assert len(both) >= 0.8 * len(rows)
    assert all(value == difference for value, difference, *_ in both)
    for value, _, method, reason in (row for row in rows if row[1] is None):
        assert method in ("reported", "derived") if value is not None else reason


@pytest.mark.parametrize("dataset", ["demonstration", "published"])
def test_the_cells_of_lineage_give_the_value_again(vintages, dataset):
    with duckdb.connect(database(vintages), read_only=True) as con:
        known = con.execute(
            "select series_id, obs_value, method from series where dataset = $1 "
            "and obs_value is not null order by series_id",
            [dataset],
        ).fetchall()
        for series_id, value, method in random.Random(7).sample(known, min(200, len(known))):
            cells = con.execute(
                "select role, sum(sign * obs_value) from lineage "
                "join observation using (observation_id) "
                "where series_id = $1 and measure = 'value' group by role",
                [series_id],
            ).fetchall()
            parts = dict(cells)
            if method == "ratio":
                found = 100 * parts["numerator"] / parts["denominator"]
            else:
                found = sum(parts.values())
            assert found == pytest.approx(value, abs=0.005), (series_id, method, parts)


def test_cells_add_up_and_issues_are_told(vintages, capsys):
    assert main(["load", "--vintages", str(vintages), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["unchanged"]
    for file in told["files"]:
        fates = [file[fate] for fate in ("label", "observation", "check", "issue", "note")]
        assert sum(fates) == file["cells"] > 0
    assert ask(
        vintages,
        "select count(*) from source where n_cells <> n_labels + n_observations + n_checks "
        "+ n_issues + n_notes",
    ) == [(0,)]


def broken(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "二季度"
    for row in (
        ["张掖市2024年第二季度双拥工作统计表", None, None],
        ["单位：万元", None, None],
        ["县区", "慰问金", "无关指标"],
        ["甘州区", "5+2", 3],
        ["临泽县", 4.5, 1],
    ):
        sheet.append(row)
    path = folder / "broken.xlsx"
    book.save(path)
    return path


def test_a_worker_reads_what_this_process_reads():
    """Small loads are read in this process, large ones in workers: the same files either way."""
    sources = {path: register(path, "demonstration") for path in workbooks([Path("data/demo")])}
    vocabulary = known((Path("data/catalogue"),))[1]
    work = functools.partial(read_file, vocabulary=vocabulary, sources=sources)
    worker = Worker(work)
    try:
        for path in sources:
            theirs, ours = worker.ask(path), work(path)
            assert theirs.observations.to_pylist() == ours.observations.to_pylist()
            assert (theirs.issues, theirs.fates) == (ours.issues, ours.fates)
    finally:
        worker.stop()


def test_check_names_file_sheet_cell_what_and_what_to_do(tmp_path, capsys):
    assert main(["check", str(broken(tmp_path))]) == 1
    lines = [
        line for line in capsys.readouterr().out.splitlines() if line.startswith("broken.xlsx ›")
    ]
    assert len(lines) == 2
    assert re.match(
        r"broken\.xlsx › 二季度 › B4  \[错误\] “5\+2”不能读作一个数.*请只填一个数", lines[0]
    )
    assert re.match(
        r"broken\.xlsx › 二季度 › C4:C5  \[错误\] “无关指标”不是已知指标.*请核对名称", lines[1]
    )
    assert main(["check", str(broken(tmp_path)), "--lang", "en"]) == 1
    assert "“无关指标” is not a known indicator (2 cells)" in capsys.readouterr().out


def test_demonstration_goes_with_the_first_file_of_an_office(tmp_path, capsys):
    vintages = tmp_path / "vintages"
    assert main(["load", "data/demo", "--vintages", str(vintages)]) == 0
    assert main(["load", str(broken(tmp_path)), "--vintages", str(vintages)]) == 0
    assert ask(vintages, "select distinct dataset from observation") == [("reported",)]
    assert ask(vintages, "select ref_area, obs_value from observation") == [("620723", 45000)]

    assert main(["withdraw", "nobody.xlsx", "--vintages", str(vintages)]) == 1
    assert "broken.xlsx" in capsys.readouterr().err
    assert main(["withdraw", "broken.xlsx", "--vintages", str(vintages)]) == 0
    assert ask(vintages, "select count(*) from observation") == [(0,)]
    assert main(["prune", "--keep", "1", "--vintages", str(vintages)]) == 0
    assert sum(path.is_dir() and path.name[0] != "." for path in vintages.iterdir()) == 1


def test_a_file_sent_twice_under_two_names_is_loaded_once_and_named(tmp_path, capsys):
    one = broken(tmp_path)
    other = one.with_name("再报一次.xlsx")
    other.write_bytes(one.read_bytes())
    vintages = ("--vintages", str(tmp_path / "vintages"))
    assert main(["load", str(tmp_path), *vintages]) == 0
    assert "再报一次.xlsx：与 broken.xlsx 内容相同，只载入一次" in capsys.readouterr().out
    assert ask(tmp_path / "vintages", "select source_file from source") == [("broken.xlsx",)]
    assert main(["load", str(one), *vintages, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["repeated"] == {}


def test_a_catalogue_that_is_none_is_a_sentence(tmp_path, capsys):
    sheet, nowhere = str(broken(tmp_path)), str(tmp_path / "nowhere")
    assert main(["check", sheet, "--catalogue", nowhere]) == 1
    assert nowhere in capsys.readouterr().err
    assert main(["check", sheet, "--catalogue", str(tmp_path)]) == 1
    assert "words.yml" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["prune", "--keep", "-1"], ["load", "--dataset", "../x"]])
def test_an_argument_that_would_do_harm_is_refused(options, tmp_path):
    with pytest.raises(SystemExit):
        main([*options, "--vintages", str(tmp_path)])


def test_what_is_not_there_is_a_sentence(tmp_path, capsys):
    assert main(["load", str(tmp_path / "nothing.xlsx"), "--vintages", str(tmp_path / "v")]) == 1
    assert "nothing.xlsx" in capsys.readouterr().err
