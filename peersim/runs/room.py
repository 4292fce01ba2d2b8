"""How much memory there is for this process: what the machine can spare, and what a container or a queue allows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_MEMINFO = Path("/proc/meminfo")
_STATUS = Path("/proc/self/status")
_OWN_GROUPS = Path("/proc/self/cgroup")
_GROUPS = Path("/sys/fs/cgroup")
_UNLIMITED = 2**60
"""From here on a limit in bytes means that there is none."""


def room() -> int | None:
    """Bytes that this process can hold in all, with those it holds now; None where the system does not tell."""
    found = (_free_on_machine(), _free_addresses(), *_free_in_groups())
    free = [bytes_free for bytes_free in found if bytes_free is not None]
    return max(0, min(free)) + _held() if free else None


def _free_on_machine() -> int | None:
    with suppress(OSError):
        for line in _MEMINFO.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return 1024 * int(line.split()[1])
    with suppress(OSError, ValueError, AttributeError):  # no Linux: half of all there is
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    return None


def _held() -> int:
    """Bytes of this process that are its own: pages of libraries may be counted to somebody else."""
    return _own("RssAnon:")


def _own(name: str) -> int:
    """What the system says of this process under a name, in bytes; 0 where it does not tell."""
    with suppress(OSError):
        for line in _STATUS.read_text().splitlines():
            if line.startswith(name):
                return 1024 * int(line.split()[1])
    return 0


def _free_addresses() -> int | None:
    """What is left of `ulimit -v`, which many queues set."""
    with suppress(ImportError):
        import resource

        most, _ = resource.getrlimit(resource.RLIMIT_AS)
        return None if most == resource.RLIM_INFINITY else most - _own("VmSize:")
    return None


def _free_in_groups() -> Iterator[int | None]:
    """What is left in each control group that this process is in, of the first kind or the second."""
    with suppress(OSError):
        for line in _OWN_GROUPS.read_text().splitlines():
            _, kinds, place = line.split(":", 2)
            if kinds == "":
                for folder in _upwards(_GROUPS, place):
                    yield _left(folder, "memory.max", "memory.current", "inactive_file")
            elif "memory" in kinds.split(","):
                for folder in _upwards(_GROUPS / "memory", place):
                    yield _left(folder, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


def _upwards(root: Path, place: str) -> Iterator[Path]:
    """The folder of a group and of all around it; inside of a container only the root may be there."""
    folder = root / place.lstrip("/")
    yield from (one for one in (folder, *folder.parents) if one.is_relative_to(root))


def _left(folder: Path, limit: str, usage: str, unused_files: str) -> int | None:
    """The limit less what is used; files that are only remembered are given back when memory is asked for."""
    with suppress(OSError, ValueError):  # no such file, or the word max
        most = int((folder / limit).read_text())
        if most < _UNLIMITED:
            counts = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
            return most - int((folder / usage).read_text()) + int(counts.get(unused_files, 0))
    return None
