"""One writer at a time: whoever writes into a folder holds it, and everybody else is told who does.

The hold is the system's lock on the file `held`, which ends with the process, however that ends; what stands in the
file only says who holds it. Where the system cannot lock (some network drives) a file that only one can make takes
its place; there a process that was killed is told by its number, on the same machine.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from peersim.runs.durable import make_folder
from peersim.runs.holder import is_gone, refusal, said_in, this_process

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD_BY_ANOTHER = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}
_BEYOND = 2**30
"""Windows keeps others from reading locked bytes: the one that is locked lies beyond what is written."""
_locks: set[IO[bytes]] = set()
"""The locked files of this process."""


class Held(Exception):  # noqa: N818
    """Another process writes into the folder; str() says which."""


@contextmanager
def holding(folder: Path, what: str) -> Iterator[None]:
    """Hold a folder, so that no other process does; made if it is not there. Not for two threads at once.

    what  what holds it, for those who are refused: "sweep"

    Raises Held at once if somebody else holds it, OSError where the folder cannot be written.
    """
    make_folder(folder)
    file = folder / "held"
    try:
        lock = _locked(file)
    except _CannotLockError:
        with _alone(folder, folder / "held-by", what):
            yield
        return
    if lock is None:
        raise Held(refusal(folder, said_in(file)))
    try:
        with suppress(OSError):  # a full disk: it is held all the same
            lock.truncate(0)
            lock.write(this_process(what))
        yield
    finally:
        with suppress(OSError):  # Windows does not remove what is open
            file.unlink()
        _locks.discard(lock)
        lock.close()


class _CannotLockError(Exception):
    """The system cannot lock files there."""


def _locked(file: Path) -> IO[bytes] | None:
    """The file, locked; None if somebody else has locked it."""
    while True:
        opened = file.open("a+b", buffering=0)
        try:
            _lock(opened)
            if sys.platform == "win32" or os.path.samestat(os.fstat(opened.fileno()), file.stat()):
                _locks.add(opened)
                return opened
        except FileNotFoundError:  # removed by who held it, between opening and locking
            pass
        except OSError as error:
            opened.close()
            if error.errno in _HELD_BY_ANOTHER:
                return None
            raise _CannotLockError from error
        opened.close()


def _lock(opened: IO[bytes]) -> None:
    if sys.platform == "win32":
        opened.seek(_BEYOND)
        msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _let_go_in_child() -> None:
    """A forked worker has a copy of the open file, which would keep the lock when its parent is gone."""
    for lock in _locks:
        with suppress(OSError):
            lock.close()
    _locks.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_in_child)


@contextmanager
def _alone(folder: Path, file: Path, what: str) -> Iterator[None]:
    """Hold a folder by a file that only one process can make."""
    mine = this_process(what)
    while not _made(file, mine):
        theirs = said_in(file)
        if not is_gone(theirs):
            raise Held(f"{refusal(folder, theirs)}; if it is gone, remove {file}")
        _remove(file, theirs)
    try:
        yield
    finally:
        _remove(file, mine)


def _made(file: Path, content: bytes) -> bool:
    """Whether the file could be made."""
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    try:
        os.write(descriptor, content)
    except BaseException:
        file.unlink()
        raise
    finally:
        os.close(descriptor)
    return True


def _remove(file: Path, theirs: bytes) -> None:
    """Remove the file if this stands in it: taken away first, for another process may have done so and hold it now."""
    taken = file.with_name(f"{file.name}-{platform.node()}-{os.getpid()}")
    with suppress(FileNotFoundError):
        file.rename(taken)
        if (found := taken.read_bytes()) != theirs:
            _made(file, found)
        taken.unlink()
