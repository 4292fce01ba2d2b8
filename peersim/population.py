"""Who lives here: drawing people's traits and how they are on the first morning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peersim.domains import FAMILY, N_STRUCK
from peersim.draws import Decision, draw_normals, draw_uniforms
from peersim.parameters import Parameters, param
from peersim.people import MOST_HARDSHIP, Floats, People, States, Traits, as_stored, couple_number

N_INTERESTS = 3
SET_POINTS = (0.05, 0.95)
"""Skills and set points keep off the ends of their scale by this much (the specification)."""
COPING_SET_POINTS = (0.05, 0.98)
"""The same for coping skill."""


class Population(Parameters):
    """How many people there are, what they are like, and how they are at the start."""

    people: int = param(
        2000, unit="people", within=(2, 30_000_000), doc="how many live here; a file's count goes before",
        source="assumed",
    )
    partners: str = param(
        "draw", unit="", choices=("draw", "none"),
        doc="who is a couple where a network file does not say: drawn, or nobody", source="assumed",
    )
    partnered_share: float = param(
        0.56, unit="share of people", within=(0, 1), doc="people who live with a partner", source="assumed"
    )
    partner_age_spread: float = param(
        0.05, unit="sd of age rank", within=(0, 1), doc="how loosely couples match in age", source="assumed"
    )
    cultures: int = param(
        4, unit="cultures", within=(1, 1000), doc="cultures, equally likely", source="assumed"
    )
    skill_mean: float = param(
        0.5, unit="skill", within=(0, 1), doc="mean supportive skill", source="assumed"
    )
    skill_sd: float = param(
        0.15, unit="skill", within=(0, 1), doc="spread of supportive skill", source="assumed"
    )
    hardship_limit: float = param(
        2.5, unit="sd", within=(0, MOST_HARDSHIP), doc="hardship is cut off at this many sd", source="assumed"
    )
    chronic_mean: float = param(
        0.20, unit="load", within=(0, 2), doc="mean of the normal behind lasting strain", source="calibrated"
    )
    chronic_sd: float = param(
        0.18, unit="load", within=(0, 2), doc="spread of the normal behind lasting strain", source="calibrated"
    )
    chronic_scale: float = param(
        2.0, unit="factor", within=(0, 10), doc="lasting strain as a multiple of that normal", source="calibrated"
    )
    special_needs_share: float = param(
        0.08, unit="share of people", within=(0, 1), doc="parents of a child with special needs", source="assumed"
    )
    special_needs_strain: float = param(
        0.25, unit="load", within=(0, 2), doc="what that adds to lasting family strain", source="assumed"
    )
    stress_level: float = param(
        0.33, unit="stress", within=(0, 1), doc="usual stress: its start, and the zero of others' stress",
        source="calibrated",
    )
    stress_trait_sd: float = param(
        0.095, unit="stress", within=(0, 1), doc="spread of the stress trait s0", source="calibrated"
    )
    self_esteem_level: float = param(
        0.64, unit="self-esteem", within=(0, 1), doc="usual set point of self-esteem, and of optimism",
        source="calibrated",
    )
    self_esteem_sd: float = param(
        0.20, unit="self-esteem", within=(0, 1), doc="spread of the set points of self-esteem and of optimism",
        source="calibrated",
    )
    self_esteem_common: float = param(
        0.5, unit="share of variance", within=(0, 1),
        doc="what the set points of self-esteem and optimism have in common", source="calibrated",
    )
    self_esteem_stress: float = param(
        0.25, unit="self-esteem per stress", within=(0, 2), doc="how far the stress trait lowers both set points",
        source="calibrated",
    )
    self_esteem_ahead: float = param(
        0.10, unit="self-esteem", within=(0, 1), doc="how far both start above their set points",
        source="calibrated",
    )
    coping_level: float = param(
        0.64, unit="coping", within=(0, 1), doc="usual set point of coping", source="calibrated"
    )
    coping_sd: float = param(
        0.22, unit="coping", within=(0, 1), doc="spread of the set point of coping", source="calibrated"
    )
    coping_common: float = param(
        0.35, unit="correlation", within=(0, 1), doc="correlation of coping with what self-esteem and hope share",
        source="calibrated",
    )
    support_mean: float = param(
        0.36, unit="perceived support", within=(0, 1), doc="perceived support at the start",
        source="calibrated: starts where it stays",
    )
    support_sd: float = param(
        0.05, unit="perceived support", within=(0, 1), doc="its spread at the start, beside the trait",
        source="calibrated: beside the trait it matters for some weeks only",
    )
    support_trait_sd: float = param(
        0.12, unit="perceived support", within=(0, 1), doc="spread of the support trait w0",
        source="calibrated: felt support has one hump; its correlations with stress and loneliness",
    )
    loneliness_level: float = param(
        0.36, unit="loneliness", within=(0, 1), doc="usual loneliness: its start, set point and zero",
        source="calibrated",
    )
    loneliness_sd: float = param(
        0.12, unit="loneliness", within=(0, 1), doc="spread of the loneliness trait l0", source="calibrated"
    )
    loneliness_stress: float = param(
        0.25, unit="loneliness per stress", within=(0, 2), doc="how far the stress trait raises the loneliness trait",
        source="calibrated",
    )
    belonging_level: float = param(
        0.5, unit="belonging", within=(0, 1), doc="belonging at the start, and its zero for loneliness",
        source="calibrated",
    )
    safety_mean: float = param(
        0.55, unit="safety", within=(0, 1), doc="mean set point of psychological safety", source="calibrated"
    )
    safety_sd: float = param(
        0.15, unit="safety", within=(0, 1), doc="spread of that set point", source="calibrated"
    )
    burden_start: float = param(
        0.1, unit="burden", within=(0, 1), doc="burden at the start", source="calibrated"
    )
    satisfaction_start: float = param(
        0.72, unit="satisfaction", within=(0, 1), doc="relationship satisfaction at the start", source="calibrated"
    )
    satisfaction_sd: float = param(
        0.15, unit="satisfaction", within=(0, 1), doc="spread of the satisfaction trait q0", source="calibrated"
    )
    satisfaction_common: float = param(
        0.55, unit="share of variance", within=(0, 1), doc="what the satisfaction of two partners has in common",
        source="calibrated",
    )
    communication_mean: float = param(
        0.5, unit="communication", within=(0, 1), doc="mean set point of communication skill, and its zero",
        source="calibrated",
    )
    communication_sd: float = param(
        0.13, unit="communication", within=(0, 1), doc="spread of that set point", source="calibrated"
    )


class SharedTraits(NamedTuple):
    """Age, culture and interests: what can make two people alike. Fields as in `Traits`."""

    age: Floats
    culture: NDArray[np.int64]
    interests: Floats

    def reordered(self, order: NDArray[np.int64]) -> SharedTraits:
        """The same people in another order."""
        return SharedTraits(self.age[order], self.culture[order], np.ascontiguousarray(self.interests[:, order]))


def draw_shared_traits(
    population: Population, seed: int, number: NDArray[np.uint32], known: Mapping[str, NDArray[Any]]
) -> SharedTraits:
    """Draw age, culture and interests, as far as they are not known.

    known  what a network file says of people: "age" (rank in (0, 1)), "group" (whole codes) and "sex" (0 or 1), each
           (n_people,); NaN or -1 where it is silent. Group stands for culture; sex, as -1 and 1, for the first interest
    """
    age = draw_uniforms(seed, Decision.AGE, number)
    culture = (draw_uniforms(seed, Decision.CULTURE, number) * population.cultures).astype(np.int64)
    interests = np.stack([draw_normals(seed, Decision.INTEREST, number, sub=k) for k in range(N_INTERESTS)])
    if "age" in known:
        age = np.where(np.isnan(known["age"]), age, known["age"])
    if "group" in known:
        culture = np.where(known["group"] < 0, culture, known["group"]).astype(np.int64)
    if "sex" in known:
        interests[0] = np.where(np.isnan(known["sex"]), interests[0], 2.0 * known["sex"] - 1.0)
    return SharedTraits(age, culture, interests)


def draw_people(
    population: Population, seed: int, shared: SharedTraits, couples: NDArray[np.int64]
) -> People:
    """Draw everyone who lives here, numbered by row, on the morning of the first day.

    couples  (n_couples, 2) rows of those who are partners
    """
    n = population.people
    number = np.arange(n, dtype=np.uint32)
    partner = np.full(n, -1, dtype=np.int32)
    partner[couples[:, 0]], partner[couples[:, 1]] = couples[:, 1], couples[:, 0]
    couple = couple_number(number, partner)
    special_needs, chronic = _lasting_strain(population, seed, number, couple)
    set_points = _set_points(population, seed, number, couple)
    traits = Traits(
        **{name: as_stored(values) for name, values in set_points.items()},
        age=as_stored(shared.age),
        culture=as_stored(shared.culture),
        interests=as_stored(shared.interests),
        skill=as_stored(
            np.clip(
                population.skill_mean + population.skill_sd * draw_normals(seed, Decision.SKILL, number), *SET_POINTS
            )
        ),
        hardship=as_stored(
            np.clip(
                draw_normals(seed, Decision.HARDSHIP, number), -population.hardship_limit, population.hardship_limit
            )
        ),
        chronic=chronic,
        partner=partner,
        couple=couple,
        special_needs=special_needs,
        usual_degree=np.zeros(n, np.float32),
    )
    return People(
        number=number,
        row_of=np.arange(n, dtype=np.int32),
        founders=np.array([n], dtype=np.int64),
        now=_first_morning(population, seed, number, set_points),
        change=States(*(np.zeros(n, np.float32) for _ in States._fields)),
        load=np.zeros((5, n), np.float32),
        load_change=np.zeros((5, n), np.float32),
        lived=chronic.copy(),
        received=np.zeros(n, dtype=np.int32),
        traits=traits,
    )


def draw_couples(
    population: Population, seed: int, number: NDArray[np.uint32], age: Floats
) -> NDArray[np.int64]:
    """Pick people who live with a partner, sort them by age, loosely, and pair neighbours: (n_couples, 2) rows."""
    if population.partners == "none":
        return np.empty((0, 2), dtype=np.int64)
    picked = np.flatnonzero(draw_uniforms(seed, Decision.COUPLED, number) < population.partnered_share)
    near = age[picked] + population.partner_age_spread * draw_normals(seed, Decision.PAIRING, number[picked])
    paired = picked[np.argsort(near, kind="stable")]
    return paired[: len(paired) // 2 * 2].reshape(-1, 2)


def _lasting_strain(
    population: Population, seed: int, number: NDArray[np.uint32], couple: NDArray[np.uint32]
) -> tuple[NDArray[np.bool_], Floats]:
    """Who raises a child with special needs (couples share the draw), and everyone's chronic strain by domain."""
    special_needs = draw_uniforms(seed, Decision.SPECIAL_NEEDS, couple) < population.special_needs_share
    shares = np.stack(
        [-np.log1p(-draw_uniforms(seed, Decision.CHRONIC_SHARE, number, sub=k)) for k in range(N_STRUCK)]
    )
    shares /= shares.sum(axis=0)
    chronic = np.zeros((5, len(number)))
    for k in range(N_STRUCK):
        own = population.chronic_mean + population.chronic_sd * draw_normals(
            seed, Decision.CHRONIC, number, sub=k
        )
        chronic[k] = population.chronic_scale * np.maximum(0.0, own) * shares[k]
    chronic[FAMILY] += population.special_needs_strain * special_needs
    return special_needs, as_stored(chronic)


