"""The `[sweep]` of an experiment: what is varied, and the points that come of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from peersim.experiment.axes import Levels
from peersim.experiment.conditions import check_conditions, filtered
from peersim.experiment.designs import Design, Grid, Rows, latin_hypercube, sobol
from peersim.experiment.document import Document
from peersim.experiment.factors import Factor, read_factor, target_of, told_of_name
from peersim.experiment.listed_points import path_of, points_in
from peersim.experiment.point_files import Table
from peersim.experiment.points import Points
from peersim.experiment.table_reading import read_table
from peersim.experiment.tables import MOST_POINTS, Sweep
from peersim.locate import Key
from peersim.mistakes import Problem
from peersim.toml_files import shown_path

Found = tuple[Points, tuple[Factor, ...]]
_DRAWN = ("lhs", "sobol")


def varied_names(doc: Document, table: Table | None) -> tuple[str, ...]:
    """The parameters that the sweep varies, in the order in which it names them."""
    vary = doc.at(("sweep", "vary"))
    return tuple(table.columns) if table is not None else tuple(vary) if isinstance(vary, dict) else ()


def read_sweep(doc: Document, table: Table | None, n_programmes: Sequence[int]) -> Found | None:
    """The points, and what varies; None, and noted, if something is wrong.

    table         of points, where the sweep names one
    n_programmes  of each arm that could be read
    """
    before = len(doc.problems)
    sweep = read_table(doc, ("sweep",), Sweep, vary={}, where=())
    if sweep is not None:
        _check_what_goes_with_what(doc, sweep)
    names = varied_names(doc, table)
    known = [name for name in names if _is_known(doc, name, n_programmes, from_file=table is not None)]
    design: Design | None = None
    if table is not None:
        factors, design = points_in(doc, table, known)
    else:
        is_drawn = doc.at(("sweep", "design")) in _DRAWN
        read = [read_factor(doc, name, is_drawn=is_drawn) for name in known]
        factors = tuple(factor for factor in read if factor is not None)
        if sweep is not None and len(doc.problems) == before:
            design = _design(doc, sweep, factors)
    conditions = check_conditions(doc, factors, names)
    if design is None or conditions is None or len(doc.problems) > before:
        return None
    if design.has_duplicates():
        doc.warnings.append("some points are the same; each is run, and counted, as often as it stands there")
    points = filtered(doc, Points(names, design), conditions)
    return None if points is None else (points, factors)


def _check_what_goes_with_what(doc: Document, sweep: Sweep) -> None:
    key: Key = ("sweep",)
    if sweep.design in _DRAWN and sweep.points is None:
        doc.refuse(key, "points is missing: how many are drawn", "write points = 64", path="sweep.points")
    for name in ("points", "seed"):
        if getattr(sweep, name) is not None and sweep.design not in _DRAWN:
            hint = f"leave it out, or write design = \"{_DRAWN[0]}\""
            doc.refuse((*key, name), f"is for the designs lhs and sobol, and this is {sweep.design}", hint)
    if sweep.design == "file" and not sweep.file:
        doc.refuse(key, "file is missing: the table of points", 'write file = "points.csv"', path="sweep.file")
    if sweep.design != "file" and sweep.file is not None:
        doc.refuse((*key, "file"), f"is for the design file, and this is {sweep.design}", 'write design = "file"')
    if sweep.design == "file" and doc.has((*key, "vary")):
        doc.refuse((*key, "vary"), "the table of points says what varies", "leave out vary, or the file")
    if sweep.design != "file" and doc.has(key) and not doc.table((*key, "vary")):
        hint = 'write vary."stressors.event_rate" = [0.7, 1.35], or leave out [sweep]'
        doc.refuse(key, "nothing is varied", hint)


def _is_known(doc: Document, name: str, n_programmes: Sequence[int], *, from_file: bool) -> bool:
    """Whether an arm can take what this names. n_programmes  of each arm; empty where none could be read"""
    told = told_of_name(target_of(name), n_programmes)
    if told is not None and (n_programmes or told_of_name(target_of(name), [1_000_000])):
        place = (shown_path(path_of(doc)), 1) if from_file else doc.place(("sweep", "vary", name))
        doc.note(Problem(name, told.message, told.suggestion, "", *place))
    return told is None


def _design(doc: Document, sweep: Sweep, factors: Sequence[Factor]) -> Design | None:
    axes = [factor.axis for factor in factors if factor.axis is not None]
    if sweep.points is not None:
        seed = 1 if sweep.seed is None else sweep.seed
        if sweep.design == "sobol" and sweep.points & (sweep.points - 1):
            near = 2 ** round(math.log2(sweep.points))
            doc.warnings.append(f"{sweep.points} Sobol points are no power of two and less even than {near} would be")
        return (sobol if sweep.design == "sobol" else latin_hypercube)(axes, sweep.points, seed)
    levels = tuple(axis.values for axis in axes if isinstance(axis, Levels))
    lengths = [len(values) for values in levels]
    if sweep.design == "zip":
        if len(set(lengths)) > 1:
            said = ", ".join(f"{factor.name} has {n}" for factor, n in zip(factors, lengths, strict=True))
            doc.refuse(("sweep", "vary"), f"zip takes the lists side by side, and {said}", "make them equally long")
            return None
        return Rows(levels)
    if math.prod(lengths) > MOST_POINTS:
        said = f"{' x '.join(map(str, lengths))} values make {math.prod(lengths):,} points"
        doc.refuse(("sweep", "vary"), f"{said}; at most {MOST_POINTS:,}", 'draw some of them: design = "sobol"')
        return None
    return Grid(levels)
