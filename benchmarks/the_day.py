"""The day's own source, taken apart: what peersim/day.py says is what is measured, however it is rewritten.

A benchmark that listed the passes again would soon measure another model. These functions read the loop of `advance`
as a syntax tree, change it, and compile it anew.
"""

from __future__ import annotations

import ast
import builtins
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np

import peersim.day as the_day
from peersim.programmes.programme import plan_of
from peersim.scenario import Scenario, rules_of
from peersim.trace import new_trace
from peersim.world import World


def advance_tree() -> ast.FunctionDef:
    """The source of `advance`, without what only the package needs."""
    tree = ast.parse(Path(the_day.__file__).read_text())
    function = next(part for part in tree.body if isinstance(part, ast.FunctionDef) and part.name == "advance")
    function.decorator_list, function.returns = [], None
    for argument in function.args.args:
        argument.annotation = None
    return function


def day_loop(function: ast.FunctionDef) -> ast.For:
    """The loop over days."""
    return next(part for part in function.body if isinstance(part, ast.For))


def made_from(function: ast.FunctionDef, **names: Any) -> Callable[..., Any]:
    """The changed function, compiled; it may use further names beside those of day.py."""
    space = vars(the_day) | names
    code = compile(ast.unparse(ast.fix_missing_locations(function)), "<the day, taken apart>", "exec")
    exec(code, space)
    compiled: Callable[..., Any] = numba.njit(error_model="numpy")(space["advance"])
    return compiled


def calls(statement: ast.stmt) -> list[str]:
    """What a statement calls of the model, as day.py writes it: "contact.meet", "rewired"."""
    found = (ast.unparse(part.func) for part in ast.walk(statement) if isinstance(part, ast.Call))
    return [name for name in found if name.split(".")[0] in vars(the_day) and not name.startswith("np.")]


def home(call: str) -> types.ModuleType:
    """The module that a called function stands in."""
    found = vars(the_day)[call.split(".")[0]]
    if isinstance(found, types.ModuleType):
        return found
    return sys.modules[found.__module__]


def without_others(body: list[ast.stmt], chosen: tuple[str, ...], known: set[str]) -> list[ast.stmt]:
    """The statements that call a chosen function, the loops and conditions around them, and what they need.

    chosen  how their calls begin
    known   the names that are there; what is kept adds its own
    """
    kept: list[ast.stmt] = []
    for statement in body:
        is_chosen = any(line.startswith(chosen) for line in call_lines(statement))
        if isinstance(statement, ast.For | ast.If) and is_chosen:
            known |= names(statement.target, ast.Store) if isinstance(statement, ast.For) else set()
            statement.body = without_others(statement.body, chosen, known)
            kept.append(statement)
        elif is_chosen or (isinstance(statement, ast.Assign) and is_plain(statement) and names(statement) <= known):
            known |= names(statement, ast.Store)
            kept.append(statement)
    return kept


def is_plain(statement: ast.Assign) -> bool:
    """Whether an assignment lives no part of the day: it calls no function of a process's file."""
    return not any("." in call for call in calls(statement))


def call_lines(tree: ast.AST) -> list[str]:
    """Every call in it, written out: "contact.meet(meeting, ties.closeness, ...)"."""
    return [ast.unparse(part) for part in ast.walk(tree) if isinstance(part, ast.Call)]


def names(tree: ast.AST, use: type[ast.expr_context] = ast.Load) -> set[str]:
    """The names that are read in it; with ast.Store, those that are written."""
    return {part.id for part in ast.walk(tree) if isinstance(part, ast.Name) and isinstance(part.ctx, use)}


def zeroed(body: list[ast.stmt]) -> None:
    """Let arrays begin with zeros: what a left-out pass would have filled must still be numbers."""
    for part in (part for statement in body if isinstance(statement, ast.Assign) for part in ast.walk(statement)):
        if isinstance(part, ast.Attribute) and ast.unparse(part) == "np.empty":
            part.attr = "zeros"


def part_of_day(chosen: tuple[str, ...]) -> Callable[..., Any]:
    """`advance` with the chosen passes only, compiled.

    chosen  how their calls begin: "contact." for all of a file, "apply(now.stress" for one line

    Raises ValueError if the day has none of one of them, for then day.py was rewritten and the choice is to be too.
    """
    function = advance_tree()
    loop = day_loop(function)
    lines = call_lines(loop)
    missing = [name for name in chosen if not any(line.startswith(name) for line in lines)]
    if missing:
        raise ValueError(f"peersim/day.py calls no {', no '.join(missing)}: choose anew in benchmarks/passes.py")
    zeroed(function.body)
    known = {argument.arg for argument in function.args.args} | set(vars(the_day)) | set(dir(builtins))
    for part in (loop.target, *(part for part in function.body if part is not loop)):
        known |= names(part, ast.Store)
    loop.body = without_others(loop.body, chosen, known)
    return made_from(function)


def advanced(advance: Callable[..., Any], world: World, scenario: Scenario, n_days: int, *more: Any) -> None:
    """Let a world live through n_days of a changed day, as `live` does without offers; its programmes have begun."""
    trace = new_trace(world.day, n_days, world.n_people)
    plan, rules = plan_of(scenario.programmes), rules_of(scenario)
    mood = np.empty((world.n_people, 2), world.people.now.stress.dtype)
    world.arcs = advance(
        world.people, world.arcs, world.circles, plan, rules, world.seed, world.day, n_days, trace, mood, *more
    )
    world.day += n_days


def as_float32(value: Any) -> np.ndarray[Any, np.dtype[np.float32]]:
    """A copy in single precision, whatever the world holds."""
    return np.array(value, dtype=np.float32, order="C")
