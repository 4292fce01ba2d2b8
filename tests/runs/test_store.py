"""The store: what is flushed is there, once, equal, for whoever opens it; what does not fit is refused at once."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from peersim.runs import store as stores
from peersim.runs.store import StoreError, open_store, read_store
from tests.stored import SCHEMAS, holds, id_of, put, row_of, shards

ROOT = Path(__file__).parents[2]


def test_what_is_flushed_is_there_for_the_next(tmp_path):
    """Rows come back in the order asked for, whichever shards they lie in, as often as asked for."""
    with open_store(tmp_path, SCHEMAS) as store:
        put(store, range(10))
        put(store, range(10, 14))
        put(store, range(3), "people")
    with open_store(tmp_path, SCHEMAS) as store:
        assert holds(store, [12, 3, 3, 0, 13])
        assert holds(store, [2, 0], "people")
        assert not store.has("people", id_of(3))
        assert store.count("runs") == 14
        assert list(store.ids("runs")) == sorted(id_of(n) for n in range(14))
        schema = store.rows("runs", [id_of(1)]).schema
        assert schema.names == ["id", *SCHEMAS["runs"].names]
        assert schema.field("score") == SCHEMAS["runs"].field("score")
        assert store.rows("runs", []).schema == schema
        assert store.mended == ()
    assert len(shards(tmp_path)) == 3


def test_what_waits_is_there_and_is_stored_when_one_leaves(tmp_path):
    """Also when one leaves because something went wrong."""
    with pytest.raises(ZeroDivisionError), open_store(tmp_path, SCHEMAS) as store:
        put(store, [1])
        store.add("runs", id_of(2), row_of(2))
        assert holds(store, [2, 1, 2])
        raise ZeroDivisionError
    with open_store(tmp_path, SCHEMAS) as store:
        assert holds(store, [1, 2])


def test_the_second_of_an_id_is_passed_over(tmp_path):
    other = {**row_of(1), "score": -1.0}
    with open_store(tmp_path, SCHEMAS) as store:
        store.add("runs", id_of(1), row_of(1))
        store.add("runs", id_of(1), other)
        store.flush()
        store.add("runs", id_of(1), other)
        store.flush()
        assert holds(store, [1])
    assert len(shards(tmp_path)) == 1


def test_what_is_not_there_is_named(tmp_path):
    with open_store(tmp_path, SCHEMAS) as store:
        put(store, [1])
        with pytest.raises(KeyError, match=f"runs {id_of(5).hex()}"):
            store.rows("runs", [id_of(1), id_of(5)])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"score": "high"}, "does not fit"),
        ({"days": 3.0}, "does not fit"),
        ({"n": 1.5}, "n = 1.5: must be a whole number"),
        ({"n": 2**70}, "does not fit"),
        ({"moon": 1}, r"unknown ones \['moon'\]"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_and_spoils_no_other(tmp_path, change, said):
    with open_store(tmp_path, SCHEMAS) as store:
        store.add("runs", id_of(1), row_of(1))
        with pytest.raises(ValueError, match=said):
            store.add("runs", id_of(2), {**row_of(2), **change})
        with pytest.raises(ValueError, match=r"lacks the columns \['days'"):
            store.add("runs", id_of(2), {"score": 1.0})
        with pytest.raises(ValueError, match=r"people\.n: must not be null"):
            store.add("people", id_of(2), {"n": None})
        with pytest.raises(ValueError, match="an id has 16 bytes, not 3"):
            store.add("runs", b"abc", row_of(2))
        store.flush()
        assert holds(store, [1])
        assert not store.has("runs", id_of(2))


def test_the_store_keeps_its_own_column_and_file_names(tmp_path):
    with pytest.raises(ValueError, match="no column `id`"), open_store(tmp_path, {"a": pa.schema([("id", pa.int8())])}):
        pass
    with pytest.raises(ValueError, match="letters, digits and _"), open_store(tmp_path, {"a/b": SCHEMAS["runs"]}):
        pass


def test_failures_are_kept_until_the_record_is_there(tmp_path):
    with open_store(tmp_path, SCHEMAS) as store:
        put(store, [1])
        for n in (1, 2, 3):
            store.fail("runs", id_of(n), "timeout", f"run {n} took too long")
        assert store.failures("runs") == {id_of(n): ("timeout", f"run {n} took too long") for n in (2, 3)}
    with open_store(tmp_path, SCHEMAS) as store:
        assert set(store.failures("runs")) == {id_of(2), id_of(3)}
        assert store.failures("people") == {}
        store.add("runs", id_of(2), row_of(2))
        assert set(store.failures("runs")) == {id_of(3)}
    with read_store(tmp_path, SCHEMAS) as store:
        assert set(store.failures("runs")) == {id_of(3)}


def test_notes_and_codes_are_kept(tmp_path):
    with open_store(tmp_path, SCHEMAS) as store:
        store.note("code", "abc")
        put(store, [1, 2], code="abc")
        for n, code in ((3, "abc"), (4, "def"), (2, "def")):
            store.add("runs", id_of(n), row_of(n), code)
        store.note("code", "def")
        assert store.notes() == {"code": "def"}
    with open_store(tmp_path, SCHEMAS) as store:
        assert store.notes() == {"code": "def"}
        assert store.codes("runs") == {"abc": 3, "def": 1}
        assert holds(store, [4, 3, 2, 1])


def test_a_reader_sees_each_flush_and_writes_nothing(tmp_path):
    """While a writer goes on; it finds damage, and leaves it where it is."""
    with open_store(tmp_path, SCHEMAS) as writer:
        put(writer, range(5))
        with read_store(tmp_path, SCHEMAS) as reader:
            assert holds(reader, range(5))
            put(writer, range(5, 9))
            assert holds(reader, range(9))
            for forbidden in (
                lambda: reader.add("runs", id_of(1), row_of(1)), lambda: reader.fail("runs", id_of(77), "", ""),
                lambda: reader.note("a", "b"), reader.take_in_parts, lambda: reader.keep_only({}),
            ):  # fmt: skip
                with pytest.raises(StoreError, match="is open for reading only"):
                    forbidden()
            shards(tmp_path)[0].write_bytes(b"")
            before = sorted(tmp_path.rglob("*"))
            assert len(reader.check()) == 1
            assert sorted(tmp_path.rglob("*")) == before


def test_where_nothing_is_stored_a_reader_is_told(tmp_path):
    with pytest.raises(StoreError, match="no runs are stored there"), read_store(tmp_path, SCHEMAS):
        pass
    assert list(tmp_path.iterdir()) == []


def test_other_columns_of_another_version_are_told(tmp_path):
    with open_store(tmp_path, SCHEMAS) as store:
        put(store, [1])
    changed = {"runs": SCHEMAS["runs"].append(pa.field("dose", pa.float64()))}
    with read_store(tmp_path, changed) as store, pytest.raises(StoreError, match="whose column dose was another"):
        store.rows("runs", [id_of(1)])


def test_pruning_keeps_what_is_asked_and_frees_the_rest(tmp_path):
    with open_store(tmp_path, SCHEMAS) as store:
        for begin in (0, 10, 20):
            put(store, range(begin, begin + 10), code=f"code{begin}")
        put(store, range(5), "people")
        store.fail("runs", id_of(99), "died", "")
        store.flush()
        whole = shards(tmp_path)
        shards(tmp_path)[0].with_name("quarantine").mkdir()
        (tmp_path / "store" / "quarantine" / "old").write_bytes(b"x" * 1000)
        kept = [*range(10), 13, 17]
        before = sum(file.stat().st_size for file in whole)
        freed = store.keep_only({"runs": (id_of(n) for n in kept)})
        after = sum(file.stat().st_size for file in shards(tmp_path))
        assert freed.records == 18 + 5
        assert freed.bytes == before - after + 1000
        assert str(freed).startswith("23 records dropped, 0.0 MB freed")
        assert holds(store, kept)
        assert store.count("runs") == 12
        assert store.count("people") == 0
        assert store.failures("runs") == {}
        assert store.codes("runs") == {"code0": 10, "code10": 2}
        assert store.check() == []
    assert len(shards(tmp_path)) == 2
    assert len(set(shards(tmp_path)) & set(whole)) == 1
    assert not (tmp_path / "store" / "quarantine").exists()
    with open_store(tmp_path, SCHEMAS) as store:
        assert holds(store, kept)
        assert store.keep_only(lambda table: list(store.ids(table))).records == 0


def test_a_folder_that_cannot_be_written_is_told_as_the_system_does(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError) as error, open_store(tmp_path / "file", SCHEMAS):
        pass
    assert error.value.errno in (errno.ENOTDIR, errno.EEXIST)


def test_the_store_imports_neither_the_model_nor_its_compiler():
    """A process that lists runs starts quickly; even pyarrow waits until it is used."""
    ask = f"import sys, {stores.__name__}, peersim.runs.hold; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert not {"numba", "numpy", "pandas", "pyarrow", "peersim.scenario", "peersim.world"} & loaded
