"""`peersim compare` from the outside."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from peersim.cli import main

SMALL = ["-s", "population.people=120", "-s", "run.days=75", "-s", "run.burn_in=10", "--seeds", "2"]


def peersim(*arguments: str):
    return CliRunner().invoke(main, arguments)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("compared")


@pytest.fixture(scope="module")
def shown(folder):
    return peersim("compare", "baseline", "friend_circle", "support_group", *SMALL, "-o", str(folder))


def test_the_table_holds_every_main_outcome_for_every_population(shown):
    """Stress, resilience, relational satisfaction and loneliness; offered, attended, never offered; d; minutes."""
    assert shown.exit_code == 0
    for words in (
        "stress (PSS-10 points)", "resilience (BRS points)", "relational satisfaction", "loneliness (UCLA points)",
        "people offered", "people who attended", "people never offered", "contact minutes per person offered", "  d ",
    ):  # fmt: skip
        assert words in shown.stdout


def test_figure_tables_and_provenance_are_written(shown, folder):
    """And the provenance holds what it takes to make the result again."""
    assert {file.name for file in folder.iterdir()} == {
        "comparison.png", "comparison.svg", "contrasts.csv", "structure.csv", "stress_of_offered.csv",
        "comparison_provenance.json",
    }  # fmt: skip
    with (folder / "contrasts.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {row["arm"] for row in rows} == {"friend_circle", "support_group"}
    told = json.loads((folder / "comparison_provenance.json").read_text())
    assert told["seeds"] == [1, 2]
    assert told["scenarios"]["support_group"]["population"]["people"] == 120
    assert (folder / "comparison.svg").read_text().startswith("<?xml")


def test_json_is_one_document_with_the_fields_of_the_interface(tmp_path):
    """Arms with dose, contrasts with intervals; what is not defined is null."""
    told = json.loads(
        peersim("compare", "baseline", "support_group", *SMALL, "--json", "-q", "-o", str(tmp_path)).stdout
    )
    assert {"schema", "peersim", "command", "elapsed_seconds", "warnings", "arms", "contrasts"} <= set(told)
    assert set(told["arms"][1]["dose"]) >= {"minutes_received", "minutes_given", "offered", "accepted", "sessions"}
    assert {name: len(told["arms"][0]["structure"][name]) for name in ("degree", "clustering", "drift")} == {
        "degree": 3, "clustering": 3, "drift": 2,
    }  # fmt: skip
    assert set(told["contrasts"][0]) >= {
        "arm", "reference", "outcome", "unit", "population", "difference", "low", "high", "d", "d_low", "d_high",
        "seeds",
    }  # fmt: skip
    assert {one["population"] for one in told["contrasts"]} == {"offered", "attended", "not_offered", "everyone"}
    assert any(one["d"] is None for one in told["contrasts"])


def test_the_same_command_writes_the_same_bytes(folder, shown, tmp_path):
    """Figures and tables; the provenance holds the time."""
    peersim("compare", "baseline", "friend_circle", "support_group", *SMALL, "-o", str(tmp_path), "-j", "1")
    for name in ("contrasts.csv", "structure.csv", "stress_of_offered.csv", "comparison.png", "comparison.svg"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_one_scenario_is_not_a_comparison():
    """Usage, exit code 2."""
    told = peersim("compare", "baseline")
    assert told.exit_code == 2
    assert "at least two scenarios" in told.stderr


def test_mistakes_of_all_scenarios_are_told_at_once(tmp_path):
    """Exit code 3, and a line for each."""
    for name, text in {"a": "[stressors]\nevent_rat = 1\n", "b": "[run]\ndays = -3\n"}.items():
        (tmp_path / f"{name}.toml").write_text(text)
    told = peersim("compare", str(tmp_path / "a.toml"), str(tmp_path / "b.toml"))
    assert told.exit_code == 3
    assert "a.toml:2:1: stressors.event_rat: unknown parameter; did you mean 'event_rate'?" in told.stderr
    assert "b.toml:2:1: run.days = -3: must be" in told.stderr


def test_arms_of_different_people_are_an_invalid_file(tmp_path):
    """Exit code 3 and a sentence, no traceback."""
    (tmp_path / "few.toml").write_text("[population]\npeople = 100\n")
    told = peersim("compare", "baseline", str(tmp_path / "few.toml"), "-o", str(tmp_path / "out"))
    assert told.exit_code == 3
    assert "differ in population.people" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_setting_of_a_programme_is_for_the_scenarios_that_have_it(tmp_path):
    """The baseline has no programme to set anything of; a programme that nobody has is a mistake."""
    told = peersim("compare", "baseline", "support_group", *SMALL, "-s", "programmes.0.effect=0", "-o", str(tmp_path))
    assert told.exit_code == 0
    assert "0.00 [0.00, 0.00]" in told.stdout
    told = peersim("compare", "baseline", "support_group", *SMALL, "-s", "programmes.3.effect=0", "-o", str(tmp_path))
    assert told.exit_code == 3
    assert "programmes.3" in told.stderr


def test_a_dry_run_writes_nothing(tmp_path):
    """It says how many runs, how long and how much memory."""
    told = peersim("compare", "baseline", "support_group", *SMALL, "-n", "-o", str(tmp_path / "out"))
    assert "2 scenarios x 2 seeds = 4 runs of 120 people" in told.stdout
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_told_before_anything_runs(tmp_path):
    """Exit code 73."""
    (tmp_path / "taken").write_text("")
    told = peersim("compare", "baseline", "support_group", *SMALL, "-o", str(tmp_path / "taken" / "out"))
    assert told.exit_code == 73
    assert "cannot be written" in told.stderr
