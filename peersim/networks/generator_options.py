"""The classic random graphs by name, and what can be said of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One number of a generator: default, unit, lowest and highest value, meaning, if it is whole, and its source."""

    default: float
    unit: str
    low: float
    high: float
    meaning: str
    is_whole: bool = False
    is_even: bool = False
    source: str = "assumed"


_DEGREE = Option(6.0, "ties per person", 0.01, 10_000, "mean number of ties of a person")
_NEIGHBOURS = Option(6, "people", 2, 10_000, "nearest people on the ring each is tied to", True, True)
_NEW_TIES = Option(3, "ties", 1, 5_000, "ties each newcomer makes; the mean degree is about twice that", True)

GENERATORS: dict[str, dict[str, Option]] = {
    "erdos_renyi": {"degree": _DEGREE},
    "watts_strogatz": {
        "degree": _NEIGHBOURS,
        "rewire": Option(0.1, "chance per tie", 0, 1, "chance that a tie of the ring leads to anyone instead"),
    },
    "newman_watts_strogatz": {
        "degree": _NEIGHBOURS,
        "shortcut": Option(0.05, "chance per tie", 0, 1, "chance that a tie of the ring brings another to anyone"),
    },
    "barabasi_albert": {"new_ties": _NEW_TIES},
    "powerlaw_cluster": {
        "new_ties": _NEW_TIES,
        "triangle": Option(0.5, "chance per tie", 0, 1, "chance that a new tie goes to a friend of the last friend"),
    },
    "random_regular": {"degree": Option(6, "ties per person", 1, 1_000, "number of ties of every person", True)},
    "stochastic_block": {
        "degree": _DEGREE,
        "blocks": Option(4, "groups", 1, 100_000, "number of groups, as equal in size as can be", True),
        "within": Option(0.75, "share of ties", 0, 1, "share of a person's ties that stay in the group"),
    },
    "relaxed_caveman": {
        "size": Option(7, "people", 2, 1_000, "people of a cave, all tied; what does not divide goes one a cave", True),
        "rewire": Option(0.1, "chance per tie", 0, 1, "chance that a tie leads to anyone instead"),
    },
    "lattice": {
        "torus": Option(1, "0 or 1", 0, 1, "1: the grid's edges are joined, so that nobody lives at the rim", True),
        "diagonals": Option(
            1, "directions", 0, 2, "0: 4 neighbours, 1: 6, with those on one diagonal, 2: 8, with both", True
        ),
    },
    "complete": {},
    "ring": {"degree": Option(2, "people", 2, 10_000, "nearest people on the ring each is tied to", True, True)},
    "star": {},
}
"""Each generator's options by name; a fixed shape (complete, ring, star) has the degree of its shape."""
