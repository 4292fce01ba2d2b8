"""The table of a run, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from peersim.analysis.single import SingleRun
from peersim.outcomes import OUTCOMES
from peersim.report.structure_table import structure_table
from peersim.report.words import NO_FORECAST, number, wrapped


def run_table(result: SingleRun) -> str:
    """Every outcome at the start and the end, between people, and what programmes gave."""
    return "\n".join(_lines(result))


def _lines(result: SingleRun) -> Iterator[str]:
    run = result.scenario.run
    yield from wrapped(result.summary + (f" (seed {result.seeds[0]})" if len(result.seeds) > 1 else ""))
    seeds = f"{len(result.seeds)} seeds" if len(result.seeds) > 1 else f"seed {result.seeds[0]}"
    yield f"{seeds}, {run.burn_in} days of burn-in and {run.days} days"
    yield ""
    yield from structure_table({result.name: result.structure}, run.days)
    yield ""
    first = max(len(f"{o.name.replace('_', ' ')} ({o.unit})") for o in OUTCOMES)
    last = f"day {result.days[-1]}"
    yield f"{'mean over everyone':<{first}}  {f'day {result.days[0]}':>9}  {last:>9}  {'sd between people':>17}"
    yield "─" * (first + 41)
    start = result.mean[:, 0].mean(axis=0)
    for k, outcome in enumerate(OUTCOMES):
        end = result.outcomes[outcome.name]
        title = f"{outcome.name.replace('_', ' ')} ({outcome.unit})"
        cells = number(float(start[k]), 3), number(end["mean"], 3), number(end["sd"], 3)
        yield f"{title:<{first}}  {cells[0]:>9}  {cells[1]:>9}  {cells[2]:>17}"
    if result.scenario.programmes:
        yield ""
        dose = result.dose
        yield (
            f"programmes: offered to {number(dose['offered'], 0)} people, {number(dose['accepted'], 0)} accepted, "
            f"{number(dose['attended'], 0)} attended; {number(dose['sessions'], 0)} sessions, "
            f"{number(dose["minutes_received"], 0)} contact minutes per person offered"
        )
    yield f"means over the days since the record before (every {run.record_every} days); ties and exchanges as they are"
    yield ""
    yield from wrapped(NO_FORECAST)
    yield ""
    yield f"{result.person_days_per_second / 1e6:.1f} million person-days a second"
