"""Small random worlds for tests, and the same world told in other ways: rows in another order, one person more."""

import math
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.parameters import Parameters, specs
from peersim.people import People, States, Traits, couple_number
from peersim.population import draw_people, draw_shared_traits
from peersim.processes.seeking import Requests
from peersim.programmes.circles import Circles
from peersim.programmes.programme import COMPOSITIONS, Programme
from peersim.scenario import TABLES, Scenario, rules_of
from peersim.ties import CHANNELS, FRIEND, GROUP, ONLINE, PARTNER, Ties
from peersim.world import World
from tests.rows import rows

small = settings(max_examples=25, deadline=None, derandomize=True)


def on_small_worlds(law):
    """Check a law on random worlds of 5 to 40 people: law(world, rules) or law(world, rules, luck)."""
    wants_luck = law.__code__.co_argcount > 2

    def check(n, seed):
        luck = np.random.default_rng(seed)
        world = random_world(luck, n)
        rules = rules_of(random_scenario(luck))
        law(world, rules, luck) if wants_luck else law(world, rules)

    check.__name__, check.__doc__, check.__module__ = law.__name__, law.__doc__, law.__module__
    return small(given(n=st.integers(5, 40), seed=st.integers(0, 2**32))(check))


def random_world(luck, n):
    """People in random rows, in random states, ends of the scale included; ties, couples, isolates and circles."""
    number = luck.permutation(n).astype(np.uint32)
    partner = random_partners(luck, n)
    people = random_people(luck, number, partner)
    day = int(luck.integers(-200, 400))
    pairs = {(i, j) for i in range(n) for j in range(i) if luck.random() < 3 / n}
    loners = set(luck.choice(n, n // 5, replace=False).tolist())
    pairs = {pair for pair in pairs if not loners & set(pair)}
    pairs |= {(i, int(j)) for i, j in enumerate(partner) if 0 <= j < i}
    return World(
        people=people,
        arcs=random_ties(luck, pairs, number, partner),
        circles=random_circles(luck, number, day, n_programmes=2),
        day=day,
        seed=int(luck.integers(0, 2**62)),
        ids=None,
        summary="random",
    )


def random_partners(luck, n):
    """About half the people are in couples; (n,) rows, -1 for singles."""
    partner = np.full(n, -1, np.int32)
    coupled = luck.choice(n, n // 4 * 2, replace=False)
    partner[coupled[::2]], partner[coupled[1::2]] = coupled[1::2], coupled[::2]
    return partner


def shares(luck, *shape):
    """Numbers in [0, 1], now and then an end of the scale."""
    return np.clip(luck.uniform(-0.05, 1.05, shape), 0.0, 1.0)


def random_people(luck, number, partner):
    n = len(number)
    traits = Traits(
        **{name: luck.normal(0, 0.1, n) for name in (
            "stress_trait", "loneliness_trait", "support_trait", "satisfaction_trait",
        )},
        **{name: luck.uniform(0.05, 0.95, n) for name in (
            "self_esteem_trait", "optimism_trait", "coping_trait", "safety_trait", "communication_trait", "skill",
        )},
        age=luck.random(n),
        culture=luck.integers(0, 3, n).astype(np.int32),
        interests=luck.normal(size=(3, n)),
        hardship=np.clip(luck.normal(0, 2, n), -5, 5),
        chronic=luck.uniform(-0.1, 0.3, (5, n)).clip(0),
        partner=partner,
        couple=couple_number(number, partner),
        special_needs=luck.random(n) < 0.3,
        usual_degree=luck.integers(0, 7, n).astype(float),
    )  # fmt: skip
    return People(
        number=number,
        row_of=np.argsort(number).astype(np.int32),
        founders=np.array([luck.integers(n // 2, n + 1)]),
        now=States(*(shares(luck, n) for _ in States._fields)),
        change=States(*(luck.normal(0, 0.01, n) for _ in States._fields)),
        load=luck.uniform(-0.1, 0.4, (5, n)).clip(0),
        load_change=luck.normal(0, 0.01, (5, n)),
        lived=luck.uniform(0, 0.5, (5, n)),
        received=luck.integers(0, 5, n).astype(np.int32),
        traits=traits,
    )


def random_ties(luck, pairs, number, partner):
    """Ties of random closeness, trust each way its own; a couple's tie is of kind partner."""
    found = {}
    for i, j in sorted(pairs):
        closeness, similarity = float(shares(luck)), luck.random()
        kind = PARTNER if partner[i] == j else luck.choice([FRIEND, GROUP, ONLINE])
        channel = luck.integers(0, 3)
        for one, other in ((i, j), (j, i)):
            found[one, other] = (closeness, float(shares(luck)), similarity, channel, kind)
    return arcs(found, number)


def arcs(found, number):
    """Ties in compressed rows, from (closeness, trust, similarity, channel, kind) by ordered pair of rows."""
    order = sorted(found, key=lambda pair: (pair[0], number[pair[1]]))
    closeness, trust, similarity, channel, kind = np.array([found[pair] for pair in order]).reshape(-1, 5).T
    count = np.bincount([i for i, _ in order], minlength=len(number)) if order else np.zeros(len(number))
    ends = [sorted((int(number[i]), int(number[j]))) for i, j in order]
    return Ties(
        start=np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
        other=np.array([j for _, j in order], np.uint32),
        closeness=closeness.copy(),
        trust=trust.copy(),
        similarity=similarity.copy(),
        channel=channel.astype(np.int8),
        kind=kind.astype(np.int8),
        pair=np.array([low << 32 | high for low, high in ends], np.uint64),
    )


def random_circles(luck, number, day, n_programmes):
    """Circles of two to eight, formed these days, two programmes of them; some members have left, some people wait."""
    n = len(number)
    members, slots = [], []
    for slot in range(n_programmes):
        left = luck.permutation(n)[: luck.integers(0, n + 1)].tolist()
        while left:
            size = luck.integers(2, 9)
            members.append(sorted(left[:size], key=lambda i: number[i]))
            slots.append(slot)
            left = left[size:]
    sizes = [len(group) for group in members]
    line = luck.permutation(n)[: n // 4 * 2]
    return Circles(
        slot=np.array(slots, np.int64),
        since=max(0, day) - luck.integers(0, 9, len(members)),
        address=np.array([number[group[0]] for group in members], np.uint32),
        climate=luck.uniform(0, 1, len(members)),
        held=luck.integers(0, 9, len(members)),
        start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        member=np.array([i for group in members for i in group], np.int64),
        is_active=luck.random(sum(sizes)) < 0.9,
        offered=luck.random((n_programmes, n)) < 0.5,
        accepted=luck.random((n_programmes, n)) < 0.5,
        attended=luck.integers(0, 9, (n_programmes, n)),
        line=line,
        next_in_line=np.arange(n_programmes) * len(line) // n_programmes,
        end_of_line=(np.arange(n_programmes) + 1) * len(line) // n_programmes,
    )


def random_requests(luck, world):
    """Most people who know somebody have asked one of them; what came of it is drawn. Returns requests, how many."""
    ties, people = world.ties, world.people
    n = len(people.number)
    requests = Requests(*(np.zeros(n, kind) for kind in (int, int, int, int, bool, bool, int, int, float)))
    count = 0
    for i in people.row_of:
        if luck.random() < 0.8 and ties.start[i] < ties.start[i + 1]:
            e = luck.integers(ties.start[i], ties.start[i + 1])
            values = (i, ties.other[e], e, luck.integers(5), luck.random() < 0.5, luck.random() < 0.8)
            values += (luck.integers(3), luck.integers(3), luck.uniform(0, 1.5))
            for column, value in zip(requests, values, strict=True):
                column[count] = value
            count += 1
    return requests, count


def random_table(luck, table: type[Parameters], **fixed):
    """A table with every number drawn within its range, no further than three times its default (or 1)."""
    values = {}
    for spec in specs(table):
        if spec.within is None or spec.name in fixed:
            continue
        low, high = spec.within
        default = spec.default if isinstance(spec.default, tuple) else (spec.default,)
        drawn = [luck.uniform(low, min(high, max(1.0, 3.0 * d))) for d in default]
        if isinstance(spec.default, int):
            drawn = [math.ceil(drawn[0])]
        values[spec.name] = tuple(drawn) if isinstance(spec.default, tuple) else drawn[0]
    return table(**values, **fixed)


def random_scenario(luck, n=20, **fixed):
    """A scenario with all its numbers drawn; now and then a table keeps its defaults."""
    drawn = {
        name: random_table(luck, table)
        for name, table in TABLES.items()
        if name not in ("run", "network", "population", "programmes", "switches", *fixed) and luck.random() < 0.9
    }
    return Scenario(population=random_table(luck, TABLES["population"], people=n), **drawn, **fixed)


def random_programme(luck, **fixed):
    """A programme with all its numbers drawn; a leader or rules may be missing."""
    words = {
        "schedule": luck.choice(["fixed", "spontaneous"]),
        "composition": luck.choice(COMPOSITIONS),
        "channel": luck.choice(CHANNELS),
        "exchange": luck.choice(["conversation", "posts"]),
        "rolling": bool(luck.random() < 0.5),
        "size": int(luck.integers(2, 9)),
    }
    if luck.random() < 0.3:
        words["facilitator"] = 0.0
    return random_table(luck, Programme, **{name: plain(word) for name, word in words.items()} | fixed)


def plain(value):
    """A numpy scalar as Python's own."""
    return value.item() if isinstance(value, np.generic) else value


def permuted(world: World, order) -> World:
    """The same world with people in other rows: row a of the new one holds who was in row order[a]."""
    order = np.asarray(order, np.int64)
    new_row = np.argsort(order).astype(np.int32)
    people, ties, circles = world.people, world.ties, world.circles
    traits = rows(people.traits, order)
    traits = traits._replace(partner=np.where(traits.partner < 0, -1, new_row[traits.partner]))
    moved = {
        name: rows(getattr(people, name), order)
        for name in People._fields
        if name not in ("row_of", "founders", "traits")
    }
    here = [np.arange(ties.start[i], ties.start[i + 1]) for i in order]
    arc = np.concatenate(here) if here else np.empty(0, np.int64)
    kept = {name: getattr(ties, name)[arc] for name in Ties._fields if name not in ("start", "other")}
    reached = {name: rows(getattr(circles, name), order) for name in ("offered", "accepted", "attended")}
    return World(
        people=People(row_of=new_row[people.row_of], founders=people.founders.copy(), traits=traits, **moved),
        arcs=Ties(
            start=np.concatenate([[0], np.cumsum(np.diff(ties.start)[order])]).astype(np.int64),
            other=new_row[ties.other[arc]].astype(np.uint32),
            **kept,
        ),
        circles=circles._replace(
            member=new_row[circles.member].astype(circles.member.dtype),
            line=new_row[circles.line].astype(circles.line.dtype),
            **reached,
        ),
        day=world.day,
        seed=world.seed,
        ids=world.ids,
        summary=world.summary,
    )


def with_newcomer(world: World, scenario: Scenario) -> World:
    """The world and one person more, with the highest number, drawn like the others, who knows nobody.

    Strangers are still drawn among the founders; the newcomer is in no circle and was offered nothing.
    """
    n = world.n_people
    population = scenario.population.model_copy(update={"people": n + 1})
    shared = draw_shared_traits(population, world.seed, np.arange(n + 1, dtype=np.uint32), {})
    everyone = draw_people(population, world.seed, shared, np.empty((0, 2), np.int64))
    new = rows(everyone._replace(founders=np.zeros(n + 1, np.int64)), np.array([n]))
    circles = world.circles
    nothing = {name: np.pad(getattr(circles, name), ((0, 0), (0, 1))) for name in ("offered", "accepted", "attended")}
    larger = world.copy()
    larger.people = joined(larger.people, new)._replace(founders=world.people.founders.copy())
    larger.arcs = larger.ties._replace(start=np.append(world.ties.start, world.ties.start[-1]))
    larger.circles = larger.circles._replace(**nothing)
    return larger


def joined(first, second):
    """Two named tuples of arrays whose last axis is people, one behind the other."""
    if isinstance(first, tuple):
        return type(first)(*(joined(a, b) for a, b in zip(first, second, strict=True)))
    return np.concatenate([first, second], axis=-1)


def in_double(world):
    """The same world, with its numbers kept in double precision from now on."""
    return replace(world.copy(), people=_double(world.people), arcs=_double(world.ties))


def _double(value):
    if isinstance(value, tuple):
        return type(value)(*map(_double, value))
    return value.astype(np.float64) if value.dtype == np.float32 else value.copy()


def in_rows(world, by_number):
    """What the reference says of each person, in the rows of the world."""
    return np.array([float(by_number[int(number)]) for number in world.people.number])


def in_arcs(world, by_pair):
    """What the reference says of each ordered pair, in the arcs of the world."""
    number, ties = world.people.number, world.ties
    owner = np.repeat(np.arange(len(number)), np.diff(ties.start))
    return np.array([float(by_pair[int(number[i]), int(number[j])]) for i, j in zip(owner, ties.other, strict=True)])
