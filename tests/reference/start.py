"""The first morning: how people are at the start, and whom they know, drawn one by one."""

import math
from types import SimpleNamespace as Shared

from peersim.draws import Decision
from tests.reference.draws import normal, together, uniform
from tests.reference.model import ReferenceModel
from tests.reference.person import Person
from tests.reference.tie import Tie, alike
from tests.reference.words import FACE_TO_FACE, FAMILY, FRIEND, PARTNER, clip, kept


def first_morning(scenario, seed):
    """The community of a scenario with the default network, on the first day of its burn-in."""
    p, n = scenario.population, scenario.population.people
    model = ReferenceModel(scenario, scenario.switches, scenario.programmes, seed, -scenario.run.burn_in, n)
    shared = [draw_shared(p, seed, i) for i in range(n)]
    shared = [shared[i] for i in focus_order(scenario.foci, 0, shared, seed)]
    couples = draw_couples(p, shared, seed)
    partner = dict([*couples, *(couple[::-1] for couple in couples)])
    for i in range(n):
        model.people[i] = draw_person(model, shared[i], i, partner.get(i))
    for i, j in partner.items():
        model.people[i].partner = model.people[j]
    pairs = {tuple(sorted(couple)) for couple in couples}
    pairs |= focus_ties(scenario.foci, 0, list(range(n)), seed)
    pairs |= focus_ties(scenario.foci, 1, focus_order(scenario.foci, 1, shared, seed), seed)
    model.ties = {(i, j): draw_tie(model, scenario.starting_ties, i, j) for i, j in pairs}
    model.tie_everyone()
    for person in model.people.values():
        person.usual_degree = len(person.ties)
    return model


# People


def draw_shared(p, seed, i):
    """Age U(0, 1); culture, one of 4, equally likely; interests, 3 x N(0, 1)."""
    return Shared(
        age=uniform(seed, Decision.AGE, 0, 0, i),
        culture=math.floor(p.cultures * uniform(seed, Decision.CULTURE, 0, 0, i)),
        interests=[normal(seed, Decision.INTEREST, 0, k, i) for k in range(3)],
    )


def draw_couples(p, shared, seed):
    """56 % of people are picked, sorted by age + N(0, .05), paired in order; an odd last one stays single."""
    picked = [i for i in range(len(shared)) if uniform(seed, Decision.COUPLED, 0, 0, i) < p.partnered_share]
    picked.sort(key=lambda i: shared[i].age + p.partner_age_spread * normal(seed, Decision.PAIRING, 0, 0, i))
    return list(zip(picked[::2], picked[1::2], strict=False))


def draw_person(model, shared, i, partner):
    """Set points from what self-esteem, hope and coping have in common; then each state on the first morning.

    partner  the partner's number, with whom luck in love and special needs are shared; None for singles
    """
    p, couple = model.numbers.population, i if partner is None else min(i, partner)

    def luck(decision, sub=0, who=i):
        return normal(model.seed, decision, 0, sub, who)

    s0 = p.stress_trait_sd * luck(Decision.STRESS_TRAIT)
    c, e1, e2, e3 = (luck(Decision.RESILIENCE_TRAIT, k) for k in range(4))
    common, own = math.sqrt(p.self_esteem_common), math.sqrt(1 - p.self_esteem_common)
    E0, O0 = (
        within(0.05, 0.95, p.self_esteem_level + p.self_esteem_sd * (common * c + own * e) - p.self_esteem_stress * s0)
        for e in (e1, e2)
    )
    K0 = p.coping_level + p.coping_sd * (p.coping_common * c + math.sqrt(1 - p.coping_common**2) * e3)
    l0 = p.loneliness_sd * luck(Decision.LONELINESS_TRAIT) + p.loneliness_stress * s0
    q0 = p.satisfaction_sd * (
        math.sqrt(p.satisfaction_common) * luck(Decision.SATISFACTION_TRAIT, 0, couple)
        + math.sqrt(1 - p.satisfaction_common) * luck(Decision.SATISFACTION_TRAIT, 1)
    )
    special_needs = uniform(model.seed, Decision.SPECIAL_NEEDS, 0, 0, couple) < p.special_needs_share
    traits = {
        "stress_trait": s0,
        "self_esteem_trait": E0,
        "optimism_trait": O0,
        "coping_trait": within(0.05, 0.98, K0),
        "support_trait": p.support_trait_sd * luck(Decision.SUPPORT_TRAIT),
        "loneliness_trait": l0,
        "safety_trait": within(0.05, 0.95, p.safety_mean + p.safety_sd * luck(Decision.SAFETY_TRAIT)),
        "satisfaction_trait": q0,
        "communication_trait": within(
            0.05, 0.95, p.communication_mean + p.communication_sd * luck(Decision.COMMUNICATION_TRAIT)
        ),
        "skill": within(0.05, 0.95, p.skill_mean + p.skill_sd * luck(Decision.SKILL)),
        "hardship": within(-p.hardship_limit, p.hardship_limit, luck(Decision.HARDSHIP)),
        "special_needs": special_needs,
        "chronic": draw_chronic(p, model.seed, i, special_needs),
        "usual_degree": 0,
    }
    states = first_states(model, traits, luck(Decision.SUPPORT_START))
    return Person(model, i, kept(states), [0.0] * 5, kept(traits["chronic"]), kept(traits | vars(shared)))


