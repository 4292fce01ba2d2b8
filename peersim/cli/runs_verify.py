"""`peersim runs verify`: is everything still, byte for byte, what was written?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from peersim.cli import options
from peersim.cli.exits import Exit
from peersim.cli.output import document, print_json, progress, say
from peersim.cli.runs_folders import folder, some_folders_in

HELP = """\b
Example:
  peersim runs verify results/frequency

Every file of runs, and every table, against its sha256. Only looks, also while a sweep is at work. What is damaged is
put aside and made again by the sweep's own command, given once more. Ends with 1 if something is damaged.
"""


@click.command(help=HELP)
@folder
@options.common
def verify(folder: Path, json: bool, quiet: bool, verbose: bool) -> None:
    """Look through all folders, and tell each damage."""
    rows = [_row(one) for one in some_folders_in(folder)]
    n_damages = sum(len(row["damages"]) for row in rows)
    if json:
        print_json(document("runs", sweeps=rows, intact=n_damages == 0))
    else:
        click.echo("\n".join(line for row in rows for line in _lines(row)))
    if n_damages:
        say("give the command of the sweep again: it makes what is damaged anew")
        click.get_current_context().exit(Exit.SOME_RUNS_FAILED)


def _row(folder: Path) -> dict[str, Any]:
    """One folder as `--json` has it."""
    from peersim.runs.contents import contents_of
    from peersim.runs.looking_through import damaged_among, shards_in
    from peersim.sweeps.last_tables import last_tables

    shards, damages = shards_in(folder)
    with progress(len(shards), "files") as advance:
        damages += damaged_among(shards, advance)
    tables, contents = last_tables(folder), contents_of(folder)
    is_at_rest = contents.holder is None
    if is_at_rest:  # else they may be just being written
        damages += tables.damages()
    return {
        "folder": str(folder),
        "shards": len(shards),
        "tables": tables.names if is_at_rest else [],
        "damages": [{"file": str(one.file), "wrong": one.wrong, "records": one.records} for one in damages],
        "sentences": [str(one) for one in damages],
        "quarantine_bytes": contents.aside,
        "held_by": contents.holder,
    }


def _lines(row: dict[str, Any]) -> list[str]:
    looked_at = f"{row['shards']:,} files of runs"
    looked_at += f" and the tables {', '.join(row['tables'])}" if row["tables"] else ""
    if row["held_by"]:
        looked_at += "; a sweep is at work there, so its tables are not looked at"
    if row["quarantine_bytes"]:
        looked_at += "; what a sweep found damaged lies in store/quarantine, and `peersim runs prune` removes it"
    verdict = "nothing is damaged" if not row["damages"] else f"{len(row['damages'])} damaged"
    return [f"{row['folder']}: {verdict} in {looked_at}", *(f"  {told}" for told in row["sentences"])]
