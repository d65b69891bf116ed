"""A correction is in force while the source prints what it corrects, and the original stays."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from etl.catalogue import CatalogueError, load_catalogue
from etl.corrections import corrected
from etl.precedence import settled
from etl.publish import Settled, publish
from etl.records import OBSERVATION
from etl.sentences import sentences
from tests.publishing import CATALOGUE, row, source
from tests.test_publish import ask

BY_KEY = """
- indicator: condolence_fund
  ref_area: '620702'
  time_period: 2024-Q1
  expect: '86.5'
  value: 68.5
  reason: 两位数字颠倒
  who: 王
  when: 2024-05-06
"""
BY_PLACE = BY_KEY.replace("indicator: condolence_fund", "source_file: 表.xlsx").replace(
    "ref_area: '620702'\n  time_period: 2024-Q1", "sheet: Sheet1\n  cell: B2"
)


def known(folder: Path, text: str):
    (folder / "corrections.yml").write_text(text, encoding="utf-8")
    return load_catalogue([CATALOGUE, folder])


def fund(printed="86.5", value=865_000.0, **words):
    return row(
        value, indicator="condolence_fund", printed=printed, unit_printed="万元", rounding=500.0,
        low=value, high=value, **words,
    )  # fmt: skip


def judged(catalogue, *rows):
    """(value, printed, in force, why) of each report, and the rules of the issues."""
    table, issues = corrected(pa.Table.from_pylist(list(rows), OBSERVATION), catalogue)
    columns = settled(table).select(["obs_value", "printed", "in_force", "reason"])
    found = [tuple(line.values()) for line in columns.to_pylist()]
    return sorted(found, key=str), [issue.rule for issue in issues]


@pytest.mark.parametrize("text", [BY_KEY, BY_PLACE])
def test_a_correction_is_in_force_and_the_original_stays(tmp_path, text):
    found, rules = judged(known(tmp_path, text), fund())
    assert found == [
        (685_000.0, "68.5", True, "correction"),
        (865_000.0, "86.5", False, "corrected"),
    ]
    assert rules == ["corrected"]


@pytest.mark.parametrize("text", [BY_KEY, BY_PLACE])
def test_once_the_source_prints_another_figure_the_correction_rests(tmp_path, text):
    found, rules = judged(known(tmp_path, text), fund("68.6", 686_000.0))
    assert found == [(686_000.0, "68.6", True, "only")]
    assert rules == ["correction_outdated"]


def test_a_later_report_that_is_right_ends_a_correction_by_key(tmp_path):
    later = fund("68.5", 685_000.0, reported_on=dt.date(2024, 6, 1), cell="C9")
    found, rules = judged(known(tmp_path, BY_KEY), fund(), later)
    assert found == [(685_000.0, "68.5", True, "latest"), (865_000.0, "86.5", False, "superseded")]
    assert rules == ["correction_outdated"]


def test_a_report_of_the_same_rank_that_says_another_figure_is_not_hidden(tmp_path):
    """Two sheets of one day, 86.5 and 90: the correction of the first put both out of force."""
    other = fund("90", 900_000.0, source_file="另.xlsx", source_id="b" * 64)
    found, rules = judged(known(tmp_path, BY_KEY), fund(), other)
    assert [(value, force, why) for value, _, force, why in found] == [
        (865_000.0, True, "conflict"), (900_000.0, True, "conflict"),
    ]  # fmt: skip
    assert rules == ["correction_outdated"]
    assert judged(known(tmp_path, BY_KEY), fund(), fund(cell="C9"))[1] == ["corrected"]


def test_a_correction_stands_above_what_was_approved(tmp_path):
    approved = fund(approval=2)
    other = fund("99", 990_000.0, cell="C9", approval=1, reported_on=dt.date(2025, 1, 1))
    found, _ = judged(known(tmp_path, BY_KEY), approved, other)
    assert [(value, force, why) for value, _, force, why in found if force] == [
        (685_000.0, True, "correction")
    ]


@pytest.mark.parametrize(
    "other", [{"ref_area": "620721"}, {"dataset": "published"}, {"time_period": "2024-Q2"}]
)
def test_another_report_is_left_alone(tmp_path, other):
    text = BY_KEY.replace("  expect", "  dataset: reported\n  expect")
    found, rules = judged(known(tmp_path, text), fund(**other))
    assert (found[0][2:], rules) == ((True, "only"), ["correction_unmatched"])


def test_the_unit_may_be_said_and_else_is_the_cells(tmp_path):
    yuan = BY_KEY.replace("value: 68.5", "value: 685001\n  unit: 元")
    assert judged(known(tmp_path, yuan), fund())[0][0][:2] == (685_001.0, "685001")


def test_what_is_printed_is_compared_as_text_or_as_a_number(tmp_path):
    assert judged(known(tmp_path, BY_KEY), fund("86.50"))[1] == ["corrected"]
    about = BY_KEY.replace("expect: '86.5'", "expect: 约86").replace("68.5", "68.5\n  unit: 万元")
    assert judged(known(tmp_path, about), fund("约86"))[1] == ["corrected"]
    assert judged(known(tmp_path, about), fund("86"))[1] == ["correction_outdated"]


def test_the_vintage_shows_the_corrected_value_and_who_corrected_it(tmp_path):
    catalogue = known(tmp_path, BY_KEY)
    table, issues = corrected(pa.Table.from_pylist([fund()], OBSERVATION), catalogue)
    vintage = publish(
        Settled(settled(table), lambda _: issues), [source()], catalogue, tmp_path / "vintages"
    )
    assert ask(vintage, "select obs_value from series where time_period = '2024-Q1'") == [
        (685_000.0,)
    ]
    assert ask(vintage, "select severity, message from issue") == [
        (
            "note",
            "甘州区“慰问金发放额”由 86.5万元 更正为 68.5万元：两位数字颠倒（王，2024-05-06）。",
        )
    ]
    assert ask(vintage, "select count(*) from lineage join observation using (observation_id)"
                        " where reason = 'correction' and cell = 'B2'")[0][0] > 0  # fmt: skip
    assert pc.max(table["reported_on"]).as_py() == dt.date(2024, 4, 8)


def test_its_sentences_say_the_unit_of_each_figure(tmp_path):
    about = BY_KEY.replace("value: 68.5", "value: 685000\n  unit: 元")
    assert about != BY_KEY
    catalogue = known(tmp_path, about)
    _, (issue,) = corrected(pa.Table.from_pylist([fund()], OBSERVATION), catalogue)
    said = sentences(issue, catalogue)
    assert "由 86.5万元 更正为 685000元" in said.message
    assert "86.5 10k yuan was corrected to 685000 yuan" in said.message_en


def test_its_sentences_name_the_entry(tmp_path):
    catalogue = known(tmp_path, BY_KEY)
    _, (issue,) = corrected(OBSERVATION.empty_table(), catalogue)
    assert sentences(issue, catalogue).message == (
        "更正未生效（corrections.yml #1）：没有找到它所指的报告"
        "（condolence_fund 620702 2024-Q1 _T）。请核对，或删去这条更正。"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("condolence_fund", "fund", "fund is not in the catalogue"),
        ("'620702'", "'629999'", "629999 is not in the catalogue"),
        ("ref_area: '620702'", "cell: B2", "name the report by"),
        ("value: 68.5", "value: many", "value is 'many'"),
        ("2024-05-06", "soon", "write a day"),
        ("who: 王", "whom: 王", "unknown field whom"),
    ],
)
def test_a_bad_correction_is_named(tmp_path, old, new, said):
    with pytest.raises(CatalogueError) as error:
        known(tmp_path, BY_KEY.replace(old, new))
    assert said in str(error.value)
