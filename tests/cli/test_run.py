"""`peersim run` from the outside."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from peersim.cli import main
from peersim.outcomes import NAMES

SMALL = ["-s", "population.people=100", "-s", "run.days=30", "-s", "run.burn_in=5"]


def peersim(*arguments: str):
    return CliRunner().invoke(main, arguments)


def test_a_run_tells_every_outcome_and_writes_its_timeline(tmp_path):
    """A row for each outcome on the screen, a column for each in the file."""
    told = peersim("run", "support_group", *SMALL, "-o", str(tmp_path))
    assert told.exit_code == 0
    header = (tmp_path / "timeline.csv").read_text().splitlines()[0]
    assert header == ",".join(["day", *NAMES])
    assert all(name.replace("_", " ") in told.stdout for name in NAMES)
    assert "programmes: offered to" in told.stdout


def test_json_has_the_fields_of_the_interface(tmp_path):
    """Days, people and speed; outcomes with mean, sd and unit; a timeline of equal lengths."""
    told = json.loads(peersim("run", "baseline", *SMALL, "--seeds", "2", "--json", "-q", "-o", str(tmp_path)).stdout)
    assert (told["people"], told["days"], told["seeds"]) == (100, 30, [1, 2])
    assert told["person_days_per_second"] > 0
    assert set(told["outcomes"]["stress"]) == {"mean", "sd", "unit"}
    assert {len(column) for column in told["timeline"].values()} == {len(told["timeline"]["day"])}
    assert told["timeline"]["day"][-1] == 29
    assert set(told["structure"]) == {"degree", "clustering", "kept", "drift"}
    assert len(told["structure"]["degree"]) == len(told["structure"]["clustering"]) == 3
    assert told["structure"]["degree"][2] == pytest.approx(told["outcomes"]["degree"]["mean"], rel=1e-12)


def test_a_seed_is_named_by_the_option_or_the_scenario(tmp_path):
    """--seed 5 is -s run.seed=5."""
    one, two = (
        json.loads(peersim("run", "baseline", *SMALL, *seed, "--json", "-q", "-o", str(tmp_path)).stdout)["outcomes"]
        for seed in (("--seed", "5"), ("-s", "run.seed=5"))
    )
    assert one == two


def test_an_unknown_scenario_names_the_nearest():
    """Exit code 3."""
    told = peersim("run", "suport_group")
    assert told.exit_code == 3
    assert "support_group" in told.stderr


def test_a_network_file_tells_what_was_read_and_cleaned(tmp_path):
    """The counts, and the couples that were drawn, in lines that fit a terminal; below them what becomes of it all."""
    (tmp_path / "ties.csv").write_text("a,b\n" + "".join(f"p{k},p{k + 1}\n" for k in range(30)) + "p1,p1\np2,p1\n")
    told = peersim("run", "baseline", "-s", f"network.file={tmp_path / 'ties.csv'}", *SMALL, "-o", str(tmp_path))
    lines = told.stdout.splitlines()
    assert max(map(len, lines)) <= 100
    read = " ".join(lines[: lines.index("")])
    assert "31 people, 30 ties" in read
    assert "1 loop" in read
    assert "couples drawn, which added" in read
    assert lines[lines.index("") + 2].startswith("structure of the network")


def test_an_empty_network_file_is_an_error(tmp_path):
    """Never an empty network."""
    (tmp_path / "ties.csv").write_text("")
    told = peersim("run", "baseline", "-s", f"network.file={tmp_path / 'ties.csv'}", "-o", str(tmp_path))
    assert told.exit_code == 3
    assert "ties.csv" in told.stderr
