"""Support helps if it is the kind that is needed: advice and hands for what can be controlled, comfort for the rest.

After Cutrona and Russell's optimal matching. Skilled helpers, and those who have been through the same, more often
give what is wanted; tired ones less.
"""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.domains import EMOTIONAL, INFORMATIONAL, INSTRUMENTAL
from peersim.draws import Decision, directed, key, uniform
from peersim.parameters import Parameters, Several, param


class Matching(Parameters):
    """Which support is wanted, which comes, and how good it is. Lists follow emotional, informational, instrumental."""

    informational_share: float = param(
        0.5, unit="share of task support", within=(0, 1), doc="wishes for advice among wishes for task support",
        source="assumed",
    )
    base: float = param(
        0.45, unit="probability", within=(0, 1), doc="chance that an unskilled stranger to it gives what is wanted",
        source="assumed",
    )
    skill: float = param(
        0.35, unit="probability per skill", within=(0, 1), doc="what the helper's skill adds to it", source="assumed"
    )
    experience: float = param(
        0.20, unit="probability", within=(0, 1), doc="what having been through the same adds to it", source="assumed"
    )
    tired: float = param(
        0.5, unit="share per burden", within=(0, 1), doc="part of skill that full burden takes away", source="assumed"
    )
    scale: float = param(
        2.0, unit="factor", within=(0, 10), doc="quality as a multiple of skill, likeness and trust", source="assumed"
    )
    similarity_base: float = param(
        0.6, unit="factor", within=(0, 2), doc="quality between people who share nothing", source="assumed"
    )
    similarity_slope: float = param(
        0.4, unit="factor per similarity", within=(0, 2), doc="what likeness adds to quality", source="assumed"
    )
    trust_base: float = param(
        0.5, unit="factor", within=(0, 2), doc="quality where there is no trust", source="assumed"
    )
    trust_slope: float = param(
        0.5, unit="factor per trust", within=(0, 2), doc="what trust adds to quality", source="assumed"
    )
    matched_quality: float = param(
        1.0, unit="factor", within=(0, 2), doc="quality left when support is of the wanted kind", source="assumed"
    )
    missed_quality: float = param(
        0.30, unit="factor", within=(0, 2), doc="quality left when it is not", source="assumed"
    )
    face_to_face: Several = param(
        (1.0, 1.0, 1.0), unit="factor", within=(0, 2), doc="how well support carries face to face", source="assumed"
    )
    social_media: Several = param(
        (0.8, 1.0, 0.3), unit="factor", within=(0, 2), doc="how well it carries over social media", source="assumed"
    )
    anonymous_online: Several = param(
        (0.7, 1.0, 0.0), unit="factor", within=(0, 2), doc="how well it carries between strangers online",
        source="assumed",
    )


@compiled
def match(
    requests: Any, n: int, skill: Any, burden: Any, number: Any, similarity: Any, trust: Any, channel: Any,
    controllability: Any, rules: Any, seed: int, day: int,
) -> int:
    """For each accepted request: what is wanted, what is given, and how good it is; returns how many match."""
    want = key(seed, Decision.WANTED, day, 0)
    hit = key(seed, Decision.MATCH, day, 0)
    otherwise = key(seed, Decision.OTHERWISE, day, 0)
    n_matched = 0
    for r in range(n):
        if not requests.accepted[r]:
            continue
        i, j, e = requests.seeker[r], requests.provider[r], requests.arc[r]
        pair = directed(number[i], number[j])
        wanted = wanted_support(
            uniform(want, number[i]), controllability[requests.domain[r]], rules.informational_share
        )
        fresh_skill = skill[j] * (1.0 - rules.tired * burden[j])
        chance = rules.base + rules.skill * fresh_skill
        if requests.knows[r]:
            chance += rules.experience
        given = wanted if uniform(hit, pair) < chance else int(uniform(otherwise, pair) * 3.0)
        requests.wanted[r], requests.given[r] = wanted, given
        requests.quality[r] = (
            rules.scale
            * fresh_skill
            * (rules.similarity_base + rules.similarity_slope * similarity[e])
            * (rules.trust_base + rules.trust_slope * trust[e])
            * (rules.matched_quality if given == wanted else rules.missed_quality)
            * carried(channel[e], given, rules)
        )
        n_matched += given == wanted
    return n_matched


@compiled
def wanted_support(luck: float, controllability: float, informational_share: float) -> int:
    """Task support as often as the strain can be controlled, else comfort."""
    if luck < controllability * informational_share:
        return INFORMATIONAL
    return INSTRUMENTAL if luck < controllability else EMOTIONAL


@compiled
def carried(channel: int, given: int, rules: Any) -> float:
    """How well this kind of support carries over this channel."""
    if channel == 0:
        return rules.face_to_face[given]
    return rules.social_media[given] if channel == 1 else rules.anonymous_online[given]
