"""A sweep comes to the same tables, byte for byte, whatever happened to it on the way; and it says what happened.

Every fault is a real one: processes are killed, disks are full, files are damaged.
"""

import os
import random
import shutil
import signal
import sys
import time

import pandas as pd
import pytest

from peersim.sweeps.sweep import sweep
from tests.sweeps.commands import (
    REPO,
    Running,
    can_mount,
    enlarge,
    kill,
    run,
    small_disk,
    tables_in,
    write_experiment,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The tables of an experiment that nothing ever happened to, by what is in its file."""
    known = {}

    def tables(file):
        text = file.read_text(encoding="utf-8")
        if text not in known:
            folder = tmp_path_factory.mktemp("undisturbed")
            sweep(file, folder, engine="in-process")
            known[text] = tables_in(folder)
        return known[text]

    return tables


@pytest.mark.slow
def test_killed_workers_cost_nothing_but_time(tmp_path, undisturbed):
    """kill -9, twice, as a system does that is short of memory."""
    file = write_experiment(tmp_path, people=400, days=60, seeds=60)
    with Running(tmp_path, "sweep", file, "-o", "out", "-j", 2) as running:
        for _ in range(2):
            running.wait_for_workers(1)
            time.sleep(0.3)
            kill(running.workers()[0])
            time.sleep(0.3)
        assert running.ended() == 0, running.said
    runs = pd.read_parquet(tmp_path / "out/runs.parquet")
    assert set(runs["status"]) == {"done"}
    assert tables_in(tmp_path / "out") == undisturbed(file)


def killed_at(moments, tmp_path, undisturbed, file):
    """Kill the command at these moments of its life, always begun again; then let it end."""
    for moment in moments:
        with Running(tmp_path, "sweep", file, "-o", "out", "-j", 2) as running:
            time.sleep(moment)
            kill(running.process.pid)
            running.process.wait()
            assert running.leaves_nobody(), f"killed after {moment:.2f} s"
    code, said = run(tmp_path, "sweep", file, "-o", "out", "-j", 2)
    assert code == 0, said
    assert tables_in(tmp_path / "out") == undisturbed(file)
    assert not [one for one in (tmp_path / "out").iterdir() if one.name.startswith(".")]


def life_of(tmp_path, file):
    """Seconds that the command takes when nothing happens to it."""
    began = time.monotonic()
    assert run(tmp_path, "sweep", file, "-o", "life", "-j", 2)[0] == 0
    return time.monotonic() - began


@pytest.mark.slow
def test_a_killed_coordinator_leaves_nobody_and_the_same_command_ends_alike(tmp_path, undisturbed):
    """While it starts its workers, lives, and writes."""
    file = write_experiment(tmp_path, seeds=40)
    life = life_of(tmp_path, file)
    killed_at([0.7 * life, 0.95 * life], tmp_path, undisturbed, file)


@pytest.mark.slow
def test_killed_at_twenty_moments_it_ends_alike(tmp_path, undisturbed):
    """Moments spread evenly over its whole life: reading, planning, living, storing, writing tables."""
    file = write_experiment(tmp_path, people=300, days=60, seeds=120)
    life = life_of(tmp_path, file)
    chosen = random.Random(1)
    killed_at([chosen.uniform(0.05, 1) * life for _ in range(20)], tmp_path, undisturbed, file)


@pytest.mark.slow
def test_ctrl_c_once_ends_what_has_begun_and_the_same_command_goes_on(tmp_path, undisturbed):
    """The whole group of processes hears of it, as from a terminal."""
    file = write_experiment(tmp_path, people=400, days=60, seeds=60)
    with Running(tmp_path, "sweep", file, "-o", "out", "-j", 2) as running:
        running.wait_for_workers(2)
        time.sleep(0.4)
        running.press_ctrl_c()
        assert running.ended(20) == 4, running.said
        assert "the same command goes on" in running.said
        assert "Traceback" not in running.said
        assert running.leaves_nobody()
        n_done = int(running.said.rpartition("stopped after ")[2].split()[0])
    assert 0 < n_done < 360
    code, said = run(tmp_path, "sweep", file, "-o", "out", "-j", 2)
    assert code == 0
    assert f"{n_done} are there" in said, "nothing that had begun was lost"
    assert tables_in(tmp_path / "out") == undisturbed(file)


@pytest.mark.slow
def test_ctrl_c_while_workers_get_ready_ends_it_as_well(tmp_path, undisturbed):
    """The server from which workers are forked is loading the model then, and never hears of it."""
    file = write_experiment(tmp_path)
    with Running(tmp_path, "sweep", file, "-o", "out", "-j", 2) as running:
        running.wait_until_said("runs to live")
        running.press_ctrl_c()
        assert running.ended(20) == 4, running.said
        assert "Traceback" not in running.said
        assert running.leaves_nobody()


@pytest.mark.slow
def test_sigterm_to_all_drains_as_well(tmp_path):
    """A queue tells every process of a job before it kills them."""
    file = write_experiment(tmp_path, people=400, days=60, seeds=60)
    with Running(tmp_path, "sweep", file, "-o", "out", "-j", 2) as running:
        running.wait_for_workers(2)
        time.sleep(0.4)
        os.killpg(running.process.pid, signal.SIGTERM)
        assert running.ended(20) == 4, running.said
        assert "stopped after 0 of" not in running.said
        assert "the same command goes on" in running.said
        assert running.leaves_nobody()


def test_ctrl_c_twice_stops_now_though_each_run_takes_minutes(tmp_path):
    file = write_experiment(tmp_path, people=20_000, days=3650)
    with Running(tmp_path, "sweep", file, "-o", "out", "-j", 2) as running:
        running.wait_for_workers(2)
        time.sleep(1)
        running.press_ctrl_c()
        running.wait_until_said("Ctrl-C again stops now")
        time.sleep(0.5)
        assert running.process.poll() is None, "it waits for what has begun"
        pressed = time.monotonic()
        running.press_ctrl_c()
        assert running.ended(10) == 4, running.said
        assert time.monotonic() - pressed < 10
        assert "the same command goes on" in running.said
        assert "Traceback" not in running.said
        assert running.leaves_nobody()


@pytest.mark.slow
def test_a_second_sweep_on_the_same_output_is_refused_and_the_first_goes_on(tmp_path, undisturbed):
    file = write_experiment(tmp_path, people=400, days=60, seeds=60)
    with Running(tmp_path, "sweep", file, "-o", "out", "-j", 1) as first:
        first.wait_until_said("runs to live")
        code, said = run(tmp_path, "sweep", file, "-o", "out", "-j", 1)
        assert first.process.poll() is None, "the first ended too soon to be a test"
        assert code == 75
        assert f"process {first.process.pid}" in said
        assert first.ended() == 0, first.said
    assert tables_in(tmp_path / "out") == undisturbed(file)


@pytest.mark.slow
@pytest.mark.skipif(not can_mount(), reason="this user may not mount a small disk")
def test_a_full_disk_is_told_and_loses_nothing(tmp_path, undisturbed):
    file, out = write_experiment(tmp_path), tmp_path / "small"
    with small_disk(out, kilobytes=300):
        code, said = run(tmp_path, "sweep", file, "-o", out, "-j", 2)
        assert code == 74, said
        assert "No space left on device; free some space, then give the same command again" in said
        assert "Traceback" not in said
        enlarge(out, kilobytes=20_000)
        code, said = run(tmp_path, "sweep", file, "-o", out, "-j", 2)
        assert code == 0, said
        assert tables_in(out) == undisturbed(file)


@pytest.mark.skipif(not can_mount(), reason="this user may not mount a small disk")
def test_a_disk_that_cannot_be_written_is_told(tmp_path):
    file, out = write_experiment(tmp_path), tmp_path / "small"
    with small_disk(out, kilobytes=300, is_read_only=True):
        code, said = run(tmp_path, "sweep", file, "-o", out / "out")
    assert code == 73, said
    assert "cannot be written" in said
    assert "Traceback" not in said


def test_a_file_in_the_way_is_told(tmp_path):
    file = write_experiment(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/store").write_text("mine")
    code, said = run(tmp_path, "sweep", file, "-o", "out")
    assert code == 73, said
    assert "out/store: cannot be written" in said
    assert "Traceback" not in said
    assert (tmp_path / "out/store").read_text() == "mine"


def a_shard(folder, table="runs"):
    return next((folder / "store").glob(f"{table}-*.parquet"))


def cut_off(file):
    file.write_bytes(file.read_bytes()[:-1000])


def flip_a_bit(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [cut_off, flip_a_bit, lambda file: file.unlink()])
def test_a_damaged_shard_is_told_put_aside_and_lived_again(tmp_path, undisturbed, damage):
    file, out = write_experiment(tmp_path), tmp_path / "out"
    sweep(file, out, engine="in-process")
    shard = a_shard(out)
    damage(shard)
    is_there = shard.exists()
    again = sweep(file, out, engine="in-process")
    assert [remark for remark in again.remarks if shard.name in remark and "to be made again" in remark]
    assert again.done > 0
    assert tables_in(out) == undisturbed(file)
    assert [one.name for one in (out / "store/quarantine").glob("*")] == [shard.name] * is_there


def test_other_scenarios_are_told_and_never_mixed(tmp_path, undisturbed):
    """The same file, then with another number of people: each sweep has its own rows only, and the first is kept."""
    file, out = write_experiment(tmp_path), tmp_path / "out"
    sweep(file, out, engine="in-process")
    first = tables_in(out)
    changed = write_experiment(tmp_path, people=61)
    other = sweep(changed, out, engine="in-process")
    assert other.done == other.counts.runs
    assert tables_in(out) == undisturbed(changed)
    assert [remark for remark in other.remarks if "120 runs" in remark and "other scenarios" in remark]
    back = sweep(write_experiment(tmp_path), out, engine="in-process")
    assert (back.done, tables_in(out)) == (0, first)


@pytest.mark.slow
def test_other_code_is_told_and_never_mixed(tmp_path):
    """A copy of the package in which one file that decides what is recorded has one more line of comment."""
    file, out = write_experiment(tmp_path), tmp_path / "out"
    before = sweep(file, out, engine="in-process")
    code = pd.read_json(out / "provenance.json", typ="series")["code_of_runs"]
    copy = tmp_path / "copy"
    for folder in ("peersim", "scenarios", "experiments"):
        shutil.copytree(REPO / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    with (copy / "peersim/sweeps/rows.py").open("a") as source:
        source.write("# Changed.\n")
    with Running(tmp_path, "sweep", file, "-o", "out", "-j", 2, root=copy) as running:
        assert running.ended() == 0, running.said
        assert "the code of peersim, or a library that it computes with, has changed" in running.said
        assert f"{before.counts.runs} runs to live, 0 are there" in running.said
    from pyarrow import parquet

    for name in tables_in(out):
        of_table = parquet.read_schema(out / f"{name}.parquet").metadata[b"code"].decode()
        assert of_table != code, name
