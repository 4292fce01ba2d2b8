"""What a person is: one array for each attribute, one row a person.

Numbers rest in single precision, which halves what a day has to fetch from memory and what a city takes. Parameters and
draws are in double, and so is what a rule works out with them; sums and differences of a person's own numbers, and what
a day adds up for tonight, are in single.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
"""Numbers, in single precision where they rest."""

MOST_HARDSHIP = 5.0
"""The hardest and the easiest life that a scenario allows, in standard deviations."""


class States(NamedTuple):
    """What moves from day to day, each (n_people,) in [0, 1]."""

    stress: Floats  # perceived stress; PSS-10 = 40 x
    self_esteem: Floats  # confidence, self-worth
    optimism: Floats  # hope
    coping: Floats  # coping and problem-solving skill
    perceived_support: Floats  # "others have my back"
    loneliness: Floats  # isolation; UCLA = 20 + 60 x
    belonging: Floats  # belongingness
    safety: Floats  # psychological safety: little fear of judgement
    allostatic_load: Floats  # what long stress leaves behind
    burden: Floats  # what helping others has cost
    satisfaction: Floats  # relationship satisfaction; moves in couples only; CSI-32 = 161 x
    communication: Floats  # communication and conflict skill


class Traits(NamedTuple):
    """What stays: each (n_people,) unless said."""

    stress_trait: Floats  # s0, usual stress above or below everyone's, around 0
    self_esteem_trait: Floats  # E0, set point of self-esteem in [.05, .95]
    optimism_trait: Floats  # O0, set point of optimism in [.05, .95]
    coping_trait: Floats  # K0, set point of coping in [.05, .98]
    loneliness_trait: Floats  # l0, the same of loneliness, around 0
    support_trait: Floats  # w0, the same of perceived support, around 0
    safety_trait: Floats  # P0, set point of safety in [.05, .95]
    satisfaction_trait: Floats  # q0, the same of relationship satisfaction, around 0
    communication_trait: Floats  # C0, set point of communication in [.05, .95]
    age: Floats  # rank of age in [0, 1]
    culture: NDArray[np.int32]  # code of one's culture or group
    interests: Floats  # (3, n_people), standard normal
    skill: Floats  # supportive skill h in [.05, .95]
    hardship: Floats  # how much more than others life strikes, in [-5, 5] (2.5 by default)
    chronic: Floats  # (5, n_people) lasting strain by domain, at least 0
    partner: NDArray[np.int32]  # row of the partner, -1 for singles
    couple: NDArray[np.uint32]  # the lower of two partners' numbers: what they share is drawn by it; own for singles
    special_needs: NDArray[np.bool_]  # parent of a child with special needs
    usual_degree: Floats  # ties on the first morning: how many people one keeps up with


class People(NamedTuple):
    """Everyone: who they are, how they are this morning, and what has changed since.

    number       (n_people,) uint32, a person's fixed number, the `who` of every draw
    row_of       (n_people,) the row in which each number stands
    founders     (1,) how many people there were when the world was built: strangers are drawn among them
    now          the states of this morning
    change       what the processes of today add, applied and emptied at night
    load         (5, n_people) strain from active events by domain, at least 0; 1 is severe
    load_change  what today adds to load
    lived        (5, n_people) what one has been through, by domain
    received     (n_people,) supportive exchanges received since day 0
    traits       who they are
    """

    number: NDArray[np.uint32]
    row_of: NDArray[np.int32]
    founders: NDArray[np.int64]
    now: States
    change: States
    load: Floats
    load_change: Floats
    lived: Floats
    received: NDArray[np.int32]
    traits: Traits


def couple_number(number: NDArray[np.uint32], partner: NDArray[np.int32]) -> NDArray[np.uint32]:
    """What stands in `Traits.couple`."""
    lower: NDArray[np.uint32] = np.where(partner < 0, number, np.minimum(number, number[partner]))
    return lower


def as_stored(value: Any) -> Any:
    """An array, or a named tuple of arrays, in the precision in which people and ties keep their numbers."""
    if isinstance(value, tuple):
        return type(value)(*map(as_stored, value))
    kept = {np.dtype(np.float64): np.float32, np.dtype(np.int64): np.int32}
    return value.astype(kept.get(value.dtype, value.dtype), copy=False)


def copied(value: Any) -> Any:
    """A copy of a named tuple of arrays, however nested, that shares nothing with it."""
    return type(value)(*map(copied, value)) if isinstance(value, tuple) else value.copy()
