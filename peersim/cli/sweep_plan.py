"""`peersim sweep --dry-run`: what would run, what is there already, and what it would take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peersim.cli.output import document, print_json, say_if_compiling, time_in_words

if TYPE_CHECKING:
    from peersim.experiment.experiment import Experiment
    from peersim.sweeps.counts import Counts
    from peersim.sweeps.estimate import Estimate


def show_sweep_plan(
    experiment: Experiment, folder: Path, jobs: int, part: tuple[int, int] | None, *, as_json: bool
) -> None:
    """Say it; nothing is lived but a short trial, and nothing is written."""
    from peersim.analysis.arms import network_for
    from peersim.runs.store import read_store
    from peersim.sweeps.counts import count
    from peersim.sweeps.estimate import estimate, first_seeds
    from peersim.sweeps.plan import plan_of
    from peersim.sweeps.rows import schemas

    say_if_compiling()
    plan = plan_of(experiment)
    with read_store(folder, schemas()) as store:
        counts = count(plan, first_seeds(plan), store.has, part)
    found = estimate(plan, counts, jobs, network_for(experiment.scenarios(0)))
    if as_json:
        told = {"points": counts.points, "arms": counts.arms, "seeds": counts.seeds, "runs": counts.runs}
        told |= {"cached": counts.cached, "new": counts.new}
        print_json(document("sweep", experiment.warnings, plan={**told, **found.as_dict()}, problems=[]))
    else:
        click.echo("\n".join(_lines(experiment, counts, found)))


def _lines(experiment: Experiment, counts: Counts, found: Estimate) -> list[str]:
    until = experiment.seeds.until
    seeds = f"{counts.seeds} seeds" + (f", up to {experiment.seeds.max} of them" if until else "")
    lines = [
        f"{counts.points:,} points x {counts.arms} arms x {seeds} = {counts.runs:,} runs",
        f"{counts.cached:,} cached, {counts.new:,} new"
        + (f" ({counts.runs - counts.cached - counts.new:,} are the same at several points)"
           if counts.runs - counts.cached > counts.new else ""),
    ]  # fmt: skip
    if experiment.points.left_out:
        lines.append(f"{experiment.points.left_out:,} points do not meet sweep.where and are left out")
    free = "" if found.megabytes_free is None else f"; free are {found.megabytes_free:,.0f} MB"
    lines.append(
        f"about {time_in_words(found.seconds)} with {found.at_once} at a time; about {found.megabytes:,.0f} MB of "
        f"memory{free}; about {max(1, round(found.megabytes_disk)):,} MB of disk"
    )
    return lines
