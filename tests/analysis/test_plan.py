"""A plan tells what would run; what cannot fit is refused with what can."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import peersim
from peersim.analysis import plan as planning
from peersim.analysis.memory import Need, surely_fits
from peersim.analysis.plan import plan_of_runs
from peersim.analysis.trial import bytes_of, lives_of, try_out
from peersim.mistakes import ScenarioError
from peersim.networks.network import Network
from peersim.scenario import Scenario
from peersim.world import build_world

ROOT = Path(__file__).parents[2]


def scenario_of(people=1000, days=30, programmes=(), **tables):
    run = {"days": days, "burn_in": 10}
    return Scenario.model_validate({"run": run, "population": {"people": people}, "programmes": programmes, **tables})


@pytest.fixture
def with_room(monkeypatch):
    """A machine with so many bytes."""
    return lambda n_bytes: monkeypatch.setattr(planning, "room", lambda: n_bytes)


def test_days_that_arms_share_are_counted_once():
    """Two arms with one past, which is kept for the second, a third with another; days of all, burn-ins of two."""
    group = [{"kind": "support_group"}]
    lives = lives_of([scenario_of(), scenario_of(programmes=group), scenario_of(stressors={"event_rate": 2.0})])
    assert lives.days == 3 * 30 + 2 * 10
    assert (lives.worlds, lives.arms) == (1, 2)


def test_a_trial_counts_the_bytes_of_people_and_ties():
    """What a community of so many people holds, as arrays, is what the trial says of it."""
    scenario = scenario_of(2000)
    trial, world = try_out(lives_of([scenario]), 2000), build_world(scenario, 0)
    assert trial.person * 2000 == bytes_of((world.people, world.circles))
    assert trial.degree * trial.arc * 2000 == pytest.approx(bytes_of(world.ties[1:]))


def test_programmes_and_records_are_counted():
    """Whom a programme reached, everybody's mean over a window, and their stress at every record take memory."""
    plain, group = scenario_of(), scenario_of(programmes=[{"kind": "online_community"}])
    trial = try_out(lives_of([plain]), 1000)
    assert try_out(lives_of([group]), 1000).person > trial.person
    assert try_out(lives_of([plain], windows=1), 1000).recorded > trial.recorded
    assert try_out(lives_of([plain], keeps_stress=True), 1000).kept > trial.kept


def test_time_in_a_plan_follows_what_is_lived():
    """Ten times the seeds take ten times as long, and twice the runs at a time half; give or take the trial's noise."""
    lives = lives_of([scenario_of(500, days=200)])
    once, often = (plan_of_runs(lives, seeds, 1, None) for seeds in (1, 10))
    assert 3 < often.seconds / once.seconds < 30
    assert often.person_days == 10 * once.person_days == 10 * 500 * 210


def test_what_does_not_fit_is_refused_with_what_does(with_room):
    """The largest population that is named fits, and one clearly larger does not."""
    with_room(300e6)
    with pytest.raises(ScenarioError) as refused:
        peersim.run(scenario_of(3_000_000))
    [problem] = refused.value.problems
    assert problem.path == "population.people"
    most = int(problem.suggestion.split(" people fit")[0].removeprefix("at most ").replace(",", ""))
    assert plan_of_runs(lives_of([scenario_of(most)]), 1, 1, None).fits
    assert not plan_of_runs(lives_of([scenario_of(int(1.3 * most))]), 1, 1, None).fits


def test_comparing_and_validating_are_refused_too(with_room):
    with_room(300e6)
    with pytest.raises(ScenarioError, match="free are 300 MB"):
        peersim.compare([scenario_of(3_000_000), scenario_of(3_000_000, programmes=[{"kind": "support_group"}])])
    from peersim.validation.board import validate

    with pytest.raises(ScenarioError, match="free are 300 MB"):
        validate(scenario_of(3_000_000))


