"""Which rows of a store its last tables need; the others can go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from itertools import groupby, permutations
from pathlib import Path

from peersim.runs.contents import Contents, contents_of
from peersim.runs.hold import holding
from peersim.runs.journal import JOURNAL, Journal
from peersim.runs.store import open_store
from peersim.sweeps.identity import contrast_id
from peersim.sweeps.last_tables import LastTables, last_tables
from peersim.sweeps.rows import CONTRASTS, RUNS, schemas

Keep = Callable[[str], Iterator[bytes]]
"""The ids of a table that are needed."""


@dataclass(frozen=True)
class Needless:
    """What nothing needs: rows of the store, by table.

    of_other_code  those that another code version made than the last sweep had
    of_others      those of scenarios or seeds that the last tables do not hold
    bytes          of files, with those in the quarantine; until they are freed, more or less
    is_known       whether the last tables say all; else what the last sweep's code made is not counted
    """

    of_other_code: Counter[str]
    of_others: Counter[str]
    bytes: int
    is_known: bool


def last_code(contents: Contents) -> str | None:
    """The code version that the last sweep had; None where nothing tells."""
    codes = [str(sweep["code"]) for sweep in contents.sweeps if "code" in sweep]
    return codes[-1] if codes else None


def ids_in_tables(tables: LastTables) -> Keep:
    """The ids of all runs in the table `runs`, and of all contrasts that are possible between them.

    A point's runs are held at a time. Raises OSError.
    """

    def runs() -> Iterator[bytes]:
        return (run for _, _, run in _runs(tables.file("runs")))

    def contrasts() -> Iterator[bytes]:
        for _, of_point in groupby(_runs(tables.file("runs")), key=lambda one: one[0]):
            by_seed: dict[int, list[bytes]] = {}
            for _, seed, run in of_point:
                by_seed.setdefault(seed, []).append(run)
            for same_seed in by_seed.values():
                yield from (contrast_id(arm, reference) for arm, reference in permutations(same_seed, 2))

    return lambda table: {RUNS: runs, CONTRASTS: contrasts}[table]()


def needless_in(folder: Path) -> Needless:
    """Look only. What parts wrote that are not joined yet is not counted. Raises StoreError."""
    contents, tables = contents_of(folder), last_tables(folder)
    keep = ids_in_tables(tables) if tables.are_all(contents) else None
    return _counted(contents, last_code(contents), keep)


def prune(folder: Path) -> Needless:
    """Let go of all that is needless, and tell what it was.

    Raises Held where a sweep, or a part of one, is at work; StoreError; OSError.
    """
    contents_of(folder)  # nothing is made where nothing is stored
    with ExitStack() as stack:
        for place in (folder, *sorted((folder / "store").glob("part-*-of-*"))):
            stack.enter_context(holding(place, "prune"))
        contents, tables = contents_of(folder), last_tables(folder)
        code, keep = last_code(contents), ids_in_tables(tables) if tables.are_all(contents) else None
        store = stack.enter_context(open_store(folder, schemas()))
        store.take_in_parts()
        found = _counted(contents, code, keep)
        freed = store.keep_only(keep or (lambda table: store.ids(table, code)))
    return replace(found, bytes=freed.bytes)


def _counted(contents: Contents, code: str | None, keep: Keep | None) -> Needless:
    """What the main journal has beside what is kept; the ids of one table are held at a time.

    code  the version whose rows are kept; None keeps those of all
    keep  the ids that are needed; None where that is not known, and all of this code are
    """
    of_other_code, of_others, n_bytes = Counter[str](), Counter[str](), 0.0
    file = contents.folder / "store" / JOURNAL
    if not file.is_file():
        return Needless(of_other_code, of_others, contents.aside, keep is not None)
    with closing(Journal(file, writing=False)) as journal:
        shards = journal.numbered()
        for table in (RUNS, CONTRASTS):
            needed = None if keep is None else set(keep(table))
            for id, number in journal.places(table):
                is_of_other_code = code is not None and shards[number].code != code
                if is_of_other_code or (needed is not None and id not in needed):
                    (of_other_code if is_of_other_code else of_others)[table] += 1
                    n_bytes += shards[number].bytes / shards[number].rows
    return Needless(of_other_code, of_others, contents.aside + round(n_bytes), keep is not None)


def _runs(file: Path) -> Iterator[tuple[int, int, bytes]]:
    """Point, seed and id of every run, in the order of the table."""
    from pyarrow import parquet

    with parquet.ParquetFile(file) as rows:
        for batch in rows.iter_batches(columns=["point", "seed", "run"]):
            points, seeds, runs = (batch[name].to_pylist() for name in ("point", "seed", "run"))
            yield from zip(points, seeds, map(bytes.fromhex, runs), strict=True)
