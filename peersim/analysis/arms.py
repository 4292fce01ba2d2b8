"""Arms: the same people under several scenarios, from one morning on.

Scenarios that are the same up to day 0 share one burn-in: the world is built and settled once, then copied for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.analysis.contrasts import Differences, differences_of
from peersim.analysis.structure import Shape, Structure, shape_of, structure_of
from peersim.consistency import different_lives
from peersim.knock_outs import knocked_out
from peersim.mistakes import Problem, ScenarioError
from peersim.networks.network import Network
from peersim.outcomes import NAMES
from peersim.people import Floats
from peersim.programmes.circles import Circles
from peersim.scenario import Scenario, before_day_0
from peersim.simulate import live, settle
from peersim.trace import new_trace
from peersim.world import World, build_world

WINDOW_DAYS = 7
"""An effect is measured as each person's mean over this many evenings."""


@dataclass(frozen=True)
class Dose:
    """What a programme gave, summed over programmes.

    offered, accepted, attended  people
    waiting                      people who wait for a place after the last day
    circles, sessions            circles formed, and sessions held
    minutes_received             minutes spent in sessions, for each person offered
    minutes_given                minutes that trained leaders spent in sessions, for each person offered
    """

    offered: int
    accepted: int
    attended: int
    waiting: int
    circles: int
    sessions: int
    minutes_received: float
    minutes_given: float


@dataclass(frozen=True)
class Arm:
    """One scenario lived once.

    value        (n_windows, n_outcomes, n_people) each person's mean over each window
    offered      (n_people,) to whom any programme was offered
    attended     (n_people,) who came to a session
    partnered    (n_people,) who lives with a partner
    row_of       (n_people,) the row of each person by number
    days         (n_records,) the days of the timeline
    mean, sd     (n_records, n_outcomes) over everyone
    stress       (n_records, n_people) PSS-10 points; empty where nobody asked for it
    tally        (n_days, n_tallies) what was counted every day, as in `TALLIES`
    structure    the network as built, on day 0 and after the last day
    summary      the network, in a line
    """

    value: Floats
    offered: NDArray[np.bool_]
    attended: NDArray[np.bool_]
    partnered: NDArray[np.bool_]
    row_of: NDArray[np.int32]
    days: NDArray[np.int64]
    mean: Floats
    sd: Floats
    stress: NDArray[np.float32]
    tally: NDArray[np.int64]
    dose: Dose
    structure: Structure
    summary: str


@dataclass(frozen=True)
class Past:
    """What arms may share.

    built    the network before the burn-in
    settled  the network on the morning of day 0
    arcs     who knew whom on that morning: `start` and `other` of its ties
    world    on that morning; to be copied by all arms but the last
    """

    built: Shape
    settled: Shape
    arcs: tuple[NDArray[Any], NDArray[Any]]
    world: World


def window_of(scenario: Scenario, last_day: int | None = None) -> tuple[int, int]:
    """The evenings over which an arm is measured, as first day and day after the last.

    last_day  the last of them; None takes the last day of the programme that ends last, or of the run
    """
    ends = [programme.end for programme in scenario.programmes if programme.end <= scenario.run.days]
    end = last_day + 1 if last_day is not None else max(ends, default=scenario.run.days)
    return max(0, end - WINDOW_DAYS), end


def live_arms(
    scenarios: Sequence[Scenario],
    windows: Sequence[tuple[int, int]],
    seed: int,
    network: Network | None,
    *,
    keep_stress: bool = True,
) -> list[Arm]:
    """Live each scenario with one seed; those that are the same before day 0 start from the same morning."""
    scenarios = [knocked_out(scenario) for scenario in scenarios]
    shared = [before_day_0(scenario) for scenario in scenarios]
    arms: list[Arm | None] = [None] * len(scenarios)
    for first in range(len(scenarios)):
        if arms[first] is not None:
            continue
        past = live_past(build_world(scenarios[first], seed, network), scenarios[first])
        *others, last = [k for k in range(first, len(scenarios)) if shared[k] == shared[first]]
        for k in (*others, last):
            world = past.world if k == last else past.world.copy()  # a city fits in memory once
            arms[k] = live_arm(world, past, scenarios[k], windows, keep_stress=keep_stress)
    return [arm for arm in arms if arm is not None]


