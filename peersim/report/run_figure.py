"""The figure of a run: how the main outcomes of the whole community move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from peersim.analysis.single import SingleRun
from peersim.outcomes import NAMES, OUTCOMES
from peersim.report.style import COLOURS, new_figure, readable, save
from peersim.report.words import MAIN_OUTCOMES

_UNITS = {outcome.name: outcome.unit for outcome in OUTCOMES}


def draw_run(result: SingleRun, folder: Path) -> list[Path]:
    """Write run.png and run.svg."""
    with new_figure(9, 5.6) as figure:
        panels = figure.subplots(2, 2, sharex=True)
        for axes, name in zip(panels.flat, MAIN_OUTCOMES, strict=True):
            _panel(axes, result, name)
        for axes in panels[1]:
            axes.set_xlabel("day" + (" (shaded: programme runs)" if result.scenario.programmes else ""))
        seeds = f"{len(result.seeds)} seeds, thin lines" if len(result.seeds) > 1 else f"seed {result.seeds[0]}"
        figure.suptitle(f"{readable(result.name)}: means over {result.people:,} people, {seeds}", fontsize=11)
        return save(figure, folder, "run")


def _panel(axes: Any, result: SingleRun, name: str) -> None:
    """One outcome over time, on a scale that does not blow up what hardly moves."""
    value = result.mean[:, :, NAMES.index(name)]
    if len(result.seeds) > 1:
        axes.plot(result.days, value.T, color=COLOURS[0], linewidth=0.7, alpha=0.35)
    axes.plot(result.days, value.mean(axis=0), color=COLOURS[0], linewidth=1.8)
    for p in result.scenario.programmes:
        if p.start < result.days[-1]:
            axes.axvspan(p.start, min(p.end, int(result.days[-1])), color="0.93", zorder=0)
    middle = float(value.mean())
    half = max(float(np.ptp(value)), 0.02 * abs(middle), 1e-3)
    axes.set_ylim(middle - half, middle + half)
    axes.set_title(readable(name))
    axes.set_ylabel(_UNITS[name])
