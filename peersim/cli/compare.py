"""`peersim compare`: the same people under each scenario, and what differs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peersim.cli import options
from peersim.cli.files import folder_for, write_provenance, write_table
from peersim.cli.output import document, print_json, progress, say, say_if_compiling, warn
from peersim.cli.planning import show_plan

if TYPE_CHECKING:
    from peersim.analysis.comparison import Comparison

HELP = """\b
Example:
  peersim compare baseline friend_circle support_group --seeds 20 -o results

The same people, with the same luck, under each SCENARIO. The first is the reference. Effects are each person's mean
over the last 7 days of a programme, with 95 % intervals over seeds, and d between people. Of the network it tells, for
each arm, degree and clustering as built, on day 0 and on the last day, and how many ties are kept.
"""


@click.command(help=HELP)
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO SCENARIO...")
@options.settings
@options.seed
@options.seeds
@click.option(
    "--at", "last_day", type=click.IntRange(0), metavar="DAY",
    help="Measure over the 7 days that end on this day; by itself the last 7 of each programme.",
)  # fmt: skip
@options.jobs
@options.out
@options.dry_run
@options.common
def compare(
    scenarios: tuple[str, ...], settings: tuple[str, ...], seed: int | None, seeds: int | None, last_day: int | None,
    jobs: int, out: Path | None, dry_run: bool, json: bool, quiet: bool, verbose: bool,
) -> None:
    """Read the scenarios, live them, print the table, and write figure and tables."""
    from peersim.analysis.arms import network_for
    from peersim.analysis.comparison import compare as compare_scenarios
    from peersim.analysis.comparison import windows_of
    from peersim.analysis.scenarios import read_scenarios
    from peersim.analysis.trial import lives_of
    from peersim.report.words import NO_FORECAST
    from peersim.simulate import warm_up

    if len(scenarios) < 2:
        raise click.UsageError("a comparison needs at least two scenarios, the first as the reference")
    named, warnings = read_scenarios(scenarios, settings)
    warn(warnings)
    n_seeds = 20 if seeds is None else seeds
    if dry_run:
        given = list(named.values())
        n_windows = len(set(windows_of(named, last_day).values()))
        lives = lives_of(given, windows=n_windows, keeps_stress=True)
        show_plan("compare", lives, network_for(given), n_seeds, jobs, warnings, as_json=json)
        return
    folder = folder_for(out)
    say_if_compiling()
    warm_up()
    with progress(n_seeds, "seeds") as advance:
        result = compare_scenarios(
            named, seeds=n_seeds, first_seed=seed, jobs=jobs, last_day=last_day, on_done=lambda: advance(1)
        )
    files = write_comparison(result, folder)
    if json:
        notes = [*result.notes, NO_FORECAST]
        print_json(document("compare", warnings, notes=notes, **as_document(result)))
    else:
        from peersim.report.comparison_table import comparison_table

        click.echo(comparison_table(result))
    say(f"wrote {', '.join(str(file) for file in files)}")


def as_document(result: Comparison) -> dict[str, object]:
    """A comparison as `--json` has it."""
    return {
        "seeds": list(result.seeds),
        "people": result.people,
        "network": result.summary,
        "arms": [
            {"name": arm.name, "outcomes": arm.outcomes, "dose": arm.dose, "structure": arm.structure.as_dict()}
            for arm in result.arms
        ],
        "windows": [
            {"arm": arm, "reference": reference, "days": [first, end - 1]}
            for (arm, reference), (first, end) in result.windows.items()
        ],
        "contrasts": [asdict(one) for one in result.found],
    }


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def write_comparison(result: Comparison, folder: Path) -> list[Path]:
    """Figure, tables and provenance of a comparison."""
    from peersim.report.comparison_figure import draw_comparison

    structure = [{"arm": arm.name, **arm.structure.as_row()} for arm in result.arms]
    return [
        *draw_comparison(result, folder),
        write_table(_columns([asdict(one) for one in result.found]), folder / "contrasts.csv"),
        write_table(_columns(structure), folder / "structure.csv"),
        write_table(result.stress_of_offered, folder / "stress_of_offered.csv"),
        write_provenance(result.provenance, folder / "comparison_provenance.json"),
    ]
