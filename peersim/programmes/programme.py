"""A programme: whom it is offered to, how its circles are made, when they meet, and what a session is like."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, field_validator, model_validator

from peersim.parameters import Parameters, Several, as_tuple, param
from peersim.programmes.composition import COMPOSITIONS, COUPLES
from peersim.programmes.eligibility import check_rule
from peersim.ties import CHANNELS, FACE_TO_FACE, GROUP, ONLINE

PRESETS: dict[str, dict[str, Any]] = {
    "support_group": {
        "size": 8, "every": 7, "schedule": "fixed", "weeks": 10, "minutes": 90.0, "facilitator": 0.80,
        "guidelines": 0.80, "composition": "shared_experience", "mix": [0.50, 0.35, 0.15], "attendance": 0.80,
        "dropout": 0.025, "uptake": 0.62, "tie": 0.25,
    },
    "friend_circle": {
        "size": 6, "every": 7, "schedule": "spontaneous", "weeks": 10, "minutes": 90.0, "facilitator": 0.0,
        "guidelines": 0.0, "composition": "own_friends", "mix": [0.65, 0.20, 0.15], "attendance": 0.70,
        "dropout": 0.02, "uptake": 0.75, "tie": 0.10,
    },
    "parent_group": {
        "size": 8, "every": 14, "schedule": "fixed", "weeks": 20, "minutes": 90.0, "facilitator": 0.75,
        "guidelines": 0.70, "composition": "shared_experience", "mix": [0.45, 0.45, 0.10], "attendance": 0.75,
        "dropout": 0.03, "uptake": 0.62, "tie": 0.30, "eligibility": "special_needs",
    },
    "couples_counselling": {
        "size": 5, "every": 7, "schedule": "fixed", "weeks": 8, "minutes": 120.0, "facilitator": 0.90,
        "guidelines": 0.90, "composition": "couples", "mix": [0.40, 0.50, 0.10], "attendance": 0.85,
        "dropout": 0.02, "uptake": 0.75, "tie": 0.15, "eligibility": "couple.satisfaction < 0.85",
    },
    "online_community": {
        "size": 60, "every": 1, "schedule": "spontaneous", "weeks": 10, "minutes": 20.0, "facilitator": 0.55,
        "guidelines": 0.25, "composition": "random", "anonymity": 0.5, "channel": "anonymous_online",
        "channel_factor": 0.6, "exchange": "posts", "mix": [0.50, 0.50, 0.0], "attendance": 0.35, "dropout": 0.012,
        "uptake": 0.80, "tie": 0.02,
    },
}  # fmt: skip
"""What each kind of programme is where a scenario does not say otherwise. Nothing else tells two kinds apart."""


class Programme(Parameters):
    """One `[[programmes]]` table. `kind` fills in a preset; every number of it can be set anew."""

    kind: str = param(
        "support_group", unit="", choices=tuple(PRESETS), doc="the preset that fills in what is not said",
        source="assumed",
    )
    start: int = param(0, unit="day", within=(0, 36500), doc="day on which it is offered", source="assumed")
    weeks: int = param(10, unit="weeks", within=(1, 1040), doc="how long a round of it runs", source="assumed")
    rounds: int = param(
        1, unit="rounds", within=(1, 1000), doc="how often it is held, one round after the other", source="assumed"
    )
    capacity: int = param(
        0, unit="people", within=(0, 30_000_000),
        doc="places in a round, 0 for no limit; who accepts when all are taken waits for the next", source="assumed",
    )
    rolling: bool = param(
        False, unit="", doc="whether who waits takes the place of who leaves, at once", source="assumed"
    )
    every: int = param(
        7, unit="days", within=(1, 365), doc="days from one session to the next, on average if spontaneous",
        source="assumed",
    )
    schedule: str = param(
        "fixed", unit="", choices=("fixed", "spontaneous"),
        doc="sessions on fixed days, or with the same chance every day", source="assumed",
    )
    minutes: float = param(90.0, unit="minutes", within=(1, 1440), doc="length of a session", source="assumed")
    size: int = param(
        8, unit="people", within=(2, 10_000), doc="people in a circle; couples in one of couples", source="assumed"
    )
    facilitator: float = param(
        0.8, unit="skill", within=(0, 1), doc="F: skill of the trained leader, 0 for none", source="assumed"
    )
    guidelines: float = param(
        0.8, unit="share", within=(0, 1), doc="g: how far rules of conduct are kept", source="assumed"
    )
    composition: str = param(
        "shared_experience", unit="", choices=COMPOSITIONS,
        doc="circles of anyone, of people with the same strain, age, culture or interests, of friends, of couples",
        source="assumed",
    )
    anonymity: float = param(
        0.0, unit="share", within=(0, 1), doc="how far people stay unknown to each other", source="assumed"
    )
    channel: str = param(
        "face_to_face", unit="", choices=CHANNELS, doc="where sessions happen, and the ties they make",
        source="assumed",
    )
    channel_factor: float = param(
        1.0, unit="factor", within=(0, 2), doc="how well support carries there", source="assumed"
    )
    exchange: str = param(
        "conversation", unit="", choices=("conversation", "posts"),
        doc="whether people talk in turns, or post and get replies", source="assumed",
    )
    mix: Several = param(
        (0.50, 0.35, 0.15), unit="share of support", within=(0, 1),
        doc="emotional, informational and instrumental support in a session", source="assumed",
    )
    attendance: float = param(
        0.8, unit="probability", within=(0, 1), doc="chance that a member comes to a session", source="assumed"
    )
    dropout: float = param(
        0.025, unit="per session", within=(0, 1), doc="chance of leaving for good, at middling safety",
        source="assumed",
    )
    uptake: float = param(
        0.62, unit="probability", within=(0, 1), doc="chance that a person to whom it is offered accepts",
        source="the specification, which calls it empirical but names no study: unverified",
    )
    tie: float = param(
        0.25, unit="probability per likeness", within=(0, 1),
        doc="chance that two who attend, and are not tied, become tied", source="assumed",
    )
    eligibility: str = param(
        "stress >= 0.42", unit="", doc="whom it is offered to: a rule over states and traits", source="assumed"
    )
    offered_share: float = param(
        1.0, unit="share of the eligible", within=(0, 1), doc="to how many of them, by one lot for all rounds",
        source="assumed",
    )
    effect: float = param(
        1.0, unit="factor", within=(0, 10), doc="scales all that sessions do; 0 is a programme that does nothing",
        source="assumed",
    )

    @model_validator(mode="before")
    @classmethod
    def _fill_in_preset(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        kind = given.get("kind", "support_group")
        return {**(PRESETS.get(kind, {}) if isinstance(kind, str) else {}), **given}

    @field_validator("eligibility")
    @classmethod
    def _check_rule(cls, rule: str) -> str:
        check_rule(rule)
        return rule

    @property
    def length(self) -> int:
        """Days of a round."""
        return 7 * self.weeks

    @property
    def starts(self) -> range:
        """The first day of each round."""
        return range(self.start, self.end, self.length)

    @property
    def end(self) -> int:
        """The first day after it."""
        return self.start + self.rounds * self.length

    @property
    def is_for_couples(self) -> bool:
        """Whether partners decide, come and leave together."""
        return self.composition == COUPLES


Programmes = Annotated[tuple[Programme, ...], BeforeValidator(as_tuple)]
"""The programmes of a scenario, by slot."""

_NUMBERS = (
    "minutes", "facilitator", "guidelines", "anonymity", "channel_factor", "attendance", "dropout", "tie", "effect",
)  # fmt: skip
_MIX = ("emotional", "informational", "instrumental")
_WHOLE = ("length", "every", "channel", "tie_kind")
_YES_NO = ("is_spontaneous", "is_posted", "is_for_couples", "is_rolling")
_PLAN = np.dtype(
    [(name, np.float64) for name in (*_NUMBERS, *_MIX)]
    + [(name, np.int64) for name in _WHOLE]
    + [(name, np.bool_) for name in _YES_NO]
)


def plan_of(programmes: tuple[Programme, ...]) -> NDArray[Any]:
    """The numbers of all programmes as compiled code reads them: one record for each, by slot."""
    plan = np.zeros(len(programmes), dtype=_PLAN)
    for record, p in zip(plan, programmes, strict=True):
        for name in (*_NUMBERS, "length", "every", "is_for_couples"):
            record[name] = getattr(p, name)
        for name, part in zip(_MIX, p.mix, strict=True):
            record[name] = part
        record["channel"] = CHANNELS.index(p.channel)
        record["tie_kind"] = GROUP if p.channel == CHANNELS[FACE_TO_FACE] else ONLINE
        record["is_spontaneous"] = p.schedule == "spontaneous"
        record["is_posted"] = p.exchange == "posts"
        record["is_rolling"] = p.rolling
    return plan.view(np.recarray)  # a field is then an attribute without the compiler, too
