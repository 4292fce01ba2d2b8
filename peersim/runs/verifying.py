"""Every shard against what the journal says of it; what differs is put aside, and its records are forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from peersim.runs.durable import move_aside
from peersim.runs.journal import Journal
from peersim.runs.mending import QUARANTINE
from peersim.runs.parts import forget_in_parts
from peersim.runs.shards import what_is_wrong
from peersim.runs.store_errors import Damage

type OnProgress = Callable[[int, int], None]
"""Told after each shard: how many were looked at, of how many."""


def damages(
    home: Path, folder: Path, journal: Journal, on_progress: OnProgress, *, put_aside: bool
) -> list[Damage]:
    """What is wrong with the shards of a journal.

    home       the folder of the main journal, with the quarantine and the parts
    folder     the folder of this journal
    put_aside  move damaged files to the quarantine, and forget their records; else they are only told
    """
    wrong: dict[str, str] = {}
    shards = journal.shards()
    for n_seen, shard in enumerate(shards, start=1):
        if what := what_is_wrong(folder / shard.name, shard):
            wrong[shard.name] = what
        on_progress(n_seen, len(shards))
    if not wrong:
        return []
    if put_aside:
        for name in wrong:  # moved first: a file that the journal does not name would be removed
            if (folder / name).exists():
                move_aside(folder / name, home / QUARANTINE)
        lost = journal.forget(wrong)
        forget_in_parts(home, wrong)
    else:
        count = "SELECT name, count(*) FROM records JOIN shards ON number = shard GROUP BY number"
        lost = dict(journal.asked(count))
    return [Damage(folder / name, what, lost.get(name, 0)) for name, what in wrong.items()]
