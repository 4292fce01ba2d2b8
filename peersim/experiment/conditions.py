"""The conditions of a sweep, read and applied: points that do not meet all of them are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from peersim.experiment.axes import Levels, Range
from peersim.experiment.document import Document
from peersim.experiment.factors import Factor
from peersim.experiment.points import Points
from peersim.experiment.where import NUMBER, kind_of, read_condition
from peersim.locate import Key
from peersim.wrong_values import shown

Condition = Callable[[Sequence[Any]], bool]
_KEY: Key = ("sweep", "where")


def check_conditions(doc: Document, factors: Sequence[Factor], names: Iterable[str]) -> list[Condition] | None:
    """Every condition of the sweep; None, and noted, if one cannot be read.

    factors  what varies, as far as it could be read
    names    of all that varies
    """
    written = doc.at(_KEY)
    if written is None:
        return []
    if not isinstance(written, list) or not all(isinstance(condition, str) for condition in written):
        doc.refuse(_KEY, "must be a list of texts", 'write where = ["programmes.0.minutes >= 45"]')
        return None
    kinds = {factor.name: _kind(factor) for factor in factors}
    if any(name not in kinds for name in names):
        return None  # a name that is wrong elsewhere is not told twice
    found = []
    for k, condition in enumerate(written):
        try:
            found.append(read_condition(condition, kinds))
        except ValueError as error:
            doc.refuse((*_KEY, k), str(error))
    return found if len(found) == len(written) else None


def filtered(doc: Document, points: Points, conditions: Sequence[Condition]) -> Points | None:
    """The points that meet all conditions; None, and noted, if there are none."""
    if not conditions:
        return points
    n_undefined = [0] * len(conditions)
    kept = [number for number, row in enumerate(points.design) if _meets(row, conditions, n_undefined)]
    for k, times in enumerate(n_undefined):
        if times:
            place = ":".join(str(part) for part in doc.place((*_KEY, k)) if part)
            which = "1 point, which is" if times == 1 else f"{times:,} points, which are"
            doc.warnings.append(f"{place}: {shown(doc.at((*_KEY, k)))} divides by zero at {which} left out")
    if not kept:
        doc.refuse(_KEY, "leaves out every point", "let some of them be")
        return None
    return Points(points.names, points.design, np.array(kept, dtype=np.int64))


def _meets(row: Sequence[Any], conditions: Sequence[Condition], n_undefined: list[int]) -> bool:
    """Whether a point meets all of them; one that cannot be reckoned is not met, and counted."""
    for k, condition in enumerate(conditions):
        try:
            if not condition(row):
                return False
        except ArithmeticError:
            n_undefined[k] += 1
            return False
    return True


def _kind(factor: Factor) -> str:
    """What a factor is to a condition."""
    if isinstance(factor.axis, Range):
        return NUMBER
    return kind_of(factor.axis.values) if isinstance(factor.axis, Levels) else factor.kind
