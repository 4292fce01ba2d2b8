"""What can go wrong with a store, in sentences; a full disk keeps the number that the system gives it."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class StoreError(Exception):
    """A store that cannot be used as asked; str() says which, why, and what to do."""


class DamagedJournalError(StoreError):
    """A journal that is no longer one; the next opening for writing makes it anew from the shards."""


@dataclass(frozen=True)
class Damage:
    """A file of the store that cannot be trusted any more.

    wrong    what is wrong with it, as the end of a sentence that begins with the file
    records  how many records are lost with it, to be made again
    """

    file: Path
    wrong: str
    records: int = 0

    def __str__(self) -> str:
        if not self.records:
            return f"{self.file}: {self.wrong}"
        lost = "1 record has" if self.records == 1 else f"{self.records:,} records have"
        return f"{self.file}: {self.wrong}; {lost} to be made again"


_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
_KEPT_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
_ERRNO = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    **dict.fromkeys(_NOT_WRITABLE, errno.EACCES),
}


@contextmanager
def in_words(journal: Path) -> Iterator[None]:
    """Tell an error of SQLite as the OSError that it stands for, with the journal's name, or as a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what SQLite adds to say it more exactly
        if code in _ERRNO:
            raise OSError(_ERRNO[code], os.strerror(_ERRNO[code]), str(journal)) from error
        if code in _DAMAGED:
            raise DamagedJournalError(
                f"{journal}: is damaged ({error}); give the command again: what is stored is found anew from the shards"
            ) from error
        if code in _KEPT_LOCKED:
            raise StoreError(f"{journal}: another process keeps it locked; try again when it is done") from error
        raise
