"""A run that fails is a row of its own, with the reason and the command that lives it again, and is in no mean.

All others are as they would be without it.
"""

import shlex
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from peersim.sweeps import living
from peersim.sweeps.sweep import sweep
from peersim.sweeps.watcher import Watcher
from tests.cli.commands import peersim
from tests.sweeps.commands import run

EXPERIMENT = """
schema = 1
title = "One point is not as it should be"
base = "support_group"
set = {{ "run.burn_in" = 3, "programmes.0.weeks" = 3, {settings} }}

[arms.often]
set = {{ "programmes.0.every" = 4 }}
[arms.seldom]
set = {{ "programmes.0.every" = 8 }}

[sweep]
vary."{parameter}" = [{values}]

[seeds]
min = {seeds}

{more}
"""


def experiment(folder, *, parameter, values, settings, seeds=3, more=""):
    file = folder / "one.toml"
    file.write_text(EXPERIMENT.format(parameter=parameter, values=values, settings=settings, seeds=seeds, more=more))
    return file


def looked_at(folder, kind, said):
    """The rows of the failed point, after all that is true of it and of the others was looked at."""
    runs = pd.read_parquet(folder / "runs.parquet")
    failed, done = runs[runs["status"] != "done"], runs[runs["status"] == "done"]
    assert set(failed["status"]) == {kind}
    assert set(failed["point"]) == {1}
    assert failed["error"].str.contains(said, regex=False).all()
    outcomes = list(runs.columns[runs.columns.get_loc("stress") : runs.columns.get_loc("error")])
    assert len(outcomes) > 20
    assert failed[outcomes].isna().all(axis=None)
    assert done["error"].isna().all()
    assert done["replay"].isna().all()
    for table in ("contrasts", "timeline"):
        rows = pd.read_parquet(folder / f"{table}.parquet")
        addresses = set(zip(rows["point"], rows["seed"], strict=True))
        if table == "contrasts":
            assert not addresses & set(zip(failed["point"], failed["seed"], strict=True))
        assert addresses == set(zip(done["point"], done["seed"], strict=True))
    return failed


def of_other_points(folder):
    """All that the tables say of the points that are not the failed one."""
    tables = (pd.read_parquet(folder / f"{name}.parquet") for name in ("runs", "contrasts", "timeline"))
    return [table[table["point"] != 1].reset_index(drop=True) for table in tables]


def same_without_it(file, folder, tmp_path):
    """The other points, lived alone and undisturbed, come to the same."""
    whole = of_other_points(folder)
    text = file.read_text()
    (start, values), end = text.partition(" = [")[0::2], "]"
    first, _, rest = values.partition(end)
    kept = ", ".join(one for k, one in enumerate(first.split(", ")) if k != 1)
    (tmp_path / "others.toml").write_text(f"{start} = [{kept}]{rest.partition('[limits]')[0]}")
    sweep(tmp_path / "others.toml", tmp_path / "others", engine="in-process")
    for there, name in zip(whole, ("runs", "contrasts", "timeline"), strict=True):
        alone = pd.read_parquet(tmp_path / "others" / f"{name}.parquet")
        columns = [column for column in alone.columns if column not in ("point",)]
        pd.testing.assert_frame_equal(there[columns], alone[columns], check_exact=True, check_dtype=False)


def replays_as(failed, tmp_path, monkeypatch):
    """The exit code of the command that is given, with the same scenario and seed, and what it says."""
    monkeypatch.chdir(tmp_path)
    name, *arguments = shlex.split(failed["replay"].iloc[0])
    assert name == "peersim"
    assert arguments[-2:] == ["--seed", str(failed["seed"].iloc[0])]
    done = peersim(*arguments)
    return done.exit_code, done.stderr


def test_a_run_that_raises(tmp_path, monkeypatch):
    """At the second point chance makes no tie for some seeds, and the network's generator refuses."""
    file = experiment(
        tmp_path, parameter="network.options.degree", values="6, 0.01, 8",
        settings='"run.days" = 25, "population.people" = 40, "network.kind" = "erdos_renyi"',
    )  # fmt: skip
    code, said = run(tmp_path, "sweep", file, "-o", "out", "-j", 2)
    assert code == 1, said
    failed = looked_at(tmp_path / "out", "raised", "chance made no tie among 40 people")
    assert f"{len(failed)} failed" in said
    same_without_it(file, tmp_path / "out", tmp_path)
    code, told = replays_as(failed, tmp_path, monkeypatch)
    assert "chance made no tie among 40 people" in told, "the same happens when it is lived again"
    again = sweep(file, tmp_path / "out", engine="in-process")
    assert [remark for remark in again.remarks if "failed before and are tried again" in remark]
    assert (again.done, again.failed) == (0, len(failed))
    assert again.counts.new == len(failed), "only those that failed are tried"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_run_that_needs_too_much_memory(tmp_path):
    """Three million people in 300 megabytes."""
    file = experiment(
        tmp_path, parameter="population.people", values="60, 3_000_000, 80", settings='"run.days" = 25',
        seeds=2, more="[limits]\nmegabytes = 300",
    )  # fmt: skip
    code, said = run(tmp_path, "sweep", file, "-o", "out", "-j", 2)
    assert code == 1, said
    looked_at(tmp_path / "out", "memory", "limits.megabytes = 300")
    same_without_it(file, tmp_path / "out", tmp_path)


