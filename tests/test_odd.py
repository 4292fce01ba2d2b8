"""The ODD description says all that the code says, and docs/ODD.md is what the code says today."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import peersim
from peersim.draws import Decision
from peersim.odd import source
from peersim.odd.declared import constants, declaration, fields, tables
from peersim.odd.document import description
from peersim.odd.entities import entity
from peersim.odd.follower import Follower, Touched
from peersim.odd.lists import put_instead
from peersim.odd.markdown import anchor, as_text, table
from peersim.odd.parameter_tables import range_of, tables_of
from peersim.odd.scheduling import title
from peersim.odd.sources import kind_of
from peersim.odd.submodels import described_files
from peersim.odd.the_day import calls_in_order, overnight
from peersim.outcomes import NAMES, WORSE_OFF
from peersim.parameters import specs
from peersim.people import States, Traits
from peersim.programmes.programme import PRESETS
from peersim.scenario import TABLES
from peersim.scenario_text import as_toml
from peersim.switches import Switches
from peersim.ties import Ties

ROOT = Path(__file__).parents[1]
PACKAGE = Path(peersim.__file__).parent
CELLS = re.compile(r"(?<!\\)\|")
PARAMETERS = [(name, spec) for name, kind in TABLES.items() if name != "switches" for spec in specs(kind)]


@cache
def text():
    return description()


def section(heading):
    """What stands under a heading of any level, up to the next one of its level or above."""
    level, after = re.search(rf"^(#+) {re.escape(heading)}\n(.*)", text(), flags=re.MULTILINE | re.DOTALL).groups()
    return re.split(rf"^#{{2,{max(2, len(level))}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def rows(part):
    """The cells of every line of a table in a text, without the headers' rules."""
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in CELLS.split(line)[1:-1]) for line in lines]


@cache
def parameters_of(name):
    """The rows of one table of parameters, by their first cell."""
    after = text().split(f"\nParameters `{name}`: ", 1)[1]
    return {row[0]: row for row in rows(after.split("\n\n", 2)[1])}


def test_the_committed_description_is_up_to_date():
    """Whoever changes the model writes the description anew."""
    is_up_to_date = (ROOT / "docs/ODD.md").read_text(encoding="utf-8") == text()
    assert is_up_to_date, "docs/ODD.md is stale; write it anew: peersim describe odd > docs/ODD.md"


def test_it_is_shipped_with_the_sources():
    """Who unpacks a source distribution finds it, and this test in it passes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "docs" in project["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]


def test_it_has_the_elements_of_the_protocol_in_their_order():
    """Seven of them; appendices follow."""
    headings = re.findall(r"^## (.+)$", text(), flags=re.MULTILINE)
    assert [heading.split(" ", 1)[1] for heading in headings[:7]] == [
        "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
        "Design concepts", "Initialisation", "Input data", "Submodels",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "spec"), PARAMETERS, ids=[f"{name}.{spec.name}" for name, spec in PARAMETERS])
def test_every_parameter_stands_there_with_its_source(name, spec):
    """With default, unit, range and meaning, in the table that bears its table's name."""
    shown = parameters_of(name)[f"`{spec.name}`"]
    said = (as_toml(spec.default), spec.unit, range_of(spec), spec.doc, spec.source)
    assert shown[1:] == tuple(as_text(cell).replace("|", r"\|") for cell in said)


def test_every_process_is_described_in_the_order_of_the_day():
    """A section a file, and every file of the folders has one; it begins with what the file claims."""
    headings = re.findall(r"^### (.+)$", section("7 Submodels"), flags=re.MULTILINE)
    in_the_day = dict.fromkeys(call.file for call in calls_in_order())
    titles = list(map(title, in_the_day))
    assert [heading for heading in headings if heading in titles] == titles
    files = {f"{folder}/{file.name}" for folder in ("processes", "programmes")
             for file in (PACKAGE / folder).glob("[!_]*.py")}  # fmt: skip
    assert files <= set(described_files())
    assert len(set(headings)) == len(headings) == len(described_files())
    for file in described_files():
        assert f"`{file}`" in section(title(file)).splitlines()[1]
        assert f"**{as_text(source.read(file).claim)}**" in section(title(file))


def test_every_rule_of_the_day_stands_there_as_it_is_computed():
    """All statements of each function that the day calls, line by line."""
    for call in calls_in_order():
        shown = section(title(call.file))
        body = source.read(call.file).functions[call.function].body[1:]
        for statement in body:
            lines = source.read(call.file).text.splitlines()[statement.lineno - 1 : statement.end_lineno]
            assert all(line.removesuffix("  # fmt: skip").strip() in shown for line in lines)
        assert f"- `{call.function}`: " in shown


