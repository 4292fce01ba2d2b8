"""The parts that the tasks of a job array wrote: folders beside the shards, each with a journal and shards of its own.

Their records are taken in by reference, the shards stay where they are. What the main journal lets go of, the journal
of the part forgets too, so that it is not taken in again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from peersim.runs.journal import JOURNAL, Journal
from peersim.runs.mending import QUARANTINE, opened
from peersim.runs.shards import is_a_shard
from peersim.runs.store_errors import Damage, in_words


def part_name(number: int, of: int) -> str:
    """The folder of a part: part-003-of-016."""
    return f"part-{number:03d}-of-{of:03d}"


def take_in(folder: Path, journal: Journal) -> tuple[int, list[Damage]]:
    """Enter in the main journal what the parts have committed; how many records were new, and what was damaged."""
    n_new, damages = 0, []
    for part in sorted(folder.glob("part-*-of-*")):
        if (part / JOURNAL).exists() or any(is_a_shard(file.name) for file in part.iterdir()):
            own, found = opened(part, folder / QUARANTINE)
            own.close()
            damages += found
            n_new += _taken_in(part, journal)
    return n_new, damages


def _taken_in(part: Path, journal: Journal) -> int:
    file = part / JOURNAL
    with in_words(file):
        journal.db.execute("ATTACH DATABASE ? AS part", (f"{file.absolute().as_uri()}?mode=ro",))
    try:
        with journal.writing() as db:
            return _copied(db, f"{part.name}/")
    finally:
        journal.db.execute("DETACH DATABASE part")


def _copied(db: sqlite3.Connection, before: str) -> int:
    """before  what stands before a shard's name in the main journal"""
    db.execute(
        "INSERT INTO main.shards (name, table_name, code, sha256, bytes, rows) "
        "SELECT ? || name, table_name, code, sha256, bytes, rows FROM part.shards "
        "WHERE ? || name NOT IN (SELECT name FROM main.shards) ORDER BY number",
        (before, before),
    )
    n_new = db.execute(
        "INSERT OR IGNORE INTO main.records SELECT r.table_name, r.id, there.number, r.row FROM part.records r "
        "JOIN part.shards s ON s.number = r.shard JOIN main.shards there ON there.name = ? || s.name",
        (before,),
    ).rowcount
    has = "SELECT 1 FROM main.records r WHERE r.table_name = f.table_name AND r.id = f.id"
    db.execute(f"INSERT OR REPLACE INTO main.failures SELECT * FROM part.failures f WHERE NOT EXISTS ({has})")
    db.execute(f"DELETE FROM main.failures AS f WHERE EXISTS ({has})")
    db.execute("INSERT OR IGNORE INTO main.notes SELECT * FROM part.notes")
    return n_new


def forget_in_parts(folder: Path, names: Iterable[str]) -> None:
    """Let the parts forget shards that the main journal has let go of; `names` as the main journal has them."""
    of_part: dict[str, list[str]] = {}
    for part, _, name in (name.rpartition("/") for name in names):
        of_part.setdefault(part, []).append(name)
    for part, own_names in of_part.items():
        if part and (folder / part / JOURNAL).exists():
            own, _ = opened(folder / part, folder / QUARANTINE)
            try:
                own.forget(own_names)
            finally:
                own.close()
