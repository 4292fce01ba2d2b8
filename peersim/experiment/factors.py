"""A factor: one parameter that a sweep varies, and the values that it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peersim.checking import spec_of, told_of
from peersim.experiment.axes import Levels, Range
from peersim.experiment.document import Document
from peersim.experiment.table_reading import refuse_unknown
from peersim.locate import Key
from peersim.mistakes import Place
from peersim.networks.generator_options import GENERATORS
from peersim.wrong_values import Told

MOST_LEVELS = 1_000_000
_RANGE = ("low", "high", "count", "log")


@dataclass(frozen=True)
class Factor:
    """One varied parameter.

    name    in full: programmes.0.minutes
    target  its key in a scenario
    axis    the values it takes; None for those of a file
    places  where it stands, and then each of its levels
    kind    what the values of a file are to a condition
    """

    name: str
    target: Key
    axis: Levels | Range | None
    places: tuple[Place, ...]
    kind: str = ""

    def place_of(self, value: Any) -> Place:
        """Where this value stands in the file, or else the factor."""
        if isinstance(self.axis, Levels) and len(self.places) > 1 and value in self.axis.values:
            return self.places[1 + self.axis.values.index(value)]
        return self.places[0]


def target_of(name: str) -> Key:
    """`programmes.0.minutes` as ("programmes", 0, "minutes")."""
    parts = [part.strip() for part in name.split(".")]
    return tuple(int(p) if k == 1 and parts[0] == "programmes" and p.isdecimal() else p for k, p in enumerate(parts))


def told_of_name(target: Key, n_programmes: Sequence[int]) -> Told | None:
    """Why this parameter cannot be varied; None if it can. n_programmes  of each arm"""
    if target[0] in ("title", "schema"):
        return Told("is no parameter and cannot be varied")
    if target == ("run", "seed"):
        return Told("seeds are not varied: every point has the same ones", "[seeds] says how many")
    spec = spec_of(target)
    told = told_of(target, spec.default if spec else 0.0)
    if told is not None and len(target) == 1 and told.suggestion.startswith("put it"):
        return told._replace(suggestion="name a parameter in full, as in stressors.event_rate")
    most = max(n_programmes, default=0)
    if told is None and target[0] == "programmes" and int(target[1]) >= most:
        last = f"the last one is {most - 1}, counted from 0" if most else "take a base that has programmes"
        return Told(f"no arm has a programme {target[1]}", last)
    return told


def is_whole(target: Key, ends: Sequence[Any] = ()) -> bool:
    """Whether a parameter counts something; of a generator's option its own declaration says, and how it is written."""
    if target[:2] == ("network", "options"):
        known = [options[str(target[2])] for options in GENERATORS.values() if target[2] in options]
        return any(option.is_whole for option in known) and all(isinstance(end, int) for end in ends)
    spec = spec_of(target)
    return spec is not None and isinstance(spec.default, int) and not isinstance(spec.default, bool)


def read_factor(doc: Document, name: str, *, is_drawn: bool) -> Factor | None:
    """What `vary` says of one parameter; None, and noted, if that is no use.

    is_drawn  whether points are drawn (lhs, sobol), so that a range needs no count
    """
    key: Key = ("sweep", "vary", name)
    written, target = doc.at(key), target_of(name)
    axis: Levels | Range | None = None
    if isinstance(written, dict):
        axis = _range(doc, key, target, is_drawn=is_drawn)
    elif not isinstance(written, list):
        need = "{ low = .., high = .. }" if is_drawn else "{ low = .., high = .., count = .. }"
        doc.refuse(key, f"must be a list of values, or {need}", path=name)
    elif _are_sound(doc, key, target, written):
        axis = Levels(tuple(tuple(v) if isinstance(v, list) else v for v in written))
    if axis is None:
        return None
    elements = range(len(written)) if isinstance(written, list) else ()
    return Factor(name, target, axis, (doc.place(key), *(doc.place((*key, k)) for k in elements)))


def _are_sound(doc: Document, key: Key, target: Key, levels: list[Any]) -> bool:
    if not levels:
        doc.refuse(key, "an empty list leaves no point", "write the values it takes", path=str(key[-1]))
    told = [(k, told) for k, level in enumerate(levels) if (told := told_of(target, level)) is not None]
    for k, (message, suggestion, _) in told:
        doc.refuse((*key, k), message, suggestion, path=str(key[-1]))
    return bool(levels) and not told


def _range(doc: Document, key: Key, target: Key, *, is_drawn: bool) -> Levels | Range | None:
    before, table, path = len(doc.problems), doc.table(key), str(key[-1])
    refuse_unknown(doc, key, table, ("low", "high", "log") if is_drawn else _RANGE)
    spec = spec_of(target)
    if spec is not None and (isinstance(spec.default, str | tuple | bool)):
        doc.refuse(key, "a range is for numbers", f"list the values of {path}", path=path)
        return None
    for end in ("low", "high"):
        if end not in table:
            doc.refuse(key, f"{end} is missing", "write { low = .., high = .. }", path=path)
        elif (told := told_of(target, table[end])) is not None:
            doc.refuse((*key, end), *told[:2], path=path)
    log, count = table.get("log", False), table.get("count", 0)
    if not isinstance(log, bool):
        doc.refuse((*key, "log"), "must be true or false", path=path)
    if not is_drawn and (type(count) is not int or not 2 <= count <= MOST_LEVELS):
        said = f"count must be a whole number between 2 and {MOST_LEVELS:,}"
        doc.refuse((*key, "count"), said, "it says how many values there are, both ends included", path=path)
    if len(doc.problems) > before:
        return None
    if not table["low"] < table["high"]:
        doc.refuse((*key, "low"), f"low must be less than high, which is {table['high']:g}", path=path)
    elif log and table["low"] <= 0:
        doc.refuse((*key, "low"), "low must be above 0 where log = true, as nothing less has a logarithm", path=path)
    if len(doc.problems) > before:
        return None
    whole = is_whole(target, (table["low"], table["high"]))
    low, high = (table["low"], table["high"]) if whole else (float(table["low"]), float(table["high"]))
    found = Range(low, high, log, whole)
    return found if is_drawn else Levels(found.evenly(count))
