"""How people are at the start, and whom they know."""

import math
from types import SimpleNamespace as Thing

from peersim.draws import Decision
from peersim.people import States
from tests.naive.draws import normal, together, uniform
from tests.naive.ties import similarity
from tests.naive.town import FACE_TO_FACE, FAMILY, FRIEND, PARTNER, clip, friends


def start_town(scenario, seed):
    """The town of a scenario with the default network, on its first morning."""
    p, n = scenario.population, scenario.population.people
    shared = [draw_shared(p, seed, i) for i in range(n)]
    shared = [shared[i] for i in focus_order(scenario.foci, 0, shared, seed)]
    couples = draw_couples(p, shared, seed)
    partner = {i: j for pair in couples for i, j in (pair, pair[::-1])}
    people = {i: draw_person(p, shared[i], i, partner.get(i), seed) for i in range(n)}
    pairs = {tuple(sorted(pair)) for pair in couples}
    pairs |= focus_ties(scenario.foci, 0, list(range(n)), seed)
    pairs |= focus_ties(scenario.foci, 1, focus_order(scenario.foci, 1, shared, seed), seed)
    ties = {}
    for i, j in pairs:
        ties[i, j], ties[j, i] = draw_tie(scenario, people, i, j, seed), draw_tie(scenario, people, j, i, seed)
    for i, person in people.items():
        person.usual_degree = len(friends(Thing(ties=ties), i))
    return Thing(people=people, ties=ties, circles=[], founders=n)


def draw_shared(p, seed, i):
    """Age, culture and interests."""
    return Thing(
        age=uniform(seed, Decision.AGE, 0, 0, i),
        culture=math.floor(p.cultures * uniform(seed, Decision.CULTURE, 0, 0, i)),
        interests=[normal(seed, Decision.INTEREST, 0, k, i) for k in range(3)],
    )


def draw_couples(p, shared, seed):
    """Those picked, sorted by age with some noise, are paired in order; an odd last one stays single."""
    picked = [i for i in range(len(shared)) if uniform(seed, Decision.COUPLED, 0, 0, i) < p.partnered_share]
    picked.sort(key=lambda i: shared[i].age + p.partner_age_spread * normal(seed, Decision.PAIRING, 0, 0, i))
    return list(zip(picked[::2], picked[1::2], strict=False))


