"""Circles meet: those who come share a session, get closer to each other, and now and then somebody leaves for good."""

from __future__ import annotations

from typing import Any

import numpy as np

from peersim.compiled import allocating, compiled
from peersim.domains import worst_domain
from peersim.draws import Decision, key, undirected, uniform
from peersim.programmes import counselling, posts
from peersim.programmes.sessions import chance_of_rehashing, listen, quality_of, share, warmer
from peersim.programmes.waiting import take_places
from peersim.rewiring import propose, with_room
from peersim.similarity import most_alike, similarity
from peersim.ties import find_arc


@allocating
def hold_sessions(
    circles: Any, plan: Any, now: Any, change: Any, trait: Any, load: Any, load_change: Any, number: Any, start: Any,
    other: Any, closeness: Any, closeness_change: Any, new: Any, rules: Any, counselling_rules: Any, posts_rules: Any,
    alike: Any, need_rules: Any, controllability: Any, seed: int, day: int,
) -> Any:
    """Every circle whose day it is meets. Returns the list of new ties (which may have moved to a larger place)."""
    present = np.empty(circles.member.size, np.int64)
    for c in range(circles.slot.size):
        slot = circles.slot[c]
        p = plan[slot]
        if not meets(p, slot, circles.address[c], circles.since[c], seed, day):
            continue
        m = gather(present, circles, c, p, number, trait.partner, seed, day)
        if m < 2:
            continue
        hold_session(
            present[:m], p, slot, circles.address[c], circles.climate[c], now, change, trait, load, load_change, number,
            rules, counselling_rules, posts_rules, alike.interest_width, need_rules, controllability, seed, day,
        )  # fmt: skip
        new = with_room(new, m * (m - 1) // 2)
        get_close(
            present[:m], p, slot, trait.age, trait.culture, trait.interests, number, start, other, closeness,
            closeness_change, new, alike, rules, seed, day,
        )  # fmt: skip
        circles.climate[c] = warmer(circles.climate[c], p, rules)
        circles.held[c] += 1
        for a in range(m):
            circles.attended[slot, present[a]] += 1
        drop_out(circles, c, p, now.safety, number, trait.partner, rules, seed, day)
        if p.is_rolling and may_meet_again(p, circles.since[c], day):
            take_places(circles, c, number)
    return new


@allocating
def hold_session(
    present: Any, p: Any, slot: int, address: Any, climate: float, now: Any, change: Any, trait: Any, load: Any,
    load_change: Any, number: Any, rules: Any, counselling_rules: Any, posts_rules: Any, interest_width: float,
    need_rules: Any, controllability: Any, seed: int, day: int,
) -> None:
    """One session: what it is worth to each who came, and what it does to them."""
    worth, worst = np.empty(present.size), np.empty(present.size, np.int64)
    for a in range(present.size):
        worst[a] = worst_domain(load, trait.chronic, present[a])
    quality = quality_of(present, p, trait.skill, rules)
    chance = chance_of_rehashing(present, p, now.stress, rules)
    rehashes = uniform(key(seed, Decision.GROUP_REHASH, day, slot), address) < chance
    listen(
        worth, present, worst, p, climate, quality, now.safety, trait.age, trait.culture, trait.interests,
        interest_width, rules,
    )  # fmt: skip
    if p.is_posted:
        posts.reply(
            worth, present, p, slot, change.stress, change.safety, number, posts_rules, seed, day
        )
    if p.is_for_couples:
        counselling.counsel(worth, present, p, now, change, load, load_change, counselling_rules)
    share(
        worth, present, worst, p, rehashes, now, change, load, load_change, controllability, need_rules, rules,
    )  # fmt: skip


@compiled
def meets(p: Any, slot: int, address: Any, since: int, seed: int, day: int) -> bool:
    """Whether a circle meets today: on its fixed days, or by chance, as long as its round lasts."""
    if day < since or day >= since + p.length:
        return False
    if p.is_spontaneous:
        return uniform(key(seed, Decision.MEET, day, slot), address) < 1.0 / p.every
    return (day - since) % p.every == 0


@compiled
def may_meet_again(p: Any, since: int, day: int) -> bool:
    """Whether a circle that has met today can meet once more before its round ends."""
    return day + (1 if p.is_spontaneous else p.every) < since + p.length


@compiled
def gather(present: Any, circles: Any, c: int, p: Any, number: Any, partner: Any, seed: int, day: int) -> int:
    """Who of the members comes, a couple together or not at all; returns how many."""
    luck = key(seed, Decision.ATTEND, day, circles.slot[c])
    m = 0
    for k in range(circles.start[c], circles.start[c + 1]):
        i = circles.member[k]
        if circles.is_active[k] and uniform(luck, counselling.decides(p, number, partner, i)) < p.attendance:
            present[m] = i
            m += 1
    return m


@compiled
def get_close(
    present: Any, p: Any, slot: int, age: Any, culture: Any, interests: Any, number: Any, start: Any, other: Any,
    closeness: Any, closeness_change: Any, new: Any, alike: Any, rules: Any, seed: int, day: int,
) -> None:
    """Those who are tied are in contact; those who are not may become tied."""
    luck = key(seed, Decision.SESSION_TIE, day, slot)
    for a in range(present.size):
        for b in range(a + 1, present.size):
            i, j = present[a], present[b]
            e = find_arc(start, other, i, j)
            if e >= 0:
                gain = p.effect * rules.contact * (1.0 - closeness[e])
                closeness_change[e] += gain
                closeness_change[find_arc(start, other, j, i)] += gain
                continue
            liking = uniform(luck, undirected(number[i], number[j]))
            if liking >= p.effect * p.tie * most_alike(alike):
                continue
            s = similarity(age, culture, interests, i, j, alike)
            if liking < p.effect * p.tie * s:
                propose(new, i, j, rules.tie_closeness, s, p.channel, p.tie_kind)


@compiled
def drop_out(
    circles: Any, c: int, p: Any, safety: Any, number: Any, partner: Any, rules: Any, seed: int, day: int
) -> None:
    """After a session each member, present or not, may leave for good, the less safe the likelier; couples together."""
    luck = key(seed, Decision.DROP_OUT, day, circles.slot[c])
    for k in range(circles.start[c], circles.start[c + 1]):
        i = circles.member[k]
        if circles.is_active[k]:
            feels_safe = counselling.of_those_who_decide(p, safety, partner, i)
            chance = p.dropout * (rules.dropout_base - rules.dropout_safety * feels_safe)
            circles.is_active[k] = uniform(luck, counselling.decides(p, number, partner, i)) >= chance
