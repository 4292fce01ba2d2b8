"""How a number is declared: once, with its default, unit, range, meaning and source."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo


def as_tuple(value: Any) -> Any:
    """TOML writes a tuple as a list."""
    return tuple(value) if isinstance(value, list) else value


Several = Annotated[tuple[float, ...], BeforeValidator(as_tuple)]
"""Several numbers of one meaning, one for each life domain or kind of support, in their declared order."""


@dataclass(frozen=True)
class Spec:
    """What is known of one parameter: all that its check, error, docs row and slider need.

    name     as written in a scenario, without its table
    default  the value when the scenario is silent
    unit     the unit of the value ("" for text and yes/no)
    within   (low, high), both allowed; None on a side without a bound
    choices  the words allowed, or None
    doc      what it means, in a phrase
    source   where the default comes from: "empirical: ...", "calibrated" or "assumed"
    """

    name: str
    default: Any
    unit: str
    within: tuple[float | None, float | None] | None
    choices: tuple[str, ...] | None
    doc: str
    source: str


class Parameters(BaseModel):
    """One table of a scenario: frozen, strict, and closed to unknown names, infinities and NaN."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, validate_default=True
    )


def param(
    default: Any,
    *,
    unit: str,
    doc: str,
    source: str,
    within: tuple[float | None, float | None] | None = None,
    choices: tuple[str, ...] | None = None,
) -> Any:
    """Declare one parameter of a `Parameters` table.

    A tuple as default declares several numbers of one meaning; `within` then holds for each of them and
    their count is fixed.
    """
    about: Any = {"unit": unit, "doc": doc, "source": source, "within": within, "choices": choices}
    bounds: dict[str, Any] = {}
    if within is not None and not isinstance(default, tuple):
        bounds = {key: b for key, b in zip(("ge", "le"), within, strict=True) if b is not None}
    field = Field(default, description=doc, json_schema_extra=about, **bounds)
    check = _check_each(len(default), within) if isinstance(default, tuple) else _check_word(choices)
    if check is not None:
        field.metadata.append(AfterValidator(check))
    return field


def _check_each(count: int, within: tuple[float | None, float | None] | None) -> Any:
    def check(values: tuple[float, ...]) -> tuple[float, ...]:
        low, high = within or (None, None)
        if len(values) != count:
            raise ValueError(f"must be {count} numbers, not {len(values)}")
        for value in values:
            if (low is not None and value < low) or (high is not None and value > high):
                raise ValueError(f"must be {count} numbers {range_in_words(within)}; {value:g} is not")
        return values

    return check


def _check_word(choices: tuple[str, ...] | None) -> Any:
    if choices is None:
        return None

    def check(word: str) -> str:
        if word not in choices:
            raise ValueError("must be one of " + ", ".join(choices))
        return word

    return check


def range_in_words(within: tuple[float | None, float | None] | None) -> str:
    """`(0, 24)` as "between 0 and 24"."""
    low, high = within or (None, None)
    if low is None and high is None:
        return "of any size"
    if high is None:
        return f"at least {_number(low)}"
    if low is None:
        return f"at most {_number(high)}"
    return f"between {_number(low)} and {_number(high)}"


def _number(bound: Any) -> str:
    return f"{bound:,}" if isinstance(bound, int) else f"{bound:g}"


def spec(name: str, field: FieldInfo) -> Spec:
    """The declaration of one field that `param` made."""
    about: Any = field.json_schema_extra
    return Spec(
        name, field.default, about["unit"], about["within"], about["choices"], about["doc"], about["source"]
    )


def specs(table: type[Parameters]) -> Iterator[Spec]:
    """Every parameter of one table, in the order of its file."""
    for name, field in table.model_fields.items():
        if isinstance(field.json_schema_extra, dict) and "unit" in field.json_schema_extra:
            yield spec(name, field)


def rules(table: Parameters) -> Any:
    """A table's numbers as a flat named tuple of floats (and tuples of floats), which compiled code can read.

    Words and nested tables are left out: what they decide is decided before anything is compiled.
    """
    numbers = {name: value for name, value in table if isinstance(value, int | float | tuple)}
    return _rules_type(type(table), tuple(numbers))(*(_as_floats(value) for value in numbers.values()))


@cache
def _rules_type(table: type[Parameters], names: tuple[str, ...]) -> Any:
    """One named-tuple type a table, standing in this module under its own name.

    What was compiled for it is kept on disk by that name: a type that cannot be found by name would compile everything
    anew in every process.
    """
    name = f"{table.__name__}Rules"
    globals()[name] = made = namedtuple(name, names, module=__name__)
    return made


def _as_floats(value: Any) -> Any:
    return tuple(float(v) for v in value) if isinstance(value, tuple) else float(value)
