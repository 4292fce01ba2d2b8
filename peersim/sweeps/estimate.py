"""What a sweep would take: time, memory and disk, from a short trial on this machine; nothing is written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from peersim.analysis.arms import network_for
from peersim.analysis.contrasts import MEASURED, POPULATIONS
from peersim.analysis.memory import Need, surely_fits
from peersim.analysis.trial import Lives, lives_of, try_out
from peersim.mistakes import Problem, ScenarioError
from peersim.networks.network import Network
from peersim.outcomes import NAMES
from peersim.runs.room import room
from peersim.sweeps.counts import Counts
from peersim.sweeps.plan import SweepPlan

_WORKER = 40e6
"""Bytes of the program that a worker takes, as it shares most of it with the others (measured: 16 its own, 41 with its
share)."""
_OVERHEAD, _START = 3e-3, 1.5
"""Seconds beside living: of each run, and of the whole command (measured)."""
_COMPRESSED = 0.8
"""Bytes on disk for each byte of a number: the digits of means hardly compress (measured)."""


@dataclass(frozen=True)
class Estimate:
    """What a sweep would take.

    seconds         with so many runs at a time
    megabytes       of memory, all workers together
    megabytes_free  that there are; None where the system does not tell
    megabytes_disk  of what is still to be written: the store, and the tables
    """

    at_once: int
    seconds: float
    megabytes: float
    megabytes_free: float | None
    megabytes_disk: float

    @property
    def fits(self) -> bool:
        """Whether there is room for so many at a time."""
        return self.megabytes_free is None or self.megabytes <= self.megabytes_free

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "fits": self.fits}


def estimate(plan: SweepPlan, counts: Counts, jobs: int) -> Estimate:
    """From a trial of the point with the most people x days. jobs  runs at a time"""
    lives, people, network = _largest(plan)
    trial = try_out(lives, people)
    at_once = max(1, min(jobs, counts.new + counts.again))
    need = Need(lives, trial, network, 0)
    free = room()
    building = (counts.new + counts.again) * people * trial.building / len(plan.arms)
    living = (counts.person_days + counts.burn_ins) * trial.living
    return Estimate(
        at_once=at_once,
        seconds=_START + (building + living + counts.new * _OVERHEAD) / at_once,
        megabytes=(need.bytes_of(people, at_once) + at_once * _WORKER) / 1e6,
        megabytes_free=None if free is None else free / 1e6,
        megabytes_disk=counts.new * _bytes_of_a_run(plan, people) / 1e6,
    )


def refuse_too_large(plan: SweepPlan, jobs: int) -> None:
    """Raise ScenarioError where there is not enough memory for so many runs of the largest point at a time."""
    free = room()
    if free is None:
        return
    lives, people, network = _largest(plan)
    if surely_fits(lives, people, network, 0, jobs, free - jobs * _WORKER):
        return
    need = Need(lives, try_out(lives, people), network, 0)
    fitting = [k for k in range(jobs, 0, -1) if need.bytes_of(people, k) + k * _WORKER <= free]
    if fitting[:1] == [jobs]:
        return
    needed = f"{(need.bytes_of(people, jobs) + jobs * _WORKER) / 1e9:,.1f} GB of memory, and free are {free / 1e9:,.1f}"
    most = f"-j {fitting[0]} fits" if fitting else f"at most {need.largest_population(free, 1):,} people fit, with -j 1"
    said = f"the largest community of this sweep has {people:,} people; {jobs} runs at a time need about {needed}"
    raise ScenarioError([Problem("population.people", said, most)])


def _largest(plan: SweepPlan) -> tuple[Lives, int, Network | None]:
    """What is lived at the point with the most people x days, by how many people, and in which network."""
    arms = plan.experiment.scenarios(int(np.argmax(plan.person_days.sum(axis=1))))
    network = network_for(arms)
    return lives_of(arms, windows=1), network.n_people if network else arms[0].population.people, network


def _bytes_of_a_run(plan: SweepPlan, people: int) -> float:
    """In the store and, again, in the tables."""
    arms = plan.experiment.scenarios(0)
    records = 1 + arms[0].run.days // arms[0].run.record_every
    numbers: float = 5 * len(NAMES)
    numbers += 2 * len(NAMES) * records if plan.recorder.timeline else 0
    numbers += 2 * len(POPULATIONS) * len(MEASURED) * len(plan.pairs) / len(arms)
    persons = 4 * people * len(plan.recorder.people)
    return 2 * _COMPRESSED * (8 * numbers + persons)
