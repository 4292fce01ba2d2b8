"""The runs that failed, as the table `runs` tells them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_TOLD = ("point", "arm", "seed", "status", "error", "replay")


def failed_runs(file: Path) -> list[dict[str, Any]]:
    """Point, arm, seed, how and why each failed, and the command that lives it again. file  runs.parquet"""
    import pyarrow.dataset as ds

    rows = ds.dataset(file).to_table(columns=list(_TOLD), filter=ds.field("status") != "done")
    found: list[dict[str, Any]] = rows.to_pylist()
    return found
