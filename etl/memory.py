"""What a load frees it soon needs again: it is kept meanwhile, and given back at the end."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h
LARGEST, KEPT, USUAL = 100_000_000, 2_000_000_000, 1_000_000  # bytes
SELDOM = (200_000, 50, 50)  # objects that are made before Python looks for cycles among them


@contextmanager
def kept() -> Iterator[None]:
    """Hold on to memory while a load runs, and do not look for cycles, which it hardly makes.

    Arrow, numpy and DuckDB would each ask the system for new pages, by the gigabyte, and on a
    virtual machine a page's first touch takes up to ten microseconds: they share what glibc keeps.
    Other systems have no ``mallopt``, and arrow its own store.
    """
    tune = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    collecting, pool = gc.get_threshold(), pa.default_memory_pool()
    gc.set_threshold(*SELDOM)
    if tune:
        pa.set_memory_pool(pa.system_memory_pool())
        tune(M_MMAP_THRESHOLD, LARGEST)
        tune(M_TRIM_THRESHOLD, KEPT)
    try:
        yield
    finally:
        gc.set_threshold(*collecting)
        if tune:
            tune(M_TRIM_THRESHOLD, USUAL)
            pa.system_memory_pool().release_unused()
            pa.set_memory_pool(pool)
