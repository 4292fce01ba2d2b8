"""Shards: files of some hundred or thousand rows, named by what is in them, and read only if they still hold it.

A shard is a Parquet file <table>-<first 16 hexadecimal digits of its sha256>.parquet with the table's columns behind
one more, `id`. Its own description says the table, the code version of its rows, and the notes of its time: all that a
lost journal needs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from peersim.runs.journal import Shard
from peersim.runs.store_errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa

ID_BYTES = 16
AT_MOST = 16 * 2**20
"""Bytes of decoded shards that are kept, to be read again."""
_ABOUT = b"peersim.shard"
_NAME = re.compile(r"(?P<table>\w+)-(?P<digest>[0-9a-f]{16})\.parquet")


class About(NamedTuple):
    """What a shard says of itself; `flushed` counts the shards of its journal before it."""

    table: str
    code: str
    flushed: int
    notes: dict[str, str]


def with_id(schema: pa.Schema) -> pa.Schema:
    """A table's columns behind the id. Raises ValueError if they have one of that name."""
    import pyarrow as pa

    if "id" in schema.names:
        raise ValueError("a table has no column `id`: the store keeps one beside its columns")
    return pa.schema([pa.field("id", pa.binary(ID_BYTES), nullable=False), *schema])


def encoded(table: pa.Table, about: About) -> tuple[Shard, bytes]:
    """A shard of these rows, `id` among the columns, and the content of its file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    described = table.replace_schema_metadata({_ABOUT: json.dumps(about._asdict())})
    file = pa.BufferOutputStream()
    pq.write_table(described, file, write_statistics=False, **packing(described.schema))
    content: bytes = file.getvalue().to_pybytes()
    digest = hashlib.sha256(content).hexdigest()
    name = f"{about.table}-{digest[:16]}.parquet"
    return Shard(name, about.table, about.code, digest, len(content), table.num_rows), content


def packing(schema: pa.Schema) -> dict[str, Any]:
    """How columns are packed, for a Parquet writer: measured numbers byte by byte, all else by its distinct values.

    Looking for equal ones among measured numbers takes four times as long, and more room.
    """
    import pyarrow as pa

    def holds(field: pa.Field) -> pa.DataType:
        return field.type.value_type if pa.types.is_list(field.type) else field.type

    measured = {field.name for field in schema if pa.types.is_floating(holds(field))}
    lists = {field.name for field in schema if pa.types.is_list(field.type)}
    leaves = {name: f"{name}.list.element" if name in lists else name for name in schema.names}
    return {
        "compression": "zstd",
        "use_dictionary": [leaves[name] for name in schema.names if name not in measured],
        "use_byte_stream_split": [leaves[name] for name in schema.names if name in measured],
    }


def is_a_shard(name: str) -> bool:
    """Whether a file is named as shards are."""
    return _NAME.fullmatch(name) is not None


def must_be_file_names(schemas: Mapping[str, Any]) -> None:
    """Raises ValueError for a table that cannot be named in a file's name."""
    for name in schemas:
        if not re.fullmatch(r"\w+", name):
            raise ValueError(f"table '{name}': a name is made of letters, digits and _")


def introduced(file: Path) -> tuple[Shard, About, list[bytes]]:
    """What a file without a journal says of itself, and the ids of its rows.

    Raises StoreError if it is not what its name promises, as after it was cut off.
    """
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    named = _NAME.fullmatch(file.name)
    if named is None or not digest.startswith(named["digest"]):
        raise StoreError("its content is not what its name says (it was cut off or changed)")
    table = _decoded(content)
    try:
        about = About(**json.loads(table.schema.metadata[_ABOUT]))
        ids: list[bytes] = table["id"].to_pylist()
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError("it was not written by this version of peersim") from error
    return Shard(file.name, about.table, about.code, digest, len(content), table.num_rows), about, ids


def what_is_wrong(file: Path, shard: Shard) -> str:
    """What is wrong with a shard's file, as a part of a sentence; empty if it is as the journal says."""
    try:
        if (size := file.stat().st_size) != shard.bytes:
            return f"{'cut off' if size < shard.bytes else 'changed'}, {size:,} of {shard.bytes:,} bytes"
        with file.open("rb") as stream:
            is_same = hashlib.file_digest(stream, "sha256").hexdigest() == shard.sha256
        return "" if is_same else "changed, its content is no longer what was written"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def _decoded(content: bytes) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(pa.BufferReader(content), use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise StoreError("it cannot be decoded by this version of pyarrow") from error


class ShardReader:
    """Reads shards, and keeps those last read as long as they are few bytes in all."""

    def __init__(self, at_most: int = AT_MOST) -> None:
        self._kept: OrderedDict[str, pa.Table] = OrderedDict()
        self._at_most = at_most
        self._bytes = 0

    def read(self, file: Path, shard: Shard) -> pa.Table:
        """All rows of a shard. Raises StoreError if its file is not, byte for byte, what was written."""
        if shard.sha256 in self._kept:
            self._kept.move_to_end(shard.sha256)
            return self._kept[shard.sha256]
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != shard.sha256:
            raise StoreError(
                f"{file}: {what_is_wrong(file, shard) or 'changed while it was read'}; give the command of "
                "its sweep again: it is put aside, and its records are made anew"
            )
        try:
            table = _decoded(content)
        except StoreError as error:
            raise StoreError(f"{file}: {error}") from error
        self._kept[shard.sha256] = table
        self._bytes += table.nbytes
        while self._bytes > self._at_most:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= dropped.nbytes
        return table


def as_wanted(table: pa.Table, schema: pa.Schema, rows: Sequence[int], file: Path) -> pa.Table:
    """These rows, in the columns of the schema. Raises StoreError if the shard has others."""
    import pyarrow as pa

    columns = [table.schema.field(name).type if name in table.schema.names else None for name in schema.names]
    if columns != schema.types:
        lacking = [name for name, kind in zip(schema.names, columns, strict=True) if kind != schema.field(name).type]
        raise StoreError(
            f"{file}: was written by another version of peersim, whose column {lacking[0]} was another; use that "
            "version, or name another folder with -o"
        )
    taken = table.select(schema.names).take(pa.array(rows, pa.int64()))
    return pa.Table.from_arrays(taken.columns, schema=schema)
