"""Places, waiting lists and rounds: few places go to the first in line, and nobody gets two."""

import numpy as np
import pytest

from peersim.programmes.circles import in_line
from peersim.simulate import live, settled_world
from tests.communities import EVERYONE, scenario_of

FEW = {"kind": "support_group", **EVERYONE, "uptake": 0.5, "weeks": 3, "every": 2, "dropout": 0.1, "capacity": 24}


def world_with(*programmes, people=150, **tables):
    """A settled world on the morning of day 0, and its scenario."""
    scenario = scenario_of(people, programmes=programmes, **tables)
    return settled_world(scenario, 4), scenario


def members(circles, slot=0, *, since=None, active=True):
    """Rows of those who are, or ever have been last, in the circles of a programme."""
    chosen = (circles.slot == slot) & ((circles.since == since) if since is not None else True)
    of_member = np.repeat(chosen, np.diff(circles.start))
    return circles.member[of_member & (circles.is_active | (not active))]


def test_no_more_people_than_places():
    """On every evening; who waits has attended nothing, and those with a place and those who wait all accepted."""
    world, scenario = world_with(FEW)
    for _ in range(21):
        live(world, scenario, 1)
        inside, waiting = members(world.circles), in_line(world.circles, 0)
        assert inside.size <= 24 and waiting.size > 0
        assert not set(inside.tolist()) & set(waiting.tolist())
        assert not world.circles.attended[0, waiting].any()
        assert world.circles.accepted[0, inside].all() and world.circles.accepted[0, waiting].all()


def test_who_waits_moves_up_when_somebody_leaves():
    """In a rolling programme all places stay taken while anybody waits, and the line is served from its head."""
    world, scenario = world_with({**FEW, "rolling": True})
    live(world, scenario, 1)
    line, n_left = in_line(world.circles, 0).tolist(), len(in_line(world.circles, 0))
    for _ in range(18):
        inside = set(members(world.circles).tolist())
        live(world, scenario, 1)
        left = in_line(world.circles, 0).tolist()
        assert left == line[len(line) - len(left) :]
        came = set(members(world.circles).tolist()) - inside
        assert came == set(line[len(line) - n_left : len(line) - len(left)])
        assert not left or members(world.circles).size == 24
        n_left = len(left)
    assert len(line) - n_left > 3
    assert world.circles.attended[0, line[: len(line) - n_left]].any()


def test_nobody_moves_up_into_a_circle_that_will_not_meet_again():
    """On the last session of a round places stay free: who waits is first in the next round."""
    short = {"weeks": 1, "every": 3, "rounds": 3, "capacity": 16, "rolling": True, "dropout": 0.3}
    world, scenario = world_with({**FEW, **short})
    for day in range(21):
        before, active = in_line(world.circles, 0).tolist(), members(world.circles).size
        live(world, scenario, 1)
        if day % 7 == 6:
            assert in_line(world.circles, 0).tolist() == before
            assert members(world.circles).size < active


def test_nobody_sits_alone():
    """Who is the only one to accept waits for the next round."""
    only = {**FEW, "capacity": 0, "rounds": 2, "eligibility": "culture == 9", "uptake": 1.0}
    world, scenario = world_with(only)
    world.people.traits.culture[17] = 9
    live(world, scenario, 1)
    assert in_line(world.circles, 0).tolist() == [17] and members(world.circles).size == 0
    live(world, scenario, 19)
    world.people.traits.culture[40] = 9
    live(world, scenario, 2)
    assert sorted(members(world.circles)) == [17, 40] and in_line(world.circles, 0).size == 0


def test_who_drew_the_wrong_lot_is_not_offered_a_later_round():
    """So that they remain a comparison group inside this world: half of 600, give or take 4 standard errors."""
    world, scenario = world_with({**FEW, "offered_share": 0.5, "rounds": 3, "capacity": 0}, people=600)
    live(world, scenario, 1)
    offered = world.circles.offered[0].copy()
    live(world, scenario, 50)
    assert np.array_equal(world.circles.offered[0], offered)
    assert abs(offered.mean() - 0.5) < 4 * 0.5 / 600**0.5


def test_without_rolling_nobody_moves_up():
    world, scenario = world_with(FEW)
    live(world, scenario, 1)
    line = in_line(world.circles, 0).tolist()
    live(world, scenario, 20)
    assert in_line(world.circles, 0).tolist() == line
    assert (~world.circles.is_active).any()


