"""Rows of the store spread out into tidy columns: a block of runs or contrasts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from peersim.analysis.contrasts import MEASURED, POPULATIONS
from peersim.outcomes import NAMES
from peersim.sweeps.columns import STRUCTURE, Column
from peersim.sweeps.plan import SweepPlan
from peersim.sweeps.rows import DOSES
from peersim.sweeps.varied import as_cell
from peersim.trace import TALLIES

if TYPE_CHECKING:
    import pyarrow as pa

Values = dict[str, Any]
"""Columns by name."""


@dataclass(frozen=True)
class Address:
    """Where a row of the store belongs: point, arm by number, the arm it is contrasted with or -1, seed; and its id."""

    point: int
    arm: int
    reference: int
    seed: int
    id: bytes


def runs_block(stored: pa.Table) -> Values:
    """A row a run, without its address."""
    value, sd = (_matrix(stored, name, len(NAMES)) for name in ("value", "sd"))
    dose, structure = _matrix(stored, "dose", len(DOSES)), _matrix(stored, "structure", len(STRUCTURE))
    tally = _matrix(stored, "tally", len(TALLIES))
    return {
        **{name: stored[name] for name in ("people", "first_day", "last_day")},
        **{name: value[:, k] for k, name in enumerate(NAMES)},
        **{f"{name}_sd": sd[:, k] for k, name in enumerate(NAMES)},
        **{f"dose_{name}": dose[:, k] for k, name in enumerate(DOSES)},
        **{name: structure[:, k] for k, name in enumerate(STRUCTURE)},
        **{f"count_{name}": tally[:, k] for k, name in enumerate(TALLIES)},
    }


def timeline_block(plan: SweepPlan, block: list[Address], stored: pa.Table, varied: Sequence[Column]) -> Values:
    """A row a run, recorded day and outcome."""
    n_days, day = _lists(stored, "day")
    return {
        **address_columns(plan, block, varied, n_days * len(NAMES)),
        "day": np.repeat(day, len(NAMES)),
        "outcome": _names(NAMES, np.tile(np.arange(len(NAMES)), len(day))),
        "mean": _lists(stored, "mean")[1],
        "sd": _lists(stored, "spread")[1],
    }


def contrasts_block(plan: SweepPlan, block: list[Address], stored: pa.Table, varied: Sequence[Column]) -> Values:
    """A row a seed, contrast, population and outcome; populations of nobody are left out."""
    n = len(POPULATIONS) * len(MEASURED)
    people = _lists(stored, "people")[1]
    some = people > 0
    which = np.tile(np.arange(n), len(block))[some]
    address = address_columns(plan, block, varied, some.reshape(-1, n).sum(axis=1))
    reference = np.repeat([one.reference for one in block], some.reshape(-1, n).sum(axis=1))
    return {
        **address,
        "reference": _names(plan.arms, reference),
        "population": _names(POPULATIONS, which // len(MEASURED)),
        "outcome": _names(MEASURED, which % len(MEASURED)),
        "people": people[some],
        "difference": _lists(stored, "difference")[1][some],
        "sd": _lists(stored, "sd")[1][some],
    }


def people_block(plan: SweepPlan, block: list[Address], stored: pa.Table, varied: Sequence[Column]) -> Values:
    """A row a run and person."""
    n_people, offered = _lists(stored, "offered")
    kept = plan.recorder.people
    _, person = _lists(stored, "person")
    ends = np.cumsum(n_people * len(kept))[:-1]
    runs = [one.reshape(len(kept), -1) for one in np.split(person, ends)]
    return {
        **address_columns(plan, block, varied, n_people),
        "person": np.concatenate([np.arange(n) for n in n_people]),
        "offered": offered,
        "attended": _lists(stored, "attended")[1],
        **{name: np.concatenate([run[k] for run in runs]).astype(np.float64) for k, name in enumerate(kept)},
    }


def address_columns(
    plan: SweepPlan, block: list[Address], varied: Sequence[Column], times: NDArray[np.int64]
) -> Values:
    """Point, what is varied, arm and seed, each so many times as its run has rows."""
    import pyarrow as pa

    points = plan.experiment.points
    values = {p: points.values(p) for p in {one.point for one in block}}
    again = pa.array(np.repeat(np.arange(len(block)), times))
    columns = {"point": pa.array([one.point for one in block], pa.int64())}
    for j, column in enumerate(varied):
        columns[column.name] = pa.array([as_cell(values[one.point][j], column) for one in block], column.type)
    columns |= {
        "arm": pa.array([plan.arms[one.arm] for one in block], pa.string()),
        "seed": pa.array([one.seed for one in block], pa.int64()),
    }
    return {name: column.take(again) for name, column in columns.items()}


def _names(names: Sequence[str], which: NDArray[Any]) -> pa.Array:
    import pyarrow as pa

    return pa.array(names, pa.string()).take(pa.array(which))


def _lists(stored: pa.Table, name: str) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Length of each list, and all of them in a row."""
    column = stored[name].combine_chunks()
    lengths: NDArray[np.int64] = column.value_lengths().to_numpy(zero_copy_only=False).astype(np.int64)
    return lengths, column.flatten().to_numpy(zero_copy_only=False)


def _matrix(stored: pa.Table, name: str, width: int) -> NDArray[Any]:
    return _lists(stored, name)[1].reshape(-1, width)
