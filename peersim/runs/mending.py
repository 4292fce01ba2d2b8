"""A journal ready for use: one that is missing or damaged is made anew from the shards, which say all that it held.

What it alone knew is lost: which runs failed (they are tried again), and notes later than the last shard.
"""

from __future__ import annotations

from pathlib import Path

from peersim.lock import locked
from peersim.runs.durable import UNFINISHED, move_aside, sync_folder
from peersim.runs.journal import FORMAT, JOURNAL, Journal
from peersim.runs.shards import introduced, is_a_shard
from peersim.runs.store_errors import Damage, DamagedJournalError, StoreError

QUARANTINE = "quarantine"


def opened(folder: Path, quarantine: Path) -> tuple[Journal, list[Damage]]:
    """The journal of a folder, to be written, and what had to be put aside or made anew for it.

    Raises StoreError for a journal of another format, OSError where the folder cannot be written.
    """
    file = folder / JOURNAL
    with locked(folder / "lock"):
        was = "was missing"
        if file.exists():
            try:
                return sound(file, writing=True), []
            except DamagedJournalError as error:
                was = str(error).removeprefix(f"{file}: ").partition(";")[0]
                move_aside(file, quarantine)
        left = file.with_name(file.name + "-journal")
        if left.exists():  # it belongs to the one that is gone, and would spoil the new one
            move_aside(left, quarantine)
        return _made_anew(file, quarantine, was)


def sound(file: Path, *, writing: bool) -> Journal:
    """A journal that was looked through. Raises DamagedJournalError, and what opening one raises."""
    journal = Journal(file, writing=writing)
    try:
        journal.look_for_damage()
    except BaseException:
        journal.close()
        raise
    return journal


def _made_anew(file: Path, quarantine: Path, was: str) -> tuple[Journal, list[Damage]]:
    """Under another name first: a journal that is there is complete."""
    new = file.with_name(file.name + UNFINISHED)
    for left in (new, new.with_name(new.name + "-journal")):
        left.unlink(missing_ok=True)
    journal = Journal.make(new)
    try:
        damages = _entered(journal, file.parent, quarantine)
        n_shards = len(journal.names())
    finally:
        journal.close()
    new.replace(file)
    sync_folder(file.parent)
    if n_shards or damages or was != "was missing":
        n = "1 shard" if n_shards == 1 else f"{n_shards:,} shards"
        damages.insert(0, Damage(file, f"{was}; made anew from {n}"))
    return Journal(file, writing=True), damages


def _entered(journal: Journal, folder: Path, quarantine: Path) -> list[Damage]:
    """Enter every shard of the folder; those that are not whole go to the quarantine."""
    damages: list[Damage] = []
    told: list[tuple[int, dict[str, str]]] = []
    with journal.writing() as db:
        for file in sorted(file for file in folder.iterdir() if is_a_shard(file.name)):
            try:
                shard, about, ids = introduced(file)
            except StoreError as error:
                move_aside(file, quarantine)
                damages.append(Damage(file, f"{error}; what was in it has to be made again"))
                continue
            journal.enter(shard, ids)
            told.append((about.flushed, about.notes))
        for _, notes in sorted(told, key=lambda one: one[0]):
            db.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?)", notes.items())
    return damages


def remove_left_files(journal: Journal, folder: Path) -> None:
    """Remove what a killed process had written and the journal does not name; never a file of another kind.

    Writes into the journal: where that cannot be done, one is told before anything is run.
    """
    with journal.writing() as db:
        db.execute(f"PRAGMA user_version = {FORMAT}")
        named = journal.names()
        for file in list(folder.iterdir()):
            if is_a_shard(file.name.removesuffix(UNFINISHED)) and file.name not in named:
                file.unlink(missing_ok=True)
