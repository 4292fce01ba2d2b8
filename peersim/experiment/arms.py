"""The arms of an experiment as plain values: the base, what is set for all arms, what is set for this one.

What a command sets lies on top; the values of a point come between and are laid later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from peersim.checking import Values
from peersim.experiment.document import Document
from peersim.experiment.table_reading import refuse_unknown
from peersim.locate import Key
from peersim.mistakes import IN_A_COMMAND, Place, Problem, ScenarioError, dotted
from peersim.overrides import is_meant, parts_of, put, typed, way
from peersim.scenario_file import make_absolute, values_of

BASE = "baseline"
"""The base of an experiment that names none."""
_VARIED = "the sweep varies it, so it cannot be set as well"


@dataclass
class ArmValues:
    """One arm before it is checked: its values, and the place of each."""

    name: str
    values: Values
    places: dict[Key, Place]

    @property
    def n_programmes(self) -> int:
        programmes = self.values.get("programmes")
        return len(programmes) if isinstance(programmes, list) else 0


class Setting(NamedTuple):
    """One value that is set. key  where it stands in the experiment; () in a command"""

    parts: tuple[str, ...]
    value: Any
    place: Place
    key: Key = ()


def read_arms(doc: Document, varied: Sequence[str], settings: Sequence[str]) -> list[ArmValues]:
    """Every arm that can be read; what is wrong is noted.

    varied    names of the parameters that the sweep varies
    settings  what the command sets, for the arms that have such a programme
    """
    arms = [arm for name, key in _names(doc) if (arm := _base_of(doc, name, key)) is not None]
    common, most = list(_settings(doc, ("set",))), _most(arms)
    for arm in arms:
        _lay(doc, arm, [s for s in common if is_meant(s.parts, arm.n_programmes, most)], varied)
        if doc.has(("arms", arm.name)):
            _lay(doc, arm, list(_settings(doc, ("arms", arm.name, "set"))), varied)
        make_absolute(arm.values, doc.folder)
    commanded, most = list(_commanded(doc, settings)), _most(arms)
    for arm in arms:
        _lay(doc, arm, [s for s in commanded if is_meant(s.parts, arm.n_programmes, most)], varied)
        make_absolute(arm.values, Path())
    return arms


def _names(doc: Document) -> Iterator[tuple[str, Key]]:
    """The name of each arm, and the key under which its base may stand."""
    named = doc.table(("arms",))
    if not named:
        base = doc.at(("base",)) or BASE
        yield Path(base).stem if isinstance(base, str) else BASE, ("base",)
    for name in named:
        key: Key = ("arms", name)
        table = doc.table(key)
        refuse_unknown(doc, key, table, ("base", "set"))
        if not name.strip() or name != name.strip() or not name.isprintable() or "/" in name:
            doc.refuse(key, "an arm's name is a word or a few, without slashes", path="arms")
        yield name, (*key, "base") if "base" in table else ("base",)


def _base_of(doc: Document, name: str, key: Key) -> ArmValues | None:
    base = doc.at(key) if doc.has(key) else BASE
    if not isinstance(base, str) or not base:
        doc.refuse(key, "must be a text: the name of a scenario or of its file")
        return None
    try:
        return ArmValues(name, *values_of(base, doc.folder, doc.place(key)))
    except ScenarioError as error:
        for problem in error.problems:
            doc.note(replace(problem, path=dotted(key)) if problem.path == "base" else problem)
        return None


def _settings(doc: Document, key: Key) -> Iterator[Setting]:
    """What a `set` table sets, one parameter each: its keys may be dotted, and tables may lie in it."""

    def inside(table: Mapping[str, Any], key: Key, parts: tuple[str, ...]) -> Iterator[Setting]:
        for name, value in table.items():
            here, way_there = (*key, name), (*parts, *(part.strip() for part in name.split(".")))
            if isinstance(value, dict) and value:
                yield from inside(value, here, way_there)
            elif way_there == ("base",):
                doc.refuse(here, "a base is not set", "write it outside of set: base = ...")
            else:
                yield Setting(way_there, value, doc.place(here), here)

    yield from inside(doc.table(key), key, ())


def _commanded(doc: Document, settings: Sequence[str]) -> Iterator[Setting]:
    for text in settings:
        try:
            parts, written = parts_of(text)
            if parts[0] in ("base", "set", "arms", "hypotheses"):
                raise ValueError(f"{parts[0]} stands in the experiment's file only")
            yield Setting(parts, typed(parts, written), Place(IN_A_COMMAND + text))
        except ValueError as error:
            doc.note(Problem("", str(error), file=IN_A_COMMAND + text))


def _lay(doc: Document, arm: ArmValues, settings: Sequence[Setting], varied: Sequence[str]) -> None:
    """Lay what is set on top of an arm's values."""
    for setting in settings:
        parts, value, place, inside = setting
        path = "" if place.file.startswith(IN_A_COMMAND) else ".".join(parts)
        if _is_varied(parts, value, varied):
            doc.note(Problem(path, _VARIED, "leave out one of the two", "", *place))
            continue
        try:
            key = way(parts, arm.values)
            put(arm.values, arm.places, key, value, place)
        except ValueError as error:
            doc.note(Problem(path, str(error).replace("this scenario", f"the arm '{arm.name}'"), "", "", *place))
            continue
        if inside:
            within = {k: p for k, p in doc.places.items() if k[: len(inside)] == inside}
            arm.places.update({(*key, *k[len(inside) :]): p for k, p in within.items()})


def _is_varied(parts: Sequence[str], value: Any, varied: Sequence[str]) -> bool:
    """Whether a value is that of a varied parameter, or a table or list that holds one."""
    for name in varied:
        other = name.split(".")
        if list(parts) == other[: len(parts)] and _holds(value, other[len(parts) :]):
            return True
    return False


def _holds(value: Any, way_there: Sequence[str]) -> bool:
    for part in way_there:
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict) and part in value:
            value = value[part]
        else:
            return False
    return True


def _most(arms: Sequence[ArmValues]) -> int:
    return max((arm.n_programmes for arm in arms), default=0)
