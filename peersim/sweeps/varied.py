"""The columns of what a sweep varies: as its parameters are declared, or as text where their values are lists."""

from __future__ import annotations

from typing import Any

from peersim.experiment.points import Points
from peersim.parameters import Spec, specs
from peersim.scenario import TABLES
from peersim.scenario_text import as_toml
from peersim.sweeps.columns import Column

_KINDS = {bool: "yes_no", int: "integer", float: "number", str: "text"}


def varied_columns(points: Points) -> list[Column]:
    """A column for each varied parameter, under its full name."""
    return [_column(name) for name in points.names]


def as_cell(value: Any, column: Column) -> Any:
    """A value as it stands in its column."""
    if column.kind == "number":
        return float(value)
    if column.kind == "text" and not isinstance(value, str):
        return as_toml(tuple(value) if isinstance(value, list) else value)
    return value


def _column(name: str) -> Column:
    table, _, _ = name.partition(".")
    declared = _spec(table, name.rpartition(".")[2])
    if declared is None:  # an option of a network's generator
        return Column(name, "number", "", "varied by this sweep")
    kind = _KINDS.get(type(declared.default), "text")
    return Column(name, kind, declared.unit, f"varied by this sweep: {declared.doc}")


def _spec(table: str, name: str) -> Spec | None:
    return next((one for one in specs(TABLES[table]) if one.name == name), None) if table in TABLES else None
