"""An experiment's file as it is read: its values, where each stands, and what is found wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peersim.locate import Key
from peersim.mistakes import Place, Problem, ScenarioError, dotted, place_of
from peersim.wrong_values import shown

_NOTHING = object()


@dataclass
class Document:
    """All parts of the reading share one: they look up, and note what is wrong.

    folder    where the file lies; files that it names are looked for from there
    warnings  what may not be meant
    """

    values: dict[str, Any]
    places: dict[Key, Place]
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def has(self, key: Key) -> bool:
        return self._look(key) is not _NOTHING

    def at(self, key: Key) -> Any:
        """The value that stands there; None where none does."""
        found = self._look(key)
        return None if found is _NOTHING else found

    def table(self, key: Key) -> dict[str, Any]:
        """The table that stands there; empty, and refused, where something else does."""
        found = self.at(key)
        if found is None or isinstance(found, dict):
            return found or {}
        name = dotted(key)
        self.refuse(key, "must be a table", f"write [{name}]" if "." not in str(key[-1]) else "")
        return {}

    def place(self, key: Key) -> Place:
        """Where a value stands, or else the nearest table around it."""
        return place_of(key, self.places)

    def refuse(
        self, key: Key, message: str, suggestion: str = "", element: int | None = None, *, path: str = ""
    ) -> None:
        """Note a mistake.

        element  which one of a list it is
        path     what it is about, where that is not the key: the parameter that is varied
        """
        value = self.at(key)
        is_shown = value is not None and not isinstance(value, dict) and not message.startswith("unknown")
        place = self.place(key if element is None else (*key, element))
        self.note(Problem(path or dotted(key), message, suggestion, shown(value) if is_shown else "", *place))

    def note(self, problem: Problem) -> None:
        """A mistake that several arms share is told once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def note_all(self, error: ScenarioError) -> None:
        for problem in error.problems:
            self.note(problem)

    def _look(self, key: Key) -> Any:
        found: Any = self.values
        for part in key:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                return _NOTHING
        return found
