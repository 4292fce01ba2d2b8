"""Job arrays: each task writes a part of its own, and the whole store takes the parts in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from peersim.runs.store import StoreError, open_store
from tests.stored import SCHEMAS, cut_off, holds, id_of, junk_inside, left_files, put, row_of, shards

ROOT = Path(__file__).parents[2]

TASK = """
import sys
from pathlib import Path
from peersim.runs.store import open_store
from tests.stored import SCHEMAS, put
folder, number = Path(sys.argv[1]), int(sys.argv[2])
with open_store(folder, SCHEMAS, part=(number, 2)) as store:
    for begin in range(0, 60, 5):
        put(store, range(1000 * number + begin, 1000 * number + begin + 5), code="abc")
"""


def test_parts_written_at_the_same_time_are_taken_in(tmp_path):
    """By two processes, while a third takes in as far as they have come."""
    with open_store(tmp_path, SCHEMAS) as store:
        put(store, range(5))
        tasks = [
            subprocess.Popen([sys.executable, "-c", TASK, str(tmp_path), str(number)], cwd=ROOT) for number in (1, 2)
        ]
        n_new = 0
        while any(task.poll() is None for task in tasks):
            n_new += store.take_in_parts()
            assert store.count("runs") == 5 + n_new
            assert n_new % 5 == 0
        assert [task.wait() for task in tasks] == [0, 0]
        n_new += store.take_in_parts()
        assert n_new == 120
        assert store.take_in_parts() == 0
        assert holds(store, [*range(5), *range(1000, 1060), *range(2000, 2060)])
        assert store.codes("runs") == {"": 5, "abc": 120}
        assert store.check() == []
    assert left_files(tmp_path) == []
    assert [(tmp_path / "store" / f"part-00{number}-of-002").is_dir() for number in (1, 2)] == [True, True]


def test_a_part_knows_what_the_main_store_has(tmp_path):
    with open_store(tmp_path, SCHEMAS) as store:
        put(store, range(5))
        store.note("code", "abc")
    with open_store(tmp_path, SCHEMAS, part=(3, 16)) as part:
        assert holds(part, range(5))
        assert part.notes() == {"code": "abc"}
        put(part, [4, 5])
        assert part.count("runs") == 1
        assert holds(part, [5, 4, 0])
        for forbidden in (part.take_in_parts, lambda: part.keep_only({})):
            with pytest.raises(StoreError, match="is one part"):
                forbidden()
    assert (tmp_path / "store" / "part-003-of-016" / "journal.sqlite").exists()
    with open_store(tmp_path, SCHEMAS) as store:
        assert not store.has("runs", id_of(5))
        assert store.take_in_parts() == 1
        assert holds(store, range(6))


def test_a_record_that_two_parts_made_is_taken_in_once(tmp_path):
    for number in (1, 2):
        with open_store(tmp_path, SCHEMAS, part=(number, 2)) as part:
            put(part, range(number, number + 3))
    with open_store(tmp_path, SCHEMAS) as store:
        assert store.take_in_parts() == 4
        assert holds(store, range(1, 5))


def test_failures_and_notes_of_parts_are_taken_in(tmp_path):
    """Unless the record is there, and unless the main store has a note of its own."""
    with open_store(tmp_path, SCHEMAS, part=(1, 2)) as part:
        part.fail("runs", id_of(1), "died", "in the first")
        part.fail("runs", id_of(2), "died", "in the first")
        part.note("code", "of the part")
        part.note("host", "node3")
    with open_store(tmp_path, SCHEMAS, part=(2, 2)) as part:
        put(part, [1])
    with open_store(tmp_path, SCHEMAS) as store:
        store.note("code", "own")
        store.flush()
        store.take_in_parts()
        assert store.failures("runs") == {id_of(2): ("died", "in the first")}
        assert store.notes() == {"code": "own", "host": "node3"}
    with open_store(tmp_path, SCHEMAS, part=(1, 2)) as part:
        put(part, [2])
    with open_store(tmp_path, SCHEMAS) as store:
        store.take_in_parts()
        assert store.failures("runs") == {}


def test_damage_in_a_part_is_forgotten_there_too(tmp_path):
    """It is not taken in again, and the part makes it again."""
    with open_store(tmp_path, SCHEMAS, part=(1, 2)) as part:
        put(part, range(5))
        put(part, range(5, 10))
    victim = shards(tmp_path)[0]
    cut_off(victim)
    with open_store(tmp_path, SCHEMAS) as store:
        store.take_in_parts()
        (found,) = store.check()
        assert found.file == victim
        assert found.records == 5
        assert store.take_in_parts() == 0
        assert store.count("runs") == 5
    with open_store(tmp_path, SCHEMAS, part=(1, 2)) as part:
        put(part, range(10))
        assert holds(part, range(10))
        assert part.count("runs") == 10
    with open_store(tmp_path, SCHEMAS) as store:
        assert store.take_in_parts() == 5
        assert holds(store, range(10))


@pytest.mark.parametrize("whose", ["the part's", "the main store's", "both"])
def test_journals_that_are_damaged_lose_no_record_of_a_part(tmp_path, whose):
    with open_store(tmp_path, SCHEMAS) as store:
        put(store, range(5))
        with open_store(tmp_path, SCHEMAS, part=(1, 2)) as part:
            put(part, range(5, 10))
        store.take_in_parts()
    if whose != "the main store's":
        cut_off(tmp_path / "store" / "part-001-of-002" / "journal.sqlite")
    if whose != "the part's":
        cut_off(tmp_path / "store" / "journal.sqlite")
    with open_store(tmp_path, SCHEMAS) as store:
        store.take_in_parts()
        assert holds(store, range(10))
        assert len(store.mended) == (2 if whose == "both" else 1)


@pytest.mark.parametrize("spoil", [cut_off, junk_inside])
def test_a_part_goes_on_where_the_main_journal_cannot_be_read(tmp_path, spoil):
    """It makes its runs, and says what it found."""
    with open_store(tmp_path, SCHEMAS) as store:
        put(store, range(5))
    spoil(tmp_path / "store" / "journal.sqlite")
    with open_store(tmp_path, SCHEMAS, part=(1, 2)) as part:
        (told,) = part.mended
        assert told.file == tmp_path / "store" / "journal.sqlite"
        put(part, range(10))
    with open_store(tmp_path, SCHEMAS) as store:
        assert holds(store, range(10))


def test_pruning_a_store_prunes_its_parts(tmp_path):
    """What was dropped is not taken in again; what is kept no longer needs the part."""
    for number in (1, 2):
        with open_store(tmp_path, SCHEMAS, part=(number, 2)) as part:
            put(part, range(10 * number, 10 * number + 5))
    with open_store(tmp_path, SCHEMAS) as store:
        freed = store.keep_only({"runs": [id_of(n) for n in (10, 11)]})
        assert freed.records == 8
        assert freed.bytes > 0
        assert store.take_in_parts() == 0
        assert holds(store, [11, 10])
    assert [file.parent.name for file in shards(tmp_path)] == ["store"]
    with open_store(tmp_path, SCHEMAS, part=(1, 2)) as part:
        assert holds(part, [10])
        assert not part.has("runs", id_of(12))
        part.add("runs", id_of(12), row_of(12))
