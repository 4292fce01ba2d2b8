"""Whom a programme is offered to: a rule means what Python means, and nothing else can be said."""

import math

import pytest

from peersim.domains import DOMAINS
from peersim.processes.resilience import resilience_of
from peersim.programmes.eligibility import NAMES, check_rule, eligible
from peersim.scenario import Scenario, rules_of
from tests.naive.strain import resilience
from tests.naive.town import friends, town_of
from tests.worlds import on_small_worlds

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
    "couple.satisfaction < 0.5 or resilience > 0.6": lambda p: p.couple["satisfaction"] < 0.5 or p.resilience > 0.6,
    "degree >= 3 and not lived.health < 0.2": lambda p: p.degree >= 3 and not p.lived[1] < 0.2,
    "2 < 3": lambda p: True,
}


def who_meets(rule, world, rules):
    """Whether each row meets a rule."""
    return eligible(rule, world.people, world.ties, lambda: resilience_of(world.people.now, rules.resilience))


def seen(world, rules):
    """Everybody by number, with all that a rule may speak of; a couple's mean is not a number for singles."""
    town = town_of(world)
    resilient = resilience(town, rules)
    for i, person in town.people.items():
        person.degree, person.resilience, other = len(friends(town, i)), resilient[i], town.people.get(person.partner)
        person.couple = {
            name: math.nan if other is None else (getattr(person, name) + getattr(other, name)) / 2
            for name in ("satisfaction", *vars(person.change))
        }
    return town.people


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_means_what_python_means(rule):
    @on_small_worlds
    def check(world, rules):
        people = seen(world, rules)
        expected = [bool(RULES[rule](people[int(number)])) for number in world.people.number]
        assert who_meets(rule, world, rules).tolist() == expected

    check()


def test_a_rule_in_the_points_of_an_instrument_is_refused():
    """Whoever writes stress >= 20 means PSS-10 points; in a rule stress goes from 0 to 1."""
    with pytest.raises(ValueError, match="20: stress goes from 0 to 1 in a rule"):
        check_rule("stress >= 20")
    with pytest.raises(ValueError, match=r"110: couple\.satisfaction goes .* \(CSI-32 = 161 x satisfaction\)"):
        check_rule("couple.satisfaction < 110")
    check_rule("culture == 3 and load > 1.5")


@on_small_worlds
def test_every_name_of_a_rule_is_the_attribute_of_that_name(world, rules):
    rules = rules._replace(resilience=rules_of(Scenario()).resilience)  # whose weights sum to 1
    people = seen(world, rules)
    row = world.people.row_of[0]
    for name in NAMES:
        value = by_name(people[0], name)
        if isinstance(value, bool):
            rule = name if value else f"not {name}"
        elif math.isnan(value):
            rule = f"not {name} <= 1 and not {name} > -1"
        else:
            rule = f"{value - 1e-9!r} < {name} < {value + 1e-9!r}"
        assert who_meets(rule, world, rules)[row], rule


def by_name(person, name):
    if "." in name:
        table, part = name.split(".")
        return person.couple[part] if table == "couple" else getattr(person, table)[DOMAINS.index(part)]
    if name == "partnered":
        return person.partner is not None
    return sum(person.load) if name == "load" else getattr(person, name)
