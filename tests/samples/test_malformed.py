"""The broken and hostile files beside the project, where they lie there: each ends as it should."""

import time

import pytest

from etl.pipeline import check_files
from tests.samples.samples import ROOT, SAMPLES

DATA = ROOT / "data"

# What is told of a file that holds no figures of ours: it is refused, or its sheets are read.
REFUSED = {
    "gen_truncated_60pct.xlsx": "file_damaged",
    "poi_password.xls": "file_encrypted",
    "poi_poc-xmlbomb.xlsx": "file_damaged",
    "poi_protected_passtika.xlsx": "file_encrypted",
    "poi_xlsx-corrupted.xlsx": "file_damaged",
}
TOLD = {
    "gen_merge_whole_sheet.xlsx": "covered_by_merge",
    "gen_hidden_row_col_sheet.xlsx": "hidden_without_figures",
    "gen_html_table_gbk.xls": "unknown_area",
    "gen_mhtml.xls": "unknown_area",
    "gen_spreadsheetml2003.xls": "unknown_area",
    "readxl_empty-sheets.xlsx": "no_tables",
    "tidyxl_xfd1048576.xlsx": "sheet_too_large",
}
FILES = sorted((SAMPLES / "malformed").glob("*"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_ends_as_it_should(path):
    begin = time.monotonic()
    outcome = check_files([path], DATA, (DATA / "catalogue",), "reported")
    assert time.monotonic() - begin < 20

    (file,) = outcome.files
    rules = {issue.rule for issue in outcome.issues}
    assert file.observations.num_rows == 0  # none of them is about our counties
    assert "sheet_not_understood" not in rules
    assert "sheet_damaged" not in rules
    if path.name in REFUSED:
        assert (file.sheets, rules) == (0, {REFUSED[path.name]})
    else:
        assert file.sheets > 0
        assert rules
        assert TOLD.get(path.name, "") in {*rules, ""}


def test_broken_files_cost_none_of_the_others(tmp_path):
    good = tmp_path / "张掖市2024年一季度.csv"
    good.write_text("县区,慰问金（万元）\n甘州区,1.5\n山丹县,2.5\n", encoding="utf-8")
    outcome = check_files([*FILES, good], DATA, (DATA / "catalogue",), "reported")
    assert [file.observations.num_rows for file in outcome.files] == [0] * len(FILES) + [2]
