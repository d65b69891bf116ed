"""What a load frees it soon needs again: glibc keeps it meanwhile, and gives it back at the end."""

from __future__ import annotations

import ctypes
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h
LARGEST, KEPT = 100_000_000, 2_000_000_000  # bytes: of one piece, of all that lies unused


@contextmanager
def kept() -> Iterator[None]:
    """Let arrow, numpy and DuckDB take turns with one store of memory while a load runs.

    Each would ask the system for new pages, by the gigabyte, and a page's first touch is dear: on
    a virtual machine up to ten microseconds for four kilobytes. Where there is no glibc nothing
    changes.
    """
    tune = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if tune is None:
        yield
        return
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    tune(M_MMAP_THRESHOLD, LARGEST)
    tune(M_TRIM_THRESHOLD, KEPT)
    try:
        yield
    finally:
        tune(M_TRIM_THRESHOLD, 1_000_000)
        pa.system_memory_pool().release_unused()
        pa.set_memory_pool(before)
