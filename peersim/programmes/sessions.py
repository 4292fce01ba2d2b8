"""A session: people share, listen, advise and help; the climate decides how openly, the leader how well.

One rule for every programme. What sets a support group apart from a circle of friends is its numbers alone: a skilled
leader lifts the quality, rules of conduct hold back rehashing, and both make it safer to speak. That formal sessions
are better is thus built in, by these two numbers, and every comparison has to say so.
"""

from __future__ import annotations

import math
from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param
from peersim.similarity import near_interests
from peersim.smooth import logistic


class Sessions(Parameters):
    """What an hour in a circle is worth. One session of effect 1 has e = scale x dose x quality x openness."""

    climate_start: float = param(
        0.35, unit="climate", within=(0, 1), doc="safety to speak in a new circle without leader or rules",
        source="calibrated",
    )
    climate_facilitator: float = param(
        0.10, unit="climate per skill", within=(0, 1), doc="what a skilled leader adds from the start",
        source="calibrated",
    )
    climate_guidelines: float = param(
        0.10, unit="climate per share", within=(0, 1), doc="what rules of conduct add from the start",
        source="calibrated",
    )
    climate_anonymity: float = param(
        0.15, unit="climate per share", within=(0, 1), doc="what anonymity adds from the start", source="calibrated"
    )
    climate_gain: float = param(
        0.04, unit="share per session", within=(0, 1), doc="how fast a circle becomes safe, of what is missing",
        source="calibrated",
    )
    climate_gain_base: float = param(
        0.3, unit="factor", within=(0, 2), doc="that pace without leader or rules", source="calibrated"
    )
    climate_gain_led: float = param(
        0.35, unit="factor per skill and share", within=(0, 2), doc="what leader and rules add to that pace",
        source="calibrated",
    )
    openness_safety: float = param(
        0.5, unit="per safety", within=(0, 1), doc="how far one's own safety opens one up", source="calibrated"
    )
    openness_climate: float = param(
        0.5, unit="per climate", within=(0, 1), doc="how far the climate opens one up", source="calibrated"
    )
    openness_anonymity: float = param(
        0.3, unit="per share", within=(0, 1), doc="how far anonymity opens one up", source="calibrated"
    )
    lead_base: float = param(
        0.4, unit="share", within=(0, 1), doc="how far a leader without rules sets the quality", source="calibrated"
    )
    lead_guidelines: float = param(
        0.6, unit="share per share", within=(0, 1), doc="what rules of conduct add to that", source="calibrated"
    )
    alike_domain: float = param(
        0.5, unit="share", within=(0, 1), doc="part of peer similarity: the same worst domain", source="assumed"
    )
    alike_age: float = param(
        0.25, unit="share", within=(0, 1), doc="part of peer similarity: age", source="assumed"
    )
    alike_culture: float = param(
        0.25, unit="share", within=(0, 1), doc="part of peer similarity: culture", source="assumed"
    )
    alike_interests: float = param(
        0.0, unit="share", within=(0, 1), doc="part of peer similarity: interests (the specification has none)",
        source="assumed",
    )
    alike_constant: float = param(
        0.0, unit="share", within=(0, 1), doc="peer similarity of people who share nothing", source="assumed"
    )
    full_minutes: float = param(
        90.0, unit="minutes", within=(1, 1440), doc="length of a session of dose 1; dose grows with its square root",
        source="assumed",
    )
    full_size: float = param(
        8.0, unit="people", within=(1, 1000), doc="size up to which everybody gets a turn", source="assumed"
    )
    turn_share: float = param(
        0.5, unit="share of dose", within=(0, 1),
        doc="part of the dose that needs a turn; the rest needs others like oneself", source="assumed",
    )
    alike_base: float = param(
        0.4, unit="factor", within=(0, 2), doc="that rest, among people who share nothing", source="assumed"
    )
    alike_slope: float = param(
        0.6, unit="factor", within=(0, 2), doc="what peer similarity adds to it", source="assumed"
    )
    scale: float = param(2.0, unit="factor", within=(0, 20), doc="scale of e", source="calibrated")
    stress: float = param(
        0.13, unit="stress per e", within=(0, 1), doc="stress that comfort takes away", source="calibrated"
    )
    stress_base: float = param(
        0.4, unit="factor", within=(0, 2), doc="that, for a person without need", source="calibrated"
    )
    stress_need: float = param(
        1.2, unit="factor", within=(0, 5), doc="what full need adds to it", source="calibrated"
    )
    self_esteem: float = param(
        0.030, unit="self-esteem per e", within=(0, 1), doc="confidence gained, of what is missing",
        source="calibrated",
    )
    optimism: float = param(
        0.026, unit="optimism per e", within=(0, 1), doc="hope gained, of what is missing", source="calibrated"
    )
    coping: float = param(
        0.09, unit="coping per e", within=(0, 1), doc="coping skill that advice gives, of what is missing",
        source="calibrated",
    )
    loneliness: float = param(
        0.0127, unit="loneliness per e", within=(0, 1), doc="loneliness taken away",
        source="calibrated: a support group's effect on loneliness; .018 gave d = -.31",
    )
    belonging: float = param(
        0.03, unit="belonging per e", within=(0, 1), doc="belonging gained, of what is missing", source="calibrated"
    )
    perceived_support: float = param(
        0.021, unit="perceived support per e", within=(0, 1), doc="felt support gained, of what is missing",
        source="calibrated",
    )
    safety: float = param(
        0.03, unit="safety", within=(0, 1), doc="safety gained in a session, of what is missing; lost in rehashing",
        source="calibrated",
    )
    safety_base: float = param(
        0.4, unit="factor", within=(0, 2), doc="that, without rules of conduct", source="calibrated"
    )
    safety_guidelines: float = param(
        0.6, unit="factor per share", within=(0, 2), doc="what rules of conduct add to it", source="calibrated"
    )
    load: float = param(
        0.10, unit="share of load per e", within=(0, 1), doc="strain in the worst domain that task support takes away",
        source="calibrated",
    )
    load_informational: float = param(
        0.6, unit="factor", within=(0, 2), doc="advice against hands in that", source="calibrated"
    )
    uncontrollable: float = param(
        0.3, unit="factor", within=(0, 1), doc="relief of strain that cannot be controlled; controllability adds to it",
        source="calibrated",
    )
    mutual_help: float = param(
        0.004, unit="self-esteem", within=(0, 1), doc="confidence from having helped others", source="calibrated"
    )
    rehash_rate: float = param(
        0.6, unit="probability per stress", within=(0, 1),
        doc="chance that a circle without rules goes over it again and again", source="calibrated",
    )
    rehash_stress: float = param(
        0.04, unit="stress", within=(0, 1), doc="stress that this adds to each", source="calibrated"
    )
    contact: float = param(
        0.05, unit="share", within=(0, 1), doc="closeness that tied attendees gain, of what is missing",
        source="assumed",
    )
    tie_closeness: float = param(
        0.10, unit="closeness", within=(0, 1), doc="closeness of ties that sessions make", source="assumed"
    )
    dropout_base: float = param(
        1.3, unit="factor", within=(0, 5), doc="dropout of a person who does not feel safe at all", source="assumed"
    )
    dropout_safety: float = param(
        0.6, unit="factor per safety", within=(0, 5), doc="what safety takes off it", source="assumed"
    )


