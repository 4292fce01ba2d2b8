"""Offering a programme and forming circles: who is offered it, who accepts, and who meets whom, as the rule says."""

import numpy as np
import pytest

from peersim.domains import DOMAINS
from peersim.programmes.circles import compose
from peersim.programmes.eligibility import NAMES, check_rule, eligible
from peersim.programmes.offer import start_programme
from peersim.programmes.programme import COMPOSITIONS
from tests.naive import programmes as naive
from tests.naive.town import circles_of, town_of
from tests.worlds import assert_same, on_small_worlds, random_programme, random_scenario

RULES = {
    "stress >= 0.42": lambda p: p.stress >= 0.42,
    "not partnered and age < 0.5": lambda p: p.partner is None and p.age < 0.5,
    "special_needs or (load.family > 0.2 and culture != 1)": (
        lambda p: p.special_needs or (p.load[2] > 0.2 and p.culture != 1)
    ),
    "0.2 < safety <= 0.8 or chronic.health > 0.1": lambda p: 0.2 < p.safety <= 0.8 or p.chronic[1] > 0.1,
    "not (hardship > -1 or load > 0.5)": lambda p: not (p.hardship > -1 or sum(p.load) > 0.5),
    "partnered and skill > burden and culture == 2 or belonging < 0.1": (
        lambda p: (p.partner is not None and p.skill > p.burden and p.culture == 2) or p.belonging < 0.1
    ),
    "2 < 3": lambda p: True,
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_means_what_python_means(rule):
    @on_small_worlds
    def check(world, rules):
        people = town_of(world).people
        expected = [bool(RULES[rule](people[int(number)])) for number in world.people.number]
        assert eligible(rule, world.people).tolist() == expected

    check()


def test_a_rule_in_the_points_of_an_instrument_is_refused():
    """Whoever writes stress >= 20 means PSS-10 points; in a rule stress goes from 0 to 1."""
    with pytest.raises(ValueError, match="20: stress goes from 0 to 1 in a rule"):
        check_rule("stress >= 20")
    check_rule("culture == 3 and load > 1.5")


@on_small_worlds
def test_every_name_of_a_rule_is_the_attribute_of_that_name(world, rules):
    people = town_of(world).people
    for name in NAMES:
        for row, number in enumerate(world.people.number):
            value = by_name(people[int(number)], name)
            if isinstance(value, bool):
                rule = name if value else f"not {name}"
            else:
                rule = f"{value - 1e-9!r} < {name} < {value + 1e-9!r}"
            assert eligible(rule, world.people)[row], rule


def by_name(person, name):
    if "." in name:
        table, domain = name.split(".")
        return getattr(person, table)[DOMAINS.index(domain)]
    if name == "partnered":
        return person.partner is not None
    return sum(person.load) if name == "load" else getattr(person, name)


@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_circles_are_composed(composition):
    @on_small_worlds
    def check(world, rules, luck):
        programme, slot = random_programme(luck, composition=composition), int(luck.integers(3))
        rows = np.flatnonzero(luck.random(world.n_people) < luck.choice([0.1, 0.5, 1.0]))
        found = compose(programme, slot, rows, world.people, world.ties, world.seed)
        number = world.people.number
        accepted = [int(number[i]) for i in rows]
        expected = naive.compose(town_of(world), programme, slot, sorted(accepted), world.seed)
        assert sorted(sorted(number[group].tolist()) for group in found) == sorted(map(sorted, expected))
        assert sorted(i for group in expected for i in group) == (sorted(accepted) if len(rows) > 1 else [])

    check()


@on_small_worlds
def test_a_programme_is_offered_accepted_and_put_into_circles(world, rules, luck):
    """New circles stand behind those that there are; the rule of eligibility is read by Python here."""
    rule = list(RULES)[luck.integers(len(RULES))]
    programme = random_programme(luck, start=max(0, world.day), eligibility=rule)
    slot, town, people = int(luck.integers(2)), town_of(world), world.people
    sessions = random_scenario(luck).sessions
    circles = start_programme(programme, slot, world.circles, people, world.ties, sessions, world.seed)
    offered, accepted = naive.start_programme(town, programme, slot, RULES[rule], sessions, world.seed)
    assert_same(circles_of(circles, people), town.circles)
    assert sorted(people.number[circles.offered[slot]]) == offered
    assert sorted(people.number[circles.accepted[slot]]) == accepted
