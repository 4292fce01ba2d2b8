"""Which points there are: a condition on what is varied, read in a small closed grammar.

    programmes.0.minutes / programmes.0.every <= 15
    not (programmes.0.kind == "friend_circle" and stressors.event_rate > 1.5)

Numbers, texts in quotation marks, true and false, the varied parameters in full, + - * / and parentheses, comparisons,
and, or, not; nothing else, and nothing is executed.
"""

from __future__ import annotations

import ast
import operator
import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from peersim.checking import spec_of
from peersim.experiment.factors import target_of
from peersim.mistakes import did_you_mean, nearest
from peersim.networks.errors import in_words

Row = Sequence[Any]
Value = Callable[[Row], Any]
"""One part of a condition: its value at a point."""

NUMBER, TEXT, TRUTH, LIST = "a number", "a text", "true or false", "a list"
LONGEST = 1000
LARGEST = 1e15
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}  # fmt: skip
_WORDS = re.compile(r"""(?P<text>"[^"\\]*"|'[^'\\]*')|(?<![\w.])(?P<name>[A-Za-z_]\w*(?:\.\w+)*)""")
_OWN_WORDS = {"and": "and", "or": "or", "not": "not", "true": "True", "false": "False"}
_PLACEHOLDER = re.compile(r"\b_name(\d+)\b")


class _Part(NamedTuple):
    kind: str
    value: Value


class _Reader:
    """One condition while it is read. kinds  what each varied parameter is, in the order of a point's values"""

    def __init__(self, text: str, kinds: Mapping[str, str]) -> None:
        self.kinds, self.found = kinds, list[str]()
        self.text = _WORDS.sub(self.replaced, text.strip())

    def replaced(self, match: re.Match[str]) -> str:
        """A dotted name as a name that Python can parse; texts stay."""
        name = match["name"]
        if name is None or name in _OWN_WORDS:
            return _OWN_WORDS.get(name or "", match.group())
        self.found.append(name)
        return f"_name{len(self.found) - 1}"

    def shown(self, node: ast.expr) -> str:
        """A part as it was written."""
        segment = ast.get_source_segment(self.text, node) or self.text
        return _PLACEHOLDER.sub(lambda match: dict(enumerate(self.found)).get(int(match[1]), match.group()), segment)

    def part(self, node: ast.expr) -> _Part:
        if isinstance(node, ast.BoolOp):
            return self.joined(node)
        if isinstance(node, ast.Compare):
            return self.compared(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            whether = self.of_kind(node.operand, TRUTH)
            return _Part(TRUTH, lambda row: not whether(row))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            number = self.of_kind(node.operand, NUMBER)
            return _Part(NUMBER, lambda row: -number(row))
        if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            reckon = _ARITHMETIC[type(node.op)]
            left, right = self.of_kind(node.left, NUMBER), self.of_kind(node.right, NUMBER)
            return _Part(NUMBER, lambda row: reckon(left(row), right(row)))
        if isinstance(node, ast.Constant):
            return self.constant(node)
        if isinstance(node, ast.Name):
            return self.named(node)
        raise ValueError(f"{self.shown(node)}: there are only + - * / and parentheses, < <= > >= == !=, and, or, not")

    def joined(self, node: ast.BoolOp) -> _Part:
        parts = [self.of_kind(part, TRUTH) for part in node.values]
        if isinstance(node.op, ast.And):
            return _Part(TRUTH, lambda row: all(part(row) for part in parts))
        return _Part(TRUTH, lambda row: any(part(row) for part in parts))

    def compared(self, node: ast.Compare) -> _Part:
        nodes = [node.left, *node.comparators]
        sides = [self.part(side) for side in nodes]
        steps = []
        for k, how in enumerate(node.ops):
            left, right = sides[k], sides[k + 1]
            if type(how) not in _COMPARE:
                raise ValueError(f"{self.shown(node)}: only < <= > >= == != compare")
            if left.kind != right.kind:
                said = f"{self.shown(nodes[k])} is {left.kind} and {self.shown(nodes[k + 1])} is {right.kind}"
                raise ValueError(f"{said}; like is compared with like")
            if left.kind != NUMBER and not isinstance(how, ast.Eq | ast.NotEq):
                raise ValueError(f"{self.shown(node)}: {left.kind} is compared with == and != only")
            steps.append((left.value, _COMPARE[type(how)], right.value))
        if len(steps) == 1:
            first, compare, second = steps[0]
            return _Part(TRUTH, lambda row: compare(first(row), second(row)))
        return _Part(TRUTH, lambda row: all(holds(one(row), other(row)) for one, holds, other in steps))

    def constant(self, node: ast.Constant) -> _Part:
        value = node.value
        if isinstance(value, bool):
            return _Part(TRUTH, lambda row: value)
        if isinstance(value, str):
            return _Part(TEXT, lambda row: value)
        if not isinstance(value, int | float):
            raise ValueError(f"{self.shown(node)}: expected a number, a text or the name of what is varied")
        if not abs(value) <= LARGEST:
            raise ValueError(f"a number beyond {LARGEST:g} is too large for a condition")
        return _Part(NUMBER, lambda row: value)

    def named(self, node: ast.Name) -> _Part:
        name = self.shown(node)
        if name not in self.kinds:
            near = nearest(name, self.kinds)
            hint = "" if spec_of(target_of(name)) else did_you_mean([near])
            varied = in_words(tuple(self.kinds), 99) or "nothing"
            raise ValueError(f"{name}: is not varied; {hint or f'the sweep varies {varied}'}")
        if self.kinds[name] == LIST:
            raise ValueError(f"{name}: is a list, and a condition cannot speak of it")
        which = list(self.kinds).index(name)
        return _Part(self.kinds[name], operator.itemgetter(which))

    def of_kind(self, node: ast.expr, wanted: str) -> Value:
        part = self.part(node)
        if part.kind != wanted:
            raise ValueError(f"{self.shown(node)}: is {part.kind}, where {wanted} should stand")
        return part.value


def read_condition(text: str, kinds: Mapping[str, str]) -> Callable[[Row], bool]:
    """Whether a point meets a condition, as a function of the point's values.

    kinds  of each varied parameter: NUMBER, TEXT, TRUTH or LIST, in the order of the values

    Raises ValueError, with a sentence, if the condition is not in the grammar. The function raises ZeroDivisionError.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a condition of {len(text)} characters is too long; at most {LONGEST}")
    reader = _Reader(text, kinds)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what Python would only warn of is no condition either
            parsed = ast.parse(reader.text, mode="eval").body
    except (SyntaxError, SyntaxWarning, RecursionError, MemoryError, ValueError):
        example = "'programmes.0.minutes / programmes.0.every <= 15'"
        raise ValueError(f"cannot be read as a condition; write for instance {example}, with == for equals") from None
    return reader.of_kind(parsed, TRUTH)


def kind_of(values: Iterable[Any]) -> str:
    """What values are to a condition; where they are of several kinds, it cannot speak of them."""
    found = {
        TRUTH if isinstance(v, bool) else TEXT if isinstance(v, str) else NUMBER if isinstance(v, int | float) else LIST
        for v in values
    }
    return found.pop() if len(found) == 1 else LIST
