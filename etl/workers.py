"""Worker processes for files from elsewhere: one that kills its reader costs only itself.

python-calamine aborts the whole process when it cannot get memory, which no ``except`` catches. The
workers are plain subprocesses: multiprocessing would import the main program again in each, and
under Streamlit that is the whole dashboard.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Timer
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar, cast

from etl.read.bounds import SMALL_BYTES
from etl.read.unreadable import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

Result = TypeVar("Result")

TIMEOUT_S, TIMEOUT_S_A_MB = 60, 2  # ten million cells, 52 MB, take half a minute
MEMORY_MB = 1500
# The worker finds modules where this process does, from whatever folder it was started. What it
# imports and a sheet's facts are many and hold no cycles: to look for some is a sixth of a start.
BOOT = (
    "import gc, pickle, sys; gc.set_threshold(200_000, 50, 50); "
    "sys.path[:] = pickle.load(sys.stdin.buffer); from etl.workers import serve; serve()"
)

# Each file takes as much memory as the last: glibc would give it back and ask for it again. One
# thread does all the work: numpy's others would only wait for it.
KEEPS_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": "100000000",
    "MALLOC_TRIM_THRESHOLD_": "200000000",
    "OPENBLAS_NUM_THREADS": "1",
}


def read_all(
    paths: Sequence[Path], work: Callable[[Path], Result], jobs: int = 2
) -> Iterator[Result | UnreadableFile]:
    """Yield what ``work`` returns for each path, in their order, or the refusal of that file.

    ``work`` must be picklable: a function of a module, or a ``functools.partial`` of one. A file
    that takes more than a minute and two seconds a megabyte, or 1.5 GB, is refused
    (``file_killed_reader``); Windows knows no limit of memory. Few small files are read in this
    process.
    """
    if sum(_size(path) for path in paths) <= SMALL_BYTES:
        yield from (_attempt(work, path) for path in paths)
        return
    jobs = min(jobs, len(paths))
    idle: SimpleQueue[Worker[Result]] = SimpleQueue()
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(jobs) as threads:
        for _ in range(jobs):
            worker = Worker(work)
            stack.callback(worker.stop)
            idle.put(worker)

        def ask(path: Path) -> Result | UnreadableFile:
            worker = idle.get()
            try:
                return worker.ask(path)
            finally:
                idle.put(worker)

        yield from threads.map(ask, paths)


class Worker(Generic[Result]):
    """A process that reads one file after another, replaced when a file kills it."""

    def __init__(
        self,
        work: Callable[[Path], Result],
        timeout_s: float = TIMEOUT_S,
        memory_mb: int = MEMORY_MB,
    ) -> None:
        self.start = pickle.dumps(sys.path) + pickle.dumps((memory_mb, work))
        self.timeout_s = timeout_s
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, path: Path) -> Result | UnreadableFile:
        """Return what the work makes of a file; an error in the work itself is raised here."""
        process = self.process or self._run()
        patience = self.timeout_s + TIMEOUT_S_A_MB * _size(path) / 1_000_000
        timer = Timer(patience, process.kill)
        timer.start()
        try:
            answer: Result | BaseException = _exchange(process, pickle.dumps(path))
        except (EOFError, OSError, pickle.UnpicklingError):
            self.stop()
            return UnreadableFile("file_killed_reader")
        finally:
            timer.cancel()
        if isinstance(answer, BaseException) and not isinstance(answer, UnreadableFile):
            raise answer
        return answer

    def stop(self) -> None:
        """End the process; the next file starts another."""
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def _run(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(  # noqa: S603 (this Python and a constant)
            [sys.executable, "-c", BOOT],
            env=os.environ | KEEPS_MEMORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where Rust announces its panics
        )
        _exchange(self.process, self.start)
        return self.process


def _exchange(process: subprocess.Popen[bytes], message: bytes) -> Any:  # noqa: ANN401
    source, sink = cast(BinaryIO, process.stdout), cast(BinaryIO, process.stdin)
    sink.write(message)
    sink.flush()
    return pickle.load(source)  # noqa: S301 (our own process wrote it)


class _WithoutPandas:
    """Finds no pandas: arrow would import it for its first array, a third of a worker's start."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Say of pandas that there is none; others find all else."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def serve() -> None:
    """Answer one path after another until the pipe closes; runs in the worker."""
    sys.meta_path.insert(0, _WithoutPandas)
    source = sys.stdin.buffer
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not fall among the answers
    memory_mb, work = pickle.load(source)  # noqa: S301
    _limit_memory(memory_mb)
    sink.write(pickle.dumps("ready"))
    sink.flush()
    with contextlib.suppress(EOFError):
        while True:
            sink.write(_answer(work, pickle.load(source)))  # noqa: S301
            sink.flush()


def _answer(work: Callable[[Path], Result], path: Path) -> bytes:
    try:
        return pickle.dumps(_attempt(work, path))
    except Exception as error:  # whatever it is, it is raised again where it can be seen
        error.add_note(traceback.format_exc())
        return pickle.dumps(error)


def _attempt(work: Callable[[Path], Result], path: Path) -> Result | UnreadableFile:
    try:
        return work(path)
    except UnreadableFile as refusal:
        return refusal
    except MemoryError:
        return UnreadableFile("file_killed_reader")


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000,) * 2)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
