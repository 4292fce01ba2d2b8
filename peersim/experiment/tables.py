"""What stands in the tables of an experiment: each number with its unit, range and meaning."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from peersim.analysis.contrasts import MEASURED, POPULATIONS
from peersim.parameters import Parameters, as_tuple, param

DESIGNS = ("grid", "zip", "lhs", "sobol", "file")
TESTS = ("paired_t", "bootstrap_t", "tost", "trend", "interaction")
DIRECTIONS = ("less", "greater", "different")
MOST_SEEDS = 1_000_000
MOST_POINTS = 10_000_000
_MOST_SEED = 2**62


def _population() -> Any:
    return param("offered", unit="", choices=POPULATIONS, doc="whose difference it is", source="assumed")


def _contrast() -> Any:
    return param(..., unit="", doc="the arm and its reference, as 'often - long'", source="")


def _outcome() -> Any:
    return param(..., unit="", choices=MEASURED, doc="what differs", source="")


class Until(Parameters):
    """`seeds.until`: the precision at which there are enough seeds."""

    contrast: str = _contrast()
    outcome: str = _outcome()
    half_width: float = param(
        ..., unit="units of the outcome", within=(0, None), doc="half of the 95% interval of the difference", source=""
    )
    population: str = _population()


class Seeds(Parameters):
    """`[seeds]`: how many replicates there are of every point."""

    min: int = param(
        20, unit="seeds", within=(1, MOST_SEEDS), doc="at every point; without `until` exactly so many",
        source="assumed: a stopping rule needs about 20 to know the spread",
    )
    max: int = param(400, unit="seeds", within=(1, MOST_SEEDS), doc="at a point, with `until`", source="assumed")
    first: int | None = param(
        None, unit="", within=(0, _MOST_SEED), doc="the first seed; others follow it", source="run.seed of the base"
    )
    until: Until | None = Field(default=None, description="the precision at which a point has enough of them")


class Record(Parameters):
    """`[record]`: what is kept of every run."""

    at: int | None = param(
        None, unit="", within=(0, 36500), doc="last of the days over which outcomes are measured",
        source="the end of the programme that ends last",
    )
    timeline: bool = param(True, unit="", doc="whether the timeline of every run is kept", source="assumed")
    people: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = Field(
        default=(), description="outcomes that are kept of every person"
    )


class Limits(Parameters):
    """`[limits]`: what one run may take."""

    seconds: float | None = param(None, unit="seconds", within=(0.1, None), doc="time of one run", source="no limit")
    megabytes: float | None = param(
        None, unit="megabytes", within=(1, None), doc="memory that a worker takes beside the program itself",
        source="no limit",
    )


class Hypothesis(Parameters):
    """One of `[[hypotheses]]`: a claim about the difference between two arms, and how it is judged."""

    id: str = param(..., unit="", doc="a short name of its own, as H3", source="")
    claim: str = param(..., unit="", doc="the claim in words", source="")
    contrast: str = _contrast()
    outcome: str = _outcome()
    test: str = param(..., unit="", choices=TESTS, doc="how it is judged", source="")
    direction: str = param(
        "different", unit="", choices=DIRECTIONS, doc="the arm's outcome against the reference's", source="assumed"
    )
    smallest_effect_of_interest: float = param(
        ..., unit="units of the outcome", within=(0, None), doc="a smaller difference does not matter to anybody",
        source="",
    )
    population: str = _population()


class Sweep(Parameters):
    """`[sweep]`; what it varies, and where, are read elsewhere."""

    design: str = param("grid", unit="", choices=DESIGNS, doc="how points are made of what is varied", source="assumed")
    points: int | None = param(None, unit="points", within=(1, MOST_POINTS), doc="of lhs and sobol", source="")
    seed: int | None = param(None, unit="", within=(0, _MOST_SEED), doc="of the design, for lhs and sobol", source="")
    file: str | None = param(None, unit="", doc="the table of points, a column for each parameter", source="")
    vary: dict[str, Any] = Field(default_factory=dict, description="values or a range for each parameter")
    where: tuple[str, ...] = Field(default=(), description="conditions that a point has to meet")
