"""A knock-out removes its mechanism and nothing else: on the first day all that it does not touch is the same bytes.

Later everything follows from everything, and no such list can be made.
"""

from pathlib import Path

import numpy as np
import pytest

from peersim.knock_outs import MEAN_SIMILARITY, knocked_out
from peersim.people import States
from peersim.switches import Switches
from peersim.world import build_world
from tests.checks import differing
from tests.knock_outs.days import a_day, busy, busy_morning

COMFORT = {"stress", "self_esteem", "optimism", "perceived_support", "loneliness"}
"""What comfort does for who gets it."""
WORTH = {*COMFORT, "coping", "belonging", "load"}
"""What is done by how much a session is worth."""
LEARNT = {"satisfaction", "communication"}
"""What a couples' programme teaches."""
TIES = {"ties", "ties.closeness", "ties.trust", "tally.ties_made"}
"""Who is tied to whom, and with it how close they are."""
MET = {"circles.climate", "circles.held", "circles.attended", "circles.is_active"}
"""Circles, where others meet than would have met."""

TOUCHED = {
    "buffering": {"stress"},
    "main_effect": {"stress"},
    "co_rumination": {*COMFORT, "safety", "ties.closeness", "tally.rehashed"},
    "burden": {"burden"},
    "helper_therapy": {"self_esteem", "belonging"},
    "matching": {*WORTH, "safety", "ties.closeness", "ties.trust", "tally.matched", "tally.rehashed"},
    "contagion": {"stress", "loneliness"},
    "similarity": {
        *WORTH, "safety", "burden", "received", *TIES, "tally.contacts", "tally.accepted", "tally.matched",
        "tally.rehashed",
    },
    "facilitator": {*WORTH, *LEARNT, "circles.climate"},
    "guidelines": {*WORTH, "safety", "circles.climate"},
    "schedule": {*WORTH, *LEARNT, "safety", *TIES, *MET},
    "composition": {*WORTH, "safety", *TIES, *MET, "circles"},
    "new_ties": TIES,
    "couples": {*LEARNT, "perceived_support", "load", "tally.conflicts"},
    "allostatic_load": {"stress"},
}  # fmt: skip
"""What each knock-out touches on its first day: states, strain, ties, circles and counts of the day."""

WHO_WITH_WHOM = {
    "ties": ("start", "other", "similarity", "channel", "kind", "pair"),
    "circles": ("slot", "since", "start", "member", "address"),
}
"""The arrays that tell who is tied to whom, and who sits with whom: they change together."""


def test_every_switch_says_what_it_touches():
    assert set(TOUCHED) == set(Switches.model_fields)


def test_every_switch_has_a_law_of_what_it_removes():
    """In the files beside this one, under its name."""
    laws = "".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in Switches.model_fields if f"\ndef test_without_{name}_" not in laws] == []


@pytest.mark.parametrize("name", TOUCHED)
def test_a_knock_out_touches_what_it_names_and_nothing_else(name):
    """Nothing else on any of eight days, on which everything happens; and each of what it names on one of them."""
    found = set()
    for seed in range(1, 9):
        touched = touched_by(*with_and_without(name, seed))
        assert touched <= TOUCHED[name]
        found |= touched
    assert found == TOUCHED[name]


def with_and_without(name, seed):
    """The same day, with the mechanism and without it.

    Likeness is written into ties when they are made, and so must be on the morning without it.
    """
    morning = busy_morning(seed=seed)
    otherwise = morning.copy()
    if name == "similarity":
        otherwise.ties.similarity[:] = MEAN_SIMILARITY
    return a_day(morning, busy()), a_day(otherwise, busy(name))


def touched_by(whole, without):
    """What differs: arrays, and counts of the day, by name."""
    touched = {f"tally.{count}" for count in whole.tally if whole.tally[count] != without.tally[count]}
    for array in differing(whole.world, without.world):
        part, name = array.replace("people.now", "people").split(".")
        if part == "people":
            touched.add(name)
        else:
            touched.add(part if name in WHO_WITH_WHOM[part] else array)
    return touched


# ---- whom ----------------------------------------------------------------------------------------------------------


def in_an_exchange(morning, day):
    """Who has helped or was helped."""
    return day.ledger["support"] != 0


def in_a_session(morning, day):
    """Who has attended."""
    return (day.world.circles.attended > morning.circles.attended).any(axis=0)


def with_a_partner(morning, day):
    return morning.people.traits.partner >= 0


WHOM = {
    "co_rumination": (in_an_exchange, in_a_session),
    "burden": (in_an_exchange,),
    "helper_therapy": (in_an_exchange, in_a_session),
    "matching": (in_an_exchange,),
    "facilitator": (in_a_session,),
    "guidelines": (in_a_session,),
    "schedule": (in_a_session,),
    "composition": (in_a_session,),
    "new_ties": (),
    "couples": (with_a_partner,),
}
"""Whom a knock-out touches on its first day, as far as it is not everyone: people in an exchange, and so on."""


@pytest.mark.parametrize("name", WHOM)
def test_a_knock_out_touches_those_whom_it_concerns_and_nobody_else(name):
    """Nobody is entirely calm here, so that whoever helps catches some stress, by which the ledger knows them."""
    morning = busy_morning().copy()
    np.maximum(morning.people.now.stress, 0.01, out=morning.people.now.stress)
    whole, without = a_day(morning, busy()), a_day(morning, busy(name))
    concerned = np.zeros(morning.n_people, bool)
    for those in WHOM[name]:
        concerned |= those(morning, whole) | those(morning, without)
    one, other = whole.world.people, without.world.people
    moved = (one.load != other.load).any(axis=0)
    for state in States._fields:
        moved |= getattr(one.now, state) != getattr(other.now, state)
    assert not (moved & ~concerned).any()
    assert moved.any() == bool(WHOM[name]) and not concerned.all()


# ---- from the first morning ----------------------------------------------------------------------------------------

AT_START = {"burden": {"people.now.burden"}, "similarity": {"ties.similarity", "ties.closeness", "ties.trust"}}
"""What a knock-out touches of the first morning of all: how tired people are, how alike, and so how close."""


@pytest.mark.parametrize("name", Switches.model_fields)
def test_the_same_people_are_born_without_a_mechanism(name):
    whole, without = (build_world(knocked_out(busy(*off)), seed=3) for off in ((), (name,)))
    assert set(differing(whole, without)) == AT_START.get(name, set())
