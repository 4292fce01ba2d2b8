"""A whole day, step by step: everything reads the morning, and all changes are applied together at night."""

from peersim.people import States
from tests.naive import contact, programmes, sessions, states, strain, support, ties
from tests.naive.town import clip


def live(town, scenario, r, rules_of_eligibility, seed, first_day, n_days):
    """Live through days. Returns each day's counts; programmes start on their mornings."""
    counts = []
    for day in range(first_day, first_day + n_days):
        for slot, programme in enumerate(scenario.programmes):
            if programme.start == day:
                is_eligible = rules_of_eligibility[slot]
                programmes.start_programme(town, programme, slot, is_eligible, r.sessions, seed)
        counts.append(live_a_day(town, scenario.programmes, r, seed, day))
    return counts


def live_a_day(town, plan, r, seed, day):
    count = {}
    count["events"] = strain.strike(town, r, seed, day)
    strain.wear_off(town, r)
    resilient = strain.resilience(town, r)
    threat = strain.threat(town, resilient, r)

    requests = support.seek(town, r, seed, day)
    count["requests"] = len(requests)
    count["accepted"] = support.accept(town, requests, r, seed, day)
    count["matched"] = support.match(town, requests, r, seed, day)
    count["rehashed"] = support.rehash(town, requests, r, seed, day)
    support.receive(town, requests, r)
    support.give(town, requests, r)

    worth = contact.meet(town, r, seed, day)
    count["contacts"] = sum(value > 0 for value in worth.values()) // 2
    contact.grow_and_fade(town, worth, r, seed, day)
    company = contact.company(town, worth, r)
    near_stress = contact.near(town, "stress", r.population.stress_level)
    near_loneliness = contact.near(town, "loneliness", r.population.loneliness_level)
    near_partner = contact.near_partner(town, r.population.stress_level)

    new, attended = sessions.hold_sessions(town, plan, r, seed, day)
    count["attended"] = len(attended)

    count["conflicts"] = states.live_together(town, r, seed, day)
    states.feel_stress(town, threat, resilient, near_stress, near_partner, r, seed, day)
    states.feel_supported(town, company, r)
    states.feel_lonely(town, near_loneliness, r, seed, day)
    states.belong(town, company, r)
    states.feel_safe(town, r)
    states.keep_resilience(town, r)
    states.wear_down(town, r)
    states.rest(town, r)

    ties.follow_closeness(town, r)
    gone = set()
    if day % 7 == 0:
        gone = ties.gone_cold(town, r)
        new += ties.get_to_know(town, r, seed, day)
    strain.remember(town, r)
    sleep(town)
    before = len(town.ties)
    ties.rewire(town, gone, new)
    count["ties_dissolved"] = len(gone) // 2
    count["ties_made"] = (len(town.ties) - before + len(gone)) // 2
    return count


def sleep(town):
    """The night: states and ties are clipped to [0, 1], load at 0 only."""
    for person in town.people.values():
        for name in States._fields:
            setattr(person, name, clip(getattr(person, name) + getattr(person.change, name)))
            setattr(person.change, name, 0.0)
        for k in range(5):
            person.load[k] = max(0.0, person.load[k] + person.load_change[k])
            person.load_change[k] = 0.0
    for tie in town.ties.values():
        tie.closeness = clip(tie.closeness + tie.closer)
        tie.trust = clip(tie.trust + tie.trusting)
        tie.closer = tie.trusting = 0.0