@pytest.mark.slow
def test_a_run_that_takes_too_long(tmp_path, monkeypatch):
    """A hundred years of three thousand people take many seconds; the others take a moment."""
    file = experiment(
        tmp_path, parameter="run.days", values="25, 36_500, 30", settings='"population.people" = 3000',
        seeds=1, more="[limits]\nseconds = 0.8",
    )  # fmt: skip
    code, said = run(tmp_path, "sweep", file, "-o", "out", "-j", 2)
    assert code == 1, said
    failed = looked_at(tmp_path / "out", "time", "limits.seconds")
    same_without_it(file, tmp_path / "out", tmp_path)
    monkeypatch.chdir(tmp_path)
    scenario = shlex.split(failed["replay"].iloc[0])[2]
    assert "days = 36500" in (tmp_path / scenario).read_text()
    assert peersim("run", scenario, "--seed", failed["seed"].iloc[0], "--dry-run").exit_code == 0


def test_a_run_whose_outcome_is_no_number(tmp_path, monkeypatch):
    """No parameter within its range does that; here somebody's stress is lost on the way."""
    file = experiment(
        tmp_path, parameter="stressors.event_rate", values="1, 2, 3",
        settings='"run.days" = 25, "population.people" = 60',
    )  # fmt: skip
    sweep(file, tmp_path / "out", engine="in-process")
    undisturbed = of_other_points(tmp_path / "out")
    live = living.live_arm

    def lost(world, past, scenario, *arguments, **more):
        arm = live(world, past, scenario, *arguments, **more)
        if scenario.stressors.event_rate != 2:
            return arm
        value = arm.value.copy()
        value[0, 0, 7] = np.nan
        return replace(arm, value=value)

    monkeypatch.setattr(living, "live_arm", lost)
    result = sweep(file, tmp_path / "lost", engine="in-process")
    assert (result.done, result.failed) == (12, 6)
    looked_at(tmp_path / "lost", "not_a_number", "stress: not a finite number")
    for mine, theirs in zip(of_other_points(tmp_path / "lost"), undisturbed, strict=True):
        pd.testing.assert_frame_equal(mine, theirs, check_exact=True, check_dtype=False)
    monkeypatch.undo()
    assert sweep(file, tmp_path / "lost", engine="in-process").failed == 0, "what failed is tried again"


def test_a_network_file_that_is_gone_when_it_is_needed(tmp_path):
    """It was there when the sweep was planned."""
    ties = tmp_path / "ties.csv"
    ties.write_text("one,other\n" + "".join(f"{k},{(k + step) % 40}\n" for k in range(40) for step in (1, 2, 3)))
    file = experiment(
        tmp_path, parameter="stressors.event_rate", values="1, 2, 3",
        settings='"run.days" = 25, "population.people" = 40, "network.file" = "ties.csv"',
    )  # fmt: skip

    class Remover(Watcher):
        def begins(self, counts):
            ties.unlink()

    result = sweep(file, tmp_path / "out", engine="in-process", watcher=Remover())
    assert (result.done, result.failed) == (0, 18)
    runs = pd.read_parquet(tmp_path / "out/runs.parquet")
    assert set(runs["status"]) == {"raised"}
    assert runs["error"].str.contains("ties.csv").all()


def test_a_network_file_that_changes_on_the_way_is_never_mixed(tmp_path):
    """Rows are kept under what was in the file when the sweep was planned; runs in another network are no such rows."""
    ties, first = tmp_path / "ties.csv", "".join(f"{k},{(k + 1) % 40}\n" for k in range(40))
    ties.write_text("one,other\n" + first)
    file = experiment(
        tmp_path, parameter="stressors.event_rate", values="1, 2, 3",
        settings='"run.days" = 25, "population.people" = 40, "network.file" = "ties.csv"',
    )  # fmt: skip

    class Changer(Watcher):
        def begins(self, counts):
            ties.write_text("one,other\n" + first + "0,20\n")

    result = sweep(file, tmp_path / "out", engine="in-process", watcher=Changer())
    assert (result.done, result.failed) == (0, 18)
    assert pd.read_parquet(tmp_path / "out/runs.parquet")["error"].str.contains("since the sweep was planned").all()
    again = sweep(file, tmp_path / "out", engine="in-process")
    assert (again.done, again.failed) == (18, 0)


def test_a_network_file_that_changed_between_two_sweeps_is_read_again(tmp_path):
    """Also in one and the same process, which keeps what it read."""
    ties = tmp_path / "ties.csv"
    file = experiment(
        tmp_path, parameter="stressors.event_rate", values="1, 2, 3",
        settings='"run.days" = 25, "population.people" = 40, "network.file" = "ties.csv"',
    )  # fmt: skip
    degrees = []
    for steps in ((1,), (1, 2, 3)):
        ties.write_text("one,other\n" + "".join(f"{k},{(k + step) % 40}\n" for k in range(40) for step in steps))
        sweep(file, tmp_path / "out", engine="in-process")
        degrees.append(pd.read_parquet(tmp_path / "out/runs.parquet")["degree"].mean())
    assert degrees[1] > degrees[0] + 2
