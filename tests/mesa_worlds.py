"""Small models for the tests of the Mesa face, and worlds as bytes."""

import numpy as np

from peersim.model import PeerSupportModel
from peersim.scenario import Scenario
from peersim.ties import Ties, owners
from tests.rows import rows

SMALL = {"people": 60, "burn_in": 8, "days": 40}
CIRCLES = [
    {"kind": "support_group", "start": 2, "weeks": 4},
    {"kind": "support_group", "start": 3, "weeks": 4, "composition": "random"},
]


def small_model(**more):
    """60 people on day 0, with seed 1 unless said."""
    return PeerSupportModel(**{"rng": 1, **SMALL, **more})


def small_scenario(**tables):
    """60 people, 8 days of burn-in, 40 days, and two support groups."""
    return Scenario.model_validate(
        {"run": {"days": 40, "burn_in": 8}, "population": {"people": 60}, "programmes": CIRCLES, **tables}
    )


def arrays(value):
    """Every array of a named tuple, however nested."""
    return [a for part in value for a in arrays(part)] if isinstance(value, tuple) else [value]


def world_bytes(world):
    """All that a world is, down to the last bit."""
    parts = arrays(world.people) + arrays(world.ties) + arrays(world.circles)
    return world.day, world.seed, *(part.tobytes() for part in parts)


def relabelled(world, order):
    """The same people with the same numbers, stored in another order of rows."""
    place = np.argsort(order).astype(np.int32)
    people = rows(world.people._replace(row_of=world.people.number, founders=world.people.number), order)
    partner = people.traits.partner
    people = people._replace(
        row_of=place,
        founders=world.people.founders,
        traits=people.traits._replace(partner=np.where(partner < 0, -1, place[partner])),
    )
    old = world.ties
    here = place[owners(old)]
    arcs = np.lexsort((world.people.number[old.other], here))
    ties = Ties(
        np.concatenate([[0], np.cumsum(np.bincount(here, minlength=len(order)))]),
        place[old.other][arcs].astype(np.uint32),
        *(part[arcs] for part in old[2:]),
    )
    moved = world.copy()
    moved.people, moved.arcs = people, ties
    return moved
