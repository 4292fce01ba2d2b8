"""Records for the tests of the store: rows that can be told from their number, and what lies in a folder."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pyarrow as pa

SCHEMAS = {
    "runs": pa.schema(
        {"score": pa.float64(), "n": pa.int64(), "days": pa.list_(pa.float32()), "of": pa.string()}
    ),
    "people": pa.schema([pa.field("n", pa.int32(), nullable=False)]),
}


OWN = {"journal.sqlite", "journal.sqlite-journal", "lock"}
"""The journal's files; what SQLite would go back to is left by a kill, and overwritten by the next commit."""


def id_of(n: int) -> bytes:
    return hashlib.sha256(str(n).encode()).digest()[:16]


def row_of(n: int, table: str = "runs") -> dict:
    if table == "people":
        return {"n": n}
    return {"score": n / 4, "n": n, "days": [float(day) for day in range(n % 5)], "of": None if n % 7 == 0 else f"a{n}"}


def put(store, numbers, table: str = "runs", code: str = "") -> None:
    """Add these and flush."""
    for n in numbers:
        store.add(table, id_of(n), row_of(n, table), code)
    store.flush()


def holds(store, numbers, table: str = "runs") -> bool:
    """Whether all of these are there, equal to what was added."""
    ids = [id_of(n) for n in numbers]
    expected = [{"id": id, **row_of(n, table)} for id, n in zip(ids, numbers, strict=True)]
    return all(store.has(table, id) for id in ids) and store.rows(table, ids).to_pylist() == expected


def shards(folder: Path) -> list[Path]:
    """The shards of a store, those of parts included, in the order of their names."""
    return sorted((folder / "store").rglob("*-????????????????.parquet"))


def numbers_in(shard: Path) -> set[int]:
    import pyarrow.parquet as pq

    return set(pq.read_table(shard)["n"].to_pylist())


def left_files(folder: Path) -> list[Path]:
    """Files that the journal does not name, other than its own."""
    left = []
    store = folder / "store"
    for journal in (store / "journal.sqlite", *store.glob("part-*/journal.sqlite")):
        db = sqlite3.connect(journal)
        named = {name for (name,) in db.execute("SELECT name FROM shards")} | OWN
        db.close()
        left += [file for file in journal.parent.iterdir() if file.is_file() and file.name not in named]
    return left


def entered(journal: Path, shard: str = "%") -> set[tuple[str, bytes]]:
    """Table and id of the records that a journal has, of one shard or of all."""
    db = sqlite3.connect(journal)
    question = "SELECT r.table_name, id FROM records r JOIN shards ON number = shard WHERE name LIKE ?"
    found = set(db.execute(question, (shard,)))
    db.close()
    return found


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip_a_bit(file: Path, at: float = 0.5) -> None:
    content = bytearray(file.read_bytes())
    content[int(at * (len(content) - 1))] ^= 16
    file.write_bytes(content)


def junk_inside(file: Path) -> None:
    """The second page of a journal."""
    content = bytearray(file.read_bytes())
    content[4096:8192] = b"\xa5" * 4096
    file.write_bytes(content)


DAMAGES = {"cut off": cut_off, "changed": flip_a_bit, "missing": Path.unlink}
"""What happens to files, by the word that tells it."""
