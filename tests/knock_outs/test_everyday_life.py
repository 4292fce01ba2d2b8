"""What is gone without each mechanism of everyday life: others' moods, likeness, new ties, couples, worn bodies."""

import numpy as np
import pytest

from peersim.knock_outs import MEAN_SIMILARITY
from tests.checks import differing
from tests.knock_outs.days import LATER, a_day, busy, busy_morning, days_later


def test_without_contagion_the_mood_of_others_does_not_matter():
    """One in five is far more stressed and lonely. Who of the others meets nobody, to help or in a circle, is tonight
    as stressed and lonely as otherwise, to the byte.
    """
    morning = busy_morning(day=LATER)
    gloomy = morning.copy()
    for state in (gloomy.people.now.stress, gloomy.people.now.loneliness):
        state[::5] = np.minimum(1.0, state[::5] + 0.3)

    def infected(*off):
        """Who of them is in another mood, and how many they are."""
        usual, other = a_day(morning, busy(*off)), a_day(gloomy, busy(*off))
        alone = np.arange(morning.n_people) % 5 > 0
        for day in (usual, other):
            alone &= (day.ledger["support"] == 0) & (day.ledger["sessions"] == 0)
        now, then = usual.world.people.now, other.world.people.now
        moved = (now.stress != then.stress) | (now.loneliness != then.loneliness)
        return moved[alone].sum(), alone.sum()

    assert infected("contagion")[0] == 0
    moved, alone = infected()
    assert moved > 0.5 * alone > 15


def test_without_similarity_it_does_not_matter_who_is_like_whom():
    """Everyone has someone else's age, culture and interests: nothing of the next day is another."""
    whose = np.random.default_rng(1).permutation(1000)

    def touched(*off):
        morning = busy_morning(*off, day=LATER)
        shuffled = morning.copy()
        traits = shuffled.people.traits
        for trait in (traits.age, traits.culture, traits.interests):
            trait[...] = trait[..., whose]
        return set(differing(a_day(morning, busy(*off)).world, a_day(shuffled, busy(*off)).world))

    swapped = {f"people.traits.{name}" for name in ("age", "culture", "interests")}
    assert touched("similarity") == swapped
    assert touched() > {*swapped, "people.now.stress", "ties.other"}


def test_without_similarity_everybody_is_as_alike_as_anybody():
    """Likeness .6 in every tie, those of the first morning and those made since."""
    first, later = (busy_morning("similarity", day=day).ties for day in (0, LATER))
    assert (first.similarity == MEAN_SIMILARITY).all() and (later.similarity == MEAN_SIMILARITY).all()
    assert not np.isin(later.pair, first.pair).all()


KEEN = {"programmes": [{"kind": "support_group", "tie": 1.0, "uptake": 0.3}]}


@pytest.mark.parametrize(
    "tables",
    [{"programmes": ()}, {**KEEN, "new_ties": {"rate": 0.0, "rate_missing": 0.0}}],
    ids=["friends of friends", "those one meets in a circle"],
)
def test_without_new_ties_nobody_gets_to_know_anybody(tables):
    """Ties are only lost, in 60 days."""
    morning = days_later(busy(**tables), 0)
    off, on = a_day(morning, busy("new_ties", **tables), 60), a_day(morning, busy(**tables), 60)
    assert off.tally["ties_made"] == 0 and np.isin(off.world.ties.pair, morning.ties.pair).all()
    assert on.tally["ties_made"] > 50


def test_without_couples_nobody_falls_out():
    """And nobody bears any strain that comes from it, from the start on."""
    off = busy("couples")
    assert a_day(busy_morning("couples"), off, 60).tally["conflicts"] == 0
    assert not busy_morning("couples").people.load[4].any()
    assert a_day(busy_morning(), busy(), 60).tally["conflicts"] > 100


def test_without_couples_satisfaction_and_communication_stay_as_they_are():
    """Wherever life has brought them, and in couples' programmes, too."""
    morning = busy_morning()
    later = a_day(morning, busy("couples"), 20).world
    attended = (later.circles.attended - morning.circles.attended).sum(axis=1)
    assert sum(n for n, p in zip(attended, busy().programmes, strict=True) if p.is_for_couples) > 100
    for state in ("satisfaction", "communication"):
        assert np.array_equal(getattr(morning.people.now, state), getattr(later.people.now, state))
    settled = morning.people.traits.communication_trait == morning.people.now.communication
    assert not settled.all(), "communication has nowhere to return to"


def test_without_couples_a_good_relationship_is_as_good_as_a_bad_one():
    """Everyone has someone else's satisfaction and communication: nothing else of the next day is another."""
    whose = np.random.default_rng(1).permutation(1000)

    def touched(*off):
        morning = busy_morning(day=LATER)
        shuffled = morning.copy()
        for state in (shuffled.people.now.satisfaction, shuffled.people.now.communication):
            state[:] = state[whose]
        return set(differing(a_day(morning, busy(*off)).world, a_day(shuffled, busy(*off)).world))

    swapped = {"people.now.satisfaction", "people.now.communication"}
    assert touched("couples") == swapped
    assert touched() == {*swapped, "people.now.perceived_support", "people.load"}


def test_without_allostatic_load_past_stress_leaves_no_trace():
    """Everyone is worn down: nothing else of the next day is another."""
    morning = busy_morning(day=LATER)
    worn = morning.copy()
    worn.people.now.allostatic_load[:] += 0.3

    def touched(*off):
        return set(differing(a_day(morning, busy(*off)).world, a_day(worn, busy(*off)).world))

    assert touched("allostatic_load") == {"people.now.allostatic_load"}
    assert touched() == {"people.now.allostatic_load", "people.now.stress"}
