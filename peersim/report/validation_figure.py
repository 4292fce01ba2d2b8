"""The figure of a board, a forest plot: every band equally wide, the model's value in it, beside it, or far away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peersim.report.style import COLOURS, new_figure, readable, save
from peersim.report.words import band_in_words, digits_for, with_interval
from peersim.validation.band import UNVERIFIED
from peersim.validation.board import UNDEFINED, Board, Row

LEFT, RIGHT, MARGIN = -1.25, 2.25, 0.08
"""The ends of the panel, in bands: a band reaches from 0 to 1, and what lies further out is drawn near the end."""
GOOD, BAD = COLOURS[0], COLOURS[1]
_BAND, _UNVERIFIED_BAND = "#BFD9E8", "#E0E0E0"
_ROW_HEIGHT, _HEADING = 0.2, 1.6
_WIDTH, _USUAL_LABEL, _LETTER = 11.0, 35, 0.07


def draw_validation(board: Board, folder: Path) -> list[Path]:
    """Write validation.png and validation.svg."""
    at = _heights(board)
    lowest = min(at.values())
    longest = max(len(row.label) for row in board.rows)
    width = _WIDTH + _LETTER * max(0, longest - _USUAL_LABEL)
    with new_figure(width, 1.2 + _ROW_HEIGHT * -lowest) as figure:
        axes, beside = figure.subplots(1, 2, sharey=True, width_ratios=(1.0, 0.92))
        for heading, y in ((name, y) for name, y in at.items() if isinstance(name, str)):
            axes.text(LEFT, y, heading, fontweight="bold", va="center")
        for row in board.rows:
            _draw(axes, row, at[id(row)])
            _write(beside, row, at[id(row)])
        axes.set_yticks([at[id(row)] for row in board.rows], [row.label for row in board.rows])
        for label, row in zip(axes.get_yticklabels(), board.rows, strict=True):
            if row.is_judged and not row.is_met:
                label.set(color=BAD, fontweight="bold")
        _finish(axes, beside, lowest)
        seeds = f"{len(board.seeds)} seeds" if len(board.seeds) > 1 else f"seed {board.seeds[0]}"
        figure.suptitle(f"{readable(board.name)}, {board.people:,} people, {seeds}: {board.count}", fontsize=11)
        _legend(figure)
        return save(figure, folder, "validation")


def _heights(board: Board) -> dict[str | int, float]:
    """Where each heading (by its words) and each row (by its id) stands, from 0 downwards."""
    at: dict[str | int, float] = {}
    y = 0.0
    for group, rows in board.groups.items():
        at[group] = y
        for row in rows:
            y -= 1.0
            at[id(row)] = y
        y -= _HEADING
    return at


def _draw(axes: Any, row: Row, y: float) -> None:
    """Band, interval and value, each of them in bands."""
    if not row.is_judged or row.value != row.value:
        said = UNDEFINED if row.is_judged else "no band"
        axes.text(0.5, y, said, va="center", ha="center", color=_ink(row), style="italic")
        return
    low, high = (LEFT if row.band.low is None else 0.0), (RIGHT if row.band.high is None else 1.0)
    is_unverified = row.band.known_by == UNVERIFIED
    axes.barh(
        y, high - low, left=low, height=0.72, color=_UNVERIFIED_BAND if is_unverified else _BAND,
        hatch="////" if is_unverified else "", edgecolor="white", linewidth=0,
    )  # fmt: skip
    colour = GOOD if row.is_met else BAD
    if row.low == row.low:
        ends = [min(RIGHT, max(LEFT, in_bands(row, end))) for end in (row.low, row.high)]
        axes.plot(ends, [y, y], color=colour, linewidth=1.6, solid_capstyle="butt")
    x = in_bands(row, row.value)
    marker = "<" if x < LEFT + MARGIN else ">" if x > RIGHT - MARGIN else "o" if row.is_met else "X"
    axes.plot(
        min(RIGHT - MARGIN, max(LEFT + MARGIN, x)), y, marker, color=colour, markersize=6.5 if marker == "X" else 5.5,
        markerfacecolor="white" if row.crosses_edge else colour, zorder=3,
    )  # fmt: skip


def _write(beside: Any, row: Row, y: float) -> None:
    """The real numbers: what the model gives, and the band in its unit."""
    numbers = with_interval(row.value, row.low, row.high, digits_for(row.unit))
    beside.text(0.46, y, numbers, va="center", ha="right", color=_ink(row))
    beside.text(0.49, y, f"{band_in_words(row.band.low, row.band.high)}  {row.unit}", va="center")


def _ink(row: Row) -> str:
    return "black" if row.is_met or not row.is_judged else BAD


def in_bands(row: Row, value: float) -> float:
    """Where a value lies if the band reaches from 0 to 1; an open band has its value half a band from its edge."""
    low, high = row.band.low, row.band.high
    if low is not None and high is not None:
        return (value - low) / (high - low or 1.0)
    edge = row.band.edges[0]
    return (0.0 if high is None else 1.0) + 0.5 * (value - edge) / (abs(row.value - edge) or 1.0)


def _finish(axes: Any, beside: Any, lowest: float) -> None:
    axes.set_xlim(LEFT, RIGHT)
    axes.set_ylim(lowest - 0.8, 0.8)
    for edge in (0.0, 1.0):
        axes.axvline(edge, color="0.6", linewidth=0.6, zorder=0)
    axes.set_xticks([0.0, 1.0], ["low end", "high end"])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("all bands are drawn equally wide; beside an open end the value stands half a band from the edge")
    beside.set_axis_off()
    beside.text(0.46, 0.0, "model [95 % interval]", ha="right", va="center", fontweight="bold")
    beside.text(0.49, 0.0, "band", va="center", fontweight="bold")


def _legend(figure: Any) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    marks = (
        ("o", GOOD, GOOD, "met"),
        ("o", GOOD, "white", "met, interval crosses an edge"),
        ("X", BAD, BAD, "missed"),
        ("X", BAD, "white", "missed, interval crosses an edge"),
        (">", BAD, BAD, "missed, further out than drawn"),
    )
    handles: list[Any] = [
        Line2D([], [], linestyle="", marker=marker, color=colour, markerfacecolor=face, markersize=6, label=label)
        for marker, colour, face, label in marks
    ]
    handles += [
        Patch(facecolor=_BAND, label="band"),
        Patch(facecolor=_UNVERIFIED_BAND, hatch="////", edgecolor="white", linewidth=0, label="band, unverified"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=4)
