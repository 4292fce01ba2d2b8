"""The compiled model lives, person by person and day by day, the life of plain Mesa agents.

The agents of `tests/reference` are written from the specification and docs/rules.md alone. Communities, programmes and
switched-off mechanisms are drawn at random, and everything is compared every day.
"""

from collections import Counter

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from peersim.knock_outs import knocked_out
from peersim.outcomes import NAMES, OUTCOMES
from peersim.parameters import specs
from peersim.programmes.composition import COMPOSITIONS
from peersim.programmes.programme import PRESETS, Programme
from peersim.scenario import TABLES, Scenario
from peersim.simulate import live
from peersim.switches import Switches
from peersim.ties import CHANNELS
from peersim.trace import TALLIES, new_trace
from peersim.world import build_world
from tests.reference.outcomes import describe, outcomes
from tests.reference.start import first_morning
from tests.reference.telling import assert_same, told_of_agents, told_of_model, told_of_people, told_of_world
from tests.worlds import in_double, permuted, plain, random_table

PEOPLE, DAYS = 60, 30
FIXED = ("run", "network", "population", "programmes", "switches")
RULES = (
    "stress >= 0.3", "special_needs", "not partnered or couple.stress > 0.3", "not couple.coping > 0.5",
    "couple.satisfaction < 0.85", "couple.burden != 0.1 and degree >= 2", "resilience < 0.8 or lived.family > 0.2",
    "2 < 3",
)  # fmt: skip
LIVELY = {
    "stressors": {"event_rate": 30.0},
    "seeking": {"rate": 0.9},
    "capacity": {"rested": 1.0},
    "co_rumination": {"rate": 1.0},
    "contact": {"drift_rate": 0.05},
    "couples": {"conflict_rate": 0.3},
    "new_ties": {"friends_share": 0.6},
    "posts": {"reply_rate": 0.9, "hostile_share": 0.2},
}
DRAWN_ANEW = (
    "mix", "minutes", "facilitator", "guidelines", "anonymity", "channel_factor", "attendance", "dropout", "uptake",
    "tie",
)  # fmt: skip


# Drawing a community


def drawn_scenario(luck):
    """A lively community with some programmes, and perhaps without some mechanisms.

    Its numbers are as usual, near the usual ones, or anywhere in their range.
    """
    style = luck.choice(["usual", "near", "wild"])
    draw = {"usual": lambda luck, table: table(), "near": near_table, "wild": random_table}[style]
    tables = {name: draw(luck, table) for name, table in TABLES.items() if name not in FIXED}
    if style != "wild":
        tables |= {name: tables[name].model_copy(update=numbers) for name, numbers in LIVELY.items()}
    often = {"rate": luck.uniform(0, 0.2), "rate_missing": luck.uniform(0, 0.1)}
    tables["new_ties"] = tables["new_ties"].model_copy(update=often)
    population = near_table(luck, TABLES["population"], people=PEOPLE, support_trait_sd=0.1, special_needs_share=0.3)
    rarely = luck.choice([0.0, 0.1, 0.5])
    return Scenario(
        **tables,
        population=population,
        run=TABLES["run"](burn_in=int(luck.integers(0, 9))),
        programmes=tuple(drawn_programme(luck) for _ in range(luck.integers(1, 6))),
        switches=Switches(**{name: bool(luck.random() >= rarely) for name in Switches.model_fields}),
    )


def near_table(luck, table, **fixed):
    """A table with every number between two thirds and one and a half of its default, or around .1 if that is 0."""
    values = {}
    for spec in specs(table):
        if spec.within is None or spec.name in fixed:
            continue
        low, high = spec.within
        default = spec.default if isinstance(spec.default, tuple) else (spec.default,)
        drawn = [plain(np.clip((d or 0.1) * luck.uniform(2 / 3, 3 / 2), low, high)) for d in default]
        if isinstance(spec.default, int):
            drawn = [round(drawn[0])]
        values[spec.name] = tuple(drawn) if isinstance(spec.default, tuple) else drawn[0]
    return table(**values, **fixed)


