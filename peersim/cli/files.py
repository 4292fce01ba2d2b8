"""What commands write: tables as CSV, and where every result comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_FOLDER = Path("results")


def folder_for(out: Path | None) -> Path:
    """The folder for what a command writes, made and tried before anything runs."""
    folder = DEFAULT_FOLDER if out is None else out
    folder.mkdir(parents=True, exist_ok=True)
    trial = folder / ".trial"
    trial.touch()
    trial.unlink()
    return folder


def write_table(table: pd.DataFrame, file: Path, *, index: bool = False) -> Path:
    """A table as CSV, with numbers in full."""
    table.to_csv(file, index=index)
    return file


def write_provenance(provenance: Mapping[str, Any], file: Path) -> Path:
    """Versions, code, scenarios, seeds, machine, command and time as JSON."""
    file.write_text(json.dumps(dict(provenance), indent=2, default=str) + "\n", encoding="utf-8")
    return file
