"""Comparing scenarios: the same people under each, seed by seed, and what differs with intervals."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from peersim.analysis.arms import Arm, contrasted, live_arms, network_for, populations_of, window_of
from peersim.analysis.contrasts import MEASURED, Contrast, over_seeds, t_interval
from peersim.analysis.plan import refuse_too_large
from peersim.analysis.provenance import provenance
from peersim.analysis.scenarios import read_scenarios
from peersim.analysis.structure import Structure, mean_structure
from peersim.analysis.summaries import outcome_means
from peersim.analysis.trial import lives_of
from peersim.knock_outs import knocked_out
from peersim.mistakes import Problem, ScenarioError
from peersim.outcomes import OUTCOMES, WORSE_OFF
from peersim.runs.replicates import replicate
from peersim.scenario import Scenario
from peersim.simulate import warm_up

if TYPE_CHECKING:
    import pandas as pd

BUILT_IN = (
    "Built in: a leader's skill and rules of conduct raise the quality of a session, and hold back rehashing; with "
    "neither, a formal and an informal circle differ little. That formal does better here is largely that assumption."
)
"""What every report on formal against informal has to say."""
WEAK_TIES = (
    "Relational satisfaction is a mean over all ties, and sessions make new ones, which are weak at first and pull it "
    "down: set a programme's tie = 0 to see the old ties alone."
)
"""What must be said where a programme makes ties."""


@dataclass(frozen=True)
class ArmSummary:
    """One scenario over all seeds.

    outcomes   name -> mean and sd between people over the last record of the run, and unit
    dose       what its programmes gave, as in `Dose`, means over seeds
    structure  how far the network keeps its structure, means over seeds
    """

    name: str
    outcomes: dict[str, dict[str, Any]]
    dose: dict[str, float]
    structure: Structure


@dataclass(frozen=True, repr=False)
class Comparison:
    """What a comparison found.

    arms        in the order given; the first is the reference
    found       every contrast: each arm against the reference, then later arms against earlier ones
    days        (n_records,) days of the timeline
    timeline    arm -> (n_seeds, n_records) mean stress (PSS-10 points) of the people offered anything in any arm
    windows     (arm, reference) -> the evenings over which they were contrasted, first and day after the last
    summary     the network, in a line
    """

    arms: tuple[ArmSummary, ...]
    found: tuple[Contrast, ...]
    days: NDArray[np.int64]
    timeline: Mapping[str, NDArray[np.float64]]
    windows: Mapping[tuple[str, str], tuple[int, int]]
    scenarios: Mapping[str, Scenario]
    seeds: tuple[int, ...]
    people: int
    summary: str
    provenance: Mapping[str, Any]
    elapsed_seconds: float

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(self.scenarios)}: {self.people:,} people, {len(self.seeds)} seeds>"

    @property
    def contrasts(self) -> pd.DataFrame:
        """Every contrast, a row each."""
        import pandas as pd

        return pd.DataFrame([asdict(one) for one in self.found])

    @property
    def stress_of_offered(self) -> dict[str, list[float]]:
        """Mean stress (PSS-10 points, over seeds) of the people offered anything in any arm, by day and arm."""
        return {"day": self.days.tolist(), **{name: s.mean(axis=0).tolist() for name, s in self.timeline.items()}}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to know before quoting a number."""
        arms = {name: knocked_out(scenario) for name, scenario in self.scenarios.items()}
        leads = {tuple((p.facilitator, p.guidelines) for p in s.programmes) for s in arms.values() if s.programmes}
        notes = [BUILT_IN] if len(leads) > 1 else []
        met = [arms[arm.name].programmes for arm in self.arms if arm.dose["sessions"]]
        if any(p.tie > 0 and p.effect > 0 for programmes in met for p in programmes):
            notes.append(WEAK_TIES)
        for arm in self.arms:
            if arms[arm.name].programmes and not arm.dose["offered"]:
                notes.append(
                    f"{arm.name}: offered to nobody; look at start, eligibility and offered_share, and whether couples "
                    "live here if it is for couples."
                )
        if len(set(self.windows.values())) > 1 and len(arms) > 2:
            notes.append(
                "Programmes end on different days: between arms, one may be measured while it runs and the other long "
                "after its end. --at DAY measures all over the same days."
            )
        late = [name for name, s in arms.items() if any(p.start < s.run.days < p.end for p in s.programmes)]
        if late:
            notes.append(f"{', '.join(late)}: the run ends before a programme does; lengthen it with -s run.days=N.")
        if len(self.seeds) < 2:
            notes.append("One seed gives no interval; use --seeds.")
        return tuple(notes)


