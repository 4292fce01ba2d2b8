"""What the program declares beside its parameters: the arrays of which the world is made, and numbers with a name."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass

from peersim.odd.source import ENTRY, Source

_SHAPE = re.compile(r"(?P<shape>\((?:\d+,|n_\w+)[^()]*\)),? *")


@dataclass(frozen=True)
class Field:
    """One array of a table.

    shape  as the code says it, such as "(5, n_people)"; "" where it says nothing
    """

    name: str
    shape: str
    meaning: str


def tables(source: Source) -> list[str]:
    """The named tuples of arrays in a file, in its order."""
    return [node.name for node in source.tree.body if isinstance(node, ast.ClassDef) and _is_named_tuple(node)]


def _is_named_tuple(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "NamedTuple" for base in node.bases)


def declaration(source: Source, name: str) -> ast.ClassDef:
    """Where a class is declared."""
    (node,) = (each for each in source.tree.body if isinstance(each, ast.ClassDef) and each.name == name)
    return node


def fields(source: Source, name: str) -> list[Field]:
    """The arrays of a named tuple: each means what is said behind it, or in the list of the docstring."""
    node = declaration(source, name)
    behind, listed = _remarks(source.text), _listed(ast.get_docstring(node) or "")
    return [
        _field(each.target.id, behind.get(each.end_lineno or 0) or listed.get(each.target.id, ""))
        for each in node.body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    ]


def _field(name: str, about: str) -> Field:
    shape = _SHAPE.match(about)
    return Field(name, shape["shape"], about[shape.end() :]) if shape else Field(name, "", about)


def _remarks(text: str) -> dict[int, str]:
    """What is said behind a `#`, by the number of the line."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _listed(doc: str) -> dict[str, str]:
    """What the list of a docstring says of each name, in one line or several."""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in doc.splitlines():
        if match := ENTRY.fullmatch(line.rstrip()):
            names = match["names"].split(", ")
            found |= dict.fromkeys(names, match["about"])
        elif names and line.startswith("   "):
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
        else:
            names = []
    return found


def constants(source: Source) -> list[tuple[str, str, str]]:
    """The numbers that a file gives a name and a meaning: name, value, meaning."""
    found = []
    for node, after in zip(source.tree.body, source.tree.body[1:], strict=False):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _is_number(node.value):
            about = after.value if isinstance(after, ast.Expr) else None
            if isinstance(about, ast.Constant) and isinstance(about.value, str):
                found.append((node.targets[0].id, ast.unparse(node.value), " ".join(about.value.split())))
    return found


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple):
        return all(map(_is_number, node.elts))
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)
