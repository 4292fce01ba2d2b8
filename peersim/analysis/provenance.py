"""Where a result comes from: versions, code, scenarios, seeds, machine, command and time."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import peersim
from peersim.compiled import source_hash
from peersim.scenario import Scenario

_LIBRARIES = ("numpy", "numba", "networkx", "mesa", "scipy", "pandas")


def provenance(scenarios: dict[str, Scenario], seeds: Sequence[int]) -> dict[str, Any]:
    """All that is needed to make a result again."""
    return {
        "peersim": peersim.__version__,
        "code": source_hash(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "machine": f"{platform.system()} {platform.machine()}",
        "command": sys.argv,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "seeds": list(seeds),
        "scenarios": {name: scenario.model_dump(mode="json", by_alias=True) for name, scenario in scenarios.items()},
    }
