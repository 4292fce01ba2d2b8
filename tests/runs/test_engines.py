"""Whatever a piece of work does to its worker, it is told, and nothing else is lost. Real processes, really broken."""

import itertools
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from peersim.runs.drive import drive
from peersim.runs.engine import EngineError, Limits
from peersim.runs.in_process import InProcess
from peersim.runs.local import Local
from peersim.runs.results import Made
from tests.runs.pieces import PRELOAD, Pieces, work

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")


def outcomes(engine, tasks, *, on_look=lambda: None, is_stopping=lambda: False):
    """What came of every piece: its row's value, or the kind of its failure; and how often something was said of it."""
    told = []
    with engine:
        drive(engine, work, tasks, told.append, on_look, is_stopping)
    assert len({one.id for one in told}) == len(told), "each is told once"
    came = ((one.row["is"] if isinstance(one, Made) else (one.kind, one.message)) for one in told)
    return dict(zip((int.from_bytes(one.id, "big") for one in told), came, strict=True))


def with_one(what, folder="", **limits):
    """Five pieces in two tasks, the third of which is not as it should be."""
    tasks = [Pieces(((0, ""), (1, ""), (2, what)), folder), Pieces(((3, ""), (4, "")), folder)]
    found = outcomes(Local(2, PRELOAD, Limits(**limits)), tasks)
    third = found.pop(2)
    assert found == {0: 0, 1: 1, 3: 3, 4: 4}
    return third


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("raises", "ValueError: this one raises"),
        ("raises oddly", "OddError: this and that"),
        ("leaves", "SystemExit: 3"),
    ],
)
def test_what_is_raised_is_told_in_words(what, said):
    """So it does not matter whether an error can be sent to another process and put together again there."""
    assert with_one(what) == ("raised", said)


def test_results_that_cannot_be_sent_are_told():
    kind, said = with_one("makes what cannot be sent")
    assert kind == "raised"
    assert "cannot be sent" in said


def test_large_results_arrive():
    """Twenty megabytes are many times what a pipe holds at once."""
    assert len(with_one("makes much")) == 20_000_000


@pytest.mark.parametrize(
    ("what", "folder", "manner"),
    [("ends", "", "exit code 1"), ("ends", "x", "exit code 0"), ("breaks", "", "signal SIGSEGV")],
)
def test_a_piece_that_ends_its_process_is_killed_and_no_other_is_lost(what, folder, manner):
    """Also one that ends it as if all were well."""
    kind, said = with_one(what, folder)
    assert kind == "killed"
    assert manner in said


def test_a_piece_whose_process_died_once_is_tried_again(tmp_path):
    assert with_one("breaks once", str(tmp_path)) == 2
    assert (tmp_path / "2-begun").exists()


def test_a_piece_that_hangs_is_stopped():
    kind, said = with_one("hangs", seconds=0.5)
    assert kind == "time"
    assert "limits.seconds" in said


@needs_linux
def test_a_piece_that_takes_too_much_memory_is_refused_it():
    kind, said = with_one("takes memory", megabytes=500)
    assert kind == "memory"
    assert "limits.megabytes = 500" in said


@needs_linux
def test_the_limit_of_memory_is_beyond_what_the_program_takes():
    """A process that holds far more than the limit from its start can still do what takes little."""
    assert with_one("", megabytes=5) == 2


def test_in_this_process_errors_are_told_alike():
    tasks = [Pieces(((0, ""), (1, "raises"), (2, "raises oddly"), (3, "")))]
    assert outcomes(InProcess(), tasks) == {
        0: 0, 1: ("raised", "ValueError: this one raises"), 2: ("raised", "OddError: this and that"), 3: 3,
    }  # fmt: skip


def test_workers_that_cannot_get_ready_end_it_with_a_sentence():
    with pytest.raises(EngineError, match=r"a worker process cannot load the model: ModuleNotFoundError: .*not_there"):
        outcomes(Local(1, "tests.not_there", Limits()), [Pieces(((0, ""),))])


def test_idle_workers_that_are_killed_are_replaced():
    """As by a system that is short of memory: between two tasks nothing is lost, and nobody is told."""
    engine, told = Local(2, PRELOAD, Limits()), []
    with engine:
        for number in range(6):
            drive(engine, work, [Pieces(((number, ""),))], told.append, lambda: None, lambda: False)
            time.sleep(0.3)
            for pid in workers():
                os.kill(pid, signal.SIGKILL)
    assert [one.row["is"] for one in told] == list(range(6))


def test_workers_killed_while_they_send_take_nothing_with_them():
    """Half of twenty megabytes are in the pipe, and its lock is taken, when the one who holds both is killed."""
    began, looks, killed = time.monotonic(), itertools.count(), []

    def kill_now_and_then():
        assert time.monotonic() - began < 100, "somebody waits for what will never come"
        if next(looks) % 4 == 3 and workers():
            killed.append(workers()[-1])
            os.kill(killed[-1], signal.SIGKILL)

    found = outcomes(
        Local(2, PRELOAD, Limits()), [Pieces(((number, "makes much"),)) for number in range(20)],
        on_look=kill_now_and_then,
    )  # fmt: skip
    assert len(killed) > 2
    assert all(len(value) == 20_000_000 for value in found.values())
    assert set(found) == set(range(20))


def test_what_waits_is_withdrawn_when_somebody_asks_to_stop_and_what_began_is_done(tmp_path):
    """One worker, many tasks of a second: the one that runs is done, the one that waits is not begun."""
    stop = threading.Event()

    def look():
        if any(tmp_path.iterdir()):
            stop.set()

    tasks = (Pieces(((number, "takes a while"),), str(tmp_path)) for number in range(20))
    found = outcomes(Local(1, PRELOAD, Limits()), tasks, on_look=look, is_stopping=stop.is_set)
    assert found == {0: 0}
    assert [file.name for file in tmp_path.iterdir()] == ["0-begun"]


def test_leaving_stops_workers_at_once_whatever_they_do():
    engine = Local(2, PRELOAD, Limits())
    with engine:
        futures = [engine.submit(work, Pieces(((number, "hangs"),))) for number in range(2)]
        while not all(future.running() for future in futures) or len(workers()) < 2:
            time.sleep(0.05)
        pids = workers()
    assert not [pid for pid in pids if Path("/proc", str(pid)).exists() and pid in workers()]


def workers():
    """Worker processes of this one: children of the server of workers that it started."""
    from multiprocessing import active_children

    return [child.pid for child in active_children() if child.name == "pebble_pool_worker"]


