"""The table of a comparison, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peersim.analysis.comparison import Comparison
from peersim.analysis.contrasts import Contrast
from peersim.outcomes import OUTCOMES
from peersim.report.words import (
    BETWEEN_PROGRAMMES,
    MAIN_OUTCOMES,
    NO_FORECAST,
    POPULATION_WORDS,
    digits_for,
    number,
    wrapped,
)

_UNITS = {outcome.name: outcome.unit for outcome in OUTCOMES}
_DOSE = (
    ("people offered", "offered", 0),
    ("people who accepted", "accepted", 0),
    ("people who attended", "attended", 0),
    ("sessions held", "sessions", 0),
    ("contact minutes per person offered", "minutes_received", 0),
    ("leaders' minutes per person offered", "minutes_given", 0),
)


def comparison_table(result: Comparison) -> str:
    """Differences of the main outcomes with 95 % intervals and d, doses, and what must be said with them."""
    return "\n".join(_lines(result))


def _lines(result: Comparison) -> Iterator[str]:
    reference = result.arms[0].name
    others = [arm.name for arm in result.arms[1:]]
    yield result.summary + (f" (seed {result.seeds[0]})" if len(result.seeds) > 1 else "")
    scenario = result.scenarios[reference]
    yield (
        f"{len(result.seeds)} seed{'s' if len(result.seeds) > 1 else ''}, {scenario.run.burn_in} days of burn-in and "
        f"{scenario.run.days} days; {_measured(result)}"
    )
    yield ""
    yield from _grid(
        f"difference from {reference}",
        others,
        [
            (title, [_cell(result.found, arm, reference, outcome, population) for arm in others])
            for outcome, population, title in _rows(result)
        ],
    )
    yield "  mean [95 % interval over seeds] and d, in standard deviations between people of the reference arm;"
    yield "  the interval says how well the model's own answer is known, not whether the model is right"
    pairs = [(one.arm, one.reference) for one in result.found if one.reference != reference]
    if pairs:
        yield ""
        yield from _pairs(result, list(dict.fromkeys(pairs)))
    given = [arm.name for arm in result.arms if arm.dose["offered"] or arm.name in others]
    if any(arm.dose["offered"] for arm in result.arms):
        yield ""
        yield from _grid(
            "dose (means over seeds)",
            given,
            [(title, [number(_dose(result, arm)[key], digits) for arm in given]) for title, key, digits in _DOSE],
        )
    for note in (*result.notes, NO_FORECAST):
        yield ""
        yield from wrapped(note)


def _measured(result: Comparison) -> str:
    windows = {(one.arm, one.reference): result.windows[one.arm, one.reference] for one in result.found}
    if len(set(windows.values())) == 1:
        first, end = next(iter(windows.values()))
        return f"effects are means of days {first} to {end - 1}"
    each = (f"{arm} against {other} days {first} to {end - 1}" for (arm, other), (first, end) in windows.items())
    return f"effects are means of: {', '.join(each)}"


def _rows(result: Comparison) -> Iterator[tuple[str, str, str]]:
    """Outcome, population and title of each row; a row without population is a heading."""
    present = {one.population for one in result.found if one.reference == result.arms[0].name}
    populations = [p for p in POPULATION_WORDS if p in present and (p != "everyone" or present == {"everyone"})]
    words = BETWEEN_PROGRAMMES if result.arms[0].dose["offered"] else POPULATION_WORDS
    for outcome in MAIN_OUTCOMES:
        yield outcome, "", f"{outcome.replace('_', ' ')} ({_UNITS[outcome]})"
        for population in populations:
            yield outcome, population, f"  {words[population]}"
    yield "share_worse_off", "", "more than 5 PSS-10 points worse off (share of people)"
    for population in populations:
        yield "share_worse_off", population, f"  {words[population]}"


def _cell(found: Sequence[Contrast], arm: str, reference: str, outcome: str, population: str) -> str:
    for one in found:
        if (one.arm, one.reference, one.outcome, one.population) == (arm, reference, outcome, population):
            return _words(one)
    return "" if not population else "–"


def _words(one: Contrast) -> str:
    digits = digits_for(one.unit)
    text = f"{number(one.difference, digits, sign=True)} "
    text += f"[{number(one.low, digits)}, {number(one.high, digits)}]"
    return text + (f"  d {number(one.d, 2, sign=True)}" if one.d == one.d else "")


def _pairs(result: Comparison, pairs: list[tuple[str, str]]) -> Iterator[str]:
    """Later arms against earlier ones, among people offered both."""
    populations = {one.population for one in result.found if (one.arm, one.reference) in pairs}
    population = "offered" if "offered" in populations else "everyone"
    heads = [f"{arm} − {other}" for arm, other in pairs]
    rows = [
        (
            f"  {outcome.replace('_', ' ')}",
            [_cell(result.found, arm, other, outcome, population) for arm, other in pairs],
        )
        for outcome in MAIN_OUTCOMES
    ]
    corner = f"between arms, {BETWEEN_PROGRAMMES[population]}"
    yield from _grid(corner, heads, rows)


def _dose(result: Comparison, name: str) -> dict[str, float]:
    return next(arm.dose for arm in result.arms if arm.name == name)


def _grid(corner: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """A table with a title column and right-aligned cells."""
    first = max(len(corner), *(len(title) for title, cells in rows if any(cells)))
    widths = [max(len(head), *(len(cells[k]) for _, cells in rows)) for k, head in enumerate(heads)]
    yield "  ".join([corner.ljust(first), *(head.rjust(width) for head, width in zip(heads, widths, strict=True))])
    yield "─" * (first + sum(widths) + 2 * len(widths))
    for title, cells in rows:
        if any(cells):
            padded = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
            yield "  ".join([title.ljust(first), *padded])
        else:
            yield title
