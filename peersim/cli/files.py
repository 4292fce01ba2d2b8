"""What commands write: tables as CSV, and where every result comes from."""

from __future__ import annotations

import csv
import errno
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

DEFAULT_FOLDER = Path("results")


def folder_for(out: Path | None) -> Path:
    """The folder for what a command writes, made and tried before anything runs."""
    folder = DEFAULT_FOLDER if out is None else out
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / ".trial"
        trial.touch()
        trial.unlink()
    except FileNotFoundError as problem:  # what some systems say of folders that nobody may write
        raise PermissionError(errno.EACCES, problem.strerror, str(folder)) from None
    return folder


def write_table(columns: Mapping[str, Iterable[Any]], file: Path) -> Path:
    """A table as CSV, with numbers in full; what is not defined is left empty."""
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in zip(*columns.values(), strict=True):
            writer.writerow("" if value != value else value for value in row)
    return file


def write_provenance(provenance: Mapping[str, Any], file: Path) -> Path:
    """Versions, code, scenarios, seeds, machine, command and time as JSON."""
    file.write_text(json.dumps(dict(provenance), indent=2, default=str) + "\n", encoding="utf-8")
    return file
