"""A world: people, their ties, and the circles they are in, on the morning of one day. The only thing that changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.compiled import entry_point
from peersim.draws import Decision, draw_key, draw_uniforms
from peersim.networks.foci import as_pairs, distinct, focus_order, focus_ties, with_more
from peersim.networks.generator_options import GENERATORS
from peersim.networks.network import Network
from peersim.parameters import rules as as_rules
from peersim.people import People, copied
from peersim.population import SharedTraits, draw_couples, draw_people, draw_shared_traits
from peersim.programmes.circles import Circles, no_circles
from peersim.scenario import Scenario
from peersim.similarity import similarity
from peersim.ties import FACE_TO_FACE, FRIEND, PARTNER, Ties, tie_together, within


@dataclass
class World:
    """Everything about a community on one morning.

    arcs     all ties, perhaps with room behind them into which they can grow
    day      the day that is about to begin; burn-in has negative days
    seed     the first part of every draw's address
    ids      the names of people in the network file, by number; None where there is no file
    summary  one line that tells what network it is and what was cleaned or added
    """

    people: People
    arcs: Ties
    circles: Circles
    day: int
    seed: int
    ids: tuple[str, ...] | None
    summary: str

    @property
    def ties(self) -> Ties:
        """All ties: `arcs` without the room behind them. What is written there is written to the world.

        They hold until the next day, or the next change of a tie; `copied(world.ties)` keeps.
        """
        return within(self.arcs)

    def copy(self) -> World:
        """A world that shares nothing with this one but its past."""
        return replace(
            self, people=copied(self.people), arcs=copied(self.ties), circles=copied(self.circles)
        )

    @property
    def n_people(self) -> int:
        return len(self.people.number)


def build_world(scenario: Scenario, seed: int, network: Network | None = None) -> World:
    """The world of a scenario on the first morning of its burn-in.

    network  as read from the scenario's file (`read_network`); None makes the one that the scenario names
    """
    population = scenario.population
    if network is None and scenario.network.kind in GENERATORS:
        network = _generated(scenario, seed)
    if network is not None:
        population = population.model_copy(update={"people": network.n_people})
    number = np.arange(population.people, dtype=np.uint32)
    shared = draw_shared_traits(population, seed, number, network.attributes if network else {})
    if network is None:
        shared = shared.reordered(focus_order(scenario.foci, 0, seed, number, shared.age, shared.culture))
    couples = _couples(scenario, seed, number, shared, network)
    people = draw_people(population, seed, shared, couples)
    if network is None:
        by_second = focus_order(scenario.foci, 1, seed, number, shared.age, shared.culture)
        large = focus_ties(scenario.foci, 0, seed, number, np.arange(len(number)))
        friends = np.concatenate([large, focus_ties(scenario.foci, 1, seed, number, by_second)])
    else:
        friends = as_pairs(network.first, network.second)
    pairs, n_added = with_more(distinct(friends), distinct(as_pairs(couples[:, 0], couples[:, 1])))
    ties = _first_ties(scenario, seed, people, pairs, network)
    people.traits.usual_degree[:] = np.diff(ties.start)
    return World(
        people=people,
        arcs=ties,
        circles=no_circles(0, len(number)),
        day=-scenario.run.burn_in,
        seed=seed,
        ids=network.ids if network else None,
        summary=_summary(scenario, network, len(number), len(pairs), len(couples), n_added),
    )


def _generated(scenario: Scenario, seed: int) -> Network:
    from peersim.networks.generators import generate

    settings = scenario.network
    return generate(
        settings.kind, scenario.population.people, settings.options, int(draw_key(seed, Decision.NAMED_NETWORK)) % 2**31
    )


def _couples(
    scenario: Scenario, seed: int, number: NDArray[np.uint32], shared: SharedTraits, network: Network | None
) -> NDArray[np.int64]:
    """Who is a couple: those whom the file names, else drawn, or nobody; (n_couples, 2) rows."""
    if network is not None and network.is_partner is not None:
        return np.stack([network.first, network.second], axis=1)[network.is_partner].astype(np.int64)
    return draw_couples(scenario.population, seed, number, shared.age)


def _first_ties(
    scenario: Scenario, seed: int, people: People, pairs: NDArray[np.uint64], network: Network | None
) -> Ties:
    """The ties of the first morning. Where a file has weights, their ranks say which ties are the closer ones."""
    rules, traits = scenario.starting_ties, people.traits
    luck = draw_uniforms(seed, Decision.CLOSENESS_START, pairs)
    if network is not None and network.strength is not None:
        luck[np.searchsorted(pairs, as_pairs(network.first, network.second))] = network.strength
    first, second = (pairs >> np.uint64(32)).astype(np.int32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32)
    alike = pairwise_similarity(
        traits.age, traits.culture, traits.interests, first, second, as_rules(scenario.similarity)
    )
    is_couple = traits.partner[first] == second
    closeness = rules.least_closeness + rules.spread * luck**2 + rules.similarity * alike
    return tie_together(
        pairs,
        people.number,
        people.row_of,
        np.clip(np.where(is_couple, rules.partner_closeness, closeness), 0.0, 1.0),
        draw_key(seed, Decision.TRUST_START),
        rules.trust_sd,
        alike,
        np.full(len(pairs), FACE_TO_FACE, dtype=np.int8),
        np.where(is_couple, PARTNER, FRIEND).astype(np.int8),
    )


@entry_point
def pairwise_similarity(age: Any, culture: Any, interests: Any, first: Any, second: Any, rules: Any) -> Any:
    """How alike each pair of rows is, (n_pairs,)."""
    alike = np.empty(first.size)
    for e in range(first.size):
        alike[e] = similarity(age, culture, interests, first[e], second[e], rules)
    return alike


def _summary(
    scenario: Scenario, network: Network | None, n_people: int, n_ties: int, n_couples: int, added: int
) -> str:
    if network is None:
        return f"foci: {n_people:,} people, {n_ties:,} ties, {n_couples:,} couples"
    if network.is_partner is not None:
        return f"{network.summary}; {n_couples:,} couples as in the file"
    if scenario.population.partners == "none":
        return f"{network.summary}; no couples"
    return f"{network.summary}; {n_couples:,} couples drawn, which added {added:,} ties (see population.partners)"
