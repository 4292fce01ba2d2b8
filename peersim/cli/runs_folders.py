"""Which folders a command of `peersim runs` is about."""

from __future__ import annotations

from pathlib import Path

import click

from peersim.cli.files import DEFAULT_FOLDER

folder = click.argument(
    "folder", metavar="[DIR]", default=DEFAULT_FOLDER, type=click.Path(file_okay=False, path_type=Path)
)


def folders_in(root: Path) -> list[Path]:
    """The folders with runs, this one or below it. A folder that is named, and is not there, is a wrong use."""
    from peersim.runs.contents import folders_with_stores

    if not root.is_dir() and root != DEFAULT_FOLDER:
        raise click.UsageError(f"{root}: there is no such folder; `peersim runs list` shows those that hold runs")
    return folders_with_stores(root)


def some_folders_in(root: Path) -> list[Path]:
    """The same. Raises StoreError if there is none."""
    from peersim.runs.store_errors import StoreError

    found = folders_in(root)
    if not found:
        raise StoreError(f"{root}: no runs are stored there, nor below; name the folder that a sweep was given with -o")
    return found
