"""Meeting issues (期): vintages frozen under a number, and pruning, which never drops one."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.vintages import (
    MANIFEST,
    VintageError,
    current,
    folders,
    lock,
    write_whole,
)

if TYPE_CHECKING:
    from pathlib import Path

FROZEN = "frozen.json"
LONGEST = {"number": 40, "title": 80}
VINTAGE = re.compile(r"\w[\w-]*")  # the name of a folder: 2024-07-08-0123456789ab


@dataclass(frozen=True, slots=True)
class Frozen:
    """One meeting issue: 2024年第2期, what it is called, and the vintage that it shows."""

    number: str
    title: str
    vintage: str


def frozen(vintages: Path) -> dict[str, Frozen]:
    """Every meeting issue by its number, in the order in which they were frozen."""
    path = vintages / FROZEN
    try:
        found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        return {number: _read(number, **about) for number, about in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise VintageError(
            f"无法读取 {path}：会议期的记录已损坏，请先修复或从备份恢复。",
            f"{path} is damaged; repair it or restore it from a backup first.",
        ) from error


def freeze(vintages: Path, number: str, title: str, vintage: Path | None = None) -> Frozen:
    """Give a vintage, the one in force where none is named, a number and a title.

    A vintage may carry several issues. A number that is taken stays with its vintage: files that
    say it have left the house. What names a vintage already is no number: whoever asks for
    ``current`` must not get the figures of a meeting.
    """
    number, title = _tidy(_plain(number), "number"), _tidy(title, "title")
    with lock(vintages):
        chosen = vintage or current(vintages)
        if chosen is None or not (chosen / MANIFEST).is_file():
            raise VintageError("还没有可以冻结的版本。", "There is no vintage to freeze yet.")
        if number in ("current", *(folder.name for folder in folders(vintages))):
            raise VintageError(
                f"“{number}”是版本的名称，不能用作期号。",
                f"“{number}” names a vintage and cannot be a number.",
            )
        issue, known = Frozen(number, title, chosen.name), frozen(vintages)
        taken = known.get(number, issue)
        if taken != issue:
            raise VintageError(
                f"“{number}”已用于版本 {taken.vintage}（{taken.title}），请换一个期号。",
                f"“{number}” is vintage {taken.vintage} already ({taken.title}).",
            )
        _keep(vintages, known | {number: issue})
    return issue


def unfreeze(vintages: Path, number: str) -> Frozen:
    """Take a number back that was given by mistake; its vintage stays until it is pruned."""
    with lock(vintages):
        known = frozen(vintages)
        issue = known.pop(_plain(number), None)
        if issue is None:
            raise _unknown(number, known)
        _keep(vintages, known)
    return issue


def frozen_as(vintages: Path, number: str) -> Path | None:
    """The vintage of a meeting issue, or None where there is no such number."""
    issue = frozen(vintages).get(_plain(number))
    return vintages / issue.vintage if issue else None


def prune(vintages: Path, keep: int) -> list[Path]:
    """Drop all but the newest ``keep`` vintages; never the one in force, never a frozen one."""
    with lock(vintages):
        kept = {issue.vintage for issue in frozen(vintages).values()}
        found = folders(vintages)
        found.sort(key=lambda folder: (folder / MANIFEST).stat().st_mtime_ns, reverse=True)
        dropped = [
            folder
            for folder in found[max(keep, 0) :]
            if folder != current(vintages) and folder.name not in kept
        ]
        for folder in dropped:
            shutil.rmtree(folder)
    return dropped


def _read(number: str, title: object, vintage: object) -> Frozen:
    """An issue as it was written; a vintage is a name, never a way to another folder."""
    if not (isinstance(title, str) and isinstance(vintage, str) and VINTAGE.fullmatch(vintage)):
        raise ValueError(number)
    return Frozen(number, title, vintage)


def _plain(number: str) -> str:
    """A number as it is kept: full-width digits as others, ２ as 2."""
    return unicodedata.normalize("NFKC", number).strip()


def _tidy(text: str, what: str) -> str:
    tidy = " ".join(text.split())
    if not tidy or len(tidy) > LONGEST[what] or not tidy.isprintable():
        names = {"number": ("期号", "number"), "title": ("标题", "title")}[what]
        raise VintageError(
            f"请写{names[0]}，不超过{LONGEST[what]}个字。",
            f"The {names[1]} needs 1 to {LONGEST[what]} characters.",
        )
    return tidy


def _keep(vintages: Path, known: dict[str, Frozen]) -> None:
    rows = {n: {"title": f.title, "vintage": f.vintage} for n, f in known.items()}
    write_whole(vintages / FROZEN, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def _unknown(number: str, known: dict[str, Frozen]) -> VintageError:
    listed = "、".join(known) or "—"
    return VintageError(
        f"没有“{number}”这一期；现有：{listed}", f"There is no issue “{number}”; there are {listed}"
    )
