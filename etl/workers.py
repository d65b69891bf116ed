"""Worker processes for files from elsewhere: one that kills its reader costs only itself.

python-calamine aborts the whole process when it cannot get memory, which no ``except`` catches. The
workers are plain subprocesses: multiprocessing would import the main program again in each, and
under Streamlit that is the whole dashboard.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import math
import os
import pickle
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, BinaryIO, Generic, TypeVar, cast

from etl.read.bounds import SMALL_BYTES
from etl.read.unreadable import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from io import BufferedReader
    from pathlib import Path

Result = TypeVar("Result")

TIMEOUT_S, TIMEOUT_S_A_MB = 60, 2  # ten million cells, 52 MB, take half a minute
MEMORY_MB = 1500
LOOKS_S = 0.2  # how often somebody looks whether a file takes too long
JOBS = 2
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


@contextlib.contextmanager
def started(paths: Sequence[Path], module: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start processes where files are large: they import a module while their work is prepared."""
    spare = [] if _are_small(paths) else [_process(module) for _ in paths[:JOBS]]
    try:
        yield spare
    finally:
        for process in spare:  # that nobody took
            _end(process)


def read_all(
    paths: Sequence[Path],
    work: Callable[[Path], Result],
    jobs: int = JOBS,
    spare: list[subprocess.Popen[bytes]] | None = None,
) -> Iterator[Result | UnreadableFile]:
    """Yield what ``work`` returns for each path, in their order, or the refusal of that file.

    ``work`` must be picklable: a function of a module, or a ``functools.partial`` of one. A file
    that takes more than a minute and two seconds a megabyte, or 1.5 GB, is refused
    (``file_killed_reader``); Windows knows no limit of memory. Few small files are read in this
    process, unless others that are ``started`` are to ``spare``.
    """
    if _are_small(paths) and not spare:
        yield from (_attempt(work, path) for path in paths)
        return
    jobs = min(jobs, len(paths))
    idle: SimpleQueue[Worker[Result]] = SimpleQueue()

    def ask(path: Path) -> Result | UnreadableFile:
        worker = idle.get()
        with contextlib.ExitStack() as freed:
            freed.callback(idle.put, worker)
            return worker.ask(path, freed.close)

    # While one thread fetches a worker's answer, another asks it for the next.
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(2 * jobs) as threads:
        for _ in range(jobs):
            worker = Worker(work, spare=spare.pop() if spare else None)
            stack.callback(worker.stop)
            idle.put(worker)
        yield from threads.map(ask, paths)


class Worker(Generic[Result]):
    """A process that reads one file after another, replaced when a file kills it."""

    def __init__(
        self,
        work: Callable[[Path], Result],
        timeout_s: float = TIMEOUT_S,
        memory_mb: int = MEMORY_MB,
        spare: subprocess.Popen[bytes] | None = None,
    ) -> None:
        self.start = _start(memory_mb, work)
        self.timeout_s = timeout_s
        self.spare = spare  # a process that was told no work
        self.process: subprocess.Popen[bytes] | None = None
        self.fetching = Lock()  # answers come in the order of their questions
        self.deadline = math.inf  # of the answer that is awaited

    def ask(
        self, path: Path, freed: Callable[[], object] = lambda: None
    ) -> Result | UnreadableFile:
        """Return what the work makes of a file; an error in the work itself is raised here.

        ``freed`` is called when the answer begins: the next file can be asked for, and the process
        is at work on it while this answer is fetched.
        """
        process = self._tell(path)
        with self.fetching:
            if process is not self.process:  # the file before this one killed it
                process = self._tell(path)
            if self._begins(process, path):
                freed()
            try:
                answer: Result | BaseException = pickle.load(_source(process))  # noqa: S301
            except (EOFError, OSError, pickle.UnpicklingError):
                self.stop()
                answer = UnreadableFile("file_killed_reader")
        if isinstance(answer, BaseException) and not isinstance(answer, UnreadableFile):
            raise answer
        return answer

    def _tell(self, path: Path) -> subprocess.Popen[bytes]:
        process = self.process or self._run()
        # It may have died of another file, and its pipe be closed: whoever awaits its answer sees.
        with contextlib.suppress(OSError, ValueError):
            _send(process, pickle.dumps(path))
        return process

    def _begins(self, process: subprocess.Popen[bytes], path: Path) -> bool:
        """Wait for an answer; False where the process ends without one."""
        patience = self.timeout_s + TIMEOUT_S_A_MB * _size(path) / 1_000_000
        self.deadline = monotonic() + patience
        try:
            return bool(_source(process).peek(1))
        finally:
            self.deadline = math.inf

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process that takes too long; a timer for each file would cost a millisecond."""
        while process.poll() is None:
            sleep(LOOKS_S)
            if monotonic() > self.deadline:
                process.kill()

    def stop(self) -> None:
        """End the process; the next file starts another."""
        for process in filter(None, (self.process, self.spare)):
            _end(process)
        self.process = self.spare = None

    def _run(self) -> subprocess.Popen[bytes]:
        self.process, self.spare = self.spare or _process(__name__), None
        _send(self.process, self.start)
        pickle.load(_source(self.process))  # noqa: S301 (our own process wrote it)
        Thread(target=self._watch, args=(self.process,), daemon=True).start()
        return self.process


@functools.lru_cache(maxsize=1)  # the workers of one load are told the same
def _start(memory_mb: int, work: Callable[[Path], Any]) -> bytes:
    """What a worker is told before its first file."""
    return pickle.dumps((memory_mb, work))


def _process(module: str) -> subprocess.Popen[bytes]:
    """Start a process that imports a module and waits for its work."""
    process = subprocess.Popen(  # noqa: S603 (this Python and a constant)
        [sys.executable, "-c", BOOT],
        env=os.environ | KEEPS_MEMORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # where Rust announces its panics
    )
    _send(process, pickle.dumps(sys.path) + pickle.dumps(module))
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def _source(process: subprocess.Popen[bytes]) -> BufferedReader:
    return cast("BufferedReader", process.stdout)


def _send(process: subprocess.Popen[bytes], message: bytes) -> None:
    sink = cast(BinaryIO, process.stdin)
    sink.write(message)
    sink.flush()


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
    importlib.import_module(pickle.load(source))  # noqa: S301
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


def _are_small(paths: Sequence[Path]) -> bool:
    return sum(map(_size, paths)) <= SMALL_BYTES


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
