"""The panel that shows how the difference in stress unfolds, day by day."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np

from peersim.analysis.comparison import Comparison, timeline_band
from peersim.report.style import look, readable


def draw_unfolding(axes: Any, result: Comparison) -> None:
    """A line for each arm; the days of their programmes are shaded or, where they differ, the ends are marked."""
    days = np.concatenate([[0], result.days])  # on the morning of day 0 the arms are the same world
    spans = {
        name: {(p.start, p.end) for p in scenario.programmes if p.start < days[-1]}
        for name, scenario in result.scenarios.items()
    }
    together = set().union(*spans.values())
    paleness = min(0.2, 0.6 / len(result.arms[1:]))
    for k, arm in enumerate(result.arms[1:]):
        colour, line, marker = look(k)
        band = timeline_band(result, arm.name, result.arms[0].name)
        middle, half = (np.concatenate([[0.0], values]) for values in band)
        axes.plot(days, middle, color=colour, linestyle=line)
        if np.isfinite(half).all():
            axes.fill_between(days, middle - half, middle + half, color=colour, alpha=paleness, linewidth=0)
        if len(together) > 1:
            ends = [end - 1 for _, end in spans[arm.name] if end - 1 <= days[-1]]
            axes.plot(ends, np.interp(ends, days, middle), marker, color=colour)
    axes.axhline(0, color="0.5", linewidth=0.8)
    shaded = together if len(together) == 1 else set()
    for start, end in shaded:
        axes.axvspan(start, min(end, days[-1]), color="0.93", zorder=0)
    told = " (shaded: programme runs)" if shaded else " (marked: programme ends)" if together else ""
    axes.set_xlabel(f"day{told}")
    axes.set_ylabel("difference in PSS-10 points")
    title = textwrap.fill(f"Stress, against {readable(result.arms[0].name)}", 60)
    axes.set_title(f"{title}\n{_who(result)}", fontsize=10)


def _who(result: Comparison) -> str:
    n_offering = sum(arm.dose["offered"] > 0 for arm in result.arms)
    if n_offering == 0:
        return "everyone"
    return "people to whom a programme was offered" if n_offering == 1 else "people offered a programme in any arm"
