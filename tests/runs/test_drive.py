"""Tasks are handed out as many at a time as the engine wants, and everything that came is handed on."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from peersim.runs.drive import drive
from peersim.runs.engine import EngineError, Undone
from peersim.runs.results import Made
from tests.runs.pieces import Pieces, work


class Threads:
    """Three threads of this process; counts how many tasks it has at a time."""

    name = "threads"
    n_workers = 3
    n_ahead = 5

    def __init__(self):
        self.has = 0
        self.had = []

    def __enter__(self):
        self.pool = ThreadPoolExecutor(self.n_workers)
        return self

    def __exit__(self, *_):
        self.pool.shutdown(cancel_futures=True)

    def submit(self, work, task):
        self.has += 1
        self.had.append(self.has)
        return self.pool.submit(work, task)

    def withdraw(self, future):
        return future.cancel()

    def outcome(self, future):
        self.has -= 1
        try:
            return future.result()
        except ValueError as error:
            return Undone("raised", str(error))


def driven(tasks, *, work=work, is_stopping=lambda: False):
    """The pieces that were done and those that failed, and the engine."""
    told = []
    with Threads() as engine:
        drive(engine, work, tasks, told.append, lambda: None, is_stopping)
    done = sorted(one.row["is"] for one in told if isinstance(one, Made))
    return done, sorted(int.from_bytes(one.id, "big") for one in told if not isinstance(one, Made)), engine


def test_the_engine_has_as_many_tasks_as_it_wants_and_never_more():
    done, failed, engine = driven(Pieces(((number, ""),)) for number in range(50))
    assert (done, failed) == (list(range(50)), [])
    assert max(engine.had) == engine.n_ahead


def test_tasks_are_made_when_they_are_wanted():
    """A million tasks are never there at the same time."""
    made = []

    def tasks():
        for number in range(30):
            made.append(number)
            yield Pieces(((number, ""),))

    def slow(task):
        time.sleep(0.01)
        ahead.append(len(made) - task.does[0][0])
        return work(task)

    ahead = []
    driven(tasks(), work=slow)
    assert max(ahead) <= 2 * Threads.n_ahead


def test_a_task_that_fails_is_split_until_only_what_fails_is_lost():
    tasks = [Pieces(tuple((number, "raises" if number % 7 == 3 else "") for number in range(20)))]
    done, failed, _ = driven(tasks)
    assert failed == [3, 10, 17]
    assert done == [number for number in range(20) if number % 7 != 3]


def test_no_tasks_are_no_trouble():
    assert driven([])[:2] == ([], [])


def test_what_came_is_handed_on_before_the_end_of_the_engine_is_told():
    """Several tasks end while nobody looks; the first of them says that the engine is gone."""
    everything_ended = threading.Barrier(3)

    def gone_at_once(task):
        everything_ended.wait(10)
        if task.does[0][1] == "gone":
            raise EngineError("the engine is gone")
        return work(task)

    told = []
    with Threads() as engine, pytest.raises(EngineError, match="is gone"):
        tasks = [Pieces(((0, "gone"),)), Pieces(((1, ""),)), Pieces(((2, ""),))]
        drive(engine, gone_at_once, Slowly(tasks), told.append, lambda: None, lambda: False)
    assert sorted(one.row["is"] for one in told) == [1, 2]


class Slowly:
    """Tasks, the last of which is asked for only when those before have ended."""

    def __init__(self, tasks):
        self.tasks = tasks

    def __iter__(self):
        yield from self.tasks
        time.sleep(0.3)


def test_after_stop_nothing_new_begins_and_what_waits_is_withdrawn():
    begun, stop = [], threading.Event()

    def note(task):
        begun.append(task.does[0][0])
        if len(begun) == Threads.n_workers:
            stop.set()
        time.sleep(0.3)
        return work(task)

    done, failed, _ = driven((Pieces(((number, ""),)) for number in range(50)), work=note, is_stopping=stop.is_set)
    assert done == sorted(begun)
    assert failed == []
    assert len(begun) <= Threads.n_ahead
