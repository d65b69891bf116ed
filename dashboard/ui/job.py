"""Work of more than a moment: it goes on while its reader turns the page, and says how far."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int, str], None]

T = TypeVar("T")


class Job(Generic[T]):
    """One piece of work in a thread; ``done`` of ``total`` files are read, ``last`` was the last.

    Streamlit stops a page's own run at every click, which must not stop a load half-way.
    """

    def __init__(self, work: Callable[[Progress], T]) -> None:
        self.work = work
        self.done, self.total, self.last = 0, 0, ""
        self.result: T | None = None
        self.error: Exception | None = None
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    @property
    def over(self) -> bool:
        """Return whether the work has ended, well or not."""
        return not self.thread.is_alive()

    def _run(self) -> None:
        try:
            self.result = self.work(self._progress)
        except Exception as error:  # noqa: BLE001 (it is told on the page, and logged)
            logging.getLogger(__name__).warning("a load failed", exc_info=error)
            self.error = error

    def _progress(self, done: int, total: int, name: str) -> None:
        self.done, self.total, self.last = done, total, name