def _set_points(
    population: Population, seed: int, number: NDArray[np.uint32], couple: NDArray[np.uint32]
) -> dict[str, NDArray[np.float64]]:
    """Where each person's states come to rest."""
    p = population
    stress = p.stress_trait_sd * draw_normals(seed, Decision.STRESS_TRAIT, number)
    common, own_esteem, own_hope, own_coping = (
        draw_normals(seed, Decision.RESILIENCE_TRAIT, number, sub=k) for k in range(4)
    )
    together, apart = p.self_esteem_common**0.5, (1.0 - p.self_esteem_common) ** 0.5
    coping = p.coping_common * common + (1.0 - p.coping_common**2) ** 0.5 * own_coping

    def confidence(own: NDArray[np.float64]) -> NDArray[np.float64]:
        drawn = p.self_esteem_level + p.self_esteem_sd * (together * common + apart * own)
        clipped: NDArray[np.float64] = np.clip(drawn - p.self_esteem_stress * stress, *SET_POINTS)
        return clipped

    both = draw_normals(seed, Decision.SATISFACTION_TRAIT, couple)
    own = draw_normals(seed, Decision.SATISFACTION_TRAIT, number, sub=1)
    shared = p.satisfaction_common
    return {
        "stress_trait": stress,
        "self_esteem_trait": confidence(own_esteem),
        "optimism_trait": confidence(own_hope),
        "coping_trait": np.clip(p.coping_level + p.coping_sd * coping, *COPING_SET_POINTS),
        "loneliness_trait": p.loneliness_sd * draw_normals(seed, Decision.LONELINESS_TRAIT, number)
        + p.loneliness_stress * stress,
        "support_trait": p.support_trait_sd * draw_normals(seed, Decision.SUPPORT_TRAIT, number),
        "safety_trait": np.clip(
            p.safety_mean + p.safety_sd * draw_normals(seed, Decision.SAFETY_TRAIT, number), *SET_POINTS
        ),
        "satisfaction_trait": p.satisfaction_sd * (shared**0.5 * both + (1.0 - shared) ** 0.5 * own),
        "communication_trait": np.clip(
            p.communication_mean
            + p.communication_sd * draw_normals(seed, Decision.COMMUNICATION_TRAIT, number),
            *SET_POINTS,
        ),
    }


def _first_morning(
    population: Population, seed: int, number: NDArray[np.uint32], trait: Mapping[str, NDArray[np.float64]]
) -> States:
    """How everyone is at first: near the own set points, self-esteem and optimism above them, without wear."""
    p = population
    n = len(number)
    start = States(
        stress=p.stress_level + trait["stress_trait"],
        self_esteem=trait["self_esteem_trait"] + p.self_esteem_ahead,
        optimism=trait["optimism_trait"] + p.self_esteem_ahead,
        coping=trait["coping_trait"],
        perceived_support=p.support_mean
        + trait["support_trait"]
        + p.support_sd * draw_normals(seed, Decision.SUPPORT_START, number),
        loneliness=p.loneliness_level + trait["loneliness_trait"],
        belonging=np.full(n, p.belonging_level),
        safety=trait["safety_trait"],
        allostatic_load=np.zeros(n),
        burden=np.full(n, p.burden_start),
        satisfaction=p.satisfaction_start + trait["satisfaction_trait"],
        communication=trait["communication_trait"],
    )
    return States(*(as_stored(np.clip(state, 0.0, 1.0)) for state in start))
