"""What is gone without each mechanism of support: felt support, asking, helping, matching, rehashing."""

import numpy as np

from tests.knock_outs.days import PROGRAMMES, a_day, busy, busy_morning, days_later
from tests.worlds import in_double

# ---- felt support --------------------------------------------------------------------------------------------------


def with_support(morning, more):
    """The same morning, but everyone feels this much more supported."""
    morning = morning.copy()
    support = morning.people.now.perceived_support
    support[:] = np.minimum(1.0, support + more)
    return morning


def without_strain(morning):
    """The same morning, but nobody bears any strain."""
    morning = morning.copy()
    morning.people.load[:] = 0.0
    morning.people.traits.chronic[:] = 0.0
    return morning


def stress_tonight(morning, scenario):
    return a_day(morning, scenario).world.people.now.stress


def relief(morning, scenario):
    """How much less stressed everyone is tonight who felt .1 more supported this morning; NaN at the scale's ends."""
    less, more = stress_tonight(with_support(morning, 0.1), scenario), stress_tonight(morning, scenario)
    return np.where((less > 0) & (more < 1), more - less, np.nan)


def test_without_buffering_felt_support_does_not_ease_threat():
    """With the main effect out of the way: tonight's stress is the same bytes, however supported one feels."""
    morning = busy_morning()
    supported = with_support(morning, 0.1)
    off, on = busy("buffering", "main_effect"), busy("main_effect")
    assert np.array_equal(stress_tonight(morning, off), stress_tonight(supported, off))
    eased = stress_tonight(supported, on) < stress_tonight(morning, on)
    assert eased.mean() > 0.9


def test_without_buffering_felt_support_relieves_as_much_with_strain_as_without():
    """What is left is the main effect. 1e-12 covers the rounding of sums; the buffer is a million times larger.

    In double precision: the rounding of single precision is not far below the buffer.
    """
    morning = in_double(busy_morning())
    with_strain, calm = (relief(m, busy("buffering")) for m in (morning, without_strain(morning)))
    assert np.nanmax(np.abs(with_strain - calm)) < 1e-12 < 1e-3 < np.nanmin(calm)
    with_strain, calm = (relief(m, busy()) for m in (morning, without_strain(morning)))
    assert np.nanmean(with_strain - calm) > 1e-4


def test_without_main_effect_felt_support_does_nothing_for_who_bears_no_strain():
    """Nothing can be buffered there: tonight's stress is the same bytes."""
    morning = without_strain(busy_morning())
    supported = with_support(morning, 0.1)
    off, on = busy("main_effect"), busy()
    assert np.array_equal(stress_tonight(morning, off), stress_tonight(supported, off))
    assert (stress_tonight(supported, on) < stress_tonight(morning, on)).mean() > 0.9


# ---- asking and helping --------------------------------------------------------------------------------------------

NO_PROGRAMME = {"programmes": ()}


def test_without_co_rumination_nobody_rehashes():
    """Not once in 60 days, though comfort is given all the time."""
    morning = busy_morning()
    assert a_day(morning, busy("co_rumination"), 60).tally["rehashed"] == 0
    assert a_day(morning, busy(), 60).tally["rehashed"] > 50


def test_without_co_rumination_no_session_adds_stress():
    """Circles of highly stressed friends, who are no comfort to each other: rehashing is all that moves stress."""
    friends = [{"kind": "friend_circle", "eligibility": "stress >= 0.3", "schedule": "fixed"}]
    tables = {"programmes": friends, "sessions": {"stress": 0.0}}
    morning = days_later(busy(**tables), 0)
    morning.people.now.stress[:] = 0.9
    off, on = a_day(morning, busy("co_rumination", **tables)), a_day(morning, busy(**tables))
    assert off.world.circles.attended.sum() > 100 and not off.ledger["sessions"].any()
    assert (on.ledger["sessions"] >= 0).all() and (on.ledger["sessions"] > 0).sum() > 20


def test_without_burden_everybody_stays_rested():
    """The burden of a rested person, .05, for everyone, on every morning; with it some are tired."""
    off, on = busy("burden"), busy()
    rested, tired = days_later(off, 0), days_later(on, 0)
    for _ in range(30):
        assert (rested.people.now.burden == 0.05).all()
        rested = a_day(rested, off).world
    assert tired.people.now.burden.max() > 0.3


def test_without_helper_therapy_helping_well_does_not_lift_the_helper():
    """Of who got no help today: confidence and belonging tonight are the same bytes if all help was what was wanted."""
    usual, well = NO_PROGRAMME, {**NO_PROGRAMME, "matching": {"base": 1.0}}
    morning = days_later(busy(**usual), 14)

    def lifted(*off):
        as_usual, matched = a_day(morning, busy(*off, **usual)).world, a_day(morning, busy(*off, **well)).world
        assert np.array_equal(as_usual.people.received, matched.people.received)
        helped = as_usual.people.received > morning.people.received
        one, other = as_usual.people.now, matched.people.now
        moved = (one.self_esteem != other.self_esteem) | (one.belonging != other.belonging)
        return moved[~helped].sum()

    assert lifted("helper_therapy") == 0
    assert lifted() > 10


def test_without_helper_therapy_having_helped_in_a_circle_does_not_lift():
    """Sessions in which nothing carries: all that is left is that one has helped others."""
    mute, empty = ([{**p, **numbers} for p in PROGRAMMES] for numbers in ({"channel_factor": 0.0}, {"attendance": 0.0}))

    def lifted(*off):
        days = (a_day(busy_morning(), busy(*off, programmes=programmes)) for programmes in (mute, empty))
        return np.not_equal(*(day.world.people.now.self_esteem for day in days)).sum()

    assert lifted("helper_therapy") == 0
    assert lifted() > 100


def test_without_matching_all_help_is_what_was_wanted():
    """On each of 60 days; with it about one request in six is met with something else."""
    morning = busy_morning()
    off, on = a_day(morning, busy("matching"), 60).tally, a_day(morning, busy(), 60).tally
    assert off["matched"] == off["accepted"] > 1000
    assert on["matched"] < 0.95 * on["accepted"]


def test_without_matching_nobody_loses_safety_by_asking():
    """Help that misses makes it less safe to speak; without programmes nothing else takes safety away today."""
    tables = {**NO_PROGRAMME, "safety": {"rate": 0.0}}
    morning = days_later(busy(**tables), 14)

    def lost(*off):
        return (a_day(morning, busy(*off, **tables)).world.people.now.safety < morning.people.now.safety).sum()

    assert lost("matching") == 0
    assert lost() > 5
