"""Opening a vintage: the pointer, the empty state, read-only, nothing restricted."""

import duckdb
import pytest

from dashboard import store
from tests.dashboard.small_vintage import write_vintage


def test_a_folder_without_a_pointer_has_no_vintage(tmp_path):
    assert store.newest(tmp_path) is None
    assert store.newest(tmp_path / "nowhere") is None


def test_a_pointer_to_a_folder_that_is_gone_is_no_vintage(tmp_path):
    (tmp_path / "current").write_text("2024-06-30-abc\n", encoding="utf-8")
    assert store.newest(tmp_path) is None


def test_the_pointer_names_the_vintage_shown(vintages):
    assert store.newest(vintages) == vintages / "2024-10-15-0123456789ab" / "indicators.duckdb"


def test_the_vintage_cannot_be_written(con):
    with pytest.raises(duckdb.Error):
        con.execute("insert into stored.main.unit values ('x', 'x', 'x', 1)")


def test_a_reader_does_not_keep_another_from_opening_it(vintages, con):
    database = store.newest(vintages)
    assert database is not None
    with duckdb.connect(str(database), read_only=True) as other:
        assert other.execute("select count(*) from vintage").fetchone() == (1,)


def test_a_folder_with_an_apostrophe_opens(tmp_path):
    database = store.newest(write_vintage(tmp_path / "l'an 2024"))
    assert database is not None
    assert store.open_vintage(database).execute("select count(*) from vintage").fetchone() == (1,)
