"""The model on one screen: what happens in a day, in which order, and what each pass reads and writes.

Every process reads the state of the morning and adds to the changes; at night all changes are applied together and
clipped. A pass is a small compiled function of its process's file that writes its first argument and reads the rest.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from peersim import outcomes
from peersim import trace as tracing
from peersim.compiled import compiled, entry_point
from peersim.draws import Decision, key, uniforms
from peersim.processes import (
    appraisal,
    belonging,
    capacity,
    co_rumination,
    contact,
    couples,
    giving,
    loneliness,
    matching,
    neighbours,
    new_ties,
    perceived_support,
    receiving,
    resilience,
    safety,
    seeking,
    stress,
    stressors,
    trust,
    wear,
)
from peersim.programmes import meetings
from peersim.ties import no_new_ties, rewired

COUPLES_ONLY = tuple(outcome.couples_only for outcome in outcomes.OUTCOMES)


@entry_point
def advance(
    people: Any, ties: Any, circles: Any, plan: Any, rules: Any, seed: int, first_day: int, n_days: int, trace: Any
) -> Any:
    """Live through n_days from the morning of first_day; returns the ties of the morning after.

    People and circles change in place. trace  has a row for each of these days, and may have more.
    """
    n = people.number.size
    now, change, trait, number, row_of = people.now, people.change, people.traits, people.number, people.row_of
    control = rules.stressors.controllability
    stress_level, loneliness_level = rules.population.stress_level, rules.population.loneliness_level
    support_mean = rules.appraisal.support_mean
    requests = seeking.no_requests(n)
    luck, need, threat, resilient = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    near_stress, near_loneliness, company, near_partner = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    at_home = np.empty(n)
    waiting, following = np.full(n, -1), np.empty(n, np.int64)
    outcome = np.empty((len(COUPLES_ONLY), n))
    booked = np.zeros(trace.ledger.shape[1])
    closer, trusting, meeting = np.zeros(ties.other.size), np.zeros(ties.other.size), np.empty(ties.other.size)
    nobody = np.empty(0, np.bool_)

    for day in range(first_day, first_day + n_days):
        tally = trace.tally[day - trace.first_day[0]]
        new = no_new_ties(0)
        gone = nobody

        # 1-2  life strikes; demands are weighed against resources
        tally[0] = stressors.strike(
            people.load_change, luck, trait.hardship, trait.partner, number, row_of, rules.stressors, seed, day
        )
        stressors.wear_off(people.load_change, people.load, now.coping, rules.stressors)
        resilience.derive_resilience(resilient, now.self_esteem, now.optimism, now.coping, rules.resilience)
        appraisal.appraise(
            threat, people.load, trait.chronic, resilient, now.perceived_support, now.allostatic_load, rules.appraisal
        )

        # 3-9  some ask for help, some of them get it, and it does both of them good, or harm
        seeking.feel_need(need, now.stress, rules.seeking)
        uniforms(luck, key(seed, Decision.SEEK, day, 0), number)
        asked = seeking.seek(
            requests, luck, need, now.safety, people.load, trait.chronic, people.lived, now.burden, number, row_of,
            ties, rules.seeking, seed, day,
        )  # fmt: skip
        tally[2] = asked
        tally[3] = capacity.accept(
            requests, asked, trusting, waiting, following, luck, ties.closeness, now.burden, number,
            rules.capacity, seed, day,
        )  # fmt: skip
        tally[4] = matching.match(
            requests, asked, trait.skill, now.burden, number, ties.similarity, ties.trust, ties.channel, control,
            rules.matching, seed, day,
        )  # fmt: skip
        tally[5] = co_rumination.rehash(
            requests, asked, change.stress, closer, now.stress, number, ties, rules.co_rumination, seed, day
        )
        receiving.receive(
            requests, asked, change, people.load_change, closer, trusting, people.received, now.perceived_support,
            people.load, ties.start, ties.other, control, rules.receiving,
        )  # fmt: skip
        giving.give(requests, asked, now, change, rules.giving)
        tracing.book(trace.ledger, 0, change.stress, booked)

        # 10  everyday contact
        met = contact.meet(meeting, ties.closeness, ties.similarity, ties.pair, rules.contact, seed, day)
        tally[1] = met // 2
        contact.grow_and_fade(closer, ties.closeness, meeting, ties.kind, ties.pair, rules.contact, seed, day)
        neighbours.look_around(
            near_stress, near_loneliness, company, now.stress, now.loneliness, meeting, ties,
            stress_level, loneliness_level, rules.neighbours.full_contact,
        )  # fmt: skip
        neighbours.look_at_partner(near_partner, now.stress, trait.partner, stress_level)

        # 11  programmes
        new = meetings.hold_sessions(circles, plan, people, ties, closer, new, rules, seed, day)
        tracing.book(trace.ledger, 1, change.stress, booked)

        # 12-16  couples, stress, what company and support do, resilience, wear
        tally[6] = couples.live_together(
            people, stress_level, rules.population.communication_mean, support_mean, rules.couples, seed, day
        )
        stress.feel_stress(
            change.stress, now.stress, threat, trait.stress_trait, resilient, now.perceived_support, now.loneliness,
            near_partner, near_stress, number, support_mean, rules.appraisal.resilience_mean, loneliness_level,
            rules.stress, seed, day,
        )  # fmt: skip
        tracing.book(trace.ledger, 2, change.stress, booked)
        couples.look_home(at_home, now.satisfaction, now.communication, trait.partner)
        perceived_support.feel_supported(
            change.perceived_support, now.perceived_support, trait.support_trait, company, at_home, trait.partner,
            rules.perceived_support,
        )  # fmt: skip
        loneliness.feel_lonely(
            change.loneliness, now.loneliness, trait.loneliness_trait, now.perceived_support, near_loneliness,
            now.belonging, now.stress, number, support_mean, loneliness_level, rules.population.belonging_level,
            stress_level, rules.loneliness, seed, day,
        )  # fmt: skip
        belonging.belong(change.belonging, now.belonging, company, now.loneliness, rules.belonging)
        safety.feel_safe(
            change.safety, now.safety, trait.safety_trait, now.perceived_support, support_mean, rules.safety
        )
        resilience.keep_confidence(
            change.self_esteem, now.self_esteem, trait.self_esteem_trait, now.stress, people.load, rules.resilience
        )
        resilience.keep_hope(change.optimism, now.optimism, trait.optimism_trait, now.stress, rules.resilience)
        resilience.keep_coping(change.coping, now.coping, trait.coping_trait, rules.resilience)
        wear.wear_down(change.allostatic_load, now.allostatic_load, now.stress, rules.wear)
        wear.rest(change.burden, now.burden, rules.wear)

        # 17  ties
        trust.follow_closeness(trusting, ties.trust, ties.closeness, rules.trust)
        if day % new_ties.WEEK == 0:
            gone = np.empty(ties.other.size, np.bool_)
            tally[7] = new_ties.dissolve(gone, ties.closeness, ties.kind, rules.new_ties)
            uniforms(luck, key(seed, Decision.LOOK_AROUND, day, 0), number)
            new = new_ties.get_to_know(
                new, luck, trait.usual_degree, trait.age, trait.culture, trait.interests, number, row_of,
                people.founders[0], ties.start, ties.other, ties.closeness, rules.similarity, rules.new_ties, seed, day,
            )  # fmt: skip

        # night: all changes are applied together
        tracing.book_clip(trace.ledger, now.stress, change.stress, booked)
        apply(now.stress, change.stress)
        apply(now.self_esteem, change.self_esteem)
        apply(now.optimism, change.optimism)
        apply(now.coping, change.coping)
        apply(now.perceived_support, change.perceived_support)
        apply(now.loneliness, change.loneliness)
        apply(now.belonging, change.belonging)
        apply(now.safety, change.safety)
        apply(now.allostatic_load, change.allostatic_load)
        apply(now.burden, change.burden)
        apply(now.satisfaction, change.satisfaction)
        apply(now.communication, change.communication)
        stressors.remember(people.lived, people.load, trait.chronic, rules.seeking.memory)
        for k in range(5):
            apply_load(people.load[k], people.load_change[k])
        apply(ties.closeness, closer)
        apply(ties.trust, trusting)
        if new.n_listed[0] > 0 or tally[7] > 0:
            before = ties.other.size
            ties = rewired(ties, gone, new, number)
            tally[8] = (ties.other.size - before) // 2 + tally[7]
            closer, trusting, meeting = (
                np.zeros(ties.other.size), np.zeros(ties.other.size), np.empty(ties.other.size),
            )  # fmt: skip

        observe(trace, day, outcome, resilient, now, people.received, trait.partner, row_of, ties, rules.resilience)
    return ties


@compiled
def apply(state: Any, change: Any) -> None:
    """Tomorrow's state: today's and its changes, in [0, 1]."""
    for i in range(state.size):
        state[i] = min(1.0, max(0.0, state[i] + change[i]))
        change[i] = 0.0


@compiled
def apply_load(load: Any, change: Any) -> None:
    """Tomorrow's strain, at least 0."""
    for i in range(load.size):
        load[i] = max(0.0, load[i] + change[i])
        change[i] = 0.0


@compiled
def observe(
    trace: Any, day: int, outcome: Any, resilient: Any, now: Any, received: Any, partner: Any, row_of: Any, ties: Any,
    rules: Any,
) -> None:
    """Record the evening, where the trace asks for it."""
    row = day - trace.first_day[0]
    is_in_window = False
    for v in range(trace.is_window.shape[0]):
        is_in_window |= trace.is_window[v, row]
    if trace.since.shape[1] > 0 or is_in_window:
        resilience.derive_resilience(resilient, now.self_esteem, now.optimism, now.coping, rules)
    if is_in_window:
        outcomes.measure(outcome, now, resilient, received, ties)
        tracing.add_to_windows(trace, row, outcome)
    if trace.since.shape[1] > 0:
        outcomes.add_states(trace.since, now, resilient)
        trace.evenings[0] += 1
    if trace.is_record[row]:
        tracing.mean_since(trace, outcome, outcomes.N_STATES)
        outcomes.measure_ties(outcome, received, ties)
        tracing.record(trace, row, outcome, partner, row_of, COUPLES_ONLY)