def compare(
    scenarios: Sequence[str | Path | Scenario] | Mapping[str, Scenario],
    *,
    seeds: int = 20,
    first_seed: int | None = None,
    jobs: int | None = None,
    overrides: Sequence[str] = (),
    last_day: int | None = None,
    on_done: Callable[[], None] = lambda: None,
) -> Comparison:
    """Live the same people under each scenario and contrast them; the first is the reference.

    scenarios   files, bundled names or `Scenario`s, at least two; or names with their scenarios
    seeds       replicates
    first_seed  of them; None takes the first scenario's run.seed
    overrides   table.key=value for all of them
    last_day    the last of the seven days over which effects are measured; None takes the end of each programme

    Raises ScenarioError if a scenario is not valid, or they are not about the same people and days.
    """
    began = time.perf_counter()
    named = _named(scenarios, overrides)
    given = list(named.values())
    network = network_for(given)
    windows = windows_of(named, last_day)
    _check_windows(given[0].run.days, windows, seeds)
    distinct = sorted(set(windows.values()))
    refuse_too_large(lives_of(given, windows=len(distinct), keeps_stress=True), seeds, jobs, network)
    first = given[0].run.seed if first_seed is None else first_seed
    numbers = tuple(range(first, first + seeds))
    warm_up()
    lived = replicate(
        lambda seed: _of_one_seed(list(named), live_arms(given, distinct, seed, network), windows, distinct),
        numbers, jobs, on_done,
    )  # fmt: skip
    names = list(named)
    return Comparison(
        arms=tuple(_summary(name, k, lived) for k, name in enumerate(names)),
        found=tuple(_join(lived)),
        days=lived[0].days,
        timeline={name: np.stack([one.timeline[k] for one in lived]) for k, name in enumerate(names)},
        windows=windows,
        scenarios=named,
        seeds=numbers,
        people=lived[0].people,
        summary=lived[0].summary,
        provenance=provenance(named, numbers, last_day=last_day),
        elapsed_seconds=time.perf_counter() - began,
    )


def _named(
    scenarios: Sequence[str | Path | Scenario] | Mapping[str, Scenario], overrides: Sequence[str]
) -> dict[str, Scenario]:
    if isinstance(scenarios, str | Path) or len(scenarios) < 2:
        raise ValueError("a comparison needs at least two scenarios, in a list, the first as the reference")
    sources = [source for source in scenarios if not isinstance(source, Scenario)]
    if overrides and (isinstance(scenarios, Mapping) or len(sources) < len(scenarios)):
        raise ValueError("overrides are for files and bundled names; change a Scenario with model_copy(update=...)")
    if isinstance(scenarios, Mapping):
        return dict(scenarios)
    read = iter(read_scenarios(sources, overrides)[0].items())
    named: dict[str, Scenario] = {}
    for k, source in enumerate(scenarios):
        name, scenario = (source.title or f"scenario {k + 1}", source) if isinstance(source, Scenario) else next(read)
        while name in named:
            name += "'"
        named[name] = scenario
    return named


def windows_of(named: Mapping[str, Scenario], last_day: int | None) -> dict[tuple[str, str], tuple[int, int]]:
    """(arm, reference) -> the evenings over which they are contrasted, first day and day after the last."""
    return {
        (arm, reference): window_of(named[arm] if named[arm].programmes else named[reference], last_day)
        for reference, arm in itertools.combinations(named, 2)
    }


def _check_windows(days: int, windows: Mapping[tuple[str, str], tuple[int, int]], seeds: int) -> None:
    if seeds < 1:
        raise ValueError(f"--seeds {seeds}: must be at least 1")
    for _, end in windows.values():
        if not 1 <= end <= days:
            raise ScenarioError([Problem("", f"--at {end - 1}: must be a day of the run, between 0 and {days - 1}")])


@dataclass(frozen=True)
class _Seed:
    """What one seed leaves: enough to join, small enough to keep."""

    people: int
    days: NDArray[np.int64]
    differences: dict[tuple[str, str, str, str], Any]
    timeline: list[NDArray[np.float64]]
    means: list[NDArray[np.float64]]
    sds: list[NDArray[np.float64]]
    doses: list[dict[str, float]]
    structures: list[Structure]
    summary: str


def _of_one_seed(
    names: list[str],
    arms: list[Arm],
    windows: Mapping[tuple[str, str], tuple[int, int]],
    distinct: list[tuple[int, int]],
) -> _Seed:
    offered = np.logical_or.reduce([arm.offered for arm in arms])
    watched = offered if offered.any() else np.ones_like(offered)
    differences = {}
    for r, a in itertools.combinations(range(len(arms)), 2):
        populations = populations_of(arms[a], arms[r])
        found = contrasted(arms[a], arms[r], distinct.index(windows[names[a], names[r]]), populations)
        for population, measured in itertools.product(populations, MEASURED):
            differences[names[a], names[r], measured, population] = found.at(population, measured)
    return _Seed(
        people=len(offered),
        days=arms[0].days,
        differences=differences,
        timeline=[arm.stress[:, watched].mean(axis=1, dtype=np.float64) for arm in arms],
        means=[arm.mean[-1] for arm in arms],
        sds=[arm.sd[-1] for arm in arms],
        doses=[asdict(arm.dose) for arm in arms],
        structures=[arm.structure for arm in arms],
        summary=arms[0].summary,
    )


def _join(lived: list[_Seed]) -> list[Contrast]:
    units = {outcome.name: outcome.unit for outcome in (*OUTCOMES, WORSE_OFF)}
    addresses = list(dict.fromkeys(address for one in lived for address in one.differences))
    return [
        over_seeds(
            [one.differences[address] for one in lived if address in one.differences],
            arm=address[0],
            reference=address[1],
            outcome=address[2],
            unit=units[address[2]],
            population=address[3],
        )
        for address in addresses
    ]


def _summary(name: str, k: int, lived: list[_Seed]) -> ArmSummary:
    dose = {field: float(np.mean([one.doses[k][field] for one in lived])) for field in lived[0].doses[k]}
    outcomes = outcome_means([one.means[k] for one in lived], [one.sds[k] for one in lived])
    return ArmSummary(name, outcomes, dose, mean_structure([one.structures[k] for one in lived]))


def timeline_band(result: Comparison, arm: str, reference: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean difference in stress of those offered, and its half-width, at each record of the timeline."""
    gaps = result.timeline[arm] - result.timeline[reference]
    found = [t_interval(gaps[:, r]) for r in range(gaps.shape[1])]
    return np.array([mean for mean, _ in found]), np.array([half for _, half in found])
