"""A Dask cluster comes to the same tables as this process alone, and to a sentence when it is gone.

The clusters are real: a scheduler and two workers, each a process of its own, as `dask scheduler` and `dask worker`
start them.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pandas as pd
import pytest

from peersim.sweeps.sweep import sweep
from tests.sweeps.commands import (
    MARK,
    REPO,
    Running,
    environment_of,
    kill,
    parent_of,
    pids,
    run,
    tables_in,
    wait_for,
    write_experiment,
)

pytest.importorskip("distributed", reason="Dask is an extra")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


class Cluster:
    """A scheduler and its workers; all of it is gone when it is left."""

    def __init__(self, folder, n_workers=2, roots=(REPO,)):
        self.folder = folder
        self.mark = f"cluster-{folder}-{time.monotonic_ns()}"
        self.place = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", self.place)
        wait_for(lambda: self.place.exists() and self.place.stat().st_size > 0, 60)
        time.sleep(0.2)
        self.address = json.loads(self.place.read_text())["address"]
        for k in range(n_workers):
            self._start(
                "worker", self.address, "--nthreads", "1", "--no-dashboard", "--local-directory", folder / "scratch",
                root=roots[k % len(roots)],
            )  # fmt: skip

    def _start(self, what, *arguments, root=REPO):
        with (self.folder / f"{what}.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *map(str, arguments)], cwd=self.folder,
                env={**os.environ, MARK: self.mark, "PYTHONPATH": str(root)}, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def workers(self):
        """The processes that work: each is the child of a nanny, which is a child of this process."""
        mine = [pid for pid in pids() if self.mark in environment_of(pid)]
        nannies = {pid for pid in mine if parent_of(pid) == os.getpid()}
        return [pid for pid in mine if parent_of(pid) in nannies and b"resource_tracker" not in command_line(pid)]

    def __enter__(self):
        wait_for(lambda: len(self.workers()) == 2, 60)
        return self

    def __exit__(self, *_):
        while mine := [pid for pid in pids() if self.mark in environment_of(pid)]:
            for pid in mine:
                kill(pid)
            time.sleep(0.05)


def command_line(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with Cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """An experiment, and the tables that it comes to in one process."""
    folder = tmp_path_factory.mktemp("undisturbed")
    file = write_experiment(folder, people=300, days=40, seeds=40)
    sweep(file, folder / "out", engine="in-process")
    return file, tables_in(folder / "out")


def dask(folder, file, cluster, *more, out="out"):
    return run(folder, "sweep", file, "-o", out, "--engine", "dask", "--scheduler", cluster.address, *more)


CHATTER = ("distributed", "tornado", "Traceback", "WARNING", "asyncio")


def has_no_chatter(said):
    return not [word for word in CHATTER if word in said]


@pytest.mark.slow
def test_two_workers_of_a_real_scheduler_come_to_the_same(tmp_path, cluster, undisturbed):
    file, tables = undisturbed
    code, said = dask(tmp_path, file, cluster)
    assert code == 0, said
    assert has_no_chatter(said), said
    assert tables_in(tmp_path / "out") == tables


@pytest.mark.slow
def test_a_cluster_made_here_comes_to_the_same_and_leaves_nobody(tmp_path, undisturbed):
    file, tables = undisturbed
    with Running(tmp_path, "sweep", file, "-o", "out", "--engine", "dask", "-j", 2) as running:
        assert running.ended() == 0, running.said
        assert has_no_chatter(running.said), running.said
        assert running.leaves_nobody()
    assert tables_in(tmp_path / "out") == tables


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_local_workers_comes_to_the_same(tmp_path, undisturbed, jobs):
    file, tables = undisturbed
    sweep(file, tmp_path / "out", jobs=jobs)
    assert tables_in(tmp_path / "out") == tables


def test_parts_come_together_to_the_same(tmp_path, undisturbed):
    """As an array of jobs: three, each with a third, in any order; the last one writes the tables."""
    file, tables = undisturbed
    for part in (3, 1, 2):
        done = sweep(file, tmp_path / "out", engine="in-process", part=(part, 3))
        assert done.is_complete == (part == 2)
    assert tables_in(tmp_path / "out") == tables


@pytest.mark.slow
def test_a_killed_worker_of_a_cluster_costs_nothing_but_time(tmp_path, cluster, undisturbed):
    """Its nanny starts another."""
    file, tables = undisturbed
    with Running(
        tmp_path, "sweep", file, "-o", "out", "--engine", "dask", "--scheduler", cluster.address
    ) as running:  # fmt: skip
        running.wait_until_said("runs to live")
        time.sleep(0.5)
        kill(cluster.workers()[0])
        assert running.ended() == 0, running.said
        assert has_no_chatter(running.said), running.said
    assert set(pd.read_parquet(tmp_path / "out/runs.parquet")["status"]) == {"done"}
    assert tables_in(tmp_path / "out") == tables


@pytest.mark.slow
def test_a_run_that_takes_too_long_on_a_cluster_is_stopped_and_others_are_done(tmp_path, cluster):
    """The worker that lives it ends itself, and another takes its place."""
    text = write_experiment(tmp_path, people=3000, days=25, seeds=1).read_text()
    file = tmp_path / "long.toml"
    file.write_text(
        text.replace('"stressors.event_rate" = [0.7, 1.35, 2.7]', '"run.days" = [25, 36_500, 30]')
        .replace('"run.days" = 25, ', "").replace("[record]", "[limits]\nseconds = 0.8\n[record]")
    )  # fmt: skip
    code, said = dask(tmp_path, file, cluster)
    assert code == 1, said
    runs = pd.read_parquet(tmp_path / "out/runs.parquet")
    assert runs.groupby("point")["status"].unique().map(list).to_dict() == {0: ["done"], 1: ["time"], 2: ["done"]}
    assert has_no_chatter(said), said


@pytest.mark.slow
def test_an_address_where_nobody_answers_is_told_soon(tmp_path, undisturbed):
    began = time.monotonic()
    code, said = run(
        tmp_path, "sweep", undisturbed[0], "-o", "out", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"
    )  # fmt: skip
    assert code == 2, said
    assert "tcp://127.0.0.1:9: no Dask scheduler answers there" in said
    assert has_no_chatter(said), said
    assert time.monotonic() - began < 60


def test_an_address_that_is_none_is_told(tmp_path, undisturbed):
    code, said = run(tmp_path, "sweep", undisturbed[0], "-o", "out", "--engine", "dask", "--scheduler", "my scheduler")
    assert code == 2, said
    assert "my scheduler: no Dask scheduler answers there" in said
    assert has_no_chatter(said), said


@pytest.mark.slow
def test_a_scheduler_that_is_killed_is_told_and_the_same_command_goes_on(tmp_path):
    """What came until then is kept, and other workers go on with the rest."""
    file = write_experiment(tmp_path, people=600, days=200, seeds=60)
    with Cluster(tmp_path) as cluster, Running(
        tmp_path, "sweep", file, "-o", "out", "--engine", "dask", "--scheduler", cluster.address, "--progress",
        "json",
    ) as running:  # fmt: skip
        wait_for(lambda: '"done": 1' in running.said.replace('"done": 0', "") or running.process.poll(), 60)
        kill(cluster.scheduler.pid)
        assert running.ended(100) == 74, running.said
        assert "is gone; take another --scheduler, or another --engine; give the same command again" in running.said
        assert has_no_chatter(running.said), running.said
    code, said = run(tmp_path, "sweep", file, "-o", "out", "-j", 2)
    assert code == 0, said
    assert int(said.partition(" runs to live, ")[2].split()[0]) > 0, "what came was kept"
    sweep(file, tmp_path / "alone", engine="in-process")
    assert tables_in(tmp_path / "out") == tables_in(tmp_path / "alone")


@contextmanager
def copied(folder):
    """The package, somewhere else, with one more line in a file that decides what is recorded."""
    for one in ("peersim", "scenarios", "experiments"):
        shutil.copytree(REPO / one, folder / one, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "peersim/sweeps/rows.py").open("a") as source:
        source.write("# Changed.\n")
    yield folder


@pytest.mark.slow
def test_workers_with_other_code_are_refused(tmp_path, undisturbed):
    with ExitStack() as stack:
        copy = stack.enter_context(copied(tmp_path / "copy"))
        cluster = stack.enter_context(Cluster(tmp_path, roots=(copy,)))
        code, said = dask(tmp_path, undisturbed[0], cluster)
        assert code == 74, said
        assert "a worker has other sources of peersim" in said
        assert has_no_chatter(said), said
    assert not list((tmp_path / "out").glob("*.parquet"))


@pytest.mark.slow
def test_ctrl_c_drains_a_cluster_made_here_and_leaves_nobody(tmp_path):
    file = write_experiment(tmp_path, people=400, days=100, seeds=100)
    with Running(tmp_path, "sweep", file, "-o", "out", "--engine", "dask", "-j", 2, "--progress", "json") as running:
        wait_for(lambda: '"progress"' in running.said or running.process.poll() is not None, 60)
        time.sleep(0.5)
        running.press_ctrl_c()
        assert running.ended(30) == 4, running.said
        told = json.loads(running.said.splitlines()[-1])
        assert (told["event"], told["stopped"]) == ("end", True)
        assert told["done"] > 0
        assert has_no_chatter(running.said), running.said
        assert running.leaves_nobody()
