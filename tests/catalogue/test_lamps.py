"""Lamps and planned curves: what is in force, what an office overrides, what is refused."""

from pathlib import Path

import pytest

from etl.catalogue import CatalogueError, load_catalogue
from etl.catalogue.progress import read_curves, read_lamps

OURS = Path(__file__).parents[2] / "data" / "catalogue"
TWELVE = "[0, 0, 50, 50, 50, 50, 50, 50, 100, 100, 100, 100]"
WHY = "why: {zh: 为, en: Why}"


def written(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_our_policy_is_yinchuans_and_an_office_takes_the_other(tmp_path):
    assert (lamps := read_lamps([OURS]))
    assert (lamps.policy, lamps.rule, lamps.green, lamps.yellow) == ("yinchuan", "gap", 0.0, -30.0)
    other = read_lamps([OURS, written(tmp_path, "lamps.yml", "in_force: ouhai\n")])
    assert other
    assert (other.policy, other.rule) == ("ouhai", "deadline")
    assert read_lamps([tmp_path / "nothing"]) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("in_force: nobody\n", "in_force is 'nobody'"),
        ("yinchuan: {rule: gap, green: 0, yellow: 5, name: {zh: 名, en: N}, basis: {zh: 据, en: B}}"
         "\nin_force: yinchuan\n", "must lie below green"),
        ("yinchuan: {red: 3}\n", "unknown field red"),
    ],
)  # fmt: skip
def test_a_policy_that_cannot_hold_is_refused(tmp_path, text, problem):
    with pytest.raises(CatalogueError, match=problem):
        read_lamps([OURS, written(tmp_path, "lamps.yml", text)])


def test_recruits_have_a_curve_of_their_own():
    curves = {c.indicator: c.shares for c in load_catalogue([OURS]).curves}
    assert curves["recruits_sent"][1:4] == (0.0, 45.0, 45.0)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"nobody: {{{WHY}, months: {TWELVE}}}", "nobody is not in the catalogue"),
        (f"job_fairs: {{{WHY}, months: [50, 100]}}", "twelve shares"),
        (f"job_fairs: {{{WHY}, months: {TWELVE.replace('50, 50', '50, 40', 1)}}}", "none below"),
        (f"job_fairs: {{{WHY}, months: {TWELVE.replace('100]', '101]')}}}", "to 100"),
    ],
)  # fmt: skip
def test_a_curve_that_is_none_is_refused(tmp_path, text, problem):
    with pytest.raises(CatalogueError, match=problem):
        read_curves([written(tmp_path, "curves.yml", text)], ["job_fairs"])
