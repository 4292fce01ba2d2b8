"""The same passes in numpy: whole arrays at a time, single precision, what one would write without a compiler."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.passes import MOVED, State, numbers
from benchmarks.the_day import as_float32
from peersim.scenario import Scenario
from peersim.ties import PARTNER
from peersim.world import World

Column = np.ndarray[Any, Any]
GOLDEN, MIX_1, MIX_2 = (np.uint64(k) for k in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_8, _16, _27, _30, _31, _32, _40, _48 = (np.uint64(k) for k in (8, 16, 27, 30, 31, 32, 40, 48))
_24_BITS = np.uint64(0xFFFFFF)
LANE = np.uint64(0xFFFF)
TRAITS = ("stress", "self_esteem", "optimism", "coping", "loneliness", "support", "safety")


class NumpyDays:
    """A world's arrays in single precision, and its days."""

    def __init__(self, world: World, scenario: Scenario) -> None:
        people, ties = world.people, world.ties
        self.rules = SimpleNamespace(**numbers(scenario))
        self.now = {name: as_float32(getattr(people.now, name)) for name in (*MOVED, "satisfaction", "communication")}
        self.trait = {name: as_float32(getattr(people.traits, f"{name}_trait")) for name in TRAITS}
        self.load, self.chronic = as_float32(people.load), as_float32(people.traits.chronic)
        self.number, self.partner = people.number.astype(np.uint64), people.traits.partner
        self.is_coupled = self.partner >= 0
        self.other, self.pair = ties.other.astype(np.int64), ties.pair.astype(np.uint64)
        self.closeness, self.trust = as_float32(ties.closeness), as_float32(ties.trust)
        self.similarity, self.is_couple = as_float32(ties.similarity), ties.kind == PARTNER
        self.has_ties = np.diff(ties.start) > 0
        self.first_arc = ties.start[:-1][self.has_ties]

    def live(self, key: Column) -> None:
        """Live one day for each row of keys."""
        for today, hassles, moods in key:
            luck, bad_luck = halves(today, self.pair)
            met = self.contact(luck)
            near_stress, near_loneliness, company = self.look_around(met)
            self.grow_and_fade(met, bad_luck)
            self.now = self.tomorrow(near_stress, near_loneliness, company, hassles, moods)

    def contact(self, luck: Column) -> Column:
        """What today's contact is worth, (n_arcs,), 0 where there is none."""
        worth = self.closeness * (self.rules.similarity_base + self.similarity)
        return np.where(luck < self.rules.contact_rate * worth, worth, np.float32(0.0))

    def look_around(self, met: Column) -> tuple[Column, Column, Column]:
        """The others' stress and loneliness above the usual, the closer the more; today's company."""
        r = self.rules
        weight = self.over_ties(self.closeness)
        near = []
        for name, level in (("stress", r.stress_level), ("loneliness", r.loneliness_level)):
            total = self.over_ties(self.closeness * self.now[name][self.other])
            mean = np.divide(total, weight, out=np.full_like(total, level), where=weight > 0.0)
            near.append(mean - np.float32(level))
        return near[0], near[1], np.minimum(np.float32(1.0), self.over_ties(met) / np.float32(r.full_contact))

    def over_ties(self, arcs: Column) -> Column:
        """The sum over each person's ties."""
        out = np.zeros(len(self.has_ties), np.float32)
        if len(self.first_arc):
            out[self.has_ties] = np.add.reduceat(arcs, self.first_arc)
        return out

    def grow_and_fade(self, met: Column, bad_luck: Column) -> None:
        """Closeness after today's contact, and trust that follows it."""
        r, close = self.rules, self.closeness
        change = np.where(self.is_couple, np.float32(-r.partner_fading), np.float32(-r.fading)) * close
        change += np.where(met > 0.0, r.gain * (1.0 - close), np.float32(0.0))
        apart = (bad_luck < r.drift_rate) & ~self.is_couple
        change += np.where(apart, (r.drift_kept - 1.0) * close, np.float32(0.0))
        self.trust = clipped(self.trust + r.trust_rate * (close - self.trust))
        self.closeness = clipped(close + change)

    def tomorrow(
        self, near_stress: Column, near_loneliness: Column, company: Column, hassles: np.uint64, moods: np.uint64
    ) -> State:
        """Every state a day later."""
        r, now, trait, partner = self.rules, self.now, self.trait, self.partner
        stress, loneliness, support = now["stress"], now["loneliness"], now["perceived_support"]
        esteem, hope, coping, worn = now["self_esteem"], now["optimism"], now["coping"], now["allostatic_load"]
        communication = now["communication"]
        nothing = np.float32(0.0)
        near_partner = np.where(self.is_coupled, stress[partner] - np.float32(r.stress_level), nothing)
        at_home = now["satisfaction"] * 0.5 * (communication + communication[partner])
        at_home = np.where(self.is_coupled, at_home, nothing)

        strain = self.load.sum(axis=0)
        resilience = r.self_esteem_weight * esteem + r.optimism_weight * hope + r.coping_weight * coping
        threat = (strain + self.chronic.sum(axis=0)) * np.exp(
            r.wear * worn
            - r.resilience_buffer * (resilience - r.resilience_mean)
            - r.support_buffer * (support - r.support_mean)
        )
        felt = support - r.support_mean
        stress_rest = (
            r.stress_base + trait["stress"] + r.stress_threat * threat - r.stress_support * felt
            + r.stress_loneliness * (loneliness - r.loneliness_level)
            + r.stress_partner * near_partner + r.stress_neighbours * near_stress
        )  # fmt: skip
        pace = r.recovery + r.recovery_resilience * (resilience - r.resilience_mean)
        lonely_rest = (
            r.loneliness_level + trait["loneliness"] - r.loneliness_support * felt
            + r.loneliness_neighbours * near_loneliness
            - r.loneliness_belonging * (now["belonging"] - r.belonging_level)
            + r.loneliness_stress * (stress - r.stress_level)
        )  # fmt: skip
        support_rest = r.support_base + trait["support"] + r.support_company * company + r.support_partner * at_home
        support_rest += np.where(self.is_coupled, np.float32(r.support_partner_constant), nothing)
        belonging_rest = (
            r.belonging_base + r.belonging_company * company + r.belonging_loneliness * (1.0 - loneliness)
        )
        eroded = r.erosion * np.maximum(nothing, stress - r.high_stress)
        masters = (strain > r.mastery_load) & (stress < r.mastery_stress)
        change = {
            "stress": pace * (stress_rest - stress) + r.stress_noise * normals(hassles, self.number),
            "loneliness": r.loneliness_rate * (lonely_rest - loneliness)
            + r.loneliness_noise * normals(moods, self.number),
            "perceived_support": r.support_rate * (support_rest - support),
            "belonging": r.belonging_rate * (belonging_rest - now["belonging"]),
            "safety": r.safety_rate * (trait["safety"] + r.safety_support * felt - now["safety"]),
            "self_esteem": r.return_rate * (trait["self_esteem"] - esteem) - eroded + masters * np.float32(r.mastery),
            "optimism": r.return_rate * (trait["optimism"] - hope) - eroded,
            "coping": r.coping_rate * (trait["coping"] - coping),
            "allostatic_load": r.wear_gain * np.maximum(nothing, stress - r.wear_high_stress)
            - r.wear_recovery * worn,
            "burden": -r.rest * (now["burden"] - r.rested_burden),
        }
        return now | {name: clipped(now[name] + change[name]) for name in MOVED}

    def states(self) -> State:
        """What the passes changed."""
        return {name: self.now[name] for name in MOVED} | {"closeness": self.closeness, "trust": self.trust}


def clipped(x: Column) -> Column:
    return np.clip(x, np.float32(0.0), np.float32(1.0))


def bits(key: np.uint64, who: Column) -> Column:
    """The hash of peersim/draws.py."""
    word = key ^ (who * GOLDEN)
    word = (word ^ (word >> _30)) * MIX_1
    word = (word ^ (word >> _27)) * MIX_2
    return word ^ (word >> _31)


def halves(key: np.uint64, who: Column) -> tuple[Column, Column]:
    """Two uniforms from one word."""
    word, scale = bits(key, who), np.float32(2.0**-24)
    return (word >> _40).astype(np.float32) * scale, ((word >> _8) & _24_BITS).astype(np.float32) * scale


def normals(key: np.uint64, who: Column) -> Column:
    word = bits(key, who)
    total = (word & LANE) + ((word >> _16) & LANE) + ((word >> _32) & LANE) + (word >> _48)
    x = (total.astype(np.float32) - np.float32(131070.0)) * np.float32(2.6428997921303014e-05)
    y = x * x
    return x * (0.9625004 + y * (0.008901574 + y * (0.0020045447 + y * (-0.00040370387 + y * 4.0624139e-05))))
