"""The model as Mesa sees one: a day is a step, people are agents, and rules of your own may be added to the day.

    model = PeerSupportModel("support_group", rng=7, people=500)

    @model.add_rule
    def call_a_friend(model):
        for person in model.agents.where(model.agents.array("stress") > 0.8):
            if person.friends:
                person.stress -= 0.02
                model.set_closeness(person, person.friends[0], 0.9)

    model.run_for(365)
    model.datacollector.get_model_vars_dataframe()
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, ClassVar, Never

import mesa
import networkx as nx
import numpy as np
from mesa.experimental.scenarios import Scenario as MesaScenario

from peersim import outcomes
from peersim.analysis.plan import refuse_too_large
from peersim.analysis.trial import lives_of
from peersim.compiled import entry_point
from peersim.day import COUPLES_ONLY
from peersim.graph import to_networkx
from peersim.knock_outs import knocked_out
from peersim.model_agents import Everyone
from peersim.model_overrides import overridden
from peersim.model_person import PeopleAreFixedError, Person, checked
from peersim.networks.files import read_network
from peersim.networks.network import Network
from peersim.parameters import rules
from peersim.processes.resilience import derive_resilience
from peersim.rewiring import no_new_ties, propose, without_and_with
from peersim.scenario import Scenario
from peersim.scenario_file import load_scenario
from peersim.simulate import live, settled_world
from peersim.ties import CHANNELS, KINDS, PARTNER
from peersim.trace import TALLIES, describe, new_trace
from peersim.world import World, pairwise_similarity

MAX_SEED = 2**62


class PeerSupportModel(mesa.Model):
    """A community on the morning of a day: built, lived through its burn-in, and ready for day 0.

    scenario  a Scenario, the name of a bundled one, or a file; None for the defaults
    rng       the seed of everybody's luck, a whole number; "scenario" takes the scenario's `run.seed`; None draws a new
              one, as everywhere in Mesa, and so does whatever else Mesa takes as `rng`
    network   the people and ties to start with, as `peersim.networks` reads or makes them
    model_reporters, agent_reporters  for the DataCollector, as Mesa's, beside the mean of every outcome
    overrides parameters of the scenario: by name where only one table has it (people=500, event_rate=2.0), by table
              (stressors={"event_rate": 2.0}), or in full (**{"stressors.event_rate": 2.0})

    `step()` lives one day, then calls the rules that were added, then collects. `time` and `steps` count days since
    day 0; `day` is the day about to begin. `running` turns False after the scenario's `run.days`, which ends
    `run_model` and `mesa.batch_run`; `run_for` goes on as far as it is told. Looking at agents, the graph or collected
    data never changes anybody's life, nor does `model.random`: with no rule and nothing written, every day is bit for
    bit that of `peersim.simulate`.
    """

    person_class: ClassVar[type[Person]] = Person
    """The class of the agents; a subclass may name a subclass of Person that has methods of its own."""

    world: World
    """The arrays. Whoever writes to them writes without the checks that agents make."""

    def __init__(
        self,
        scenario: Scenario | str | Path | None = None,
        rng: Any = "scenario",
        *,
        network: Network | None = None,
        model_reporters: Mapping[str, Any] | None = None,
        agent_reporters: Mapping[str, Any] | None = None,
        **overrides: Any,
    ) -> None:
        self._settings = overridden(_loaded(scenario), overrides)
        rng = _checked_seed(self._settings.run.seed if isinstance(rng, str) and rng == "scenario" else rng)
        super().__init__(rng=rng)
        self.seed = rng if isinstance(rng, int) else int(self.rng.integers(MAX_SEED))
        if network is None and self._settings.network.file:
            network = read_network(self._settings.network, Path())
        refuse_too_large(lives_of([self._settings]), 1, 1, network)
        self.world = settled_world(self._settings, self.seed, network)
        self.tally = dict.fromkeys(TALLIES, 0)
        self._rules: list[Callable[[Any], Any]] = []
        self._people: dict[int, Person] = {}
        self._evening: dict[str, float] | None = None
        rows = np.arange(self.world.n_people)
        self._all_agents = Everyone.at(self, rows, self.random)
        self._agents_by_type = {self.person_class: Everyone.at(self, rows.copy(), self.random)}
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(outcome_mean, name=name) for name in outcomes.NAMES}
            | dict(model_reporters or {}),
            # Mesa turns a name into a function of its own, which cannot be pickled
            agent_reporters={
                name: attrgetter(reporter) if isinstance(reporter, str) else reporter
                for name, reporter in (agent_reporters or {}).items()
            },
        )

    # the days

    @property
    def day(self) -> int:
        """The day that is about to begin; 0 in a new model."""
        return self.world.day

    def step(self) -> None:
        """Live one day, call the rules, and collect."""
        trace = new_trace(self.day, 1, self.world.n_people)
        live(self.world, self._settings, 1, trace)
        self.tally = dict(zip(TALLIES, trace.tally[0].tolist(), strict=True))
        if self.day >= self._settings.run.days:
            self.running = False
        for rule in tuple(self._rules):
            rule(self)
        self._evening = self.outcome_means()
        try:
            self.datacollector.collect(self)
        finally:
            self._evening = None

    def _do_step(self) -> None:
        """A day that fails, or is interrupted, fails alone: Mesa would never live another, without a word."""
        try:
            super()._do_step()
        except BaseException:
            self._default_schedule._schedule_next(self.time + 1.0)
            raise

    def add_rule[F: Callable[[Any], Any]](self, rule: F) -> F:
        """Call rule(model) every evening after the day, before data are collected; rules keep their order.

        What a rule writes is what people wake up with. Can be used as a decorator. A rule that draws should use
        `model.random` or `model.rng`. For a model that is pickled, a rule must be a function of a module.
        """
        if not callable(rule):
            raise TypeError(f"a rule must be a function of the model, not a {type(rule).__name__}")
        self._rules.append(rule)
        return rule

    def remove_rule(self, rule: Callable[[Any], Any]) -> None:
        """Take a rule out of the day; ValueError if it is not there."""
        if rule not in self._rules:
            raise ValueError(f"{rule!r} is not a rule of this model")
        self._rules.remove(rule)

    @property
    def scenario(self) -> Scenario:
        """What this model was made from; it never changes."""
        return self._settings

    @scenario.setter
    def scenario(self, value: object) -> None:
        if not isinstance(value, MesaScenario):  # Mesa makes one of its own, which says nothing here
            raise AttributeError("the scenario of a model never changes; make a new PeerSupportModel")

    # what is measured

    def outcomes(self) -> dict[str, Any]:
        """Every outcome of everyone now, in the points of its instrument: name -> (n_people,) by row."""
        return dict(zip(outcomes.NAMES, self._measured()[0], strict=True))

    def outcome_means(self) -> dict[str, float]:
        """The mean of every outcome now, over everyone, or over people in couples where only they count."""
        return dict(zip(outcomes.NAMES, self._measured()[1].tolist(), strict=True))

    def _measured(self) -> tuple[Any, Any]:
        people = self.world.people
        measured: tuple[Any, Any] = measure_now(
            people.now, people.received, people.traits.partner, people.row_of, self.world.ties,
            rules(self._settings.resilience),
        )  # fmt: skip
        return measured

    @property
    def graph(self) -> nx.Graph[int]:
        """A networkx graph of people and ties as they are now, made anew at every call: see `peersim.graph`."""
        resilience = self.agents_by_type[self.person_class].array("resilience")
        return to_networkx(self.world, {"resilience": resilience})

    # people

    def person_at(self, row: int) -> Person:
        """The person in a row, always the same object."""
        row = int(row)
        person = self._people.get(row)
        if person is None:
            person = self._people[row] = self.person_class.at(self, row)
        return person

    def register_agent(self, agent: Any) -> Never:
        raise PeopleAreFixedError

    def deregister_agent(self, agent: Any) -> Never:
        raise PeopleAreFixedError

    def remove_all_agents(self) -> Never:
        raise PeopleAreFixedError

    # ties; a person is given as an agent or as a number

    def add_tie(
        self, a: Person | int, b: Person | int, closeness: float | None = None, kind: str = "friend",
        channel: str = "face_to_face",
    ) -> None:  # fmt: skip
        """Tie two people who are not tied yet; trust starts at closeness both ways, as in every new tie.

        closeness  None takes that of the scenario's new acquaintances
        """
        i, j = self._two_rows(a, b)
        if self.arc(i, j) >= 0:
            raise ValueError(f"{a} and {b} are tied already; use set_closeness")
        if kind not in KINDS or kind == KINDS[PARTNER]:
            raise ValueError(f"kind = {kind!r}: must be one of friend, group, online; couples are made with the world")
        if channel not in CHANNELS:
            raise ValueError(f"channel = {channel!r}: must be one of {', '.join(CHANNELS)}")
        start = self._settings.new_ties.closeness if closeness is None else closeness
        closeness = checked("closeness", start, 0.0, 1.0)
        traits = self.world.people.traits
        alike = pairwise_similarity(
            traits.age, traits.culture, traits.interests, np.array([i]), np.array([j]),
            rules(knocked_out(self._settings).similarity),
        )  # fmt: skip
        new = no_new_ties(1)
        propose(new, i, j, closeness, alike[0], CHANNELS.index(channel), KINDS.index(kind))
        self.world.arcs = without_and_with(self.world.arcs, np.empty(0, np.bool_), new, self.world.people.number)

    def remove_tie(self, a: Person | int, b: Person | int) -> None:
        """End a tie, both ways; of a couple only what it is made of can change."""
        forth, back = self._arcs(a, b)
        if self.world.ties.kind[forth] == PARTNER:
            raise ValueError(f"{a} and {b} are a couple, and stay one; use set_closeness and set_trust")
        is_gone = np.zeros(len(self.world.ties.other), np.bool_)
        is_gone[[forth, back]] = True
        self.world.arcs = without_and_with(self.world.arcs, is_gone, no_new_ties(0), self.world.people.number)

    def set_closeness(self, a: Person | int, b: Person | int, closeness: float) -> None:
        """Make two people who are tied so close, both ways.

        Below `new_ties.least_closeness` the tie dissolves within a week.
        """
        self.world.ties.closeness[list(self._arcs(a, b))] = checked("closeness", closeness, 0.0, 1.0)

    def set_trust(self, a: Person | int, b: Person | int, trust: float) -> None:
        """Make a trust b so far; b's trust in a stays."""
        self.world.ties.trust[self._arcs(a, b)[0]] = checked("trust", trust, 0.0, 1.0)

    def arc(self, row: int, other: int) -> int:
        """Where the world's ties hold the tie from one row to another; -1 if there is none."""
        ties = self.world.ties
        found = np.flatnonzero(ties.other[ties.start[row] : ties.start[row + 1]] == other)
        return int(ties.start[row] + found[0]) if len(found) else -1

    def _arcs(self, a: Person | int, b: Person | int) -> tuple[int, int]:
        """The tie from a to b and the one back; ValueError if they are not tied."""
        i, j = self._two_rows(a, b)
        forth, back = self.arc(i, j), self.arc(j, i)
        if forth < 0:
            raise ValueError(f"{a} and {b} are not tied; use add_tie")
        return forth, back

    def _two_rows(self, a: Person | int, b: Person | int) -> tuple[int, int]:
        i, j = self._row(a), self._row(b)
        if i == j:
            raise ValueError(f"{a} cannot be tied to themselves")
        return i, j

    def _row(self, person: Person | int) -> int:
        if isinstance(person, Person):
            if person.model is not self:
                raise ValueError(f"{person} is a person of another model")
            return person._row
        if isinstance(person, bool) or not isinstance(person, int | np.integer):
            raise TypeError(f"{person!r} is not a person: give an agent, or a person's number")
        if not 0 <= person < self.world.n_people:
            raise ValueError(f"there is no person {person}: numbers go from 0 to {self.world.n_people - 1}")
        return int(self.world.people.row_of[person])


