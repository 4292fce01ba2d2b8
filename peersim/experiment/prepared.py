"""One arm made ready for many points: what does not vary is checked once, and a point's values are put in place."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peersim.checking import Values
from peersim.experiment.arms import ArmValues
from peersim.experiment.factors import Factor
from peersim.locate import Key
from peersim.mistakes import Place
from peersim.scenario import TABLES, Scenario

_FILES: tuple[Key, ...] = (("network", "file"), ("network", "nodes"))


@dataclass(frozen=True)
class PreparedArm:
    """An arm, and which of the point's values it takes.

    values  all of the arm, as plain tables, without the point's values
    ready   its tables checked, where no point changes them; the others plain
    taken   for each value that it takes: which of the point's, and the key it has in a scenario
    folder  where files of networks are looked for
    """

    name: str
    values: Values
    places: Mapping[Key, Place]
    ready: Mapping[str, Any]
    taken: tuple[tuple[int, Key], ...]
    folder: Path

    def scenario(self, values: Sequence[Any]) -> Scenario:
        """The scenario at a point with these values. Raises ValidationError, or what a preset makes of them."""
        tables = dict(self.ready)
        fresh = set()
        for which, key in self.taken:
            if key[0] not in fresh:
                fresh.add(key[0])
                tables[str(key[0])] = _loose(tables[str(key[0])])
            _put(tables, key, self.as_here(key, values[which]))
        return Scenario.model_validate(tables)

    def laid(self, values: Sequence[Any]) -> Values:
        """All plain values at a point with these values, to be told of."""
        laid = copy.deepcopy(self.values)
        for which, key in self.taken:
            value = self.as_here(key, values[which])
            _put(laid, key, list(value) if isinstance(value, tuple) else value)
        return laid

    def placed(self, values: Sequence[Any], factors: Sequence[Factor]) -> dict[Key, Place]:
        """Where each value stands, those of the point included."""
        return {**self.places, **{key: factors[which].place_of(values[which]) for which, key in self.taken}}

    def as_here(self, key: Key, value: Any) -> Any:
        """A network's file by its full name."""
        if key in _FILES and isinstance(value, str) and value:
            return str((self.folder / Path(value).expanduser()).resolve())
        return value


def prepared(arm: ArmValues, factors: Sequence[Factor], folder: Path) -> PreparedArm:
    """An arm whose tables are all plain still."""
    taken = tuple((which, factor.target) for which, factor in enumerate(factors) if _takes(arm, factor.target))
    return PreparedArm(arm.name, arm.values, arm.places, arm.values, taken, folder)


def made_ready(arm: PreparedArm, scenario: Scenario) -> PreparedArm:
    """The same arm, with the tables that no point changes as they are in one of its scenarios."""
    varied = {key[0] for _, key in arm.taken}
    ready: dict[str, Any] = {"schema": 1, "title": scenario.title}
    for name in TABLES:
        ready[name] = arm.values.get(name, {}) if name in varied else getattr(scenario, name)
    if "programmes" in varied:
        slots = {key[1] for _, key in arm.taken if key[0] == "programmes"}
        plain = arm.values["programmes"]
        ready["programmes"] = [plain[k] if k in slots else made for k, made in enumerate(scenario.programmes)]
    return PreparedArm(arm.name, arm.values, arm.places, ready, arm.taken, arm.folder)


def _takes(arm: ArmValues, key: Key) -> bool:
    """Whether an arm takes a varied parameter: one of a programme only if it has that programme."""
    return key[0] != "programmes" or int(key[1]) < arm.n_programmes


def _loose(table: Any) -> Any:
    """A copy whose own values, and those of the tables in it, can be replaced."""
    if isinstance(table, list):
        return [_loose(inner) for inner in table]
    if isinstance(table, dict):
        return {name: dict(inner) if isinstance(inner, dict) else inner for name, inner in table.items()}
    return table


def _put(tables: Any, key: Key, value: Any) -> None:
    around = tables
    for part in key[:-1]:
        around = around.setdefault(part, {}) if isinstance(around, dict) else around[part]
    around[key[-1]] = value
