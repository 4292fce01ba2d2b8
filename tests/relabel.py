"""The same world written down otherwise: people in other rows, or one person more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from peersim.people import People, States, Traits
from peersim.ties import Ties
from peersim.world import World
from tests.rows import rows

REACHED = ("offered", "accepted", "attended")
"""What circles know of everyone."""


def permuted(world: World, order: Any) -> World:
    """The world with its people in another order: row a holds who stood in row order[a]; numbers stay with people."""
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order))
    world = world.copy()
    people, circles = world.people, world.circles
    partner = people.traits.partner[order]
    moved = People(
        number=people.number[order],
        row_of=place[people.row_of],
        founders=people.founders,
        now=rows(people.now, order),
        change=rows(people.change, order),
        load=rows(people.load, order),
        load_change=rows(people.load_change, order),
        lived=rows(people.lived, order),
        received=rows(people.received, order),
        traits=rows(people.traits, order)._replace(partner=np.where(partner < 0, -1, place[partner])),
    )
    return replace(
        world,
        people=moved,
        arcs=_moved_ties(world.ties, order, place),
        circles=circles._replace(
            member=place[circles.member].astype(circles.member.dtype),
            line=place[circles.line].astype(circles.line.dtype),
            **{name: rows(getattr(circles, name), order) for name in REACHED},
        ),
    )


def _moved_ties(ties: Ties, order: Any, place: Any) -> Ties:
    """Rows in the new order; within a row the order of numbers, which does not change."""
    degree = np.diff(ties.start)[order]
    start = np.concatenate([[0], np.cumsum(degree)]).astype(np.int64)
    arc = np.concatenate([np.arange(ties.start[i], ties.start[i + 1]) for i in order]).astype(np.int64)
    other = place[ties.other[arc].astype(np.int64)].astype(np.uint32)
    return Ties(start, other, *(getattr(ties, name)[arc] for name in Ties._fields[2:]))


def with_newcomer(world: World, culture: int) -> World:
    """The world with one person more: the highest number, the last row, no ties, no partner; else like person 0.

    culture  a code of its own, by which eligibility rules can leave the newcomer out
    """
    world = world.copy()
    people, n = world.people, world.n_people

    def longer(value: Any) -> Any:
        if isinstance(value, tuple):
            return type(value)(*map(longer, value))
        return np.ascontiguousarray(np.concatenate([value, value[..., :1]], axis=-1))

    traits: Traits = longer(people.traits)
    traits.partner[n], traits.couple[n], traits.culture[n], traits.usual_degree[n] = -1, n, culture, 0.0
    now: States = longer(people.now)
    more = People(
        number=np.append(people.number, n).astype(np.uint32),
        row_of=np.append(people.row_of, n).astype(people.row_of.dtype),
        founders=people.founders,
        now=now,
        change=longer(people.change),
        load=longer(people.load),
        load_change=longer(people.load_change),
        lived=longer(people.lived),
        received=longer(people.received),
        traits=traits,
    )
    ties, circles = world.ties, world.circles
    return replace(
        world,
        people=more,
        arcs=ties._replace(start=np.append(ties.start, ties.start[-1])),
        circles=circles._replace(**{name: longer(getattr(circles, name)) for name in REACHED}),
    )


def without_newcomer(world: World) -> World:
    """The world without its last person, who has no ties: what is left of the others."""
    world = world.copy()
    n = world.n_people - 1
    ties, people, circles = world.ties, world.people, world.circles
    assert people.number[n] == n and ties.start[n] == ties.start[n + 1], "the newcomer has found a tie"
    keep = np.arange(n)
    return replace(
        world,
        people=People(
            *(rows(getattr(people, name), keep) if name != "founders" else people.founders for name in People._fields)
        ),
        arcs=ties._replace(start=ties.start[:-1].copy()),
        circles=circles._replace(**{name: rows(getattr(circles, name), keep) for name in REACHED}),
    )
