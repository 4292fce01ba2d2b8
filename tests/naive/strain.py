"""Steps 1 and 2: life strikes, strain wears off, and demands are weighed against resources."""

import math

from peersim.draws import Decision
from tests.naive.draws import normal, uniform


def strike(town, r, seed, day):
    events = 0
    for k in range(4):
        for i, person in sorted(town.people.items()):
            hardship = max(0, 1 + r.stressors.hardship_slope * person.hardship)
            chance = r.stressors.event_rate / 365 * r.stressors.share[k] * hardship
            if uniform(seed, Decision.STRIKE, day, k, i) < chance:
                luck = normal(seed, Decision.SEVERITY, day, k, i)
                severity = math.exp(r.stressors.severity_log_mean + r.stressors.severity_log_sd * luck)
                person.load_change[k] += severity
                if person.partner is not None:
                    town.people[person.partner].load_change[k] += r.stressors.shared[k] * severity
                events += 1
    return events


def wear_off(town, r):
    for person in town.people.values():
        for k in range(5):
            worked_off = r.stressors.cope * r.stressors.controllability[k] * person.coping
            tomorrow = person.load[k] * (1 - 1 / r.stressors.duration[k]) * (1 - worked_off)
            person.load_change[k] += tomorrow - person.load[k]


def remember(town, r):
    for person in town.people.values():
        for k in range(5):
            strain = person.load[k] + person.chronic[k]
            person.lived[k] = max(strain, person.lived[k] * (1 - 1 / r.seeking.memory))


def resilience(town, r):
    return {
        i: r.resilience.self_esteem_weight * person.self_esteem
        + r.resilience.optimism_weight * person.optimism
        + r.resilience.coping_weight * person.coping
        for i, person in town.people.items()
    }


def threat(town, resilient, r):
    found = {}
    for i, person in town.people.items():
        demand = sum(person.load) + sum(person.chronic)
        buffered = r.appraisal.resilience_buffer * (resilient[i] - r.appraisal.resilience_mean)
        buffered += r.appraisal.support_buffer * (person.perceived_support - r.appraisal.support_mean)
        found[i] = demand * math.exp(-buffered + r.appraisal.wear * person.allostatic_load)
    return found
