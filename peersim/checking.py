"""From plain values to a scenario, or to everything that is wrong with them, at once.

pydantic decides what is wrong; the sentence is made from the parameter's declaration.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from peersim.consistency import Finding, contradictions, oddities
from peersim.locate import Key
from peersim.mistakes import IN_A_COMMAND, Place, Problem, ScenarioError, dotted, place_of
from peersim.parameters import Spec, specs
from peersim.scenario import TABLES, Scenario
from peersim.unknown_names import meant_parameter, meant_table
from peersim.wrong_values import Told, shown, what_is_wrong

Values = dict[str, Any]
"""A scenario as plain tables, lists, numbers and texts."""

_SPECS = {table: {spec.name: spec for spec in specs(kind)} for table, kind in TABLES.items()}


def checked(values: Values, places: Mapping[Key, Place]) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario of these values, and sentences about what may not be meant.

    places  where each value stands, by its key; what is missing is told without a place

    Raises ScenarioError with everything that is wrong, in the order of the places.
    """
    told = dict(_wrong_values(values))
    sound = _without(values, told)
    scenario = Scenario.model_validate(sound)
    problems = [_problem(key, values, places, *told[key]) for key in told]
    for finding in contradictions(scenario):
        if not any(key[: len(wrong)] == wrong for key in finding.keys for wrong in told):
            problems.append(_as_problem(finding, places))
    if problems:
        raise ScenarioError(in_order(problems))
    return scenario, tuple(str(_as_problem(odd, places)) for odd in oddities(scenario))


def spec_of(key: Key) -> Spec | None:
    """The declaration of a parameter; None where there is none of this name, and for options of a network."""
    return _SPECS.get(str(key[0]), {}).get(str(key[-1])) if _is_parameter(key) else None


def told_of(key: Key, value: Any) -> Told | None:
    """What is wrong with one parameter, or with this value of it, whatever the others are; None where nothing is."""
    table, name = str(key[0]), str(key[-1])
    if table in TABLES and not _is_parameter(key):
        example = "0.minutes" if table == "programmes" else next(iter(_SPECS[table]))
        return Told("is no parameter", f"name one as in {table}.{example}")
    if key[:2] == ("network", "options"):
        return None if isinstance(value, int | float) and not isinstance(value, bool) else _told(key, value, "")
    if spec_of(key) is None:
        return _told(key, {} if len(key) > 1 else value, "")
    try:
        TABLES[table].model_validate({name: value})
    except ValidationError as error:
        return _told(key, value, error.errors(include_url=False)[0]["msg"].removeprefix("Value error, "))
    return None


def _is_parameter(key: Key) -> bool:
    """Whether a key has the shape of a parameter's, whatever its name."""
    if key[0] == "programmes":
        return len(key) == 3 and isinstance(key[1], int)
    return len(key) == (3 if key[:2] == ("network", "options") else 2)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """As one meets them: file by file, line by line, then those of the command."""
    return sorted(problems, key=lambda p: (p.file.startswith(IN_A_COMMAND), p.file, p.line, p.column))


def _as_problem(finding: Finding, places: Mapping[Key, Place]) -> Problem:
    """Told of the parameter that the command sets, else of the first that a file does, else of the first."""
    given = [key for key in finding.keys if key in places] or [finding.keys[0]]
    key = next((key for key in given if place_of(key, places).file.startswith(IN_A_COMMAND)), given[0])
    return Problem(dotted(key), finding.message, finding.suggestion, "", *place_of(key, places))


def _problem(
    key: Key, values: Values, places: Mapping[Key, Place], message: str, suggestion: str, element: int | None
) -> Problem:
    value = _value_at(key, values)
    is_shown = not isinstance(value, dict) and not message.startswith("unknown")
    place = place_of(key if element is None else (*key, element), places)
    return Problem(dotted(key), message, suggestion, shown(value) if is_shown else "", *place)


def _wrong_values(values: Values) -> Iterator[tuple[Key, Told]]:
    """Every value that is wrong by itself, with what is wrong: pydantic finds them, one for a parameter."""
    sound = copy.deepcopy(values)
    for slot, programme in enumerate(_list(sound.get("programmes"))):
        if isinstance(programme, dict) and isinstance(programme.get("kind", ""), list | dict):
            key: Key = ("programmes", slot, "kind")
            yield key, _told(key, programme.pop("kind"), "")  # a preset is looked up before anything is checked
    try:
        Scenario.model_validate(sound)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False):
            key = _parameter(fault["loc"])
            yield key, _told(key, _value_at(key, sound), fault["msg"].removeprefix("Value error, "))


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _parameter(loc: Key) -> Key:
    """The key of the parameter in which pydantic found a fault, without what lies inside of it."""
    if loc[0] == "programmes" or loc[:2] == ("network", "options"):
        return loc[:3]
    return loc[:2]


def _told(key: Key, value: Any, otherwise: str) -> Told:
    """What is wrong with a value; `otherwise` where its declaration does not say."""
    table, name = str(key[0]), str(key[-1])
    if key[:2] == ("network", "options"):
        return Told("must be a number" if len(key) > 2 else "must be a table: [network.options]")
    if key == ("schema",):
        return Told("must be 1, the version of this format", "" if value == 0 else "a newer peersim may read it")
    if key == ("title",):
        return Told("must be a text", "put it in quotation marks")
    if table not in TABLES:
        return Told("unknown table", meant_table(table)) if _is_table(value) else _unknown(table)
    if len(key) < (3 if table == "programmes" else 2):
        return _no_table(table, value)
    if name not in _SPECS[table]:
        return _unknown(name, table)
    spec = _SPECS[table][name]
    return what_is_wrong(spec, value) or Told(f"{otherwise} ({spec.doc})")


def _unknown(name: str, table: str = "") -> Told:
    return Told("unknown parameter", meant_parameter(name, table))


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict) for v in value))


def _no_table(table: str, value: Any) -> Told:
    """What to write where a table should stand."""
    if table == "programmes":
        return Told("must be a list of tables", "write [[programmes]], in two brackets, and its numbers below")
    if isinstance(value, list | tuple):
        return Told("must be one table, not a list", f"write [{table}], in one bracket")
    return Told("must be a table", f"write [{table}] and below it {next(iter(_SPECS[table]))} = ...")


def _value_at(key: Key, values: Any) -> Any:
    for part in key:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _without(values: Values, wrong: Mapping[Key, Any]) -> Values:
    """A copy in which what is wrong is left out, so that the rest can be looked at; programmes keep their slots."""
    sound = copy.deepcopy(values)
    for key in wrong:
        around = _value_at(key[:-1], sound)
        if isinstance(around, dict):
            around.pop(key[-1], None)
        elif isinstance(around, list):
            around[int(key[-1])] = {}
    return sound