def drawn_programme(luck):
    """A preset that is held soon and often, with some of its numbers drawn anew."""
    words = {
        "composition": luck.choice(COMPOSITIONS).item(),
        "channel": luck.choice(CHANNELS).item(),
        "exchange": luck.choice(["conversation", "posts"]).item(),
        "schedule": luck.choice(["fixed", "spontaneous"]).item(),
        "eligibility": luck.choice(RULES).item(),
        "size": int(luck.integers(2, 9)),
        "offered_share": luck.uniform(0.3, 1.0),
        "effect": luck.choice([0.0, 1.0, 3.0]).item(),
    }
    anew = random_table(luck, Programme).model_dump() | words
    drawn = {name: anew[name] for name in (*DRAWN_ANEW, *words) if luck.random() < 0.3}
    soon = {
        "start": int(luck.integers(0, 12)),
        "weeks": int(luck.integers(1, 4)),
        "rounds": int(luck.integers(1, 4)),
        "capacity": int(luck.choice([0, 6, 12, 25])),
        "rolling": bool(luck.random() < 0.5),
        "every": int(luck.integers(1, 5)),
    }
    return Programme(kind=luck.choice(list(PRESETS)).item()).model_copy(update=drawn | soon)


# Living it twice


def lived_twice(seed):
    """Live the same days in a compiled world and as plain agents; each morning both are the same.

    Rows of the world are shuffled, so that only people's numbers can matter. Returns counts of what happened.
    """
    luck = np.random.default_rng(seed)
    scenario = drawn_scenario(luck)
    model, happened = first_morning(scenario, seed), Counter()
    world = permuted(in_double(build_world(knocked_out(scenario), seed)), luck.permutation(PEOPLE))
    assert_same(told_of_people(world), told_of_agents(model), f"seed {seed}, at the start: ")
    for _ in range(DAYS):
        trace = new_trace(world.day, 1, PEOPLE, record_every=1)
        live(world, scenario, 1, trace)
        model.step()
        found, expected = told_of_world(world) | told_of_trace(trace), told_of_model(model) | told_of_today(model)
        assert_same(found, expected, f"seed {seed}, day {world.day - 1}: ")
        happened.update(model.count)
    switched_off = Counter(f"without {name}" for name, is_on in scenario.switches if not is_on)
    return happened + sessions_held(model) + switched_off


def told_of_trace(trace):
    """What is counted of a day, and the outcomes recorded on its evening; variances, as roots of next to nothing are
    rough.
    """
    return {
        "count": dict(zip(TALLIES, trace.tally[0].tolist(), strict=True)),
        "mean": dict(zip(NAMES, trace.mean[0].tolist(), strict=True)),
        "variance": dict(zip(NAMES, (trace.sd[0] ** 2).tolist(), strict=True)),
    }


def told_of_today(model):
    """The same of the reference model."""
    measured = {person: outcomes(person) for person in model.people.values()}
    described = {
        outcome.name: describe([
            value[outcome.name] for person, value in measured.items() if person.partner or not outcome.couples_only
        ])
        for outcome in OUTCOMES
    }  # fmt: skip
    return {
        "count": {name: model.count[name] for name in TALLIES},
        "mean": {name: mean for name, (mean, _) in described.items()},
        "variance": {name: sd**2 for name, (_, sd) in described.items()},
    }


def sessions_held(model):
    """How many sessions there were of each kind, composition, channel ...; and of rounds after the first."""
    held = Counter()
    for programme in model.programmes:
        table = programme.table
        n_held = sum(circle.held for circle in programme.circles)
        for word in (table.kind, table.composition, table.exchange, table.schedule, table.channel, table.eligibility):
            held[word] += n_held
        held["later rounds"] += sum(circle.held for circle in programme.circles if circle.since > table.start)
        if table.composition == "couples":
            held["couples left"] += sum(not is_active for c in programme.circles for is_active in c.is_active.values())
    return held


HAPPENINGS = (
    *TALLIES, *PRESETS, *COMPOSITIONS, *CHANNELS, *RULES, "conversation", "posts", "fixed", "spontaneous",
    "later rounds", "left", "couples left", "moved_up", "introduced", "rehashed_together", "replies", "hostile",
    *(f"without {name}" for name in Switches.model_fields),
)  # fmt: skip


def live_many(n_examples):
    """Compare so many drawn communities; what does not happen in any of them is not compared, so everything must."""
    happened = Counter()

    @settings(max_examples=n_examples, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(st.integers(0, 2**32))
    def check(seed):
        happened.update(lived_twice(seed))

    check()
    assert [name for name in HAPPENINGS if not happened[name]] == []


def test_the_compiled_days_are_the_plain_days():
    live_many(60)


@pytest.mark.slow
def test_the_compiled_days_are_the_plain_days_in_many_communities():
    live_many(600)
