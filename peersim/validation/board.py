"""The board: what the model gives for each band, and whether it is met or missed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from peersim.analysis.arms import network_for
from peersim.analysis.comparison import BUILT_IN
from peersim.analysis.contrasts import t_interval
from peersim.analysis.plan import refuse_too_large
from peersim.analysis.provenance import provenance
from peersim.runs.replicates import replicate
from peersim.scenario import Scenario
from peersim.scenario_file import load_scenario
from peersim.simulate import warm_up
from peersim.validation.band import Band
from peersim.validation.bands import SHIPPED, Bands, about_what, read_bands
from peersim.validation.effects import EFFECTS, RATIOS, Effect
from peersim.validation.lives import Asked, OneSeed, asked_for, live_once, over_seeds, ratio_over_seeds
from peersim.validation.subjects import Subject, unit_of
from peersim.validation.year import DAYS

MET, MISSED, SHOWN, UNDEFINED = "met", "missed", "shown, no band", "not defined"
CROSSES = ", interval crosses the edge"
FITTED = (
    "The model's numbers were fitted to most of the shipped bands: that they are met shows that all of it can hold "
    "together, and is no independent evidence."
)
"""What every board has to say."""
MEANT_PEOPLE, MEANT_SEEDS = 2000, 20
"""For how many people and seeds, at least, the shipped bands are meant."""


@dataclass(frozen=True)
class Row:
    """What the model gives for one band.

    value      mean over seeds, NaN where it is not defined
    low, high  its 95 % interval over seeds, NaN below two seeds
    seeds      in how many it is defined
    """

    band: Band
    label: str
    unit: str
    group: str
    value: float
    low: float
    high: float
    seeds: int

    @property
    def is_judged(self) -> bool:
        """Whether there is a band at all."""
        return bool(self.band.edges)

    @property
    def is_met(self) -> bool:
        """Whether the mean lies in the band; a value that is not defined does not."""
        return self.band.holds(self.value)

    @property
    def crosses_edge(self) -> bool:
        """Whether the interval lies on both sides of an edge of the band."""
        return any(self.low < edge < self.high for edge in self.band.edges)

    @property
    def status(self) -> str:
        """Met or missed, and whether chance may have decided it."""
        if self.value != self.value:
            return UNDEFINED
        if not self.is_judged:
            return SHOWN
        return (MET if self.is_met else MISSED) + (CROSSES if self.crosses_edge else "")


@dataclass(frozen=True, repr=False)
class Board:
    """All rows, in the order of the bands; and what they were measured of."""

    name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    seeds: tuple[int, ...]
    people: int
    burn_in: int
    summary: str
    provenance: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"<Board of {self.name}: {self.count}>"

    @property
    def groups(self) -> dict[str, list[Row]]:
        """The rows under each heading."""
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(row.group, []).append(row)
        return groups

    @property
    def count(self) -> str:
        """`31 of 40 bands met`."""
        judged = [row for row in self.rows if row.is_judged]
        return f"{sum(row.is_met for row in judged)} of {len(judged)} bands met"

    @property
    def verdict(self) -> str:
        """How many bands are met, and every other one by name."""
        parts = [self.count]
        for status in (MISSED, UNDEFINED):
            named = [row.label for row in self.rows if row.is_judged and row.status.startswith(status)]
            parts += [f"{status}: {', '.join(named)}"] if named else []
        return "; ".join(parts)


def validate(
    source: str | Path | Scenario = "baseline",
    *,
    name: str = "",
    seeds: int = MEANT_SEEDS,
    first_seed: int | None = None,
    jobs: int | None = None,
    files: Sequence[Path] = (),
    on_done: Callable[[], None] = lambda: None,
) -> Board:
    """Hold a scenario against the bands.

    source  a file, a bundled name or a `Scenario`; its programmes are left out, and its year has DAYS days
    name    to call it by; by itself its file's name, or its title
    files   of users' own bands

    Raises ScenarioError if the scenario or a file is not valid, NetworkError if its network file cannot be read.
    """
    if seeds < 1:
        raise ValueError(f"--seeds {seeds}: must be at least 1")
    scenario = source if isinstance(source, Scenario) else load_scenario(source)
    bands = read_bands(files)
    asked = asked_for(scenario, bands)
    network = network_for([asked.everyday])
    first = scenario.run.seed if first_seed is None else first_seed
    numbers = tuple(range(first, first + seeds))
    refuse_too_large(asked.lives, seeds, jobs, network)
    warm_up()
    lived = replicate(lambda seed: live_once(asked, seed, network), numbers, jobs, on_done)
    digests = {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    digests["shipped"] = hashlib.sha256(SHIPPED.read_bytes()).hexdigest()
    return Board(
        name=name or (scenario.title if isinstance(source, Scenario) else Path(source).stem),
        rows=tuple(_row(band, bands, lived) for band in bands.bands),
        notes=tuple(_notes(scenario, asked, lived[0].people, seeds)),
        seeds=numbers,
        people=lived[0].people,
        burn_in=scenario.run.burn_in,
        summary=lived[0].summary,
        provenance=provenance({"everyday": asked.everyday, **asked.arms}, numbers, bands=digests),
    )


def _row(band: Band, bands: Bands, lived: Sequence[OneSeed]) -> Row:
    subject, other = about_what(band, bands.arms)
    assert subject is not None
    values = over_seeds(subject, lived)
    if other is not None:
        values = ratio_over_seeds(values, over_seeds(other, lived))
    told = values[np.isfinite(values)]
    mean, half = t_interval(told)
    return Row(
        band=band,
        label=band.label or (subject.label if other is None else f"{subject.label} / {other.label}"),
        unit=unit_of(subject, is_ratio=other is not None),
        group=_group(subject, is_ratio=other is not None),
        value=mean,
        low=mean - half,
        high=mean + half,
        seeds=len(told),
    )


def _group(subject: Subject, *, is_ratio: bool) -> str:
    if isinstance(subject, Effect):
        return RATIOS if is_ratio else EFFECTS
    return subject.group


def _notes(scenario: Scenario, asked: Asked, people: int, seeds: int) -> Iterator[str]:
    """What a reader has to know before quoting a number."""
    yield FITTED
    is_led = [any(p.facilitator > 0 or p.guidelines > 0 for p in arm.programmes) for arm in asked.arms.values()]
    if any(is_led) and not all(is_led):
        yield BUILT_IN
    if scenario.programmes:
        yield "The scenario's own programmes are left out: bands are about everyday life and the bundled programmes."
    if scenario.run.days != DAYS:
        yield f"Bands are about a year: run.days = {scenario.run.days} is set aside, and {DAYS} days are lived."
    if people < MEANT_PEOPLE or seeds < MEANT_SEEDS:
        yield f"The shipped bands are meant for at least {MEANT_PEOPLE:,} people and {MEANT_SEEDS} seeds."
    if seeds < 2:
        yield "One seed gives no interval; use --seeds."
