"""How figures look: colours that colour-blind readers can tell apart, never colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "D", "^", "v", "P", "X")
LINES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))


_DEFAULTS: Any = {
    "font.size": 9, "axes.titlesize": 10, "axes.titleweight": "bold", "axes.titlelocation": "left",
    "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False, "svg.hashsalt": "peersim",
}  # fmt: skip


@contextmanager
def new_figure(width: float, height: float) -> Iterator[Any]:
    """An empty figure of so many inches in our style, which leaves the user's own settings alone."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_DEFAULTS):
        yield Figure(figsize=(width, height), dpi=150, layout="constrained")


def save(figure: Any, folder: Path, name: str) -> list[Path]:
    """Write a figure as PNG and SVG, laid out once for both; the same figure gives the same bytes."""
    figure.get_layout_engine().execute(figure)
    figure.set_layout_engine("none")
    files = [folder / f"{name}.png", folder / f"{name}.svg"]
    figure.savefig(files[0], metadata={"Software": None})
    figure.savefig(files[1], metadata={"Date": None})
    return files


def look(k: int) -> tuple[str, Any, str]:
    """Colour, line and marker of the k-th thing in a figure; after 7 a colour comes again with another marker."""
    n = len(COLOURS)
    return COLOURS[k % n], LINES[(k + k // n) % n], MARKERS[(k + k // n) % n]


def readable(name: str) -> str:
    """`support_group` as "support group"."""
    return name.replace("_", " ")
