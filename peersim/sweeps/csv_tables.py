"""Tables as CSV: numbers in full, so that they come back as they were; what is not defined is left empty."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from peersim.runs.store_errors import StoreError
from peersim.sweeps.last_tables import LastTables
from peersim.sweeps.own_folder import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa


def export_csv(
    tables: LastTables, names: Iterable[str], folder: Path, on_rows: Callable[[int], None] = lambda n: None
) -> list[Path]:
    """Write these tables, and what their columns mean, to a folder, which is made; the files that were written.

    on_rows  is called with the number of rows that were just written

    A part of a table is held at a time. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(tables.file(name), folder / f"{name}.csv", on_rows) for name in names]
    columns = tables.folder / COLUMNS
    if columns.is_file() and folder.resolve() != tables.folder.resolve():
        written.append(Path(shutil.copyfile(columns, folder / COLUMNS)))
    return written


def _write(table: Path, file: Path, on_rows: Callable[[int], None]) -> Path:
    """One table, in place of an earlier one once it is whole."""
    import pyarrow as pa
    from pyarrow import csv as pa_csv
    from pyarrow import parquet

    unfinished = file.with_name(f".{file.name}.unfinished")
    without_header = pa_csv.WriteOptions(include_header=False)
    try:
        with parquet.ParquetFile(table) as rows, unfinished.open("wb") as stream:
            stream.write(_header(rows.schema_arrow.names))
            for k in range(rows.num_row_groups):
                group = rows.read_row_group(k)
                pa_csv.write_csv(_with_nulls(group), stream, without_header)
                on_rows(group.num_rows)
        unfinished.replace(file)
    except pa.ArrowInvalid:
        raise StoreError(f"{table}: is damaged; the command of the sweep writes it anew") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return file


def _header(names: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(names)
    return line.getvalue().encode()


def _with_nulls(rows: pa.Table) -> pa.Table:
    """What is no number as null, which is written as nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = [
        pc.if_else(pc.is_nan(column), None, column) if pa.types.is_floating(column.type) else column
        for column in rows.columns
    ]
    return pa.table(columns, names=rows.schema.names)
