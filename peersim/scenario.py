"""A scenario: every number of one simulated community, frozen, checked, and with a default for all of them."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

from pydantic import Field

from peersim.networks.foci import Foci
from peersim.networks.settings import NetworkSettings
from peersim.parameters import Parameters, param, rules
from peersim.population import Population
from peersim.processes.appraisal import Appraisal
from peersim.processes.belonging import Belonging
from peersim.processes.capacity import Capacity
from peersim.processes.co_rumination import CoRumination
from peersim.processes.contact import Contact
from peersim.processes.couples import Couples
from peersim.processes.giving import Giving
from peersim.processes.loneliness import Loneliness
from peersim.processes.matching import Matching
from peersim.processes.neighbours import Neighbours
from peersim.processes.new_ties import Acquaintances
from peersim.processes.perceived_support import PerceivedSupport
from peersim.processes.receiving import Receiving
from peersim.processes.resilience import Resilience
from peersim.processes.safety import Safety
from peersim.processes.seeking import Seeking
from peersim.processes.stress import Stress
from peersim.processes.stressors import Stressors
from peersim.processes.trust import Trust
from peersim.processes.wear import Wear
from peersim.programmes.counselling import Counselling
from peersim.programmes.posts import Posts
from peersim.programmes.programme import Programme, Programmes
from peersim.programmes.sessions import Sessions
from peersim.similarity import Similarity
from peersim.starting_ties import StartingTies
from peersim.switches import Switches


class Run(Parameters):
    """How long a run lasts, and what is recorded."""

    days: int = param(365, unit="days", within=(1, 36500), doc="days after day 0", source="assumed")
    burn_in: int = param(
        180, unit="days", within=(0, 36500), doc="days before day 0, in which the community settles", source="assumed"
    )
    seed: int = param(1, unit="", within=(0, 2**62), doc="of the first replicate; others follow it", source="assumed")
    record_every: int = param(
        7, unit="days", within=(1, 36500), doc="days between records of the timeline", source="assumed"
    )


class Scenario(Parameters):
    """One simulated community: a table for each process, and the programmes in it."""

    schema_version: int = Field(default=1, alias="schema", ge=1, le=1, description="version of this format")
    title: str = Field(default="", description="what this scenario is, in a few words")
    run: Run = Run()
    population: Population = Population()
    similarity: Similarity = Similarity()
    network: NetworkSettings = NetworkSettings()
    foci: Foci = Foci()
    starting_ties: StartingTies = StartingTies()
    stressors: Stressors = Stressors()
    appraisal: Appraisal = Appraisal()
    seeking: Seeking = Seeking()
    capacity: Capacity = Capacity()
    matching: Matching = Matching()
    co_rumination: CoRumination = CoRumination()
    receiving: Receiving = Receiving()
    giving: Giving = Giving()
    contact: Contact = Contact()
    neighbours: Neighbours = Neighbours()
    couples: Couples = Couples()
    stress: Stress = Stress()
    perceived_support: PerceivedSupport = PerceivedSupport()
    loneliness: Loneliness = Loneliness()
    belonging: Belonging = Belonging()
    safety: Safety = Safety()
    resilience: Resilience = Resilience()
    wear: Wear = Wear()
    trust: Trust = Trust()
    new_ties: Acquaintances = Acquaintances()
    sessions: Sessions = Sessions()
    counselling: Counselling = Counselling()
    posts: Posts = Posts()
    programmes: Programmes = ()
    switches: Switches = Switches()


TABLES: dict[str, type[Parameters]] = {
    name: field.annotation
    for name, field in Scenario.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Parameters)
} | {"programmes": Programme}
"""The tables of a scenario, by name; `programmes` is a list of them."""

_NOT_COMPILED = ("run", "network", "foci", "programmes", "switches", "starting_ties")
_RULES = tuple(name for name in TABLES if name not in _NOT_COMPILED)
Rules = namedtuple("Rules", _RULES)  # type: ignore[misc]


def rules_of(scenario: Scenario) -> Any:
    """The numbers of a scenario as compiled code reads them: a named tuple of tables."""
    return Rules(*(rules(getattr(scenario, name)) for name in _RULES))


def before_day_0(scenario: Scenario) -> str:
    """What shapes a community before its programmes start, as text: scenarios equal in this share one burn-in."""
    after = {"title": True, "programmes": True, "sessions": True, "counselling": True, "posts": True}
    return scenario.model_dump_json(exclude={**after, "run": {"days", "record_every", "seed"}})
