"""Files are cut off, changed and lost: nothing damaged is ever used, and nothing else is lost with it."""

from __future__ import annotations

import sqlite3

import pytest

from peersim.runs.store import DamagedJournalError, StoreError, open_store, read_store
from tests.stored import (
    DAMAGES,
    SCHEMAS,
    cut_off,
    flip_a_bit,
    holds,
    id_of,
    junk_inside,
    left_files,
    numbers_in,
    put,
    shards,
)


@pytest.fixture
def folder(tmp_path):
    """A store of three shards, with 0..4, 5..9 and 10..14."""
    with open_store(tmp_path, SCHEMAS) as store:
        for begin in (0, 5, 10):
            put(store, range(begin, begin + 5), code="abc")
        store.note("code", "abc")
        put(store, [0, 1, 2], "people")
    return tmp_path


def journal_of(folder):
    return folder / "store" / "journal.sqlite"


def quarantined(folder):
    place = folder / "store" / "quarantine"
    return sorted(file.name for file in place.iterdir()) if place.exists() else []


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_shard_is_told_and_its_records_are_made_again(folder, damage):
    victim = next(file for file in shards(folder) if 7 in numbers_in(file) and file.name.startswith("runs"))
    DAMAGES[damage](victim)
    with open_store(folder, SCHEMAS) as store:
        with pytest.raises(StoreError, match=f"{victim}: {damage}.*give the command of its sweep again"):
            store.rows("runs", [id_of(7)])
        seen = []
        (found,) = store.check(lambda n_seen, n: seen.append((n_seen, n)))
        assert str(found).startswith(f"{victim}: {damage}")
        assert str(found).endswith("; 5 records have to be made again")
        assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
        assert [n for n in range(15) if not store.has("runs", id_of(n))] == [5, 6, 7, 8, 9]
        assert store.check() == []
        assert holds(store, [*range(5), *range(10, 15)])
        put(store, range(5, 10), code="abc")
        assert holds(store, range(15))
    assert quarantined(folder) == ([] if damage == "missing" else [victim.name])
    assert left_files(folder) == []


def test_every_flipped_bit_of_a_shard_is_noticed(folder):
    """Wherever it lies: in the values, the description, the numbers of Parquet."""
    victim = shards(folder)[0]
    content = victim.read_bytes()
    for share in (0, 0.01, 0.2, 0.4, 0.6, 0.8, 0.99, 1):
        flip_a_bit(victim, share)
        with read_store(folder, SCHEMAS) as store:
            assert len(store.check()) == 1
            table = victim.name.split("-")[0]
            with pytest.raises(StoreError, match="its content is no longer what was written"):
                store.rows(table, [id_of(n) for n in numbers_in_content(content)])
        victim.write_bytes(content)


def numbers_in_content(content):
    import io

    return numbers_in(io.BytesIO(content))


def test_what_is_put_aside_overwrites_nothing(folder):
    """The same file damaged twice lies there twice."""
    for _ in range(2):
        with open_store(folder, SCHEMAS) as store:
            put(store, [0, 1, 2], "people")
            cut_off(next(file for file in shards(folder) if file.name.startswith("people")))
            assert len(store.check()) == 1
    assert len(quarantined(folder)) == 2


def junk(file):
    file.write_bytes(b"junk" * 1000)


def foreign(file):
    file.unlink()
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE recipes (name)")
    db.close()


@pytest.mark.parametrize(
    "spoil", [cut_off, junk, junk_inside, foreign, lambda file: file.write_bytes(b""), lambda file: file.unlink()],
    ids=["cut off", "junk", "junk inside", "of something else", "empty", "deleted"],
)  # fmt: skip
def test_a_spoiled_journal_is_made_anew_from_the_shards(folder, spoil):
    """With all rows, codes and notes; what it was is kept aside."""
    spoil(journal_of(folder))
    is_gone = not journal_of(folder).exists()
    with open_store(folder, SCHEMAS) as store:
        (mended,) = store.mended
        assert str(mended).startswith(f"{journal_of(folder)}: was missing" if is_gone else f"{journal_of(folder)}: is")
        assert str(mended).endswith("made anew from 4 shards")
        assert holds(store, range(15))
        assert holds(store, range(3), "people")
        assert (store.codes("runs"), store.codes("people")) == ({"abc": 15}, {"": 3})
        assert store.notes() == {"code": "abc"}
        assert store.check() == []
        put(store, [15])
    assert quarantined(folder) == ([] if is_gone else ["journal.sqlite"])
    with open_store(folder, SCHEMAS) as store:
        assert store.mended == ()
        assert holds(store, range(16))


def test_what_a_lost_journal_would_go_back_to_does_not_spoil_the_new_one(folder):
    """SQLite's rollback file of a killed writer, whose journal is gone."""
    journal_of(folder).unlink()
    journal_of(folder).with_name("journal.sqlite-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 999)
    with open_store(folder, SCHEMAS) as store:
        assert holds(store, range(15))
    assert quarantined(folder) == ["journal.sqlite-journal"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_journal_made_anew_takes_no_damaged_shard(folder, damage):
    victim = shards(folder)[1]
    lost = numbers_in(victim)
    DAMAGES[damage](victim)
    journal_of(folder).unlink()
    with open_store(folder, SCHEMAS) as store:
        table = victim.name.split("-")[0]
        assert not any(store.has(table, id_of(n)) for n in lost)
        assert store.count("runs") + store.count("people") == 18 - len(lost)
        assert store.check() == []
        told = [str(mended) for mended in store.mended[1:]]
    if damage == "missing":
        assert told == []
    else:
        (sentence,) = told
        assert sentence.startswith(f"{victim}: its content is not what its name says")
        assert quarantined(folder) == [victim.name]


def test_a_reader_leaves_a_damaged_journal_to_the_next_writer(folder):
    junk(journal_of(folder))
    with pytest.raises(DamagedJournalError, match=r"is damaged.*give the command again"), read_store(folder, SCHEMAS):
        pass
    assert quarantined(folder) == []


def test_a_journal_that_points_to_other_rows_is_not_believed(folder):
    """As after a flipped bit that SQLite cannot notice."""
    db = sqlite3.connect(journal_of(folder))
    db.execute("UPDATE records SET row = row + 1 WHERE id IN (?, ?)", (id_of(3), id_of(4)))
    db.commit()
    db.close()
    with read_store(folder, SCHEMAS) as store:
        for n in (3, 4):
            with pytest.raises(DamagedJournalError, match=r"holds other records than journal\.sqlite says"):
                store.rows("runs", [id_of(n)])


def test_a_journal_of_another_format_is_told_and_left_alone(folder):
    db = sqlite3.connect(journal_of(folder))
    db.execute("PRAGMA user_version = 9")
    db.close()
    before = journal_of(folder).read_bytes()
    for opening in (open_store, read_store):
        said = r"written by another version of peersim \(format 9; this one reads 1\); use that version"
        with pytest.raises(StoreError, match=said), opening(folder, SCHEMAS):
            pass
    assert journal_of(folder).read_bytes() == before


def test_files_of_somebody_else_are_left_alone(folder):
    """Only shards that no journal names are removed, and those that were being written."""
    own = folder / "store"
    kept = ["readme.txt", "table.parquet", "runs-12.parquet", "notes.new"]
    gone = ["runs-0123456789abcdef.parquet", "runs-0123456789abcdef.parquet.new"]
    for name in (*kept, *gone):
        (own / name).write_text("x")
    with open_store(folder, SCHEMAS) as store:
        assert holds(store, range(15))
    assert all((own / name).exists() for name in kept)
    assert not any((own / name).exists() for name in gone)
