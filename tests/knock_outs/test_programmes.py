"""What is gone of programmes without leaders, rules of conduct, fixed days, or a purpose in who sits with whom.

Switched off, whatever a programme says about it is as if it said none: the same bytes after five weeks.
"""

from functools import cache

import pytest

from peersim.programmes.composition import COMPOSITIONS, COUPLES
from peersim.programmes.programme import PRESETS
from tests.checks import differing
from tests.communities import scenario_of
from tests.knock_outs.days import FOR_SOME, days_later


@cache
def after_five_weeks(*off, **numbers):
    """A community of 300 with one programme of these numbers, five weeks after its start."""
    scenario = scenario_of(300, 40, [{**FOR_SOME, **numbers}], switches=dict.fromkeys(off, False))
    return days_later(scenario, 35)


def assert_switches_off(switch, name, value, none, **numbers):
    """A programme of this value becomes one that has none of it, which it is not with the switch on."""
    without = after_five_weeks(**{name: none}, **numbers)
    assert not differing(after_five_weeks(switch, **{name: value}, **numbers), without)
    assert not differing(after_five_weeks(switch, **{name: none}, **numbers), without)
    assert differing(after_five_weeks(**{name: value}, **numbers), without)


@pytest.mark.parametrize("kind", PRESETS)
def test_without_facilitator_a_skilled_leader_is_like_none(kind):
    assert_switches_off("facilitator", "facilitator", 0.9, 0.0, kind=kind)


@pytest.mark.parametrize("kind", PRESETS)
def test_without_guidelines_strict_rules_are_like_none(kind):
    assert_switches_off("guidelines", "guidelines", 0.9, 0.0, kind=kind)


@pytest.mark.parametrize("kind", PRESETS)
def test_without_schedule_all_meet_when_they_like(kind):
    """Every third day: a community that meets daily meets daily anyhow."""
    assert_switches_off("schedule", "schedule", "fixed", "spontaneous", kind=kind, every=3)


@pytest.mark.parametrize("composition", [c for c in COMPOSITIONS if c not in ("random", COUPLES)])
def test_without_composition_circles_are_of_anyone(composition):
    assert_switches_off("composition", "composition", composition, "random")


def test_without_composition_couples_still_come_in_couples():
    """Counselling with other couples is what it was."""
    off, on = (after_five_weeks(*switch, kind="couples_counselling") for switch in (("composition",), ()))
    assert on.circles.attended.sum() > 100
    assert not differing(off, on)
