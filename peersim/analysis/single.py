"""One scenario, lived with one or a few seeds: how its outcomes move."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from peersim.analysis.arms import live_arms, network_for
from peersim.analysis.plan import refuse_too_large
from peersim.analysis.provenance import provenance
from peersim.analysis.structure import Structure, mean_structure
from peersim.analysis.summaries import outcome_means
from peersim.analysis.trial import lives_of
from peersim.outcomes import NAMES
from peersim.runs.replicates import replicate
from peersim.scenario import Scenario
from peersim.scenario_file import load_scenario
from peersim.simulate import warm_up

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class SingleRun:
    """What a run found.

    outcomes  name -> mean and sd between people over the last record, and unit
    days      (n_records,) days of the timeline
    mean, sd  (n_seeds, n_records, n_outcomes) over everyone
    dose      what its programmes gave, means over seeds
    """

    name: str
    scenario: Scenario
    seeds: tuple[int, ...]
    people: int
    outcomes: dict[str, dict[str, Any]]
    days: NDArray[np.int64]
    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    structure: Structure
    dose: Mapping[str, float]
    summary: str
    person_days_per_second: float
    provenance: Mapping[str, Any]
    elapsed_seconds: float

    def __repr__(self) -> str:
        return f"<SingleRun of {self.name}: {self.people:,} people, {len(self.seeds)} seeds>"

    @property
    def timeline(self) -> pd.DataFrame:
        """Means over everyone and over seeds: a row for each recorded day, a column for each outcome."""
        import pandas as pd

        return pd.DataFrame(self.columns).set_index("day")

    @property
    def columns(self) -> dict[str, list[float]]:
        """The timeline as lists: the days, and each outcome."""
        means = self.mean.mean(axis=0)
        return {"day": self.days.tolist(), **{name: means[:, k].tolist() for k, name in enumerate(NAMES)}}


def run(
    source: str | Path | Scenario,
    *,
    name: str = "",
    seeds: int = 1,
    first_seed: int | None = None,
    jobs: int | None = None,
    overrides: Sequence[str] = (),
    on_done: Callable[[], None] = lambda: None,
) -> SingleRun:
    """Live one scenario with `seeds` seeds from `first_seed` on (None takes the scenario's).

    name  to call it by; by itself its file's name, or its title

    Raises ScenarioError if it is not valid, NetworkError if its network file cannot be read.
    """
    if seeds < 1:
        raise ValueError(f"--seeds {seeds}: must be at least 1")
    if overrides and isinstance(source, Scenario):
        raise ValueError("overrides are for files and bundled names; change a Scenario with model_copy(update=...)")
    began = time.perf_counter()
    scenario = source if isinstance(source, Scenario) else load_scenario(source, overrides)
    network = network_for([scenario])
    first = scenario.run.seed if first_seed is None else first_seed
    numbers = tuple(range(first, first + seeds))
    name = name or (scenario.title if isinstance(source, Scenario) else Path(source).stem)
    refuse_too_large(lives_of([scenario]), seeds, jobs, network)
    warm_up()
    started = time.perf_counter()
    lived = replicate(
        lambda seed: live_arms([scenario], [], seed, network, keep_stress=False)[0], numbers, jobs, on_done
    )
    seconds = time.perf_counter() - started
    people = len(lived[0].offered)
    doses = [asdict(arm.dose) for arm in lived]
    return SingleRun(
        name=name,
        scenario=scenario,
        seeds=numbers,
        people=people,
        outcomes=outcome_means([arm.mean[-1] for arm in lived], [arm.sd[-1] for arm in lived]),
        days=lived[0].days,
        mean=np.stack([arm.mean for arm in lived]),
        sd=np.stack([arm.sd for arm in lived]),
        structure=mean_structure([arm.structure for arm in lived]),
        dose={field: float(np.mean([dose[field] for dose in doses])) for field in doses[0]},
        summary=lived[0].summary,
        person_days_per_second=people * (scenario.run.days + scenario.run.burn_in) * seeds / seconds,
        provenance=provenance({name: scenario}, numbers),
        elapsed_seconds=time.perf_counter() - began,
    )
