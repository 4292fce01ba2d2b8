"""The journal: which record lies in which shard and row, in SQLite.

It is kept in rollback mode (journal_mode=DELETE), not as a write-ahead log: a log needs memory that all processes
share, which a network drive cannot give, and a commit comes once in some seconds. synchronous=EXTRA also brings to the
disk that the rollback file is gone; with FULL a power cut could undo the last commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from peersim.runs.store_errors import DamagedJournalError, StoreError, in_words

JOURNAL = "journal.sqlite"
FORMAT = 1
_OURS = 0x70656572
"""SQLite's application id by which a journal of ours is known: `peer` in ASCII."""
_WAIT = 60.0
"""Seconds to wait for another process's commit."""
_BLOCK = 10_000
"""Ids read at a time: while any are read, nobody can commit."""
_TABLES = f"""
PRAGMA application_id = {_OURS};
PRAGMA user_version = {FORMAT};
CREATE TABLE shards (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, table_name TEXT NOT NULL, code TEXT NOT NULL,
    sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, rows INTEGER NOT NULL);
CREATE TABLE records (
    table_name TEXT NOT NULL, id BLOB NOT NULL, shard INTEGER NOT NULL, row INTEGER NOT NULL,
    PRIMARY KEY (table_name, id)) WITHOUT ROWID;
CREATE TABLE failures (
    table_name TEXT NOT NULL, id BLOB NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL,
    PRIMARY KEY (table_name, id)) WITHOUT ROWID;
CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Shard(NamedTuple):
    """A file of rows, as the journal knows it; `name` is relative to the journal's folder."""

    name: str
    table: str
    code: str
    sha256: str
    bytes: int
    rows: int


