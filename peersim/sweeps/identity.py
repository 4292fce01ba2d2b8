"""A run's identity is its content: code, resolved scenario, seed and recorder. Same content, same 16 bytes."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from peersim.compiled import source_hash
from peersim.knock_outs import knocked_out
from peersim.networks.settings import NetworkSettings
from peersim.scenario import Scenario, before_day_0

RECORDING = (
    "analysis/arms.py", "analysis/contrasts.py", "analysis/structure.py", "sweeps/living.py", "sweeps/rows.py",
)  # fmt: skip
"""The files beside the model's own that decide what stands in a row."""
LIBRARIES = ("networkx", "numba", "numpy")
"""The libraries that compute: another version of one may give other last digits."""
_BYTES = 16


@cache
def code_identity() -> str:
    """16 hexadecimal digits that change whenever a source or library does that a run's numbers can depend on."""
    root = Path(__file__).parents[1]
    parts = [source_hash().encode(), *((root / name).read_bytes() for name in RECORDING)]
    parts += [f"{name} {version(name)}".encode() for name in LIBRARIES]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:_BYTES]


def scenario_id(scenario: Scenario) -> bytes:
    """What a scenario says, but for its title and its seed; a network file counts by what is in it, not by its name."""
    told = scenario.model_dump_json(exclude={"title": True, "run": {"seed"}, "network": {"file", "nodes"}})
    return _hashed(told.encode(), *contents(scenario.network))


def contents(network: NetworkSettings) -> tuple[bytes, ...]:
    """The hashes of what is in the files of a network. Raises OSError."""
    return tuple(_content(name) if name else b"" for name in (network.file, network.nodes))


def past_id(scenario: Scenario) -> bytes:
    """What shapes a community before day 0: runs equal in this, and in their seed, share one burn-in."""
    return _hashed(before_day_0(knocked_out(scenario)).encode())


def content_id(code: str, scenario: bytes, recorder: str) -> bytes:
    """A run but for its seed. recorder  what is recorded of it, as text"""
    return _hashed(code.encode(), scenario, recorder.encode())


def run_id(content: bytes, seed: int) -> bytes:
    """One run."""
    return hashlib.sha256(content + seed.to_bytes(8, "little")).digest()[:_BYTES]


def contrast_id(arm: bytes, reference: bytes) -> bytes:
    """One contrast of two runs."""
    return hashlib.sha256(b"contrast" + arm + reference).digest()[:_BYTES]


def _hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()[:_BYTES]


def _content(name: str) -> bytes:
    """The hash of a file. Raises OSError."""
    told = Path(name).stat()
    return _content_of(name, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=64)
def _content_of(name: str, _changed: int, _size: int) -> bytes:
    return hashlib.sha256(Path(name).read_bytes()).digest()