def first_states(model, traits, support_luck):
    """The column "at start" of the specification's table."""
    p = model.numbers.population
    return {
        "stress": clip(p.stress_level + traits["stress_trait"]),
        "self_esteem": clip(traits["self_esteem_trait"] + p.self_esteem_ahead),
        "optimism": clip(traits["optimism_trait"] + p.self_esteem_ahead),
        "coping": traits["coping_trait"],
        "perceived_support": clip(p.support_mean + traits["support_trait"] + p.support_sd * support_luck),
        "loneliness": clip(p.loneliness_level + traits["loneliness_trait"]),
        "belonging": p.belonging_level,
        "safety": traits["safety_trait"],
        "allostatic_load": 0.0,
        "burden": p.burden_start if model.is_on("burden") else model.numbers.wear.rested_burden,
        "satisfaction": clip(p.satisfaction_start + traits["satisfaction_trait"]),
        "communication": traits["communication_trait"],
    }


def draw_chronic(p, seed, i, special_needs):
    """chronic_k = 2 max(0, N_k(.20, .18)) x Dirichlet(1,1,1,1)_k for the first four domains, an own normal for each
    (exponentials over their sum are a Dirichlet draw); special-needs parents: chronic family strain + .25.
    """
    parts = [-math.log(1 - uniform(seed, Decision.CHRONIC_SHARE, 0, k, i)) for k in range(4)]
    chronic = [0.0] * 5
    for k in range(4):
        own = p.chronic_mean + p.chronic_sd * normal(seed, Decision.CHRONIC, 0, k, i)
        chronic[k] = p.chronic_scale * max(0.0, own) * parts[k] / sum(parts)
    chronic[FAMILY] += p.special_needs_strain if special_needs else 0.0
    return chronic


def within(low, high, value):
    return min(high, max(low, value))


# Ties


def focus_order(foci, which, shared, seed):
    """For each of the two foci, order people by 10 x block + age + N(0, .3), block = own culture or, with probability
    .1 (first) or .4 (second), a random one.
    """
    blocks = 1 + max(person.culture for person in shared)

    def place(i):
        block = shared[i].culture
        if uniform(seed, Decision.FOCUS_BLOCK, 0, which, i) < foci.other_block[which]:
            block = math.floor(blocks * uniform(seed, Decision.FOCUS_BLOCK, 0, 2 + which, i))
        return 10 * block + shared[i].age + foci.order_spread * normal(seed, Decision.FOCUS_ORDER, 0, which, i)

    return sorted(range(len(shared)), key=place)


def focus_ties(foci, which, order, seed):
    """Cut the order into foci of 5-8 (first) or 3-5 (second) people, uniform; tie pairs inside with probability .8 or
    .3.
    """
    least = math.floor(foci.least_size[which])
    most = max(least, math.floor(foci.most_size[which]))
    pairs, left, focus = set(), list(order), 0
    while left:
        size = least + math.floor((most - least + 1) * uniform(seed, Decision.FOCUS_SIZE, 0, which, focus))
        here, left, focus = left[:size], left[size:], focus + 1
        for i in here:
            for j in here:
                if i < j and together(seed, Decision.FOCUS_TIE, 0, which, i, j) < foci.tied_share[which]:
                    pairs.add((i, j))
    return pairs


def draw_tie(model, n, i, j):
    """At start: partners w = .85; others w = .07 + .4 u^2 + .1 s; t = w + N(0, .1). Ties are face to face."""
    one, other = model.people[i], model.people[j]
    s, u = alike(model, one, other), together(model.seed, Decision.CLOSENESS_START, 0, 0, i, j)
    is_couple = one.partner is other
    w = clip(n.partner_closeness if is_couple else n.least_closeness + n.spread * u**2 + n.similarity * s)
    trust = {
        who: clip(w + n.trust_sd * normal(model.seed, Decision.TRUST_START, 0, 0, who, whom))
        for who, whom in ((i, j), (j, i))
    }
    return Tie(model, (one, other), kept(w), kept(trust), kept(s), FACE_TO_FACE, PARTNER if is_couple else FRIEND)
