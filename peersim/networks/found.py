"""Ties and people as a file names them, before anything is chosen, numbered or cleaned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_MISSING = {"", "na", "n/a", "nan", "null", "none", "?", ".", "-", "unknown"}
_DIGITS = re.compile("[0-9]+")
_WHOLE = re.compile(r"(-?[0-9]+)\.0+")


@dataclass(frozen=True)
class People:
    """What one source says of people.

    name     the file's name, for messages
    ids      each person's name as written
    columns  what is said of them by name, each as long as `ids`
    place    tells where person number k stands, as "people.csv:12"
    """

    name: str
    ids: Sequence[Any] = ()
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    place: Callable[[int], str] = str


@dataclass(frozen=True)
class Found:
    """The ties of one file, row by row.

    name      the file's name, for messages
    source    (n_rows,) one person of each tie, as written
    target    (n_rows,) the other
    place     tells where row k stands, as "friends.csv:12"
    columns   what else is said of ties by name, each (n_rows,)
    people    those the file names on their own, whether they have ties or not
    directed  whether the file says that its ties are arcs; None where it does not tell
    weight    the column taken as weight where no name tells, "" for none
    doubt     what the reader should know of a choice that may be wrong, "" for nothing
    """

    name: str
    source: Sequence[Any]
    target: Sequence[Any]
    place: Callable[[int], str]
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    people: People = field(default_factory=lambda: People(""))
    directed: bool | None = None
    weight: str = ""
    doubt: str = ""


def plain(value: Any) -> str:
    """A name or label as text, whatever way it was written: no spaces around, and 7 for 7.0 or "7.0"."""
    text = "" if value is None else str(value).strip()
    whole = _WHOLE.fullmatch(text)
    return whole.group(1) if whole else text


def is_missing(value: Any) -> bool:
    """Whether this stands for "not known": nothing, NA, nan, null, none, unknown, ?, a dot or a dash."""
    return plain(value).casefold() in _MISSING


def plain_name(column: str) -> str:
    """A column's name for comparing: `Node_1`, `node 1` and `NODE1` are one."""
    return re.sub(r"[\W_]+", "", column.casefold())


def find_column(columns: Iterable[str], names: Iterable[str]) -> str | None:
    """The column that bears the first of these names to be found, in whatever spelling."""
    spelled = {plain_name(column): column for column in reversed(list(columns))}
    return next((spelled[name] for name in map(plain_name, names) if name in spelled), None)


def natural(name: str) -> tuple[str, str]:
    """Sort key under which 2 comes before 10 and "class 2" before "class 10"; case matters last."""
    return _DIGITS.sub(lambda digits: digits.group().zfill(20), name.casefold()), name
