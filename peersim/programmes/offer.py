"""A round of a programme starts: it is offered to the eligible, some accept, places are given, and circles form."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from peersim.draws import Decision, draw_uniforms
from peersim.people import People
from peersim.programmes.circles import Circles, in_line, with_circles, with_line
from peersim.programmes.composition import compose
from peersim.programmes.eligibility import Resilience, eligible
from peersim.programmes.programme import Programme
from peersim.programmes.sessions import Sessions, opening_climate
from peersim.ties import Ties


def start_round(
    programme: Programme, slot: int, day: int, circles: Circles, people: People, ties: Ties, resilience: Resilience,
    sessions: Sessions, seed: int,
) -> Circles:
    """Offer the programme this morning to those who have not been offered it before, and put people into circles.

    One lot for all rounds decides who may be offered it, so that who drew the wrong one stays in a comparison group.
    Those who accept stand in line behind those who still wait from the round before; the first get the places.
    """
    who, may = _who_decides(programme, people, eligible(programme.eligibility, people, ties, resilience))
    may &= ~circles.offered[slot]
    drawn = draw_uniforms(seed, Decision.OFFER, who, day=programme.start, sub=slot) < programme.offered_share
    willing = draw_uniforms(seed, Decision.UPTAKE, who, day=day, sub=slot) < programme.uptake
    circles.offered[slot] |= may & drawn
    circles.accepted[slot] |= may & drawn & willing
    accept = np.flatnonzero(may & drawn & willing)
    luck = draw_uniforms(seed, Decision.CIRCLE_ORDER, who[accept], day=day, sub=slot)
    by_lot = accept[np.lexsort((people.number[accept], who[accept], luck))]
    line = np.concatenate([in_line(circles, slot), by_lot])
    n_placed = _n_placed(programme, len(line))
    groups = compose(programme.composition, programme.size, line[:n_placed], people, ties)
    climate = opening_climate(sessions, programme.facilitator, programme.guidelines, programme.anonymity)
    return with_line(
        with_circles(circles, slot, day, groups, climate, people.number), slot, line[n_placed:]
    )


def _who_decides(
    programme: Programme, people: People, meets_rule: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """By whose number each decides, and who may be offered the programme: everyone, or couples who both meet the rule.

    Partners decide by the lower of their numbers.
    """
    if not programme.is_for_couples:
        return people.number, meets_rule.copy()
    partner = people.traits.partner
    return people.traits.couple, (partner >= 0) & meets_rule & meets_rule[partner]


def _n_placed(programme: Programme, n_in_line: int) -> int:
    """How many of the line get a place; of couples, whole ones only. Nobody sits alone, but waits on."""
    if n_in_line < 2:
        return 0
    if programme.capacity == 0:
        return n_in_line
    places = programme.capacity // 2 * 2 if programme.is_for_couples else programme.capacity
    return min(places, n_in_line)
