"""The points that a file lists: opened, and its cells checked by the declarations of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from peersim.experiment.designs import Rows
from peersim.experiment.document import Document
from peersim.experiment.factors import Factor, target_of
from peersim.experiment.point_files import PointFileError, Table, read_column, read_table_file
from peersim.experiment.where import NUMBER, kind_of
from peersim.locate import Key
from peersim.mistakes import IN_A_COMMAND, Place, Problem
from peersim.toml_files import shown_path
from peersim.wrong_values import shown

MOST_TOLD = 10
"""Cells that cannot be read, and are told one by one."""


def open_points_file(doc: Document) -> Table | None:
    """The table of points that the sweep names; None, and noted, if there is none to be read."""
    file = doc.at(("sweep", "file"))
    if doc.at(("sweep", "design")) != "file" or not isinstance(file, str) or not file:
        return None
    path = path_of(doc)
    try:
        return read_table_file(path)
    except PointFileError as error:
        if error.line:
            doc.note(Problem("", error.message, error.suggestion, "", shown_path(path), error.line))
        else:
            doc.refuse(("sweep", "file"), error.message, error.suggestion)
    return None


def path_of(doc: Document) -> Path:
    """The file of points: from the experiment's folder, or where a command names it from the current one."""
    key: Key = ("sweep", "file")
    folder = Path() if doc.place(key).file.startswith(IN_A_COMMAND) else doc.folder
    return folder / Path(str(doc.at(key))).expanduser()


def points_in(doc: Document, table: Table, names: Sequence[str]) -> tuple[tuple[Factor, ...], Rows | None]:
    """What varies, and the points, of the columns that are parameters; no points, and noted, if a cell is wrong."""
    file = shown_path(path_of(doc))
    columns, factors, n_wrong = [], [], 0
    for name in names:
        values, wrong = read_column(target_of(name), table.columns[name])
        for row, cell, message, suggestion in wrong[: max(0, MOST_TOLD - n_wrong)]:
            place = Place(file, table.lines[row] if table.lines else 0)
            given = "" if cell is None or cell == "" else shown(cell)
            doc.note(Problem(name, f"row {row + 1}: {message}", suggestion, given, *place))
        n_wrong += len(wrong)
        columns.append(values)
        kind = NUMBER if isinstance(values, np.ndarray) else kind_of(values)
        factors.append(Factor(name, target_of(name), None, (Place(file, 1 if table.lines else 0),), kind))
    if n_wrong > MOST_TOLD:
        doc.note(Problem("", f"{n_wrong - MOST_TOLD:,} more cells cannot be read", file=file))
    return tuple(factors), Rows(tuple(columns)) if columns and not n_wrong else None
