"""What a sweep found, point by point, as lines of text: the contrast in question, or the outcomes of a single arm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from peersim.analysis.precision import Interval, interval_of
from peersim.experiment.experiment import Experiment
from peersim.outcomes import OUTCOMES, WORSE_OFF
from peersim.report.grid import Row, grid
from peersim.report.words import (
    MAIN_OUTCOMES,
    NO_FORECAST,
    POPULATION_WORDS,
    digits_for,
    number,
    some,
    with_interval,
    wrapped,
)
from peersim.sweeps.sweep import Sweep
from peersim.wrong_values import shown

if TYPE_CHECKING:
    import pyarrow as pa

_MOST_POINTS = 40
"""Points that are shown; all of them are in the tables."""
_UNITS = {one.name: one.unit for one in (*OUTCOMES, WORSE_OFF)}


def sweep_table(result: Sweep, experiment: Experiment) -> str:
    """Counts, what was found at each point, and where the tables are."""
    lines = list(_counts(result))
    if not result.is_complete and result.rows:
        lines.append("not all of its runs are there: the tables hold those that are")
    if "contrasts" in result.rows:
        lines += ["", *_contrasts(result, experiment)]
    elif result.rows.get("runs"):
        lines += ["", *_outcomes(result, experiment)]
    if len(experiment.points) > _MOST_POINTS and result.rows:
        lines.append(f"  ... and {len(experiment.points) - _MOST_POINTS:,} more points, in the tables")
    for point in result.precision[:_MOST_POINTS]:
        lines += _warnings(result, point.point, experiment)
    if result.rows:
        told = ", ".join(f"{name}.parquet ({n:,} rows)" for name, n in result.rows.items())
        lines += ["", *wrapped(f"in {result.folder}: {told}; columns.csv says what their columns mean."), NO_FORECAST]
    return "\n".join(lines)


def _counts(result: Sweep) -> Iterator[str]:
    counts = result.counts
    if result.part is not None and not result.rows:
        yield f"{result.name}, part {result.part[0]} of {result.part[1]}: {some(counts.runs, 'run')}"
        yield f"{counts.cached:,} were there, {result.done:,} lived now, {result.failed:,} failed"
        return
    of = f"{some(counts.points, 'point')} x {some(counts.arms, 'arm')} x {'up to ' * (len(set(result.seeds)) > 1)}"
    yield f"{result.name}: {of}{some(counts.seeds, 'seed')} = {some(counts.runs, 'run')}"
    failed = f", {result.failed:,} failed" if result.failed else ""
    yield f"{counts.cached:,} were there, {result.done:,} lived now{failed}"
    if result.failed:
        yield f"failed runs are in no mean; why they failed: `peersim runs list {result.folder} --failed`"


def _contrasts(result: Sweep, experiment: Experiment) -> Iterator[str]:
    """Each point's difference between arms, with its interval over seeds."""
    until = experiment.seeds.until
    outcome = until.outcome if until else "stress"
    table = _rows_of(result, "contrasts", ["outcome"], {outcome})
    present = set(table["population"].to_pylist())
    wanted = until.population if until else "offered"
    population = wanted if wanted in present else "everyone"
    corner = f"{outcome.replace('_', ' ')} ({_UNITS[outcome]})\n{POPULATION_WORDS[population]}"
    digits = digits_for(_UNITS[outcome])

    def cell(point: int, pair: tuple[str, str]) -> str:
        there = _where(table, point=point, arm=pair[0], reference=pair[1], population=population)
        interval = interval_of(there["difference"].to_numpy())
        return f"{_told(interval, digits, sign=True)}  {len(there)}" if len(there) else "–"

    heads = [f"{arm} − {reference}\nmean [95 %]  seeds" for arm, reference in experiment.pairs]
    yield from _grid(result, experiment, corner, heads, experiment.pairs, cell)


