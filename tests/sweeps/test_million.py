"""A million planned runs take no more of the coordinator's memory than a few: below 300 megabytes, all libraries in."""

import subprocess
import sys
import time

import pandas as pd
import pytest

from tests.sweeps.commands import REPO, Running, peak_megabytes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads the most memory that a process had from /proc"),
]
MOST_MEGABYTES = 300
MANY = """
schema = 1
title = "Very many"
base = "support_group"
set = {{ "population.people" = 50, "run.days" = 21, "run.burn_in" = 0, "programmes.0.weeks" = 2 }}

[arms.often]
set = {{ "programmes.0.every" = 4 }}
[arms.seldom]
set = {{ "programmes.0.every" = 8 }}

[sweep]
vary."stressors.event_rate" = {{ low = 0.5, high = 3, count = {points} }}

[seeds]
min = {seeds}

[record]
timeline = false
"""


def write_many(folder, points, seeds):
    file = folder / "many.toml"
    file.write_text(MANY.format(points=points, seeds=seeds))
    return file


def test_a_million_planned_runs_begin_in_little_memory(tmp_path):
    """25,000 points, two arms, twenty seeds."""
    file = write_many(tmp_path, 25_000, 20)
    with Running(tmp_path, "sweep", file, "-o", "out", "-j", 2, "--progress", "json") as running:
        running.wait_until_said('"runs": 1000000', 120)
        time.sleep(8)
        most = peak_megabytes(running.process.pid)
        running.press_ctrl_c()
        assert running.ended(60) == 4, running.said
    assert most < MOST_MEGABYTES, most


def test_hundreds_of_thousands_of_runs_come_to_tables_in_little_memory(tmp_path):
    """From the plan to the last table, with runs that cost nothing."""
    file = write_many(tmp_path, 500, 100)
    done = subprocess.run(
        [sys.executable, "-m", "tests.sweeps.synthetic", file, tmp_path / "out"], cwd=REPO, capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    planned, lived, most = map(int, done.stdout.split())
    assert planned == lived == 100_000
    assert most < MOST_MEGABYTES, most
    assert len(pd.read_parquet(tmp_path / "out/runs.parquet", columns=["status"])) == 100_000
