"""The table of what differs from the reference, as lines of text: a column for each arm."""

from __future__ import annotations

from collections.abc import Iterator

from peersim.analysis.comparison import Comparison
from peersim.analysis.contrasts import Contrast
from peersim.outcomes import OUTCOMES
from peersim.report.grid import Row, grid
from peersim.report.words import BETWEEN_PROGRAMMES, MAIN_OUTCOMES, POPULATION_WORDS, digits_for, number

UNITS = {outcome.name: outcome.unit for outcome in OUTCOMES}
FOR_COUPLES = ("satisfaction", "communication")
"""Shown as well where a programme is for couples."""


def outcomes_shown(result: Comparison) -> tuple[str, ...]:
    """The main outcomes, and those of couples where a programme is for them."""
    programmes = [programme for scenario in result.scenarios.values() for programme in scenario.programmes]
    return MAIN_OUTCOMES + (FOR_COUPLES if any(programme.is_for_couples for programme in programmes) else ())


def effects_table(result: Comparison) -> Iterator[str]:
    """Differences of the main outcomes from the reference, with 95 % intervals and d."""
    reference = result.arms[0].name
    others = [arm.name for arm in result.arms[1:]]
    found = {(one.arm, one.outcome, one.population): one for one in result.found if one.reference == reference}
    rows: list[Row] = [
        (title, [words(found.get((arm, outcome, population))) if population else "" for arm in others])
        for outcome, population, title in _rows(result)
    ]
    heads = [arm if has_one_window(result) else f"{arm}\n{evenings(result, arm, reference)}" for arm in others]
    yield from grid(f"difference from {reference}", heads, rows)
    yield "  mean [95 % interval over seeds] and d, in standard deviations between people of the reference arm;"
    yield "  the interval says how well the model's own answer is known, not whether the model is right"


def populations_shown(result: Comparison) -> dict[str, str]:
    """Whom the effects are about, and what they are called; everyone only where an arm has no other effects."""
    found = [one for one in result.found if one.reference == result.arms[0].name]
    present = {one.population for one in found}
    told = {one.arm for one in found if one.population != "everyone"}
    if len(told) == len(result.arms) - 1:
        present.remove("everyone")
    called = BETWEEN_PROGRAMMES if all(arm.dose["offered"] for arm in result.arms) else POPULATION_WORDS
    return {population: name for population, name in called.items() if population in present}


def _rows(result: Comparison) -> Iterator[tuple[str, str, str]]:
    """Outcome, population and title of each row; a row without population is a heading."""
    headings = {outcome: f"{outcome.replace('_', ' ')} ({UNITS[outcome]})" for outcome in outcomes_shown(result)}
    headings["share_worse_off"] = "more than 5 PSS-10 points worse off (share of people)"
    for outcome, heading in headings.items():
        yield outcome, "", heading
        for population, called in populations_shown(result).items():
            yield outcome, population, f"  {called}"


def words(one: Contrast | None) -> str:
    """A difference with its interval and d; a dash where there is none."""
    if one is None:
        return "–"
    digits = digits_for(one.unit)
    text = f"{number(one.difference, digits, sign=True)} "
    text += f"[{number(one.low, digits)}, {number(one.high, digits)}]"
    return text + (f"  d {number(one.d, 2, sign=True)}" if one.d == one.d else "")


def has_one_window(result: Comparison) -> bool:
    """Whether all effects are measured over the same evenings."""
    return len(set(result.windows.values())) == 1


def evenings(result: Comparison, arm: str, reference: str) -> str:
    """The evenings over which two arms are contrasted."""
    first, end = result.windows[arm, reference]
    return f"days {first} to {end - 1}"
