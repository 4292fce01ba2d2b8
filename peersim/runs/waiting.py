"""Rows of one table that wait to be stored: each is looked at when it comes, so that none can spoil a whole shard."""

from __future__ import annotations

from builtins import id as id_of
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from peersim.runs.shards import ID_BYTES, with_id

_TOGETHER = 64
"""Rows that are put together to one array: alone, each takes twenty kilobytes beside what is in it."""


class Waiting:
    """The rows by their ids, in the order in which they came: the code that made each, an array, its place in that."""

    def __init__(self, table: str, schema: Any) -> None:
        import pyarrow as pa

        self._table = table
        self._schema = with_id(schema)
        self._kind = pa.struct(list(self._schema))
        self._names = frozenset(schema.names)
        self._needed = [field.name for field in schema if not field.nullable]
        self._whole = [field.name for field in schema if pa.types.is_integer(field.type)]
        self._single: list[bytes] = []
        self.rows: dict[bytes, tuple[str, Any, int]] = {}

    def add(self, id: bytes, row: Mapping[str, Any], code: str) -> None:
        """Keep a copy of a row. Raises ValueError or TypeError if it does not fit the table's columns."""
        import pyarrow as pa

        if len(id) != ID_BYTES:
            raise ValueError(f"{self._table}: an id has {ID_BYTES} bytes, not {len(id)}")
        if row.keys() != self._names:
            lacking, unknown = sorted(self._names - row.keys()), sorted(row.keys() - self._names)
            raise ValueError(f"{self._table}: a row lacks the columns {lacking} and has unknown ones {unknown}")
        for name in self._needed:
            if row[name] is None:
                raise ValueError(f"{self._table}.{name}: must not be null")
        for name in self._whole:  # pyarrow would cut the fraction off
            if row[name] is not None and row[name] != int(row[name]):
                raise ValueError(f"{self._table}.{name} = {row[name]}: must be a whole number")
        try:
            self.rows[id] = code, pa.array([{**row, "id": id}], self._kind), 0
        except (pa.ArrowException, OverflowError) as error:
            raise ValueError(f"{self._table}: a row does not fit its columns: {error}") from error
        self._single.append(id)
        if len(self._single) == _TOGETHER:
            self._put_together()

    def _put_together(self) -> None:
        import pyarrow as pa

        single = [id for id in dict.fromkeys(self._single) if id in self.rows]  # others were stored meanwhile
        self._single.clear()
        if single:
            array = pa.concat_arrays([self.rows[id][1] for id in single])
            self.rows |= {id: (self.rows[id][0], array, place) for place, id in enumerate(single)}

    def codes(self) -> dict[str, list[bytes]]:
        """The ids made with each code version."""
        made: dict[str, list[bytes]] = {}
        for id, (code, _, _) in self.rows.items():
            made.setdefault(code, []).append(id)
        return made

    def taken(self, ids: Sequence[bytes]) -> Any:
        """A pyarrow.Table of these rows, in this order, the id first."""
        import pyarrow as pa

        if not ids:
            return self._schema.empty_table()
        arrays = {id_of(array): array for _, array, _ in (self.rows[id] for id in ids)}
        ends = accumulate(map(len, arrays.values()), initial=0)
        start = dict(zip(arrays, ends, strict=False))
        places = [start[id_of(array)] + place for _, array, place in (self.rows[id] for id in ids)]
        one = pa.concat_arrays(arrays.values()).take(pa.array(places, pa.int64()))
        return pa.Table.from_batches([pa.RecordBatch.from_struct_array(one)]).cast(self._schema)
