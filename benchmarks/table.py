"""One table from one run: peersim beside plain Mesa, numpy and C on the same community, from the same morning.

`python -m benchmarks.table [--quick]`, from the root of the checkout. Machines differ and are shared, so that what
counts are the ratios: to the first line of each part, in the same minutes. The distance of the least from the median
shows the machine's noise.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks import scene
from benchmarks.limit import COMPILER, Limit, compiler
from benchmarks.passes import GROUPS, Live, check_agreement, keys, own_way, states
from benchmarks.passes_numpy import NumpyDays
from benchmarks.timing import heading, in_turns, row
from peersim.draws import Decision, draw_key, normals
from peersim.scenario import Scenario
from peersim.simulate import live
from peersim.trace import new_trace
from peersim.world import World
from tests.reference.start import first_morning

ROUNDS = 7
TWIN_WEEKS = {10**3: 3, 10**4: 1}
"""How long plain agents live; larger communities take them minutes."""
TWIN_TOLERANCE = 1e-3
"""How near their mean stress must be after a week: a draw that rounding flips parts a few lives."""
NUMPY_DAYS = 14
ALL = tuple(GROUPS)
PARTS = {"everyday passes": ALL} | {group: (group,) for group in GROUPS}

Work = Callable[[], Callable[[], object]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out a million people, and fewer rounds")
    options = parser.parse_args()
    ways = {part: own_way(part) for part in PARTS.values()}
    for people in [10**3, 10**4, 10**5] + ([] if options.quick else [10**6]):
        plan, world = scene.scenario(people), scene.running(people)
        rounds = 3 if options.quick or people == 10**6 else ROUNDS
        heading(f"{people:,} people", "ns per person-day")
        whole_model(world, plan, rounds)
        everyday_passes(world, plan, rounds, ways)


def whole_model(world: World, plan: Scenario, rounds: int) -> None:
    """The lines of the whole model."""
    people, days = world.n_people, scene.n_days(world.n_people)

    def lived(record_every: int) -> Callable[[], object]:
        fresh = world.copy()
        return lambda: live(fresh, plan, days, new_trace(fresh.day, days, people, record_every=record_every))

    works: dict[str, Work] = {
        "whole model: peersim": lambda: lived(0),
        "  and the weekly timeline of all outcomes": lambda: lived(7),
        "  a normal draw for each": lambda: partial(normal_draws, people, days),
    }
    found = {name: per_person_day(s, world, days) for name, s in in_turns(works, rounds).items()}
    first = found["whole model: peersim"]
    for name, each in found.items():
        row(name, each, first)
    if weeks := TWIN_WEEKS.get(people):
        row("  plain Mesa agents (tests/reference)", twin(world, plan, weeks), first)


def normal_draws(people: int, days: int) -> None:
    """One normal draw for everyone on every day: what everyone can measure on the same machine in the same minute."""
    out, who, key = np.empty(people), np.arange(people, dtype=np.uint64), draw_key(1, Decision.USER)
    for _ in range(days):
        normals(out, key, who)


def twin(world: World, plan: Scenario, weeks: int) -> list[float]:
    """Nanoseconds a person-day of the plain agents, week by week.

    world  a week after its first morning, in which it must have lived the same

    Raises ValueError if it has not.
    """
    model, found = first_morning(plan, world.seed), []
    for week in range(weeks):
        found += in_turns({"week": lambda: lambda: [model.step() for _ in range(7)]}, 1)["week"]
        stress = float(np.mean([person.stress for person in model.people.values()]))
        if week == 0 and abs(stress - world.people.now.stress.mean()) > TWIN_TOLERANCE:
            raise ValueError(f"mean stress of plain agents is {stress}, of peersim {world.people.now.stress.mean()}")
    return per_person_day(found, world, 7)


def everyday_passes(world: World, plan: Scenario, rounds: int, ways: dict[tuple[str, ...], Live]) -> None:
    """The lines of the passes that are written three times, all together and group by group.

    ways  how peersim lives each choice of groups

    Raises ValueError unless all three live the same day.
    """
    own = world.copy()
    ways[ALL](own, plan, 1)
    vectorised, today = NumpyDays(world, plan), keys(world, 1)
    vectorised.live(today)
    check_agreement("numpy", vectorised.states(), states(own))
    days = scene.n_days(world.n_people)
    key = keys(world, days)

    def lived(groups: tuple[str, ...]) -> Callable[[], object]:
        fresh = world.copy()
        return lambda: ways[groups](fresh, plan, days)

    works: dict[tuple[str, str], Work] = {(title, "peersim"): partial(lived, part) for title, part in PARTS.items()}
    if compiler():
        limit = Limit(world, plan)
        limit.live(today, ALL)
        check_agreement("C", limit.states(), states(own))
        works |= {(title, "C"): partial(partial, limit.live, key, part) for title, part in PARTS.items()}
    found = {name: per_person_day(s, world, days) for name, s in in_turns(works, rounds).items()}
    few = min(days, NUMPY_DAYS)
    by_numpy = in_turns({"numpy": lambda: partial(vectorised.live, key[:few])}, min(3, rounds))["numpy"]
    for title, part in PARTS.items():
        first = found[title, "peersim"]
        row(f"{title}: peersim", first, first)
        if part == ALL:
            row("  numpy", per_person_day(by_numpy, world, few), first)
        if compiler():
            row("  C", found[title, "C"], first)
            print(f"    peersim takes {min(first) / min(found[title, 'C']):.2f} times as long as C")
        else:
            print(f"    C: this machine has no compiler called {COMPILER}")


def per_person_day(seconds: list[float], world: World, days: int) -> list[float]:
    """Nanoseconds a person-day."""
    return [1e9 * s / (world.n_people * days) for s in seconds]


if __name__ == "__main__":
    main()
