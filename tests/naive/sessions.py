"""Step 11: a session held, one person and one pair at a time."""

import math

from peersim.draws import Decision
from tests.naive.draws import together, uniform
from tests.naive.support import get_closer, need
from tests.naive.ties import new_tie, similarity
from tests.naive.town import FACE_TO_FACE, GROUP, ONLINE, clip, worst_domain

CHANNELS = ("face_to_face", "social_media", "anonymous_online")


def hold_sessions(town, programmes, r, seed, day):
    """Every circle whose day it is meets. Returns the ties that sessions made, and who attended, by slot."""
    made, attended = [], []
    for circle in town.circles:
        programme = programmes[circle.slot]
        if not is_its_day(programme, circle, seed, day):
            continue
        present = [
            i for i, is_active in sorted(circle.active.items())
            if is_active and uniform(seed, Decision.ATTEND, day, circle.slot, i) < programme.attendance
        ]  # fmt: skip
        if len(present) < 2:
            continue
        share_and_listen(town, present, programme, circle, r, seed, day)
        made += get_close(town, present, programme, circle.slot, r, seed, day)
        pace = r.sessions.climate_gain_base
        pace += r.sessions.climate_gain_led * (programme.facilitator + programme.guidelines)
        circle.climate += r.sessions.climate_gain * pace * (1 - circle.climate)
        circle.held += 1
        attended += [(circle.slot, i) for i in present]
        drop_out(town, circle, programme, r, seed, day)
    return made, attended


def is_its_day(programme, circle, seed, day):
    if not programme.start <= day < programme.start + 7 * programme.weeks:
        return False
    if programme.schedule == "spontaneous":
        return uniform(seed, Decision.MEET, day, circle.slot, circle.address) < 1 / programme.every
    return (day - programme.start) % programme.every == 0


def share_and_listen(town, present, programme, circle, r, seed, day):
    m, s, effect = len(present), r.sessions, programme.effect
    emotional, informational, instrumental = programme.mix
    g, leader = programme.guidelines, programme.facilitator
    here = {i: town.people[i] for i in present}
    worst = {i: worst_domain(person) for i, person in here.items()}
    quality = sum(person.skill for person in here.values()) / m
    if leader > 0:
        quality += (s.lead_base + s.lead_guidelines * g) * (leader - quality)
    stressed = sum(person.stress for person in here.values()) / m
    chance = s.rehash_rate * (1 - g) * stressed * emotional
    rehashes = uniform(seed, Decision.GROUP_REHASH, day, circle.slot, circle.address) < chance
    for i, person in here.items():
        others = [other for j, other in here.items() if j != i]
        like = (
            s.alike_constant
            + s.alike_domain * sum(worst[j] == worst[i] for j in present if j != i) / (m - 1)
            + s.alike_age * sum(1 - abs(person.age - other.age) for other in others) / (m - 1)
            + s.alike_culture * sum(person.culture == other.culture for other in others) / (m - 1)
        )
        dose = s.turn_share * min(1, s.full_size / m) + (1 - s.turn_share) * (s.alike_base + s.alike_slope * like)
        dose *= math.sqrt(programme.minutes / s.full_minutes)
        openness = s.openness_safety * person.safety + s.openness_climate * circle.climate
        openness = clip(openness + s.openness_anonymity * programme.anonymity)
        e = effect * s.scale * dose * quality * openness * programme.channel_factor
        change = person.change
        change.stress -= s.stress * e * emotional * (s.stress_base + s.stress_need * need(person, r))
        change.self_esteem += s.self_esteem * e * (1 - person.self_esteem)
        change.optimism += s.optimism * e * (1 - person.optimism)
        change.coping += s.coping * e * informational * (1 - person.coping)
        change.loneliness -= s.loneliness * e
        change.belonging += s.belonging * e * (1 - person.belonging)
        change.perceived_support += s.perceived_support * e * (1 - person.perceived_support)
        change.self_esteem += effect * s.mutual_help
        step = effect * s.safety * (s.safety_base + s.safety_guidelines * g) * (1 - person.safety)
        change.safety += -step if rehashes else step
        change.stress += effect * s.rehash_stress if rehashes else 0
        k = worst[i]
        grip = s.uncontrollable + r.stressors.controllability[k]
        cut = s.load * e * (s.load_informational * informational + instrumental) * grip
        person.load_change[k] -= cut * person.load[k]


def get_close(town, present, programme, slot, r, seed, day):
    """Those who have a tie are in contact; returns the ties of those who get one."""
    made = []
    channel = CHANNELS.index(programme.channel)
    kind = GROUP if channel == FACE_TO_FACE else ONLINE
    for i in present:
        for j in present:
            if j <= i:
                continue
            if (i, j) in town.ties:
                get_closer(town, i, j, programme.effect * r.sessions.contact * (1 - town.ties[i, j].closeness))
                continue
            s = similarity(town.people[i], town.people[j], r.similarity)
            if together(seed, Decision.SESSION_TIE, day, slot, i, j) < programme.effect * programme.tie * s:
                made.append(new_tie(i, j, r.sessions.tie_closeness, s, channel, kind))
    return made


def drop_out(town, circle, programme, r, seed, day):
    """Each member, present or not, may leave for good."""
    for i, is_active in circle.active.items():
        chance = programme.dropout * (r.sessions.dropout_base - r.sessions.dropout_safety * town.people[i].safety)
        if is_active and uniform(seed, Decision.DROP_OUT, day, circle.slot, i) < chance:
            circle.active[i] = False
