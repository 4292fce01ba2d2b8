"""What is wrong with one value, in a sentence made of the parameter's declaration: unit, range, words and meaning."""

from __future__ import annotations

import datetime
import json
import math
import re
from typing import Any, NamedTuple

from peersim.mistakes import did_you_mean, nearest
from peersim.parameters import Spec, range_in_words

_MOST_SHOWN = 60
_COUNTED = re.compile(r"people\b|\w*[^s\W]s\b")
_NO = {"no", "off", "false", "0"}
_YES = {"yes", "on", "true", "1"}


class Told(NamedTuple):
    """What is wrong, what to do about it, and which element of a list it is."""

    message: str
    suggestion: str = ""
    element: int | None = None


def shown(value: Any) -> str:
    """A value as TOML writes it; a long one is cut."""
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, str):
        text = as_toml_text(value)
    elif isinstance(value, int) and value.bit_length() > 200:
        text = f"a number of {value.bit_length():,} bits"
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(shown(v) for v in value) + "]"
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{k} = {shown(v)}" for k, v in value.items()) + "}"
    else:
        text = str(value)
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 3] + "..."


def as_toml_text(text: str) -> str:
    """A text in quotation marks, as TOML reads it back."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def what_is_wrong(spec: Spec, value: Any) -> Told | None:
    """Why the parameter cannot have this value; None where its declaration sees nothing wrong."""
    if isinstance(spec.default, tuple):
        told = _several(spec, value)
    elif isinstance(spec.default, bool):
        told = _yes_or_no(value)
    elif isinstance(spec.default, str):
        told = _word(spec, value)
    else:
        told = _number(spec, value)
    return told and told._replace(message=f"{told.message} ({_meaning(spec)})")


def _meaning(spec: Spec) -> str:
    is_said = not spec.unit or _is_counted(spec.unit) or spec.doc.startswith(spec.unit)
    return spec.doc if is_said else f"{spec.unit}: {spec.doc}"


def _is_counted(unit: str) -> bool:
    """Whether a number goes before the unit: 24 hours, 8 people; but not 0.3 stress."""
    return _COUNTED.match(unit) is not None


def _amount(spec: Spec) -> str:
    """`between 0 and 24 hours`."""
    if spec.within is None:
        return spec.unit if _is_counted(spec.unit) else ""
    words = range_in_words(spec.within)
    return f"{words} {spec.unit}" if _is_counted(spec.unit) else words


def _number(spec: Spec, value: Any) -> Told | None:
    is_whole = isinstance(spec.default, int)
    wanted = " ".join(filter(None, ("must be a whole number" if is_whole else "must be a number", _amount(spec))))
    if not _is_number(value):
        return Told(f"{wanted}, not {_kind(value)}", _unquoted(value))
    if isinstance(value, float) and not math.isfinite(value):
        return Told(f"must be a finite number, not {value}")
    if is_whole and isinstance(value, float):
        return Told(f"{wanted}, not {value}", f"write {int(value)}" if value == int(value) else "")
    return Told(f"must be {_amount(spec)}") if _is_outside(spec, value) else None


def _several(spec: Spec, value: Any) -> Told | None:
    count = len(spec.default)
    wanted = f"must be a list of {count} numbers"
    if not isinstance(value, list | tuple):
        return Told(f"{wanted}, not {_kind(value)}", f"write {[value] * count}" if _is_number(value) else "")
    if len(value) != count:
        return Told(f"{wanted}, not of {len(value)}")
    for k, number in enumerate(value):
        which = f"number {k + 1} of {count}"
        if not _is_number(number):
            return Told(f"{which} must be a number, not {_kind(number)}", _unquoted(number), k)
        if isinstance(number, float) and not math.isfinite(number):
            return Told(f"{which} must be a finite number, not {number}", element=k)
        if _is_outside(spec, number):
            return Told(f"{which} must be {_amount(spec)}, not {shown(number)}", element=k)
    return None


def _yes_or_no(value: Any) -> Told | None:
    if isinstance(value, bool):
        return None
    word = str(value).casefold()
    write = "write true" if word in _YES else "write false" if word in _NO else ""
    return Told(f"must be true or false, not {_kind(value)}", write)


def _word(spec: Spec, value: Any) -> Told | None:
    if spec.choices is None:
        if isinstance(value, str):
            return None
        return Told(f"must be a text, not {_kind(value)}", f'write "{value}"' if _is_number(value) else "")
    if value in spec.choices:
        return None
    near = nearest(value, spec.choices) if isinstance(value, str) else ""
    return Told("must be one of " + ", ".join(spec.choices), did_you_mean([near]))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_outside(spec: Spec, value: Any) -> bool:
    low, high = spec.within or (None, None)
    return (low is not None and value < low) or (high is not None and value > high)


def _unquoted(value: Any) -> str:
    """What to write for a number that stands in quotation marks."""
    try:
        number = float(value) if isinstance(value, str) else math.nan
    except ValueError:
        return ""
    return f"write {number:.15g} without quotation marks" if math.isfinite(number) else ""


def _kind(value: Any) -> str:
    """What came instead: "the text 'high'"."""
    if isinstance(value, str):
        return f"the text '{value if len(value) <= _MOST_SHOWN else value[: _MOST_SHOWN - 3] + '...'}'"
    if isinstance(value, bool):
        return shown(value)
    if isinstance(value, int | float):
        return f"the number {shown(value)}"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, datetime.date | datetime.time):
        return f"the date or time {value}"
    return f"{type(value).__name__} {shown(value)}"
