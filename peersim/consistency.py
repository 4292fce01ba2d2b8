"""What no single number shows: numbers that contradict each other, and numbers that nothing will read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from peersim.locate import Key
from peersim.networks.errors import NetworkError
from peersim.networks.foci import Foci
from peersim.networks.generator_checks import checked_options
from peersim.networks.generator_options import GENERATORS
from peersim.networks.settings import NetworkSettings
from peersim.population import Population
from peersim.scenario import Scenario

_ROUNDING = 1e-9
_ONLY_WITH_A_FILE = ("weight", "wave", "wave_column", "kind_column", "isolates", "header")


class Finding(NamedTuple):
    """A contradiction: the parameters that it is between, what is wrong, and what to do."""

    keys: tuple[Key, ...]
    message: str
    suggestion: str = ""


def contradictions(scenario: Scenario) -> Iterator[Finding]:
    """Everything that cannot be as it is written."""
    yield from _foci_sizes(scenario)
    yield from _resilience_weights(scenario)
    yield from _shares_of_events(scenario)
    yield from _network_source(scenario)
    yield from _network_options(scenario)
    yield from _support_mix(scenario)
    yield from _too_few_places(scenario)


def oddities(scenario: Scenario) -> Iterator[Finding]:
    """What can be, but is hardly meant."""
    yield from _programmes_cut_short(scenario)
    yield from _what_nothing_reads(scenario)
    yield from _places_and_lines(scenario)


def different_lives(scenarios: Sequence[Scenario]) -> list[str]:
    """In what scenarios differ that must be the same in all arms: whoever lives there, and over which days."""
    shared: dict[str, Callable[[Scenario], Any]] = {
        "[network]": lambda scenario: scenario.network,
        "population.people": lambda scenario: scenario.population.people,
        "run.burn_in": lambda scenario: scenario.run.burn_in,
        "run.days": lambda scenario: scenario.run.days,
        "run.seed": lambda scenario: scenario.run.seed,
        "run.record_every": lambda scenario: scenario.run.record_every,
    }
    return [name for name, part in shared.items() if any(part(other) != part(scenarios[0]) for other in scenarios[1:])]


def _foci_sizes(scenario: Scenario) -> Iterator[Finding]:
    sizes = zip(("large", "small"), scenario.foci.least_size, scenario.foci.most_size, strict=True)
    for which, least, most in sizes:
        if least > most:
            yield Finding(
                (("foci", "least_size"), ("foci", "most_size")),
                f"the smallest {which} focus has {least:g} people, more than the largest, which has {most:g}",
                "foci.least_size must be at most foci.most_size",
            )


def _shares_of_events(scenario: Scenario) -> Iterator[Finding]:
    total = sum(scenario.stressors.share)
    if abs(total - 1.0) > _ROUNDING:
        yield Finding(
            (("stressors", "share"),),
            f"the shares of the four domains sum to {total:g}; must sum to 1",
            "stressors.event_rate says how many events there are",
        )


def _resilience_weights(scenario: Scenario) -> Iterator[Finding]:
    names = ("self_esteem_weight", "optimism_weight", "coping_weight")
    weights = [getattr(scenario.resilience, name) for name in names]
    if abs(sum(weights) - 1.0) > _ROUNDING:
        yield Finding(
            tuple(("resilience", name) for name in names),
            f"{', '.join(names)} are {', '.join(f'{w:g}' for w in weights)} and sum to {sum(weights):g}; must sum to 1",
            "resilience is their weighted mean",
        )


def _network_source(scenario: Scenario) -> Iterator[Finding]:
    network = scenario.network
    if network.file and network.kind != "foci":
        yield Finding(
            (("network", "file"), ("network", "kind")),
            f"a network comes from a file or from a generator, and network.kind = '{network.kind}' names one",
            "leave out one of the two (kind = \"foci\" is as good as none)",
        )
    if network.nodes and not network.file:
        yield Finding(
            (("network", "nodes"),),
            "tells of people, but no network.file tells of their ties",
            'name the file with the ties: file = "ties.csv"',
        )


def _network_options(scenario: Scenario) -> Iterator[Finding]:
    network = scenario.network
    if not network.file and network.kind in GENERATORS:
        try:
            checked_options(network.kind, scenario.population.people, network.options)
        except NetworkError as error:
            for line in str(error).splitlines():
                path, message = line.split(": ", 1)
                name = path.split(" = ")[0]
                others = (("network", "kind"), ("population", "people"), ("network", "options"))
                yield Finding((tuple(name.split(".")), *others), message)
    elif network.options:
        what = "a network file" if network.file else "the generator foci"
        yield Finding(
            (("network", "options"),),
            f"{what} has no options",
            "leave them out" if network.file else "its numbers are those of [foci]; or name another network.kind",
        )


def _support_mix(scenario: Scenario) -> Iterator[Finding]:
    for slot, programme in enumerate(scenario.programmes):
        if sum(programme.mix) > 1.0 + _ROUNDING:
            yield Finding(
                (("programmes", slot, "mix"), ("programmes", slot)),
                f"emotional, informational and instrumental support are shares and sum to {sum(programme.mix):g}; "
                "must sum to at most 1",
            )


def _too_few_places(scenario: Scenario) -> Iterator[Finding]:
    for slot, programme in enumerate(scenario.programmes):
        if programme.capacity == 1:
            yield Finding(
                (("programmes", slot, "capacity"), ("programmes", slot)),
                "one place makes no circle; must be 0, for no limit, or at least 2",
            )


def _programmes_cut_short(scenario: Scenario) -> Iterator[Finding]:
    days = scenario.run.days
    for slot, programme in enumerate(scenario.programmes):
        keys = (("programmes", slot),)
        if programme.start >= days:
            yield Finding(keys, f"never starts: it would on day {programme.start}, and the run has {days} days")
        elif programme.end > days:
            yield Finding(keys, f"is cut short: it would end on day {programme.end}, and the run has {days} days")


def _places_and_lines(scenario: Scenario) -> Iterator[Finding]:
    for slot, programme in enumerate(scenario.programmes):
        if programme.is_for_couples and programme.capacity % 2:
            places: tuple[Key, ...] = (("programmes", slot, "capacity"), ("programmes", slot))
            yield Finding(places, f"{programme.capacity} places hold {programme.capacity // 2} couples; one stays free")
        if programme.rolling and not programme.capacity:
            keys: tuple[Key, ...] = (("programmes", slot, "rolling"), ("programmes", slot))
            yield Finding(keys, "is not read: nobody waits where capacity = 0 sets no limit")


def _what_nothing_reads(scenario: Scenario) -> Iterator[Finding]:
    network, default = scenario.network, NetworkSettings()
    if network.file and scenario.population.people != Population().people:
        yield Finding((("population", "people"),), "is not read: a network file says who lives here")
    if scenario.foci != Foci() and (network.file or network.kind != "foci"):
        yield Finding((("foci",),), "is not read: the network is not made of foci")
    for name in _ONLY_WITH_A_FILE:
        if not network.file and getattr(network, name) != getattr(default, name):
            yield Finding((("network", name),), "is not read: there is no network.file")
