"""Which addresses of draws are looked at, and which of them are neighbours. Each grid yields n addresses in blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from peersim.draws import Decision

BLOCK = 1 << 20
u64 = np.uint64


class Address(NamedTuple):
    """Addresses of many draws: whole numbers, or arrays of one shape; `who` is a person's number or a pair."""

    seed: Any
    decision: Any
    day: Any
    sub: Any
    who: Any


def pairs_of(a: Any, b: Any) -> Any:
    """The addresses of ordered pairs, as `draws.directed` has them."""
    return (np.asarray(a, u64) << u64(32)) | np.asarray(b, u64)


def one_day(n: int) -> Iterator[Address]:
    """Many people, one decision of one day."""
    for low in range(0, n, BLOCK):
        yield Address(1, Decision.STRESS_NOISE, 10, 0, np.arange(low, min(n, low + BLOCK)))


def one_life(n: int) -> Iterator[Address]:
    """One person, one decision, many days, the first half of them before day 0."""
    for low in range(0, n, BLOCK):
        yield Address(1, Decision.STRESS_NOISE, np.arange(low, min(n, low + BLOCK)) - n // 2, 0, 7)


def people_by_days(n: int) -> Iterator[Address]:
    """A thousand people, day after day from the first of the burn-in."""
    for low in range(0, n, BLOCK):
        at = np.arange(low, min(n, low + BLOCK))
        yield Address(1, Decision.STRESS_NOISE, at // 1000 - 180, 0, at % 1000)


def people_by_seeds(n: int) -> Iterator[Address]:
    """A hundred people on one day of many worlds."""
    for low in range(0, n, BLOCK):
        at = np.arange(low, min(n, low + BLOCK))
        yield Address(at // 100, Decision.SEEK, 0, 0, at % 100)


def ties_by_days(n: int) -> Iterator[Address]:
    """A thousand people with fifty ties each, day after day; as many ties share a person as can."""
    for low in range(0, n, BLOCK):
        at = np.arange(low, min(n, low + BLOCK))
        a, b = at // 50 % 1000, at % 50
        yield Address(1, Decision.CONTACT, at // 50_000 - 180, 0, pairs_of(a, a + 1 + b))


GRIDS = (one_day, one_life, people_by_days, people_by_seeds, ties_by_days)


def _low(pair: Any) -> Any:
    return pair & u64(0xFFFFFFFF)


STEPS: dict[str, tuple[Callable[[int], Iterator[Address]], Callable[[Address], Address]]] = {
    "the next person": (people_by_days, lambda at: at._replace(who=at.who + 1)),
    "the next day": (people_by_days, lambda at: at._replace(day=at.day + 1)),
    "the next day, the previous person": (people_by_days, lambda at: at._replace(day=at.day + 1, who=at.who - 1)),
    "the next decision": (people_by_days, lambda at: at._replace(decision=int(at.decision) + 1)),
    "the next sub-index": (people_by_days, lambda at: at._replace(sub=at.sub + 1)),
    "the sub-index for the decision": (people_by_days, lambda at: at._replace(decision=int(at.decision) - 1, sub=1)),
    "the next seed": (people_by_days, lambda at: at._replace(seed=at.seed + 1)),
    "the opposite day": (people_by_days, lambda at: at._replace(day=-1 - at.day)),
    "the first person's next tie": (ties_by_days, lambda at: at._replace(who=at.who + u64(1))),
    "the second person's next tie": (ties_by_days, lambda at: at._replace(who=at.who + (u64(1) << u64(32)))),
    "the other way round": (ties_by_days, lambda at: at._replace(who=pairs_of(_low(at.who), at.who >> u64(32)))),
}
