"""Whom a programme is offered to: a rule over states and traits, read in a small closed grammar.

    stress >= 0.42 and not partnered
    special_needs or (load.family > 0.3 and age < 0.5)

Numbers, the names of `NAMES`, comparisons, `and`, `or`, `not` and parentheses; nothing else, and nothing is executed.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.domains import DOMAINS
from peersim.people import People, States

_TRAITS: dict[str, Callable[[People], NDArray[Any]]] = {
    "age": lambda people: people.traits.age,
    "culture": lambda people: people.traits.culture,
    "skill": lambda people: people.traits.skill,
    "hardship": lambda people: people.traits.hardship,
    "partnered": lambda people: people.traits.partner >= 0,
    "special_needs": lambda people: people.traits.special_needs,
    "load": lambda people: people.load.sum(axis=0),
}
NAMES = (*States._fields, *_TRAITS, *(f"load.{d}" for d in DOMAINS), *(f"chronic.{d}" for d in DOMAINS))
"""What a rule may speak of: states in [0, 1], traits, and strain in a domain (1 is severe)."""

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal, ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}  # fmt: skip
_CLEARLY_ABOVE_1 = 1.001
_YES_NO = ("partnered", "special_needs")


def check_rule(rule: str) -> None:
    """Raise ValueError, with a sentence, if the rule is not in the grammar."""
    _walk(_parsed(rule), None, rule)


def eligible(rule: str, people: People) -> NDArray[np.bool_]:
    """Who meets the rule this morning, (n_people,)."""
    found: NDArray[np.bool_] = np.broadcast_to(_walk(_parsed(rule), people, rule), people.number.shape)
    return found


def _parsed(rule: str) -> ast.expr:
    if len(rule) > 1000:
        raise ValueError(f"a rule of {len(rule)} characters is too long; at most 1000")
    try:
        return ast.parse(rule.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        raise ValueError("cannot be read as a rule; write for instance 'stress >= 0.42 and not partnered'") from None


def _walk(node: ast.expr, people: People | None, rule: str) -> Any:
    """The truth of one part of a rule, for everyone; with nobody given only the grammar is checked."""
    if isinstance(node, ast.BoolOp):
        parts = [_walk(part, people, rule) for part in node.values]
        join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
        return join.reduce(np.broadcast_arrays(*parts)) if people is not None else True
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return np.logical_not(_walk(node.operand, people, rule))
    if isinstance(node, ast.Compare):
        sides = [_value(side, people, rule) for side in (node.left, *node.comparators)]
        _refuse_other_scales([node.left, *node.comparators])
        truth: Any = True
        for left, compare, right in zip(sides, node.ops, sides[1:], strict=False):
            if type(compare) not in _COMPARE:
                raise ValueError(f"{_text(node, rule)}: only < <= > >= == != compare")
            truth = np.logical_and(truth, _COMPARE[type(compare)](left, right))
        return truth
    if _name(node) in _YES_NO:
        return _value(node, people, rule)
    raise ValueError(f"{_text(node, rule)}: expected a comparison such as 'stress >= 0.42', or one of "
                     f"{' and '.join(_YES_NO)}, joined by and, or, not")  # fmt: skip


def _refuse_other_scales(sides: list[ast.expr]) -> None:
    """States go from 0 to 1 in a rule: a number beyond was meant in the points of an instrument."""
    states = [name for name in map(_name, sides) if name in States._fields]
    for side in sides:
        value = side.value if isinstance(side, ast.Constant) else 0
        if states and isinstance(value, int | float) and value > _CLEARLY_ABOVE_1:
            raise ValueError(f"{value:g}: {states[0]} goes from 0 to 1 in a rule (PSS-10 points are 40 x stress)")


def _value(node: ast.expr, people: People | None, rule: str) -> Any:
    """One side of a comparison: a number or a named attribute."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, people, rule)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return node.value
    name = _name(node)
    if name is None:
        raise ValueError(f"{_text(node, rule)}: expected a number or a name")
    if name not in NAMES:
        near = difflib.get_close_matches(name, NAMES, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "the names are " + ", ".join(NAMES)
        raise ValueError(f"{name}: unknown in a rule; {hint}")
    if people is None:
        return 0.0
    if name in States._fields:
        return getattr(people.now, name)
    if name in _TRAITS:
        return _TRAITS[name](people)
    table, domain = name.split(".")
    return (people.load if table == "load" else people.traits.chronic)[DOMAINS.index(domain)]


def _name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return None


def _text(node: ast.expr, rule: str) -> str:
    return ast.get_source_segment(rule.strip(), node) or rule
