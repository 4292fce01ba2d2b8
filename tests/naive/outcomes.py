"""What is measured of a person, and of many."""

import math

from tests.naive.strain import resilience
from tests.naive.town import friends


def measure(town, r):
    """Every outcome of every person, by name and number."""
    resilient = resilience(town, r)
    found = {}
    for i, person in town.people.items():
        ties = [town.ties[i, j] for j in friends(town, i)]
        close = sum(tie.closeness for tie in ties)
        found[i] = {
            "stress": 40 * person.stress,
            "resilience": 1 + 4 * resilient[i],
            "loneliness": 20 + 60 * person.loneliness,
            "satisfaction": 161 * person.satisfaction,
            "communication": person.communication,
            "perceived_support": person.perceived_support,
            "belonging": person.belonging,
            "safety": 1 + 6 * person.safety,
            "self_esteem": person.self_esteem,
            "optimism": person.optimism,
            "coping": person.coping,
            "burden": person.burden,
            "relational_satisfaction": sum(t.closeness * (t.closeness * t.trust) for t in ties) / close if close else 0,
            "closeness": close / len(ties) if ties else 0,
            "degree": len(ties),
            "support_events": person.received,
        }
    return found


def describe(values):
    """Mean and standard deviation of the whole group; not a number where there is nobody."""
    if not values:
        return math.nan, math.nan
    mean = sum(values) / len(values)
    return mean, math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
