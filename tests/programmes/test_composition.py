"""Who sits with whom: everybody in one circle of about the size asked for, and like with like."""

import itertools

import numpy as np
import pytest

from peersim.programmes.composition import COMPOSITIONS, COUPLES, compose, worst_domains
from peersim.ties import find_arc
from tests.communities import lived, scenario_of
from tests.worlds import on_small_worlds


def circles_of(world, luck, composition, size, share=1.0):
    """Circles of some of the people, and those people in the order of their lot."""
    partner = world.people.traits.partner
    if composition == COUPLES:
        first = luck.permutation(np.flatnonzero((partner >= 0) & (world.people.number < world.people.number[partner])))
        by_lot = np.stack([first, partner[first]], axis=1)[: int(share * len(first))].ravel()
    else:
        by_lot = luck.permutation(world.n_people)[: int(share * world.n_people)]
    return compose(composition, size, by_lot, world.people, world.ties), by_lot


@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_everybody_sits_in_one_circle_of_about_the_size(composition):
    """Even circles, as near to the size as their number allows; circles of friends are full, but for the last."""

    @on_small_worlds
    def check(world, rules, luck):
        size = int(luck.integers(2, 9))
        circles, by_lot = circles_of(world, luck, composition, size, luck.choice([0.2, 0.6, 1.0]))
        if len(by_lot) < 2:
            assert circles == []
            return
        assert sorted(np.concatenate(circles)) == sorted(by_lot)
        sizes = np.array([len(circle) for circle in circles]) / (2 if composition == COUPLES else 1)
        if composition == "own_friends":
            assert (np.sort(sizes)[1:-1] == size).all() and sizes.max() <= size + 1
        else:
            assert sizes.max() - sizes.min() <= 1
            most = sizes.sum() if composition == COUPLES else sizes.sum() // 2
            assert len(sizes) == max(1, min(most, int(sizes.sum() / size + 0.5)))

    check()


@pytest.mark.parametrize(
    ("composition", "quality"),
    [
        ("shared_experience", lambda people: worst_domains(people.load, people.traits.chronic)),
        ("same_age", lambda people: people.traits.age),
        ("same_culture", lambda people: people.traits.culture),
        ("shared_interests", lambda people: people.traits.interests[0]),
    ],
)
def test_like_sits_with_like(composition, quality):
    """Laid one after the other, the circles are in the order of the quality: no circle reaches into another's range."""

    @on_small_worlds
    def check(world, rules, luck):
        circles, _ = circles_of(world, luck, composition, 4)
        of_people = quality(world.people)
        ranges = sorted((of_people[circle].min(), of_people[circle].max()) for circle in circles)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(ranges))

    check()


def test_friends_sit_with_friends():
    """In a real community most of a circle of friends knows somebody there; of a random circle hardly anybody."""
    world = lived(scenario_of(400), seed=1, n_days=1)
    luck = np.random.default_rng(1)

    def share_who_know_somebody(composition):
        circles, _ = circles_of(world, luck, composition, 6, 0.7)
        start, other = world.ties.start, world.ties.other
        known = [any(find_arc(start, other, i, j) >= 0 for j in circle if j != i) for circle in circles for i in circle]
        return np.mean(known)

    assert share_who_know_somebody("own_friends") > 0.7 > 0.3 > share_who_know_somebody("random")


def test_couples_stay_together():
    @on_small_worlds
    def check(world, rules, luck):
        circles, _ = circles_of(world, luck, COUPLES, 3)
        partner = world.people.traits.partner
        assert all(sorted(partner[circle]) == sorted(circle) for circle in circles)

    check()
