"""Whether a folder is held, and by whom, without holding it."""

from __future__ import annotations

import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from peersim.runs.holder import is_gone, said_in, understood


def who_holds(folder: Path) -> dict[str, Any] | None:
    """Process, host, since and what of who writes into a folder; None if nobody does.

    What a killed process of this machine left is known by its number; of another machine's only the lock can tell.
    """
    for name in ("held", "held-by"):
        file = folder / name
        if not file.exists() or is_gone(said := said_in(file)):
            continue
        who = understood(said)
        if name == "held" and who.get("host") != platform.node() and not _is_locked(file):
            continue
        return {key: who.get(key) for key in ("process", "host", "since", "what")}
    return None


def _is_locked(file: Path) -> bool:
    """Whether somebody has locked it: tried, for a moment, with a lock that others may share."""
    if sys.platform == "win32":
        return True
    import fcntl

    with suppress(FileNotFoundError), file.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
