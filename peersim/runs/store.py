"""The store of runs: rows of named tables under the ids of what made them; what is in it is not made again.

Everything lies in DIR/store: journal.sqlite, which knows where each record is; shards, Parquet files of some hundred
rows; part-003-of-016/, what a task of a job array wrote; and quarantine/, what was damaged. Rows wait in memory until
`flush`, after which neither a killed process nor a power cut loses them. A row is read only from a shard that is still,
byte for byte, what was written. Losing the journal loses no row: the shards say all that it held.

Nothing here knows the model. A store is for one thread; that one process at a time writes is for `peersim.runs.hold`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peersim.runs.commit import committed_together
from peersim.runs.durable import make_folder
from peersim.runs.journal import JOURNAL, Journal, Shard
from peersim.runs.mending import QUARANTINE, opened, remove_left_files, sound
from peersim.runs.parts import part_name, take_in
from peersim.runs.pruning import Freed, Keep, pruned
from peersim.runs.shards import About, ShardReader, as_wanted, encoded, must_be_file_names, with_id
from peersim.runs.store_errors import Damage, DamagedJournalError, StoreError
from peersim.runs.verifying import OnProgress, damages
from peersim.runs.waiting import Waiting

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Damage", "DamagedJournalError", "Freed", "Store", "StoreError", "open_store", "read_store"]


@contextmanager
def open_store(
    folder: Path, schemas: Mapping[str, pa.Schema], *, part: tuple[int, int] | None = None
) -> Iterator[Store]:
    """The store of an output folder, to be written; what waits is flushed when it is left.

    schemas  the columns of each table, without the id
    part     (3, 16): the third of sixteen tasks, which writes into a folder of its own and sees the main store as well

    A journal that is missing or damaged is made anew, and files that a killed process left are removed; `mended` says
    what was done. Raises StoreError for a journal of another format, OSError where the folder cannot be written.
    """
    home = folder / "store"
    own = home if part is None else home / part_name(*part)
    make_folder(own)
    with ExitStack() as stack:
        journal, mended = opened(own, home / QUARANTINE)
        stack.callback(journal.close)
        remove_left_files(journal, own)
        main, told = (None, []) if part is None else _main_journal(home)
        if main is not None:
            stack.callback(main.close)
        store = Store(home, own, journal, main, schemas, writable=True)
        store.mended = (*mended, *told)
        if mended and part is None:  # what had been taken in by reference
            store.take_in_parts()
        try:
            yield store
        except BaseException:
            with suppress(OSError, StoreError):  # what led here is told
                store.flush()
            raise
        store.flush()


@contextmanager
def read_store(folder: Path, schemas: Mapping[str, pa.Schema]) -> Iterator[Store]:
    """The store of an output folder, to be read only, also while a sweep writes it.

    Raises StoreError where nothing is stored, or where the journal is damaged: only an opening for writing mends it.
    """
    home = folder / "store"
    if not (home / JOURNAL).exists():
        raise StoreError(f"{folder}: no runs are stored there; name the folder that a sweep was given with -o")
    journal = Journal(home / JOURNAL, writing=False)
    try:
        yield Store(home, home, journal, None, schemas, writable=False)
    finally:
        journal.close()


def _main_journal(home: Path) -> tuple[Journal | None, list[Damage]]:
    """The main journal as a part sees it; where it cannot be read, a part makes what it is asked for."""
    if not (home / JOURNAL).exists():
        return None, []
    try:
        return sound(home / JOURNAL, writing=False), []
    except DamagedJournalError:
        return None, [Damage(home / JOURNAL, "is damaged; until the next sweep mends it, its runs are made again")]


class Store:
    """An open store; made by `open_store` and `read_store`.

    mended  what was damaged or missing when it was opened, and what was done about it
    """

    def __init__(
        self, home: Path, own: Path, journal: Journal, main: Journal | None, schemas: Mapping[str, pa.Schema], *,
        writable: bool,
    ) -> None:  # fmt: skip
        must_be_file_names(schemas)
        self.mended: tuple[Damage, ...] = ()
        self._home, self._own, self._journal = home, own, journal
        self._places = [(own, journal)] if main is None else [(own, journal), (home, main)]
        self._schemas = {table: with_id(schema) for table, schema in schemas.items()}
        self._waiting = {table: Waiting(table, schema) for table, schema in schemas.items()}
        self._failed: dict[tuple[str, bytes], tuple[str, str]] = {}
        self._noted: dict[str, str] = {}
        self._reader = ShardReader()
        self._writable = writable

    @contextmanager
    def reading(self) -> Iterator[None]:
        """For `has` asked of very many in a row: quick, and all as of one moment. Nothing can be stored meanwhile."""
        with ExitStack() as stack:
            for _, journal in self._places:
                stack.enter_context(journal.reading())
            yield

    def has(self, table: str, id: bytes) -> bool:
        """Whether the record is stored, or waits to be."""
        return id in self._waiting[table].rows or self._is_stored(table, id)

    def count(self, table: str) -> int:
        """The number of stored records of a table; in a part, its own."""
        return int(self._journal.asked("SELECT count(*) FROM records WHERE table_name = ?", (table,))[0][0])

    def ids(self, table: str, code: str | None = None) -> Iterator[bytes]:
        """The ids of the stored records of a table, or of those of a code version, rising; in a part, its own."""
        return self._journal.ids(table, code)

    def add(self, table: str, id: bytes, row: Mapping[str, Any], code: str = "") -> None:
        """Let a row wait to be stored; one whose id is there is passed over.

        code  the code version that made it

        Raises ValueError if the row does not fit the table: it has every column, and null only where that is allowed.
        """
        self._must_be_writable()
        if not self.has(table, id):
            self._waiting[table].add(id, row, code)
        self._failed.pop((table, id), None)

    def fail(self, table: str, id: bytes, kind: str, message: str) -> None:
        """Let a failure wait to be noted; it is forgotten once the record is there."""
        self._must_be_writable()
        if not self.has(table, id):
            self._failed[table, id] = kind, message

    def failures(self, table: str) -> dict[bytes, tuple[str, str]]:
        """Kind and message of each failure, those that wait included; in a part, its own."""
        rows = self._journal.asked("SELECT id, kind, message FROM failures WHERE table_name = ?", (table,))
        stored = {id: (kind, message) for id, kind, message in rows if id not in self._waiting[table].rows}
        return stored | {id: told for (of, id), told in self._failed.items() if of == table}

    def note(self, key: str, value: str) -> None:
        """Let a small text wait to be kept; one of the same key is replaced."""
        self._must_be_writable()
        self._noted[key] = value

    def notes(self) -> dict[str, str]:
        """All notes, those that wait included."""
        stored: dict[str, str] = {}
        for _, journal in reversed(self._places):
            stored |= dict(journal.asked("SELECT key, value FROM notes"))
        return stored | self._noted

    def codes(self, table: str) -> dict[str, int]:
        """How many stored records of a table each code version made; in a part, its own."""
        made = "records JOIN shards ON number = shard WHERE records.table_name = ?"
        count = f"SELECT code, count(*) FROM {made} GROUP BY code"
        return dict(self._journal.asked(count, (table,)))

    def flush(self) -> None:
        """Store all that waits, durably and together: rows, failures and notes.

        Where it fails nothing is stored and everything goes on waiting, so that it can be tried again. Raises OSError
        (ENOSPC and its like with their numbers), StoreError.
        """
        if not (self._noted or self._failed or any(waiting.rows for waiting in self._waiting.values())):
            return
        with committed_together(self._journal, self._own) as write:
            db, notes = self._journal.db, self.notes()
            db.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?)", self._noted.items())
            for table, waiting in self._waiting.items():
                for code, ids in waiting.codes().items():
                    new = [id for id in ids if not self._is_stored(table, id)]
                    if new:
                        about = About(table, code, len(self._journal.names()), notes)
                        shard, content = encoded(waiting.taken(new), about)
                        write(shard.name, content)
                        self._journal.enter(shard, new)
                resolved = ((table, id) for id in waiting.rows)
                db.executemany("DELETE FROM failures WHERE table_name = ? AND id = ?", resolved)
            failures = ((*key, *told) for key, told in self._failed.items())
            db.executemany("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", failures)
        for waiting in self._waiting.values():
            waiting.rows.clear()
        self._failed.clear()
        self._noted.clear()

    def rows(self, table: str, ids: Sequence[bytes]) -> pa.Table:
        """These rows in this order, the column `id` first; those that wait are found too.

        Holds the rows asked for and at most some shards besides: ask for some thousand at a time, those made
        together beside each other. Raises KeyError for an id that is not there, StoreError for a damaged shard.
        """
        import pyarrow as pa

        schema, waiting = self._schemas[table], self._waiting[table]
        order = [place for place, id in enumerate(ids) if id in waiting.rows]
        pieces = [waiting.taken([ids[place] for place in order])]
        for file, shard, places, rows in self._where(table, ids):
            held = self._reader.read(file, shard)
            if max(rows) >= shard.rows or held["id"].take(pa.array(rows)).to_pylist() != [ids[at] for at in places]:
                raise DamagedJournalError(
                    f"{file}: holds other records than {JOURNAL} says, which is damaged; remove {JOURNAL}, and it is "
                    "made anew by the next sweep"
                )
            pieces.append(as_wanted(held, schema, rows, file))
            order += places
        joined = pa.concat_tables(pieces)
        if order == sorted(order):
            return joined
        back = [0] * len(order)
        for taken, place in enumerate(order):
            back[place] = taken
        return joined.combine_chunks().take(pa.array(back, pa.int64()))

    def _where(self, table: str, ids: Sequence[bytes]) -> list[tuple[Path, Shard, list[int], list[int]]]:
        """The shards in which these records are, each with their places among the ids and their rows."""
        missing = {id for id in ids if id not in self._waiting[table].rows}
        found: dict[bytes, tuple[Path, Shard, int]] = {}
        for folder, journal in self._places:
            here = journal.find(table, missing - found.keys())
            found |= {id: (folder / shard.name, shard, row) for id, (shard, row) in here.items()}
        if missing - found.keys():
            raise KeyError(f"{table} {min(missing - found.keys()).hex()}")
        needed: dict[Path, tuple[Path, Shard, list[int], list[int]]] = {}
        for place, id in enumerate(ids):
            if id in found:
                file, shard, row = found[id]
                _, _, places, rows = needed.setdefault(file, (file, shard, [], []))
                places.append(place)
                rows.append(row)
        return list(needed.values())

    def check(self, on_progress: OnProgress = lambda n_seen, n: None) -> list[Damage]:
        """Every shard against its size and sha256: what is missing, cut off or changed.

        Damaged files are moved to the quarantine and their records forgotten, so that they are made again; in a store
        that is only read they are told and nothing else. Parts are looked at once they are taken in.
        """
        return damages(self._home, self._own, self._journal, on_progress, put_aside=self._writable)

    def take_in_parts(self) -> int:
        """Take in what all parts have committed so far, where it lies; how many records were new."""
        self._must_be_main()
        n_new, found = take_in(self._home, self._journal)
        self.mended += tuple(found)
        return n_new

    def keep_only(self, keep: Keep) -> Freed:
        """Drop all records but these, and the quarantine; what waits is stored first, parts are taken in.

        keep  the ids to keep, by table, or a function that gives those of a table
        """
        self._must_be_main()
        self.flush()
        self.take_in_parts()
        return pruned(self._home, self._journal, self._reader, keep, self.notes())

    def _is_stored(self, table: str, id: bytes) -> bool:
        return any(journal.has(table, id) for _, journal in self._places)

    def _must_be_writable(self) -> None:
        if not self._writable:
            raise StoreError(f"{self._home}: is open for reading only")

    def _must_be_main(self) -> None:
        self._must_be_writable()
        if self._own != self._home:
            raise StoreError(f"{self._own}: is one part; this is done to the whole store, once the parts are written")
