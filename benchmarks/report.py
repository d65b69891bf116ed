"""Rows of the benchmark table: what was measured, beside what, against which target."""

from __future__ import annotations

import datetime as dt
import platform
import re
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
HEADER = "| what | measured | beside | target | met |\n|---|---:|---|---|---|\n"


@dataclass(frozen=True)
class Row:
    """One measurement; ``beside`` tells of its neighbours, ``met`` is None without a target."""

    what: str
    measured: str
    beside: str = ""
    target: str = ""
    met: bool | None = None


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    met = {True: "yes", False: "**no**", None: ""}
    lines = [f"| {r.what} | {r.measured} | {r.beside} | {r.target} | {met[r.met]} |" for r in rows]
    return HEADER + "\n".join(lines) + "\n"


def write(rows: list[Row], document: Path = DOCUMENT) -> None:
    """Put the table, the machine and the date between the document's two marks."""
    text = document.read_text(encoding="utf-8")
    today = dt.datetime.now(dt.UTC).date()
    measured = f"{today}, {machine()}.\n\n{table(rows)}"
    text = re.sub(
        r"(?s)(<!-- measured -->\n).*(<!-- end -->)", lambda m: m[1] + measured + m[2], text
    )
    document.write_text(text, encoding="utf-8", newline="\n")


def machine() -> str:
    """The processor, cores, memory and Python of this machine."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    memory = Path("/proc/meminfo").read_text(encoding="utf-8")
    model = re.search(r"model name\s*: (.*)", cpu)[1]
    gigabytes = int(re.search(r"MemTotal:\s*(\d+)", memory)[1]) / 2**20
    cores = cpu.count("processor\t")
    return f"{cores} cores of {model}, {gigabytes:.0f} GB, Python {platform.python_version()}"
