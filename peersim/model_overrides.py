"""Parameters given as keywords: where each belongs in a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from peersim.mistakes import Problem, ScenarioError
from peersim.networks.errors import in_words
from peersim.parameters import Parameters
from peersim.scenario import TABLES, Scenario
from peersim.scenario_file import load_scenario
from peersim.unknown_names import meant_parameter

_TOP = tuple(field.alias or name for name, field in Scenario.model_fields.items())


def overridden(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with these parameters instead of its own.

    A parameter is named in full ("stressors.event_rate", "programmes.0.every"), or by its last word where only one
    table has it; a whole table by its name, with a mapping of what is to change; `programmes` takes a new list.

    Raises ScenarioError with a line for every name that is unknown and every value that does not fit.
    """
    if not changes:
        return scenario
    values, problems = scenario.model_dump(by_alias=True), []
    values["programmes"] = list(values["programmes"])
    for name, value in changes.items():
        try:
            for key, part in _parts(name, _plain(value)):
                _put(values, key, part)
        except ValueError as problem:
            problems.append(Problem(name, *problem.args))
    try:
        changed = load_scenario(values)
    except ScenarioError as error:
        problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return changed


def _plain(value: Any) -> Any:
    """Tables as mappings."""
    if isinstance(value, Parameters):
        return value.model_dump(by_alias=True)
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def _parts(name: str, value: Any) -> Iterator[tuple[list[str], Any]]:
    """Where to write what: one place, or one for each parameter of a table."""
    owners = [table for table in TABLES if table != "programmes" and name in TABLES[table].model_fields]
    if "." in name:
        yield name.split("."), value
    elif name in TABLES and isinstance(value, Mapping):
        yield from (([name, part], one) for part, one in value.items())
    elif name in _TOP:
        yield [name], value
    elif len(owners) == 1:
        yield [owners[0], name], value
    elif owners:
        raise ValueError(f"several tables have it; say {in_words([f'{table}.{name}' for table in owners], 99)}")
    else:
        raise ValueError("unknown parameter", meant_parameter(name))


def _put(values: dict[str, Any], key: list[str], value: Any) -> None:
    """Write one value to its place; whether there is such a place is looked at with everything else."""
    around: Any = values
    if key[0] == "programmes" and len(key) > 1:
        n = len(values["programmes"])
        if not key[1].isdecimal() or int(key[1]) >= n:
            raise ValueError(f"there is no programme {key[1]}; the scenario has {n}, counted from 0")
        if key[2:] == ["kind"]:
            raise ValueError("a kind brings all its numbers with it", "give the whole list of programmes")
        around, key = values["programmes"][int(key[1])], key[2:]
    for part in key[:-1]:
        around = around.setdefault(part, {})
        if not isinstance(around, dict):
            raise ValueError(f"{part} is no table")
    if not key:
        raise ValueError("a programme is changed number by number", "programmes.0.weeks")
    around[key[-1]] = value
