"""The rules of a file: in words, with what they read, write and draw, and as they are computed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from peersim.odd.follower import Follower, Touched
from peersim.odd.markdown import as_text, code, folded
from peersim.odd.parameter_tables import tables_of
from peersim.odd.scheduling import short
from peersim.odd.source import read, remark, rule, words
from peersim.odd.the_day import Call


def reached(file: str, name: str) -> dict[tuple[str, str], None]:
    """The functions that this one takes, each with its file, itself among them."""
    touched = Touched()
    Follower(read(file), {}, touched).follow(file, name, {})
    return touched.functions


def told(file: str, functions: Iterable[tuple[str, str]]) -> list[str]:
    """Those of a file that say something of themselves; the others are small change."""
    return [name for where, name in functions if where == file and words(read(file).functions[name])]


def in_words(file: str, names: Iterable[str], calls: Iterable[Call] = ()) -> str:
    """What each function says of itself; of a call of the day also what it reads, writes and draws."""
    touched = {call.function: call.touched for call in calls}
    lines = []
    for name in names:
        function = read(file).functions[name]
        more = _touches(touched[name], file) if name in touched else "" if touched else _draws(function)
        lines.append(f"- `{name}`: {as_text(words(function))}" + (f"\\\n  {more}" if more else ""))
    return "\n".join(lines)


def as_computed(file: str, names: Sequence[str], calls: Iterable[Call] = ()) -> str:
    """The functions themselves, folded away; each call of the day as a remark above its function."""
    texts = {call.function: remark(call.text) for call in calls}
    program = "\n\n".join(texts.get(name, "") + rule(read(file), name) for name in names)
    return folded("The rule as it is computed", program) if names else ""


def _touches(touched: Touched, file: str) -> str:
    elsewhere = [name for name in touched.parameters if name.split(".")[0] not in tables_of(file)]
    parts = (
        ("Reads", _grouped(touched.reads)),
        ("Writes", _grouped(touched.writes)),
        ("Draws", code(touched.draws)),
        ("Numbers from elsewhere:", code(elsewhere)),
    )
    return " ".join(f"*{what}* {which}." for what, which in parts if which)


def _draws(function: ast.FunctionDef) -> str:
    nodes = (node for node in ast.walk(function) if isinstance(node, ast.Attribute))
    draws = dict.fromkeys(node.attr for node in nodes if ast.unparse(node.value) == "Decision")
    return f"*Draws* {code(draws)}." if draws else ""


def _grouped(places: Iterable[str]) -> str:
    """Arrays, those of one table together: "`now` (stress, burden), `load`"."""
    groups: dict[str, list[str]] = {}
    for place in map(short, places):
        whole, _, part = place.partition(".")
        groups.setdefault(whole, []).extend([part] if part else [])
    return ", ".join(f"`{whole}` ({', '.join(parts)})" if parts else f"`{whole}`" for whole, parts in groups.items())
