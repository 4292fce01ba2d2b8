"""What has to be lived for a set of bands, and what one seed says of each quantity and effect.

One settled community a seed goes on several times over: without a programme for the year, and with each programme that
a band speaks of until the last evening on which it is measured. All of that is the same people with the same luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from peersim.analysis.arms import live_arm
from peersim.analysis.contrasts import SeedDifference
from peersim.analysis.trial import Lives
from peersim.knock_outs import knocked_out
from peersim.networks.network import Network
from peersim.people import Floats
from peersim.programmes.programme import Programme
from peersim.scenario import Scenario
from peersim.validation.bands import Bands, about_what
from peersim.validation.effects import Effect, effect_of_one_seed
from peersim.validation.quantities import Quantity
from peersim.validation.subjects import Subject
from peersim.validation.year import DAYS, MOMENTS, live_year


@dataclass(frozen=True)
class Asked:
    """What has to be lived and measured.

    everyday  without programmes, for a year
    arms      by name, each until the last evening on which it is measured
    windows   of each arm, first day and day after the last
    """

    everyday: Scenario
    arms: Mapping[str, Scenario]
    windows: Mapping[str, tuple[tuple[int, int], ...]]
    quantities: tuple[Quantity, ...]
    effects: tuple[Effect, ...]

    @property
    def lives(self) -> Lives:
        """What is lived and kept: most of all in the year, beside the community of two earlier mornings."""
        windows = len(MOMENTS) + len({window for each in self.windows.values() for window in each})
        return Lives((self.everyday, *self.arms.values()), worlds=len(MOMENTS) - 1, windows=windows)


def asked_for(scenario: Scenario, bands: Bands) -> Asked:
    """What these bands make necessary, with this scenario's own people and numbers in place of its programmes."""
    subjects = dict.fromkeys(one for band in bands.bands for one in about_what(band, bands.arms) if one is not None)
    effects = tuple(one for one in subjects if isinstance(one, Effect))
    windows = {
        arm: tuple(sorted({one.window(bands.arms) for one in effects if one.arm == arm}))
        for arm in dict.fromkeys(one.arm for one in effects)
    }
    return Asked(
        everyday=_lasting(scenario, DAYS, ()),
        arms={arm: _lasting(scenario, windows[arm][-1][1], bands.arms[arm]) for arm in windows},
        windows=windows,
        quantities=tuple(one for one in subjects if isinstance(one, Quantity)),
        effects=effects,
    )


def _lasting(scenario: Scenario, days: int, programmes: tuple[Programme, ...]) -> Scenario:
    run = scenario.run.model_copy(update={"days": days})
    return knocked_out(scenario.model_copy(update={"run": run, "programmes": programmes}))


@dataclass(frozen=True)
class OneSeed:
    """What one seed says."""

    people: int
    summary: str
    found: Mapping[Subject, float | SeedDifference]


def live_once(asked: Asked, seed: int, network: Network | None) -> OneSeed:
    """Live everyday life and every arm, and measure all that is asked for."""
    windows = sorted({window for each in asked.windows.values() for window in each})
    year = live_year(asked.everyday, seed, network, windows)
    found: dict[Subject, float | SeedDifference] = {one: one.measure(year) for one in asked.quantities}
    for name, scenario in asked.arms.items():
        arm = live_arm(year.past.world.copy(), year.past, scenario, asked.windows[name])
        for effect in asked.effects:
            if effect.arm == name:
                window = effect.window({name: scenario.programmes})
                of_arm, of_year = asked.windows[name].index(window), windows.index(window)
                found[effect] = effect_of_one_seed(effect, arm, of_arm, year, of_year)
    return OneSeed(len(year.everyday.offered), year.everyday.summary, found)


def over_seeds(subject: Subject, lived: Sequence[OneSeed]) -> Floats:
    """What each seed says, (n_seeds,); NaN where it says nothing.

    An effect is divided by the standard deviation between people, its mean over seeds, as `compare` does.
    """
    found = [one.found[subject] for one in lived]
    effects = [one for one in found if isinstance(one, SeedDifference)]
    if not effects:
        return np.array(found, np.float64)
    sds = [one.sd for one in effects if one.sd == one.sd]
    sd = float(np.mean(sds)) if sds else 0.0
    return np.array([one.difference / sd if sd > 0.0 else np.nan for one in effects])


def ratio_over_seeds(value: Floats, other: Floats) -> Floats:
    """Numbers whose mean is the ratio of the two means, and whose spread over seeds is that of the ratio.

    The ratio is made straight at the two means (the delta method): where the seeds' own ratios scatter widely, because
    the other is near 0, their mean would say little.
    """
    is_told = np.isfinite(value) & np.isfinite(other)
    below = other[is_told].mean() if is_told.any() else 0.0
    if below == 0.0:
        return np.full_like(value, np.nan)
    ratio = value[is_told].mean() / below
    straight: Floats = np.where(is_told, ratio + (value - ratio * other) / below, np.nan)
    return straight
