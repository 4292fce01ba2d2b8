"""A programme: whom it is offered to, how its circles are made, when they meet, and what a session is like."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, field_validator, model_validator

from peersim.parameters import Parameters, Several, as_tuple, param
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
}  # fmt: skip
"""What each kind of programme is where a scenario does not say otherwise. Nothing else tells two kinds apart."""

COMPOSITIONS = ("random", "shared_experience", "own_friends")


class Programme(Parameters):
    """One `[[programmes]]` table. `kind` fills in a preset; every number of it can be set anew."""

    kind: str = param(
        "support_group", unit="", choices=tuple(PRESETS), doc="the preset that fills in what is not said",
        source="assumed",
    )
    start: int = param(0, unit="day", within=(0, 36500), doc="day on which it is offered", source="assumed")
    weeks: int = param(10, unit="weeks", within=(1, 1040), doc="how long it runs", source="assumed")
    every: int = param(
        7, unit="days", within=(1, 365), doc="days from one session to the next, on average if spontaneous",
        source="assumed",
    )
    schedule: str = param(
        "fixed", unit="", choices=("fixed", "spontaneous"),
        doc="sessions on fixed days, or with the same chance every day", source="assumed",
    )
    minutes: float = param(90.0, unit="minutes", within=(1, 1440), doc="length of a session", source="assumed")
    size: int = param(8, unit="people", within=(2, 10_000), doc="people in a circle", source="assumed")
    facilitator: float = param(
        0.8, unit="skill", within=(0, 1), doc="F: skill of the trained leader, 0 for none", source="assumed"
    )
    guidelines: float = param(
        0.8, unit="share", within=(0, 1), doc="g: how far rules of conduct are kept", source="assumed"
    )
    composition: str = param(
        "shared_experience", unit="", choices=COMPOSITIONS,
        doc="circles of anyone, of people with like strain, or of one's own friends", source="assumed",
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
        1.0, unit="share of the eligible", within=(0, 1), doc="to how many of them, drawn by lot", source="assumed"
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
    def end(self) -> int:
        """The first day after it."""
        return self.start + 7 * self.weeks


Programmes = Annotated[tuple[Programme, ...], BeforeValidator(as_tuple)]
"""The programmes of a scenario, by slot."""

_PLAN = np.dtype(
    [
        ("start", np.int64), ("end", np.int64), ("every", np.int64), ("is_spontaneous", np.bool_),
        *((name, np.float64) for name in (
            "minutes", "facilitator", "guidelines", "anonymity", "channel_factor", "emotional", "informational",
            "instrumental", "attendance", "dropout", "tie", "effect",
        )),
        ("channel", np.int64), ("tie_kind", np.int64),
    ]
)  # fmt: skip


def plan_of(programmes: tuple[Programme, ...]) -> NDArray[Any]:
    """The numbers of all programmes as compiled code reads them: one record for each, by slot."""
    plan = np.zeros(len(programmes), dtype=_PLAN)
    for slot, p in enumerate(programmes):
        record = plan[slot]
        for name in ("start", "end", "every", "minutes", "facilitator", "guidelines", "anonymity", "channel_factor",
                     "attendance", "dropout", "tie", "effect"):  # fmt: skip
            record[name] = getattr(p, name)
        record["emotional"], record["informational"], record["instrumental"] = p.mix
        record["is_spontaneous"] = p.schedule == "spontaneous"
        record["channel"] = CHANNELS.index(p.channel)
        record["tie_kind"] = GROUP if record["channel"] == FACE_TO_FACE else ONLINE
    return plan.view(np.recarray)  # a field is then an attribute without the compiler, too
