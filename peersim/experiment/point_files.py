"""Points from a table: a column for each parameter, named in full, and a row for each point."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from peersim.checking import spec_of, told_of
from peersim.locate import Key
from peersim.overrides import as_toml_reads
from peersim.parameters import Spec
from peersim.toml_files import shown_path

_DELIMITERS = (",", ";", "\t")


class PointFileError(ValueError):
    """A table that holds no points; `line` is where, 0 for the whole file."""

    def __init__(self, message: str, suggestion: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message, self.suggestion, self.line = message, suggestion, line


@dataclass(frozen=True)
class Table:
    """A file's cells, as texts (.csv) or values (.parquet), by column. lines  of each row, where a file has lines"""

    columns: dict[str, Sequence[Any]]
    lines: Sequence[int]


def read_table_file(path: Path) -> Table:
    """The columns of a .csv or .parquet file. Raises PointFileError if it is none."""
    if not path.is_file():
        hint = "it is looked for from the experiment's folder"
        raise PointFileError(f"{shown_path(path)}: there is no such file", hint)
    if path.suffix == ".parquet":
        table = _parquet(path)
    elif path.suffix == ".csv":
        table = _csv(path)
    else:
        raise PointFileError(f"{shown_path(path)}: is neither .csv nor .parquet", "save the table as .csv")
    if not table.columns or not len(next(iter(table.columns.values()))):
        raise PointFileError(f"{shown_path(path)}: has no rows, and each row is a point")
    return table


def _csv(path: Path) -> Table:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "these bytes are no UTF-8 text"
        raise PointFileError(f"{shown_path(path)}: cannot be read as a table ({why})") from None
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(text.splitlines(), delimiter=delimiter, strict=True)
    rows, lines = [], []
    try:
        names = [name.strip() for name in next(reader, [])]
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) != len(names):
                    raise PointFileError(
                        f"must have {len(names)} cells, as many as the first line, not {len(row)}",
                        "put a cell that holds a comma in quotation marks" if delimiter == "," else "",
                        reader.line_num,
                    )
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        raise PointFileError(f"cannot be read as a table ({error})", line=reader.line_num) from None
    if len(set(names)) < len(names) or not all(names):
        raise PointFileError("every column needs a name of its own in the first line", line=1)
    return Table({name: [row[k] for row in rows] for k, name in enumerate(names)}, lines)


def _parquet(path: Path) -> Table:
    import pandas as pd

    try:
        frame = pd.read_parquet(path)
    except ImportError:
        raise PointFileError(
            f"{shown_path(path)}: pyarrow, which reads .parquet, is not installed", "save the table as .csv"
        ) from None
    except Exception as error:  # whatever its reader finds wrong with the bytes
        why = str(error).strip().splitlines()[0][:100] if str(error).strip() else type(error).__name__
        raise PointFileError(f"{shown_path(path)}: cannot be read as a table ({why})") from None
    return Table({str(name): frame[name].tolist() for name in frame.columns}, ())


def read_column(target: Key, cells: Sequence[Any]) -> tuple[Any, list[tuple[int, Any, str, str]]]:
    """The values of one column, as an array or a tuple; and what is wrong: row from 0, cell, message and suggestion."""
    spec, values, wrong = spec_of(target), [], []
    for row, cell in enumerate(cells):
        value = _value(spec, cell)
        if not _is_plainly_fine(spec, value) and (told := told_of(target, value)) is not None:
            message = "an empty cell" if cell is None or cell == "" else told.message
            wrong.append((row, cell, message, told.suggestion if message == told.message else "write its value"))
        values.append(value)
    return _packed(values), wrong


def _value(spec: Spec | None, cell: Any) -> Any:
    """A cell as the parameter's type: texts stay, all else is read as TOML; 7.0 is 7 where it counts something."""
    default = spec.default if spec is not None else 0.0
    value = cell
    if isinstance(cell, str):
        text = cell.strip()
        found = None if isinstance(default, str) else as_toml_reads(text.lower() if isinstance(default, bool) else text)
        value = text if found is None else found
    elif isinstance(cell, np.ndarray):
        value = cell.tolist()
    is_count = isinstance(default, int) and not isinstance(default, bool)
    if is_count and isinstance(value, float) and value.is_integer():
        return int(value)
    return tuple(value) if isinstance(value, list) else value


def _is_plainly_fine(spec: Spec | None, value: Any) -> bool:
    """Whether a glance is enough, as it is for nearly all of a million cells."""
    if spec is None or spec.within is None or type(spec.default) is not type(value) or isinstance(value, str | tuple):
        return False
    low, high = spec.within
    return bool((low is None or value >= low) and (high is None or value <= high) and abs(value) < 1e300)


def _packed(values: list[Any]) -> Any:
    """Numbers of one type as an array, which takes a tenth of the room."""
    kinds = {type(value) for value in values}
    if kinds == {float} or (kinds == {int} and all(abs(value) < 2**63 for value in values)):
        return np.array(values)
    return tuple(values)