def test_every_state_variable_stands_there_with_its_meaning():
    """Of people, ties and circles; an outcome of the same name gives its unit."""
    shown = {(row[0], cell) for row in rows(section("2 Entities, state variables and scales")) for cell in row[1:]}
    for file, names in (("people.py", None), ("ties.py", ["Ties"]), ("programmes/circles.py", None)):
        for name in names or tables(source.read(file)):
            for field in fields(source.read(file), name):
                assert len(field.meaning) > 2, f"{name}.{field.name} has no meaning"
                assert (f"`{field.name}`", as_text(field.meaning)) in shown
    assert ("`stress`", "PSS-10 points") in shown
    assert {f"`{name}`" for name in (*States._fields, *Traits._fields, *Ties._fields)} <= {name for name, _ in shown}


def test_every_outcome_preset_and_switch_stands_there():
    """In their lists; a preset is a column."""
    assert [row[0] for row in rows(section("C Outcomes"))[2:]] == [f"`{name}`" for name in (*NAMES, WORSE_OFF.name)]
    assert rows(section("B Presets of programmes"))[0][1:-1] == tuple(f"`{kind}`" for kind in PRESETS)
    assert [row[0] for row in rows(section("D Knock-outs"))[2:]] == [f"`{name}`" for name in Switches.model_fields]


def test_every_decision_stands_there():
    """All that is left to chance."""
    shown = re.findall(r"`([A-Z_]+)`", section("4 Design concepts"))
    assert [name for name in shown if name in Decision.__members__] == list(Decision.__members__)


def test_a_switch_puts_something_else_in_the_place():
    """One by which nothing changed would knock nothing out."""
    assert [name for name in Switches.model_fields if not put_instead(name)] == []


def test_sources_are_counted_by_their_class():
    """Every number is counted once, and what is unverified is not counted as measured."""
    *counted, total = rows(section("E What is measured, what is calibrated, what is assumed").split("\n\n")[0])[2:]
    assert [sum(int(row[k]) for row in counted) for k in (2, 3)] == [int(cell) for cell in total[2:]]
    assert sum(map(int, total[2:])) >= len(PARAMETERS) + len(Switches.model_fields)
    assert kind_of("empirical: 49 % of adults (a survey)") == "empirical"
    assert kind_of("calibrated: mean of burn-in .686") == "calibrated"
    assert kind_of("the specification, which names no study: unverified") == "unverified"


def test_whoever_a_process_names_stands_under_the_principles():
    """Theories are found by the word `after`, as in "after Rose's co-rumination"; who is named otherwise is missed."""
    principles = section("4 Design concepts").split("**Emergence.**")[0]
    for file in dict.fromkeys(call.file for call in calls_in_order()):
        words = " ".join(f"{source.read(file).claim} {source.read(file).more}".split())
        named = re.findall(r"(?<![.!?:] )(?<!^)\b[A-Z][a-z]\w*", words)
        assert [name for name in named if name not in principles] == [], f"{file}: write `after NAME's theory`"


def test_tables_are_whole():
    """As many cells in every row as in the header, and nothing that looks like a table is none to Markdown."""
    for block in re.findall(r"(?:^\|.*\n)+", text(), flags=re.MULTILINE):
        assert len({len(row) for row in rows(block)}) == 1, block.splitlines()[0]
    tokens = MarkdownIt("commonmark").enable("table").parse(text())
    assert [token.content for token in tokens if token.type == "inline" and token.content.startswith("|")] == []
    assert sum(token.type == "table_open" for token in tokens) == len(re.findall(r"^\| --- ", text(), re.MULTILINE))


def test_nothing_is_taken_for_a_tag():
    """The only HTML is what folds the rules away."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text())
    inline = [child for token in tokens for child in token.children or ()]
    found = {token.content.strip() for token in (*tokens, *inline) if token.type in ("html_block", "html_inline")}
    assert found == {"<details><summary>The rule as it is computed</summary>", "</details>"}


def test_links_lead_to_headings():
    """Each to one heading of its own."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text(), flags=re.DOTALL), flags=re.MULTILINE)
    anchors = list(map(anchor, headings))
    assert len(set(anchors)) == len(anchors)
    assert {link for link in re.findall(r"\]\(#([^)]*)\)", text()) if link not in anchors} == set()


def test_cells_keep_what_stands_in_them():
    """A bar does not end a cell, a line end does not end a row, and signs of Markdown are only signs."""
    cells = table(("a", "b"), [("x|y", "|z| < 3\n*`m < n*`")]).splitlines()[2]
    assert cells == r"| x\|y | \|z\| \< 3 \*`m < n*` |"


def test_what_a_pass_is_given_it_uses():
    """Every array and number that the day hands to a process is found to be read or written: none is overlooked."""
    not_sought = {"number", "row_of", "start", "other", "pair", "seed", "day", "asked", "rules"}
    in_full = {"control": "controllability", "communication_level": "communication_mean", "trait": "traits"}
    for call in calls_in_order():
        found = [*call.touched.reads, *call.touched.writes, *call.touched.parameters]
        parts = {part for place in found for part in place.split(".")}
        given = [re.findall(r"[a-z_]+", ast.unparse(each))[-1] for each in ast.parse(call.text, mode="eval").body.args]
        assert {in_full.get(name, name) for name in given} - not_sought - parts == set(), call.function


