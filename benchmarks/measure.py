"""Seconds, and the memory of a program with all its children."""

from __future__ import annotations

import os
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Cost:
    """Wall seconds, and the most memory that was resident at once, in bytes."""

    seconds: float = 0.0
    peak: int = 0


@contextmanager
def measured() -> Iterator[Cost]:
    """Time a block, and look every 50 ms how much this process and its children hold."""
    cost, done = Cost(), threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            cost.peak = max(cost.peak, resident(os.getpid()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    try:
        yield cost
    finally:
        cost.seconds = time.perf_counter() - start
        done.set()
        watcher.join()


def cpu_seconds(process: int) -> float:
    """Seconds that the processor has worked for one process."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> int:
    """Bytes resident in a process and all that it started; 0 for one that has ended."""
    try:
        own = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * PAGE
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = {
            int(child)
            for task in tasks
            for child in (task / "children").read_text(encoding="ascii").split()
        }
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return own + sum(map(resident, children))