def draw_person(p, shared, i, partner, seed):
    couple = i if partner is None else min(i, partner)

    def luck(decision, sub=0):
        return normal(seed, decision, 0, sub, i)

    def within(low, high, value):
        return min(high, max(low, value))

    s0 = p.stress_trait_sd * luck(Decision.STRESS_TRAIT)
    c, e1, e2, e3 = (luck(Decision.RESILIENCE_TRAIT, k) for k in range(4))
    common, own = math.sqrt(p.self_esteem_common), math.sqrt(1 - p.self_esteem_common)
    E0, O0 = (
        within(0.05, 0.95, p.self_esteem_level + p.self_esteem_sd * (common * c + own * e) - p.self_esteem_stress * s0)
        for e in (e1, e2)
    )
    K0 = p.coping_level + p.coping_sd * (p.coping_common * c + math.sqrt(1 - p.coping_common**2) * e3)
    K0 = within(0.05, 0.98, K0)
    w0 = p.support_trait_sd * luck(Decision.SUPPORT_TRAIT)
    l0 = p.loneliness_sd * luck(Decision.LONELINESS_TRAIT) + p.loneliness_stress * s0
    P0 = within(0.05, 0.95, p.safety_mean + p.safety_sd * luck(Decision.SAFETY_TRAIT))
    C0 = within(0.05, 0.95, p.communication_mean + p.communication_sd * luck(Decision.COMMUNICATION_TRAIT))
    q0 = p.satisfaction_sd * (
        math.sqrt(p.satisfaction_common) * normal(seed, Decision.SATISFACTION_TRAIT, 0, 0, couple)
        + math.sqrt(1 - p.satisfaction_common) * luck(Decision.SATISFACTION_TRAIT, 1)
    ) - p.satisfaction_stress * s0
    special_needs = uniform(seed, Decision.SPECIAL_NEEDS, 0, 0, couple) < p.special_needs_share
    chronic = draw_chronic(p, i, seed)
    chronic[FAMILY] += p.special_needs_strain if special_needs else 0
    return Thing(
        number=i,
        stress=clip(p.stress_level + s0),
        self_esteem=clip(E0 + p.self_esteem_ahead),
        optimism=clip(O0 + p.self_esteem_ahead),
        coping=K0,
        perceived_support=clip(p.support_mean + w0 + p.support_sd * luck(Decision.SUPPORT_START)),
        loneliness=clip(p.loneliness_level + l0),
        belonging=p.belonging_level,
        safety=P0,
        allostatic_load=0,
        burden=p.burden_start,
        satisfaction=clip(p.satisfaction_start + q0),
        communication=C0,
        change=Thing(**dict.fromkeys(States._fields, 0)),
        load=[0] * 5,
        load_change=[0] * 5,
        lived=list(chronic),
        received=0,
        stress_trait=s0,
        self_esteem_trait=E0,
        optimism_trait=O0,
        coping_trait=K0,
        loneliness_trait=l0,
        support_trait=w0,
        safety_trait=P0,
        satisfaction_trait=q0,
        communication_trait=C0,
        age=shared.age,
        culture=shared.culture,
        interests=shared.interests,
        skill=within(0.05, 0.95, p.skill_mean + p.skill_sd * luck(Decision.SKILL)),
        hardship=within(-p.hardship_limit, p.hardship_limit, luck(Decision.HARDSHIP)),
        special_needs=special_needs,
        chronic=chronic,
        partner=partner,
        usual_degree=0,
    )


def draw_chronic(p, i, seed):
    """A normal for each of the first four domains, times a Dirichlet share: exponentials over their sum."""
    parts = [-math.log(1 - uniform(seed, Decision.CHRONIC_SHARE, 0, k, i)) for k in range(4)]
    chronic = [0.0] * 5
    for k in range(4):
        own = p.chronic_mean + p.chronic_sd * normal(seed, Decision.CHRONIC, 0, k, i)
        chronic[k] = p.chronic_scale * max(0, own) * parts[k] / sum(parts)
    return chronic


def focus_order(foci, which, shared, seed):
    """People sorted by block, then loosely by age."""
    blocks = 1 + max(person.culture for person in shared)

    def place(i):
        block = shared[i].culture
        if uniform(seed, Decision.FOCUS_BLOCK, 0, which, i) < foci.other_block[which]:
            block = math.floor(blocks * uniform(seed, Decision.FOCUS_BLOCK, 0, 2 + which, i))
        return 10 * block + shared[i].age + foci.order_spread * normal(seed, Decision.FOCUS_ORDER, 0, which, i)

    return sorted(range(len(shared)), key=place)


def focus_ties(foci, which, order, seed):
    """The order is cut into foci of random size; some of the pairs of each are tied."""
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


def draw_tie(scenario, people, i, j, seed):
    """What i's tie to j is at the start: closeness for both, trust each way its own."""
    r = scenario.starting_ties
    s = similarity(people[i], people[j], scenario.similarity)
    u = together(seed, Decision.CLOSENESS_START, 0, 0, i, j)
    is_couple = people[i].partner == j
    w = clip(r.partner_closeness if is_couple else r.least_closeness + r.spread * u**2 + r.similarity * s)
    return Thing(
        closeness=w,
        trust=clip(w + r.trust_sd * normal(seed, Decision.TRUST_START, 0, 0, i, j)),
        similarity=s,
        channel=FACE_TO_FACE,
        kind=PARTNER if is_couple else FRIEND,
        closer=0,
        trusting=0,
    )
