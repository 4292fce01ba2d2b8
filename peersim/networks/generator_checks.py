"""Everything that is wrong with a generator's options, told at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from peersim.networks.errors import NetworkError, did_you_mean, in_words
from peersim.networks.generator_options import GENERATORS, Option

MOST_TIES = 50_000_000
"""More ties than this are refused: the simulation would need many gigabytes for them."""


def checked_options(kind: str, n_people: int, options: Mapping[str, float]) -> dict[str, Any]:
    """Every option of this kind with its value, whole where it is a count, in the order of the table.

    Raises NetworkError with all that is wrong, one sentence a line.
    """
    if kind not in GENERATORS:
        hint = "; it has no ties, and support passes along ties" if kind == "empty" else did_you_mean(kind, GENERATORS)
        raise NetworkError(f"network.kind = '{kind}': no such generator; there are {in_words(GENERATORS, 99)}{hint}")
    known = GENERATORS[kind]
    wrong = [
        f"network.options.{name}: {kind} has no such option; "
        f"it has {in_words(known) or 'none'}{did_you_mean(name, known)}"
        for name in options
        if name not in known
    ]
    numbers = {name: options.get(name, option.default) for name, option in known.items()}
    faults = [fault for name, option in known.items() if (fault := _fault(name, numbers[name], option))]
    wrong += faults
    if type(n_people) is not int or n_people < 2:
        wrong.append(f"population.people = {n_people}: must be a whole number, at least 2")
    elif not faults:
        numbers = {name: int(value) if known[name].is_whole else float(value) for name, value in numbers.items()}
        wrong += _misfits(kind, n_people, numbers)
    if wrong:
        raise NetworkError("\n".join(wrong))
    return numbers


def _fault(name: str, value: Any, option: Option) -> str:
    about = f"({option.unit}: {option.meaning})"
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return f"network.options.{name} = {value}: must be a number {about}"
    if not option.low <= value <= option.high:
        return f"network.options.{name} = {value}: must be between {option.low:g} and {option.high:g} {about}"
    if option.is_whole and value != int(value):
        return f"network.options.{name} = {value}: must be a whole number {about}"
    if option.is_even and value % 2:
        return f"network.options.{name} = {value}: must be even, half of them on either side {about}"
    return ""


def _misfits(kind: str, n: int, numbers: Mapping[str, Any]) -> list[str]:
    """What goes wrong between the options and the number of people."""
    wrong = []
    degree = mean_degree(kind, n, numbers)
    for name in ("degree", "new_ties", "blocks", "size"):
        most = n if name in ("blocks", "size") else n - 1
        if numbers.get(name, 0) > most:
            wrong.append(f"network.options.{name} = {numbers[name]:g}: must be at most {most:,} among {n:,} people")
    if n * degree / 2 > MOST_TIES:
        wrong.append(
            f"network.kind = '{kind}': {n:,} people would have {n * degree / 2:,.0f} ties, more than "
            f"{MOST_TIES:,}; take fewer people or a lower degree"
        )
    if kind == "random_regular" and n * numbers["degree"] % 2:
        wrong.append(
            f"network.options.degree = {numbers['degree']}: {n:,} people cannot each have so many ties, "
            "for people times ties must be even; take one more or one fewer"
        )
    if kind == "lattice" and not _fits(n, numbers["torus"]):
        near = next((m for k in range(1, n) for m in (n - k, n + k) if _fits(m, numbers["torus"])), 9)
        wrong.append(
            f"population.people = {n}: no grid has so many places and sides within 1 to 4; take {near}, "
            f"a grid of {sides(near)[0]} by {sides(near)[1]}"
        )
    if kind == "stochastic_block" and not wrong:
        wrong += _crowded(n, numbers)
    return wrong


def mean_degree(kind: str, n: int, options: Mapping[str, Any]) -> float:
    """About how many ties a person will have, or somewhat more."""
    numbers = {name: option.default for name, option in GENERATORS[kind].items()} | dict(options)
    whole = {"complete": n - 1, "lattice": 4 + 2 * numbers.get("diagonals", 0)}.get(kind, 2)
    rough = max(2 * numbers.get("new_ties", 0), numbers.get("size", 0), whole)
    return float(numbers.get("degree", rough))


def sides(n_people: int) -> tuple[int, int]:
    """The two sides of the squarest grid with this many places, the shorter first."""
    short = next(side for side in range(math.isqrt(n_people), 0, -1) if n_people % side == 0)
    return short, n_people // short


def _fits(n_people: int, torus: int) -> bool:
    short, long = sides(n_people) if n_people > 0 else (0, 0)
    return short >= 2 + torus and long <= 4 * short


def block_chances(n: int, numbers: Mapping[str, Any]) -> tuple[float, float]:
    """The chance of a tie of two people of one group, and of two groups, from degree and share within."""
    size = n / numbers["blocks"]
    inside, outside = numbers["degree"] * numbers["within"], numbers["degree"] * (1 - numbers["within"])
    return (
        inside / (size - 1) if size > 1 else math.inf * inside if inside else 0.0,
        outside / (n - size) if n > size else math.inf * outside if outside else 0.0,
    )


def _crowded(n: int, numbers: Mapping[str, Any]) -> list[str]:
    within, between = block_chances(n, numbers)
    size = n / numbers["blocks"]
    what = f"network.options.within = {numbers['within']:g}"
    inside = numbers["degree"] * numbers["within"]
    wrong = []
    if within > 1:
        wrong.append(
            f"{what}: {inside:g} ties inside a group of {size:g} people are too many; "
            "take fewer blocks, a lower degree or a lower share"
        )
    if between > 1:
        wrong.append(
            f"{what}: {numbers['degree'] - inside:g} ties to the {n - size:g} people of other groups are too "
            "many; raise the share, or lower the degree"
        )
    return wrong
