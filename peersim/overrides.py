"""What a command sets on top of a file: `table.key=value`, typed as in the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from peersim.locate import Key
from peersim.mistakes import IN_A_COMMAND, Place, Problem, dotted
from peersim.parameters import specs
from peersim.scenario import TABLES

_TEXTS = {("title", "title")} | {
    (table, spec.name) for table, kind in TABLES.items() for spec in specs(kind) if isinstance(spec.default, str)
}
_MIXED = {("network", "wave")}  # a text or a number: what it looks like decides


def override(values: dict[str, Any], places: dict[Key, Place], texts: Sequence[str]) -> list[Problem]:
    """Set each of `texts` in the values, in order, and note where it came from; returns what cannot be set."""
    problems = []
    for text in texts:
        try:
            _set(values, places, text)
        except ValueError as error:
            problems.append(Problem("", str(error), file=IN_A_COMMAND + text))
    return problems


def parts_of(text: str) -> tuple[tuple[str, ...], str]:
    """`table.key=value` as the parts of its path, and what is written after the equals sign.

    Raises ValueError, with a sentence, where there is no such path.
    """
    path, equals, written = text.partition("=")
    parts = tuple(part.strip() for part in path.split("."))
    if not equals or not all(parts):
        raise ValueError("must be table.key=value, as in run.days=30")
    return parts, written.strip()


def _set(values: dict[str, Any], places: dict[Key, Place], text: str) -> None:
    parts, written = parts_of(text)
    if parts == ("base",):
        raise ValueError("a base stands in a file only; name that scenario instead of this one")
    put(values, places, way(parts, values), typed(parts, written), Place(IN_A_COMMAND + text))


def put(values: dict[str, Any], places: dict[Key, Place], key: Key, value: Any, place: Place) -> None:
    """Set one value, with the tables around it where they are missing; a table is laid over the one that is there."""
    around: Any = values
    for k, name in enumerate(key[:-1]):
        if isinstance(around, dict) and name not in around:
            around[name], places[key[: k + 1]] = {}, place
        around = _value_in(around, name)
    before = around.get(key[-1]) if isinstance(around, dict) else None
    if isinstance(value, dict) and isinstance(before, dict):
        value = {**before, **value}
    else:
        forget(places, key)
    around[key[-1]], places[key] = value, place


def way(parts: Sequence[str], values: Any) -> Key:
    """The parts as a key: names in tables, numbers in lists.

    Raises ValueError, with a sentence, where the values have no such place.
    """
    key: Key = ()
    around = values
    for part in parts:
        key = (*key, _step(part, around, key))
        around = _value_in(around, key[-1])
    return key


def _value_in(around: Any, name: str | int) -> Any:
    """What stands under a name or number; a table that is not there yet is empty."""
    return around.get(name, {}) if isinstance(around, dict) else around[name]


def _step(part: str, around: Any, key: Key) -> str | int:
    """One part of the way: a name in a table, a number in a list."""
    path = dotted(key)
    if isinstance(around, list):
        if part.isdecimal() and int(part) < len(around):
            return int(part)
        raise ValueError(f"{path} has no '{part}'; it has {len(around)}, counted from 0")
    if not isinstance(around, dict):
        raise ValueError(f"{path} is no table and has no '{part}'")
    if not part.isdecimal():
        return part
    if path == "programmes":
        raise ValueError("this scenario has no programmes; add [[programmes]] to its file")
    raise ValueError(f"no name is a number; a list is set as a whole: {path}=[0.1, 0.2]")


def is_meant(parts: Sequence[str], n_programmes: int, most: int) -> bool:
    """Whether what is set is for a scenario with so many programmes; what no scenario could take is for all.

    most  programmes of the scenario that has the most of them
    """
    if parts[0] != "programmes" or len(parts) < 2 or not parts[1].isdigit() or int(parts[1]) >= most:
        return True
    return int(parts[1]) < n_programmes


def forget(places: dict[Key, Place], key: Key) -> None:
    """Drop the places of a value that is replaced, and of all inside of it."""
    for old in [old for old in places if old[: len(key)] == key]:
        del places[old]


def typed(parts: tuple[str, ...], written: str) -> Any:
    """The value as TOML reads it; bare words are text, and a number may begin with its point.

    A text parameter takes what is written as it is, unless it stands in quotation marks. Raises ValueError, with a
    sentence, where nothing can be read.
    """
    target = (parts[0], parts[-1])
    value = as_toml_reads(written)
    if value is None or (target in _TEXTS and not isinstance(value, str) and target not in _MIXED):
        if written[:1] in ("[", "{", '"', "'"):
            raise ValueError("no value can be read after the equals sign; write a number, a word, or a list as [1, 2]")
        return written
    return value


def as_toml_reads(written: str) -> Any:
    """What TOML reads, or None."""
    quoted = any(mark in written for mark in "\"'")
    text = written if quoted else re.sub(r"(?<![\w.])\.(?=\d)", "0.", written)
    try:
        found = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return None
    return found["value"] if set(found) == {"value"} else None
