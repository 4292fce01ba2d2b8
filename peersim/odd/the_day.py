"""The day in order, read from the text of `day.py`: what is told can never differ from what is done."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache

from peersim.odd.follower import Follower, Touched, called, given_to
from peersim.odd.source import read

_HEADING = re.compile(r"\s+# (?P<step>\d+(?:-\d+)?|night):?\s+(?P<heading>.+)")
_FOLDERS = ("processes/", "programmes/")


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


@dataclass(frozen=True)
class Call:
    """One call that the day makes of a process or a programme.

    text     as it stands in the day, on one line
    touched  what it reads, writes and draws
    """

    step: str
    heading: str
    file: str
    function: str
    text: str
    touched: Touched


def day_in_order() -> tuple[Pass, ...]:
    """Every file that acts in a day, as often as a new part of the day calls it."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for call in calls_in_order():
        found.setdefault((call.step, call.heading, call.file), []).append(call.function)
    return tuple(Pass(*key, tuple(functions), read(key[-1]).claim) for key, functions in found.items())


@cache
def calls_in_order() -> tuple[Call, ...]:
    """Every call of a process or a programme in a day, in the order of the text."""
    day = read("day.py")
    (days,) = (node for node in day.functions["advance"].body if isinstance(node, ast.For))
    headings = [(n, match) for n, line in enumerate(day.text.splitlines(), 1) if (match := _HEADING.match(line))]
    names = _names_of_the_day()
    drawn: dict[str, dict[str, None]] = {}
    calls = []
    for node in sorted(_calls(days), key=lambda call: (call.lineno, call.col_offset)):
        file, function = called(day, node)
        if function == "uniforms":
            drawn[ast.unparse(node.args[0])] = _draws(node)
        if not file.startswith(_FOLDERS):
            continue
        touched = Touched()
        for argument in node.args:
            touched.draws |= drawn.pop(ast.unparse(argument), {})
        Follower(day, dict(names), touched).follow(file, function, given_to(file, function, node))
        heading = max((match for match in headings if match[0] < node.lineno), key=lambda match: match[0])[1]
        calls.append(Call(heading["step"], heading["heading"], file, function, ast.unparse(node), touched))
    return tuple(calls)


def overnight() -> dict[str, str]:
    """Where that stands which the night changes, each with the place where the day's changes were added up."""
    day = read("day.py")
    follower = Follower(day, _names_of_the_day(), Touched())
    return {
        follower.place(call.args[0]) or "": follower.place(call.args[1]) or ""
        for call in _calls(day.functions["advance"])
        if called(day, call)[0] == day.file and called(day, call)[1].startswith("apply")
    }


def _calls(node: ast.AST) -> list[ast.Call]:
    return [each for each in ast.walk(node) if isinstance(each, ast.Call)]


def _names_of_the_day() -> dict[str, str]:
    """Where that lies which has a name in the day: in what the day is given, else it is the day's own."""
    day = read("day.py")
    advance = day.functions["advance"]
    names = {argument.arg: argument.arg for argument in advance.args.args}
    beginning = Follower(day, names, Touched())
    for statement in advance.body:
        if isinstance(statement, ast.Assign):
            beginning.visit(statement)
    own = (node.id for node in ast.walk(advance) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return {name: name for name in own} | names


def _draws(node: ast.AST) -> dict[str, None]:
    touched = Touched()
    Follower(read("day.py"), {}, touched).generic_visit(node)
    return touched.draws
