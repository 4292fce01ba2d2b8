"""Small communities that tests live through, and what a programme is when a test does not care."""

from __future__ import annotations

from typing import Any

from peersim.programmes.programme import PRESETS
from peersim.scenario import Scenario
from peersim.simulate import live, settled_world
from peersim.world import World

EVERYONE = {"eligibility": "stress >= 0.0", "uptake": 1.0}
"""A programme for all, so that in a small community many attend."""


def scenario_of(people: int = 300, burn_in: int = 40, programmes: Any = (), **tables: Any) -> Scenario:
    """A scenario as if read from a file; `tables` are its other tables."""
    run = {"burn_in": burn_in} | tables.pop("run", {})
    population = {"people": people} | tables.pop("population", {})
    written = [{"kind": p} if isinstance(p, str) else dict(p) for p in programmes]
    return Scenario.model_validate({"run": run, "population": population, "programmes": written, **tables})


def busy_programmes(**numbers: Any) -> list[dict[str, Any]]:
    """Every preset at once, for everyone, each starting some days after the one before."""
    return [
        {"kind": kind, "start": 5 * slot, "weeks": 6, **EVERYONE, **numbers} for slot, kind in enumerate(PRESETS)
    ]


def lived(scenario: Scenario, seed: int, n_days: int) -> World:
    """A settled world, so many days later."""
    world = settled_world(scenario, seed)
    live(world, scenario, n_days)
    return world