def test_a_mesa_model_is_refused_too(with_room):
    with_room(300e6)
    with pytest.raises(ScenarioError, match=r"population.people = 3000000: so many people need about .* people fit"):
        peersim.PeerSupportModel(people=3_000_000)


def test_fewer_runs_at_a_time_may_be_enough(with_room):
    """Then that is what is said."""
    lives = lives_of([scenario_of(1_000_000)])
    with_room(1e6 * plan_of_runs(lives, 8, 3, None).megabytes + 1e6)
    plan = plan_of_runs(lives, 8, 8, None)
    assert plan.fits_at_once == 3
    assert "-j 3" in plan.problem.suggestion


def test_a_file_has_the_people_it_has(with_room):
    """Its own count decides, and its ties are counted."""
    n = 200_000
    who = np.arange(n - 1, dtype=np.int32)
    network = Network(tuple(map(str, range(n))), who, who + 1)
    lives = lives_of([scenario_of()])
    with_room(250e6)
    plan = plan_of_runs(lives, 1, 1, network)
    assert plan.people == n
    assert plan.problem.path == "network.file"
    assert "200,000 people" in plan.problem.message
    denser = Network(network.ids, np.repeat(who, 4), np.repeat(who, 4) + 1)
    assert plan_of_runs(lives, 1, 1, denser).megabytes > 1.1 * plan.megabytes


def test_everyone_tied_to_everyone_takes_the_square():
    """A complete network ten times as large takes a hundred times the memory."""
    small, large = (
        Need(lives, try_out(lives, 1000), None, 1).bytes_of(n, 1)
        for n in (10_000, 100_000)
        for lives in [lives_of([scenario_of(n, network={"kind": "complete"})])]
    )
    assert large / small == pytest.approx(100, rel=0.1)


def test_what_is_small_is_never_tried_out(with_room, monkeypatch):
    """A run of 500 people starts at once."""
    with_room(8e9)
    monkeypatch.setattr(planning, "try_out", None)
    peersim.run(scenario_of(500))
    assert not surely_fits(lives_of([scenario_of()]), 3_000_000, None, 1, 1, 8e9)


def test_where_nothing_is_known_nothing_is_refused(with_room):
    with_room(None)
    plan = plan_of_runs(lives_of([scenario_of(20_000_000)]), 1, 1, None)
    assert plan.fits
    assert plan.problem is None
    assert "free" not in plan.in_words()


CALL = """
import atexit, resource, sys
atexit.register(lambda: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, file=sys.stderr))
from peersim.cli import main
main()
"""
MANY = ["-s", "population.people=200000"]
SHORT = ["-s", "run.days=70", "-s", "run.burn_in=7", "--json", "-q"]
COMMANDS = {
    "run_200_000": ["run", "baseline", *MANY, *SHORT],
    "run_1_000_000": ["run", "support_group", "-s", "population.people=1000000", *SHORT],
    "compare_200_000": ["compare", "baseline", "support_group", *MANY, "--seeds", "2", *SHORT],
    "generated_200_000": ["run", "baseline", "-s", "network.kind=watts_strogatz", *MANY, *SHORT],
    "validate_200_000": ["validate", *MANY, "--seeds", "1", *SHORT],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_the_memory_of_a_plan_is_what_is_used(name, tmp_path):
    """Within a quarter of the most that the command holds; `python -m benchmarks.multiples` measures the multiples."""

    def call(*more):
        return subprocess.run(
            [sys.executable, "-P", "-c", CALL, *COMMANDS[name], "-o", str(tmp_path), *more],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
        )  # fmt: skip

    estimated = 1e6 * json.loads(call("-n").stdout)["plan"]["megabytes"]
    used = float(call().stderr.splitlines()[-1])
    print(f"{name}: estimated {estimated / 1e6:,.0f} MB, used {used / 1e6:,.0f} MB")
    assert estimated == pytest.approx(used, rel=0.25)
