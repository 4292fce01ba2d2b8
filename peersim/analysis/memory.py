"""How much memory lives take, and the largest population that there is room for.

A person, a tie and a record take what they take in a trial, so that the count follows whatever is stored. What comes
and goes while a community is built, and while it lives a day, is a multiple of that; the multiples were measured, and
are measured anew by `python -m benchmarks.multiples`.
"""

from __future__ import annotations

from dataclasses import dataclass

from peersim.analysis.trial import Lives, Trial
from peersim.networks.generator_checks import mean_degree
from peersim.networks.generator_options import GENERATORS
from peersim.networks.network import Network
from peersim.outcomes import NAMES
from peersim.scenario import Scenario
from peersim.trace import TALLIES

PROGRAM = 215e6
"""Bytes of the program and its libraries, before anybody lives."""
BUILDING = {"foci": 2.8, "generator": 5.0, "file": 2.5}
"""Bytes at the height of building a community, beside its people, for each byte of its ties; by what makes the ties."""
A_DAY = 0.7
"""Bytes that come and go in a day, for each byte of the community."""
SEEDS = 2.6
"""Bytes for each byte of the records kept of every seed: they come from other processes and are put together."""
_LARGEST = 30_000_000
"""People whom a scenario may have at most: see `population.people`."""
_AMPLE_PERSON, _AMPLE_ARC, _AMPLE_VALUE = 5000, 500, 16
"""Bytes that a person, an end of a tie and a recorded number surely do not exceed, in all that is kept of them."""


def surely_fits(lives: Lives, people: int, network: Network | None, seeds: int, at_once: int, room: float) -> bool:
    """Whether there is so much room that nothing needs to be tried out."""
    scenario = lives.scenarios[0]
    records = 1 + max(s.run.days for s in lives.scenarios) // scenario.run.record_every
    values = (lives.arms + 2) * ((lives.windows + 1) * len(NAMES) + lives.keeps_stress * records)
    degree = _degree(scenario, people, network) or sum((*scenario.foci.least_size, *scenario.foci.most_size))
    person = (lives.worlds + 1) * (_AMPLE_PERSON + _AMPLE_ARC * degree) + _AMPLE_VALUE * values
    return PROGRAM + at_once * people * person + _kept_of_seeds(lives, people, seeds) < room


def _kept_of_seeds(lives: Lives, people: int, seeds: int) -> float:
    """Bytes that are kept until the end: timelines and daily counts, and everybody's few marks."""
    runs = [scenario.run for scenario in lives.scenarios]
    records = sum(2 * len(NAMES) * (1 + run.days // run.record_every) + len(TALLIES) * run.days for run in runs)
    return seeds * (SEEDS * 8 * records + 3 * people)


def _degree(scenario: Scenario, people: int, network: Network | None) -> float | None:
    """How many ties a person has, as built; None where they are made of foci."""
    settings = scenario.network
    if network is not None:
        return 2.0 * len(network.first) / network.n_people
    return mean_degree(settings.kind, people, settings.options) if settings.kind in GENERATORS else None


@dataclass(frozen=True)
class Need:
    """The memory of several runs at a time.

    network  the file that is read for all of them, or None
    seeds    of which everybody's few marks are kept until the end
    """

    lives: Lives
    trial: Trial
    network: Network | None
    seeds: int

    def bytes_of(self, people: int, at_once: int) -> float:
        """With so many people in each run, and so many runs at a time."""
        lives, trial = self.lives, self.trial
        degree = _degree(lives.scenarios[0], people, self.network)
        own, ties = people * trial.person, people * trial.arc * (trial.degree if degree is None else degree)
        world = own + trial.growth * ties
        building = own + BUILDING[self._made_of] * ties
        living = (1 + A_DAY) * world + people * trial.recorded
        earlier = living + lives.worlds * world + people * trial.kept * max(0, lives.arms - 1)
        last = living + people * trial.kept * lives.arms
        return PROGRAM + at_once * max(building, earlier, last) + _kept_of_seeds(lives, people, self.seeds)

    def largest_population(self, room: float, at_once: int) -> int:
        """How many people there is room for, in two digits; 0 for none."""
        low, high = 0, _LARGEST
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.bytes_of(middle, at_once) <= room else (low, middle)
        size: int = 10 ** max(0, len(str(low)) - 2)
        return low // size * size

    @property
    def _made_of(self) -> str:
        if self.network is not None:
            return "file"
        return "generator" if self.lives.scenarios[0].network.kind in GENERATORS else "foci"
