"""What a start costs. Each promise is held at twice its time, for slow machines, by the best of some tries."""

import os
import resource
import subprocess
import sys

import pytest

from peersim.cli import COMMANDS

HEAVY = ("numpy", "numba", "pydantic", "pandas", "rich", "scipy", "networkx", "mesa", "matplotlib")
CALL = "from peersim.cli import main; main({}, standalone_mode=False)"


def processor_seconds(code, tries=5):
    """The least that this code takes in a process of its own, which may keep Python's compiled files."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    taken = []
    for _ in range(tries):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=["peersim", *COMMANDS])
def test_help_needs_nothing_heavy(command):
    """No library that takes its time is imported for --help, of peersim or of a command."""
    check = f"{CALL.format([*command, '--help'])}; import sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_is_quick():
    """Promised are .15 s of processor time."""
    assert processor_seconds(CALL.format(["--help"])) < 2 * 0.15


def test_import_is_quick():
    """Promised are .3 s of processor time."""
    assert processor_seconds("import peersim") < 2 * 0.3


@pytest.mark.slow
def test_a_warm_run_is_quick(tmp_path):
    """Promised are 2 s of processor time for 500 people, from the command line, everything written."""
    run = ["run", "baseline", "-s", "population.people=500", "-q", "-o", str(tmp_path)]
    assert processor_seconds(CALL.format(run)) < 2 * 2.0
