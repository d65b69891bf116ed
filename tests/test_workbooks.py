"""The committed workbooks are what their scripts write, and hold what they promise."""

from __future__ import annotations

import csv
import runpy
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {"demo": ROOT / "data/demo", "published": ROOT / "data/inbox/published"}


def truth(name):
    text = (ROOT / f"tests/truth/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def parts(path):
    """What a file holds: the parts of a workbook, the bytes of anything else."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as workbook:
        return {name: workbook.read(name) for name in workbook.namelist()}


@pytest.mark.parametrize("name", FOLDERS)
def test_the_script_writes_what_is_committed(name, tmp_path):
    made_by_libreoffice = {".xls", ".ods"}
    facts = runpy.run_path(str(FOLDERS[name] / "make.py"), run_name="made")["make"](tmp_path)
    written = [path for path in tmp_path.iterdir() if path.suffix not in made_by_libreoffice]
    assert len(written) > 3
    for path in written:
        assert parts(path) == parts(FOLDERS[name] / path.name), path.name
    assert [{key: str(value) for key, value in fact.items()} for fact in facts] == truth(name)


def test_all_75_figures_of_the_articles_stand_once():
    seeds = Counter(row["seed"] for row in truth("published"))
    assert Counter(seed[:3] for seed in seeds) == {"000": 16, "001": 23, "002": 35, "003": 1}
    assert set(seeds.values()) == {1}


def test_most_flows_report_both_march_and_june_to_date_exactly():
    first, half, keys = defaultdict(int), defaultdict(int), set()
    for row in truth("demo"):
        if row["breakdown"] != "_T" or row["period_start"] == row["period_end"]:
            continue  # stocks have one day
        if row["indicator"] == "dual_support_budget":
            continue  # a plan
        year = row["period_start"][:4]
        key = row["indicator"], row["ref_area"], year
        keys.add(key)
        exact = row["qualifier"] == "exact" and row["value"] != ""
        if exact and row["period_start"] == f"{year}-01-01":
            first[key] += row["period_end"] == f"{year}-03-31"
            half[key] += row["period_end"] == f"{year}-06-30"
    both = [key for key in keys if first[key] and half[key]]
    assert len(keys) == 16 * 7 * 4
    assert len(both) >= 0.8 * len(keys)


def test_every_sheet_of_the_demonstration_says_that_it_is_one():
    for path in FOLDERS["demo"].iterdir():
        if path.suffix == ".csv":
            content = path.read_bytes()
            text = content.decode("utf-8-sig" if content[:3] == b"\xef\xbb\xbf" else "gb18030")
            assert "演示数据" in text, path.name
        elif path.suffix == ".xlsx":
            sheets = {n: t for n, t in parts(path).items() if n.startswith("xl/worksheets/sheet")}
            for name, xml in sheets.items():
                plain = xml.decode("utf-8")
                assert "演示数据" in plain or "&#28436;&#31034;" in plain, (path.name, name)
