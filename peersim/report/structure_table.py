"""The table of what becomes of the network, as lines of text: a row for each arm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from peersim.analysis.structure import Structure
from peersim.report.grid import grid
from peersim.report.words import number


def structure_table(arms: Mapping[str, Structure], days: int) -> Iterator[str]:
    """Degree and clustering as built, on day 0 and on the last day, their drift, and the share of ties kept."""
    moments = ("built", "day 0", f"day {days - 1}", "drift")
    heads = [f"degree\n{moments[0]}", *moments[1:], f"clustering\n{moments[0]}", *moments[1:], "ties\nkept"]
    rows = [(name, _cells(arm)) for name, arm in arms.items()]
    yield from grid("structure of the network", heads, rows, title_width=26)
    yield "  degree: ties a person; clustering: share of the pairs of one's friends who are tied themselves;"
    yield "  built: before the burn-in, with the ties of drawn couples; drift: of the last day against that;"
    yield "  ties kept: of those of day 0"


def _cells(arm: Structure) -> list[str]:
    return [
        *(number(degree) for degree in arm.degree),
        _percent(arm.drift["degree"], sign=True),
        *(number(share) for share in arm.clustering),
        _percent(arm.drift["clustering"], sign=True),
        _percent(arm.kept),
    ]


def _percent(share: float, sign: bool = False) -> str:
    return f"{number(100 * share, 0, sign)} %" if share == share else number(share)
