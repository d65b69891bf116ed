"""A file that kills, stalls or fills its reader is refused, and every other file is read."""

import functools
import os
import sys
import time
from pathlib import Path

import pytest

from etl.read import UnreadableFile
from etl.workers import Worker, read_all, started

LARGE = 600_000  # two files of that size are worth a worker


def end() -> None:
    """What a cut answer does to whoever fetches it."""
    raise EOFError


class Spoilt:
    """An answer that breaks off, as that of a process that was killed while it gave it."""

    def __reduce__(self):
        return end, ()


def obey(path: Path, greeting: str = "") -> object:
    """Do what the file says: die, stall, hoard, print, refuse, err, spoil or simply answer."""
    order = path.read_text(encoding="utf-8").strip()
    if order == "die":
        os.abort()
    if order == "stall":
        time.sleep(60)
    if order == "hoard":
        return str(len(bytearray(3_000_000_000)))
    if order == "print":
        print("a stray line")
    if order == "refuse":
        raise UnreadableFile("file_empty", {"why": "so"})
    if order == "err":
        raise ZeroDivisionError(path.name)
    if order == "spoil":
        return Spoilt()
    return greeting + order


def reader(_: Path) -> int:
    """Return the process that reads the file."""
    return os.getpid()


@pytest.fixture
def orders(tmp_path):
    def write(*words: str, size: int = 1) -> list[Path]:
        paths = [tmp_path / f"{number}.txt" for number in range(len(words))]
        for path, word in zip(paths, words, strict=True):
            path.write_text(word.ljust(size), encoding="utf-8")
        return paths

    return write


def seen(answers):
    return [
        (answer.rule, answer.words) if isinstance(answer, UnreadableFile) else answer
        for answer in answers
    ]


def test_each_answer_stands_in_its_file_s_place(orders):
    work = functools.partial(obey, greeting="did ")
    answers = read_all(orders("a", "die", "print", "refuse", "die", "b", size=LARGE), work)

    killed = ("file_killed_reader", {})
    assert seen(answers) == [
        "did a",
        killed,
        "did print",
        ("file_empty", {"why": "so"}),
        killed,
        "did b",
    ]


def test_an_answer_that_breaks_off_costs_its_own_file_only(orders):
    """The next file was told to the same process already, and is told to another one."""
    answers = read_all(orders("spoil", "a", "spoil", "spoil", "b", size=LARGE), obey, jobs=1)

    killed = ("file_killed_reader", {})
    assert seen(answers) == [killed, "a", killed, killed, "b"]


def test_an_error_of_ours_is_no_refusal(orders):
    with pytest.raises(ZeroDivisionError, match=r"0\.txt"):
        list(read_all(orders("err", "a", size=LARGE), obey))


def test_small_files_are_read_in_this_process_and_large_ones_are_not(orders):
    assert list(read_all(orders("a", "b"), reader)) == [os.getpid()] * 2
    assert os.getpid() not in list(read_all(orders("a", "b", size=LARGE), reader))


def test_one_job_keeps_one_worker(orders):
    assert len(set(read_all(orders("a", "b", "c", size=LARGE), reader, jobs=1))) == 1


def test_processes_started_beforehand_are_taken_and_the_others_end(orders):
    paths = orders("a", "b", size=LARGE)
    with started(paths, __name__) as taken, started(paths, __name__) as left:
        mine, others = {process.pid for process in taken}, list(left)
        assert set(read_all(paths, reader, spare=taken)) <= mine
    assert taken == []
    assert all(process.returncode is not None for process in others)
    with started(orders("a"), __name__) as none:  # small files need none
        assert none == []


def test_a_stalled_worker_is_replaced(orders):
    stall, next_one = orders("stall", "a")
    worker = Worker(obey, timeout_s=0.5)
    begin = time.monotonic()

    assert seen([worker.ask(stall), worker.ask(next_one)]) == [("file_killed_reader", {}), "a"]
    assert time.monotonic() - begin < 20
    worker.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory")
def test_memory_is_limited(orders):
    hoard, next_one = orders("hoard", "a")
    worker = Worker(obey, memory_mb=500)

    assert seen([worker.ask(hoard), worker.ask(next_one)]) == [("file_killed_reader", {}), "a"]
    worker.stop()
