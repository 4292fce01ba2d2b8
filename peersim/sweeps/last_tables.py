"""The tables that a sweep left in its folder: which there are, what they were made of, and whether they still say all.

They are known by provenance.json, which is written after them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peersim.runs.contents import Contents
from peersim.runs.store_errors import Damage, StoreError
from peersim.sweeps.own_folder import PROVENANCE, TABLES
from peersim.sweeps.written import sha256_of


@dataclass(frozen=True)
class LastTables:
    """told  what provenance.json says; empty where there is none, or no sense in it"""

    folder: Path
    told: dict[str, Any]

    @property
    def names(self) -> list[str]:
        """The tables that are there."""
        return [name for name in TABLES if self.file(name).is_file()]

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def are_all(self, contents: Contents) -> bool:
        """Whether every run that the last sweep needs is in them: no sweep began, and no part wrote, after them."""
        written = self.folder / PROVENANCE
        if not self.told or not contents.joined or "runs" not in self.names:
            return False
        parts = (self.folder / "store").glob("part-*-of-*/journal.sqlite")
        if any(part.stat().st_mtime_ns > written.stat().st_mtime_ns for part in parts):
            return False
        known = self.told.get("sweeps", [])
        return all(sweep in known or sweep.get("part") for sweep in contents.sweeps)

    def damages(self) -> list[Damage]:
        """Tables that are not what was written, or not there. Raises OSError."""
        found = []
        for name, sha256 in self.told.get("sha256", {}).items():
            file = self.file(name)
            if not file.is_file():
                found.append(Damage(file, "missing"))
            elif sha256_of(file) != sha256:
                found.append(Damage(file, f"changed, its content is not what {PROVENANCE} says"))
        if not self.told and self.names:
            found.append(Damage(self.folder / PROVENANCE, "missing or cut off, so that it vouches for no table"))
        elif unknown := [name for name in self.names if name not in self.told.get("sha256", {})]:
            found.append(Damage(self.folder / PROVENANCE, f"does not know the table {', '.join(unknown)}"))
        return found


def last_tables(folder: Path) -> LastTables:
    """What the last sweep to end left there."""
    try:
        told = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        told = {}
    return LastTables(folder, told if isinstance(told, dict) else {})


def must_have_tables(tables: LastTables) -> None:
    """Raises StoreError, with what to do, where there are none."""
    if not tables.names:
        raise StoreError(
            f"{tables.folder}: has no tables yet, as its sweep has not ended; `peersim sweep EXPERIMENT --tables -o "
            f"{tables.folder}` writes those of what is there"
        )
