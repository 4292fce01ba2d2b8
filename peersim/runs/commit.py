"""Files and what the journal says of them become true together, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peersim.runs.durable import write_durably
from peersim.runs.journal import Journal
from peersim.runs.store_errors import StoreError

type Write = Callable[[str, bytes], None]
"""Writes one file: its name in the folder, and its content."""


@contextmanager
def committed_together(journal: Journal, folder: Path) -> Iterator[Write]:
    """Write files, and enter them in the journal, within this; both last once it is left.

    The files are on the disk before the journal names them. Where anything fails, those that it does not name are
    removed again; a process that is killed leaves them to the next opening. All happens while no other process can
    write, so that nobody takes an unnamed file for a left one.
    """
    written: list[str] = []

    def write(name: str, content: bytes) -> None:
        written.append(name)
        write_durably(folder / name, content)

    try:
        with journal.writing():
            yield write
    except BaseException:
        with suppress(OSError, StoreError, sqlite3.Error), journal.writing():
            for name in set(written) - journal.names():  # an interruption may have come just after the commit
                (folder / name).unlink(missing_ok=True)
        raise
