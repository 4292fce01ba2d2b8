"""An experiment as it was read: its arms, its points, its seeds and its hypotheses; the scenarios of each point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from pydantic import ValidationError

from peersim.checking import checked
from peersim.consistency import contradictions, different_lives
from peersim.experiment.contrasts import Pair
from peersim.experiment.factors import Factor
from peersim.experiment.points import Points
from peersim.experiment.prepared import PreparedArm
from peersim.experiment.tables import Hypothesis, Limits, Record, Seeds
from peersim.locate import Key
from peersim.mistakes import Place, Problem, ScenarioError, place_of
from peersim.scenario import Scenario
from peersim.wrong_values import shown


@dataclass(frozen=True)
class Experiment:
    """One question, asked of many runs.

    name        the file's, without .toml
    text        the file, as it was read
    settings    what the command set on top, `table.key=value`
    warnings    what may not be meant
    arms        their names; the first is the reference
    pairs       (arm, reference): each later arm against the first, then those that the file names
    first_seed  of every point; others follow it
    """

    name: str
    title: str
    text: str
    settings: tuple[str, ...]
    warnings: tuple[str, ...]
    arms: tuple[str, ...]
    points: Points
    seeds: Seeds
    record: Record
    limits: Limits
    hypotheses: tuple[Hypothesis, ...]
    pairs: tuple[Pair, ...]
    first_seed: int
    prepared: tuple[PreparedArm, ...] = field(repr=False)
    factors: tuple[Factor, ...] = field(repr=False)
    places: Mapping[Key, Place] = field(repr=False)

    def scenarios(self, point: int) -> tuple[Scenario, ...]:
        """The scenario of each arm at a point.

        Raises ScenarioError, with the values of the point, if they are wrong or contradict each other; IndexError if
        there is no such point.
        """
        values = self.points.values(point)
        try:
            made = tuple(arm.scenario(values) for arm in self.prepared)
        except ValidationError:
            self._refuse(point, values)
        if any(True for scenario in made for _ in contradictions(scenario)):
            self._refuse(point, values)
        problems = [*told_of_arms(made, self.places), *told_of_window(made[0], self.record, self.places)]
        if problems:
            raise ScenarioError([at_point(problem, point, values, self.factors) for problem in problems])
        return made

    def _refuse(self, point: int, values: Sequence[Any]) -> NoReturn:
        """Say what is wrong at a point."""
        problems: list[Problem] = []
        for arm in self.prepared:
            try:
                checked_at(replace(arm, places={}), point, values, self.factors)  # what varies makes the difference
            except ScenarioError as error:
                problems.extend(problem for problem in error.problems if problem not in problems)
        assert problems, "what the quick way refuses, the slow way refuses too"
        raise ScenarioError(problems)


def checked_at(
    arm: PreparedArm, point: int, values: Sequence[Any], factors: Sequence[Factor]
) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario of an arm at a point, and sentences about what may not be meant.

    Raises ScenarioError, told of the parameters that are varied where it is they that make the difference.
    """
    try:
        return checked(arm.laid(values), arm.placed(values, factors))
    except ScenarioError as error:
        raise ScenarioError([at_point(problem, point, values, factors) for problem in error.problems]) from None


def at_point(problem: Problem, point: int, values: Sequence[Any], factors: Sequence[Factor]) -> Problem:
    """The same problem with the values of the point.

    One that has no place of its own stands with what varies, as near to it as there is something.
    """
    if not factors or problem.message.startswith("unknown"):
        return problem
    there = ", ".join(f"{factor.name} = {shown(value)}" for factor, value in zip(factors, values, strict=True))
    told = replace(problem, message=f"{problem.message} (at point {point}: {there})")
    names = [factor.name for factor in factors]
    if problem.path in names and not problem.given:
        told = replace(told, given=shown(values[names.index(problem.path)]))
    if problem.file:
        return told
    parts = problem.path.split(".")
    near = [sum(part == other for part, other in zip(parts, name.split("."), strict=False)) for name in names]
    which = near.index(max(near))
    file, line, column = factors[which].place_of(values[which])
    told = replace(told, given=shown(values[which]), file=file, line=line, column=column)
    return replace(told, path=names[which], message=": ".join(filter(None, (problem.path, told.message))))


def told_of_arms(scenarios: Sequence[Scenario], places: Mapping[Key, Place]) -> list[Problem]:
    """That arms differ in what they must share."""
    different = different_lives(scenarios)
    if not different:
        return []
    said = f"the arms differ in {', '.join(different)}; they are the same people in the same network over the same days"
    hint = "set them for all arms, in the experiment's own set"
    return [Problem("arms", said, hint, "", *place_of(("arms",), places))]


def told_of_window(scenario: Scenario, record: Record, places: Mapping[Key, Place]) -> list[Problem]:
    """That outcomes would be measured after the end."""
    days = scenario.run.days
    if record.at is None or record.at < days:
        return []
    said = f"a run of {days} days ends with day {days - 1}"
    return [Problem("record.at", said, "", str(record.at), *place_of(("record", "at"), places))]
