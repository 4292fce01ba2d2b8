"""What comes back from a worker: a row for a table, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Made:
    """A row, under the id of its content."""

    table: str
    id: bytes
    row: Mapping[str, Any]


@dataclass(frozen=True)
class Failed:
    """Why there is no row: `kind` is one of KINDS, `message` a sentence."""

    table: str
    id: bytes
    kind: str
    message: str


KINDS = {
    "raised": "the run ended with an error",
    "not_a_number": "an outcome is not a finite number",
    "time": "the run took longer than limits.seconds",
    "memory": "the run needed more memory than limits.megabytes, or than there is",
    "killed": "the worker process died during the run, more than once",
}
"""How a run can fail."""
