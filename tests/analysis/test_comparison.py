"""Comparisons: arms are the same people, share their past, and say what they gave."""

from __future__ import annotations

import numpy as np
import pytest

from peersim.analysis import arms
from peersim.analysis.arms import live_arms, window_of
from peersim.analysis.comparison import BUILT_IN, compare
from peersim.scenario import Scenario

SMALL = {"population": {"people": 150}, "run": {"days": 90, "burn_in": 20}}


def scenario(*programmes: dict, **tables: dict) -> Scenario:
    return Scenario.model_validate({**SMALL, **tables, "programmes": list(programmes)})


GROUP, CIRCLE = {"kind": "support_group"}, {"kind": "friend_circle"}


def contrast(result, arm, reference, outcome, population):
    wanted = (arm, reference, outcome, population)
    [one] = [c for c in result.found if (c.arm, c.reference, c.outcome, c.population) == wanted]
    return one


@pytest.fixture(scope="module")
def result():
    named = {"nothing": scenario(), "circle": scenario(CIRCLE), "group": scenario(GROUP)}
    return compare(named, seeds=3, jobs=2)


def test_arms_that_differ_only_in_programmes_share_one_burn_in(monkeypatch):
    """One world is built and settled for three arms; another past makes another."""
    built, settled = [], []
    build, settle = arms.build_world, arms.settle
    monkeypatch.setattr(arms, "build_world", lambda *given: built.append(1) or build(*given))
    monkeypatch.setattr(arms, "settle", lambda *given: settled.append(1) or settle(*given))
    live_arms([scenario(), scenario(CIRCLE), scenario(GROUP)], [], 1, None)
    assert len(built) == len(settled) == 1
    live_arms([scenario(), scenario(GROUP, stressors={"event_rate": 2.0})], [], 1, None)
    assert len(built) == len(settled) == 3


def test_sharing_a_burn_in_changes_nothing():
    """An arm lived beside others is the arm lived alone, bit for bit."""
    window = [(63, 70)]
    _, beside = live_arms([scenario(), scenario(GROUP)], window, 4, None)
    [alone] = live_arms([scenario(GROUP)], window, 4, None)
    assert beside.value.tobytes() == alone.value.tobytes()
    assert beside.stress.tobytes() == alone.stress.tobytes()


def test_a_programme_without_effect_has_no_effect():
    """Every contrast is exactly 0, on the people it was offered to as on the others."""
    found = compare({"nothing": scenario(), "idle": scenario({**GROUP, "effect": 0.0})}, seeds=2).found
    assert {one.population for one in found} == {"offered", "attended", "not_offered", "everyone"}
    assert all(one.difference == 0.0 for one in found)


def test_results_do_not_depend_on_the_number_of_threads(result):
    """The same seeds give the same numbers, one at a time or two."""
    again = compare(dict(result.scenarios), seeds=3, jobs=1)
    assert repr(again.found) == repr(result.found)


def test_effects_are_measured_over_the_last_week_of_the_programme():
    """Ten weeks from day 5 end before day 75; without a programme it is the last week of the run."""
    assert window_of(scenario({**GROUP, "start": 5})) == (68, 75)
    assert window_of(scenario()) == (83, 90)
    assert window_of(scenario(GROUP), last_day=40) == (34, 41)


def test_the_reference_is_measured_over_the_same_days_as_the_arm(result):
    """A hand-made contrast of the same days and people."""
    window = result.windows["group", "nothing"]
    gaps = []
    for seed in result.seeds:
        nothing, group = live_arms([result.scenarios["nothing"], result.scenarios["group"]], [window], seed, None)
        gaps.append((group.value[0, 0] - nothing.value[0, 0])[group.offered].mean())
    found = contrast(result, "group", "nothing", "stress", "offered")
    assert found.difference == pytest.approx(np.mean(gaps), abs=1e-12)


def test_later_arms_are_contrasted_with_earlier_programmes_too(result):
    """Formal against informal, on the people offered both: the difference of their differences."""
    direct = contrast(result, "group", "circle", "stress", "offered").difference
    group, circle = (contrast(result, arm, "nothing", "stress", "offered").difference for arm in ("group", "circle"))
    assert direct == pytest.approx(group - circle, abs=1e-9)


def test_what_is_built_in_is_said_when_formal_meets_informal(result):
    """Every report on formal against informal says it; one without leaders need not."""
    assert BUILT_IN in result.notes
    assert BUILT_IN not in compare({"a": scenario(), "b": scenario(CIRCLE)}, seeds=1).notes


def test_contact_minutes_are_sessions_times_minutes(result):
    """Doubling the length of sessions doubles the minutes, when nobody's attendance can depend on it."""
    idle = {**GROUP, "effect": 0.0}
    once, twice = (
        compare({"nothing": scenario(), "group": scenario({**idle, "minutes": m})}, seeds=1).arms[1].dose
        for m in (60.0, 120.0)
    )
    assert twice["minutes_received"] == 2 * once["minutes_received"] > 0
    assert once["minutes_given"] == pytest.approx(once["sessions"] * 60 / once["offered"])
    assert result.arms[1].dose["minutes_given"] == 0.0


def test_a_programme_of_the_reference_counts_like_one_of_the_arm(result):
    """Turned round, a contrast is about the same people and days, with the other sign."""
    scenarios = result.scenarios
    turned = compare({"group": scenarios["group"], "nothing": scenarios["nothing"]}, seeds=3)
    there = contrast(result, "group", "nothing", "stress", "offered")
    back = contrast(turned, "nothing", "group", "stress", "offered")
    assert back.difference == pytest.approx(-there.difference, abs=1e-12)
    assert turned.windows["nothing", "group"] == (63, 70)


def test_overrides_of_a_scenario_in_hand_are_refused():
    """They would be lost without a word."""
    with pytest.raises(ValueError, match="overrides are for files"):
        compare({"a": scenario(), "b": scenario(GROUP)}, seeds=1, overrides=["run.days=30"])


def test_arms_of_different_people_are_refused():
    """All that differs is named in one sentence."""
    other = scenario(population={"people": 100}, run={"days": 30, "burn_in": 5, "seed": 2})
    differing = r"differ in population.people, run.burn_in, run.days, run.seed; arms are the same people"
    with pytest.raises(ValueError, match=differing):
        compare({"a": scenario(), "b": other}, seeds=1)


def test_a_day_outside_the_run_is_refused():
    """The sentence says which days there are."""
    with pytest.raises(ValueError, match="--at 90: must be a day of the run, between 0 and 89"):
        compare({"a": scenario(), "b": scenario(GROUP)}, seeds=1, last_day=90)


def test_a_run_shorter_than_its_programme_says_so():
    """The effect is then measured at the end of the run, with a note."""
    short = {"run": {"days": 30, "burn_in": 0}}
    found = compare({"a": scenario(**short), "b": scenario(GROUP, **short)}, seeds=1)
    assert found.windows["b", "a"] == (23, 30)
    assert any("run ends before a programme does" in note for note in found.notes)
