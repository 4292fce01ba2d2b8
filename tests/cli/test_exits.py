"""Every end of a command has its exit code and one sentence."""

import errno
import subprocess
import sys
from types import SimpleNamespace

import click
import pytest

import peersim as package
from peersim.cli import COMMANDS, options
from peersim.cli.exits import Exit
from peersim.mistakes import Problem, ScenarioError
from peersim.networks.errors import NetworkError
from tests.cli.commands import peersim, peersim_json


@pytest.fixture
def fail_with(monkeypatch):
    """Make a command `peersim fail` that ends with this error."""

    def make(error):
        @click.command()
        @options.common
        def command(json, quiet, verbose):
            raise error

        monkeypatch.setitem(sys.modules, "failing", SimpleNamespace(command=command))
        monkeypatch.setitem(COMMANDS, "fail", ("failing:command", "Fails."))

    return make


ENDS = [
    (ScenarioError([Problem("run.days", "is wrong")]), 3, "run.days: is wrong\n"),
    (NetworkError("a.csv: is empty"), 3, "a.csv: is empty\n"),
    (KeyboardInterrupt(), 4, "stopped\n"),
    (PermissionError(errno.EACCES, "Permission denied", "out"), 73, "out: cannot be written (Permission denied)\n"),
    (FileExistsError(errno.EEXIST, "File exists", "out"), 73, "out: cannot be written (File exists)\n"),
    (OSError(errno.EROFS, "Read-only file system", "out"), 73, "out: cannot be written (Read-only file system)\n"),
    (OSError(errno.ENOSPC, "No space left on device", "out"), 74,
     "out: No space left on device; free some space, then run it again\n"),
    (OSError(errno.EIO, "Input/output error"), 74, "output: Input/output error; free some space, then run it again\n"),
    (MemoryError(), 7, "not enough memory; take fewer people (population.people) or fewer workers (-j)\n"),
    (ZeroDivisionError("oops"), 7, "peersim has a fault: ZeroDivisionError: oops; -v shows where. Please report it.\n"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "code", "said"), ENDS, ids=[type(error).__name__ for error, _, _ in ENDS])
def test_each_error_has_its_code_and_sentence(error, code, said, fail_with):
    """One sentence on stderr, no traceback, nothing on stdout; with --json a document beside it."""
    fail_with(error)
    done = peersim("fail")
    assert (done.exit_code, done.stdout, done.stderr) == (code, "", said)
    document = peersim_json("fail", exit_code=code)
    assert document.get("valid") == (False if code == Exit.INVALID_FILE else None)
    assert [problem["message"] for problem in document["problems"]] == [said.removeprefix("run.days: ").rstrip("\n")]


def test_the_traceback_is_there_for_who_asks(fail_with):
    """With -v, before the sentence."""
    fail_with(ZeroDivisionError("oops"))
    told = peersim("fail", "-v").stderr
    assert told.startswith("Traceback")
    assert told.endswith("Please report it.\n")


def test_a_command_may_choose_its_own_end(fail_with):
    """Codes of a command's own pass through."""
    fail_with(click.exceptions.Exit(Exit.BUDGET_REACHED))
    assert peersim("fail").exit_code == 5


def test_the_codes_are_those_of_the_interface():
    """Scripts rely on them."""
    assert [int(code) for code in Exit] == [0, 1, 2, 3, 4, 5, 6, 7, 73, 74, 75]


@pytest.mark.parametrize("arguments", [("chek",), ("check",), ("check", "a", "b"), ("check", "--flta", "a"), ("--no",)])
def test_wrong_use_is_2(arguments):
    """And is told on stderr."""
    done = peersim(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Error: " in done.stderr


def test_a_wrong_command_is_told_with_the_nearest():
    """`peersim chek` was meant to check."""
    assert "no command has the name 'chek'; did you mean 'check'?" in peersim("chek").stderr


def test_every_command_can_be_called():
    """Each name leads to a command that has help, and the help begins with an example."""
    for name in COMMANDS:
        done = peersim(name, "--help")
        assert done.exit_code == 0, done.stderr
        assert done.stdout.splitlines()[2].startswith("  Example"), name
    shown = peersim("--help").stdout
    assert shown.splitlines()[2] == "  Example:"
    assert all(f"\n  {name} " in shown for name in COMMANDS)


def test_the_version_is_told():
    """One line."""
    assert peersim("--version").stdout == f"peersim {package.__version__}\n"


def test_who_reads_may_stop_reading():
    """A reader that has gone, as `head` does, is no fault: the command ends with 0 and without a word."""
    command = f"set -o pipefail; {sys.executable} -c 'from peersim.cli import main; main()' describe processes | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_public_names_are_found_when_asked_for():
    """`import peersim` is quick and offers what it names; an unknown name is an error as usual."""
    assert package.load_scenario("baseline").title
    assert {"load_scenario", "Scenario", "ScenarioError"} <= set(dir(package))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        package.nothing  # noqa: B018
