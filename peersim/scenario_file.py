"""From a scenario's file to the scenario: its base first, then the file, then what the command sets.

Tables are merged key by key and lists are replaced, so that a file which says nothing of programmes keeps those of its
base. A preset is filled in at the end: where a command changes a programme's kind, the numbers that a file spells out
stay, and all others are those of the new kind.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from peersim.bundled import bundled_names, bundled_path
from peersim.checking import Values, checked, in_order
from peersim.locate import Key
from peersim.mistakes import Place, Problem, ScenarioError, did_you_mean, nearest, place_of
from peersim.networks.errors import in_words
from peersim.overrides import forget, override
from peersim.scenario import Scenario
from peersim.toml_files import read_toml, shown_path

__all__ = ["Reading", "bundled_names", "bundled_path", "load_scenario", "read_scenario"]


class Reading(NamedTuple):
    """A scenario, what may not be meant in it, and the place of each value that was given."""

    scenario: Scenario
    warnings: tuple[str, ...]
    places: Mapping[Key, Place]


def load_scenario(source: str | Path | Mapping[str, Any], overrides: Sequence[str] = ()) -> Scenario:
    """The scenario of a .toml file, of a bundled name, or of tables as a file has them.

    overrides  `table.key=value`, set on top: "run.days=30", "programmes.0.effect=0"

    Raises ScenarioError with everything that is wrong. Warns of what may not be meant.
    """
    reading = read_scenario(source, overrides)
    for warning in reading.warnings:
        warnings.warn(warning, stacklevel=2)
    return reading.scenario


def read_scenario(source: str | Path | Mapping[str, Any], overrides: Sequence[str] = ()) -> Reading:
    """As `load_scenario`, with the warnings as sentences."""
    if isinstance(source, Mapping):
        given = _plain(source)
        values, places = _with_base(given, dict.fromkeys(_keys(given), Place()), Path(), ())
    else:
        values, places = _read(_path_of(source), ())
    problems = override(values, places, overrides)
    make_absolute(values, Path())
    try:
        scenario, sentences = checked(values, places)
    except ScenarioError as error:
        problems += error.problems
    if problems:
        raise ScenarioError(in_order(problems))
    return Reading(scenario, sentences, places)


def values_of(base: str, folder: Path, asked_at: Place) -> tuple[Values, dict[Key, Place]]:
    """The values of a scenario that another file names, without its title, and the place of each.

    folder    where that other file lies
    asked_at  where it names the scenario

    Raises ScenarioError if there is no such scenario, or if it cannot be read.
    """
    return _with_base({"base": base}, {("base",): asked_at}, folder, ())


def _path_of(source: str | Path, folder: Path = Path(), asked_at: Place | None = None) -> Path:
    """The file that is meant: a path where it looks like one, else the bundled scenario of this name."""
    name = str(source)
    if name.endswith(".toml") or isinstance(source, Path) or os.sep in name or "/" in name:
        return folder / Path(name).expanduser()
    if name in bundled_names():
        return bundled_path(name)
    if (folder / name).is_file():
        return folder / name
    message = f"no scenario has the name '{name}'; there are {in_words(bundled_names(), 99)}"
    beside = folder / f"{name}.toml"
    hint = did_you_mean([str(beside) if beside.is_file() else nearest(name, bundled_names())])
    place = asked_at or Place()
    raise ScenarioError(
        [Problem("base" if asked_at else "", message, hint or "a file's name ends in .toml", "", *place)]
    )


def _read(path: Path, above: tuple[Path, ...]) -> tuple[Values, dict[Key, Place]]:
    """A file on top of its bases. above  the files whose base it is, outermost first."""
    values, places = read_toml(path)
    return _with_base(values, places, path.parent, (*above, path))


def _with_base(
    values: Values, places: dict[Key, Place], folder: Path, above: tuple[Path, ...]
) -> tuple[Values, dict[Key, Place]]:
    make_absolute(values, folder)
    base = values.pop("base", None)
    if base is None:
        return values, places
    place = place_of(("base",), places)
    if not isinstance(base, str) or not base:
        raise ScenarioError([Problem("base", "must be a text: the name of a scenario or of its file", "", "", *place)])
    path = _path_of(base, folder, place)
    if path.resolve() in [file.resolve() for file in above]:
        circle = " -> ".join(shown_path(file) for file in (*above, path))
        raise ScenarioError([Problem("base", f"a scenario cannot be its own base: {circle}", "", "", *place)])
    if not path.is_file():
        missing = f"{shown_path(path)}: there is no such file"
        raise ScenarioError([Problem("base", missing, _hint_for(path), "", *place)])
    below, below_places = _read(path, above)
    below.pop("title", None)  # it names that scenario, not this one
    _merge(below, below_places, values, places, ())
    return below, below_places


def _hint_for(path: Path) -> str:
    return did_you_mean([nearest(path.stem, bundled_names())]) or "a base is looked for from the folder of its file"


def _merge(
    under: Values, under_places: dict[Key, Place], over: Values, over_places: Mapping[Key, Place], key: Key
) -> None:
    """Lay one scenario's values and places over another's: tables key by key, everything else as a whole."""
    for name, value in over.items():
        inner = (*key, name)
        if isinstance(value, dict) and isinstance(under.get(name), dict):
            _merge(under[name], under_places, value, over_places, inner)
            under_places.update({inner: over_places[inner]} if inner in over_places else {})
        else:
            under[name] = value
            forget(under_places, inner)
            under_places.update({k: place for k, place in over_places.items() if k[: len(inner)] == inner})


def make_absolute(values: Values, folder: Path) -> None:
    """Let the network's files start at this folder, so that nobody needs to know where the scenario lay."""
    network = values.get("network")
    if not isinstance(network, dict):
        return
    for name in ("file", "nodes"):
        value = network.get(name)
        if isinstance(value, str) and value:
            network[name] = str((folder / Path(value).expanduser()).resolve())


def _keys(value: Any, key: Key = ()) -> Iterator[Key]:
    """The key of everything in these tables and lists."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        yield (*key, name)
        yield from _keys(inner, (*key, name))


def _plain(value: Any) -> Any:
    """A copy made of dicts, lists and Python's own numbers, whatever mappings, tuples and numpy scalars came."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Path):
        return str(value)
    return value.item() if hasattr(value, "item") and not getattr(value, "shape", (1,)) else value
