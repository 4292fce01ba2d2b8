"""What a command sets: in the experiment itself where it names one of its tables, else in the arms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peersim.experiment.document import Document
from peersim.mistakes import IN_A_COMMAND, Place, Problem
from peersim.overrides import parts_of, put, typed, way

OWN = ("sweep", "seeds", "record", "limits")
"""The tables of an experiment that a command can set."""
_VARY = ("sweep", "vary")
_OF_A_RANGE = ("low", "high", "count", "log")


def with_dotted_names(doc: Document) -> None:
    """Let what is varied go by its full name, also where the file writes `vary.stressors.event_rate` or tables."""
    vary = doc.at(_VARY)
    if not isinstance(vary, dict):
        return
    places = dict(doc.places)
    doc.values["sweep"]["vary"] = flat = {}
    for names, value in _leaves(vary, ()):
        name = ".".join(names)
        flat[name] = value
        for key, place in places.items():
            if key[: 2 + len(names)] == (*_VARY, *names):
                doc.places[(*_VARY, name, *key[2 + len(names) :])] = place


def _leaves(table: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in table.items():
        is_range = isinstance(value, dict) and any(end in value for end in _OF_A_RANGE)
        if isinstance(value, dict) and not is_range and any(isinstance(v, dict | list) for v in value.values()):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


def lay_settings(doc: Document, settings: Sequence[str]) -> list[str]:
    """Set in the experiment what is its own; returns the settings that are the arms'."""
    for_arms = []
    for text in settings:
        if text.split("=")[0].split(".")[0].strip() not in (*OWN, "title"):
            for_arms.append(text)
            continue
        try:
            parts, written = parts_of(text)
            if parts[:2] == _VARY and len(parts) > 2:
                parts = _varied(doc, parts)
            place = Place(IN_A_COMMAND + text)
            put(doc.values, doc.places, way(parts, doc.values), typed(parts, written), place)
        except ValueError as error:
            doc.note(Problem("", str(error), file=IN_A_COMMAND + text))
    return for_arms


def _varied(doc: Document, parts: tuple[str, ...]) -> tuple[str, ...]:
    """The way to what is varied, whose name is one word of several parts; or to an end of its range."""
    names = tuple(part.strip("\"' ") for part in parts[2:])
    if names[-1] in _OF_A_RANGE and isinstance(doc.at((*_VARY, ".".join(names[:-1]))), dict):
        return (*_VARY, ".".join(names[:-1]), names[-1])
    return (*_VARY, ".".join(names))
