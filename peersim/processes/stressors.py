"""Life strikes: events in money, health, family and career add strain, which then wears off.

Who has a hard life is struck more often; a partner bears part of it; people who cope well work off what can be
controlled a little faster.
"""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.domains import N_STRUCK
from peersim.draws import Decision, key, normal
from peersim.parameters import Parameters, Several, param
from peersim.people import MOST_HARDSHIP
from peersim.smooth import exponential


class Stressors(Parameters):
    """Events and how their strain passes. Lists follow the domains financial, health, family, career[, relational]."""

    event_rate: float = param(
        1.35, unit="events per person and year", within=(0, 100), doc="major events that strike a person",
        source="empirical: 49 % of adults had a major stressful event in a year (NPR/RWJF 2014)",
    )
    share: Several = param(
        (0.20, 0.38, 0.24, 0.18), unit="share of events", within=(0, 1), doc="share of events in each domain",
        source="assumed",
    )
    hardship_slope: float = param(
        0.25, unit="per sd", within=(0, 0.4), doc="how much more often a person one sd worse off is struck",
        source="assumed",
    )
    severity_log_mean: float = param(
        -1.15, unit="log load", within=(-5, 2), doc="mean of the logarithm of an event's severity", source="assumed"
    )
    severity_log_sd: float = param(
        0.6, unit="log load", within=(0, 2), doc="spread of the logarithm of an event's severity", source="assumed"
    )
    shared: Several = param(
        (0.9, 0.4, 0.7, 0.2), unit="share of severity", within=(0, 1), doc="part of an event that the partner bears",
        source="assumed",
    )
    duration: Several = param(
        (60.0, 90.0, 60.0, 45.0, 21.0), unit="days", within=(1, 3650), doc="mean life of strain", source="assumed"
    )
    controllability: Several = param(
        (0.50, 0.25, 0.45, 0.65, 0.60), unit="share", within=(0, 1), doc="how far one can do something about it",
        source="assumed",
    )
    cope: float = param(
        0.03, unit="share per day", within=(0, 1),
        doc="what a perfectly coping person works off of fully controllable strain", source="assumed",
    )


@compiled
def strike(
    load_change: Any, luck: Any, hardship: Any, partner: Any, number: Any, rules: Any, seed: int, day: int
) -> int:
    """Events strike today, harder or lighter (log-normal), the partner bears a part, and both feel it tomorrow.

    One draw decides whether and where, so that nobody is struck twice on a day. Returns how many are struck.

    luck  (n_people,) today's uniform draw of each
    """
    severity = key(seed, Decision.SEVERITY, day, 0)
    daily = rules.event_rate / 365.0
    chance = daily * (rules.share[0] + rules.share[1] + rules.share[2] + rules.share[3])
    most = chance * (1.0 + rules.hardship_slope * MOST_HARDSHIP)
    n_events = 0
    for i in range(luck.size):
        if luck[i] >= most:
            continue
        often = max(0.0, 1.0 + rules.hardship_slope * hardship[i])
        if luck[i] < chance * often:
            k = domain_struck(luck[i] / (daily * often), rules.share)
            hit = exponential(rules.severity_log_mean + rules.severity_log_sd * normal(severity, number[i]))
            load_change[k, i] += hit
            if partner[i] >= 0:
                load_change[k, partner[i]] += hit * rules.shared[k]
            n_events += 1
    return n_events


@compiled
def domain_struck(luck: float, share: Any) -> int:
    """The domain whose share of events, laid end to end, the draw falls into."""
    end = share[0]
    k = 0
    while k < N_STRUCK - 1 and luck >= end:
        k += 1
        end += share[k]
    return k


@compiled
def wear_off(load_change: Any, load: Any, coping: Any, rules: Any) -> None:
    """Strain fades with time, a little faster where it can be controlled and the person copes well."""
    for k in range(5):
        kept = 1.0 - 1.0 / rules.duration[k]
        worked_off = rules.cope * rules.controllability[k]
        change, strain = load_change[k], load[k]
        for i in range(coping.size):
            change[i] += strain[i] * (kept * (1.0 - worked_off * coping[i]) - 1.0)


@compiled
def remember(lived: Any, load: Any, chronic: Any, memory: float) -> None:
    """What one has been through rises with present strain and fades over years (memory in days)."""
    kept = 1.0 - 1.0 / memory
    for k in range(5):
        past, strain, lasting = lived[k], load[k], chronic[k]
        for i in range(past.size):
            past[i] = max(strain[i] + lasting[i], past[i] * kept)
