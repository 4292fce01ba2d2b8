"""A scenario is its base, then its file, then what the command sets; a file that cannot be read is told in a "
"sentence."""

import errno
from pathlib import Path

import numpy as np
import pytest

from peersim.mistakes import ScenarioError
from peersim.scenario import Scenario
from peersim.scenario_file import bundled_names, bundled_path, load_scenario, read_scenario


@pytest.fixture
def write(tmp_path):
    """Write a file below the test's own folder, and return its path."""

    def write_file(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


def sentences(source, overrides=()):
    """What is said of a scenario that cannot be used."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(source, overrides)
    return [str(problem) for problem in caught.value.problems]


# bundled scenarios


@pytest.mark.parametrize("name", bundled_names())
def test_every_bundled_scenario_is_valid(name):
    """It loads without a warning, has a title, and says in a comment whom it is for."""
    reading = read_scenario(name)
    assert reading.warnings == ()
    assert reading.scenario.title
    assert bundled_path(name).read_text(encoding="utf-8").startswith("# ")


def test_the_baseline_is_the_defaults():
    """Nothing but its title differs from a scenario that says nothing."""
    assert load_scenario("baseline").model_copy(update={"title": ""}) == Scenario()


def test_the_pair_differs_in_its_programme_only():
    """What the comparison of formal and informal compares is the programme."""
    formal, informal = load_scenario("support_group"), load_scenario("friend_circle")
    assert [p.kind for p in (*formal.programmes, *informal.programmes)] == ["support_group", "friend_circle"]
    same = {"title": "", "programmes": ()}
    assert formal.model_copy(update=same) == informal.model_copy(update=same) == Scenario()


def test_an_unknown_name_is_told_with_the_nearest():
    """All names are listed; a path has to look like one."""
    assert sentences("suport_group") == [
        "no scenario has the name 'suport_group'; there are " + ", ".join(bundled_names())
        + "; did you mean 'support_group'?"
    ]  # fmt: skip
    assert sentences("xyz")[0].endswith("; a file's name ends in .toml")
    with pytest.raises(KeyError, match="nowhere"):
        bundled_path("nowhere")


def test_a_file_beside_is_guessed_from_its_name(write, monkeypatch):
    """Who leaves out .toml is told."""
    write("village.toml", "")
    monkeypatch.chdir(write("x", "").parent)
    assert sentences("village")[0].endswith("did you mean 'village.toml'?")


# bases


def test_tables_merge_and_lists_are_replaced(write):
    """What a file does not say, its base says; what both say, the file does; and so on down."""
    write("low.toml", "title = 'low'\n[run]\ndays = 1\nburn_in = 2\nseed = 3\n[stressors]\nevent_rate = "
    "3.0\n[[programmes]]\n")
    write("mid.toml", "base = 'low.toml'\ntitle = 'mid'\n[run]\nburn_in = 20\n[stressors]\nshare = [1, 0, 0, 0]\n")
    top = write("top.toml", "base = 'mid.toml'\n[run]\nseed = 30\n[[programmes]]\nkind = "
    "'friend_circle'\n[[programmes]]\n")
    scenario = read_scenario(top).scenario
    assert (scenario.run.days, scenario.run.burn_in, scenario.run.seed) == (1, 20, 30)
    assert scenario.stressors.event_rate == 3.0
    assert scenario.stressors.share == (1, 0, 0, 0)
    assert [p.kind for p in scenario.programmes] == ["friend_circle", "support_group"]
    assert len(read_scenario(top.with_name("mid.toml")).scenario.programmes) == 1
    assert read_scenario(top, ["programmes=[]"]).scenario.programmes == ()


def test_a_title_is_not_inherited(write):
    """A base's title names the base."""
    assert load_scenario(write("x.toml", "base = 'support_group'\n")).title == ""


def test_a_base_is_looked_for_from_the_folder_of_its_file(write, monkeypatch):
    """Wherever the command is given."""
    write("bases/low.toml", "[run]\ndays = 99\n")
    top = write("sub/top.toml", "base = '../bases/low.toml'\n")
    monkeypatch.chdir("/")
    assert load_scenario(top).run.days == 99


def test_a_mistake_in_a_base_is_told_there(write):
    """With the base's own name and line; those of both files are told at once."""
    low = write("low.toml", "[run]\n\ndays = 0\nburn_in = -1\n")
    top = write("top.toml", "base = 'low.toml'\n[run]\nburn_in = -2\nbase = 1\n")
    told = sentences(top)
    places = [f"{low}:3:1: run.days = 0", f"{top}:3:1: run.burn_in = -2", f"{top}:4:1: run.base: unknown parameter"]
    assert [sentence[: len(place)] for sentence, place in zip(told, places, strict=True)] == places


@pytest.mark.parametrize("base", ["a", "a.toml", "./a.toml", "../{folder}/a.toml"])
def test_a_scenario_is_not_its_own_base(base, write):
    """Directly or by way of another, under whatever name."""
    folder = write("b.toml", "base = 'a.toml'\n").parent
    base = base.format(folder=folder.name) if base != "a" else "b.toml"
    a = write("a.toml", f"\nbase = '{base}'\n")
    [told] = sentences(a)
    assert ":1: base: a scenario cannot be its own base: " in told
    assert " -> " in told


def test_a_base_that_is_not_there_is_told_where_it_is_named(write):
    """As a name or as a file."""
    x = write("x.toml", "\nbase = 'suport_group'\n")
    assert sentences(x)[0].startswith(f"{x}:2:1: base: no scenario has the name 'suport_group'; there are ")
    x = write("x.toml", "base = 'nowhere.toml'\n")
    assert sentences(x) == [
        f"{x}:1:1: base: {x.parent / 'nowhere.toml'}: there is no such file; a base is looked for from the folder of "
        f"its file"
    ]
    x = write("x.toml", "base = ''\n")
    assert sentences(x) == [f"{x}:1:1: base: must be a text: the name of a scenario or of its file"]


def test_a_base_with_broken_syntax_is_told_there(write):
    """The base's file and line, not those of the file that names it."""
    low = write("low.toml", "[run]\ndays = \n")
    assert sentences(write("top.toml", "base = 'low.toml'\n"))[0].startswith(f"{low}:2:8: no value can be read here")


# tables instead of a file


def test_tables_are_a_scenario_too():
    """Mappings as a file has them, a base included; tuples and numpy's numbers are as good as lists and Python's."""
    scenario = load_scenario(
        {"base": "friend_circle", "run": {"days": np.int64(99)}, "stressors": {"event_rate": np.float64(2.0)}}
    )
    assert (scenario.run.days, scenario.stressors.event_rate, len(scenario.programmes)) == (99, 2.0, 1)
    assert type(scenario.run.days) is int
    assert load_scenario(scenario.model_dump(by_alias=True)) == scenario


def test_what_stands_in_no_file_is_not_told_with_the_place_of_another(write):
    """A list that replaces the base's has no line."""
    low = write("low.toml", "[stressors]\nshare = [0.1, 0.2, 0.3, 0.4]\n[run]\ndays = 0\n")
    told = sentences({"base": str(low), "stressors": {"share": [0, 2, 0, 0]}})
    assert [sentence.split(" = ")[0] for sentence in told] == ["stressors.share", f"{low}:4:1: run.days"]


def test_given_tables_are_not_changed():
    """Overrides go to a copy."""
    tables = {"run": {"days": 100}, "programmes": [{"weeks": 2}]}
    assert load_scenario(tables, ["run.days=30", "programmes.0.weeks=3"]).run.days == 30
    assert tables == {"run": {"days": 100}, "programmes": [{"weeks": 2}]}


# network files


def test_network_files_are_found_from_where_they_are_named(write, monkeypatch):
    """In a file: from its own folder, also if it is a base; in a command: from the current one."""
    low = write("low/low.toml", "[network]\nfile = 'ties.csv'\nnodes = '../people.csv'\n")
    top = write("top/top.toml", "base = '../low/low.toml'\n")
    here = write("here/x", "").parent
    monkeypatch.chdir(here)
    for source in (low, top):
        network = load_scenario(source).network
        assert Path(network.file) == low.parent / "ties.csv"
        assert Path(network.nodes) == low.parents[1] / "people.csv"
    network = load_scenario(top, ["network.file=../y.csv"]).network
    assert Path(network.file) == here.parent / "y.csv"
    assert Path(network.nodes) == low.parents[1] / "people.csv"
    assert load_scenario({"network": {"file": "z.csv"}}).network.file == str(here / "z.csv")
    assert load_scenario(low, ["network.file=", "network.nodes="]).network.file == ""


# files that cannot be read

BROKEN = {
    "[run]\ndays = high\n": "2:8: no value can be read here: `days = high`; a text stands in quotation marks",
    "[run]\ndays = .5\n": "2:8: no value can be read here: `days = .5`; a number begins with a digit: 0.5",
    "[run]\ndays = True\n": "2:8: no value can be read here: `days = True`; write true",
    "[run]\ndays = 1,5\n": "2:9: no value can be read here: `days = 1,5`; a number has a point, not a comma: 1.5",
    "[run]\ndays =\n": "2:7: no value can be read here: `days =`; write a number, true, false, or a text in quotation "
    "marks",
    "[run]\ndays\n": "2:5: a name without a value: `days`; write name = value",
    "[run]\ndays = 1\ndays = 2\n": "3:9: this name has a value already: `days = 2`; keep one of the two",
    "[run]\n[stress]\n[run]\n": "3:5: this table stands here a second time: `[run]`; put all that belongs to it below "
    "its first header",
    "[run\n": "1:5: not TOML: expected ']' at the end of a table declaration: `[run`",
    'title = "open\n': "1:14: this text does not end in its line: `title = \"open`; close its quotation mark",
    "a = [1,\n\n": "1:8: the file ends in the middle of this: `a = [1,`; is a bracket or quotation mark not closed?",
    "x" * 1_000_001: "over 1 MB, and what a person writes has a few thousand bytes",
    b"\xff\xfe[\x00": "these bytes are no UTF-8 text; save the file as UTF-8",
    b"\x00\x01\x02": "this is no text but a binary file; what is read here is a text in TOML",
    "a = " + "[" * 100_000: "lists or tables lie too deep inside each other",
    "a = 1" + "0" * 5000: "not TOML: ",
}


@pytest.mark.parametrize(("content", "said"), BROKEN.items(), ids=range(len(BROKEN)))
def test_a_file_that_is_no_toml_is_told_in_a_sentence(content, said, write):
    """With its place where there is one."""
    x = write("x.toml", content)
    [told] = sentences(x)
    assert told.startswith(f"{x}:")
    assert said in told


def test_a_file_that_is_not_there_is_told_with_the_nearest(write):
    """A missing file, a folder, and a path that cannot be."""
    x = write("village.toml", "")
    assert sentences(x.with_name("vilage.toml")) == [
        f"{x.with_name('vilage.toml')}: there is no such file; did you mean '{x}'?"
    ]
    assert sentences(x.parent) == [f"{x.parent}: this is a folder, not a file; name the file in it, which ends in "
    f".toml"]
    assert "cannot be read" in sentences(x / "y.toml")[0]
    assert "cannot be read" in sentences(Path("a\0b.toml"))[0]
    assert "cannot be read" in sentences(Path("a" * 5000 + ".toml"))[0]


def test_a_file_that_may_not_be_read_is_told(write, monkeypatch):
    """Permission denied is a sentence, too."""

    def refuse(path, mode):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    x = write("x.toml", "")
    monkeypatch.setattr(Path, "open", refuse)
    assert sentences(x) == [f"{x}: the file cannot be read (Permission denied)"]


def test_a_byte_order_mark_is_no_mistake(write):
    """As Windows' editors write it; lines end as they like."""
    assert load_scenario(write("x.toml", b"\xef\xbb\xbfschema = 1\r\n[run]\r\ndays = 30\r\n")).run.days == 30


def test_paths_are_told_as_short_as_can_be(write, monkeypatch):
    """From the current folder, where the file lies below it."""
    x = write("sub/x.toml", "[run]\ndays = 0\n")
    monkeypatch.chdir(x.parents[1])
    assert sentences(x)[0].startswith("sub/x.toml:2:1: run.days = 0")
