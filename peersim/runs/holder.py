"""Who holds a folder: what is written for the others to read, and how they are told."""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any


def this_process(what: str) -> bytes:
    """Who holds: process, machine, since when, and by which command."""
    me = {
        "process": os.getpid(),
        "host": platform.node(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        "what": what,
        "command": " ".join(sys.argv),
    }
    return json.dumps(me).encode() + b"\n"


def said_in(file: Path) -> bytes:
    """What was written; empty where it cannot be read."""
    with suppress(OSError):
        return file.read_bytes()
    return b""


def is_gone(said: bytes) -> bool:
    """Whether it was a process of this machine that is known to be gone."""
    who = understood(said)
    if who.get("host") != platform.node() or not isinstance(who.get("process"), int) or sys.platform == "win32":
        return False
    try:
        os.kill(who["process"], 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's
        return False
    return False


def refusal(folder: Path, said: bytes) -> str:
    """The sentence for those who find the folder held."""
    who, by = understood(said), ""
    if who.keys() >= {"process", "host", "since"}:
        by = f" (process {who['process']} on host {who['host']} since {_time(str(who['since']))})"
    return (
        f"{folder}: another {who.get('what', 'process')} writes there{by}; wait for it, stop it, or name another "
        "folder with -o"
    )


def understood(said: bytes) -> dict[str, Any]:
    """What it says; nothing where it cannot be read."""
    with suppress(ValueError):
        who = json.loads(said)
        return who if isinstance(who, dict) else {}
    return {}


def _time(since: str) -> str:
    """14:02, with the day if it was another."""
    with suppress(ValueError):
        began = datetime.fromisoformat(since).astimezone()
        return began.strftime("%H:%M" if began.date() == datetime.now().date() else "%Y-%m-%d %H:%M")
    return since
