"""Keep some records and free what the others take.

A shard of which some rows are kept is written anew: first the new shards, durably; then the journal switches, in one
transaction; then the old files go. A process that is killed on the way has kept everything, or has done it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from peersim.runs.commit import Write, committed_together
from peersim.runs.journal import Journal, Shard
from peersim.runs.mending import QUARANTINE
from peersim.runs.parts import forget_in_parts
from peersim.runs.shards import About, ShardReader, encoded

type Keep = Mapping[str, Iterable[bytes]] | Callable[[str], Iterable[bytes]]
"""The ids to keep of each table; a table that is not named loses all."""

_IS_KEPT = "EXISTS (SELECT 1 FROM kept k WHERE k.table_name = {0}.table_name AND k.id = {0}.id)"


@dataclass(frozen=True)
class Freed:
    """What was dropped: records, and bytes of files, those in the quarantine among them."""

    records: int
    bytes: int

    def __str__(self) -> str:
        return f"{self.records:,} records dropped, {self.bytes / 1e6:,.1f} MB freed"


def pruned(folder: Path, journal: Journal, reader: ShardReader, keep: Keep, notes: dict[str, str]) -> Freed:
    """Drop every record that is not kept, and its failures too; the quarantine goes with them."""
    with committed_together(journal, folder) as write:
        db = journal.db
        _note_kept(db, keep)
        before = {shard.name: shard for shard in journal.shards()}
        n_dropped = db.execute(f"SELECT count(*) FROM records r WHERE NOT {_IS_KEPT.format('r')}").fetchone()[0]
        old = [shard for shard, n_kept in _kept_of_each(journal, before) if n_kept < shard.rows]
        for shard, n_kept in _kept_of_each(journal, {one.name: one for one in old}):
            if n_kept:
                _write_anew(folder, journal, reader, shard, write, notes)
        for table in ("records", "failures"):
            db.execute(f"DELETE FROM {table} WHERE NOT {_IS_KEPT.format(table)}")
        db.executemany("DELETE FROM shards WHERE name = ?", ((shard.name,) for shard in old))
        db.execute("DROP TABLE kept")
        new = [shard for shard in journal.shards() if shard.name not in before]
    forget_in_parts(folder, [shard.name for shard in old])
    for shard in old:
        (folder / shard.name).unlink(missing_ok=True)
    n_bytes = sum(shard.bytes for shard in old) - sum(shard.bytes for shard in new)
    return Freed(n_dropped, n_bytes + _emptied(folder / QUARANTINE))


def _note_kept(db: sqlite3.Connection, keep: Keep) -> None:
    """The ids to keep in a table of SQLite's own, so that a million of them are no Python objects."""
    db.execute("CREATE TEMP TABLE kept (table_name TEXT, id BLOB, PRIMARY KEY (table_name, id)) WITHOUT ROWID")
    tables = [name for (name,) in db.execute("SELECT table_name FROM shards UNION SELECT table_name FROM failures")]
    for table in tables:
        ids = keep(table) if callable(keep) else keep.get(table, ())
        db.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?)", ((table, id) for id in ids))


def _kept_of_each(journal: Journal, shards: Mapping[str, Shard]) -> list[tuple[Shard, int]]:
    """The shards, each with the number of its records that are kept."""
    count = f"""SELECT s.name, count(*) FROM records r JOIN shards s ON s.number = r.shard
                WHERE {_IS_KEPT.format("r")} GROUP BY s.number"""
    n_kept = dict(journal.asked(count))
    return [(shard, n_kept.get(name, 0)) for name, shard in shards.items()]


def _write_anew(
    folder: Path, journal: Journal, reader: ShardReader, shard: Shard, write: Write, notes: dict[str, str]
) -> None:
    """A new shard with the kept rows of this one, in their order; the records go over to it."""
    import pyarrow as pa

    table = reader.read(folder / shard.name, shard)
    ids: list[bytes] = table["id"].to_pylist()
    find = f"""SELECT 1 FROM records r JOIN shards s ON s.number = r.shard
               WHERE r.table_name = ? AND r.id = ? AND s.name = ? AND {_IS_KEPT.format("r")}"""
    rows = [row for row, id in enumerate(ids) if journal.asked(find, (shard.table, id, shard.name))]
    about = About(shard.table, shard.code, len(journal.names()), notes)
    new, content = encoded(table.take(pa.array(rows, pa.int64())), about)
    write(new.name, content)
    journal.db.executemany(
        "DELETE FROM records WHERE table_name = ? AND id = ?", ((shard.table, ids[row]) for row in rows)
    )
    journal.enter(new, (ids[row] for row in rows))


def _emptied(quarantine: Path) -> int:
    """The bytes that lay there."""
    if not quarantine.is_dir():
        return 0
    n_bytes = sum(file.stat().st_size for file in quarantine.iterdir())
    shutil.rmtree(quarantine)
    return n_bytes
