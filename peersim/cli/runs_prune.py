"""`peersim runs prune`: let go of what no table needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peersim.cli import options
from peersim.cli.output import document, print_json
from peersim.cli.runs_folders import folder, some_folders_in

if TYPE_CHECKING:
    from peersim.sweeps.needed import Needless

HELP = """\b
Examples:
  peersim runs prune results/frequency --dry-run
  peersim runs prune results/frequency

Removes runs of other code than the last sweep had, runs that the last sweep's tables do not hold (of another
experiment, or of values that it no longer has), and what was found damaged and put aside. Where the last sweep has not
ended nothing says which of its runs are needed, and all of them stay. The tables themselves stay as they are.
"""


@click.command(help=HELP)
@folder
@click.option("-n", "--dry-run", is_flag=True, help="Only say what would go.")
@options.common
def prune(folder: Path, dry_run: bool, json: bool, quiet: bool, verbose: bool) -> None:
    """Go through all folders, and tell what was freed."""
    rows = [(_looked_at if dry_run else _pruned)(one) for one in some_folders_in(folder)]
    if json:
        print_json(document("runs", dry_run=dry_run, sweeps=rows))
    else:
        click.echo("\n".join(_line(row, is_trial=dry_run) for row in rows))


def _looked_at(folder: Path) -> dict[str, Any]:
    """What would go."""
    from peersim.sweeps.needed import needless_in

    return _row(folder, needless_in(folder))


def _pruned(folder: Path) -> dict[str, Any]:
    """What has gone."""
    from peersim.sweeps.needed import prune as let_go

    return _row(folder, let_go(folder))


def _row(folder: Path, found: Needless) -> dict[str, Any]:
    """One folder as `--json` has it."""
    return {
        "folder": str(folder),
        "rows_of_other_code": found.of_other_code.total(),
        "rows_of_others": found.of_others.total(),
        "bytes": found.bytes,
        "last_sweep_ended": found.is_known,
    }


def _line(row: dict[str, Any], *, is_trial: bool) -> str:
    """One folder in a sentence or two."""
    n_code, n_others = row["rows_of_other_code"], row["rows_of_others"]
    told = f"{n_code:,} rows of other code and {n_others:,} that no table holds"
    freed = f"{row['bytes'] / 1e6:,.1f} MB"
    if is_trial:
        line = f"{row['folder']}: {told} would go, about {freed}"
    else:
        line = f"{row['folder']}: {told} are gone, {freed} are free"
    if not row["bytes"] and not n_code and not n_others:
        line = f"{row['folder']}: nothing to prune"
    if not row["last_sweep_ended"]:
        line += "; its last sweep has not ended, so that all that its code made stays; "
        line += "give its command again, as it was or with --tables"
    return line
