"""The text of the program: what a file claims, after whom, and the rules that stand in it."""

from __future__ import annotations

import ast
import re
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
_THEORY = re.compile(r"\((?P<in_brackets>[^()]*\bafter [A-Z][^()]*)\)|\b[Aa]fter (?P<plain>[A-Z][^.;:()]*)")
ENTRY = re.compile(r"(?P<names>\w+(?:, \w+)*)  +(?P<about>\S.*)")
"""A line that begins the list of arguments, or of arrays, in a docstring: names, two blanks, meaning."""
_WIDTH = 110


@dataclass(frozen=True)
class Source:
    """One file of the program.

    file       from the package's folder, as in "processes/stress.py"
    claim      the first sentence of its docstring
    more       the rest of that docstring
    functions  those that stand in it, by name
    imported   what it has from other files: by the name it goes by here, the file and the name there, which is "" for
               a whole file
    """

    file: str
    text: str
    tree: ast.Module
    claim: str
    more: str
    functions: dict[str, ast.FunctionDef]
    imported: dict[str, tuple[str, str]]

    @property
    def theories(self) -> list[str]:
        """After whom it is made, as far as it says so: "after Rose's co-rumination"."""
        text = " ".join(f"{self.claim} {self.more}".split())
        return [match["in_brackets"] or f"after {match['plain']}" for match in _THEORY.finditer(text)]


@cache
def read(file: str) -> Source:
    """A file of the package."""
    text = (PACKAGE / file).read_text(encoding="utf-8")
    tree = ast.parse(text)
    claim, *more = re.split(r"(?<=\.)\s|\n\n", ast.get_docstring(tree) or "", maxsplit=1)
    return Source(
        file=file,
        text=text,
        tree=tree,
        claim=" ".join(claim.split()),
        more="".join(more).strip("\n"),
        functions={node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)},
        imported=_imported(tree),
    )


def _imported(tree: ast.Module) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "peersim":
            place = "/".join((node.module or "").split(".")[1:])
            for name in node.names:
                meant = ((f"{place}.py", name.name), (f"{place}/{name.name}.py".lstrip("/"), ""))
                found |= [(name.asname or name.name, each) for each in meant if (PACKAGE / each[0]).exists()]
    return found


def words(node: ast.FunctionDef) -> str:
    """What a function says of itself, on one line, without the list of its arguments."""
    paragraphs = (ast.get_docstring(node) or "").split("\n\n")
    return " ".join(" ".join(each for each in paragraphs if not ENTRY.match(each)).split())


def rule(source: Source, name: str) -> str:
    """A function without its type hints and its words: what it is given, and what it computes."""
    node = source.functions[name]
    body = node.body[1:] if ast.get_docstring(node) else node.body
    lines = source.text.splitlines()[body[0].lineno - 1 : body[-1].end_lineno]
    text = textwrap.dedent("\n".join(lines)).replace("  # fmt: skip", "")
    return f"{_head(node)}\n{textwrap.indent(text, '    ')}"


def remark(text: str) -> str:
    """Some text as a remark in a program, in lines of its own."""
    return "".join(f"# {line}\n" for line in textwrap.wrap(text, _WIDTH))


def _head(node: ast.FunctionDef) -> str:
    given = textwrap.wrap(", ".join(argument.arg for argument in node.args.args), _WIDTH)
    if len(given) == 1:
        return f"def {node.name}({given[0]}):"
    return "\n    ".join([f"def {node.name}(", *given]) + "\n):"
