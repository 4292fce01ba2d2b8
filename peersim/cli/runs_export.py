"""`peersim runs export`: the tables of a sweep as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from peersim.cli import options
from peersim.cli.output import document, print_json, progress, say, warn
from peersim.cli.runs_folders import folder, some_folders_in
from peersim.sweeps.own_folder import TABLES

HELP = """\b
Examples:
  peersim runs export results/frequency
  peersim runs export results/frequency --table runs --table contrasts -o tables

The tables of a sweep as CSV, with columns.csv, which says what their columns mean. Numbers stand in full, so that they
come back as they were; what is not defined is an empty cell.
"""


@click.command(help=HELP)
@folder
@click.option("--table", "names", type=click.Choice(TABLES), multiple=True, help="Only this one; may be given again.")
@click.option(
    "-o", "--out", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="By itself DIR/csv."
)
@options.common
def export(
    folder: Path, names: tuple[str, ...], out: Path | None, json: bool, quiet: bool, verbose: bool
) -> None:
    """Write the tables of all folders, each beside its own."""
    found = some_folders_in(folder)
    if out is not None and len(found) > 1:
        raise click.UsageError(f"-o is for the tables of one sweep, and {folder} has {len(found)}; name one of them")
    warnings, written = [], list[Path]()
    for one in found:
        warnings += _remarks(one)
        written += _exported(one, names, one / "csv" if out is None else out)
    warn(warnings)
    if json:
        print_json(document("runs", warnings, files=[str(file) for file in written]))
    else:
        say(f"wrote {', '.join(str(file) for file in written)}")


def _remarks(folder: Path) -> list[str]:
    from peersim.runs.contents import contents_of
    from peersim.sweeps.last_tables import last_tables

    tables = last_tables(folder)
    if tables.names and not tables.are_all(contents_of(folder)):
        return [f"{folder}: the last sweep has not ended; these are the tables of the one before"]
    return []


def _exported(folder: Path, asked: tuple[str, ...], out: Path) -> list[Path]:
    """Raises StoreError where a table is not there."""
    from pyarrow import parquet

    from peersim.runs.store_errors import StoreError
    from peersim.sweeps.csv_tables import export_csv
    from peersim.sweeps.last_tables import last_tables, must_have_tables

    tables = last_tables(folder)
    must_have_tables(tables)
    for name in asked:
        if name not in tables.names:
            there = ", ".join(tables.names)
            raise StoreError(f"{folder}: has no table {name}, only {there}; [record] says what is kept")
    names = list(dict.fromkeys(asked)) or tables.names
    with progress(sum(parquet.read_metadata(tables.file(name)).num_rows for name in names), "rows") as advance:
        return export_csv(tables, names, out, advance)
