"""A rule of eligibility as Python itself reads it."""

import math

from tests.reference.words import DOMAINS, STATES

PLAIN = (*STATES, "resilience", "age", "culture", "skill", "hardship", "special_needs")


class Strain(float):
    """Strain in all domains together as a number, and in each by its name."""

    def __new__(cls, by_domain):
        made = super().__new__(cls, sum(by_domain))
        vars(made).update(zip(DOMAINS, by_domain, strict=True))
        return made


class NoNumber(float):
    """What singles have for a couple's mean: no comparison with it holds."""

    def __ne__(self, other):
        return False

    __hash__ = float.__hash__


class Couple:
    """The mean of the two partners' states, by name."""

    def __init__(self, person):
        self.person = person

    def __getattr__(self, state):
        return NoNumber(math.nan) if self.person.partner is None else self.person.with_partner(state)


def meets(rule, person):
    """Whether a person meets a rule this morning."""
    return bool(eval(rule.strip(), {"__builtins__": {}}, names(person)))


def names(person):
    """What a rule may speak of."""
    found = {name: getattr(person, name) for name in PLAIN}
    found |= {name: Strain(getattr(person, name)) for name in ("load", "chronic", "lived")}
    return found | {
        "partnered": person.partner is not None, "degree": len(person.ties), "couple": Couple(person),
    }  # fmt: skip
