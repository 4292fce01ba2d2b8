"""Chance: every decision that is drawn, read from where the decisions are numbered."""

from __future__ import annotations

import ast
import re

from peersim.odd.markdown import code
from peersim.odd.source import read


def decisions() -> str:
    """All decisions, under the remarks that group them."""
    source = read("draws.py")
    (node,) = (each for each in source.tree.body if isinstance(each, ast.ClassDef) and each.name == "Decision")
    lines = source.text.splitlines()[node.lineno : node.end_lineno]
    groups: dict[str, list[str]] = {}
    for line in lines:
        if remark := re.fullmatch(r"\s+# (.+)", line):
            groups[remark[1]] = []
        elif named := re.match(r"\s+([A-Z_]+) = \d+", line):
            groups[list(groups)[-1]].append(named[1])
    return "\n".join(f"- {group}: {code(names)}" for group, names in groups.items())


def draws() -> str:
    """What the file of the draws says of them."""
    source = read("draws.py")
    return f"{source.claim}\n{source.more}".split("\n\n")[0]
