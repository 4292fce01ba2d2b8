"""Contrasts: what differs between two arms lived by the same people with the same luck.

Within a seed the difference is taken person by person; between seeds its mean has a t interval. d divides it by the
standard deviation between people, in the reference arm: the one between runs would grow without bound with the
population.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.outcomes import NAMES, OUTCOMES, WORSE_OFF, WORSE_OFF_POINTS
from peersim.people import Floats

LEVEL = 0.95
"""Coverage of every interval."""
POPULATIONS = ("offered", "attended", "not_offered", "everyone")
"""Whom a contrast can be about; see `peersim.analysis.arms.populations_of`."""
MEASURED = (*NAMES, WORSE_OFF.name)
"""What a contrast can measure: every outcome, and the share worse off."""
_STRESS = NAMES.index("stress")
_IN_COUPLES = [k for k, outcome in enumerate(OUTCOMES) if outcome.couples_only]


@dataclass(frozen=True)
class Contrast:
    """One difference between two arms, over all seeds; NaN where it is not defined.

    population  offered, attended, not_offered or everyone
    people      mean number of people in it
    difference  arm minus reference, in the outcome's unit, with its interval low .. high
    d           the same in standard deviations between people of the reference arm
    """

    arm: str
    reference: str
    outcome: str
    unit: str
    population: str
    people: float
    difference: float
    low: float
    high: float
    d: float
    d_low: float
    d_high: float
    seeds: int


@dataclass(frozen=True)
class SeedDifference:
    """What one seed says of one contrast: mean difference, reference sd between people, number of people."""

    difference: float
    sd: float
    people: int


@dataclass(frozen=True)
class Differences:
    """What one seed says of two arms: rows as `POPULATIONS`, columns as `MEASURED`; NaN and 0 where nobody is meant.

    difference  mean difference, arm minus reference
    sd          between people of the reference arm; NaN for the share worse off
    people      how many they are
    """

    difference: Floats
    sd: Floats
    people: NDArray[np.int64]

    def at(self, population: str, measured: str) -> SeedDifference:
        """One of them."""
        place = POPULATIONS.index(population), MEASURED.index(measured)
        return SeedDifference(float(self.difference[place]), float(self.sd[place]), int(self.people[place]))


def differences_of(
    arm: Floats, reference: Floats, populations: Mapping[str, NDArray[np.bool_]], partnered: NDArray[np.bool_]
) -> Differences:
    """Every outcome of the same people in two arms.

    arm, reference  (n_outcomes, n_people) each person's values
    populations     those of `POPULATIONS` that there are, with whom each is about, (n_people,)
    partnered       (n_people,) for whom the outcomes of couples are meant
    """
    shape = len(POPULATIONS), len(MEASURED)
    found = Differences(np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, np.int64))
    for name, who in populations.items():
        p, last = POPULATIONS.index(name), len(NAMES)
        found.difference[p, :last], found.sd[p, :last], found.people[p] = _gap(arm, reference, who)
        in_couples = _gap(arm[_IN_COUPLES], reference[_IN_COUPLES], who & partnered)
        found.difference[p, _IN_COUPLES], found.sd[p, _IN_COUPLES], found.people[p, _IN_COUPLES] = in_couples
        found.difference[p, last] = worse_off(arm[_STRESS], reference[_STRESS], who).difference
    return found


def difference_of(arm: Floats, reference: Floats, who: NDArray[np.bool_]) -> SeedDifference:
    """Mean difference of the same people in two arms; NaN when nobody is meant.

    arm, reference  (n_people,) each person's value
    who             (n_people,) whom it is about
    """
    difference, sd, people = _gap(arm, reference, who)
    return SeedDifference(float(difference), float(sd), people)


def _gap(arm: Floats, reference: Floats, who: NDArray[np.bool_]) -> tuple[Any, Any, int]:
    """Mean difference and standard deviation in the reference arm over the last axis, and the number of people."""
    n = int(who.sum())
    if n == 0:
        return np.nan, np.nan, 0
    meant = reference.compress(who, axis=-1)  # each outcome in one piece, as if it were alone
    gap = arm.compress(who, axis=-1) - meant
    return gap.mean(axis=-1), meant.std(axis=-1, ddof=1) if n > 1 else np.nan, n


def worse_off(arm: Floats, reference: Floats, who: NDArray[np.bool_]) -> SeedDifference:
    """Share of these people whose stress (PSS-10 points) is clearly higher than in the reference arm; it has no d."""
    n = int(who.sum())
    if n == 0:
        return SeedDifference(np.nan, np.nan, 0)
    return SeedDifference(float((arm[who] - reference[who] > WORSE_OFF_POINTS).mean()), np.nan, n)


def over_seeds(
    found: list[SeedDifference], *, arm: str, reference: str, outcome: str, unit: str, population: str
) -> Contrast:
    """Join what the seeds say. Seeds in which nobody was meant say nothing."""
    told = [one for one in found if one.people > 0]
    mean, half = t_interval(np.array([one.difference for one in told]))
    sds = [one.sd for one in told if np.isfinite(one.sd)]
    sd = float(np.mean(sds)) if sds else np.nan
    scale = 1.0 / sd if sd > 0.0 else np.nan
    return Contrast(
        arm=arm,
        reference=reference,
        outcome=outcome,
        unit=unit,
        population=population,
        people=float(np.mean([one.people for one in found])),
        difference=mean,
        low=mean - half,
        high=mean + half,
        d=mean * scale,
        d_low=(mean - half) * scale,
        d_high=(mean + half) * scale,
        seeds=len(told),
    )


def t_interval(values: Floats) -> tuple[float, float]:
    """Mean and half-width of Student's interval; no half-width (NaN) below two values, no mean without any."""
    if len(values) == 0:
        return np.nan, np.nan
    if len(values) == 1:
        return float(values[0]), np.nan
    from scipy.special import stdtrit  # scipy.stats has it too, but takes a second to import

    half = stdtrit(len(values) - 1, 0.5 + LEVEL / 2) * values.std(ddof=1) / len(values) ** 0.5
    return float(values.mean()), float(half)
