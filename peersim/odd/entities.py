"""Entities and scales: of which arrays people, ties and circles are made, and what each of them means."""

from __future__ import annotations

import ast

from peersim.odd.declared import declaration, fields, tables
from peersim.odd.markdown import as_text, table
from peersim.odd.source import read
from peersim.outcomes import OUTCOMES


def entity(file: str, *names: str) -> str:
    """The tables of arrays in a file, all of them or those named: what each is, and a row an array."""
    source = read(file)
    return "\n\n".join(_described(file, name) for name in names or tables(source))


def _described(file: str, name: str) -> str:
    units = {outcome.name: outcome.unit for outcome in OUTCOMES} if name == "States" else {}
    about = (ast.get_docstring(declaration(read(file), name)) or "").split("\n\n")[0]
    rows = [(f"`{each.name}`", each.shape, each.meaning, units.get(each.name, "")) for each in fields(read(file), name)]
    header = (f"`{name}`", "shape", "meaning", "measured in")
    kept = [k for k in range(4) if k in (0, 2) or any(row[k] for row in rows)]
    shown = table([header[k] for k in kept], [[row[k] for k in kept] for row in rows])
    return f"{as_text(about)}\n\n{shown}"
