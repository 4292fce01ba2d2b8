"""One seed, one history: whatever the process, the thread, the pieces it is lived in, and whoever looks on."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.scenario import before_day_0
from peersim.simulate import live, settled_world
from peersim.trace import new_trace
from tests.checks import contents, differing, digest
from tests.communities import busy_programmes, lived, scenario_of

SCENARIO = scenario_of(300, burn_in=30, programmes=busy_programmes())
N_DAYS = 60


@cache
def in_one_go(seed=1):
    return lived(SCENARIO, seed, N_DAYS)


def test_the_same_seed_gives_the_same_bytes():
    assert not differing(in_one_go(), lived(SCENARIO, 1, N_DAYS))


def test_another_seed_gives_another_world():
    names = differing(in_one_go(1), in_one_go(2))
    assert {"people.now.stress", "people.traits.age", "ties.pair", "circles.member"} <= set(names)


def test_another_process_gives_the_same_bytes():
    """Also when Python orders its sets otherwise: by default every process does, and the other one's order is fixed."""
    here = Path(__file__).resolve()
    code = (
        "from tests.checks import digest\n"
        "from tests.invariants.test_same_bytes import in_one_go\n"
        "print(digest(in_one_go()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=here.parents[2],
        env=os.environ | {"PYTHONHASHSEED": "12345", "PYTHONPATH": str(here.parents[2])},
    )  # fmt: skip
    assert told.stdout.strip() == digest(in_one_go())


@pytest.mark.parametrize("n_threads", [1, 2, 4])
def test_threads_do_not_meet(n_threads):
    """Eight worlds at a time or one after another."""
    with ThreadPoolExecutor(n_threads) as threads:
        found = list(threads.map(lambda seed: digest(lived(SCENARIO, seed, N_DAYS)), range(1, 9)))
    assert found == [digest(lived(SCENARIO, seed, N_DAYS)) for seed in range(1, 9)]


@pytest.mark.parametrize("network", ["watts_strogatz", "barabasi_albert", "stochastic_block"])
def test_named_networks_come_from_the_seed(network):
    scenario = scenario_of(200, burn_in=5, network={"kind": network})
    assert not differing(lived(scenario, 1, 5), lived(scenario, 1, 5))
    assert "ties.pair" in differing(lived(scenario, 1, 5), lived(scenario, 2, 5))


# ---- pieces --------------------------------------------------------------------------------------------------------


def test_day_by_day_is_all_at_once():
    world = settled_world(SCENARIO, 1)
    for _ in range(N_DAYS):
        live(world, SCENARIO, 1)
    assert not differing(in_one_go(), world)
    assert world.day == N_DAYS


@pytest.mark.parametrize("in_copies", [False, True], ids=["in place", "in copies"])
def test_ties_that_outgrow_their_room_live_the_same_in_any_pieces(in_copies):
    """At once, day by day, and in copies, which have no room at all: people look for so many that arcs move."""
    busy = {"new_ties": {"rate": 0.3, "rate_missing": 0.0, "pickiness": 1.0}}
    scenario = scenario_of(300, burn_in=0, programmes=busy_programmes(), **busy)
    whole, world = settled_world(scenario, 1), settled_world(scenario, 1)
    room = len(whole.arcs.other)
    live(whole, scenario, N_DAYS)
    for _ in range(N_DAYS):
        live(world, scenario, 1)
        world = world.copy() if in_copies else world
    assert len(whole.ties.other) > 2 * room
    assert not differing(whole, world)


@given(st.lists(st.integers(0, 20), max_size=12), st.booleans(), st.integers(0, 9), st.booleans())
@settings(deadline=None, max_examples=40)
def test_no_cut_and_no_onlooker_changes_a_life(pieces, ledger, record_every, panel):
    """Any pieces, empty ones too; with and without a record, a panel and a ledger, which are the same in any pieces."""
    world, whole = settled_world(SCENARIO, 1), settled_world(SCENARIO, 1)
    kept = {"record_every": record_every, "panel": ("stress", "degree") if panel else (), "ledger": ledger}
    trace, trace_of_whole = new_trace(0, N_DAYS, 300, **kept), new_trace(0, N_DAYS, 300, **kept)
    for piece in pieces:
        live(world, SCENARIO, min(piece, N_DAYS - world.day), trace)
    live(world, SCENARIO, N_DAYS - world.day, trace)
    live(whole, SCENARIO, N_DAYS, trace_of_whole)
    assert not differing(in_one_go(), world)
    assert not differing(in_one_go(), whole)
    for name, found, of_whole in zip(trace._fields, trace, trace_of_whole, strict=True):
        assert found.tobytes() == of_whole.tobytes(), name


def test_burn_in_is_days_like_others():
    """Cut at day 0 or not: a world built 30 days before lives 90 days. Only exchanges are counted from day 0."""
    world = settled_world(scenario_of(300, burn_in=0), 1)
    world.day = -30
    live(world, SCENARIO, 30 + N_DAYS)
    assert set(differing(in_one_go(), world)) <= {"people.received"}


# ---- forks ---------------------------------------------------------------------------------------------------------


def test_arms_forked_from_one_burn_in_are_runs_of_their_own():
    """Neither arm sees the other, nor the world it was copied from."""
    baseline, group = scenario_of(300), scenario_of(300, programmes=["support_group"])
    assert before_day_0(baseline) == before_day_0(group)
    stem = settled_world(baseline, 1)
    before = contents(stem)
    arms = stem.copy(), stem.copy()
    for _ in range(N_DAYS // 10):
        live(arms[0], baseline, 10)
        live(arms[1], group, 10)
    assert contents(stem) == before
    assert not differing(arms[0], lived(baseline, 1, N_DAYS))
    assert not differing(arms[1], lived(group, 1, N_DAYS))
    assert "people.now.stress" in differing(*arms)


def test_a_copy_shares_nothing():
    world = in_one_go()
    other = world.copy()

    def arrays(value):
        return [a for part in value for a in arrays(part)] if isinstance(value, tuple) else [value]

    for part in ("people", "ties", "circles"):
        for one, two in zip(arrays(getattr(world, part)), arrays(getattr(other, part)), strict=True):
            assert not np.shares_memory(one, two)


def test_untouched_lives_stay_together_until_they_are_reached():
    """On the evening of the first session only those who came, and no one else, differ from the arm without it."""
    baseline = scenario_of(300)
    group = scenario_of(300, programmes=["support_group"])
    one, other = lived(baseline, 1, 1), lived(group, 1, 1)
    came = other.circles.attended[0] > 0
    assert came.any()
    assert np.array_equal(one.people.now.stress[~came], other.people.now.stress[~came])
    assert (one.people.now.stress[came] != other.people.now.stress[came]).all()
