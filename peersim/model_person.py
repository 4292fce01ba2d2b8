"""A person as Mesa sees one: an agent whose attributes read and write one row of the world's arrays."""

# mypy: allow-subclassing-any

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Never, Self

import numpy as np
from mesa import Agent

from peersim.domains import DOMAINS
from peersim.people import MOST_HARDSHIP, States
from peersim.ties import CHANNELS, KINDS
from peersim.world import World


class PeopleAreFixedError(NotImplementedError):
    """Nobody is born, dies, moves in or moves away: what Mesa offers for that is refused with this."""

    def __init__(self) -> None:
        super().__init__(
            "the people of this model are fixed: nobody can be added or removed once it is made. Choose how many "
            "there are with PeerSupportModel(people=...), work on some of them with model.agents.select(...), and "
            "change who is tied to whom with model.add_tie and model.remove_tie"
        )


@dataclass(frozen=True)
class Tie:
    """One tie of a person, as it is now.

    other       the person at the far end
    closeness   in [0, 1], the same both ways
    trust       in [0, 1], of this person in the other
    trust_back  in [0, 1], of the other in this person
    similarity  in [0, 1], fixed
    kind        friend, partner, group or online
    channel     face_to_face, social_media or anonymous_online
    """

    other: Person
    closeness: float
    trust: float
    trust_back: float
    similarity: float
    kind: str
    channel: str


def checked(name: str, value: Any, low: float, high: float) -> float:
    """A number that may be written to `name`; TypeError or ValueError, in a sentence, for anything else."""
    allowed = f"between {low:g} and {high:g}"
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{name} = {value!r}: must be one number {allowed}, not a {type(value).__name__}")
    number = float(value)
    if not (math.isfinite(number) and low <= number <= high):
        raise ValueError(f"{name} = {number:g}: must be a number {allowed}")
    return number


def _refuse(name: str, why: str) -> Never:
    raise AttributeError(f"{name} cannot be written: {why}")


@dataclass(frozen=True)
class Column:
    """An attribute that everyone has in an array: of one person a number, of many an array.

    values   (model, rows) -> the values of one row or of an array of rows
    array    world -> the array that is written; None where nothing may be
    low, high  what may be written, both included
    why      why nothing may be written
    """

    name: str
    values: Callable[[Any, Any], Any]
    array: Callable[[World], Any] | None = None
    low: float = 0.0
    high: float = 1.0
    why: str = ""

    def __get__(self, person: Any, owner: Any = None) -> Any:
        if person is None:
            return self
        return self.values(person.model, person._row).item()

    def __set__(self, person: Any, value: Any) -> None:
        self.write(person.model, person._row, value)

    def write(self, model: Any, rows: Any, value: Any) -> None:
        """Give one row, or every row of an array, the same new value."""
        if self.array is None:
            _refuse(self.name, self.why)
        self.array(model.world)[rows] = checked(self.name, value, self.low, self.high)


def _stored(name: str, array: Callable[[World], Any], low: float = 0.0, high: float = 1.0) -> Column:
    return Column(name, lambda model, rows: array(model.world)[rows], array, low, high)


def _fixed(name: str, array: Callable[[World], Any], why: str) -> Column:
    return Column(name, lambda model, rows: array(model.world)[rows], why=why)


def _trait(name: str, low: float, high: float) -> Column:
    return _stored(name, lambda world: getattr(world.people.traits, name), low, high)


_MOST_STRAIN, _MOST_TIES = 1000.0, 10_000.0
"""More than anybody bears (1 is severe), and than anybody keeps up with."""


def _state(name: str) -> Column:
    return _stored(name, lambda world: getattr(world.people.now, name))


def _of_domain(kind: str, array: Callable[[World], Any]) -> list[Column]:
    """One column for each domain of life: load_financial, load_health, ..."""

    def of(k: int, domain: str) -> Column:
        return _stored(f"{kind}_{domain}", lambda world: array(world)[k], 0.0, _MOST_STRAIN)

    return [of(k, domain) for k, domain in enumerate(DOMAINS)]


def _resilience(model: Any, rows: Any) -> Any:
    now, rules = model.world.people.now, model.scenario.resilience
    found = (
        rules.self_esteem_weight * np.float64(now.self_esteem[rows])
        + rules.optimism_weight * np.float64(now.optimism[rows])
        + rules.coping_weight * np.float64(now.coping[rows])
    )
    return found.astype(now.stress.dtype)  # as the day keeps it


def _degree(model: Any, rows: Any) -> Any:
    start = model.world.ties.start
    return start[rows + 1] - start[rows]


_ALIKE = "how alike two people are was worked out from it when their tie was made"
_LIMITS = {  # of the traits that no other array was worked out from
    "stress_trait": (-1.0, 1.0), "self_esteem_trait": (0.0, 1.0), "optimism_trait": (0.0, 1.0),
    "coping_trait": (0.0, 1.0), "loneliness_trait": (-1.0, 1.0),
    "support_trait": (-1.0, 1.0), "safety_trait": (0.0, 1.0),
    "satisfaction_trait": (-1.0, 1.0), "communication_trait": (0.0, 1.0), "skill": (0.0, 1.0),
    "hardship": (-MOST_HARDSHIP, MOST_HARDSHIP), "usual_degree": (0.0, _MOST_TIES),
}  # fmt: skip

