"""`peersim runs list`: the sweeps that there are, and the runs that failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peersim.cli import options
from peersim.cli.layout import Row, show_rows
from peersim.cli.output import document, print_json, say, warn
from peersim.cli.runs_folders import folder, folders_in

if TYPE_CHECKING:
    from peersim.runs.contents import Contents

HELP = """\b
Examples:
  peersim runs list
  peersim runs list results/frequency --failed

Every sweep in DIR and below it: runs done and failed, runs of other code (which no sweep uses any more), size, and
whether one is at work there now. With --failed every run that failed, why, and the command that lives it again. Only
looks, also while a sweep is at work.
"""


@click.command("list", help=HELP)
@folder
@click.option("--failed", is_flag=True, help="The runs that failed, one by one.")
@options.common
def list_(folder: Path, failed: bool, json: bool, quiet: bool, verbose: bool) -> None:
    """Look at every store, and say what is in it."""
    from peersim.runs.contents import contents_of

    found = [contents_of(one) for one in folders_in(folder)]
    warnings = [f"{told}; `peersim sweep` mends it" for one in found for told in one.wrong]
    if failed:
        _show_failed(found, warnings, as_json=json)
        return
    rows = [_row(one) for one in found]
    warn(warnings)
    if json:
        print_json(document("runs", warnings, sweeps=rows))
    elif not rows:
        say(f"{folder}: no runs are stored there, nor below; peersim sweep stores them")
    else:
        click.echo("\n".join(_table(rows)))


def _row(contents: Contents) -> dict[str, Any]:
    """One sweep as `--json` has it."""
    from peersim.runs.contents import size_of
    from peersim.sweeps.identity import code_identity
    from peersim.sweeps.rows import RUNS

    last = contents.sweeps[-1] if contents.sweeps else {}
    return {
        "folder": str(contents.folder),
        "experiment": last.get("experiment"),
        "done": contents.of_code(RUNS, code_identity()),
        "failed": contents.failed[RUNS],
        "of_other_code": contents.of_other_code(RUNS, code_identity()),
        "bytes": size_of(contents.folder),
        "last_sweep": last.get("time"),
        "held_by": contents.holder,
        "readable": not contents.wrong,
    }


def _table(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    from peersim.report.grid import grid

    heads = ("experiment", "runs", "failed", "of other\ncode", "MB", "last sweep", "now")
    yield from grid("folder", heads, [(row["folder"], _cells(row)) for row in rows])


def _cells(row: dict[str, Any]) -> list[str]:
    last = row["last_sweep"]
    return [
        row["experiment"] or "–",
        f"{row['done']:,}",
        f"{row['failed']:,}",
        f"{row['of_other_code']:,}",
        f"{row['bytes'] / 1e6:,.1f}",
        datetime.fromisoformat(last).astimezone().strftime("%Y-%m-%d %H:%M") if last else "–",
        "at work" if row["held_by"] else "",
    ]


def _show_failed(found: Sequence[Contents], warnings: list[str], *, as_json: bool) -> None:
    """The failed runs of all sweeps, as far as their tables tell."""
    from peersim.sweeps.failed_runs import failed_runs
    from peersim.sweeps.last_tables import last_tables
    from peersim.sweeps.rows import RUNS

    rows: list[Row] = []
    for one in found:
        tables = last_tables(one.folder)
        if "runs" in tables.names:
            rows += [{"folder": str(one.folder), **row} for row in failed_runs(tables.file("runs"))]
        if one.failed[RUNS] and not tables.are_all(one):
            warnings.append(
                f"{one.folder}: its last sweep has not ended, so that not all is told; `peersim sweep EXPERIMENT "
                f"--tables -o {one.folder}` writes tables of what is there"
            )
    warn(warnings)
    if as_json:
        print_json(document("runs", warnings, failed_runs=rows))
    elif rows:
        show_rows(rows, _entry)
    else:
        say("no run failed")


def _entry(row: Row) -> tuple[str, str]:
    return f"{row['folder']}: point {row['point']}, {row['arm']}, seed {row['seed']}", (
        f"{row['status']}: {row['error']}; {row['replay']}"
    )
