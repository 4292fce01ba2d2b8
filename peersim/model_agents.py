"""Mesa's AgentSet over an array of rows: people are looked at one by one only where somebody's own code asks for it.

Answers, orders and random shuffles are those of a stock AgentSet of the same people.
"""

# mypy: allow-subclassing-any

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

import numpy as np
from mesa.agentset import AgentSet, GroupBy
from numpy.typing import NDArray

from peersim.model_person import Column, PeopleAreFixedError, Person

Rows = NDArray[np.int64]


class PersonSet(AgentSet):
    """Some people of one model, in an order.

    Attributes of which there is an array are got, set, aggregated, sorted and grouped by as arrays. Two things beyond
    Mesa, for many people: `array`, and `where`.

    rows    the rows of these people, in this order
    random  Python's generator of the model, which shuffles
    """

    def __init__(self, agents: Iterable[Person], random: Any = None) -> None:
        people = list(dict.fromkeys(agents))
        if not people:
            raise ValueError("a set of nobody belongs to no model: take one with model.agents.select(at_most=0)")
        self._start(people[0].model, np.empty(0, np.int64), random or people[0].model.random)
        self._become(self._rows_of(people))

    @classmethod
    def at(cls, model: Any, rows: Rows, random: Any) -> Self:
        """The people in these rows, each given once."""
        made = cls.__new__(cls)
        made._start(model, rows, random)
        return made

    def _start(self, model: Any, rows: Rows, random: Any) -> None:
        self.model, self.rows, self.random = model, rows, random
        self._members: set[int] | None = None

    def _become(self, rows: Rows) -> Self:
        """Hold these rows from now on."""
        self.rows, self._members = rows, None
        return self

    def _update(self, agents: Iterable[Person]) -> Self:
        return self._become(self._rows_of(agents))

    def _some(self, rows: Rows) -> PersonSet:
        return PersonSet.at(self.model, rows, self.random)

    def _from_iterable(self, people: Iterable[Person]) -> PersonSet:
        """What &, |, - and ^ of two sets make."""
        return self._some(self._rows_of(people))

    def _rows_of(self, people: Iterable[Person]) -> Rows:
        """Their rows, each once, in the order in which they come."""
        return np.array(list(dict.fromkeys(self._row_of(person) for person in people)), np.int64)

    def _row_of(self, person: Any) -> int:
        if not isinstance(person, Person) or person.model is not self.model:
            raise ValueError(f"{person!r} is not a person of this model")
        return person._row

    def _column(self, name: str) -> Column | None:
        found = getattr(self.model.person_class, name, None)
        return found if isinstance(found, Column) else None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self):,} people>"

    # who is in it

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Person]:
        return map(self.model.person_at, self.rows.tolist())

    def __contains__(self, agent: object) -> bool:
        if not isinstance(agent, Person) or agent.model is not self.model:
            return False
        if self._members is None:
            self._members = set(self.rows.tolist())
        return agent._row in self._members

    def __getitem__(self, item: Any) -> Any:
        """The person at a place, or the list of those in a slice."""
        if isinstance(item, slice):
            return [self.model.person_at(row) for row in self.rows[item].tolist()]
        return self.model.person_at(self.rows[operator.index(item)])

    def to_list(self) -> list[Person]:
        return list(self)

    def add(self, agent: Person) -> None:
        row = self._row_of(agent)
        if agent not in self:
            self._become(np.append(self.rows, row))

    def discard(self, agent: Person) -> None:
        if agent in self:
            self._become(self.rows[self.rows != agent._row])

    def remove(self, agent: Person) -> None:
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def copy(self) -> PersonSet:
        """The same people in a set of its own."""
        return self._some(self.rows.copy())

    __copy__ = copy

    def __getstate__(self) -> dict[str, Any]:
        return {"model": self.model, "rows": self.rows, "random": self.random}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._start(**state)

    # their attributes

    def array(self, name: str) -> NDArray[Any]:
        """A copy of one attribute as an array, in the order of the set; of those attributes that have an array.

        Numbers are in double precision, so that what is worked out from them is.
        """
        column = self._column(name)
        if column is None:
            raise AttributeError(f"there is no array of {name!r}; use get")
        values = column.values(self.model, self.rows)
        return np.array(values, np.float64 if values.dtype == np.float32 else None)

    def where(self, mask: NDArray[np.bool_]) -> PersonSet:
        """Those for whom the mask, in the order of the set, is true: agents.where(agents.array("stress") > .8)."""
        mask = np.asarray(mask)
        if mask.dtype != bool or mask.shape != self.rows.shape:
            raise ValueError(f"the mask must be {len(self)} times true or false, one for each person of the set")
        return self._some(self.rows[mask])

    def get(self, attr_names: Any, handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        if handle_missing not in ("error", "default"):
            raise ValueError(f"Unknown handle_missing option: {handle_missing}, should be one of 'error' or 'default'")
        default = () if handle_missing == "error" else (default_value,)
        if isinstance(attr_names, str):
            return self._get(attr_names, default)
        found = [self._get(name, default) for name in attr_names]
        return [list(values) for values in zip(*found, strict=True)] if found else [[] for _ in self.rows]

    def _get(self, name: str, default: tuple[Any, ...]) -> list[Any]:
        if self._column(name) is not None:
            values: list[Any] = self.array(name).tolist()
            return values
        return [getattr(person, name, *default) for person in self]

    def set(self, attr_name: str, value: Any) -> Self:
        column = self._column(attr_name)
        if column is not None:
            column.write(self.model, self.rows, value)
        else:
            for person in self:
                setattr(person, attr_name, value)
        return self

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """One function of all values, or several; numpy's own functions get an array, others Mesa's list."""
        if not callable(func):
            return [self.agg(attribute, one) for one in func]
        is_numpy = isinstance(func, np.ufunc) or (getattr(func, "__module__", None) or "").startswith("numpy")
        return func(self.array(attribute) if is_numpy and self._column(attribute) else self.get(attribute))

    # some of them, in some order

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: int | float = math.inf,
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> PersonSet:
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        room = len(self) if at_most >= len(self) else max(0, math.ceil(at_most))
        if agent_type is not None and not issubclass(self.model.person_class, agent_type):
            room = 0
        chosen = self.rows[:room] if filter_func is None else self._chosen(filter_func, room)
        return self._become(chosen.copy()) if inplace else self._some(chosen.copy())

    def _chosen(self, filter_func: Callable[[Any], bool], room: int) -> Rows:
        """The rows of the first who pass; nobody is asked once there is no more room."""
        chosen: list[int] = []
        for person in self:
            if len(chosen) >= room:
                break
            if filter_func(person):
                chosen.append(person._row)
        return np.array(chosen, np.int64)

    def shuffle(self, inplace: bool = False) -> PersonSet:
        rows = self.rows.tolist()
        self.random.shuffle(rows)
        shuffled = np.array(rows, np.int64)
        return self._become(shuffled) if inplace else self._some(shuffled)

    def sort(self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False) -> PersonSet:
        if isinstance(key, str) and self._column(key) is not None:
            values = self.array(key).astype(np.float64)
            ordered = self.rows[np.argsort(values if ascending else -values, kind="stable")]
        else:
            by = operator.attrgetter(key) if isinstance(key, str) else key
            ordered = self._rows_of(sorted(self, key=by, reverse=not ascending))
        return self._become(ordered) if inplace else self._some(ordered)

    def groupby(self, by: Callable[[Any], Any] | str, result_type: str = "agentset") -> PersonGroups:
        keys = self.get(by) if isinstance(by, str) else [by(person) for person in self]
        groups: dict[Any, list[int]] = {}
        for key, row in zip(keys, self.rows.tolist(), strict=True):
            groups.setdefault(key, []).append(row)
        if result_type == "agentset":
            return PersonGroups({key: self._some(np.array(rows, np.int64)) for key, rows in groups.items()})
        return PersonGroups({key: [self.model.person_at(row) for row in rows] for key, rows in groups.items()})

    # what they do

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """As `do`, in an order drawn from the model's own random numbers, which nobody's life depends on."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        if isinstance(method, str):
            return [getattr(person, method)(*args, **kwargs) for person in self.to_list()]
        return [method(person, *args, **kwargs) for person in self.to_list()]


class Everyone(PersonSet):
    """All people of a model: it can be put into another order, but nobody joins or leaves."""

    def _become(self, rows: Rows) -> Self:
        if len(rows) != self.model.world.n_people:
            raise PeopleAreFixedError
        return super()._become(rows)


class PersonGroups(GroupBy):
    """Mesa's GroupBy, which aggregates sets of people as arrays."""

    def agg(self, attr_name: str, func: Callable[..., Any]) -> dict[Any, Any]:
        groups: dict[Any, Any] = self.groups
        if any(not isinstance(group, PersonSet) for group in groups.values()):
            found: dict[Any, Any] = super().agg(attr_name, func)
            return found
        return {key: group.agg(attr_name, func) for key, group in groups.items()}
