"""The small workload in Starsim: strain is a disease without immunity on a network of given ties."""

from collections.abc import Callable

import numpy as np
import starsim as ss

from benchmarks.spread.workload import CALMS_DOWN, DAYS, STRAINED_AT_START, STRAINS, tell, ties


class Strain(ss.SIS):
    def __init__(self) -> None:
        super().__init__(beta=STRAINS, init_prev=ss.bernoulli(p=STRAINED_AT_START), imm_boost=0.0)
        self.calms_down = ss.bernoulli(p=CALMS_DOWN)

    def step_state(self) -> None:
        """Some of the strained calm down; how long strain lasts is not decided beforehand."""
        calm = self.calms_down.filter(self.infected.uids)
        self.infected[calm] = False
        self.susceptible[calm] = True


class Ties(ss.Network):
    def step(self) -> None:
        """They stay as they are."""


def prepare(people: int) -> Callable[[], float]:
    first, second = ties(people)
    network = Ties(p1=first, p2=second, beta=np.ones(len(first)))
    sim = ss.Sim(
        n_agents=people, networks=network, diseases=Strain(), start=0, dur=DAYS - 1, dt=1, rand_seed=1, verbose=0
    )
    sim.init()

    def live() -> float:
        sim.run()
        return float(np.mean(sim.diseases[0].infected))

    return live


if __name__ == "__main__":
    tell(prepare)
