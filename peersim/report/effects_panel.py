"""The panel that shows every effect with its interval, a row for each population, under each outcome."""

from __future__ import annotations

from typing import Any

from peersim.analysis.comparison import Comparison
from peersim.analysis.contrasts import Contrast
from peersim.report.effects_table import evenings, has_one_window, outcomes_shown, populations_shown
from peersim.report.style import look, readable

_STEP = 0.28
"""From one arm's effect to the next one's below it, in rows of at most two arms."""


def row_height(n_arms: int) -> float:
    """How high a row has to be for so many effects, in rows of at most two."""
    return max(1.0, _STEP * (n_arms - 1) + 0.7)


def draw_effects(axes: Any, result: Comparison) -> None:
    """The effects of all arms on the main outcomes, in d."""
    called = populations_shown(result)
    arms = [arm.name for arm in result.arms[1:]]
    height = row_height(len(arms))
    outcomes = outcomes_shown(result)
    rows = [(outcome, population) for outcome in outcomes for population in called]
    at = {row: -(height * k + 0.8 * outcomes.index(row[0])) for k, row in enumerate(rows)}
    for one in result.found:
        if one.reference == result.arms[0].name and (one.outcome, one.population) in at:
            k = arms.index(one.arm)
            _effect(axes, one, at[one.outcome, one.population] + _STEP * ((len(arms) - 1) / 2 - k), k)
    axes.axvline(0, color="0.5", linewidth=0.8)
    axes.set_yticks([at[row] for row in rows], [called[population] for _, population in rows])
    across = axes.get_yaxis_transform()
    for outcome in outcomes:
        top = at[outcome, next(iter(called))] + height / 2 + 0.12
        axes.text(0.01, top, readable(outcome), transform=across, fontweight="bold", va="center")
    axes.set_ylim(min(at.values()) - height / 2 - 0.2, height / 2 + 0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("effect in standard deviations between people (d), 95 % interval")
    one_window = evenings(result, *next(iter(result.windows))) if has_one_window(result) else ""
    axes.set_title(f"Effects, {one_window or 'last week of each programme'}")


def _effect(axes: Any, one: Contrast, y: float, k: int) -> None:
    colour, _, marker = look(k)
    axes.plot([one.d_low, one.d_high], [y, y], color=colour, linewidth=1.6)
    axes.plot(one.d, y, marker, color=colour, markersize=4.5)
