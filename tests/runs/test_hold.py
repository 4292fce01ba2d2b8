"""One process holds a folder: the others are told which, and it ends with the process, however that ends."""

from __future__ import annotations

import errno
import fcntl
import json
import multiprocessing
import os
import platform
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from peersim.runs.hold import Held, holding

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from peersim.runs.hold import holding
if sys.argv[2] == "without locks":
    import errno, fcntl
    def flock(*_): raise OSError(errno.ENOLCK, "No locks available")
    fcntl.flock = flock
with holding(Path(sys.argv[1]), "sweep"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=["with locks", "without locks"])
def locks(request, monkeypatch):
    """Also a network drive on which nothing can be locked."""

    def flock(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    if request.param == "without locks":
        monkeypatch.setattr(fcntl, "flock", flock)
    return request.param


@contextmanager
def held_by_another(folder, locks):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), locks], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_the_second_is_told_who_holds_it(tmp_path, locks):
    with held_by_another(tmp_path, locks) as process:
        with pytest.raises(Held) as refused, holding(tmp_path, "prune"):
            pass
        said = str(refused.value)
        assert said.startswith(
            f"{tmp_path}: another sweep writes there (process {process.pid} on host {platform.node()} since "
        )
        assert "); wait for it, stop it, or name another folder with -o" in said
        assert not isinstance(refused.value, OSError)


def test_it_ends_when_its_process_is_killed(tmp_path, locks):
    with held_by_another(tmp_path, locks):
        pass
    with holding(tmp_path, "sweep"):
        pass


def test_it_ends_with_the_work_and_leaves_no_file(tmp_path, locks):
    """Also when the work fails; the folder is made where there is none."""
    folder = tmp_path / "new" / "results"
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), holding(folder, "sweep"):
            raise ZeroDivisionError
    assert [file for file in folder.iterdir() if locks == "with locks"] == []
    assert not (folder / "held-by").exists()


def test_the_same_process_does_not_hold_it_twice(tmp_path, locks):
    with holding(tmp_path, "sweep"):
        for _ in range(2):
            said = f"another sweep writes there .process {os.getpid()}"
            with pytest.raises(Held, match=said), holding(tmp_path, "sweep"):
                pass


@pytest.mark.parametrize(
    "content", [b"", b"junk", b"[1]", b'{"process": 1, "host": "node3", "since": "2020-01-01T10:00:00+00:00"}']
)
def test_what_a_file_says_is_never_a_reason_to_refuse(tmp_path, content):
    """It is the lock that holds."""
    (tmp_path / "held").write_bytes(content)
    with holding(tmp_path, "sweep"):
        who = json.loads((tmp_path / "held").read_bytes())
        assert who["process"] == os.getpid()
        assert who.keys() == {"process", "host", "since", "what", "command"}


def test_a_holder_of_another_day_is_told_with_the_day(tmp_path):
    with (tmp_path / "held").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(b'{"process": 4711, "host": "node3", "since": "2020-01-02T14:02:00", "what": "prune"}')
        file.flush()
        said = "another prune writes there .process 4711 on host node3 since 2020-01-02 14:02"
        with pytest.raises(Held, match=said), holding(tmp_path, "sweep"):
            pass
        file.truncate(0)
        with pytest.raises(Held, match="another process writes there; wait for it"), holding(tmp_path, "sweep"):
            pass


def test_without_locks_a_holder_on_another_machine_is_believed(tmp_path, monkeypatch):
    """Nobody can see from here whether it is gone; the sentence says what to do if it is."""

    def flock(*_):
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", flock)
    held = tmp_path / "held-by"
    held.write_text(json.dumps({"process": 1, "host": "elsewhere", "since": "2020-01-02T14:02:00", "what": "sweep"}))
    with pytest.raises(Held, match=f"if it is gone, remove {held}"), holding(tmp_path, "sweep"):
        pass
    assert held.exists()


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_worker_does_not_hold_what_its_parent_held(tmp_path):
    """A sweep that is killed may leave workers behind for a while; the next need not wait for them."""
    process = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    with holding(tmp_path, "sweep"):
        process.start()
    try:
        with holding(tmp_path, "sweep"):
            assert process.is_alive()
    finally:
        process.kill()
        process.join()


def test_of_many_that_start_at_once_one_holds_at_a_time(tmp_path, locks):
    """Each adds one to a number in a file, which would get lost if two did so together."""
    code = HOLD.replace('    print("held", flush=True)\n    time.sleep(60)\n', "    pass\n").replace(
        'with holding(Path(sys.argv[1]), "sweep"):',
        "\n".join([
            "from peersim.runs.hold import Held",
            "for _ in range(20):",
            "    while True:",
            "        try:",
            "            with holding(Path(sys.argv[1]), 'sweep'):",
            "                number = Path(sys.argv[1]) / 'number'",
            "                n = int(number.read_text()); time.sleep(0.0005); number.write_text(str(n + 1))",
            "            break",
            "        except Held: time.sleep(0.0005)",
            "if True:",
        ]),
    )  # fmt: skip
    (tmp_path / "number").write_text("0")
    processes = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), locks], cwd=ROOT) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert (tmp_path / "number").read_text() == "60"


def test_a_folder_that_cannot_be_made_is_told_as_the_system_does(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError) as error, holding(tmp_path / "file" / "results", "sweep"):
        pass
    assert error.value.errno in (errno.ENOTDIR, errno.EEXIST)