def opening_climate(rules: Sessions, facilitator: float, guidelines: float, anonymity: float) -> float:
    """How safe it is to speak in a new circle."""
    return (
        rules.climate_start
        + rules.climate_facilitator * facilitator
        + rules.climate_guidelines * guidelines
        + rules.climate_anonymity * anonymity
    )


@compiled
def warmer(climate: float, p: Any, rules: Any) -> float:
    """The climate after a session held: it becomes safer to speak, the faster with leader and rules."""
    pace = rules.climate_gain_base + rules.climate_gain_led * (p.facilitator + p.guidelines)
    return climate + rules.climate_gain * pace * (1.0 - climate)


@compiled
def quality_of(present: Any, p: Any, skill: Any, rules: Any) -> float:
    """How good support is here: the mean skill of those present, drawn towards the leader's."""
    mean_skill = 0.0
    for a in range(present.size):
        mean_skill += skill[present[a]]
    mean_skill /= present.size
    if p.facilitator <= 0.0:
        return mean_skill
    return mean_skill + (rules.lead_base + rules.lead_guidelines * p.guidelines) * (p.facilitator - mean_skill)


@compiled
def chance_of_rehashing(present: Any, p: Any, stress: Any, rules: Any) -> float:
    """How likely the session goes over it again and again: the more stressed those present, the fewer the rules."""
    mean_stress = 0.0
    for a in range(present.size):
        mean_stress += stress[present[a]]
    return rules.rehash_rate * (1.0 - p.guidelines) * mean_stress / present.size * p.emotional


