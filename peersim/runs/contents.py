"""What an output folder's store holds, looked at without writing: its own journal, and those of parts not joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peersim.runs.history import history
from peersim.runs.journal import JOURNAL, Journal, Shard
from peersim.runs.mending import QUARANTINE
from peersim.runs.shards import is_a_shard
from peersim.runs.store_errors import StoreError
from peersim.runs.who_holds import who_holds

_PARTS = "part-*-of-*"


@dataclass(frozen=True)
class Contents:
    """What lies there.

    made     how many records each code version made, by table
    failed   how many failed, by table
    sweeps   who wrote, oldest first, as the notes of the store have them
    joined   whether the main journal knows all that the parts wrote
    aside    bytes of what is in the quarantine
    holder   who writes there now
    wrong    why a journal cannot be read
    """

    folder: Path
    made: dict[str, Counter[str]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    sweeps: list[dict[str, Any]] = field(default_factory=list)
    joined: bool = True
    aside: int = 0
    holder: dict[str, Any] | None = None
    wrong: list[str] = field(default_factory=list)

    def of_code(self, table: str, code: str) -> int:
        return self.made.get(table, Counter())[code]

    def of_other_code(self, table: str, code: str) -> int:
        return self.made.get(table, Counter()).total() - self.of_code(table, code)


def has_store(folder: Path) -> bool:
    """Whether runs are stored there, by a sweep or by parts of one."""
    store = folder / "store"
    places = (store, *store.glob(_PARTS))
    return any((place / JOURNAL).is_file() for place in places) or any(
        is_a_shard(file.name) for place in places if place.is_dir() for file in place.iterdir()
    )


def folders_with_stores(root: Path) -> list[Path]:
    """The folder itself, and all below it, in which runs are stored. Raises OSError."""
    found = []
    for folder, below, _ in root.walk():
        if has_store(folder):
            found.append(folder)
        below[:] = sorted(name for name in below if name != "store")
    return found


def contents_of(folder: Path) -> Contents:
    """Look at all journals of a folder. Raises StoreError where nothing is stored."""
    if not has_store(folder):
        raise StoreError(f"{folder}: no runs are stored there; name the folder that a sweep was given with -o")
    home, wrong = folder / "store", list[str]()
    made: dict[str, Counter[str]] = {}
    failed: set[tuple[str, bytes]] = set()
    sweeps: list[dict[str, Any]] = []
    known: set[str] = set()
    joined = True
    for place in (home, *sorted(home.glob(_PARTS))):
        if not (place / JOURNAL).is_file():
            if place == home and not any(home.glob(f"{_PARTS}/{JOURNAL}")):
                wrong.append(f"{place / JOURNAL}: is missing")
            continue
        try:
            for shard, rows in _own(place, known, home):
                made.setdefault(shard.table, Counter())[shard.code] += rows
                joined = joined and place == home
            told, noted = _told(place)
        except StoreError as error:
            wrong.append(str(error).partition("; give the command")[0])
            continue
        failed |= told if place == home else _not_made(home, told)
        sweeps += [sweep for sweep in noted if sweep not in sweeps]
    holder = next((who for place in (folder, *home.glob(_PARTS)) if (who := who_holds(place))), None)
    aside = sum(file.stat().st_size for file in (home / QUARANTINE).glob("*"))
    sweeps.sort(key=lambda sweep: str(sweep.get("time", "")))
    return Contents(folder, made, Counter(table for table, _ in failed), sweeps, joined, aside, holder, wrong)


def _own(place: Path, known: set[str], home: Path) -> Iterator[tuple[Shard, int]]:
    """The shards of a journal that were not yet seen, each with its number of records."""
    before = "" if place == home else f"{place.name}/"
    journal = Journal(place / JOURNAL, writing=False)
    try:
        count = "SELECT name, count(*) FROM records JOIN shards ON number = shard GROUP BY number"
        rows = dict(journal.asked(count))
        shards = journal.shards()
    finally:
        journal.close()
    for shard in shards:
        if before + shard.name not in known:
            known.add(before + shard.name)
            yield shard, rows.get(shard.name, 0)


def _told(place: Path) -> tuple[set[tuple[str, bytes]], list[dict[str, Any]]]:
    """Failures, and what the notes say of sweeps."""
    journal = Journal(place / JOURNAL, writing=False)
    try:
        failures = set(journal.asked("SELECT table_name, id FROM failures"))
        notes = dict(journal.asked("SELECT key, value FROM notes"))
    finally:
        journal.close()
    return failures, history(notes)


def _not_made(home: Path, failures: set[tuple[str, bytes]]) -> set[tuple[str, bytes]]:
    """Those failures of a part that did not succeed later on."""
    if not failures or not (home / JOURNAL).is_file():
        return failures
    journal = Journal(home / JOURNAL, writing=False)
    try:
        return {one for one in failures if not journal.has(*one)}
    finally:
        journal.close()


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder; one that vanishes meanwhile counts nothing."""
    n_bytes = 0
    for file in folder.rglob("*"):
        with suppress(OSError):
            n_bytes += file.stat().st_size if file.is_file() else 0
    return n_bytes
