"""The table of a comparison, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from peersim.analysis.comparison import Comparison
from peersim.report.between_arms_table import between_arms_table
from peersim.report.effects_table import effects_table, evenings, has_one_window
from peersim.report.grid import grid
from peersim.report.structure_table import structure_table
from peersim.report.words import NO_FORECAST, number, wrapped

_DOSE = (
    ("people offered", "offered"),
    ("people who accepted", "accepted"),
    ("people who attended", "attended"),
    ("people waiting at the end", "waiting"),
    ("sessions held", "sessions"),
    ("contact minutes per person offered", "minutes_received"),
    ("leaders' minutes per person offered", "minutes_given"),
)


def comparison_table(result: Comparison) -> str:
    """Differences of the main outcomes with 95 % intervals and d, doses, and what must be said with them."""
    return "\n".join(_lines(result))


def _lines(result: Comparison) -> Iterator[str]:
    reference = result.arms[0].name
    run = result.scenarios[reference].run
    seeds = f"{len(result.seeds)} seed{'s' if len(result.seeds) > 1 else ''}"
    yield from wrapped(result.summary + (f" (seed {result.seeds[0]})" if len(result.seeds) > 1 else ""))
    yield f"{seeds}, {run.burn_in} days of burn-in and {run.days} days; effects are means of {_measured(result)}"
    yield ""
    yield from structure_table({arm.name: arm.structure for arm in result.arms}, run.days)
    yield ""
    yield from effects_table(result)
    yield from between_arms_table(result)
    yield from _doses(result)
    for note in (*result.notes, NO_FORECAST):
        yield ""
        yield from wrapped(note)


def _measured(result: Comparison) -> str:
    return evenings(result, *next(iter(result.windows))) if has_one_window(result) else "the days named with each arm"


def _doses(result: Comparison) -> Iterator[str]:
    """What each arm's programmes gave; nothing where nobody was offered any."""
    if any(arm.dose["offered"] for arm in result.arms):
        given = [arm for k, arm in enumerate(result.arms) if arm.dose["offered"] or k > 0]
        told = [(title, key) for title, key in _DOSE if key != "waiting" or any(arm.dose[key] for arm in given)]
        rows = [(title, [number(arm.dose[key], 0) for arm in given]) for title, key in told]
        yield ""
        yield from grid("dose (means over seeds)", [arm.name for arm in given], rows)
