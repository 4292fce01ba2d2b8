"""What must change nothing, bit for bit: programmes without effect, strangers, labels, and names of programmes."""

import numpy as np
import pytest

from peersim.draws import Decision, draw_uniforms
from peersim.processes.new_ties import WEEK
from peersim.programmes.programme import PRESETS, Programme
from peersim.scenario import Scenario, rules_of
from peersim.simulate import live, settled_world
from tests.checks import check_world, differing
from tests.communities import EVERYONE, busy_programmes, lived, scenario_of
from tests.reference.draws import split
from tests.relabel import permuted, with_newcomer, without_newcomer

# ---- programmes ----------------------------------------------------------------------------------------------------


def days_of(kind):
    """A whole programme, and 30 days after it."""
    return 7 * PRESETS[kind]["weeks"] + 30


@pytest.mark.parametrize("kind", PRESETS)
@pytest.mark.parametrize("whom", [{}, EVERYONE], ids=["the eligible", "everyone"])
def test_a_programme_of_no_effect_is_no_programme(kind, whom):
    """People and ties of every evening are the same bytes, though circles meet all the time."""
    without = scenario_of(400)
    offered = scenario_of(400, programmes=[{"kind": kind, "effect": 0.0, **whom}])
    one, other = settled_world(without, 5), settled_world(offered, 5)
    for _ in range(days_of(kind) // 10):
        live(one, without, 10)
        live(other, offered, 10)
        assert not differing(one, other, circles=False)
    assert other.circles.attended.sum() > 100


@pytest.mark.parametrize("kind", PRESETS)
def test_a_programme_of_some_effect_is_not(kind):
    """The test above can fail."""
    without, offered = scenario_of(400), scenario_of(400, programmes=[{"kind": kind, "effect": 1e-6, **EVERYONE}])
    assert "people.now.stress" in differing(lived(without, 5, 30), lived(offered, 5, 30), circles=False)


def test_a_programme_that_reaches_nobody_is_no_programme():
    """Offered to nobody, or accepted by nobody."""
    without = lived(scenario_of(300), 5, 60)
    for nobody in ({"offered_share": 0.0}, {"uptake": 0.0}, {"eligibility": "stress > 1.0"}, {"attendance": 0.0}):
        scenario = scenario_of(300, programmes=busy_programmes(**nobody))
        assert not differing(without, lived(scenario, 5, 60), circles=False)


def test_a_programme_changes_nothing_before_it_starts():
    without, later = scenario_of(300), scenario_of(300, programmes=[{"kind": "support_group", "start": 20, **EVERYONE}])
    assert not differing(lived(without, 5, 20), lived(later, 5, 20), circles=False)
    assert differing(lived(without, 5, 22), lived(later, 5, 22), circles=False)


@pytest.mark.parametrize("kind", PRESETS)
@pytest.mark.parametrize("numbers_of", PRESETS)
def test_a_programme_is_its_numbers(kind, numbers_of):
    """support_group with friend_circle's numbers *is* friend_circle, circles and all; and so for any two presets."""
    under_its_name = scenario_of(400, programmes=[{"kind": numbers_of}])
    under_another = scenario_of(400, programmes=[Programme(kind=numbers_of).model_dump() | {"kind": kind}])
    n_days = days_of(numbers_of)
    one, other = lived(under_its_name, 5, n_days), lived(under_another, 5, n_days)
    assert not differing(one, other)
    assert one.circles.attended.sum() > 100


# ---- a stranger ----------------------------------------------------------------------------------------------------

N_DAYS = 120


def seed_of_a_recluse(number, first, last):
    """The first seed with which the person of this number goes to no stranger in these days.

    Without ties there is nobody to be introduced by, so that a stranger, once in many years, is all one could turn to.
    Whether one looks around is a draw like any other: it can be asked beforehand.
    """
    rules = Scenario().new_ties
    weeks = [day for day in range(first, last) if day % WEEK == 0]
    for seed in range(1, 1000):
        looks = np.array([draw_uniforms(seed, Decision.LOOK_AROUND, [number], day=day)[0] for day in weeks])
        via = np.array([split(3, seed, Decision.COME_ACROSS, day, 0, number, 0)[0] for day in weeks])
        if not ((looks < WEEK * rules.rate) & (via >= rules.friends_share)).any():
            return seed
    raise AssertionError("nobody stays alone")


@pytest.mark.parametrize("programmes", [False, True], ids=["no programme", "all programmes"])
def test_a_person_who_meets_nobody_changes_nobody(programmes):
    """One more person: the highest number, no ties, no acquaintances, nothing offered; and nobody else's life moves.

    The newcomer lives like everyone else (is struck, worries, seeks), is of a culture of its own so that programmes can
    leave it out, and is there from the first morning of the burn-in.
    """
    among = {"eligibility": "stress >= 0.0 and culture < 4", "uptake": 0.8}
    scenario = scenario_of(300, burn_in=30, programmes=busy_programmes(**among) if programmes else ())
    seed = seed_of_a_recluse(300, -30, N_DAYS)
    alone = settled_world(scenario_of(300, burn_in=0), seed)
    alone.day = -30
    more = with_newcomer(alone, culture=4)
    for world in (alone, more):
        live(world, scenario, 30 + N_DAYS)
    check_world(more, rules_of(scenario))
    assert more.people.now.stress[300] != alone.people.now.stress[0]
    assert not differing(alone, without_newcomer(more))


def test_a_person_who_is_met_changes_somebody():
    """The test above can fail: with a tie to one other, the newcomer's stress is felt."""
    scenario = scenario_of(300)
    world = lived(scenario, 1, 1)
    touched = world.copy()
    touched.people.now.stress[7] = 1.0
    for one in (world, touched):
        live(one, scenario, 3)
    assert (touched.people.now.stress != world.people.now.stress).sum() > 1


# ---- labels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("network", ["foci", "watts_strogatz"])
@pytest.mark.parametrize("shuffle", [1, 2])
def test_rows_are_only_labels(network, shuffle):
    """People in other rows, with their numbers: the same lives, ties and circles, bit for bit, in other rows.

    Everyone asks every day and can help many, so that a provider's sums have many terms, and their order shows.
    """
    scenario = scenario_of(
        300, programmes=busy_programmes(), network={"kind": network}, seeking={"rate": 1.0, "need_threshold": 0.2},
        capacity={"rested": 10.0}, stressors={"event_rate": 6.0},
    )  # fmt: skip
    order = np.random.default_rng(shuffle).permutation(300)
    world = settled_world(scenario, 4)
    moved = permuted(world, order)
    check_world(moved, rules_of(scenario))
    for _ in range(6):
        live(world, scenario, 20)
        live(moved, scenario, 20)
        assert not differing(permuted(world, order), moved)
    assert world.circles.attended.all(axis=1).sum() < world.circles.attended.any(axis=1).sum() == len(PRESETS)


def test_recorded_means_do_not_depend_on_rows():
    """Means and spreads add people up in the order of their numbers."""
    from peersim.trace import new_trace

    scenario = scenario_of(300, programmes=busy_programmes())
    world = settled_world(scenario, 4)
    moved = permuted(world, np.random.default_rng(1).permutation(300))
    traces = [new_trace(0, 40, 300, record_every=7) for _ in range(2)]
    for one, trace in zip((world, moved), traces, strict=True):
        live(one, scenario, 40, trace)
    assert traces[0].mean.tobytes() == traces[1].mean.tobytes()
    assert traces[0].sd.tobytes() == traces[1].sd.tobytes()
    assert traces[0].tally.tobytes() == traces[1].tally.tobytes()
