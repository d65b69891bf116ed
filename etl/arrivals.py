"""Reports in the order of the table observation, and those that share a key with others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEY = ("dataset", "indicator", "ref_area", "breakdown", "period_start", "period_end")
PLACE = ("source_id", "sheet", "cell")
PIECE = 1 << 16  # rows that stay in a core's cache


def ordered(observations: pa.Table) -> pa.Table:
    """Sort reports by key and place, and number them: ``observation_id`` from 1, ``key`` from 0.

    Reports of one key stand together and share the number ``key``.
    """
    table = observations.unify_dictionaries()
    key = _number(table, KEY)
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    same = sorted_key[1:] == sorted_key[:-1]
    shared = _among_equals(same)
    # Few share their key, and only these are compared by their place.
    place = _number(table.select(PLACE).take(pa.array(order[shared])), PLACE)
    order[shared] = order[shared][np.lexsort((place, key[order[shared]]))]
    with ThreadPoolExecutor() as threads:  # arrow works without Python's lock
        places = pa.array(order)
        columns = list(threads.map(lambda column: column.take(places), table.columns))
    table = pa.table(columns, table.schema)
    starts = np.r_[False, ~same][: len(order)]
    table = table.append_column("key", pa.array(np.cumsum(starts), pa.int64()))
    return table.append_column("observation_id", pa.array(np.arange(1, len(order) + 1)))


def repeated(table: pa.Table) -> pa.Table:
    """Return the rows of an ordered table whose key has several reports."""
    key = table["key"].to_numpy()
    return table.take(pa.array(_among_equals(key[1:] == key[:-1])))


def _among_equals(same: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The places of values that equal a neighbour; ``same``: whether each equals the one before."""
    return np.flatnonzero(np.r_[False, same] | np.r_[same, False])


def _number(table: pa.Table, names: tuple[str, ...]) -> NDArray[np.int64]:
    """One number a row that sorts as the columns together do."""
    number = np.zeros(table.num_rows, np.int64)
    for name in names:
        codes, rank, words = _ranks(table[name])
        number *= len(words) or 1
        for start in range(0, len(number), PIECE):
            piece = slice(start, start + PIECE)
            number[piece] += rank[codes[piece]]
    return number


def ranked(column: pa.ChunkedArray) -> tuple[NDArray[np.int32], pa.Array]:
    """The rank of each value among the distinct ones of its column, and these in their order."""
    codes, rank, words = _ranks(column)
    return rank[codes] if len(words) else np.zeros(0, np.int32), words


def _ranks(column: pa.ChunkedArray) -> tuple[NDArray[np.int32], NDArray[np.int32], pa.Array]:
    """The code of each value, the rank of each code, and the distinct values in their order."""
    array = column.combine_chunks()
    if not isinstance(array, pa.DictionaryArray):
        array = array.dictionary_encode()
    order = pc.array_sort_indices(array.dictionary)
    rank = np.empty(len(order), np.int32)
    rank[order.to_numpy()] = np.arange(len(order), dtype=np.int32)
    return array.indices.to_numpy(), rank, array.dictionary.take(order)