def _outcomes(result: Sweep, experiment: Experiment) -> Iterator[str]:
    """Each point's main outcomes, with their intervals over seeds."""
    table = _rows_of(result, "runs", ["status", *MAIN_OUTCOMES], {"done"})

    def cell(point: int, outcome: str) -> str:
        values = _where(table, point=point)[outcome].to_numpy()
        return _told(interval_of(values[~np.isnan(values)]), digits_for(_UNITS[outcome])) if len(values) else "–"

    heads = [f"{name.replace('_', ' ')}\n{_UNITS[name]}" for name in MAIN_OUTCOMES]
    yield from _grid(result, experiment, "mean [95 % over seeds]", heads, MAIN_OUTCOMES, cell)


def _grid(
    result: Sweep, experiment: Experiment, corner: str, heads: list[str], keys: Any, cell: Callable[[int, Any], str]
) -> Iterator[str]:
    rows: list[Row] = [
        (_title(experiment, point), [cell(point, key) for key in keys])
        for point in range(min(len(experiment.points), _MOST_POINTS))
    ]
    yield from grid(corner, heads, rows)
    yield from _days(result)
    if any("*" in told for _, cells in rows for told in cells):
        yield "  * strongly skewed: bootstrap-t interval, not Student's"


def _days(result: Sweep) -> Iterator[str]:
    """Over which days these points are measured, where it is the same days at all of them."""
    import pyarrow.dataset as ds

    days = ds.dataset(result.folder / "runs.parquet").to_table(
        columns=["first_day", "last_day"], filter=(ds.field("point") < _MOST_POINTS) & (ds.field("status") == "done")
    )
    windows = set(zip(days["first_day"].to_pylist(), days["last_day"].to_pylist(), strict=True))
    if len(windows) == 1:
        [(first, last)] = windows
        yield f"  means of days {first} to {last}, with 95 % intervals over seeds"


def _title(experiment: Experiment, point: int) -> str:
    points = experiment.points
    if not points.names:
        return "all"
    named = zip(points.names, points.values(point), strict=True)
    return ", ".join(f"{name} = {f'{v:.6g}' if isinstance(v, float) else shown(v)}" for name, v in named)


def _told(interval: Interval, digits: int, *, sign: bool = False) -> str:
    if np.isnan(interval.low):
        return number(interval.mean, digits, sign=sign)
    text = with_interval(interval.mean, interval.low, interval.high, digits)
    marked = f"{text}*" if interval.is_skewed else text
    return f"+{marked}" if sign and interval.mean > 0 and not marked.startswith("0") else marked


def _warnings(result: Sweep, point: int, experiment: Experiment) -> Iterator[str]:
    """What must be known of a point's interval: too wide still, or of skewed differences."""
    one, until = result.precision[point], experiment.seeds.until
    assert until is not None
    where = _title(experiment, point)
    if not one.is_reached:
        yield from wrapped(
            f"{where}: after {one.seeds} seeds the half-width is {one.interval.half_width:.3g}, wanted "
            f"{until.half_width:g}; raise seeds.max and run it again."
        )
    if one.interval.is_skewed:
        yield from wrapped(f"{where}: differences are strongly skewed; the interval is a bootstrap-t interval.")


def _rows_of(result: Sweep, table: str, columns: list[str], kept: set[str]) -> pa.Table:
    """The rows of the points that are shown, whose first of these columns has one of the kept values."""
    import pyarrow.dataset as ds

    field = ds.field
    data = ds.dataset(result.folder / f"{table}.parquet")
    wanted = (field("point") < _MOST_POINTS) & field(columns[0]).isin(list(kept))
    address = ["point", "arm", "reference", "population", "difference"] if table == "contrasts" else ["point", "arm"]
    return data.to_table(columns=[*address, *columns], filter=wanted)


def _where(table: pa.Table, **equal: Any) -> pa.Table:
    import pyarrow.compute as pc

    is_meant: Any = True
    for name, value in equal.items():
        is_meant = pc.and_(pc.equal(table[name], value), is_meant)
    return table.filter(is_meant)
