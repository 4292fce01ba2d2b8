"""`peersim validate`: the model against its bands and published effects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peersim.cli import options
from peersim.cli.files import folder_for, write_provenance, write_table
from peersim.cli.output import document, print_json, progress, say, say_if_compiling, warn
from peersim.cli.planning import show_plan

if TYPE_CHECKING:
    from peersim.validation.board import Board, Row

HELP = """\b
Examples:
  peersim validate -o results
  peersim validate my_town.toml --bands my_bands.toml --seeds 40

The model against its bands and published effects: each quantity with its 95 % interval over seeds, its band, where
that comes from, and whether it is met. Nothing that is missed is left out. By itself the SCENARIO is baseline; its own
programmes are left out, and those that bands speak of are tried on its people.
"""


@click.command(help=HELP)
@click.argument("scenario", default="baseline")
@click.option(
    "--bands", "files", type=click.Path(path_type=Path), metavar="FILE", multiple=True,
    help="Bands of your own, which take the place of those for the same quantity; may be given several times.",
)  # fmt: skip
@options.settings
@options.seed
@options.seeds
@options.jobs
@options.out
@options.dry_run
@options.common
def validate(
    scenario: str, files: tuple[Path, ...], settings: tuple[str, ...], seed: int | None, seeds: int | None, jobs: int,
    out: Path | None, dry_run: bool, json: bool, quiet: bool, verbose: bool,
) -> None:
    """Read scenario and bands, live what they ask for, print the board, and write figure and table."""
    from peersim.analysis.arms import network_for
    from peersim.analysis.scenarios import read_scenarios
    from peersim.report.words import NO_FORECAST
    from peersim.simulate import warm_up
    from peersim.validation.bands import read_bands
    from peersim.validation.board import MEANT_SEEDS
    from peersim.validation.board import validate as hold_against_bands
    from peersim.validation.lives import asked_for

    named, warnings = read_scenarios((scenario,), settings)
    warn(warnings)
    [(name, read)] = named.items()
    n_seeds = MEANT_SEEDS if seeds is None else seeds
    asked = asked_for(read, read_bands(files))
    if dry_run:
        show_plan("validate", asked.lives, network_for([asked.everyday]), n_seeds, jobs, warnings, as_json=json)
        return
    folder = folder_for(out)
    say_if_compiling()
    warm_up()
    with progress(n_seeds, "seeds") as advance:
        board = hold_against_bands(
            read, name=name, seeds=n_seeds, first_seed=seed, jobs=jobs, files=files, on_done=lambda: advance(1)
        )
    written = write_board(board, folder)
    if json:
        print_json(document("validate", warnings, notes=[*board.notes, NO_FORECAST], **as_document(board)))
    else:
        from peersim.report.validation_table import validation_table

        click.echo(validation_table(board))
    say(f"wrote {', '.join(str(file) for file in written)}")


def as_document(board: Board) -> dict[str, object]:
    """A board as `--json` has it."""
    from peersim.validation.effects import EFFECTS, RATIOS

    of_programmes = [row for row in board.rows if row.group in (EFFECTS, RATIOS)]
    return {
        "scenario": board.name,
        "seeds": list(board.seeds),
        "people": board.people,
        "network": board.summary,
        "verdict": board.verdict,
        "bands": [_as_dict(row) for row in board.rows if row not in of_programmes],
        "programmes": [_as_dict(row) for row in of_programmes],
    }


def _as_dict(row: Row) -> dict[str, Any]:
    """One row: value and its interval, then the band (null where it is open) and where it comes from."""
    band = row.band
    return {
        "quantity": band.quantity, "relative_to": band.relative_to, "label": row.label, "value": row.value,
        "interval_low": row.low, "interval_high": row.high, "seeds": row.seeds, "low": band.low, "high": band.high,
        "unit": row.unit, "basis": band.known_by, "source": band.source, "status": row.status,
    }  # fmt: skip


def write_board(board: Board, folder: Path) -> list[Path]:
    """Figure, table and provenance of a board."""
    from peersim.report.validation_figure import draw_validation

    rows = [_as_dict(row) for row in board.rows]
    return [
        *draw_validation(board, folder),
        write_table({name: [row[name] for row in rows] for name in rows[0]}, folder / "validation.csv"),
        write_provenance(board.provenance, folder / "validation_provenance.json"),
    ]
