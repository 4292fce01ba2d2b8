"""The figure of a comparison: how the difference in stress unfolds, and every effect with its interval."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from peersim.analysis.comparison import Comparison, timeline_band
from peersim.analysis.contrasts import Contrast
from peersim.report.style import look, new_figure, readable, save
from peersim.report.words import MAIN_OUTCOMES, POPULATION_WORDS


def draw_comparison(result: Comparison, folder: Path) -> list[Path]:
    """Write comparison.png and comparison.svg."""
    with new_figure(10.5, 5.2) as figure:
        left, right = figure.subplots(1, 2, width_ratios=(1.0, 1.15))
        _unfolding(left, result)
        _effects(right, result)
        _legend(figure, result)
        return save(figure, folder, "comparison")


def _unfolding(axes: Any, result: Comparison) -> None:
    reference = result.arms[0].name
    is_offered = any(arm.dose["offered"] for arm in result.arms)
    for k, arm in enumerate(result.arms[1:]):
        colour, line, _ = look(k)
        middle, half = timeline_band(result, arm.name, reference)
        days = np.concatenate([[0], result.days])  # on the morning of day 0 the arms are the same world
        middle, half = np.concatenate([[0.0], middle]), np.concatenate([[0.0], half])
        axes.plot(days, middle, color=colour, linestyle=line, label=readable(arm.name))
        if np.isfinite(half).all():
            axes.fill_between(days, middle - half, middle + half, color=colour, alpha=0.2, linewidth=0)
    axes.axhline(0, color="0.5", linewidth=0.8)
    for start, end in sorted({(p.start, p.end) for s in result.scenarios.values() for p in s.programmes}):
        if start < result.days[-1]:
            axes.axvspan(start, min(end, int(result.days[-1])), color="0.93", zorder=0)
    who = "people to whom a programme was offered" if is_offered else "everyone"
    axes.set_title(f"Stress, against {readable(reference)}\n{who}", fontsize=10)
    axes.set_xlabel("day" + (" (shaded: programme runs)" if is_offered else ""))
    axes.set_ylabel("difference in PSS-10 points")


def _effects(axes: Any, result: Comparison) -> None:
    reference = result.arms[0].name
    shown = [one for one in result.found if one.reference == reference and one.outcome in MAIN_OUTCOMES]
    populations = [p for p in POPULATION_WORDS if any(one.population == p for one in shown)]
    if populations != ["everyone"]:
        populations = [p for p in populations if p != "everyone"]
    arms = [arm.name for arm in result.arms[1:]]
    rows = [(outcome, population) for outcome in MAIN_OUTCOMES for population in populations]
    at = {row: -(k + 0.8 * MAIN_OUTCOMES.index(row[0])) for k, row in enumerate(rows)}
    for one in shown:
        if (one.outcome, one.population) in at:
            _effect(axes, one, at[one.outcome, one.population], arms.index(one.arm), len(arms))
    axes.axvline(0, color="0.5", linewidth=0.8)
    axes.set_yticks([at[row] for row in rows], [POPULATION_WORDS[population] for _, population in rows])
    across = axes.get_yaxis_transform()
    for outcome in MAIN_OUTCOMES:
        top = at[outcome, populations[0]]
        axes.text(0.0, top + 0.62, readable(outcome), transform=across, fontweight="bold", va="center")
    axes.set_ylim(min(at.values()) - 0.7, 1.0)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("effect in standard deviations between people (d), 95 % interval")
    axes.set_title("Effects at the end of the programme" if any(a.dose["offered"] for a in result.arms) else "Effects")


def _effect(axes: Any, one: Contrast, y: float, k: int, n_arms: int) -> None:
    colour, _, marker = look(k)
    y += 0.28 * ((n_arms - 1) / 2 - k)
    axes.plot([one.d_low, one.d_high], [y, y], color=colour, linewidth=1.6)
    axes.plot(one.d, y, marker, color=colour, markersize=4.5)


def _legend(figure: Any, result: Comparison) -> None:
    from matplotlib.lines import Line2D

    handles = []
    for k, arm in enumerate(result.arms[1:]):
        colour, line, marker = look(k)
        label = _dose_words(arm.name, arm.dose)
        handles.append(Line2D([], [], color=colour, linestyle=line, marker=marker, markersize=5, label=label))
    figure.legend(handles=handles, loc="outside lower center", ncols=min(3, len(handles)))


def _dose_words(name: str, dose: dict[str, float]) -> str:
    if not dose["offered"]:
        return readable(name)
    return f"{readable(name)} ({dose['minutes_received']:.0f} contact minutes per person offered)"
