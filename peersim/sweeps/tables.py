"""From the store to tidy tables, in the order of points, arms and seeds, whatever was lived when and where.

Tables are written block by block, so that a million runs take no more memory than a thousand, and take the place of
earlier ones only when they are whole.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import peersim
from peersim.runs.shards import packing
from peersim.runs.store import Store
from peersim.sweeps.blocks import (
    Address,
    Values,
    address_columns,
    contrasts_block,
    people_block,
    runs_block,
    timeline_block,
)
from peersim.sweeps.columns import (
    Column,
    contrast_columns,
    people_columns,
    run_columns,
    schema_of,
    timeline_columns,
)
from peersim.sweeps.identity import contrast_id
from peersim.sweeps.plan import SweepPlan
from peersim.sweeps.rows import CONTRASTS, RUNS
from peersim.sweeps.varied import varied_columns

if TYPE_CHECKING:
    import pyarrow as pa

_A_GROUP = 500_000
"""Cells that are written together: until its end a file's writer keeps a kilobyte for each column of each group."""
Made = Callable[[list[Address]], Values]
"""The columns of a block."""


@dataclass(frozen=True)
class Table:
    """A table to be written.

    source   the table of the store that it comes from
    a_block  how many rows of the store are put together at a time
    made     the columns of a block, with fewer names than `columns` where the rest is empty
    """

    name: str
    source: str
    a_block: int
    columns: Sequence[Column]
    made: Made


def tables_of(plan: SweepPlan, store: Store, replay: Callable[[Address], str]) -> list[Table]:
    """The tables of a sweep: runs, and timeline, contrasts and people as far as they are recorded.

    replay  the command that lives a failed run again
    """
    varied = varied_columns(plan.experiment.points)

    def stored(source: str, block: list[Address]) -> pa.Table:
        return store.rows(source, [one.id for one in block])

    failed = store.failures(RUNS)

    def runs(block: list[Address]) -> Values:
        return _runs(plan, store, failed, block, varied, replay)

    found = [Table("runs", RUNS, 2000, run_columns(varied), runs)]
    if plan.recorder.timeline:
        columns = timeline_columns(varied)
        made: Made = lambda block: timeline_block(plan, block, stored(RUNS, block), varied)  # noqa: E731
        found.append(Table("timeline", RUNS, 200, columns, made))
    if plan.pairs:
        columns = contrast_columns(varied)
        made = lambda block: contrasts_block(plan, block, stored(CONTRASTS, block), varied)  # noqa: E731
        found.append(Table("contrasts", CONTRASTS, 500, columns, made))
    if plan.recorder.people:
        columns = people_columns(varied, plan.recorder.people)
        made = lambda block: people_block(plan, block, stored(RUNS, block), varied)  # noqa: E731
        found.append(Table("people", RUNS, 10, columns, made))
    return found


def write_table(table: Table, plan: SweepPlan, seeds: NDArray[np.int64], store: Store, file: Path) -> int:
    """Write one table, as far as there are results; returns how many rows it has.

    seeds  (n_points,) how many seeds of each point are in it
    """
    from pyarrow import parquet

    about = {"peersim": peersim.__version__, "code": plan.code, "experiment": plan.experiment.name, "table": table.name}
    schema = schema_of(table.columns, about)
    failed = store.failures(table.source) if table.name == "runs" else {}
    there = (one for one in addresses(plan, seeds, table.source) if store.has(table.source, one.id) or one.id in failed)
    unfinished, n = file.with_name(f".{file.name}.unfinished"), 0
    try:
        with parquet.ParquetWriter(unfinished, schema, **packing(schema)) as writer:
            for group in _groups(_filled(table, list(block), schema) for block in batched(there, table.a_block)):
                writer.write_table(group, row_group_size=max(1, group.num_rows))
                n += group.num_rows
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(file)
    except OSError as error:  # Arrow's own does not name the file
        raise OSError(error.errno, os.strerror(error.errno or errno.EIO), str(file)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return n


def _filled(table: Table, block: list[Address], schema: pa.Schema) -> pa.Table:
    """A block with all columns of the table."""
    import pyarrow as pa

    values = table.made(block)
    length = len(values["point"])
    arrays = [values[name] if name in values else pa.nulls(length) for name in schema.names]
    return pa.table([_column(a, t) for a, t in zip(arrays, schema.types, strict=True)], schema=schema)


def _groups(blocks: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Blocks put together, as many as are written at a time."""
    import pyarrow as pa

    group: list[pa.Table] = []
    for block in blocks:
        group.append(block)
        if sum(one.num_rows * one.num_columns for one in group) >= _A_GROUP:
            yield pa.concat_tables(group)
            group = []
    if group:
        yield pa.concat_tables(group)


def addresses(plan: SweepPlan, seeds: NDArray[np.int64], source: str) -> Iterator[Address]:
    """Every row that a table of the store should have for this plan, in order."""
    if source == RUNS:
        for point in range(plan.n_points):
            for a in range(len(plan.arms)):
                for k in range(int(seeds[point])):
                    yield Address(point, a, -1, plan.seed(k), plan.run(point, a, plan.seed(k)))
        return
    for point in range(plan.n_points):
        for a, r in plan.pairs:
            for k in range(int(seeds[point])):
                seed = plan.seed(k)
                id_ = contrast_id(plan.run(point, a, seed), plan.run(point, r, seed))
                yield Address(point, a, r, seed, id_)


def _runs(
    plan: SweepPlan, store: Store, failed: Mapping[bytes, tuple[str, str]], block: list[Address],
    varied: Sequence[Column], replay: Callable[[Address], str],
) -> Values:
    """A row a run; a failed one has its reason and its command instead of numbers."""
    import pyarrow as pa

    done = [one for one in block if store.has(RUNS, one.id)]
    place = {one.id: k for k, one in enumerate(done)}
    where = pa.array([place.get(one.id) for one in block], pa.int64())
    numbers = runs_block(store.rows(RUNS, [one.id for one in done]))
    why = [("done", None) if one.id in place else failed[one.id] for one in block]
    return {
        **address_columns(plan, block, varied, np.ones(len(block), np.int64)),
        "run": pa.array([one.id.hex() for one in block]),
        "status": pa.array([kind for kind, _ in why]),
        **{name: (pa.array(v) if isinstance(v, np.ndarray) else v).take(where) for name, v in numbers.items()},
        "error": pa.array([message for _, message in why], pa.string()),
        "replay": pa.array([None if one.id in place else replay(one) for one in block], pa.string()),
    }


def _column(values: object, kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return (values if isinstance(values, pa.Array) else pa.array(values)).cast(kind)
