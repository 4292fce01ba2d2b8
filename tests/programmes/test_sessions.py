"""Sessions: the compiled session does to each person, pair and circle what the plain rule says."""

import numpy as np

from peersim.programmes.programme import plan_of
from peersim.programmes.sessions import hold_sessions
from peersim.ties import no_new_ties
from tests.naive import sessions as naive
from tests.naive.ties import listed
from tests.naive.town import town_of
from tests.worlds import assert_same, on_small_worlds, random_programme


@on_small_worlds
def test_a_session_changes_people_pairs_and_circles(world, rules, luck):
    """On days before, on and after the meeting days of two programmes, spontaneous or fixed, led or not."""
    start = max(0, world.day - int(luck.integers(0, 9)))
    programmes = tuple(
        random_programme(luck, start=start, every=int(luck.integers(1, 4)), weeks=int(luck.integers(1, 3)))
        for _ in range(2)
    )
    for day in range(start - 1, start + 3):
        assert_a_day_of_sessions(world, programmes, rules, day)
    assert_a_day_of_sessions(world, programmes, rules, start + 7 * programmes[0].weeks)


def assert_a_day_of_sessions(world, programmes, rules, day):
    town, people = town_of(world), world.people
    before = world.circles.attended.copy()
    closer = np.zeros(len(world.ties.other))
    new = hold_sessions(
        world.circles, plan_of(programmes), people, world.ties, closer, no_new_ties(0),
        rules.stressors.controllability, rules.seeking, rules.similarity, rules.sessions, world.seed, day,
    )  # fmt: skip
    made, attended = naive.hold_sessions(town, programmes, rules, world.seed, day)
    assert_same(listed(new, people), made)
    assert_same(town_of(world, closer), town)
    for slot, i in attended:
        before[slot, people.row_of[i]] += 1
    assert world.circles.attended.tolist() == before.tolist()
