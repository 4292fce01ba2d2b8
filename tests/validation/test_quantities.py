"""Quantities are what they say: computed by hand for a few people, and defined for any community."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from peersim.draws import Decision
from peersim.knock_outs import knocked_out
from peersim.outcomes import NAMES
from peersim.simulate import live, settled_world
from peersim.trace import TALLIES, new_trace
from peersim.validation.own_events import own_events
from peersim.validation.people_measures import SEVERE
from peersim.validation.quantities import QUANTITIES, quantity_named
from peersim.validation.year import DAYS, MOMENTS, Year, live_year
from tests.communities import scenario_of
from tests.reference.draws import normal, uniform
from tests.worlds import random_world

COUPLES = np.array([1, 0, 3, 2, -1, -1])
"""0 and 1 are a couple, so are 2 and 3; 4 and 5 are single."""


def year_of(evenings, partner=COUPLES, **traits):
    """A year in which people say this of an outcome on the first evening, 60 days before the last, and on the last."""
    n = len(partner)
    world = random_world(np.random.default_rng(5), n)
    people = world.people._replace(traits=world.people.traits._replace(partner=partner), **traits)
    world.people = people
    value = np.zeros((3, len(NAMES), n))
    for name, said in evenings.items():
        value[:, NAMES.index(name)] = said
    arm = SimpleNamespace(value=value, tally=np.zeros((DAYS, len(TALLIES)), np.int64))
    return Year(scenario_of(), 1, None, dict.fromkeys(MOMENTS, world), arm)


def measured(name, year):
    return quantity_named(name).measure(year)


def test_levels_are_of_everyone_on_the_last_evening():
    """Or, for what means something in couples only, of people in couples."""
    before, stress, satisfaction = [9] * 6, [1, 2, 3, 4, 5, 9], [100, 110, 120, 130, 0, 0]
    year = year_of({"stress": [before, before, stress], "satisfaction": [before, before, satisfaction]})
    assert measured("stress.mean", year) == 4.0
    assert measured("stress.sd", year) == pytest.approx(np.std([1, 2, 3, 4, 5, 9], ddof=1))
    assert measured("satisfaction.mean", year) == 115.0
    assert measured("satisfaction.sd", year) == pytest.approx(np.std([100, 110, 120, 130], ddof=1))


def test_retests_compare_evenings_60_days_and_a_year_apart():
    """Evening by evening, of the same people."""
    first, earlier, last = [1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5], [1, 3, 2, 4, 6, 5]
    year = year_of({"stress": [first, earlier, last]})
    assert measured("stress.retest_year", year) == pytest.approx(np.corrcoef(first, last)[0, 1])
    assert measured("stress.retest_60_days", year) == pytest.approx(np.corrcoef(earlier, last)[0, 1])


def test_a_retest_is_of_two_single_evenings_60_days_apart():
    """The last evening of the year, and the 60th before it."""
    scenario = scenario_of(people=60, burn_in=3, run={"days": DAYS})
    lived = live_year(scenario, 4, None, [])
    world = settled_world(scenario, 4)
    trace = new_trace(0, DAYS, 60, windows=[(DAYS - 61, DAYS - 60), (DAYS - 1, DAYS)])
    live(world, scenario, DAYS, trace)
    before, last = trace.window[:, NAMES.index("stress")]
    assert measured("stress.retest_60_days", lived) == pytest.approx(np.corrcoef(before, last)[0, 1])


def test_partners_are_correlated_over_couples_both_ways_round():
    """Singles are nobody's partner."""
    said = [1, 2, 5, 3, 100, -100]
    year = year_of({"stress": [said] * 3})
    both = np.corrcoef([1, 2, 5, 3], [2, 1, 3, 5])[0, 1]
    assert measured("stress.between_partners", year) == pytest.approx(both)


def test_the_gap_of_couples_is_in_standard_deviations_within():
    """Couples 4, 6, 4, 6 and singles 1, 3: 3 apart, variances 4/3 and 2."""
    year = year_of({"perceived_support": [[4, 6, 4, 6, 1, 3]] * 3})
    assert measured("perceived_support.couples_gap", year) == pytest.approx(3 / ((4 / 3 + 2) / 2) ** 0.5)


def test_two_equal_humps_have_one_top_up_to_a_gap_of_2():
    """The density of two normal humps at its middle: a top below a gap of 2, a dip above."""

    def bend_in_the_middle(gap):
        x = np.array([-0.01, 0.0, 0.01])
        density = np.exp(-((x - gap / 2) ** 2) / 2) + np.exp(-((x + gap / 2) ** 2) / 2)
        return density[0] - 2 * density[1] + density[2]

    assert bend_in_the_middle(1.99) < 0 < bend_in_the_middle(2.01)


def test_correlations_may_be_named_either_way_round():
    """With an outcome of couples they are over people in couples."""
    stress, satisfaction = [1, 2, 3, 5, 9, 9], [4, 3, 3, 1, 0, 0]
    year = year_of({"stress": [stress] * 3, "satisfaction": [satisfaction] * 3})
    r = np.corrcoef(stress[:4], satisfaction[:4])[0, 1]
    assert measured("correlation.stress.satisfaction", year) == pytest.approx(r)
    assert quantity_named("correlation.satisfaction.stress") is quantity_named("correlation.stress.satisfaction")
    assert quantity_named("correlation.stress.nothing") is None


