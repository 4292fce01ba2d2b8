"""The day in order, read from the text of `day.py`: what is told can never differ from what is done."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_HEADING = re.compile(r"\s+# (?P<step>\d+(?:-\d+)?|night):?\s+(?P<heading>.+)")


@dataclass(frozen=True)
class Pass:
    """What one file does at one point of the day.

    step     its numbers in the model's description, or "night"
    heading  what this part of the day is about
    does     the first sentence of the file: its claim
    """

    step: str
    heading: str
    file: str
    functions: tuple[str, ...]
    does: str


def day_in_order() -> tuple[Pass, ...]:
    """Every file that acts in a day, as often as a new part of the day calls it."""
    text = (_PACKAGE / "day.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    files = _imported(tree)
    headings = [(n, match) for n, line in enumerate(text.splitlines(), 1) if (match := _HEADING.match(line))]
    found: dict[tuple[int, str], list[str]] = {}
    for call in _calls_of_a_day(tree):
        module, function = call.func.value.id, call.func.attr  # type: ignore[attr-defined]
        part = max((k for k, (line, _) in enumerate(headings) if line < call.lineno), default=-1)
        if module in files and part >= 0:
            found.setdefault((part, files[module]), []).append(function)
    return tuple(
        Pass(headings[part][1]["step"], headings[part][1]["heading"], file, tuple(functions), _claim(_PACKAGE / file))
        for (part, file), functions in found.items()
    )


def _imported(tree: ast.Module) -> dict[str, str]:
    """The files of processes and programmes, by the name under which the day calls them."""
    folders = {f"peersim.{folder}": folder for folder in ("processes", "programmes")}
    return {
        name.asname or name.name: f"{folders[node.module]}/{name.name}.py"
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module in folders
        for name in node.names
    }


def _calls_of_a_day(tree: ast.Module) -> list[ast.Call]:
    """The calls `module.function(...)` inside the loop over days, in the order of the text."""
    (advance,) = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "advance")
    (days,) = (node for node in advance.body if isinstance(node, ast.For))
    calls = [
        node
        for node in ast.walk(days)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    ]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def _claim(file: Path) -> str:
    """The first sentence of a file's docstring."""
    doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(re.split(r"(?<=\.)\s|\n\n", doc, maxsplit=1)[0].split())
