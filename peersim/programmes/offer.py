"""A programme starts: it is offered to the eligible, some accept, and circles form."""

from __future__ import annotations

import numpy as np

from peersim.draws import Decision, draw_uniforms
from peersim.people import People
from peersim.programmes.circles import Circles, compose, with_circles
from peersim.programmes.eligibility import eligible
from peersim.programmes.programme import Programme
from peersim.programmes.sessions import Sessions, opening_climate
from peersim.ties import Ties


def start_programme(
    programme: Programme, slot: int, circles: Circles, people: People, ties: Ties, sessions: Sessions, seed: int
) -> Circles:
    """Offer the programme this morning, and put those who accept into circles."""
    day, number = programme.start, people.number
    drawn = draw_uniforms(seed, Decision.OFFER, number, day=day, sub=slot) < programme.offered_share
    willing = draw_uniforms(seed, Decision.UPTAKE, number, day=day, sub=slot) < programme.uptake
    offered = eligible(programme.eligibility, people) & drawn
    accepted = offered & willing
    circles.offered[slot] = offered
    circles.accepted[slot] = accepted
    groups = compose(programme, slot, np.flatnonzero(accepted), people, ties, seed)
    climate = opening_climate(sessions, programme.facilitator, programme.guidelines, programme.anonymity)
    return with_circles(circles, slot, groups, climate, number)
