"""What must be true of a world on any morning, and how two worlds are told apart."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from peersim.people import States, couple_number
from peersim.ties import CHANNELS, KINDS, PARTNER, Ties, owners
from peersim.world import World, pairwise_similarity


def check_world(world: World, rules: Any) -> None:
    """Every rule that holds for any world, on any morning.

    rules  the scenario's, for how alike people are
    """
    check_people(world)
    check_ties(world, rules)
    check_circles(world)


def check_people(world: World) -> None:
    """States are in range, numbers are those of rows, and nothing is left of the day's changes."""
    people = world.people
    n = world.n_people
    for name in States._fields:
        state = getattr(people.now, name)
        assert state.shape == (n,), name
        assert (state >= 0).all() and (state <= 1).all(), name  # also refuses NaN
        assert not getattr(people.change, name).any(), name
    assert (people.load >= 0).all() and np.isfinite(people.load).all()
    assert not people.load_change.any()
    assert (people.lived >= people.traits.chronic).all() and np.isfinite(people.lived).all()
    assert np.array_equal(np.sort(people.number), np.arange(n))
    assert np.array_equal(people.row_of[people.number], np.arange(n))
    assert np.array_equal(people.traits.couple, couple_number(people.number, people.traits.partner))
    assert (people.received >= 0).all()
    partner = people.traits.partner
    coupled = np.flatnonzero(partner >= 0)
    assert np.array_equal(partner[partner[coupled]], coupled)
    assert (partner[coupled] != coupled).all()
    singles = partner < 0
    assert (partner[singles] == -1).all()


def check_ties(world: World, rules: Any) -> None:
    """Both arcs of a tie are there and agree; rows are sorted by number; nobody is tied to oneself or twice."""
    ties, people = world.ties, world.people
    number, n_arcs = people.number.astype(np.int64), ties.other.size
    assert ties.start[0] == 0 and ties.start[-1] == n_arcs and (np.diff(ties.start) >= 0).all()
    assert all(getattr(ties, name).shape == (n_arcs,) for name in Ties._fields if name != "start")
    here, there = owners(ties), ties.other.astype(np.int64)
    assert (here != there).all()
    far = number[there]
    assert (np.diff(far)[np.diff(here) == 0] > 0).all(), "a row is not sorted by number, or names someone twice"
    back = arcs_back(ties, people.number)
    assert np.array_equal(here[back], there) and np.array_equal(there[back], here), "an arc has no arc back"
    for name in ("closeness", "similarity", "channel", "kind", "pair"):
        values = getattr(ties, name)
        assert np.array_equal(values, values[back]), f"{name} differs between the two arcs of a tie"
    for name in ("closeness", "trust"):
        values = getattr(ties, name)
        assert (values >= 0).all() and (values <= 1).all(), name
    mine, theirs = number[here].astype(np.uint64), far.astype(np.uint64)
    pair = (np.minimum(mine, theirs) << np.uint64(32)) | np.maximum(mine, theirs)
    assert np.array_equal(ties.pair, pair)
    traits = people.traits
    alike = pairwise_similarity(traits.age, traits.culture, traits.interests, here, there, rules.similarity)
    assert np.array_equal(alike.astype(ties.similarity.dtype), ties.similarity)
    assert ((ties.channel >= 0) & (ties.channel < len(CHANNELS))).all()
    assert ((ties.kind >= 0) & (ties.kind < len(KINDS))).all()
    is_couple = traits.partner[here] == there
    assert np.array_equal(ties.kind == PARTNER, is_couple), "a couple's tie is its own kind, and never dissolves"
    assert is_couple.sum() == (traits.partner >= 0).sum()


def check_circles(world: World) -> None:
    """Circles are of people who accepted, each once a programme; only those offered accept, only members attend."""
    circles, number = world.circles, world.people.number
    assert (circles.accepted <= circles.offered).all()
    assert ((circles.attended > 0) <= circles.accepted).all()
    assert circles.start[0] == 0 and circles.start[-1] == circles.member.size == circles.is_active.size
    assert ((circles.climate >= 0) & (circles.climate <= 1)).all()
    for c, slot in enumerate(circles.slot):
        members = circles.member[circles.start[c] : circles.start[c + 1]]
        assert members.size >= 2 and circles.accepted[slot][members].all()
        assert (np.diff(number[members].astype(np.int64)) > 0).all()
        assert circles.address[c] == number[members[0]]
    for slot in range(len(circles.offered)):
        members = circles.member[np.repeat(circles.slot, np.diff(circles.start)) == slot]
        assert members.size == np.unique(members).size


def arcs_back(ties: Ties, number: Any) -> Any:
    """The arc back of each arc, by looking its pair up."""
    here, there = number[owners(ties)].astype(np.int64), number[ties.other].astype(np.int64)
    forth, back = here << 32 | there, there << 32 | here
    order = np.argsort(forth)
    at = np.minimum(np.searchsorted(forth[order], back), forth.size - 1)
    assert np.array_equal(forth[order][at], back), "an arc has no arc back"
    return order[at]


def contents(world: World, *, circles: bool = True) -> dict[str, bytes]:
    """Every array of a world, byte by byte, by name."""
    parts = {"people": world.people, "ties": world.ties} | ({"circles": world.circles} if circles else {})
    return {name: array.tobytes() for part, value in parts.items() for name, array in _arrays(part, value)}


def _arrays(name: str, value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, tuple):
        return [(name, value)]
    pairs = zip(value._fields, value, strict=True)
    return [found for field, part in pairs for found in _arrays(f"{name}.{field}", part)]


def differing(one: World, other: World, *, circles: bool = True) -> list[str]:
    """The arrays in which two worlds are not the same, byte by byte."""
    here, there = contents(one, circles=circles), contents(other, circles=circles)
    return [name for name in here if here[name] != there[name]]


def digest(world: World) -> str:
    """A fingerprint of every byte of a world."""
    found = hashlib.sha256()
    for name, content in contents(world).items():
        found.update(name.encode() + content)
    return found.hexdigest()