def live_past(world: World, scenario: Scenario) -> Past:
    """Let a community that was just built live up to the morning of day 0; it changes. scenario  without switches"""
    built = shape_of(world)
    settle(world, scenario)
    ties = world.ties
    return Past(built, shape_of(world), (ties.start.copy(), ties.other.copy()), world)


def live_arm(
    world: World, past: Past, scenario: Scenario, windows: Sequence[tuple[int, int]], *, keep_stress: bool = False,
    keep_records: bool = True,
) -> Arm:
    """Let a world, on the morning of day 0, live through the days of a scenario without switches; it changes.

    past          where this world comes from
    keep_stress   everybody's, at every record
    keep_records  means over everyone, which take a tenth of the time
    """
    trace = new_trace(
        0,
        scenario.run.days,
        world.n_people,
        record_every=scenario.run.record_every if keep_records else 0,
        windows=windows,
        panel=("stress",) if keep_stress else (),
    )
    live(world, scenario, scenario.run.days, trace)
    circles = world.circles
    return Arm(
        value=trace.window / np.maximum(trace.is_window.sum(axis=1), 1)[:, None, None],
        offered=circles.offered.any(axis=0),
        attended=(circles.attended > 0).any(axis=0),
        partnered=world.people.traits.partner >= 0,
        row_of=world.people.row_of,
        days=np.flatnonzero(trace.is_record),
        mean=trace.mean,
        sd=trace.sd,
        stress=trace.panel[0] if keep_stress else np.empty((0, 0), np.float32),
        tally=trace.tally,
        dose=_dose(circles, scenario),
        structure=structure_of(past.built, past.settled, past.arcs, world),
        summary=world.summary,
    )


def _dose(circles: Circles, scenario: Scenario) -> Dose:
    minutes = np.array([programme.minutes for programme in scenario.programmes])
    is_led = np.array([programme.facilitator > 0.0 for programme in scenario.programmes], dtype=np.bool_)
    held = np.bincount(circles.slot, weights=circles.held, minlength=len(minutes)) if len(minutes) else np.zeros(0)
    n_offered = int(circles.offered.any(axis=0).sum())
    return Dose(
        offered=n_offered,
        accepted=int(circles.accepted.any(axis=0).sum()),
        attended=int((circles.attended > 0).any(axis=0).sum()),
        waiting=int((circles.end_of_line - circles.next_in_line).sum()),
        circles=len(circles.slot),
        sessions=int(circles.held.sum()),
        minutes_received=float((circles.attended.sum(axis=1) * minutes).sum()) / max(1, n_offered),
        minutes_given=float((held * minutes * is_led).sum()) / max(1, n_offered),
    )


def populations_of(arm: Arm, reference: Arm) -> dict[str, NDArray[np.bool_]]:
    """Whom a contrast is about. Between two programmes: offered both, of them who attended either, offered neither."""
    everyone = np.ones_like(arm.offered)
    either = arm.offered | reference.offered
    if not either.any():
        return {"everyone": everyone}
    has_both = arm.offered.any() and reference.offered.any()
    offered = arm.offered & reference.offered if has_both else either
    return {
        "offered": offered,
        "attended": offered & (arm.attended | reference.attended),
        "not_offered": ~either,
        "everyone": everyone,
    }


def contrasted(arm: Arm, reference: Arm, window: int, populations: Mapping[str, NDArray[np.bool_]]) -> Differences:
    """Every outcome of the same people in two arms, over one window; populations as `populations_of` has them."""
    return differences_of(arm.value[window], reference.value[window], populations, arm.partnered)


def network_for(scenarios: Sequence[Scenario]) -> Network | None:
    """The network file that all arms share, read; None where they name none.

    Raises ScenarioError, naming everything that differs, unless the arms are the same people over the same days.
    """
    different = different_lives(scenarios)
    if different:
        said = f"the scenarios differ in {', '.join(different)}; arms are the same people in the same network"
        raise ScenarioError(
            [Problem("", f"{said} over the same days", "set them for all with -s, or run the scenarios one by one")]
        )
    settings = scenarios[0].network
    if not settings.file:
        return None
    from peersim.networks.files import read_network

    return read_network(settings, Path())


OUTCOME_ROW = {name: k for k, name in enumerate(NAMES)}
"""In which row of `Arm.value` each outcome stands."""
