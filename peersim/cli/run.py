"""`peersim run`: one scenario, one or a few seeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peersim.cli import options
from peersim.cli.files import folder_for, write_provenance, write_table
from peersim.cli.output import document, print_json, progress, say, say_if_compiling, warn
from peersim.cli.planning import show_plan

if TYPE_CHECKING:
    from peersim.analysis.single import SingleRun

HELP = """\b
Example:
  peersim run support_group -s population.people=500 --seeds 5 -o results

One SCENARIO, with one or a few seeds: how the outcomes of the whole community move, and how far its
network keeps its structure: degree and clustering as built, on day 0 and on the last day.
"""


@click.command(help=HELP)
@click.argument("scenario")
@options.settings
@options.seed
@options.seeds
@options.jobs
@options.out
@options.dry_run
@options.common
def run(
    scenario: str, settings: tuple[str, ...], seed: int | None, seeds: int | None, jobs: int, out: Path | None,
    dry_run: bool, json: bool, quiet: bool, verbose: bool,
) -> None:
    """Read the scenario, live it, print the summary, and write figure and tables."""
    from peersim.analysis.arms import network_for
    from peersim.analysis.scenarios import read_scenarios
    from peersim.analysis.single import run as run_scenario
    from peersim.analysis.trial import lives_of
    from peersim.report.words import NO_FORECAST
    from peersim.simulate import warm_up

    named, warnings = read_scenarios((scenario,), settings)
    warn(warnings)
    [(name, read)] = named.items()
    n_seeds = 1 if seeds is None else seeds
    if dry_run:
        show_plan("run", lives_of([read]), network_for([read]), n_seeds, jobs, warnings, as_json=json)
        return
    folder = folder_for(out)
    say_if_compiling()
    warm_up()
    with progress(n_seeds, "seeds") as advance:
        result = run_scenario(read, name=name, seeds=n_seeds, first_seed=seed, jobs=jobs, on_done=lambda: advance(1))
    files = write_run(result, folder)
    if json:
        print_json(document("run", warnings, notes=[NO_FORECAST], **as_document(result)))
    else:
        from peersim.report.run_table import run_table

        click.echo(run_table(result))
    say(f"wrote {', '.join(str(file) for file in files)}")


def as_document(result: SingleRun) -> dict[str, object]:
    """A run as `--json` has it."""
    return {
        "scenario": result.name,
        "seeds": list(result.seeds),
        "people": result.people,
        "days": result.scenario.run.days,
        "network": result.summary,
        "person_days_per_second": round(result.person_days_per_second),
        "outcomes": result.outcomes,
        "structure": result.structure.as_dict(),
        "dose": dict(result.dose),
        "timeline": result.columns,
    }


def write_run(result: SingleRun, folder: Path) -> list[Path]:
    """Figure, timeline and provenance of a run."""
    from peersim.report.run_figure import draw_run

    return [
        *draw_run(result, folder),
        write_table(result.columns, folder / "timeline.csv"),
        write_provenance(result.provenance, folder / "run_provenance.json"),
    ]
