"""Processes that are killed while they use a store, at a moment or at a step; run as `python -m tests.killed`.

One process stays and forks those that are to die, so that each is there at once. A step is a call of a function
written in C: of the system, of SQLite, of pyarrow; the process kills itself just before it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas  # noqa: F401  (pyarrow imports it at the first row)
import pyarrow.parquet  # noqa: F401  (all three, so that those who are forked have them)

from peersim.runs.store import Store, open_store
from tests.stored import SCHEMAS, id_of, put, row_of

ACTS: dict[str, Callable[[Store], object]] = {
    "flush": lambda store: put(store, range(100, 120)),
    "check": lambda store: store.check(),
    "take_in_parts": lambda store: store.take_in_parts(),
    "keep_only": lambda store: store.keep_only({"runs": [id_of(n) for n in range(3, 14)]}),
}


def main() -> None:
    what, folder, *rest = sys.argv[1:]
    if what == "at_moments":
        for lane in range(int(rest[0])):
            kill_at_moments(Path(folder) / str(lane), [0.05 + 0.007 * lane + 0.013 * life for life in range(3)])
    else:
        kill_at_steps(what, Path(folder), int(rest[0]))


def kill_at_moments(folder: Path, moments: list[float]) -> None:
    """A process that adds and flushes without end, killed after so many seconds; the next goes on in its folder."""
    folder.mkdir(exist_ok=True)
    for moment in moments:
        child = os.fork()
        if child == 0:
            add_without_end(folder)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def add_without_end(folder: Path) -> None:
    """The file `flushed` gets a line with the number of each record whose flush returned."""
    flushed = os.open(folder / "flushed", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    with open_store(folder, SCHEMAS) as store:
        n = store.count("runs")
        while True:
            while store.has("runs", id_of(n)):
                n += 1
            added = range(n, n + 1 + n % 4)
            for n in added:
                store.add("runs", id_of(n), row_of(n))
            store.flush()
            os.write(flushed, "".join(f"{n}\n" for n in added).encode())


def kill_at_steps(what: str, folder: Path, n_moments: int) -> None:
    """In copies of folder/before, evenly over all steps of an act: folder/0, folder/1, ..."""
    n_steps = run(what, copied(folder, "whole"), None)
    for moment in range(n_moments):
        run(what, copied(folder, str(moment)), moment * n_steps // n_moments)


def copied(folder: Path, name: str) -> Path:
    return Path(shutil.copytree(folder / "before", folder / name))


def run(what: str, folder: Path, killed_at: int | None) -> int:
    """The number of steps that a process took; killed at one, or let to its end."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        seen = 0

        def look(frame: object, event: str, argument: object) -> None:
            nonlocal seen
            if event == "c_call":
                if seen == killed_at:
                    os.kill(os.getpid(), signal.SIGKILL)
                seen += 1

        act = ACTS.get(what, lambda store: None)
        if what == "open":
            sys.setprofile(look)
        with open_store(folder, SCHEMAS) as store:
            sys.setprofile(look)
            act(store)
            sys.setprofile(None)
        os.write(tell, str(seen).encode())
        os._exit(0)
    os.close(tell)
    _, status = os.waitpid(child, 0)
    steps = os.read(told, 20)
    os.close(told)
    expected = 0 if killed_at is None else signal.SIGKILL
    assert status == expected, f"{what} in {folder}: ended with {status}"
    return int(steps or 0)


if __name__ == "__main__":
    main()
