"""The figure of a comparison: how the difference in stress unfolds, and every effect with its interval."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from peersim.analysis.comparison import Comparison
from peersim.report.effects_panel import draw_effects, row_height
from peersim.report.effects_table import outcomes_shown
from peersim.report.style import look, new_figure, readable, save
from peersim.report.unfolding_panel import draw_unfolding

_LEGEND, _HANDLE = 144, 8
"""Letters that fit beside each other below the figure, and how many of them a column takes beside its label."""


def draw_comparison(result: Comparison, folder: Path) -> list[Path]:
    """Write comparison.png and comparison.svg."""
    height = 0.95 * len(outcomes_shown(result)) * row_height(len(result.arms) - 1)
    with new_figure(10.5, 1.4 + height) as figure:
        left, right = figure.subplots(1, 2, width_ratios=(1.0, 1.15))
        draw_unfolding(left, result)
        draw_effects(right, result)
        _legend(figure, result)
        return save(figure, folder, "comparison")


def _legend(figure: Any, result: Comparison) -> None:
    from matplotlib.lines import Line2D

    handles = []
    for k, arm in enumerate(result.arms[1:]):
        colour, line, marker = look(k)
        label = textwrap.fill(_dose_words(arm.name, arm.dose), _LEGEND // 2 - _HANDLE)
        handles.append(Line2D([], [], color=colour, linestyle=line, marker=marker, markersize=5, label=label))
    longest = max(len(line) for handle in handles for line in str(handle.get_label()).split("\n"))
    n_columns = min(3, len(handles), _LEGEND // (longest + _HANDLE))
    figure.legend(handles=handles, loc="outside lower center", ncols=n_columns)


def _dose_words(name: str, dose: dict[str, float]) -> str:
    if not dose["offered"]:
        return readable(name)
    return f"{readable(name)} ({dose['minutes_received']:.0f} contact minutes per person offered)"