def test_total_load_is_strain_of_all_domains_passing_and_lasting():
    """Of the morning after the year."""
    stress = [3, 1, 4, 1, 5, 9]
    year = year_of({"stress": [stress] * 3})
    people = year.world["day_365"].people
    total = people.load.sum(axis=0) + people.traits.chronic.sum(axis=0)
    assert measured("correlation.stress.total_load", year) == pytest.approx(np.corrcoef(stress, total)[0, 1])


def test_buffering_is_the_interaction_that_was_put_in():
    """Stress made of standardised load, support and -.3 of their product, of 400 people, without noise."""
    luck, n = np.random.default_rng(8), 400
    load, support = luck.uniform(0, 2, (5, n)), luck.normal(0.4, 0.1, n)
    year = year_of({}, np.full(n, -1), load=load)
    people = year.world["day_365"].people
    total = load.sum(axis=0) + people.traits.chronic.sum(axis=0)
    a, b = ((value - value.mean()) / value.std() for value in (total, support))
    stress = 20 + 3 * a - 2 * b - 0.3 * a * b
    year.everyday.value[2, NAMES.index("stress")] = stress
    year.everyday.value[2, NAMES.index("perceived_support")] = support
    assert measured("buffering", year) == pytest.approx(-0.3 / stress.std())


@pytest.fixture(scope="module")
def lived():
    """A small community that has lived its year."""
    return live_year(knocked_out(scenario_of(people=150, burn_in=20, run={"days": DAYS})), 3, None, [])


def test_every_quantity_is_a_number(lived):
    """With couples and singles, ties and events, each is defined, and says what it is."""
    found = {name: one.measure(lived) for name, one in QUANTITIES.items()}
    assert [name for name, value in found.items() if not (isinstance(value, float) and math.isfinite(value))] == []
    assert [one for one in QUANTITIES.values() if not all((one.label, one.unit, one.group, one.meaning))] == []


def test_nothing_fails_where_nobody_has_anybody():
    """Without ties, couples and strain much is undefined, and nothing breaks."""
    alone = scenario_of(
        people=20, burn_in=5, run={"days": DAYS}, foci={"tied_share": (0.0, 0.0)},
        population={"partners": "none", "chronic_mean": 0.0, "chronic_sd": 0.0, "special_needs_share": 0.0},
        stressors={"event_rate": 0.0}, new_ties={"rate": 0.0},
    )  # fmt: skip
    year = live_year(alone, 1, None, [])
    found = {name: one.measure(year) for name, one in QUANTITIES.items()}
    for name in ("satisfaction.mean", "stress.between_partners", "buffering", "assortativity.day_365", "ties_kept"):
        assert math.isnan(found[name]), name
    assert math.isfinite(found["stress.mean"])
    assert found["share_struck"] == found["contacts"] == found["degree.build"] == 0.0


def test_own_events_are_those_that_struck(lived):
    """Day by day as many as the run counted."""
    count, worst = own_events(lived.world["day_0"].people, lived.scenario.stressors, lived.seed, DAYS)
    assert count.tolist() == lived.everyday.tally[:, TALLIES.index("events")].tolist()
    assert count.sum() > 100
    assert measured("events", lived) == count.sum() / 150
    assert measured("share_struck", lived) == (worst >= SEVERE).mean()


def test_the_worst_event_is_ones_own(lived):
    """Drawn in plain Python, person by person, over 40 days: no part of a partner's event is in it."""
    people, s = lived.world["day_0"].people, lived.scenario.stressors
    _, worst = own_events(people, s, lived.seed, 40)
    expected = np.zeros(150)
    for day in range(40):
        for row, i in enumerate(people.number.tolist()):
            hardness = max(0, 1 + s.hardship_slope * float(people.traits.hardship[row]))
            if uniform(lived.seed, Decision.STRIKE, day, 0, i) < s.event_rate / 365 * sum(s.share) * hardness:
                luck = normal(lived.seed, Decision.SEVERITY, day, 0, i)
                severity = math.exp(s.severity_log_mean + s.severity_log_sd * luck)
                expected[row] = max(expected[row], severity)
    assert worst == pytest.approx(expected)
    assert (worst > 0).sum() > 5


def test_contacts_count_for_both(lived):
    """A person's contacts a day: twice the pairs that met, by people and days."""
    pairs = lived.everyday.tally[:, TALLIES.index("contacts")].sum()
    assert measured("contacts", lived) == pytest.approx(2 * pairs / 150 / DAYS)


def test_moments_are_before_the_burn_in_and_around_the_year(lived):
    """Each on the morning that it says, and drifts go from one to the next."""
    assert [lived.world[moment].day for moment in MOMENTS] == [-20, 0, DAYS]
    before, after = measured("degree.day_0", lived), measured("degree.day_365", lived)
    assert measured("degree.drift_year", lived) == pytest.approx(after / before - 1)
    stress = [lived.world[moment].people.now.stress.mean(dtype=float) for moment in MOMENTS]
    assert measured("stress.drift_burn_in", lived) == pytest.approx(stress[1] / stress[0] - 1)
