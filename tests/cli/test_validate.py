"""`peersim validate` from the outside: what is missed is seen in table, JSON and figure."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from peersim.report import validation_figure
from peersim.report.validation_figure import BAD, GOOD, draw_validation, in_bands
from peersim.report.validation_table import validation_table
from peersim.validation.band import Band
from peersim.validation.board import Board, Row
from tests.cli.commands import peersim, peersim_json

SMALL = ("-s", "population.people=120", "-s", "run.burn_in=10", "--seeds", "2")
OWN = """
[[bands]]
quantity = "stress.mean"
low = 38
high = 39
basis = "memory"
source = "an impossible band"

[[bands]]
quantity = "stress.couples_gap"
low = -99
high = 99
basis = "required"
source = "a band that nothing can miss"
label = "a label that is far too long to stand in one line beside its numbers"
"""
"""A band that must be missed, and one that must be met."""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    file = tmp_path_factory.mktemp("own") / "own.toml"
    file.write_text(OWN)
    return file


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("validated")


@pytest.fixture(scope="module")
def shown(own, folder):
    done = peersim("validate", "--bands", own, *SMALL, "-o", folder, "-j", 2)
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def again(own, tmp_path_factory):
    """The same command with one thread and --json: its document, and the folder that it wrote."""
    folder = tmp_path_factory.mktemp("again")
    return peersim_json("validate", "--bands", own, *SMALL, "-q", "-o", folder, "-j", 1), folder


def line_with(text, word):
    [line] = [line for line in text.splitlines() if word in line]
    return line


def test_the_table_tells_what_is_missed(shown):
    """In its row, in the second line, and by name at the very end; the command still ends with 0."""
    row = line_with(shown, "  mean stress (PSS-10)")
    assert "38 to 39" in row and "MISSED" in row and "unverified" in row
    last = shown[shown.rindex("bands met; missed: ") :].replace("\n", " ")
    assert "missed: mean stress," in last
    count = shown.splitlines()[1].rsplit("; ", 1)[1]
    assert shown.rindex(count + "; missed") > shown.index(count)


def test_the_table_fits_its_width(shown):
    """100 columns, also with a label that is too long for its column; every row is there."""
    assert max(len(line) for line in shown.splitlines()) <= 100
    assert "a label that is far too long to stand in one line beside its numbers\n" in shown
    rows = [line for line in shown.splitlines() if line.endswith("]") and "to" in line and " met" in line]
    assert len(rows) >= 10


def test_a_board_names_its_sources(shown):
    """Under a number; what is unverified says so, and headings part the rows."""
    number = line_with(shown, "  mean stress (PSS-10)").split()[-1]
    assert line_with(shown, "an impossible band").startswith(f"{number} ")
    assert "unverified: an impossible band" in shown
    assert "a band that nothing can miss" in shown
    for heading in ("How people are", "What goes together", "Who knows whom", "What programmes do", "One effect"):
        assert f"\n{heading}" in shown


def test_json_has_the_fields_of_the_interface(again):
    """Quantities of everyday life under bands, effects and their ratios under programmes; open ends are null."""
    told, _ = again
    both = told["bands"] + told["programmes"]
    for one in both:
        assert set(one) >= {
            "quantity", "value", "interval_low", "interval_high", "low", "high", "unit", "basis", "source", "status",
        }  # fmt: skip
    assert {one["quantity"].split(".")[0] for one in told["programmes"]} == {"effect"}
    assert not [one for one in told["bands"] if one["quantity"].startswith("effect")]
    by_name = {one["quantity"]: one for one in both}
    assert by_name["stress.mean"]["status"] == "missed"
    assert by_name["stress.mean"]["basis"] == "unverified"
    assert by_name["assortativity.day_365"]["high"] is None
    assert by_name["contacts"]["status"] == "shown, no band"
    assert "missed: mean stress" in told["verdict"]


def test_figure_table_and_provenance_are_written(shown, folder):
    """The table with a row for each band."""
    names = {"validation.png", "validation.svg", "validation.csv", "validation_provenance.json"}
    assert {file.name for file in folder.iterdir()} == names
    with (folder / "validation.csv").open(encoding="utf-8") as file:
        rows = {row["quantity"]: row for row in csv.DictReader(file)}
    assert rows["stress.mean"]["status"] == "missed"
    assert rows["stress.couples_gap"]["status"] == "met"
    told = json.loads((folder / "validation_provenance.json").read_text())
    assert told["seeds"] == [1, 2]
    assert set(told["scenarios"]) >= {"everyday", "support_group", "couples_counselling_8_hours"}


def test_the_same_command_writes_the_same_bytes(shown, folder, again):
    """With one thread as with two: figure and table; the provenance holds the time."""
    _, other = again
    for name in ("validation.csv", "validation.png", "validation.svg"):
        assert (other / name).read_bytes() == (folder / name).read_bytes()


def test_a_file_with_mistakes_is_told_before_anything_runs(tmp_path, monkeypatch):
    """Exit code 3, every mistake with its line, nothing written; with --json as a document."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text(OWN.replace("low = 38", "low = 'x'").replace("stress.couples_gap", "stres.sd"))
    done = peersim("validate", "--bands", "bad.toml", "-o", "out")
    assert done.exit_code == 3
    assert "bad.toml:4:1: bands.0.low = \"x\": must be a number" in done.stderr
    assert "bad.toml:10:1: bands.1.quantity = \"stres.sd\": no quantity has this name" in done.stderr
    assert not (tmp_path / "out").exists()
    problems = peersim_json("validate", "--bands", "bad.toml", exit_code=3)["problems"]
    assert [problem["line"] for problem in problems] == [4, 10]


