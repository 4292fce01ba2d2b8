"""What a sweep leaves in its folder: tables, what their columns mean, the experiment, and where all that comes from."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.analysis.provenance import provenance
from peersim.runs.history import history
from peersim.runs.store import Store
from peersim.sweeps.own_folder import COLUMNS, EXPERIMENT, FAILED, PROVENANCE, TABLES
from peersim.sweeps.plan import SweepPlan
from peersim.sweeps.replay import Replays
from peersim.sweeps.tables import Table, tables_of, write_table
from peersim.sweeps.watcher import Watcher


def write_results(
    plan: SweepPlan, seeds: NDArray[np.int64], store: Store, folder: Path, watcher: Watcher
) -> dict[str, int]:
    """Write all of it; returns how many rows each table has."""
    replays = Replays(plan, folder / FAILED)
    tables = tables_of(plan, store, replays.command)
    watcher.writing([table.name for table in tables])
    rows = {table.name: write_table(table, plan, seeds, store, folder / f"{table.name}.parquet") for table in tables}
    for name in set(TABLES) - set(rows):  # what an earlier experiment left, and this one does not record
        (folder / f"{name}.parquet").unlink(missing_ok=True)
    _write_columns(tables, folder / COLUMNS)
    (folder / EXPERIMENT).write_text(plan.experiment.text, encoding="utf-8")
    sha256 = {name: sha256_of(folder / f"{name}.parquet") for name in rows}
    _write_json(_provenance(plan, seeds, rows, sha256, store.notes()), folder / PROVENANCE)
    return rows


def sha256_of(file: Path) -> str:
    """By which a table is known again. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_columns(tables: list[Table], file: Path) -> None:
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("table", "column", "kind", "unit", "meaning"))
        for table in tables:
            writer.writerows((table.name, one.name, one.kind, one.unit, one.meaning) for one in table.columns)


def _provenance(
    plan: SweepPlan, seeds: NDArray[np.int64], rows: Mapping[str, int], sha256: Mapping[str, str],
    notes: Mapping[str, str],
) -> dict[str, Any]:
    """Versions, code, resolved scenarios of the first point, what is varied, seeds, machine, command, time."""
    experiment = plan.experiment
    arms = dict(zip(plan.arms, experiment.scenarios(0), strict=True))
    numbers = [plan.seed(k) for k in range(int(seeds.max(initial=0)))]
    return {
        **provenance(arms, numbers, settings=list(experiment.settings)),
        "code_of_runs": plan.code,
        "experiment": experiment.name,
        "points": plan.n_points,
        "varied": list(experiment.points.names),
        "scenarios_are": "the arms at point 0; at other points the varied parameters are as in the tables",
        "seeds_of_points": sorted(set(seeds.tolist())),
        "rows": dict(rows),
        "sha256": dict(sha256),
        "sweeps": history(notes),
    }


def _write_json(content: Mapping[str, Any], file: Path) -> None:
    file.write_text(json.dumps(content, indent=2, default=str) + "\n", encoding="utf-8")
