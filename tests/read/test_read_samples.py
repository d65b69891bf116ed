"""Real files of other subjects, where they lie beside the project: each is read or refused."""

import time
from pathlib import Path

import pytest

from etl.read import UnreadableFile, read

FIXTURES = Path(__file__).parent.parent / "fixtures" / "read"
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"

REFUSED = {
    "encrypted.ods": "file_encrypted",
    "encrypted.xls": "file_encrypted",
    "encrypted.xlsx": "file_encrypted",
    "gen_truncated_60pct.xlsx": "file_damaged",
    "messytables_characters.csv": "csv_encoding",  # Big5
    "poi_password.xls": "file_encrypted",
    "poi_poc-xmlbomb.xlsx": "file_damaged",
    "poi_protected_passtika.xlsx": "file_encrypted",
    "poi_xlsx-corrupted.xlsx": "file_damaged",
}

# file → sheet's number, cell counted from 0, its value
CELLS = {
    "date_1904.xls": (0, (0, 0), "2024-03-31"),
    "every_mark.ods": (0, (2, 1), "12.5"),
    "di_分省年度数据_地区生产总值.xls": (0, (4, 1), "35371.28"),
    "rj_分省年度数据_地区生产总值_gbk.csv": (0, (34, 2), "19603.3"),
    "gk_GDP_季度当季累计.xls": (0, (13, 12), "68099.8"),
    "sun_分省月度数据_居民消费价格指数_gbk.csv": (0, (4, 2), "103.6"),
    "gen_html_table_gbk.xls": (0, (4, 3), "3,045"),
    "gen_mhtml.xls": (0, (6, 3), "5,155"),
    "gen_spreadsheetml2003.xls": (0, (5, 1), "7.0"),
    "gen_gbk_csv_named.xlsx": (0, (0, 0), "县区"),
    "poi_SampleSS.strict.xlsx": (0, (0, 0), "Test spreadsheet"),
}

FILES = sorted(
    path
    for folder in (FIXTURES, SAMPLES)
    for path in folder.rglob("*")
    if path.suffix in {".xlsx", ".xls", ".ods", ".csv"}
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_is_read_or_refused_in_time(path):
    begin = time.process_time()  # others may be at work
    if rule := REFUSED.get(path.name):
        with pytest.raises(UnreadableFile) as refused:
            read(path)
        assert refused.value.rule == rule
    else:
        grids = read(path)
        assert any(grid.rows or grid.refusal for grid in grids)
        for grid in grids:
            check(grid)
    assert time.process_time() - begin < 5


def check(grid):
    """Every mark lies within the rectangle of the rows, and blanks are ``None``."""
    height, width = len(grid.rows), len(grid.rows[0]) if grid.rows else 0
    assert {len(row) for row in grid.rows} <= {width}
    assert "" not in {cell for row in grid.rows for cell in row}
    for row, column in [*grid.percent, *grid.errors, *grid.uncached, *grid.comments]:
        assert row < height
        assert column < width
    assert all(grid.rows[row][column] is None for row, column in [*grid.errors, *grid.uncached])
    assert all(bottom < height and right < width for _, _, bottom, right in grid.merges)
    assert all(row < height for row in grid.hidden_rows)
    assert all(column < width for column in grid.hidden_columns)


@pytest.mark.parametrize("path", [p for p in FILES if p.name in CELLS], ids=lambda path: path.name)
def test_cell_is_where_a_person_sees_it(path):
    number, (row, column), expected = CELLS[path.name]
    assert str(read(path)[number].rows[row][column]) == expected