def outcome_mean(model: PeerSupportModel, name: str) -> float:
    """The model reporter of one outcome: all of them are measured once an evening."""
    means = model._evening if model._evening is not None else model.outcome_means()
    return means[name]


@entry_point
def measure_now(now: Any, received: Any, partner: Any, row_of: Any, ties: Any, rules: Any) -> Any:
    """Every outcome of everyone, (n_outcomes, n_people), and its mean, (n_outcomes,), as a trace records them."""
    outcome = np.empty((len(COUPLES_ONLY), received.size))
    resilient, mean = np.empty(received.size, now.stress.dtype), np.empty(len(COUPLES_ONLY))
    derive_resilience(resilient, now.self_esteem, now.optimism, now.coping, rules)
    outcomes.measure(outcome, now, resilient, received, ties)
    for k in range(len(COUPLES_ONLY)):
        mean[k] = describe(outcome[k], partner, row_of, COUPLES_ONLY[k])[0]
    return outcome, mean


def _loaded(scenario: Any) -> Scenario:
    if scenario is None:
        return load_scenario({})
    if isinstance(scenario, Scenario):
        return scenario
    if isinstance(scenario, str | Path):
        return load_scenario(scenario)
    raise TypeError(f"scenario must be a Scenario, a name, a file or None, not a {type(scenario).__name__}")


def _checked_seed(rng: Any) -> Any:
    """A whole number as Python's; None and numpy's own sources of luck as they are."""
    if isinstance(rng, bool | np.bool_ | float | np.floating | str):
        raise TypeError(f"rng = {rng!r}: must be a whole number, None or 'scenario'")
    if not isinstance(rng, int | np.integer):
        return rng
    if not 0 <= rng <= MAX_SEED:
        raise ValueError(f"rng = {rng}: must be a whole number between 0 and {MAX_SEED}")
    return int(rng)