COLUMNS = (
    *(_state(name) for name in States._fields),
    *(_trait(name, low, high) for name, (low, high) in _LIMITS.items()),
    *_of_domain("load", lambda world: world.people.load),
    *_of_domain("chronic", lambda world: world.people.traits.chronic),
    *_of_domain("lived", lambda world: world.people.lived),
    Column("resilience", _resilience, why="it follows from self_esteem, optimism and coping; write those"),
    Column(
        "load", lambda model, rows: model.world.people.load[:, rows].sum(axis=0, dtype=np.float64),
        why="it is the sum of load_financial, load_health, load_family, load_career and load_relational; write those",
    ),
    Column("degree", _degree, why="it counts ties; use model.add_tie and model.remove_tie"),
    Column(
        "partnered", lambda model, rows: model.world.people.traits.partner[rows] >= 0,
        why="couples are made with the world",
    ),
    _fixed("number", lambda world: world.people.number, "it is the address of a person's luck"),
    _fixed("received", lambda world: world.people.received, "it counts supportive exchanges since day 0"),
    _fixed("age", lambda world: world.people.traits.age, _ALIKE),
    _fixed("culture", lambda world: world.people.traits.culture, _ALIKE),
    _fixed("couple", lambda world: world.people.traits.couple, "couples are made with the world"),
    _fixed(
        "special_needs", lambda world: world.people.traits.special_needs,
        "lasting strain was worked out from it; write chronic_family",
    ),
)  # fmt: skip
"""Every attribute of which there is an array. `number`, `couple`, `received` and `culture` are whole, `partnered` and
`special_needs` are yes or no, everything else is a float; states are in [0, 1] as the model has them, not in the points
of an instrument."""


class Person(Agent):
    """One person, seen through one row of the world: reading an attribute reads it, writing one changes tomorrow.

    People are made with the world; the view of one is made when it is first asked for, and is the same object from then
    on, so that an attribute of your own (`person.mood = 3`) stays. A subclass named in `PeerSupportModel.person_class`
    may add methods; its `__init__` is never called. `unique_id` is the person's fixed number, which starts at 0.
    """

    _row: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise PeopleAreFixedError

    @classmethod
    def at(cls, model: Any, row: int) -> Self:
        """A new view of one row; `model.person_at` keeps it."""
        person = cls.__new__(cls)
        person.__dict__.update(model=model, unique_id=int(model.world.people.number[row]), pos=None, _row=row)
        return person

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.unique_id}>"

    def remove(self) -> Never:
        raise PeopleAreFixedError

    @property
    def name(self) -> str | None:
        """The name in the network file; None where there is no file."""
        ids = self.model.world.ids
        return None if ids is None else ids[self.unique_id]

    @name.setter
    def name(self, value: object) -> Never:
        _refuse("name", "it stands in the network file")

    @property
    def interests(self) -> tuple[float, ...]:
        """Three numbers, standard normal."""
        return tuple(self.model.world.people.traits.interests[:, self._row].tolist())

    @interests.setter
    def interests(self, value: object) -> Never:
        _refuse("interests", _ALIKE)

    @property
    def partner(self) -> Person | None:
        """The person one lives with; None for singles."""
        row = self.model.world.people.traits.partner[self._row]
        return None if row < 0 else self.model.person_at(row)

    @partner.setter
    def partner(self, value: object) -> Never:
        _refuse("partner", "couples are made with the world; chronic strain, ties and luck of two people hang on it")

    @property
    def ties(self) -> list[Tie]:
        """Every tie as it is now, the closest first, equals in the order of the others' numbers."""
        ties, find = self.model.world.ties, self.model.arc
        found = [
            Tie(
                other=self.model.person_at(ties.other[e]),
                closeness=float(ties.closeness[e]),
                trust=float(ties.trust[e]),
                trust_back=float(ties.trust[find(ties.other[e], self._row)]),
                similarity=float(ties.similarity[e]),
                kind=KINDS[ties.kind[e]],
                channel=CHANNELS[ties.channel[e]],
            )
            for e in range(ties.start[self._row], ties.start[self._row + 1])
        ]
        return sorted(found, key=lambda tie: -tie.closeness)

    @ties.setter
    def ties(self, value: object) -> Never:
        _refuse("ties", "use model.add_tie, model.remove_tie, model.set_closeness and model.set_trust")

    @property
    def friends(self) -> list[Person]:
        """Everyone one is tied to, a partner included, in the order of `ties`: the closest first."""
        ties = self.model.world.ties
        here = slice(ties.start[self._row], ties.start[self._row + 1])
        closest = np.argsort(-ties.closeness[here], kind="stable")
        return [self.model.person_at(row) for row in ties.other[here][closest]]

    @friends.setter
    def friends(self, value: object) -> Never:
        _refuse("friends", "use model.add_tie and model.remove_tie")


for _column in COLUMNS:
    setattr(Person, _column.name, _column)
