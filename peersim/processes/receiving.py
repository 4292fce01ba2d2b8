"""What support does for who gets it: calm, hope, skill, relief of strain, and trust; or harm if it misses."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.domains import EMOTIONAL, INFORMATIONAL, INSTRUMENTAL
from peersim.parameters import Parameters, param
from peersim.ties import find_arc


class Receiving(Parameters):
    """What one exchange of quality 1 changes in the person who is helped."""

    comfort_stress: float = param(
        0.05, unit="stress per quality", within=(0, 1), doc="stress that comfort takes away", source="assumed"
    )
    comfort_optimism: float = param(
        0.010, unit="optimism per quality", within=(0, 1), doc="hope that comfort gives", source="assumed"
    )
    advice_coping: float = param(
        0.014, unit="coping per quality", within=(0, 1), doc="coping skill that advice gives", source="assumed"
    )
    advice_stress: float = param(
        0.02, unit="stress per quality", within=(0, 1), doc="stress that advice takes away", source="assumed"
    )
    advice_load: float = param(
        0.06, unit="share of load per quality", within=(0, 1), doc="strain that advice takes away", source="assumed"
    )
    hands_stress: float = param(
        0.02, unit="stress per quality", within=(0, 1), doc="stress that practical help takes away", source="assumed"
    )
    hands_load: float = param(
        0.10, unit="share of load per quality", within=(0, 1), doc="strain that practical help takes away",
        source="assumed",
    )
    uncontrollable: float = param(
        0.3, unit="factor", within=(0, 1), doc="relief of strain that cannot be controlled; controllability adds to it",
        source="assumed",
    )
    loneliness: float = param(
        0.03, unit="loneliness per quality", within=(0, 1), doc="loneliness that any support takes away",
        source="assumed",
    )
    perceived_support: float = param(
        0.03, unit="perceived support per quality", within=(0, 1), doc="felt support gained, of what is missing",
        source="assumed",
    )
    self_esteem: float = param(
        0.012, unit="self-esteem per quality", within=(0, 1), doc="confidence that comfort or advice gives",
        source="assumed",
    )
    matched_safety: float = param(
        0.02, unit="safety", within=(0, 1), doc="safety gained when it is what was wanted, lost when it is not",
        source="assumed",
    )
    matched_trust: float = param(
        0.02, unit="trust", within=(0, 1), doc="trust gained when it is what was wanted, lost when it is not",
        source="assumed",
    )
    matched_closeness: float = param(
        0.02, unit="closeness", within=(0, 1), doc="closeness gained when it is what was wanted", source="assumed"
    )
    missed_stress: float = param(
        0.02, unit="stress", within=(0, 1), doc="stress added when it is not what was wanted", source="assumed"
    )


@compiled
def receive(
    requests: Any, n: int, change: Any, load_change: Any, closeness_change: Any, trust_change: Any, received: Any,
    support: Any, load: Any, start: Any, other: Any, controllability: Any, rules: Any,
) -> None:
    """Each accepted request changes the seeker by what was given and how well.

    All support calms, eases loneliness and is felt; comfort gives hope, advice coping skill, both of them confidence;
    advice and hands relieve strain. What was wanted builds safety, trust and closeness; what was not adds stress and
    costs safety and trust.
    """
    for r in range(n):
        if not requests.accepted[r]:
            continue
        i, e, k, q = requests.seeker[r], requests.arc[r], requests.domain[r], requests.quality[r]
        given = requests.given[r]
        grip = rules.uncontrollable + controllability[k]
        received[i] += 1
        change.loneliness[i] -= rules.loneliness * q
        change.perceived_support[i] += rules.perceived_support * q * (1.0 - support[i])
        if given == EMOTIONAL:
            change.stress[i] -= rules.comfort_stress * q
            change.optimism[i] += rules.comfort_optimism * q
        elif given == INFORMATIONAL:
            change.stress[i] -= rules.advice_stress * q
            change.coping[i] += rules.advice_coping * q
            load_change[k, i] -= load[k, i] * rules.advice_load * q * grip
        else:
            change.stress[i] -= rules.hands_stress * q
            load_change[k, i] -= load[k, i] * rules.hands_load * q * grip
        if given != INSTRUMENTAL:
            change.self_esteem[i] += rules.self_esteem * q
        if given == requests.wanted[r]:
            change.safety[i] += rules.matched_safety
            trust_change[e] += rules.matched_trust
            closeness_change[e] += rules.matched_closeness
            closeness_change[find_arc(start, other, other[e], i)] += rules.matched_closeness
        else:
            change.stress[i] += rules.missed_stress
            change.safety[i] -= rules.matched_safety
            trust_change[e] -= rules.matched_trust
