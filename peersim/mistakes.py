"""How a mistake is told: where it stands, what came, what is allowed, what it means, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from peersim.locate import Key

IN_A_COMMAND = "-s "
"""How the place of a value that stands in no file begins: `-s stressors.event_rate=3`."""


class Place(NamedTuple):
    """Where a value stands: file, line and column, counted from 1; 0 where there is none."""

    file: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a scenario.

    path        table and parameter, with dots: `stressors.event_rate`
    given       the value that came, as it is written; empty where it does not matter
    suggestion  what to do about it; may be empty
    file        a path, or the command's own option: `-s stressors.event_rate=3`
    """

    path: str
    message: str
    suggestion: str = ""
    given: str = ""
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        what = f"{self.path} = {self.given}" if self.given else self.path
        if self.file.startswith(IN_A_COMMAND):
            what = ""  # the option shows both
        told = ": ".join(part for part in (place, what, self.message) if part)
        return f"{told}; {self.suggestion}" if self.suggestion else told

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it; line and column are null where there are none."""
        return {name: None if value == 0 else value for name, value in asdict(self).items()}


class ScenarioError(ValueError):
    """A scenario that cannot be used; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def place_of(key: Key, places: Mapping[Key, Place]) -> Place:
    """Where a value stands, or else the nearest table around it."""
    for length in range(len(key), -1, -1):
        if key[:length] in places:
            return places[key[:length]]
    return Place()


def dotted(key: Key) -> str:
    """`("programmes", 0, "every")` as "programmes.0.every"."""
    return ".".join(str(part) for part in key)


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """The known word most like this one, whatever its case and dashes; empty where none is alike enough.

    least  share of letters in common from which a word is alike enough
    """
    plain = word.casefold().replace("-", "_").replace(" ", "_")
    likeness = {k: SequenceMatcher(None, plain, k.casefold()).ratio() for k in known}
    best = max(likeness, key=lambda k: likeness[k], default="")
    return best if best and likeness[best] >= least else ""


def did_you_mean(words: Iterable[str]) -> str:
    """`did you mean 'a' or 'b'?`, or nothing where no word is given."""
    listed = [f"'{word}'" for word in words if word]
    return f"did you mean {' or '.join(listed)}?" if listed else ""
