"""What a command would run, before it runs: how many runs, how long, how much memory."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from peersim.analysis.arms import live_arms
from peersim.knock_outs import knocked_out
from peersim.networks.network import Network
from peersim.outcomes import NAMES
from peersim.scenario import Scenario, before_day_0
from peersim.simulate import warm_up

_TRIAL_PEOPLE = 2000
_TRIAL_DAYS = 20
_BYTES_PER_PERSON = 1400
"""Memory of a world per person, ties and scratch included (measured at 10^5 and 10^6 people with 6 ties each)."""


@dataclass(frozen=True)
class Plan:
    """What would run.

    runs         arms x seeds
    person_days  burn-ins that arms share counted once
    seconds      estimated from a short trial on this machine
    megabytes    of memory, estimated
    """

    scenarios: int
    seeds: int
    runs: int
    people: int
    person_days: int
    seconds: float
    megabytes: float

    def in_words(self) -> str:
        """The plan as lines of text."""
        return (
            f"{self.scenarios} scenario{'s' if self.scenarios > 1 else ''} x {self.seeds} "
            f"seed{'s' if self.seeds > 1 else ''} = {self.runs} run{'s' if self.runs > 1 else ''} of "
            f"{self.people:,} people, none cached\n"
            f"{self.person_days / 1e6:,.1f} million person-days, about {max(1, round(self.seconds)):,} s; "
            f"about {max(1, round(self.megabytes)):,} MB of memory, less than 5 MB of disk"
        )


def plan_of_runs(scenarios: Sequence[Scenario], seeds: int, jobs: int, network: Network | None) -> Plan:
    """Estimate by living a short trial; nothing is written.

    network  the file that all scenarios share, read; None where they name none
    """
    people = network.n_people if network else scenarios[0].population.people
    pasts: list[object] = []
    for scenario in map(knocked_out, scenarios):
        past = before_day_0(scenario)
        if past not in pasts:
            pasts.append(past)
    days = sum(s.run.days for s in scenarios) + len(pasts) * scenarios[0].run.burn_in
    rate = _person_days_per_second(scenarios[0])
    at_once = min(jobs, seeds)
    windows_and_panel = 8 * len(NAMES) * 3 + 4 * (scenarios[0].run.days // scenarios[0].run.record_every + 2)
    return Plan(
        scenarios=len(scenarios),
        seeds=seeds,
        runs=len(scenarios) * seeds,
        people=people,
        person_days=people * days * seeds,
        seconds=people * days * seeds / rate / at_once,
        megabytes=200 + at_once * people * (2 * _BYTES_PER_PERSON + len(scenarios) * windows_and_panel) / 1e6,
    )


def _person_days_per_second(scenario: Scenario) -> float:
    trial = scenario.model_copy(
        update={
            "run": scenario.run.model_copy(update={"days": _TRIAL_DAYS, "burn_in": 0}),
            "population": scenario.population.model_copy(
                update={"people": min(_TRIAL_PEOPLE, scenario.population.people)}
            ),
            "network": type(scenario.network)(),
            "programmes": (),
        }
    )
    warm_up()
    began = time.perf_counter()
    live_arms([trial], [], 1, None)
    return trial.population.people * _TRIAL_DAYS / (time.perf_counter() - began)
