"""What a year says of people: levels, what goes together, and what happened to them; NaN where it is not defined."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from peersim.outcomes import OUTCOMES
from peersim.people import Floats, People
from peersim.trace import TALLIES
from peersim.validation.graph_measures import correlation
from peersim.validation.own_events import own_events
from peersim.validation.year import DAYS, Year

SEVERE = 0.3
"""An event of this severity or more counts as a major one."""

TRAITS: dict[str, Callable[[People], Floats]] = {
    "total_load": lambda people: np.vstack([people.load, people.traits.chronic]).sum(axis=0, dtype=np.float64),
    "age": lambda people: people.traits.age,
    "skill": lambda people: people.traits.skill,
    "hardship": lambda people: people.traits.hardship,
}
"""What can be correlated beside outcomes, as it is on the morning after the year."""

_FOR_COUPLES = {outcome.name: outcome.couples_only for outcome in OUTCOMES}


def _who(year: Year, *names: str) -> NDArray[np.bool_]:
    """Everyone, or people in couples where one of the outcomes means something for them only."""
    partner = year.world["day_365"].people.traits.partner
    is_for_couples = any(_FOR_COUPLES.get(name, False) for name in names)
    return partner >= 0 if is_for_couples else np.ones_like(partner, np.bool_)


def _value(year: Year, name: str) -> Floats:
    """An outcome on the last evening, or a trait, (n_people,)."""
    return year.evening(name) if name in _FOR_COUPLES else TRAITS[name](year.world["day_365"].people)


def mean(year: Year, name: str) -> float:
    """Of an outcome on the last evening."""
    who = _who(year, name)
    return float(_value(year, name)[who].mean()) if who.any() else float("nan")


def sd(year: Year, name: str) -> float:
    """Of an outcome between people, on the last evening."""
    who = _who(year, name)
    return float(_value(year, name)[who].std(ddof=1)) if who.sum() > 1 else float("nan")


def correlation_of(year: Year, name: str, other: str) -> float:
    """Between two outcomes or traits, across people."""
    who = _who(year, name, other)
    return correlation(_value(year, name)[who], _value(year, other)[who])


def retest(year: Year, name: str, day: int) -> float:
    """Correlation of what people say of an outcome on the last evening with what they said on another."""
    who = _who(year, name)
    return correlation(year.evening(name, day)[who], _value(year, name)[who])


def between_partners(year: Year, name: str) -> float:
    """Correlation over couples; each counts both ways round, since neither is the first."""
    partner = year.world["day_365"].people.traits.partner
    one = np.flatnonzero(partner >= 0)
    return correlation(_value(year, name)[one], _value(year, name)[partner[one]])


def couples_gap(year: Year, name: str) -> float:
    """How far couples are above singles, in standard deviations within either.

    Two normal humps of one size and width melt into one exactly where the gap is at most 2.
    """
    is_coupled = year.world["day_365"].people.traits.partner >= 0
    couples, singles = _value(year, name)[is_coupled], _value(year, name)[~is_coupled]
    if min(len(couples), len(singles)) < 2:
        return float("nan")
    within = ((couples.var(ddof=1) + singles.var(ddof=1)) / 2) ** 0.5
    return float((couples.mean() - singles.mean()) / within) if within > 0.0 else float("nan")


def buffering(year: Year) -> float:
    """Interaction in a regression of stress on total load, perceived support and their product, standardised."""
    values = [_value(year, name) for name in ("stress", "total_load", "perceived_support")]
    if any(np.ptp(value) == 0.0 for value in values):
        return float("nan")
    stress, load, support = ((value - value.mean()) / value.std() for value in values)
    terms = np.column_stack([np.ones_like(load), load, support, load * support])
    return float(np.linalg.lstsq(terms, stress)[0][3])


def share_struck(year: Year) -> float:
    """Share of people with a major event of their own within the year."""
    _, worst = own_events(year.world["day_365"].people, year.scenario.stressors, year.seed, DAYS)
    return float((worst >= SEVERE).mean())


def contacts(year: Year) -> float:
    """Everyday contacts per person and day; one of two people counts for both."""
    tally = year.everyday.tally
    return 2.0 * float(tally[:, TALLIES.index("contacts")].mean()) / year.world["day_365"].n_people


def events(year: Year) -> float:
    """Events of one's own, of any severity, per person and year."""
    return float(year.everyday.tally[:, TALLIES.index("events")].sum()) / year.world["day_365"].n_people
