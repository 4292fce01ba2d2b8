"""What is measured of a person, and of many."""

import math


def outcomes(person):
    """Every outcome of a person, by name."""
    ties = person.ties.values()
    close = sum(tie.closeness for tie in ties)
    good = sum(tie.closeness * (tie.closeness * tie.trust[person.number]) for tie in ties)
    return {
        "stress": 40 * person.stress,
        "resilience": 1 + 4 * person.resilience,
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
        "relational_satisfaction": good / close if close else 0,
        "closeness": close / len(ties) if ties else 0,
        "degree": len(ties),
        "support_events": person.received,
    }


def describe(values):
    """Mean and standard deviation of the whole group; not a number where there is nobody."""
    if not values:
        return math.nan, math.nan
    mean = sum(values) / len(values)
    return mean, math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