def test_the_next_round_takes_those_who_wait_first():
    """The second round's circles are the head of the line; nobody has a place in both."""
    world, scenario = world_with({**FEW, "rounds": 2})
    live(world, scenario, 21)
    first, line = set(members(world.circles, active=False).tolist()), in_line(world.circles, 0).tolist()
    offered = world.circles.offered[0].copy()
    live(world, scenario, 1)
    second = set(members(world.circles, since=21, active=False).tolist())
    assert second == set(line[:24]) and not first & second
    assert (world.circles.offered[0] >= offered).all()


def test_each_round_is_offered_to_those_who_were_not_yet():
    """Who becomes eligible later is offered the next round; those who declined are not asked again."""
    eligible = {**FEW, "eligibility": "stress >= 0.42", "capacity": 0, "rounds": 3, "uptake": 0.6}
    world, scenario = world_with(eligible)
    live(world, scenario, 1)
    offered, accepted = world.circles.offered[0].copy(), world.circles.accepted[0].copy()
    live(world, scenario, 42)
    assert world.circles.offered[0].sum() > offered.sum()
    assert np.array_equal(world.circles.accepted[0][offered], accepted[offered])


def test_circles_of_a_finished_round_never_meet_again():
    world, scenario = world_with({**FEW, "rounds": 2})
    live(world, scenario, 21)
    first = world.circles.since == 0
    held = world.circles.held[first].copy()
    live(world, scenario, 21)
    assert np.array_equal(world.circles.held[: first.sum()], held)
    assert (world.circles.held[first.sum() :] > 0).all()


@pytest.mark.parametrize("more", [{}, {"capacity": 15}, {"capacity": 14, "rolling": True, "dropout": 0.2}])
def test_partners_attend_both_or_neither(more):
    """On every day of couples' counselling: both come or neither; both are members, wait or have left."""
    programme = {"kind": "couples_counselling", "every": 1, "eligibility": "stress >= 0.0", **more}
    world, scenario = world_with(programme)
    partner = world.people.traits.partner
    couples = np.flatnonzero(partner >= 0)
    for _ in range(40):
        live(world, scenario, 1)
        circles = world.circles
        for reached in (circles.offered[0], circles.accepted[0], circles.attended[0]):
            assert np.array_equal(reached[couples], reached[partner[couples]])
            assert not reached[partner < 0].any()
        for group in (members(circles), in_line(circles, 0)):
            assert sorted(partner[group]) == sorted(group)
        assert members(circles).size <= more.get("capacity", 10_000)
    assert circles.attended.sum() > 0 and (more.get("rolling") or not circles.is_active.all())


def test_a_couple_sits_in_one_circle():
    world, scenario = world_with({"kind": "couples_counselling", "eligibility": "age >= 0"})
    live(world, scenario, 1)
    circles, partner = world.circles, world.people.traits.partner
    sizes = np.diff(circles.start)
    assert len(sizes) > 1 and (sizes % 2 == 0).all() and abs(sizes / 2 - 5).max() <= 2
    for start, end in zip(circles.start, circles.start[1:], strict=False):
        inside = circles.member[start:end]
        assert sorted(partner[inside]) == sorted(inside)


def test_a_later_programme_changes_nothing_before_it_starts():
    """Staggered starts: up to the second programme's first morning every byte is the same."""
    first, second = {"kind": "friend_circle", **EVERYONE}, {"kind": "support_group", **EVERYONE, "start": 20}
    (one, alone), (other, both) = world_with(first), world_with(first, second)
    live(one, alone, 20), live(other, both, 20)
    assert one.people.now.stress.tobytes() == other.people.now.stress.tobytes()
    live(one, alone, 1), live(other, both, 1)
    assert one.people.now.stress.tobytes() != other.people.now.stress.tobytes()


def test_offers_are_drawn_by_lot_inside_one_world():
    """A share of the eligible, and nobody else: half of 600, give or take 4 standard errors."""
    world, scenario = world_with({**FEW, "offered_share": 0.5, "capacity": 0}, people=600)
    live(world, scenario, 1)
    assert abs(world.circles.offered[0].mean() - 0.5) < 4 * 0.5 / 600**0.5
