"""What is kept of a run, and of two arms: rows of numbers, as the store has them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from peersim.analysis.arms import Arm, Dose
from peersim.analysis.contrasts import Differences
from peersim.outcomes import NAMES, OUTCOMES

if TYPE_CHECKING:
    import pyarrow as pa

RUNS, CONTRASTS = "runs", "contrasts"
"""The names of the tables in the store."""
DOSES = tuple(Dose.__dataclass_fields__)


@dataclass(frozen=True)
class Recorder:
    """What is recorded of every run of a sweep.

    timeline  whether the means of each record are kept
    people    the outcomes that are kept for every person
    """

    timeline: bool = True
    people: tuple[str, ...] = ()

    def as_text(self, window: tuple[int, int]) -> str:
        """All that tells one recording from another. window  the evenings over which outcomes are measured"""
        return f"{window} {self.timeline} {self.people}"


def schemas() -> dict[str, pa.Schema]:
    """The columns of both tables, without ids. Lists go outcome by outcome, as `NAMES` and `MEASURED` have them."""
    import pyarrow as pa

    numbers, whole = pa.list_(pa.float64()), pa.list_(pa.int64())
    runs = {
        "people": pa.int64(), "first_day": pa.int64(), "last_day": pa.int64(),
        "value": numbers, "sd": numbers, "dose": numbers, "structure": numbers, "tally": whole,
        "day": whole, "mean": numbers, "spread": numbers,
        "offered": pa.list_(pa.bool_()), "attended": pa.list_(pa.bool_()), "person": pa.list_(pa.float32()),
    }  # fmt: skip
    contrasts = {"difference": numbers, "sd": numbers, "people": whole}
    return {RUNS: pa.schema(list(runs.items())), CONTRASTS: pa.schema(list(contrasts.items()))}


def run_row(arm: Arm, window: tuple[int, int], recorder: Recorder) -> dict[str, Any]:
    """One run: outcomes over its window, dose, structure and counts; its timeline; and people, if they are recorded."""
    value, sd = _over_people(arm)
    kept = [NAMES.index(name) for name in recorder.people]
    person = arm.value[0][kept][:, arm.row_of] if kept else np.empty((0, 0))
    for row, name in zip(person, recorder.people, strict=True):
        if OUTCOMES[NAMES.index(name)].couples_only:
            row[~arm.partnered[arm.row_of]] = np.nan
    return {
        "people": len(arm.offered),
        "first_day": window[0],
        "last_day": window[1] - 1,
        "value": value,
        "sd": sd,
        "dose": [float(number) for number in asdict(arm.dose).values()],
        "structure": list(arm.structure.as_row().values()),
        "tally": arm.tally.sum(axis=0),
        "day": arm.days if recorder.timeline else [],
        "mean": arm.mean.ravel() if recorder.timeline else [],
        "spread": arm.sd.ravel() if recorder.timeline else [],
        "offered": arm.offered[arm.row_of] if kept else [],
        "attended": arm.attended[arm.row_of] if kept else [],
        "person": person.astype(np.float32).ravel(),
    }


def contrast_row(found: Differences) -> dict[str, Any]:
    """One contrast, population by population, in each outcome by outcome."""
    return {"difference": found.difference.ravel(), "sd": found.sd.ravel(), "people": found.people.ravel()}


def not_a_number(arm: Arm) -> str:
    """Which outcomes are not finite, as a sentence; empty where all are. What couples have may be of nobody."""
    value, _ = _over_people(arm)
    has_couples = arm.partnered.any()
    wrong = [
        outcome.name for k, outcome in enumerate(OUTCOMES)
        if not np.isfinite(value[k]) and (has_couples or not outcome.couples_only)
    ]  # fmt: skip
    return f"{', '.join(wrong)}: not a finite number at the end of this run" if wrong else ""


def _over_people(arm: Arm) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation of each outcome over those for whom it means something."""
    value, sd = arm.value[0].mean(axis=1), arm.value[0].std(axis=1)
    for k, outcome in enumerate(OUTCOMES):
        if outcome.couples_only:
            among = arm.value[0][k][arm.partnered]
            value[k], sd[k] = (among.mean(), among.std()) if len(among) else (np.nan, np.nan)
    return value, sd