def test_a_dry_run_writes_nothing(tmp_path):
    """It counts everyday life and every arm that a band speaks of."""
    done = peersim("validate", *SMALL, "-n", "-o", tmp_path / "out")
    assert "7 scenarios x 2 seeds = 14 runs of 120 people" in done.stdout
    assert not (tmp_path / "out").exists()


def row(value, low, high, band=(0.0, 1.0)):
    made = Band(quantity="stress.mean", low=band[0], high=band[1], basis="read", source="a test")
    return Row(made, "mean stress", "PSS-10 points", "How people are", value, low, high, 20)


def board_of(*rows):
    return Board("baseline", rows, (), tuple(range(20)), 2000, 180, "a village", {})


@pytest.fixture
def drawn(monkeypatch):
    """Draw a board and keep the figure in hand: its two halves, marks and numbers."""

    def draw(board):
        kept = []
        monkeypatch.setattr(validation_figure, "save", lambda figure, folder, name: kept.append(figure) or [])
        draw_validation(board, Path())
        return kept[0].axes

    return draw


def marks(axes):
    """Marker, colour and fill of every value drawn."""
    drawn = [line for line in axes.lines if line.get_marker() != "None"]
    return [(line.get_marker(), line.get_color(), line.get_markerfacecolor()) for line in drawn]


def test_the_figure_shows_what_is_missed(drawn):
    """By shape and by colour, wherever it lies; hollow where the interval crosses an edge."""
    rows = (
        row(0.5, 0.4, 0.6), row(0.9, 0.7, 1.1), row(1.2, 1.1, 1.3), row(1.1, 0.9, 1.3), row(99.0, 98.0, 100.0),
        row(-99.0, -100.0, -98.0),
    )  # fmt: skip
    assert marks(drawn(board_of(*rows))[0]) == [
        ("o", GOOD, GOOD), ("o", GOOD, "white"), ("X", BAD, BAD), ("X", BAD, "white"), (">", BAD, BAD), ("<", BAD, BAD),
    ]  # fmt: skip


def test_labels_and_numbers_of_what_is_missed_stand_out(drawn):
    """Also where there is no value to be drawn."""
    nothing = row(float("nan"), float("nan"), float("nan"))
    panel, beside = drawn(board_of(row(0.5, 0.4, 0.6), row(1.2, 1.1, 1.3), nothing))
    assert [label.get_color() for label in panel.get_yticklabels()] == ["black", BAD, BAD]
    colours = {text.get_text(): text.get_color() for text in (*panel.texts, *beside.texts)}
    assert colours["0.50 [0.40, 0.60]"] == "black"
    assert colours["1.20 [1.10, 1.30]"] == colours["not defined"] == BAD


def test_a_position_is_in_bands():
    """A band reaches from 0 to 1; where it is open the value stands half a band from its edge, on its own side."""
    assert in_bands(row(14.0, 13.0, 15.0, (12.0, 16.0)), 13.0) == 0.25
    above = row(0.2, 0.1, 0.4, (0.0, None))
    assert (in_bands(above, 0.2), in_bands(above, 0.4)) == (0.5, 1.0)
    assert in_bands(row(-0.2, -0.3, -0.1, (0.0, None)), -0.2) == -0.5
    assert in_bands(row(0.5, 0.4, 0.6, (None, 1.0)), 0.5) == 0.5
    assert in_bands(row(3.0, 3.0, 3.0, (2.0, 2.0)), 3.0) == 1.0


def test_a_row_that_is_not_defined_is_shown():
    """As undefined, in the table and in the verdict."""
    nothing = replace(row(float("nan"), float("nan"), float("nan")), seeds=0)
    shown = validation_table(board_of(nothing, row(0.5, 0.4, 0.6)))
    assert "undefined" in shown
    assert shown.endswith("1 of 2 bands met; not defined: mean stress")
