"""The small vintage, written once for all tests of the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard import store
from dashboard.locale.labels import read_labels
from tests.dashboard.small_vintage import write_vintage

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from dashboard.locale.labels import Labels


@pytest.fixture(scope="session")
def vintages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_vintage(tmp_path_factory.mktemp("vintages"))


@pytest.fixture(scope="session")
def con(vintages: Path) -> duckdb.DuckDBPyConnection:
    database = store.newest(vintages)
    assert database is not None
    return store.open_vintage(database)


@pytest.fixture(scope="session")
def zh(con: duckdb.DuckDBPyConnection) -> Labels:
    return read_labels(con, "zh")


@pytest.fixture(scope="session")
def en(con: duckdb.DuckDBPyConnection) -> Labels:
    return read_labels(con, "en")
