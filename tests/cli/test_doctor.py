"""`peersim doctor` finds what is missing, and says what to do about it."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from peersim import compiled
from peersim.cli import doctor
from tests.cli.commands import peersim, peersim_json

ROOT = Path(__file__).parents[2]


@pytest.fixture
def no_self_test(monkeypatch):
    """Leave out the lives of a community: the same twice."""
    monkeypatch.setattr(doctor, "_live_once", lambda seed: ("same", 1.0))


def test_all_is_well_here():
    """The self-test included: one seed gives the same community twice, to the last bit."""
    document = peersim_json("doctor")
    assert document["healthy"] is True
    assert {"python", "numba", "cores", "cache", "scenarios", "self-test"} <= {f["what"] for f in document["findings"]}


def test_all_that_is_needed_is_looked_for():
    """The libraries are those that the package requires."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert sorted(re.match(r"[\w-]+", line).group() for line in project["dependencies"]) == sorted(doctor.LIBRARIES)


def test_a_missing_library_is_told(no_self_test, monkeypatch):
    """Not 0, and how to install it."""
    monkeypatch.setattr(doctor, "LIBRARIES", ("numpy", "no-such-library"))
    done = peersim("doctor")
    assert done.exit_code == 7
    assert "no-such-library" in done.stderr
    assert "python -m pip install no-such-library" in done.stdout


def test_a_cache_that_will_not_last_is_told(no_self_test, monkeypatch, tmp_path):
    """Compiled code that lies in a temporary folder instead of the user's is no fault, but there is something to do."""
    monkeypatch.setattr(compiled, "cache_home", lambda: tmp_path / "elsewhere")
    document = peersim_json("doctor")
    assert document["healthy"] is True
    [advice] = document["warnings"]
    assert "set PEERSIM_CACHE" in advice
    assert advice.removeprefix("cache: ") in peersim("doctor", "-q").stdout


def test_two_different_lives_are_told(monkeypatch):
    """What must not be: one seed, two communities."""
    lives = iter([("one", 1.0), ("other", 1.0)])
    monkeypatch.setattr(doctor, "_live_once", lambda seed: next(lives))
    done = peersim("doctor")
    assert done.exit_code == 7
    assert "one seed gave two different communities" in done.stdout


def test_the_self_test_sees_a_difference():
    """Two lives are the same if their seeds are, and only then; every array is looked at, however deep it lies."""
    assert doctor._live_once(1)[0] == doctor._live_once(1)[0] != doctor._live_once(2)[0]
    x, y = np.zeros(1), np.ones(2)
    assert list(doctor._arrays((1, ("a", x), (None, (y,))))) == [x, y]


def test_quiet_says_only_what_is_wrong(no_self_test, monkeypatch):
    """Nothing where all is well."""
    assert peersim("doctor", "-q").stdout == ""
    monkeypatch.setattr(doctor, "LIBRARIES", ("no-such-library",))
    assert len(peersim("doctor", "-q").stdout.splitlines()) == 1


@pytest.mark.slow
def test_after_warming_nothing_is_compiled(tmp_path):
    """No command, and nothing a Mesa model does, adds a file to a cache that `doctor --warm` filled."""
    mesa = "import peersim; model = peersim.PeerSupportModel('support_group', people=80, burn_in=3); model.run_for(9)"
    small = ["-s", "population.people=120", "-s", "run.burn_in=9", "-q", "--json"]
    programmes = ["friend_circle", "support_group", "parent_group", "couples_counselling", "online_community"]
    out = ["-o", str(tmp_path / "results")]
    commands = [
        ["run", "friend_circle", *small, *out], ["run", "baseline", "-s", "network.kind=watts_strogatz", *small, *out],
        ["compare", "baseline", *programmes, *small, *out, "--seeds", "2"], ["validate", *small, *out, "--seeds", "1"],
        ["run", "baseline", *small, "-n"], ["describe", "odd"], ["doctor"],
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PEERSIM_CACHE": str(tmp_path / "cache")}

    def call(code, *arguments):
        done = subprocess.run(
            [sys.executable, "-P", "-c", code, *arguments], env=environment, cwd=tmp_path,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def compiled_files():
        return {file: file.stat().st_mtime_ns for file in (tmp_path / "cache").rglob("*.nb*")}

    main = "from peersim.cli import main; main()"
    assert not json.loads(call(main, "doctor", "--warm", "--json"))["warm"]["was_compiled"]
    warmed = compiled_files()
    assert warmed
    for command in commands:
        call(main, *command)
        assert compiled_files() == warmed, command
    call(mesa)
    assert compiled_files() == warmed
    again = json.loads(call(main, "doctor", "--warm", "--json"))["warm"]
    assert again["was_compiled"]
    assert again["seconds"] < 1.0
