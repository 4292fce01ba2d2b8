"""How close people are, and how far they trust each other, on the first morning."""

from __future__ import annotations

from peersim.parameters import Parameters, param


class StartingTies(Parameters):
    """Closeness and trust of the ties that a world starts with."""

    partner_closeness: float = param(
        0.85, unit="closeness", within=(0, 1), doc="closeness of couples", source="calibrated"
    )
    least_closeness: float = param(
        0.07, unit="closeness", within=(0, 1), doc="closeness of the loosest other ties", source="calibrated"
    )
    spread: float = param(
        0.4, unit="closeness", within=(0, 1), doc="how much closer the closest are (of the square of a uniform draw)",
        source="calibrated",
    )
    similarity: float = param(
        0.1, unit="closeness per similarity", within=(0, 1), doc="how much closer like people are",
        source="calibrated",
    )
    trust_sd: float = param(
        0.1, unit="trust", within=(0, 1), doc="spread of trust around closeness, each way its own",
        source="calibrated",
    )
