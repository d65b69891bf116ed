"""The vintages folder and the files beside it: pointer, lock, accepted sources."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import socket
import time
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from etl.names import sent_as
from etl.records import Source
from etl.sentences import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POINTER = "current"
MANIFEST = "manifest.json"
DATABASE = "indicators.duckdb"
BUILDING = ".building-"
# Where xlsx and ods say when they were last saved: unlike a file's time, that survives copies.
SAVED = {
    "docProps/core.xml": rb"<dcterms:modified[^>]*>(\d{4}-\d\d-\d\d)",
    "meta.xml": rb"<dc:date>(\d{4}-\d\d-\d\d)",
}


class VintageError(RefusedError):
    """Something about the vintages folder that a person must settle."""


# ── vintages ────────────────────────────────────────────────────────────────────────────────────


def current(vintages: Path) -> Path | None:
    """The vintage in force, or None before the first one."""
    try:
        name = (vintages / POINTER).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    return vintages / name if name and (vintages / name / MANIFEST).is_file() else None


def point(vintages: Path, vintage: Path) -> None:
    """Put a vintage in force by replacing one line of text."""
    write_whole(vintages / POINTER, f"{vintage.name}\n")


def write_whole(path: Path, text: str) -> None:
    """Replace a small file at once: readers see the old text or the new, never half of one."""
    new = path.with_name(f".{path.name}-{os.getpid()}")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    for patience in range(50):
        try:
            os.replace(new, path)  # noqa: PTH105 — tests kill a load right here
            return
        except PermissionError:  # on Windows while a reader holds the file open
            time.sleep(0.02 * (patience + 1))
    raise VintageError(
        f"无法改写 {path}，它被别的程序占用，请稍后再试。",
        f"Another program holds {path}; try again later.",
    )


def manifest(vintage: Path) -> dict[str, Any]:
    """What a vintage says of itself: its sources, catalogue, code and day."""
    found: dict[str, Any] = json.loads((vintage / MANIFEST).read_text("utf-8"))
    return found


def sources_of(vintage: Path) -> list[Source]:
    """The accepted files that a vintage is made of."""
    return [
        Source(row["source_id"], row["source_file"], row["dataset"],
               dt.date.fromisoformat(row["received_on"]))
        for row in manifest(vintage)["sources"]
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Published:
    """A vintage in the list of all: of which day, made when, of how many sources and rows."""

    vintage: str
    as_of: dt.date
    made_at: dt.datetime  # by the folder's clock: a vintage itself does not depend on the hour
    n_sources: int
    n_observations: int
    n_issues: int
    in_force: bool


def history(vintages: Path) -> list[Published]:
    """Every vintage that is still there, the one made last first."""
    in_force = current(vintages)
    found = [_published(folder, folder == in_force) for folder in folders(vintages)]
    return sorted(found, key=lambda vintage: vintage.made_at, reverse=True)


def _published(folder: Path, in_force: bool) -> Published:  # noqa: FBT001
    about = manifest(folder)
    stamp = (folder / MANIFEST).stat().st_mtime
    return Published(
        folder.name,
        dt.date.fromisoformat(about["as_of"]),
        dt.datetime.fromtimestamp(stamp).astimezone(),
        len(about["sources"]),
        about["rows"]["observation"],
        about["rows"]["issue"],
        in_force,
    )


def folders(vintages: Path) -> list[Path]:
    """The folders of whole vintages; one that is still being built has another name."""
    found = vintages.iterdir() if vintages.is_dir() else ()
    return [f for f in found if f.name[0] != "." and (f / MANIFEST).is_file()]


def roll_back(vintages: Path, name: str) -> Path:
    """Put an earlier vintage in force again: the pointer moves, nothing else is written.

    The next load starts from the sources of that vintage.
    """
    with lock(vintages):
        chosen = next((f for f in folders(vintages) if f.name == name), None)
        if chosen is None:
            raise VintageError(f"没有版本“{name}”。", f"There is no vintage “{name}”.")
        point(vintages, chosen)
    return chosen


@contextmanager
def lock(vintages: Path, patience: float = 60.0) -> Iterator[None]:
    """Hold the folder for one load; wait ``patience`` seconds, then say who holds it."""
    vintages.mkdir(parents=True, exist_ok=True)
    holder = vintages / ".lock-holder"
    held = FileLock(vintages / ".lock")
    try:
        held.acquire(timeout=patience)
    except Timeout:
        who = holder.read_text("utf-8").strip() if holder.is_file() else "?"
        raise VintageError(
            f"另一次装载正在进行（{who}），等候 {patience:g} 秒未果，请稍后再试。",
            f"Another load is running ({who}); try again later.",
        ) from None
    try:
        now = dt.datetime.now().astimezone()
        holder.write_text(f"{socket.gethostname()} pid {os.getpid()} {now:%Y-%m-%d %H:%M}", "utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        held.release()


# ── sources ─────────────────────────────────────────────────────────────────────────────────────


def register(path: Path, dataset: str) -> Source:
    """A file as a source, without keeping it."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Source(digest, sent_as(path.name), dataset, _saved_on(path))


def keep(path: Path, dataset: str, sources: Path) -> Source:
    """Keep a file's bytes under their hash; its name and date stay those of the first time."""
    source = register(path, dataset)
    card = sources / f"{source.source_id}.{dataset}.json"
    if card.is_file() and kept(source, sources).is_file():
        known = json.loads(card.read_text("utf-8"))
        return Source(source.source_id, known["source_file"], dataset,
                      dt.date.fromisoformat(known["received_on"]))  # fmt: skip
    sources.mkdir(parents=True, exist_ok=True)
    if not kept(source, sources).is_file():
        part = sources / f".{source.source_id}-{os.getpid()}"
        shutil.copyfile(path, part)
        os.replace(part, kept(source, sources))  # noqa: PTH105
    known = {"source_file": source.source_file, "received_on": source.received_on.isoformat()}
    card.write_text(json.dumps(known, ensure_ascii=False) + "\n", "utf-8")
    return source


def kept(source: Source, sources: Path) -> Path:
    """Where an accepted file lies."""
    return sources / source.source_id


def _saved_on(path: Path) -> dt.date:
    """The day on which a workbook was last saved, by its own word or else by the file's time."""
    with suppress(zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError), \
            zipfile.ZipFile(path) as package:  # fmt: skip
        name = next(name for name in (*SAVED, "") if name in package.namelist() or not name)
        with package.open(name) as part:
            if found := re.search(SAVED[name], part.read(100_000)):
                return dt.date.fromisoformat(found[1].decode())
    return dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