class Journal:
    """One journal, open. For one thread. Errors of SQLite come as `in_words` tells them."""

    def __init__(self, file: Path, *, writing: bool) -> None:
        """Open a journal that is there; one opened for reading still undoes what a killed writer left half done."""
        self.file = file
        with in_words(file):
            self.db = sqlite3.connect(
                f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_WAIT
            )
            try:
                self._look_at_format()
                for setting in ("synchronous = EXTRA", "cache_size = -8192", f"query_only = {int(not writing)}"):
                    self.db.execute(f"PRAGMA {setting}")
                if writing:
                    self.db.execute("PRAGMA journal_mode = DELETE")
            except BaseException:
                self.db.close()
                raise

    @classmethod
    def make(cls, file: Path) -> Journal:
        """A new, empty journal."""
        with in_words(file):
            db = sqlite3.connect(file, isolation_level=None)
            try:
                db.executescript(f"PRAGMA synchronous = EXTRA; BEGIN; {_TABLES} COMMIT;")
            finally:
                db.close()
        return cls(file, writing=True)

    def _look_at_format(self) -> None:
        ours, version = (self.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
        if ours != _OURS:
            raise DamagedJournalError(f"{self.file}: is damaged (it is no journal of runs)")
        if version != FORMAT:
            raise StoreError(
                f"{self.file}: was written by another version of peersim (format {version}; this one reads {FORMAT}); "
                "use that version, or name another folder with -o"
            )

    def close(self) -> None:
        self.db.close()

    def look_for_damage(self) -> None:
        """Raises DamagedJournalError if SQLite finds a page that cannot be right."""
        with in_words(self.file):
            found = self.db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise DamagedJournalError(f"{self.file}: is damaged ({' '.join(found.split())})")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All of it is committed at the end, durably, or nothing; no other process writes meanwhile."""
        with in_words(self.file):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:  # SQLite may have gone back by itself
                    with suppress(sqlite3.Error):
                        self.db.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is asked within it is as of one moment, and quick; nobody can commit meanwhile."""
        with in_words(self.file):
            self.db.execute("BEGIN")
            try:
                yield
            finally:
                self.db.execute("ROLLBACK")

    def asked(self, question: str, values: Sequence[Any] = ()) -> list[Any]:
        """The answers to a question that has few."""
        with in_words(self.file):
            return self.db.execute(question, values).fetchall()

    def has(self, table: str, id: bytes) -> bool:
        question = "SELECT 1 FROM records WHERE table_name = ? AND id = ?"
        try:  # a million times: `in_words` costs more than the question
            return self.db.execute(question, (table, id)).fetchone() is not None
        except sqlite3.Error as error:
            with in_words(self.file):
                raise error

    def find(self, table: str, ids: Iterable[bytes]) -> dict[bytes, tuple[Shard, int]]:
        """The shard and row of those ids that are there, all as of one moment."""
        found: dict[bytes, tuple[Shard, int]] = {}
        shards: dict[int, Shard] = {}
        where = "SELECT shard, row FROM records WHERE table_name = ? AND id = ?"
        with in_words(self.file):
            self.db.execute("BEGIN")
            try:
                for id in ids:
                    if place := self.db.execute(where, (table, id)).fetchone():
                        if place[0] not in shards:
                            shards[place[0]] = self._shards("WHERE number = ?", place[:1])[0]
                        found[id] = shards[place[0]], place[1]
            finally:
                self.db.execute("ROLLBACK")
        return found

    def ids(self, table: str, code: str | None = None) -> Iterator[bytes]:
        """Every id of a table, or those that a code version made, in rising order, a block at a time."""
        made = "" if code is None else "AND (SELECT code FROM shards WHERE number = shard) = ?"
        question = f"SELECT id FROM records WHERE table_name = ? AND id > ? {made} ORDER BY id LIMIT ?"
        last, codes = b"", () if code is None else (code,)
        while block := self.asked(question, (table, last, *codes, _BLOCK)):
            yield from (id for (id,) in block)
            last = block[-1][0]

    def places(self, table: str) -> Iterator[tuple[bytes, int]]:
        """Every id of a table with the number of its shard, in rising order, a block at a time."""
        question = "SELECT id, shard FROM records WHERE table_name = ? AND id > ? ORDER BY id LIMIT ?"
        last = b""
        while block := self.asked(question, (table, last, _BLOCK)):
            yield from block
            last = block[-1][0]

    def shards(self) -> list[Shard]:
        """Every shard, oldest first."""
        return self._shards("ORDER BY number", ())

    def numbered(self) -> dict[int, Shard]:
        """Every shard by the number that `places` has."""
        question = "SELECT number, name, table_name, code, sha256, bytes, rows FROM shards"
        return {number: Shard(*told) for number, *told in self.asked(question)}

    def _shards(self, which: str, values: Sequence[Any]) -> list[Shard]:
        question = f"SELECT name, table_name, code, sha256, bytes, rows FROM shards {which}"
        return [Shard(*answer) for answer in self.asked(question, values)]

    def names(self) -> set[str]:
        """The names of all shards."""
        return {name for (name,) in self.asked("SELECT name FROM shards")}

    def enter(self, shard: Shard, ids: Iterable[bytes]) -> None:
        """Note a shard and the ids of its rows, in order; within `writing`. An id that is there stays where it is."""
        columns = "name, table_name, code, sha256, bytes, rows"
        self.db.execute(f"INSERT OR IGNORE INTO shards ({columns}) VALUES (?, ?, ?, ?, ?, ?)", shard)
        (number,) = self.db.execute("SELECT number FROM shards WHERE name = ?", (shard.name,)).fetchone()
        rows = ((shard.table, id, number, row) for row, id in enumerate(ids))
        self.db.executemany("INSERT OR IGNORE INTO records VALUES (?, ?, ?, ?)", rows)

    def forget(self, names: Iterable[str]) -> dict[str, int]:
        """Forget these shards and the records in them; how many each had."""
        with self.writing() as db:
            db.execute("CREATE TEMP TABLE gone (number INTEGER PRIMARY KEY, name TEXT)")
            put = "INSERT INTO gone SELECT number, name FROM shards WHERE name = ?"
            db.executemany(put, ((name,) for name in names))
            count = (
                "SELECT gone.name, count(*) FROM records JOIN gone ON gone.number = records.shard GROUP BY gone.number"
            )
            lost = dict(db.execute(count).fetchall())
            db.execute("DELETE FROM records WHERE shard IN (SELECT number FROM gone)")
            db.execute("DELETE FROM shards WHERE number IN (SELECT number FROM gone)")
            db.execute("DROP TABLE gone")
        return lost
