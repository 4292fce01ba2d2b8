"""A store of many records takes little memory: they stay on the disk, and blocks of them pass through."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from peersim.runs.commit import committed_together
from peersim.runs.shards import About, encoded
from peersim.runs.store import open_store
from tests.stored import id_of

ROOT = Path(__file__).parents[2]
SMALL = {"small": pa.schema([("n", pa.int64())])}
LARGE = {"large": pa.schema([("n", pa.int64()), ("days", pa.list_(pa.float64()))])}
N_SMALL, N_LARGE, N_DAYS = 200_000, 4_000, 15_000
MB = 2**20

USE = """
import sys
from pathlib import Path
import pandas, pyarrow.parquet, pyarrow.compute
from peersim.runs.store import read_store
from tests.runs.test_store_memory import LARGE, SMALL
from tests.stored import id_of

def most():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024

folder, table, n, block = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
before, n_seen = most(), 0
with read_store(folder, {"small": SMALL, "large": LARGE}[table]) as store:
    assert sum(1 for _ in store.ids(table)) == n
    for begin in range(0, n, block):
        rows = store.rows(table, [id_of(k) for k in range(begin, min(n, begin + block))])
        n_seen += sum(k == begin + place for place, k in enumerate(rows["n"].to_pylist()))
assert n_seen == n
print(most() - before)
"""


def filled(folder, schemas, columns, per_shard, n):
    """As many flushes would leave it, without adding row by row."""
    (table,) = schemas
    with open_store(folder, schemas) as store:
        journal = store._journal
        for begin in range(0, n, per_shard):
            numbers = range(begin, begin + per_shard)
            ids = [id_of(k) for k in numbers]
            rows = pa.table({"id": pa.array(ids, pa.binary(16)), "n": pa.array(numbers), **columns(per_shard)})
            with committed_together(journal, folder / "store") as write:
                shard, content = encoded(rows, About(table, "", begin, {}))
                write(shard.name, content)
                journal.enter(shard, ids)


def megabytes_used(folder, table, n, block):
    arguments = [str(folder), table, str(n), str(block)]
    done = subprocess.run([sys.executable, "-c", USE, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


def one_day_for_all(n_rows):
    """Lists as long as a long run, of values that take no room on the disk."""
    days = pa.nulls(n_rows * N_DAYS, pa.float64()).fill_null(1.5)
    return {"days": pa.ListArray.from_arrays(pa.array(range(0, (n_rows + 1) * N_DAYS, N_DAYS), pa.int32()), days)}


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the memory from /proc")
def test_many_small_records_take_little_memory(tmp_path):
    """All 200,000 once, in blocks of 5,000, and their ids: less than 64 MB in all."""
    filled(tmp_path, SMALL, lambda n_rows: {}, 10_000, N_SMALL)
    assert megabytes_used(tmp_path, "small", N_SMALL, 5_000) < 64


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the memory from /proc")
def test_large_records_pass_through(tmp_path):
    """480 MB of rows, 24 MB at a time: more than a third of it is never held at once."""
    filled(tmp_path, LARGE, one_day_for_all, 200, N_LARGE)
    assert N_LARGE * N_DAYS * 8 > 450 * MB
    assert megabytes_used(tmp_path, "large", N_LARGE, 200) < 300
