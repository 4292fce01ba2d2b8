"""Work for real workers: most pieces are fine, some do what a run should never do."""

import ctypes
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from peersim.runs.results import Made

PRELOAD = "tests.runs.pieces"


def get_ready():
    """Nothing is to be loaded."""


class OddError(Exception):
    """One that can be sent, but not put together again where it arrives."""

    def __init__(self, one, other):
        super().__init__(f"{one} and {other}")


@dataclass(frozen=True)
class Pieces:
    """What each piece does, by its number; `folder` is where pieces leave signs."""

    does: tuple[tuple[int, str], ...]
    folder: str = ""
    runs: int = 1

    @property
    def wants(self):
        return tuple(("runs", id_of(number)) for number, _ in self.does)

    def split(self):
        return tuple(replace(self, does=(one,)) for one in self.does)


def id_of(number):
    return number.to_bytes(16, "big")


def work(task):
    """Do all pieces; their rows."""
    return [Made("runs", id_of(number), {"is": done(what, number, task.folder)}) for number, what in task.does]


def done(what, number, folder):
    """What one piece makes, if it lives to do so."""
    sign = Path(folder, f"{number}-begun")
    if what == "raises":
        raise ValueError("this one\nraises")
    if what == "raises oddly":
        raise OddError("this", "that")
    if what == "leaves":
        raise SystemExit(3)
    if what == "makes what cannot be sent":
        return lambda: None
    if what == "makes much":
        return os.urandom(20_000_000)
    if what == "takes memory":
        return len(bytearray(2_000_000_000))
    if what == "hangs":
        time.sleep(1000)
    if what == "ends":
        os._exit(int(folder == ""))
    if what == "breaks":
        ctypes.string_at(0)
    if what == "breaks once" and not sign.exists():
        sign.touch()
        os._exit(7)
    if what == "takes a while":
        sign.touch()
        time.sleep(1)
    return number
