"""Scenarios as commands take them: files or bundled names, all of them read before anything runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from peersim.mistakes import Problem, ScenarioError
from peersim.scenario import Scenario
from peersim.scenario_file import read_scenario


def read_all(sources: Sequence[str], settings: Sequence[str]) -> tuple[dict[str, Scenario], list[str]]:
    """Each scenario under a name of its own, and what to warn of.

    Raises ScenarioError with the mistakes of all of them.
    """
    named: dict[str, Scenario] = {}
    warnings: list[str] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            reading = read_scenario(source, settings)
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
