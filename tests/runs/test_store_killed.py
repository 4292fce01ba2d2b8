"""A process is killed in the middle of its work: nothing that was committed is lost, and nothing lies about."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from peersim.runs.store import open_store
from tests.stored import SCHEMAS, cut_off, holds, id_of, left_files, put, shards

ROOT = Path(__file__).parents[2]
N_MOMENTS = 12

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")


def killed(*arguments):
    """One thread, for the sake of those who are forked."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "tests.killed", *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})


def killed_in(act, folder):
    """The folders of processes that were killed in an act, evenly over its steps."""
    killed(act, folder, N_MOMENTS)
    return [folder / str(moment) for moment in range(N_MOMENTS)]


def settled(folder):
    """A store that was opened again after a kill: no file is left, none is damaged."""
    with open_store(folder, SCHEMAS) as store:
        assert store.check() == []
    assert left_files(folder) == []
    return open_store(folder, SCHEMAS)


@pytest.fixture
def before(tmp_path):
    (tmp_path / "before").mkdir()
    return tmp_path / "before"


def test_at_any_moment(tmp_path):
    """Twenty-one processes, three after another in each folder, which add and flush until they die."""
    killed("at_moments", tmp_path, 7)
    n_flushed = 0
    for lane in range(7):
        flushed = [int(n) for n in (tmp_path / str(lane) / "flushed").read_text().split()]
        with settled(tmp_path / str(lane)) as store:
            assert holds(store, flushed)
            assert len(flushed) <= store.count("runs") <= len(flushed) + 3 * 4
        n_flushed += len(flushed)
    assert n_flushed


def test_at_any_step_of_a_flush(before):
    """What was there is there; what was being flushed is there whole or not at all, and can be added again."""
    with open_store(before, SCHEMAS) as store:
        put(store, range(10))
    n_new = []
    for folder in killed_in("flush", before.parent):
        with settled(folder) as store:
            assert holds(store, range(10))
            n_new.append(store.count("runs") - 10)
            put(store, range(100, 120))
            assert holds(store, range(100, 120))
    assert set(n_new) <= {0, 20}
    assert n_new == sorted(n_new)


def test_at_any_step_of_pruning(before):
    """Everything is kept, or only what was to be; what was to be is there in either case."""
    with open_store(before, SCHEMAS, part=(1, 2)) as store:
        put(store, range(20, 25))
    with open_store(before, SCHEMAS) as store:
        for begin in (0, 5, 10, 15):
            put(store, range(begin, begin + 5))
    counts = set()
    for folder in killed_in("keep_only", before.parent):
        with settled(folder) as store:
            assert holds(store, range(3, 14))
            counts.add(store.count("runs"))
            store.keep_only({"runs": [id_of(n) for n in range(3, 14)]})
            assert holds(store, range(3, 14))
            assert store.count("runs") == 11
            assert store.take_in_parts() == 0
            assert store.check() == []
        assert left_files(folder) == []
    assert counts <= {11, 20, 25}
    assert 20 in counts


def test_at_any_step_of_putting_damage_aside(before):
    """The damaged file is in the quarantine at last, its records are made again, and all others are there."""
    with open_store(before, SCHEMAS) as store:
        put(store, range(5))
        (first,) = shards(before)
        put(store, range(5, 9))
    cut_off(first)
    content = first.read_bytes()
    for folder in killed_in("check", before.parent):
        with open_store(folder, SCHEMAS) as store:
            store.check()
            assert [store.has("runs", id_of(n)) for n in range(5)] == [False] * 5
            assert holds(store, range(5, 9))
        assert [file.read_bytes() for file in (folder / "store" / "quarantine").iterdir()] == [content]
        assert left_files(folder) == []


def test_at_any_step_of_making_the_journal_anew(before):
    """Also of one that is damaged, which is in the quarantine at last."""
    with open_store(before, SCHEMAS) as store:
        put(store, range(5))
        put(store, range(5, 9))
        store.note("code", "abc")
        put(store, range(9, 12))
    cut_off(before / "store" / "journal.sqlite")
    for folder in killed_in("open", before.parent):
        with settled(folder) as store:
            assert holds(store, range(12))
            assert store.notes() == {"code": "abc"}
        assert len(list((folder / "store" / "quarantine").iterdir())) == 1


def test_at_any_step_of_taking_in(before):
    for number in (1, 2):
        with open_store(before, SCHEMAS, part=(number, 2)) as store:
            put(store, range(10 * number, 10 * number + 10))
    for folder in killed_in("take_in_parts", before.parent):
        with settled(folder) as store:
            store.take_in_parts()
            assert holds(store, range(10, 30))
            assert store.check() == []
        shutil.rmtree(folder)
