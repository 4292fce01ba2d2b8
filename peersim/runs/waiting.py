"""Rows of one table that wait to be stored: each is looked at when it comes, so that none can spoil a whole shard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peersim.runs.shards import ID_BYTES, with_id


class Waiting:
    """The rows by their ids, in the order in which they came, each with the code version that made it."""

    def __init__(self, table: str, schema: Any) -> None:
        import pyarrow as pa

        self._table = table
        self._schema = with_id(schema)
        self._kind = pa.struct(list(self._schema))
        self._names = frozenset(schema.names)
        self._needed = [field.name for field in schema if not field.nullable]
        self._whole = [field.name for field in schema if pa.types.is_integer(field.type)]
        self.rows: dict[bytes, tuple[str, Any]] = {}

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
            self.rows[id] = code, pa.array([{**row, "id": id}], self._kind)
        except (pa.ArrowException, OverflowError) as error:
            raise ValueError(f"{self._table}: a row does not fit its columns: {error}") from error

    def codes(self) -> dict[str, list[bytes]]:
        """The ids made with each code version."""
        made: dict[str, list[bytes]] = {}
        for id, (code, _) in self.rows.items():
            made.setdefault(code, []).append(id)
        return made

    def taken(self, ids: Sequence[bytes]) -> Any:
        """A pyarrow.Table of these rows, in this order, the id first."""
        import pyarrow as pa

        if not ids:
            return self._schema.empty_table()
        one = pa.concat_arrays([self.rows[id][1] for id in ids])
        return pa.Table.from_batches([pa.RecordBatch.from_struct_array(one)]).cast(self._schema)
