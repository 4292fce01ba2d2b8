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
from peersim.rewiring import no_new_ties, rewired
from peersim.ties import within

_ZERO, _ONE = np.float32(0.0), np.float32(1.0)
COUPLES_ONLY = tuple(outcome.couples_only for outcome in outcomes.OUTCOMES)


@entry_point
def advance(
    people: Any, arcs: Any, circles: Any, plan: Any, rules: Any, seed: int, first_day: int, n_days: int, trace: Any,
    mood: Any,
) -> Any:
    """Live through n_days from the morning of first_day; returns the ties of the morning after.

    People, ties and circles change in place; arcs that outgrow their place move to a larger one.

    arcs   ties, perhaps with room behind them
    trace  has a row for each of these days, and may have more
    mood   (n_people, 2) scratch; from numpy, whose large pages halve the time that looking around in a city takes
    """
    n = people.number.size
    now, change, trait, number, row_of = people.now, people.change, people.traits, people.number, people.row_of
    control = rules.stressors.controllability
    stress_level, loneliness_level = rules.population.stress_level, rules.population.loneliness_level
    support_mean, communication_level = rules.appraisal.support_mean, rules.population.communication_mean
    requests = seeking.no_requests(n)
    kind = now.stress.dtype
    luck, threat, resilient, warmth = np.empty(n), np.empty(n, kind), np.empty(n, kind), np.empty(n, kind)
    near_stress, near_loneliness, company = np.empty(n, kind), np.empty(n, kind), np.empty(n, kind)
    partner_stress, partner_communication, conflict = np.empty(n, kind), np.empty(n, kind), np.empty(n, kind)
    waiting, following = np.full(n, -1), np.empty(n, np.int64)
    booked = np.zeros(trace.ledger.shape[1])
    ties, room = within(arcs), arcs.other.size
    closer, trusting, meeting = np.zeros(room, kind), np.zeros(room, kind), np.empty(room, kind)

    for day in range(first_day, first_day + n_days):
        tally = trace.tally[day - trace.first_day[0]]
        new, gone = no_new_ties(0), np.empty(0, np.bool_)

        # 1-2  life strikes; demands are weighed against resources
        uniforms(luck, key(seed, Decision.STRIKE, day, 0), number)
        tally[0] = stressors.strike(
            people.load_change, luck, trait.hardship, trait.partner, number, rules.stressors, seed, day
        )
        stressors.wear_off(people.load_change, people.load, now.coping, rules.stressors)
        resilience.derive_resilience(resilient, now.self_esteem, now.optimism, now.coping, rules.resilience)
        appraisal.appraise(
            threat, people.load, trait.chronic, resilient, now.perceived_support, now.allostatic_load, rules.appraisal
        )

        # 3-9  some ask for help, some of them get it, and it does both of them good, or harm
        uniforms(luck, key(seed, Decision.SEEK, day, 0), number)
        asked = seeking.seek(
            requests, luck, now.stress, now.safety, people.load, trait.chronic, people.lived, now.burden, number,
            row_of, ties, rules.seeking, seed, day,
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
        met = contact.meet(
            meeting, closer, ties.closeness, ties.similarity, ties.kind, ties.pair, rules.contact, seed, day
        )
        tally[1] = met // 2
        neighbours.side_by_side(mood, now.stress, now.loneliness)
        neighbours.look_around(
            near_stress, near_loneliness, company, warmth, mood, meeting, ties.start, ties.other, ties.closeness,
            stress_level, loneliness_level, rules.neighbours.full_contact,
        )  # fmt: skip

        # 11  programmes
        new = meetings.hold_sessions(
            circles, plan, now, change, trait, people.load, people.load_change, number, ties.start, ties.other,
            ties.closeness, closer, new, rules.sessions, rules.counselling, rules.posts, rules.similarity,
            rules.seeking, control, seed, day,
        )  # fmt: skip
        tracing.book(trace.ledger, 1, change.stress, booked)

        # 12-16  couples, stress, what company and support do, resilience, wear
        couples.look_at_partner(
            partner_stress, partner_communication, now.stress, now.communication, trait.partner, stress_level
        )
        tally[6] = couples.fall_out(
            conflict, now.stress, partner_stress, now.communication, partner_communication, trait.partner,
            trait.couple, stress_level, communication_level, rules.couples, seed, day,
        )  # fmt: skip
        couples.bear_conflict(people.load_change, conflict, rules.couples)
        couples.feel_satisfied(
            change.satisfaction, now.satisfaction, trait.satisfaction_trait, conflict, now.stress, partner_stress,
            now.communication, partner_communication, now.perceived_support, trait.partner,
            stress_level, communication_level, support_mean, rules.couples,
        )  # fmt: skip
        couples.keep_talking(
            change.communication, now.communication, trait.communication_trait, trait.partner, rules.couples
        )
        stress.feel_stress(
            change.stress, now.stress, threat, trait.stress_trait, resilient, now.perceived_support, now.loneliness,
            partner_stress, near_stress, number, support_mean, rules.appraisal.resilience_mean, stress_level,
            loneliness_level, rules.stress, seed, day,
        )  # fmt: skip
        tracing.book(trace.ledger, 2, change.stress, booked)
        perceived_support.feel_supported(
            change.perceived_support, now.perceived_support, trait.support_trait, company, now.satisfaction,
            now.communication, partner_communication, trait.partner, rules.perceived_support,
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
                people.founders[0], ties.start, ties.other, ties.pair, ties.closeness, warmth, rules.similarity,
                rules.new_ties, seed, day,
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
            arcs = rewired(arcs, gone, new, number)
            ties = within(arcs)
            tally[8] = (ties.other.size - before) // 2 + tally[7]
            if arcs.other.size > room:
                room = arcs.other.size
                closer, trusting, meeting = np.zeros(room, kind), np.zeros(room, kind), np.empty(room, kind)

        observe(trace, day, luck, resilient, now, people.received, trait.partner, row_of, ties, rules.resilience)
    return arcs


@compiled
def apply(state: Any, change: Any) -> None:
    """Tomorrow's state: today's and its changes, in [0, 1]."""
    for i in range(state.size):
        state[i] = min(_ONE, max(_ZERO, state[i] + change[i]))
        change[i] = 0.0


@compiled
def apply_load(load: Any, change: Any) -> None:
    """Tomorrow's strain, at least 0."""
    for i in range(load.size):
        load[i] = max(_ZERO, load[i] + change[i])
        change[i] = 0.0


@compiled
def observe(
    trace: Any, day: int, value: Any, resilient: Any, now: Any, received: Any, partner: Any, row_of: Any, ties: Any,
    rules: Any,
) -> None:
    """Record the evening, where the trace asks for it, one outcome after the other.

    value  (n_people,) scratch
    """
    row = day - trace.first_day[0]
    counts, keeps_means = tracing.is_in_window(trace, row), trace.since.shape[1] > 0
    if not counts and not keeps_means:
        return
    resilience.derive_resilience(resilient, now.self_esteem, now.optimism, now.coping, rules)
    trace.evenings[0] += 1
    for k in range(len(COUPLES_ONLY)):
        is_summed = keeps_means and k < outcomes.N_MEANS
        if is_summed:
            outcomes.add_outcome(trace.since[k], k, now, resilient, received, ties)
        if counts or (trace.is_record[row] and not is_summed):
            value[:] = 0.0
            outcomes.add_outcome(value, k, now, resilient, received, ties)
            tracing.add_to_windows(trace, row, k, value)
        if trace.is_record[row]:
            if is_summed:
                tracing.mean_since(trace, k, value)
            tracing.record(trace, row, k, value, partner, row_of, COUPLES_ONLY[k])
    if trace.is_record[row]:
        trace.evenings[0] = 0
