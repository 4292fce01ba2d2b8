"""Where a result comes from: versions, code, scenarios, seeds, machine, command and time."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import peersim
from peersim.compiled import source_hash
from peersim.scenario import Scenario

_LIBRARIES = ("numpy", "numba", "networkx", "mesa", "scipy", "pandas")


def provenance(scenarios: Mapping[str, Scenario], seeds: Sequence[int], **asked: Any) -> dict[str, Any]:
    """All that is needed to make a result again.

    asked  whatever else was asked for, beside scenarios and seeds
    """
    files = {name for s in scenarios.values() for name in (s.network.file, s.network.nodes) if name}
    return {
        "peersim": peersim.__version__,
        "code": source_hash(everything=True),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "machine": f"{platform.system()} {platform.machine()}",
        "command": sys.argv,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "asked": asked,
        "files": {name: _sha256(Path(name)) for name in sorted(files)},
        "seeds": list(seeds),
        "scenarios": {name: scenario.model_dump(mode="json", by_alias=True) for name, scenario in scenarios.items()},
    }


def _sha256(file: Path) -> str | None:
    """What a file holds now; None where it was removed meanwhile: that must not cost the result."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None
