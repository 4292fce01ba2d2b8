"""A disk that is full or must not be written: what waits goes on waiting, and is stored once there is room."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

from peersim.runs.store import open_store, read_store
from tests.stored import SCHEMAS, holds, id_of, left_files, put, row_of, shards

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits, mounts and rights of POSIX systems")
ROOT = Path(__file__).parents[2]
BULKY = {"bulky": pa.schema([("noise", pa.binary())])}


def noise(n):
    """Four thousand bytes that cannot be made smaller."""
    return b"".join(hashlib.sha256(f"{n} {block}".encode()).digest() for block in range(125))


def put_noise(store, numbers):
    for n in numbers:
        store.add("bulky", id_of(n), {"noise": noise(n)})
    store.flush()


def holds_noise(store, numbers):
    return store.rows("bulky", [id_of(n) for n in numbers])["noise"].to_pylist() == [noise(n) for n in numbers]


@pytest.fixture
def small_disk(tmp_path):
    """Two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_costs_nothing_but_time(small_disk):
    """What was flushed is there; the rest goes on waiting, and is stored as soon as there is room."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    with open_store(small_disk, BULKY) as store:
        n_flushed = 0
        with pytest.raises(OSError) as error:
            while True:
                put_noise(store, range(n_flushed, n_flushed + 20))
                n_flushed += 20
        assert error.value.errno == errno.ENOSPC
        assert error.value.filename.startswith(str(small_disk))
        assert left_files(small_disk) == []
        assert 0 < n_flushed < 500
        assert holds_noise(store, range(n_flushed + 20))
        with pytest.raises(OSError):
            store.flush()
        ballast.unlink()
        store.flush()
        assert holds_noise(store, range(n_flushed + 20))
    with open_store(small_disk, BULKY) as store:
        assert store.count("bulky") == n_flushed + 20
        assert holds_noise(store, range(n_flushed + 20))
        assert store.check() == []
    assert left_files(small_disk) == []


def test_the_disk_may_be_full_at_any_step(small_disk):
    """With any number of free pages: the shard or the journal has no room, or all is stored."""
    ballast = small_disk / "ballast"
    outcomes = []
    with open_store(small_disk, SCHEMAS) as store:
        for n_pages in range(40):
            numbers = range(100 * n_pages, 100 * n_pages + 100)
            for n in numbers:
                store.add("runs", id_of(n), row_of(n))
            fill(ballast, n_pages)
            try:
                store.flush()
                outcomes.append("stored")
            except OSError as error:
                outcomes.append(str(error.filename)[-4:])
                assert error.errno == errno.ENOSPC
                assert left_files(small_disk) == []
            ballast.unlink()
            store.flush()
            assert holds(store, numbers)
        assert store.check() == []
    with open_store(small_disk, SCHEMAS) as store:
        assert store.mended == ()
        assert holds(store, range(4000))
    assert set(outcomes) == {"quet", "lite", "stored"}  # .parquet, .sqlite


def fill(ballast, n_pages):
    """All but some pages of 4096 bytes."""
    free = os.statvfs(ballast.parent).f_bavail - n_pages
    ballast.write_bytes(b"x" * 4096 * max(0, free))


def test_a_full_disk_can_be_read_and_pruned(small_disk):
    """Dropping whole shards needs a little room, for what the journal would go back to."""
    with open_store(small_disk, BULKY) as store:
        put_noise(store, range(100))
        put_noise(store, range(100, 200))
        fill(small_disk / "ballast", 16)
        assert store.keep_only({"bulky": [id_of(n) for n in range(100)]}).records == 100
    (small_disk / "more").write_bytes(b"x" * 4096 * os.statvfs(small_disk).f_bavail)
    with read_store(small_disk, BULKY) as store:
        assert holds_noise(store, range(100))


LIMITED = """
import resource, sys
from pathlib import Path
from peersim.runs.store import open_store
from tests.stored import SCHEMAS, put, row_of, id_of
folder, most = Path(sys.argv[1]), int(sys.argv[2])
with open_store(folder, SCHEMAS) as store:
    put(store, range(10))
    for n in range(10, 3000):
        store.add("runs", id_of(n), row_of(n))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        store.flush()
    except OSError as error:
        print(error.errno, Path(error.filename).suffix)
    print([file.name for file in (folder / "store").iterdir() if file.suffix == ".new"])
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.flush()
"""


@pytest.mark.parametrize(
    ("most", "numbers", "suffix"), [(8_000, {errno.EFBIG}, ".parquet"), (110_000, {errno.EIO, errno.ENOSPC}, ".sqlite")]
)
def test_files_that_must_not_grow_are_a_full_disk(tmp_path, most, numbers, suffix):
    """As under a quota: a shard that is too big, or a journal; nothing is left, and nothing lost."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), str(most)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    first, left = done.stdout.splitlines()
    assert int(first.split()[0]) in numbers
    assert first.split()[1] == suffix
    assert left == "[]"
    with open_store(tmp_path, SCHEMAS) as store:
        assert holds(store, range(3000))
        assert store.check() == []
    assert left_files(tmp_path) == []
    assert len(shards(tmp_path)) == 2


@contextmanager
def as_somebody_without_rights():
    """Root may write anywhere, and is nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def closed_folder():
    """A store that can be read and not be written, in a place that everybody can enter."""
    folder = Path(tempfile.mkdtemp(prefix="peersim-test-"))
    with open_store(folder, SCHEMAS) as store:
        put(store, range(5))
    places = [folder, *folder.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    yield folder
    for place in places:
        place.chmod(0o755)
    shutil.rmtree(folder)


def test_a_store_that_must_not_be_written_is_read(closed_folder):
    with as_somebody_without_rights():
        with read_store(closed_folder, SCHEMAS) as store:
            assert holds(store, range(5))
            assert store.check() == []
        for part in (None, (1, 2)):
            with pytest.raises(PermissionError), open_store(closed_folder, SCHEMAS, part=part):
                pass


def test_a_folder_that_is_closed_meanwhile_is_told(closed_folder):
    """Its rows wait, and are stored once it is open again."""
    inside = closed_folder / "store"
    for place in (inside, inside / "journal.sqlite", inside / "lock"):
        place.chmod(0o777)
        if os.geteuid() == 0:
            os.chown(place, 65534, 65534)
    with as_somebody_without_rights(), open_store(closed_folder, SCHEMAS) as store:
        inside.chmod(0o555)
        store.add("runs", id_of(9), row_of(9))
        with pytest.raises(PermissionError) as error:
            store.flush()
        assert error.value.filename
        inside.chmod(0o777)
        store.flush()
        assert holds(store, [9, 1])

