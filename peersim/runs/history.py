"""Who wrote to a store, when and with what: a note for each sweep and each part; none takes another's place."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

_KEY = "sweep "


def entry(**about: Any) -> tuple[str, str]:
    """The note of a sweep that now begins: its key and its text. about  whatever else is to be told"""
    time = datetime.now(UTC).isoformat(timespec="microseconds")
    told = {"time": time, "command": sys.argv, "machine": f"{platform.system()} {platform.machine()}", **about}
    return f"{_KEY}{time} {platform.node()} {os.getpid()}", json.dumps(told)


def history(notes: Mapping[str, str]) -> list[dict[str, Any]]:
    """All sweeps that the notes of a store tell of, the first of them first; a note that cannot be read is left out."""
    found = []
    for key in sorted(notes):
        if key.startswith(_KEY):
            with suppress(ValueError):
                found.append(json.loads(notes[key]))
    return found
