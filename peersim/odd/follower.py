"""What a rule reads, writes and draws, found by following its arrays through the text of the code.

Compiled rules read and write arrays element by element, as in stress[i]; that is what is looked for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peersim.odd.source import Source, read

_DRAWS = "draws.py"
_ONLY_FIND = frozenset({"number", "row_of", "start", "other", "pair"})
"""Arrays that only say where people and ties stand."""


@dataclass
class Touched:
    """What a call touches, in the order of the text: the keys of each count.

    reads, writes  arrays, by their names where the call stands
    parameters     numbers of a scenario, as in "stress.base"
    draws          names of decisions
    functions      the functions that this takes, each with its file
    """

    reads: dict[str, None] = field(default_factory=dict)
    writes: dict[str, None] = field(default_factory=dict)
    parameters: dict[str, None] = field(default_factory=dict)
    draws: dict[str, None] = field(default_factory=dict)
    functions: dict[tuple[str, str], None] = field(default_factory=dict)


class Follower(ast.NodeVisitor):
    """Walks through a function, and through those that it calls.

    known       where that lies which has a name here: {"support": "people.now.perceived_support"}
    on_the_way  the functions walked through to get here
    """

    def __init__(
        self, source: Source, known: dict[str, str], touched: Touched, on_the_way: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.source, self.known, self.touched, self.on_the_way = source, known, touched, on_the_way

    def follow(self, file: str, name: str, given: Mapping[str, ast.expr]) -> None:
        """Walk through another function; given  what stands here for its arguments."""
        self.touched.functions[file, name] = None
        known = {}
        for argument, value in given.items():
            place = self.place(value)
            if place is None or isinstance(value, ast.Subscript):
                self.visit(value)
            if place is not None:
                known[argument] = place
        if (file, name) not in self.on_the_way:
            there = Follower(read(file), known, self.touched, (*self.on_the_way, (file, name)))
            for statement in read(file).functions[name].body:
                there.visit(statement)

    def place(self, node: ast.expr) -> str | None:
        """Where an expression lies, if it is a part of something known; an element lies where its array does."""
        if isinstance(node, ast.Name):
            return self.known.get(node.id)
        if isinstance(node, ast.Subscript):
            return self.place(node.value)
        if isinstance(node, ast.Attribute) and (whole := self.place(node.value)):
            return f"{whole}.{node.attr}"
        return None

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._assign(target, node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        if isinstance(node.target, ast.Subscript):
            self._assign(node.target, node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.slice)
        place = self.place(node.value)
        if place is None or place.startswith("rules."):
            self.visit(node.value)
        elif place.split(".")[-1] not in _ONLY_FIND:
            self.touched.reads[place] = None

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name) and node.value.id == "Decision":
            self.touched.draws[node.attr] = None
        elif self.place(node) is None:
            self.generic_visit(node)
        else:
            self._use(node)

    def visit_Name(self, node: ast.Name) -> None:
        self._use(node)

    def visit_Call(self, node: ast.Call) -> None:
        file, name = called(self.source, node)
        if file in ("", _DRAWS):
            self.generic_visit(node)
        else:
            self.follow(file, name, given_to(file, name, node))

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        """An element is written, or something gets a name."""
        if isinstance(target, ast.Tuple):
            values: Iterable[Any] = value.elts if isinstance(value, ast.Tuple) else [value] * len(target.elts)
            for each, its in zip(target.elts, values, strict=False):
                self._assign(each, its)
        elif isinstance(target, ast.Subscript):
            self.visit(target.slice)
            if place := self.place(target.value):
                self.touched.writes[place] = None
        elif isinstance(target, ast.Name) and (place := self.place(value)):
            self.known[target.id] = place

    def _use(self, node: ast.expr) -> None:
        """Numbers of the scenario and of a programme's plan are no arrays: they are read by being named."""
        place = self.place(node) or ""
        if place.startswith("rules."):
            self.touched.parameters[place.removeprefix("rules.")] = None
        elif place.startswith("plan."):
            self.touched.reads[place] = None


def given_to(file: str, name: str, call: ast.Call) -> dict[str, ast.expr]:
    """What a call gives for each argument of a function."""
    arguments = (argument.arg for argument in read(file).functions[name].args.args)
    by_name = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    return dict(zip(arguments, call.args, strict=False)) | by_name


def called(source: Source, call: ast.Call) -> tuple[str, str]:
    """The file and the name of the function of this package that a call means; ("", "") for any other."""
    file, name = "", ""
    if isinstance(call.func, ast.Name):
        name = call.func.id
        file, name = (source.file, name) if name in source.functions else source.imported.get(name, ("", ""))
    elif isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        file, name = source.imported.get(call.func.value.id, ("", ""))[0], call.func.attr
    return (file, name) if file and name in read(file).functions else ("", "")
