"""Draw the workbooks of sheets.yml beside it: `python tests/mess/make.py`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from data.workbooks import Cell, Sheet, write_csv, write_xlsx  # noqa: E402


def sheets_of(mess: dict[str, Any]) -> list[Sheet]:
    """The sheets that a mess describes; [shown, format] is a formatted cell."""
    described = mess.get("sheets") or {"Sheet1": mess["rows"]}
    return [
        Sheet(
            name,
            [[Cell(c[0], None, c[1]) if isinstance(c, list) else c for c in row] for row in rows],
            mess.get("merges", []),
            hidden=name in mess.get("hidden", []),
        )
        for name, rows in described.items()
    ]


def file_of(name: str, mess: dict[str, Any]) -> str:
    """Most files are named after their mess; some messes lie in the name."""
    return str(mess.get("file", f"{name}.xlsx"))


def make(folder: Path) -> None:
    """Write every workbook into the folder."""
    messes = yaml.safe_load((HERE / "sheets.yml").read_text(encoding="utf-8"))
    for name, mess in messes.items():
        path = folder / file_of(name, mess)
        if "encoding" in mess:
            write_csv(path, sheets_of(mess)[0], mess["encoding"])
        else:
            write_xlsx(path, sheets_of(mess))


if __name__ == "__main__":
    make(HERE)