def test_every_number_of_a_process_is_read_by_a_rule():
    """By one of the day, or by one that is shown in the section of its file: no number is there for nothing."""
    read = {name for call in calls_in_order() for name in call.touched.parameters}
    for file in dict.fromkeys(call.file for call in calls_in_order()):
        for name in tables_of(file):
            unread = [spec.name for spec in specs(TABLES[name]) if f"{name}.{spec.name}" not in read]
            assert [each for each in unread if f"rules.{each}" not in section(title(file))] == []


def test_every_state_is_moved_and_read():
    """What nothing moves would be a trait, what nothing reads would mean nothing to anyone."""
    written = {place for call in calls_in_order() for place in call.touched.writes}
    read = {place for call in calls_in_order() for place in call.touched.reads}
    changes = overnight()
    assert {f"people.now.{name}" for name in States._fields} <= set(changes)
    assert set(changes.values()) <= written
    assert set(changes) <= read


INVENTED = '''"""Calm spreads. It does so slowly (kindness, after Nobody), and after Noone's theory of rest.

    calm > 0
"""

from typing import Any, NamedTuple

from peersim.helping import lend
from peersim.draws import Decision, key, uniform

SHARE = 0.25
"""How much of it."""
_FORGOTTEN = 3


class Calm(NamedTuple):
    """How calm it is.

    inner  (n_people,) in [0, 1],
           at rest
    """

    inner: Any
    outer: Any  # (2, n_people) by side


@compiled
def spread(
    calm_change: Any, calm: Any, ties: Any, rules: Any, seed: int, day: int,
) -> None:
    """Calm is lent.

    calm  (n_people,)
    """
    luck = key(seed, Decision.SEEK, day, 0)
    inner, w = calm.inner, ties.closeness
    for i in range(calm_change.size):
        calm_change[i] += rules.rate * inner[ties.other[i]]  # fmt: skip
        lend(w, calm_change, i, share=rules.share)
'''
HELPING = '''"""Lending."""


def lend(what, to, i, share):
    """Lend."""
    to[i], taken = share, what[i]
    if taken:
        lend(what, to, i, share)
'''


@pytest.fixture
def invented(tmp_path, monkeypatch):
    """A package of two files."""
    (tmp_path / "invented.py").write_text(INVENTED)
    (tmp_path / "helping.py").write_text(HELPING)
    monkeypatch.setattr(source, "PACKAGE", tmp_path)
    yield source.read("invented.py")
    source.read.cache_clear()


def test_a_file_is_read_as_it_is_written(invented):
    """Its claim, after whom it is made, its arrays with shapes and meanings, its named numbers."""
    assert invented.claim == "Calm spreads."
    assert invented.theories == ["kindness, after Nobody", "after Noone's theory of rest"]
    assert [(field.name, field.shape, field.meaning) for field in fields(invented, "Calm")] == [
        ("inner", "(n_people,)", "in [0, 1], at rest"), ("outer", "(2, n_people)", "by side"),
    ]  # fmt: skip
    assert tables(invented) == [declaration(invented, "Calm").name] == ["Calm"]
    assert constants(invented) == [("SHARE", "0.25", "How much of it.")]
    assert rows(entity("invented.py"))[2:] == [
        ("`inner`", "(n_people,)", "in [0, 1], at rest"), ("`outer`", "(2, n_people)", "by side"),
    ]  # fmt: skip


def test_a_rule_is_followed_through_names_and_calls(invented):
    """Under other names, in other files, by keyword, and once only where a function calls itself."""
    touched = Touched()
    call = ast.parse("spread(people.change.calm, people.calm, ties, rules.calm, seed, day)", mode="eval").body
    known = {name: name for name in ("people", "ties", "rules", "seed", "day")}
    Follower(invented, known, touched).visit(call)
    assert set(touched.reads) == {"people.calm.inner", "ties.closeness"}
    assert set(touched.writes) == {"people.change.calm"}
    assert set(touched.parameters) == {"calm.rate", "calm.share"}
    assert set(touched.draws) == {"SEEK"}
    assert list(touched.functions) == [("invented.py", "spread"), ("helping.py", "lend")]


def test_a_rule_is_shown_without_its_types_and_words(invented):
    """What remains is what is computed."""
    assert source.rule(invented, "spread").splitlines() == [
        "def spread(calm_change, calm, ties, rules, seed, day):",
        "    luck = key(seed, Decision.SEEK, day, 0)",
        "    inner, w = calm.inner, ties.closeness",
        "    for i in range(calm_change.size):",
        "        calm_change[i] += rules.rate * inner[ties.other[i]]",
        "        lend(w, calm_change, i, share=rules.share)",
    ]