@compiled
def listen(
    worth: Any, present: Any, worst: Any, p: Any, climate: float, quality: float, safety: Any, age: Any, culture: Any,
    interests: Any, interest_width: float, rules: Any,
) -> None:
    """What the session is worth to each who came: dose x quality x openness x how well support carries there.

    The dose grows with the length, a turn for each, and others like oneself; openness with one's own safety, the
    climate and anonymity.

    worth  (n_present,) e, written
    worst  (n_present,) each one's worst domain
    """
    m = present.size
    turn = rules.turn_share * min(1.0, rules.full_size / m)
    for a in range(m):
        like = peer_similarity(a, present, worst, age, culture, interests, interest_width, rules)
        dose = math.sqrt(p.minutes / rules.full_minutes) * (
            turn + (1.0 - rules.turn_share) * (rules.alike_base + rules.alike_slope * like)
        )
        openness = min(1.0, max(0.0,
            rules.openness_safety * safety[present[a]]
            + rules.openness_climate * climate
            + rules.openness_anonymity * p.anonymity
        ))  # fmt: skip
        worth[a] = p.effect * rules.scale * dose * quality * openness * p.channel_factor


@compiled
def peer_similarity(
    a: int, present: Any, worst: Any, age: Any, culture: Any, interests: Any, interest_width: float, rules: Any
) -> float:
    """How alike the others present are to the a-th: same worst domain, age, culture, interests."""
    same_domain, near_age, same_culture, same_interests = 0.0, 0.0, 0.0, 0.0
    i = present[a]
    for b in range(present.size):
        if b != a:
            j = present[b]
            same_domain += worst[b] == worst[a]
            near_age += 1.0 - abs(age[i] - age[j])
            same_culture += culture[i] == culture[j]
            if rules.alike_interests > 0.0:
                same_interests += near_interests(interests, i, j, interest_width)
    others = present.size - 1
    return rules.alike_constant + (
        rules.alike_domain * same_domain
        + rules.alike_age * near_age
        + rules.alike_culture * same_culture
        + rules.alike_interests * same_interests
    ) / others


@compiled
def share(
    worth: Any, present: Any, worst: Any, p: Any, rehashes: bool, now: Any, change: Any, load: Any, load_change: Any,
    controllability: Any, need_rules: Any, rules: Any,
) -> None:
    """What the session does to each who came, by what it is worth to them.

    Stress, loneliness and strain fall with it, the other states gain a share of what is missing, and helping each other
    lifts. Rehashing adds stress and costs safety.
    """
    safer = p.effect * rules.safety * (rules.safety_base + rules.safety_guidelines * p.guidelines)
    task = rules.load_informational * p.informational + p.instrumental
    for a in range(present.size):
        i, k, e = present[a], worst[a], worth[a]
        need = logistic((now.stress[i] - need_rules.need_threshold) / need_rules.need_width)
        change.stress[i] -= rules.stress * e * p.emotional * (rules.stress_base + rules.stress_need * need)
        change.self_esteem[i] += rules.self_esteem * e * (1.0 - now.self_esteem[i]) + p.effect * rules.mutual_help
        change.optimism[i] += rules.optimism * e * (1.0 - now.optimism[i])
        change.coping[i] += rules.coping * e * p.informational * (1.0 - now.coping[i])
        change.loneliness[i] -= rules.loneliness * e
        change.belonging[i] += rules.belonging * e * (1.0 - now.belonging[i])
        change.perceived_support[i] += rules.perceived_support * e * (1.0 - now.perceived_support[i])
        if rehashes:
            change.stress[i] += p.effect * rules.rehash_stress
            change.safety[i] -= safer * (1.0 - now.safety[i])
        else:
            change.safety[i] += safer * (1.0 - now.safety[i])
        load_change[k, i] -= load[k, i] * rules.load * e * task * (rules.uncontrollable + controllability[k])
