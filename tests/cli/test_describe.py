"""`peersim describe` lists what there is; what it lists cannot differ from what is run."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peersim
from peersim.cli.layout import as_lines, paragraphs
from peersim.networks.generator_options import GENERATORS
from peersim.odd.the_day import day_in_order
from peersim.outcomes import NAMES
from peersim.parameters import specs
from peersim.programmes.programme import PRESETS
from peersim.scenario import TABLES
from peersim.scenario_file import bundled_names
from peersim.validation.band_arms import bundled_arms
from peersim.validation.effects import effect_names
from peersim.validation.quantities import QUANTITIES
from tests.cli.commands import peersim as call
from tests.cli.commands import peersim_json

LISTS = ("parameters", "outcomes", "programmes", "processes", "scenarios", "quantities")


def table(*arguments):
    """The header and the rows that `peersim describe` prints when piped."""
    done = call("describe", *arguments)
    assert done.exit_code == 0, done.stderr
    header, *rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert {len(row) for row in rows} == {len(header)}
    return header, rows


@pytest.mark.parametrize("what", LISTS)
def test_piped_it_is_the_same_as_json(what):
    """One line an entry, parted by tabs, with the names of the columns; as many as JSON has."""
    header, rows = table(what)
    found = peersim_json("describe", what)[what]
    assert len(rows) == len(found)
    assert header == list(found[0])


def test_every_parameter_is_listed():
    """In the order of the tables, with default, unit, range, meaning and source."""
    header, rows = table("parameters")
    assert header == ["parameter", "default", "unit", "range", "meaning", "source"]
    options = [f"network.options.{name}" for options in GENERATORS.values() for name in options]
    tables = [f"{name}.{spec.name}" for name, kind in TABLES.items() for spec in specs(kind)]
    assert [row[0] for row in rows] == tables + options
    assert all(all(row[2:]) for row in rows[len(tables) :])
    [event_rate] = [row for row in rows if row[0] == "stressors.event_rate"]
    assert event_rate[1:5] == ["1.35", "events per person and year", "between 0 and 100",
                               "major events that strike a person"]  # fmt: skip


def test_names_choose_among_them():
    """A table, a parameter, several of them; an unknown one is a wrong use, told with the nearest."""
    _, rows = table("parameters", "trust", "run.days")
    assert [row[0] for row in rows] == ["run.days", "trust.rate"]
    done = call("describe", "parameters", "stresors")
    assert done.exit_code == 2
    assert "nothing here has the name 'stresors'; did you mean 'stressors'?" in done.stderr


def test_the_other_lists_are_complete():
    """Every outcome, programme, bundled scenario and quantity."""
    assert [row[0] for row in table("outcomes")[1]] == [*NAMES, "share_worse_off"]
    assert [row[0] for row in table("programmes")[1]] == list(PRESETS)
    assert [row[0] for row in table("scenarios")[1]] == list(bundled_names())
    assert [row[0] for row in table("quantities")[1]] == [*QUANTITIES, *effect_names(bundled_arms())]


def test_programmes_show_their_presets():
    """What a kind fills in is what is shown of it."""
    for shown in peersim_json("describe", "programmes")["programmes"]:
        preset = PRESETS[shown["kind"]]
        assert {name: shown[name] for name in preset} == preset


def test_every_process_has_its_place_in_the_day():
    """Each file of processes/ is called by the day, at one point at least, and says what it claims."""
    folder = Path(peersim.__file__).parent / "processes"
    passes = day_in_order()
    assert {Path(each.file).name for each in passes if each.file.startswith("processes/")} == {
        path.name for path in folder.glob("*.py") if path.name != "__init__.py"
    }
    assert all(each.does.endswith(".") and each.functions for each in passes)


def test_the_day_is_told_in_its_order():
    """Stressors strike, people appraise, seek and give help, meet, take part, and ties change; then it is night."""
    passes = day_in_order()
    files = [Path(each.file).stem for each in passes]
    told = ["stressors", "appraisal", "seeking", "capacity", "matching", "giving", "contact", "meetings", "stress"]
    assert [name for name in dict.fromkeys(files) if name in told] == told
    steps = list(dict.fromkeys(each.step for each in passes))
    assert steps[0].startswith("1") and steps[-1] == "night"
    assert [int(step.split("-")[0]) for step in steps[:-1]] == sorted(int(step.split("-")[0]) for step in steps[:-1])


def test_the_schema_is_json():
    """As it is, or inside of a document."""
    schema = json.loads(call("describe", "schema").stdout)
    assert schema["properties"]["stressors"]
    assert peersim_json("describe", "schema")["json_schema"] == schema


def test_odd_is_markdown_and_the_same_by_its_sections():
    """Printed as it is, whatever the width of the terminal, with one line end behind it; no word is lost in JSON."""
    text = call("describe", "odd").stdout
    assert text.startswith("# ")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    before, *sections = peersim_json("describe", "odd")["odd"]
    parts = [before["text"], *(f"## {part['section']}\n\n{part['text']}" for part in sections)]
    assert "\n\n".join(parts) + "\n" == text


@pytest.mark.parametrize("what", ["odd", "schema"])
def test_a_whole_has_no_parts_to_choose(what):
    """Names choose among the entries of a list; here they would be passed over without a word."""
    done = call("describe", what, "stressors")
    assert done.exit_code == 2
    assert f"'{what}' is one whole: no part of it has the name 'stressors'" in done.stderr


@given(st.lists(st.text("ab-.", min_size=1, max_size=12), min_size=1), st.integers(20, 60))
def test_lines_break_between_words_only(words, width):
    """As wide as the terminal, unless one word is wider; no word is lost, none is cut."""
    lines = paragraphs([("headline", " ".join(words))], width)
    assert " ".join(lines).split() == ["headline", *words]
    assert all(len(line) <= width or len(line.split()) == 1 for line in lines)


def test_a_cell_never_breaks_a_line():
    """Tabs and line ends inside of a text become blanks; lists are parted by commas; nothing is an empty cell."""
    assert as_lines([{"a": "x\ty\nz", "b": ("p", "q"), "c": None}]) == ["a\tb\tc", "x y z\tp, q\t"]
    assert as_lines([]) == []
