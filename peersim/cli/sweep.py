"""`peersim sweep`: many runs, safe to repeat, to interrupt and to widen."""

from __future__ import annotations

import re
import signal
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peersim.cli import options
from peersim.cli.exits import Exit
from peersim.cli.files import DEFAULT_FOLDER, folder_for
from peersim.cli.output import document, print_json, say, say_if_compiling, warn
from peersim.sweeps import ENGINES

if TYPE_CHECKING:
    from peersim.sweeps.sweep import Sweep

SHOWN = ("auto", "bar", "plain", "json", "none")
"""How progress can be shown; auto is a bar on a terminal, else plain lines."""

HELP = """\b
Examples:
  peersim sweep frequency -o results/frequency
  peersim sweep my_question.toml --dry-run
  peersim sweep my_question.toml --engine dask --scheduler tcp://10.0.0.1:8786
  peersim sweep my_question.toml --shard $SLURM_ARRAY_TASK_ID/16

All runs of an EXPERIMENT, a .toml file or the name of a bundled one: every point of its design, under every arm, with
every seed. Whatever was lived before is not lived again, so that repeating, going on after any interruption and
widening are the same command. Ctrl-C once ends what has begun and says how to go on; twice stops now.
"""


class Shard(click.ParamType[Any]):
    """`3/16`: which part of how many."""

    name = "I/N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The two numbers."""
        match = re.fullmatch(r"(\d+)/(\d+)", str(value))
        if match is None or not 1 <= int(match[1]) <= int(match[2]) <= 100_000:
            self.fail(f"'{value}': must be a part and how many there are, the first being 1, as in 3/16", param, ctx)
        return int(match[1]), int(match[2])


@click.command(help=HELP)
@click.argument("experiment")
@options.settings
@options.seed
@options.seeds
@options.jobs
@options.out
@click.option(
    "--engine", type=click.Choice(ENGINES), default="local", show_default=True,
    help="Worker processes here, this process alone, or a Dask cluster.",
)  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask scheduler; by itself --engine dask starts one here.")
@click.option("--shard", type=Shard(), help="One part of many, for arrays of jobs that write to the same folder.")
@click.option("--tables", is_flag=True, help="Only write the tables of what is there; live nothing.")
@click.option("--progress", type=click.Choice(SHOWN), default="auto", show_default=True, help="What is shown.")
@options.dry_run
@options.common
def sweep(
    experiment: str, settings: tuple[str, ...], seed: int | None, seeds: int | None, jobs: int, out: Path | None,
    engine: str, scheduler: str | None, shard: tuple[int, int] | None, tables: bool, progress: str, dry_run: bool,
    json: bool, quiet: bool, verbose: bool,
) -> None:
    """Read the experiment, live what is missing, and write the tables."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C, also while it plans or writes
    click.get_current_context().call_on_close(lambda: signal.signal(signal.SIGTERM, before))
    if engine == "local" and not (dry_run or tables):
        from peersim.runs.local_worker import worker_context
        from peersim.sweeps import READY

        worker_context(READY)  # loads the model while this process reads and plans
    from peersim.experiment.reading import read_experiment
    from peersim.sweeps.asked import with_seeds

    if scheduler is not None and engine != "dask":
        raise click.UsageError(f"--scheduler is for --engine dask, not for {engine}")
    read = with_seeds(read_experiment(experiment, settings), seeds, seed)
    warn(read.warnings)
    folder = DEFAULT_FOLDER / read.name if out is None else out
    if dry_run:
        from peersim.cli.sweep_plan import show_sweep_plan

        show_sweep_plan(read, folder, jobs, shard, as_json=json)
        return
    folder_for(folder)
    say_if_compiling()
    from peersim.cli.sweep_progress import end_in_json, remark_in_json, shown
    from peersim.sweeps.sweep import sweep as live_all

    with shown(progress, quiet=quiet) as watcher:
        result = live_all(
            read, folder, jobs=jobs, engine=engine, scheduler=scheduler, part=shard, lives=not tables, watcher=watcher
        )
    (remark_in_json if progress == "json" else warn)(result.remarks)
    if json:
        print_json(document("sweep", [*read.warnings, *result.remarks], **as_document(result)))
    else:
        from peersim.report.sweep_table import sweep_table

        click.echo(sweep_table(result, read))
    if progress == "json":
        end_in_json(result)
    else:
        _say_how_to_go_on(result)
    click.get_current_context().exit(_code(result))


def as_document(result: Sweep) -> dict[str, object]:
    """A sweep as `--json` has it."""
    plan = asdict(result.counts)
    return {
        "plan": {name: plan[name] for name in ("points", "arms", "seeds", "runs", "cached", "new")},
        "done": result.done,
        "failed": result.failed,
        "contrasts_failed": result.unmade,
        "store": str(result.folder),
        "stopped": result.is_stopped,
        "complete": result.is_complete,
        "rows": result.rows,
        "precision": [
            {
                "point": one.point, "seeds": one.seeds, "mean": one.interval.mean, "low": one.interval.low,
                "high": one.interval.high, "half_width": one.interval.half_width, "skewed": one.interval.is_skewed,
                "reached": one.is_reached,
            }
            for one in result.precision
        ],
    }  # fmt: skip


def _say_how_to_go_on(result: Sweep) -> None:
    if result.is_stopped:
        say(f"stopped after {result.done:,} of {result.counts.new:,} runs, which are kept; the same command goes on")
    elif result.part is not None and not result.rows:
        say("this part is done; the part that ends last writes the tables")
    elif not result.is_complete:
        say("these are the tables of what is there; the same command without --tables lives what is missing")


def _code(result: Sweep) -> Exit:
    if result.is_stopped:
        return Exit.STOPPED
    if result.failed or result.unmade:
        return Exit.SOME_RUNS_FAILED
    return Exit.DONE if result.is_precise else Exit.BUDGET_REACHED
