"""Whom a programme is offered to: a rule over states and traits, read in a small closed grammar.

    stress >= 0.42 and not partnered
    special_needs or (load.family > 0.3 and age < 0.5)
    couple.satisfaction < 0.85 and degree >= 3

Numbers, the names of `NAMES`, comparisons, `and`, `or`, `not` and parentheses; nothing else, and nothing is executed.
"""

from __future__ import annotations

import ast
import difflib
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.domains import DOMAINS
from peersim.people import Floats, People, States
from peersim.ties import Ties

_TRAITS: dict[str, Callable[[People], NDArray[Any]]] = {
    "age": lambda people: people.traits.age,
    "culture": lambda people: people.traits.culture,
    "skill": lambda people: people.traits.skill,
    "hardship": lambda people: people.traits.hardship,
    "partnered": lambda people: people.traits.partner >= 0,
    "special_needs": lambda people: people.traits.special_needs,
    "load": lambda people: people.load.sum(axis=0, dtype=np.float64),
}
_DERIVED = ("resilience", "degree")
_BY_DOMAIN: dict[str, Callable[[People], NDArray[Any]]] = {
    "load": lambda people: people.load,
    "chronic": lambda people: people.traits.chronic,
    "lived": lambda people: people.lived,
}
NAMES = (
    *States._fields,
    *_DERIVED,
    *_TRAITS,
    *(f"{table}.{domain}" for table in _BY_DOMAIN for domain in DOMAINS),
    *(f"couple.{state}" for state in States._fields),
)
"""What a rule may speak of: states in [0, 1], number of ties, traits, strain in a domain (1 is severe), and the mean of
a couple's states; for singles no comparison with one holds."""

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal, ast.Eq: np.equal,
    ast.NotEq: lambda left, right: np.less(left, right) | np.greater(left, right),  # not what singles have for a couple
}  # fmt: skip
_CLEARLY_ABOVE_1 = 1.001
_YES_NO = ("partnered", "special_needs")
_FROM_0_TO_1 = (*States._fields, "resilience", "age", "skill")
_LARGEST = 1_000_000_000
_MEANT = {
    "stress": " (PSS-10 = 40 x stress)",
    "resilience": " (BRS = 1 + 4 x resilience)",
    "loneliness": " (UCLA = 20 + 60 x loneliness)",
    "satisfaction": " (CSI-32 = 161 x satisfaction)",
    "age": " (it is a rank: 0 is the youngest, 1 the oldest)",
}
Look = Callable[[str], NDArray[Any]]
"""What a name stands for, of everyone."""
Resilience = Callable[[], Floats]
"""Everyone's resilience, derived when a rule asks for it."""


def check_rule(rule: str) -> None:
    """Raise ValueError, with a sentence, if the rule is not in the grammar."""
    _walk(_parsed(rule), None, rule)


def eligible(rule: str, people: People, ties: Ties, resilience: Resilience) -> NDArray[np.bool_]:
    """Who meets the rule this morning, (n_people,)."""

    def look(name: str) -> NDArray[Any]:
        if name == "resilience":
            found = resilience()
        else:
            found = np.diff(ties.start) if name == "degree" else _looked_up(name, people)
        return found.astype(np.float64) if found.dtype == np.float32 else found  # what is compared, as it is elsewhere

    meets_it: NDArray[np.bool_] = np.broadcast_to(_walk(_parsed(rule), look, rule), people.number.shape)
    return meets_it


def _looked_up(name: str, people: People) -> NDArray[Any]:
    """What a name stands for, of everyone: a state, a trait, strain in a domain, or the mean of a couple."""
    if name in States._fields:
        state: NDArray[Any] = getattr(people.now, name)
        return state
    if name in _TRAITS:
        return _TRAITS[name](people)
    table, part = name.split(".")
    if table != "couple":
        return _BY_DOMAIN[table](people)[DOMAINS.index(part)]
    own, partner = getattr(people.now, part).astype(np.float64), people.traits.partner
    return np.where(partner < 0, np.nan, 0.5 * (own + own[np.maximum(partner, 0)]))


def _parsed(rule: str) -> ast.expr:
    if len(rule) > 1000:
        raise ValueError(f"a rule of {len(rule)} characters is too long; at most 1000")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what Python would only warn of is no rule either
            return ast.parse(rule.strip(), mode="eval").body
    except (SyntaxError, SyntaxWarning, RecursionError, MemoryError, ValueError):
        raise ValueError("cannot be read as a rule; write for instance 'stress >= 0.42 and not partnered', with "
                         "== for equals, and in small letters") from None  # fmt: skip


def _walk(node: ast.expr, look: Look | None, rule: str) -> Any:
    """The truth of one part of a rule, for everyone; with nobody to look at only the grammar is checked."""
    if isinstance(node, ast.BoolOp):
        parts = [_walk(part, look, rule) for part in node.values]
        join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
        return join.reduce(np.broadcast_arrays(*parts)) if look is not None else True
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return np.logical_not(_walk(node.operand, look, rule))
    if isinstance(node, ast.Compare):
        sides = [_value(side, look, rule) for side in (node.left, *node.comparators)]
        _refuse_other_scales([node.left, *node.comparators])
        truth: Any = True
        for left, compare, right in zip(sides, node.ops, sides[1:], strict=False):
            if type(compare) not in _COMPARE:
                raise ValueError(f"{_text(node, rule)}: only < <= > >= == != compare")
            truth = np.logical_and(truth, _COMPARE[type(compare)](left, right))
        return truth
    if _name(node) in _YES_NO:
        return _value(node, look, rule)
    raise ValueError(f"{_text(node, rule)}: expected a comparison such as 'stress >= 0.42', or one of "
                     f"{' and '.join(_YES_NO)}, joined by and, or, not")  # fmt: skip


def _refuse_other_scales(sides: list[ast.expr]) -> None:
    """States go from 0 to 1 in a rule: a number beyond was meant in the points of an instrument, or in years."""
    named = [name for name in map(_name, sides) if name and name.removeprefix("couple.") in _FROM_0_TO_1]
    for value in filter(None, map(_constant, sides)):
        if named and not -_CLEARLY_ABOVE_1 < value < _CLEARLY_ABOVE_1:
            meant = _MEANT.get(named[0].removeprefix("couple."), "")
            raise ValueError(f"{value:g}: {named[0]} goes from 0 to 1 in a rule{meant}")


def _constant(node: ast.expr) -> float | None:
    """The number that is written here, with its sign; None for anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _constant(node.operand)
        return None if value is None else -value
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool) or not isinstance(node.value, int | float):
        return None
    if not abs(node.value) <= _LARGEST:
        raise ValueError(f"a number beyond {_LARGEST:,} is too large for a rule")
    return float(node.value)


def _value(node: ast.expr, look: Look | None, rule: str) -> Any:
    """One side of a comparison: a number or a named attribute."""
    number = _constant(node)
    if number is not None:
        return number
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, look, rule)
    name = _name(node)
    if name is None:
        raise ValueError(f"{_text(node, rule)}: expected a number or a name")
    if name not in NAMES:
        near = difflib.get_close_matches(name, NAMES, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "the names are " + ", ".join(NAMES)
        raise ValueError(f"{name}: unknown in a rule; {hint}")
    return 0.0 if look is None else look(name)


def _name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return None


def _text(node: ast.expr, rule: str) -> str:
    return ast.get_source_segment(rule.strip(), node) or rule
