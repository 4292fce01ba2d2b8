"""Steps 12 to 16: couples, stress, support felt, loneliness, belonging, safety, resilience, wear."""

import math

from peersim.draws import Decision
from tests.naive.draws import normal, together


def pair_mean(town, person, state):
    return (getattr(person, state) + getattr(town.people[person.partner], state)) / 2


def live_together(town, r, seed, day):
    conflicts = set()
    for i, person in town.people.items():
        if person.partner is None:
            continue
        stressed = pair_mean(town, person, "stress") - r.population.stress_level
        skilled = pair_mean(town, person, "communication") - r.population.communication_mean
        c = r.couples
        chance = c.conflict_rate * math.exp(c.conflict_stress * stressed - c.conflict_communication * skilled)
        if together(seed, Decision.CONFLICT, day, 0, i, person.partner) < chance:
            person.change.satisfaction -= c.conflict_satisfaction
            person.load_change[4] += c.conflict_load
            conflicts.add(frozenset((i, person.partner)))
        rest = c.satisfaction_level + person.satisfaction_trait
        rest += c.satisfaction_communication * skilled - c.satisfaction_stress * stressed
        rest += c.satisfaction_support * (person.perceived_support - r.appraisal.support_mean)
        person.change.satisfaction += c.satisfaction_rate * (rest - person.satisfaction)
        person.change.communication += c.communication_rate * (person.communication_trait - person.communication)
    return len(conflicts)


def feel_stress(town, threat, resilient, near_stress, near_partner, r, seed, day):
    for i, person in town.people.items():
        rest = (
            r.stress.base + person.stress_trait
            + r.stress.threat * threat[i]
            - r.stress.support * (person.perceived_support - r.appraisal.support_mean)
            + r.stress.loneliness * (person.loneliness - r.population.loneliness_level)
            + r.stress.partner * near_partner[i]
            + r.stress.neighbours * near_stress[i]
        )  # fmt: skip
        pace = r.stress.recovery + r.stress.recovery_resilience * (resilient[i] - r.appraisal.resilience_mean)
        person.change.stress += pace * (rest - person.stress)
        person.change.stress += r.stress.noise * normal(seed, Decision.STRESS_NOISE, day, 0, i)


def feel_supported(town, company, r):
    p = r.perceived_support
    for i, person in town.people.items():
        rest = p.base + person.support_trait + p.company * company[i]
        if person.partner is not None:
            rest += p.partner * person.satisfaction * pair_mean(town, person, "communication") + p.partner_constant
        person.change.perceived_support += p.rate * (rest - person.perceived_support)


def feel_lonely(town, near_loneliness, r, seed, day):
    for i, person in town.people.items():
        rest = (
            r.population.loneliness_level + person.loneliness_trait
            - r.loneliness.support * (person.perceived_support - r.appraisal.support_mean)
            + r.loneliness.neighbours * near_loneliness[i]
            - r.loneliness.belonging * (person.belonging - r.population.belonging_level)
            + r.loneliness.stress * (person.stress - r.population.stress_level)
        )  # fmt: skip
        person.change.loneliness += r.loneliness.rate * (rest - person.loneliness)
        person.change.loneliness += r.loneliness.noise * normal(seed, Decision.LONELINESS_NOISE, day, 0, i)


def belong(town, company, r):
    for i, person in town.people.items():
        rest = r.belonging.base + r.belonging.company * company[i] + r.belonging.loneliness * (1 - person.loneliness)
        person.change.belonging += r.belonging.rate * (rest - person.belonging)


def feel_safe(town, r):
    for person in town.people.values():
        rest = person.safety_trait + r.safety.support * (person.perceived_support - r.appraisal.support_mean)
        person.change.safety += r.safety.rate * (rest - person.safety)


def keep_resilience(town, r):
    for person in town.people.values():
        worn = r.resilience.erosion * max(0, person.stress - r.resilience.high_stress)
        back = r.resilience.return_rate
        person.change.self_esteem += back * (person.self_esteem_trait - person.self_esteem) - worn
        person.change.optimism += back * (person.optimism_trait - person.optimism) - worn
        person.change.coping += r.resilience.coping_rate * (person.coping_trait - person.coping)
        if sum(person.load) > r.resilience.mastery_load and person.stress < r.resilience.mastery_stress:
            person.change.self_esteem += r.resilience.mastery


def wear_down(town, r):
    for person in town.people.values():
        person.change.allostatic_load += r.wear.gain * max(0, person.stress - r.wear.high_stress)
        person.change.allostatic_load -= r.wear.recovery * person.allostatic_load


def rest(town, r):
    for person in town.people.values():
        person.change.burden -= r.wear.rest * (person.burden - r.wear.rested_burden)
