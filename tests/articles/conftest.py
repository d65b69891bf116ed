"""The published articles lie beside the project, in ../shared/seeds; else nothing runs."""

from __future__ import annotations

from benchmarks.prose import SHARED

collect_ignore_glob = [] if (SHARED / "seeds").is_dir() else ["test_*.py"]
