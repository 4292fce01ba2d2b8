"""Whom a programme is offered to: a rule means what Python means, and nothing else can be said."""

import math

import pytest

from peersim.model import PeerSupportModel
from peersim.processes.resilience import resilience_of
from peersim.programmes.eligibility import NAMES, check_rule, eligible
from peersim.scenario import Scenario, rules_of
from tests.reference.reading import model_of
from tests.reference.rule import meets, names
from tests.worlds import on_small_worlds

RULES = (
    "stress >= 0.42",
    "not partnered and age < 0.5",
    "special_needs or (load.family > 0.2 and culture != 1)",
    "0.2 < safety <= 0.8 or chronic.health > 0.1",
    "not (hardship > -1 or load > 0.5)",
    "partnered and skill > burden and culture == 2 or belonging < 0.1",
    "couple.satisfaction < 0.5 or resilience > 0.6",
    "couple.stress != 0.5 and 0.5 != couple.coping or not couple.burden < 0.5",
    "degree >= 3 and not lived.health < 0.2",
    "2 < 3",
)


def who_meets(rule, world, rules):
    """Whether each row meets a rule."""
    return eligible(rule, world.people, world.ties, lambda: resilience_of(world.people.now, rules.resilience))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_means_what_python_means(rule):
    """A couple's mean is no number for singles: no comparison with it holds."""

    @on_small_worlds
    def check(world, rules):
        people = model_of(world, rules).people
        expected = [meets(rule, people[int(number)]) for number in world.people.number]
        assert who_meets(rule, world, rules).tolist() == expected

    check()


def test_a_rule_in_the_points_of_an_instrument_is_refused():
    """Whoever writes stress >= 20 means PSS-10 points; in a rule stress goes from 0 to 1."""
    with pytest.raises(ValueError, match="20: stress goes from 0 to 1 in a rule"):
        check_rule("stress >= 20")
    with pytest.raises(ValueError, match=r"110: couple\.satisfaction goes .* \(CSI-32 = 161 x satisfaction\)"):
        check_rule("couple.satisfaction < 110")
    check_rule("culture == 3 and load > 1.5")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("age > 40", "40: age goes from 0 to 1 in a rule .* 0 is the youngest"),
        ("stress < -5", "-5: stress goes from 0 to 1"),
        ("degree > 1" + 400 * "0", "too large for a rule"),
        ("stress > 0.4and degree > 3", "cannot be read as a rule"),
        ("stress = 0.4", "== for equals"),
    ],
)
def test_what_is_no_rule_is_refused_in_a_sentence(rule, said, recwarn):
    with pytest.raises(ValueError, match=said):
        check_rule(rule)
    assert not recwarn.list


@on_small_worlds
def test_every_name_of_a_rule_is_the_attribute_of_that_name(world, rules):
    rules = rules._replace(resilience=rules_of(Scenario()).resilience)  # whose weights sum to 1
    row, known = world.people.row_of[0], names(model_of(world, rules).people[0])
    for name in NAMES:
        table, _, part = name.partition(".")
        value = getattr(known[table], part) if part else known[table]
        if isinstance(value, bool):
            rule = name if value else f"not {name}"
        elif math.isnan(value):
            rule = f"not {name} <= 1 and not {name} > -1"
        else:
            rule = f"{float(value) - 1e-9!r} < {name} < {float(value) + 1e-9!r}"
        assert who_meets(rule, world, rules)[row], rule


@pytest.mark.parametrize("written", [0.42, 0.85, 0.1])
def test_a_rule_and_the_agents_agree_at_the_threshold(written):
    """What rests in single precision is compared in double, wherever it is compared."""
    model = PeerSupportModel(people=20, burn_in=0, rng=1)
    model.agents.set("stress", written)
    people, ties = model.world.people, model.world.ties
    found = eligible(f"stress >= {written}", people, ties, lambda: None)
    assert found.tolist() == (model.agents.array("stress") >= written).tolist()
    assert found.tolist() == [agent.stress >= written for agent in model.agents]
