"""The table of later arms against earlier ones, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from peersim.analysis.comparison import Comparison
from peersim.report.effects_table import UNITS, evenings, has_one_window, outcomes_shown, words
from peersim.report.grid import Row, grid
from peersim.report.words import BETWEEN_PROGRAMMES, POPULATION_WORDS

Pair = tuple[str, str]


def between_arms_table(result: Comparison) -> Iterator[str]:
    """A column for the one pair of three arms; a row for each pair of more, under each outcome; nothing for two."""
    pairs = [(arm, other) for arm, other in result.windows if other != result.arms[0].name]
    if not pairs:
        return
    has_both = all(arm.dose["offered"] for arm in result.arms[1:])
    population = _population(result, pairs)
    corner = f"between arms, {(BETWEEN_PROGRAMMES if has_both else POPULATION_WORDS)[population]}"
    told = {(one.outcome, one.arm, one.reference): words(one) for one in result.found if one.population == population}
    days = {pair: "" if has_one_window(result) else evenings(result, *pair) for pair in pairs}
    rows: list[Row] = []
    if len(pairs) == 1:
        [(arm, other)] = pairs
        heads = [f"{arm} − {other}\n{days[arm, other]}".strip()]
        rows = [(f"  {outcome.replace('_', ' ')}", [told[outcome, arm, other]]) for outcome in outcomes_shown(result)]
    else:
        heads = ["first minus second", ""]
        for outcome in outcomes_shown(result):
            rows.append((f"{outcome.replace('_', ' ')} ({UNITS[outcome]})", ["", ""]))
            rows += [(f"  {a} − {b}", [told.get((outcome, a, b), "–"), days[a, b]]) for a, b in pairs]
    yield ""
    yield from grid(corner, heads, rows)


def _population(result: Comparison, pairs: list[Pair]) -> str:
    """Those who were offered something, or everyone where nobody was."""
    present = {one.population for one in result.found if (one.arm, one.reference) in pairs}
    return "offered" if "offered" in present else "everyone"
