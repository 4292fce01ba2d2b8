"""How tables and figures name things."""

from __future__ import annotations

import textwrap

WIDTH = 100
"""Characters in the lines of a report, at most."""

MAIN_OUTCOMES = ("stress", "resilience", "relational_satisfaction", "loneliness")
"""Shown first; the others are in the files."""

POPULATION_WORDS = {
    "offered": "people offered",
    "attended": "people who attended",
    "not_offered": "people never offered",
    "everyone": "everyone",
}


BETWEEN_PROGRAMMES = {
    "offered": "people offered both",
    "attended": "of them, who attended either",
    "not_offered": "people offered neither",
    "everyone": "everyone",
}
"""The same populations where both arms have a programme."""

NO_FORECAST = "peersim explains and compares; it does not predict anyone's health."
"""What every report has to say."""


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """A sentence in lines that fit a terminal."""
    return textwrap.wrap(text, width, break_on_hyphens=False)


def some(n: int, what: str) -> str:
    """`3 points`, `1 point`."""
    return f"{n:,} {what}{'s' * (n != 1)}"


def number(value: float, digits: int = 2, sign: bool = False) -> str:
    """A number for a table, with a true minus sign; a dash where there is none."""
    if value != value:
        return "–"
    text = f"{value:+,.{digits}f}" if sign else f"{value:,.{digits}f}"
    if float(text.replace(",", "")) == 0.0:
        text = text.lstrip("+-")
    return text.replace("-", "−")


def digits_for(unit: str) -> int:
    """Decimals that mean something in this unit: fewer on long scales."""
    return 2 if "points" in unit and "BRS" not in unit else 3


def band_in_words(low: float | None, high: float | None) -> str:
    """`12 to 16`, or `≥ 0` where one end is open; a dash where both are."""
    if low is not None and high is not None:
        return f"{low:g} to {high:g}".replace("-", "−")
    edge = f"≥ {low:g}" if low is not None else f"≤ {high:g}" if high is not None else "–"
    return edge.replace("-", "−")


def with_interval(value: float, low: float, high: float, digits: int) -> str:
    """`13.04 [12.70, 13.38]`; without an interval the value alone."""
    text = number(value, digits)
    return text if low != low else f"{text} [{number(low, digits)}, {number(high, digits)}]"
