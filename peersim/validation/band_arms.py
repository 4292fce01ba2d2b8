"""The arms that bands can speak of: bundled scenarios with a programme, and what a file of bands makes of them.

    [arms.couples_counselling_8_hours]
    base = "couples_counselling"
    set = { "programmes.0.weeks" = 4 }
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from peersim.bundled import bundled_names
from peersim.locate import Key
from peersim.mistakes import IN_A_COMMAND, Place, Problem, ScenarioError, did_you_mean, dotted, nearest, place_of
from peersim.networks.errors import in_words
from peersim.programmes.programme import Programme
from peersim.scenario_file import read_scenario
from peersim.scenario_text import as_toml
from peersim.validation.effects import Arms
from peersim.wrong_values import shown

_FIELDS = ("base", "set")
_PROGRAMMES = "programmes."


@cache
def bundled_arms() -> Arms:
    """Every bundled scenario that has a programme; they are read once."""
    read = {name: read_scenario(name).scenario.programmes for name in bundled_names()}
    return {name: programmes for name, programmes in read.items() if programmes}


def read_arms(
    tables: Any, places: Mapping[Key, Place], bundled: Arms
) -> tuple[dict[str, tuple[Programme, ...]], list[Problem]]:
    """The arms of one file, and everything that is wrong with them.

    tables  what stands under `arms`
    """
    made: dict[str, tuple[Programme, ...]] = {}
    if not isinstance(tables, dict):
        return made, [_problem(("arms",), places, "must hold a table for each arm", "write [arms.my_arm]")]
    problems: list[Problem] = []
    for name, table in tables.items():
        wrong = list(_wrong_table(name, table, places, bundled))
        if not wrong:
            made[name], wrong = _programmes(name, table, places)
        problems += wrong
    return made, problems


def _problem(key: Key, places: Mapping[Key, Place], message: str, suggestion: str = "", given: Any = None) -> Problem:
    written = "" if given is None else shown(given)
    return Problem(dotted(key), message, suggestion, written, *place_of(key, places))


def _wrong_table(name: str, table: Any, places: Mapping[Key, Place], bundled: Arms) -> Iterator[Problem]:
    """What is wrong with an arm before its programmes are looked at."""
    key: Key = ("arms", name)
    if not isinstance(table, dict):
        yield _problem(key, places, "must be a table", f"write [arms.{name}] and below it base = ...", table)
        return
    if not name.isidentifier():
        yield _problem(key, places, "an arm's name is made of letters, digits and _", "give it another name")
    if name in bundled_names():
        yield _problem(key, places, "a bundled scenario has this name", "give the arm another name")
    for field in table:
        if field not in _FIELDS:
            hint = did_you_mean([nearest(field, _FIELDS)]) or "an arm has base and set"
            yield _problem((*key, field), places, "unknown parameter", hint)
    base, numbers = table.get("base"), table.get("set", {})
    if base is None:
        yield _problem(key, places, "has no base", f"name one of {in_words(bundled, 99)}: base = ...")
    elif base not in tuple(bundled):
        hint = did_you_mean([nearest(str(base), bundled)])
        yield _problem((*key, "base"), places, f"must be one of {in_words(bundled, 99)}", hint, base)
    if not isinstance(numbers, dict):
        hint = 'write set = { "programmes.0.weeks" = 4 }'
        yield _problem((*key, "set"), places, "must be a table of numbers", hint, numbers)
        return
    for path in numbers:
        if not path.startswith(_PROGRAMMES):
            hint = "set what holds for everybody with -s"
            yield _problem((*key, "set", path), places, "an arm differs in its programmes only", hint)


def _programmes(
    name: str, table: Mapping[str, Any], places: Mapping[Key, Place]
) -> tuple[tuple[Programme, ...], list[Problem]]:
    """The programmes of an arm, its numbers checked as in a scenario."""
    key: Key = ("arms", name)
    settings = {f"{path}={as_toml(value)}": (*key, "set", path) for path, value in table.get("set", {}).items()}
    try:
        programmes = read_scenario(table["base"], tuple(settings)).scenario.programmes
    except ScenarioError as error:
        told = {settings.get(one.file.removeprefix(IN_A_COMMAND), key): one for one in error.problems}
        return (), [
            Problem(one.path or str(where[-1]), one.message, one.suggestion, one.given, *place_of(where, places))
            for where, one in told.items()
        ]
    return programmes, []
