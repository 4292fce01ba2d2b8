"""The scenarios of a comparison: files or bundled names, all of them read before anything runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from peersim.mistakes import Problem, ScenarioError
from peersim.overrides import is_meant
from peersim.scenario import Scenario
from peersim.scenario_file import read_scenario


def read_scenarios(sources: Sequence[str | Path], settings: Sequence[str]) -> tuple[dict[str, Scenario], list[str]]:
    """Each scenario under a name of its own, and what to warn of.

    settings  `table.key=value` for all of them; one of a programme holds for those that have that programme

    Raises ScenarioError with the mistakes of all of them.
    """
    named: dict[str, Scenario] = {}
    warnings: list[str] = []
    problems: list[Problem] = []
    known = _n_programmes(sources)
    for source, n_programmes in zip(sources, known, strict=True):
        try:
            reading = read_scenario(source, [s for s in settings if _is_meant(s, n_programmes, max(known))])
        except ScenarioError as error:
            problems.extend(p for p in error.problems if p not in problems)
            continue
        name = Path(source).stem
        while name in named:
            name += "'"
        named[name] = reading.scenario
        warnings.extend(sentence for sentence in reading.warnings if sentence not in warnings)
    if problems:
        raise ScenarioError(problems)
    return named, warnings


def _n_programmes(sources: Sequence[str | Path]) -> list[int]:
    """How many programmes each scenario has; those that cannot be read have none."""
    found = []
    for source in sources:
        try:
            found.append(len(read_scenario(source).scenario.programmes))
        except ScenarioError:
            found.append(0)
    return found


def _is_meant(setting: str, n_programmes: int, most: int) -> bool:
    """Whether a setting is for a scenario with so many programmes; one that no scenario could take is for all."""
    return is_meant(setting.split("=")[0].strip().split("."), n_programmes, most)
