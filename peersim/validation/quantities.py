"""What a band can be about: quantities of a year of everyday life, each by a name, with its unit and meaning.

    stress.mean, stress.sd                  of any outcome, among people on the last evening
    stress.retest_60_days, .retest_year     correlation with what the same people said 60 days, or a year, before
    stress.between_partners                 correlation between the two of a couple
    stress.couples_gap                      how far couples are from singles, in standard deviations within either
    correlation.stress.total_load           across people, between two outcomes or traits
    clustering.build, .day_0, .day_365      the shape of the network on a morning
    degree.drift_burn_in, .drift_year       change over the burn-in, or the year, as a share

and those that stand alone in `_SINGLE`. What programmes do is in `effects.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np

from peersim.outcomes import NAMES, OUTCOMES
from peersim.validation.graph_measures import (
    assortativity,
    clustering,
    mean_closeness,
    mean_degree,
    path_length_by_log,
    same_culture_share,
    ties_kept,
)
from peersim.validation.people_measures import (
    SEVERE,
    TRAITS,
    between_partners,
    buffering,
    contacts,
    correlation_of,
    couples_gap,
    events,
    mean,
    retest,
    sd,
    share_struck,
)
from peersim.validation.year import EARLIER, FIRST, MOMENTS, Year
from peersim.world import World

LEVELS = "How people are"
TOGETHER = "What goes together (correlations)"
EVENTS = "What happens"
NETWORK = "Who knows whom"
AT_REST = "What stays as it is (change as a share)"


@dataclass(frozen=True)
class Quantity:
    """One number that a year gives.

    label    its name in tables and figures
    group    the heading under which it stands there
    meaning  what it is, in a phrase
    """

    name: str
    label: str
    unit: str
    group: str
    meaning: str
    measure: Callable[[Year], float]


_SHAPES: dict[str, tuple[Callable[[World], float], str, str, str]] = {
    "degree": (mean_degree, "ties per person", "ties", "mean number of ties"),
    "clustering": (clustering, "clustering", "0-1", "share of pairs of one's contacts who know each other"),
    "assortativity": (assortativity, "degree assortativity", "r", "correlation of degrees at the ends of a tie"),
    "path_length": (path_length_by_log, "path length / ln N", "ratio", "mean steps between people by ln of how many"),
    "same_culture": (same_culture_share, "ties within a culture", "share", "share of ties between people alike"),
}
_DRIFTING: dict[str, tuple[Callable[[World], float], str]] = {
    "degree": (mean_degree, "ties per person"),
    "closeness": (mean_closeness, "closeness"),
    "clustering": (clustering, "clustering"),
    "stress": (lambda world: float(world.people.now.stress.mean(dtype=np.float64)), "stress"),
}


def _drift(year: Year, measure: Callable[[World], float], before: str, after: str) -> float:
    start = measure(year.world[before])
    return measure(year.world[after]) / start - 1.0 if start else float("nan")


def _shape(year: Year, measure: Callable[[World], float], moment: str) -> float:
    return measure(year.world[moment])


def _ties_kept(year: Year) -> float:
    return ties_kept(year.world["day_0"], year.world["day_365"])


_SINGLE = (
    Quantity(
        "buffering", "load x support on stress", "standardised", TOGETHER,
        "interaction in a regression of stress on total load, perceived support and their product", buffering,
    ),
    Quantity(
        "share_struck", "hit by a major event in a year", "share of people", EVENTS,
        f"people with an event of their own, not a partner's, of severity {SEVERE} or more", share_struck,
    ),
    Quantity("events", "own events in a year", "events per person", EVENTS, "of any severity", events),
    Quantity(
        "contacts", "contacts per person and day", "contacts", EVENTS, "with people to whom one is tied", contacts
    ),
    Quantity(
        "ties_kept", "ties kept after a year", "share of ties", NETWORK, "ties of day 0 that are there on day 365",
        _ties_kept,
    ),
)  # fmt: skip


def _of_outcomes() -> Iterator[Quantity]:
    for outcome in OUTCOMES:
        name, unit, words = outcome.name, outcome.unit, _words(outcome.name)
        for kind, label, measure in (("mean", f"mean {words}", mean), ("sd", f"sd of {words}", sd)):
            meaning = f"{outcome.doc}: {kind} over people on the last evening"
            yield Quantity(f"{name}.{kind}", label, unit, LEVELS, meaning, partial(measure, name=name))
        for span, apart, day in (("60_days", "60 days", EARLIER), ("year", "a year", FIRST)):
            yield Quantity(
                f"{name}.retest_{span}", f"{words} again after {apart}", "r", TOGETHER,
                f"of the same people on two evenings {apart} apart", partial(retest, name=name, day=day),
            )  # fmt: skip
        yield Quantity(
            f"{name}.between_partners", f"{words} of partners", "r", TOGETHER, "over couples",
            partial(between_partners, name=name),
        )  # fmt: skip
        if not outcome.couples_only:
            yield Quantity(
                f"{name}.couples_gap", f"{words}: couples − singles", "sd", LEVELS,
                "difference of their means in standard deviations within either", partial(couples_gap, name=name),
            )  # fmt: skip


def _of_pairs() -> Iterator[Quantity]:
    for name, other in combinations([*NAMES, *TRAITS], 2):
        yield Quantity(
            f"correlation.{name}.{other}", f"{_words(name)} and {_words(other)}", "r", TOGETHER,
            "across people on the last evening", partial(correlation_of, name=name, other=other),
        )  # fmt: skip


def _of_networks() -> Iterator[Quantity]:
    for name, (measure, label, unit, meaning) in _SHAPES.items():
        for moment, when in zip(MOMENTS, ("at build", "on day 0", "on day 365"), strict=True):
            yield Quantity(
                f"{name}.{moment}", f"{label} {when}", unit, NETWORK, meaning,
                partial(_shape, measure=measure, moment=moment),
            )  # fmt: skip
    for name, (measure, label) in _DRIFTING.items():
        for span, words, before, after in (
            ("burn_in", "over the burn-in", "build", "day_0"), ("year", "over the year", "day_0", "day_365"),
            ("both", "over both", "build", "day_365"),
        ):  # fmt: skip
            yield Quantity(
                f"{name}.drift_{span}", f"{label} {words}", "share", AT_REST, "change of its mean",
                partial(_drift, measure=measure, before=before, after=after),
            )  # fmt: skip


def _words(name: str) -> str:
    return name.replace("_", " ")


QUANTITIES = {one.name: one for one in (*_of_outcomes(), *_of_pairs(), *_SINGLE, *_of_networks())}
"""All of them, by name."""


def quantity_named(name: str) -> Quantity | None:
    """The quantity of this name; a correlation may be named either way round."""
    kind, *pair = name.split(".")
    turned = ".".join([kind, *reversed(pair)]) if kind == "correlation" else name
    return QUANTITIES.get(name) or QUANTITIES.get(turned)
