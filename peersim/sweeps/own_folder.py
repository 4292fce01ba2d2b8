"""A sweep takes the place of its own earlier tables, and of nobody else's files."""

from __future__ import annotations

import errno
import json
from contextlib import suppress
from pathlib import Path

from peersim.runs.journal import JOURNAL

TABLES = ("runs", "timeline", "contrasts", "people")
"""Every table that a sweep can leave, each as NAME.parquet."""
PROVENANCE, EXPERIMENT, COLUMNS, FAILED = "provenance.json", "experiment.toml", "columns.csv", "failed"


def refuse_foreign(folder: Path) -> None:
    """Raise FileExistsError where a file stands in the way that no sweep wrote there."""
    if _is_own(folder):
        return
    for name in (*(f"{table}.parquet" for table in TABLES), PROVENANCE, EXPERIMENT, COLUMNS, FAILED):
        if (folder / name).exists():
            said = "it is not a sweep's, and one would write over it; name another folder with -o"
            raise FileExistsError(errno.EEXIST, said, str(folder / name))


def _is_own(folder: Path) -> bool:
    """Whether a sweep wrote there before."""
    if (folder / "store" / JOURNAL).is_file() or any((folder / "store").glob(f"part-*-of-*/{JOURNAL}")):
        return True
    with suppress(OSError, ValueError):
        return "code_of_runs" in json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    return False
