"""peersim: does peer support help, whom, and at whose cost?

A simulated community in which people meet stress, ask each other for help, and tire.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "PeerSupportModel": "peersim.model",
    "Person": "peersim.model_person",
    "Scenario": "peersim.scenario",
    "ScenarioError": "peersim.mistakes",
    "compare": "peersim.analysis.comparison",
    "load_scenario": "peersim.scenario_file",
    "run": "peersim.analysis.single",
    "sweep": "peersim.sweeps.sweep",
}
"""The public names, each with its module: imported when first used, so that `peersim --help` is quick."""


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'peersim' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})
