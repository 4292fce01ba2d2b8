"""`peersim check` says whether a scenario can be run, and everything that is wrong with it."""

import tomllib

import pytest

from peersim.scenario_file import bundled_names, load_scenario
from tests.cli.commands import peersim, peersim_json

WRONG = "[run]\ndays = 0\n[stressors]\nevent_rat = 3\n"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file in the current folder."""
    monkeypatch.chdir(tmp_path)
    return lambda text, name="x.toml": (tmp_path / name).write_text(text)


@pytest.mark.parametrize("name", bundled_names())
def test_bundled_scenarios_are_valid(name):
    """By name, and with 0."""
    done = peersim("check", name)
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{name}: valid\n", "")


def test_every_mistake_is_told_on_stderr(write):
    """Exit code 3; nothing on stdout, so that a script reads no mistake for a result."""
    write(WRONG)
    done = peersim("check", "x.toml", "-s", "run.seed=x")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "x.toml:2:1: run.days = 0: must be between 1 and 36,500 days (days after day 0)",
        "x.toml:4:1: stressors.event_rat: unknown parameter; did you mean 'event_rate'?",
        "-s run.seed=x: must be a whole number between 0 and 4,611,686,018,427,387,904, not the text 'x' (of the first "
        "replicate; others follow it)",
    ]


def test_json_has_every_mistake(write):
    """The same as a document, with line and column as numbers."""
    write(WRONG)
    document = peersim_json("check", "x.toml", exit_code=3)
    assert document["valid"] is False
    assert document["problems"] == [
        {
            "file": "x.toml", "line": 2, "column": 1, "path": "run.days", "given": "0", "suggestion": "",
            "message": "must be between 1 and 36,500 days (days after day 0)",
        },
        {
            "file": "x.toml", "line": 4, "column": 1, "path": "stressors.event_rat", "given": "",
            "suggestion": "did you mean 'event_rate'?", "message": "unknown parameter",
        },
    ]  # fmt: skip


def test_json_of_a_valid_scenario():
    """No problems, but what may not be meant."""
    document = peersim_json("check", "support_group", "-s", "run.days=30")
    assert document["valid"] is True
    assert document["problems"] == []
    [warning] = document["warnings"]
    assert warning.endswith("programmes.0: is cut short: it would end on day 70, and the run has 30 days")


def test_warnings_are_no_mistakes():
    """They are told on stderr, and the scenario is valid."""
    done = peersim("check", "support_group", "-s", "run.days=30")
    assert done.exit_code == 0
    assert done.stdout == "support_group: valid\n"
    assert done.stderr.startswith("warning: ")


def test_flat_prints_a_scenario_that_reads_back():
    """Every parameter, as TOML and nothing else."""
    done = peersim("check", "friend_circle", "--flat", "-s", "stressors.event_rate=.7")
    assert done.exit_code == 0
    assert load_scenario(tomllib.loads(done.stdout)) == load_scenario("friend_circle", ["stressors.event_rate=.7"])
    flat = peersim_json("check", "friend_circle", "--flat", "-s", "stressors.event_rate=.7")["flat"]
    assert flat == done.stdout


def test_a_network_file_is_read_too(write):
    """What it holds is told; what is wrong with it is told with the line that names it."""
    write("[network]\nfile = 'ties.csv'\n")
    done = peersim("check", "x.toml")
    assert done.exit_code == 3
    assert done.stderr.startswith("x.toml:2:1: network: ")
    assert "there is no such file" in done.stderr
    write("anna,ben\nben,carl\n", "ties.csv")
    done = peersim("check", "x.toml")
    assert done.exit_code == 0
    assert done.stdout.startswith("x.toml: valid; ties.csv: 3 people, 2 ties")


def test_quiet_is_quiet():
    """The exit code says it all."""
    assert peersim("check", "baseline", "-q").stdout == ""


def test_an_experiment_is_checked_too(write):
    """By name or as a file; it says how many runs there are."""
    for name, told in (("frequency", "2 arms x 3 points x 25 seeds = 150 runs, up to 400 seeds"), ("x.toml", None)):
        write("[seeds]\nmin = 1\n")
        done = peersim("check", name)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout == f"{name}: valid; {told or '1 arm x 1 point x 1 seed = 1 run'}\n"


def test_every_point_of_an_experiment_is_checked(write):
    """Also those that contradict themselves only there; and the networks that they name."""
    write("[sweep]\nvary.'stressors.share' = [[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]]\n")
    done = peersim("check", "x.toml")
    assert done.exit_code == 3
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == ["x.toml:2:41", "x.toml:2:55"]
    write("[sweep]\nvary.'network.file' = ['a.csv', 'b.csv']\n")
    write("anna,ben\nben,carl\n", "a.csv")
    done = peersim("check", "x.toml")
    assert done.exit_code == 3
    assert done.stderr.startswith("x.toml:2:33: network: ")
    assert "there is no such file" in done.stderr


def test_json_of_an_experiment_has_its_plan(write):
    document = peersim_json("check", "hardship", "-s", "seeds.min=2")
    assert (document["valid"], document["problems"]) == (True, [])
    assert document["plan"] == {"arms": 3, "points": 4, "seeds": 2, "runs": 24}
    write("[seeds]\nmin = 0\n")
    document = peersim_json("check", "x.toml", exit_code=3)
    assert document["valid"] is False
    assert [problem["path"] for problem in document["problems"]] == ["seeds.min"]


def test_an_experiment_has_no_flat_text():
    """It has many scenarios; 2 is for usage."""
    assert peersim("check", "frequency", "--flat").exit_code == 2
