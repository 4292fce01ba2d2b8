"""The figure of a run: how the main outcomes of the whole community move."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from peersim.analysis.single import SingleRun
from peersim.outcomes import NAMES, OUTCOMES
from peersim.report.style import COLOURS, pyplot, readable, save
from peersim.report.words import MAIN_OUTCOMES

_UNITS = {outcome.name: outcome.unit for outcome in OUTCOMES}


def draw_run(result: SingleRun, folder: Path) -> list[Path]:
    """Write run.png and run.svg."""
    plt = pyplot()
    figure, panels = plt.subplots(2, 2, figsize=(9, 5.6), sharex=True, layout="constrained")
    for axes, name in zip(panels.flat, MAIN_OUTCOMES, strict=True):
        k = NAMES.index(name)
        for one in result.mean[:, :, k]:
            axes.plot(result.days, one, color=COLOURS[0], linewidth=0.7, alpha=0.35 if len(result.seeds) > 1 else 0.0)
        axes.plot(result.days, result.mean[:, :, k].mean(axis=0), color=COLOURS[0], linewidth=1.8)
        for p in result.scenario.programmes:
            axes.axvspan(p.start, min(p.end, int(result.days[-1])), color="0.93", zorder=0)
        spread = float(np.ptp(result.mean[:, :, k]))
        middle = float(result.mean[:, :, k].mean())
        half = max(spread, 0.02 * abs(middle), 1e-3)
        axes.set_ylim(middle - half, middle + half)
        axes.set_title(readable(name))
        axes.set_ylabel(_UNITS[name])
    for axes in panels[1]:
        axes.set_xlabel("day" + (" (shaded: programme runs)" if result.scenario.programmes else ""))
    seeds = f"{len(result.seeds)} seeds, thin lines" if len(result.seeds) > 1 else f"seed {result.seeds[0]}"
    figure.suptitle(f"{readable(result.name)}: means over {result.people:,} people, {seeds}", fontsize=11)
    return save(figure, folder, "run")
