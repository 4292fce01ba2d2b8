"""`peersim sweep --dry-run`: what would run, what is there already, and what it would take."""

from __future__ import annotations

from contextlib import ExitStack
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
    from peersim.runs.journal import JOURNAL
    from peersim.runs.store import read_store
    from peersim.sweeps.counts import count
    from peersim.sweeps.estimate import estimate, refuse_too_large
    from peersim.sweeps.plan import plan_of
    from peersim.sweeps.rows import schemas
    from peersim.sweeps.until import Seeds

    say_if_compiling()
    plan = plan_of(experiment)
    with ExitStack() as stack:
        is_there = (folder / "store" / JOURNAL).is_file()
        store = stack.enter_context(read_store(folder, schemas())) if is_there else None
        counts = count(plan, Seeds(plan).now, store.has if store else _nothing, part)
    found = estimate(plan, counts, jobs)
    if as_json:
        told = {"points": counts.points, "arms": counts.arms, "seeds": counts.seeds, "runs": counts.runs}
        told |= {"cached": counts.cached, "new": counts.new}
        print_json(document("sweep", experiment.warnings, plan={**told, **found.as_dict()}, problems=[]))
    else:
        click.echo("\n".join(_lines(experiment, counts, found)))
    if not found.fits:
        refuse_too_large(plan, found.at_once)


def _nothing(_table: str, _id: bytes) -> bool:
    return False


def _lines(experiment: Experiment, counts: Counts, found: Estimate) -> list[str]:
    from peersim.report.words import some

    until = experiment.seeds.until
    seeds = f"{counts.seeds} to {experiment.seeds.max} seeds" if until else some(counts.seeds, "seed")
    of = f"{some(counts.points, 'point')} x {some(counts.arms, 'arm')} x {seeds}"
    lines = [f"{of} = {'at least ' if until else ''}{some(counts.runs, 'run')}"]
    shared = counts.runs - counts.cached - counts.new
    of_them = f" ({shared:,} more are the same as at another point)" if shared else ""
    again = f", {counts.again:,} lived again for contrasts that are new" if counts.again else ""
    lines.append(f"{counts.cached:,} cached, {counts.new:,} new{of_them}{again}")
    if experiment.points.left_out:
        lines.append(f"left out, as sweep.where asks: {some(experiment.points.left_out, 'point')}")
    free = "" if found.megabytes_free is None else f"; free are {found.megabytes_free:,.0f} MB"
    lines.append(
        f"about {time_in_words(found.seconds)} with {found.at_once} at a time; about {found.megabytes:,.0f} MB of "
        f"memory{free}; about {max(1, round(found.megabytes_disk)):,} MB of disk"
    )
    return lines
