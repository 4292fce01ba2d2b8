"""Every file of a store against what its journal says of it, looked at only: also while a sweep writes there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from peersim.runs.journal import JOURNAL, Journal, Shard
from peersim.runs.shards import is_a_shard, what_is_wrong
from peersim.runs.store_errors import Damage, DamagedJournalError

Found = dict[Path, tuple[Path, Shard]]
"""Files of shards, each with the journal that knows it and what that says."""


def shards_in(folder: Path) -> tuple[Found, list[Damage]]:
    """All shards of an output folder, with those of parts; and the journals that cannot be read.

    Raises StoreError for a journal of another format.
    """
    home = folder / "store"
    shards: Found = {}
    damages: list[Damage] = []
    for place in (home, *sorted(home.glob("part-*-of-*"))):
        journal = place / JOURNAL
        try:
            for shard in _shards(journal):
                shards.setdefault(place / shard.name, (journal, shard))
        except DamagedJournalError as error:
            wrong = str(error).removeprefix(f"{journal}: ").partition("; give the command")[0]
            damages.append(Damage(journal, wrong))
    return shards, damages


def damaged_among(shards: Found, on_done: Callable[[int], None] = lambda n: None) -> list[Damage]:
    """Those that are not, byte for byte, what was written. on_done  is called with 1 after each"""
    damages = []
    for file, (journal, shard) in shards.items():
        wrong = what_is_wrong(file, shard)
        if wrong and (n_lost := _records(journal, shard.name)) is not None:
            damages.append(Damage(file, wrong, n_lost))
        on_done(1)
    return damages


def _shards(file: Path) -> Iterator[Shard]:
    """The shards of a journal, once its pages are found in order. Raises DamagedJournalError."""
    if not file.is_file():
        if any(is_a_shard(one.name) for one in file.parent.iterdir()):
            raise DamagedJournalError(f"{file}: missing")
        return
    with closing(Journal(file, writing=False)) as journal:
        journal.look_for_damage()
        yield from journal.shards()


def _records(journal: Path, name: str) -> int | None:
    """How many records a shard has; None if the journal has let go of it meanwhile."""
    with closing(Journal(journal, writing=False)) as now:
        if name not in now.names():
            return None
        count = "SELECT count(*) FROM records WHERE shard = (SELECT number FROM shards WHERE name = ?)"
        return int(now.asked(count, (name,))[0][0])
