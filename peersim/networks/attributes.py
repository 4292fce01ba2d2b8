"""What is known of people: age, group and sex, from a table or from the network's own file."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.networks.cleaning import mean_rank
from peersim.networks.edges import ABOUT_PEOPLE, ID_NAMES
from peersim.networks.errors import NetworkError, in_words
from peersim.networks.found import People, find_column, is_missing, natural, plain
from peersim.networks.tables import read_table

GROUP_NAMES = ("group", "department", "dept", "class", "team", "culture", "community")
FEMALE = {"f", "female", "woman", "girl"}
MALE = {"m", "male", "man", "boy"}

Values = NDArray[Any]


def read_people(name: str, text: str) -> People:
    """A table of people: a header, then one person a row, the id in the column called so, else in the first.

    Raises NetworkError for a missing header, a person listed twice, and a row without an id.
    """
    table = read_table(name, text)
    header = [cell.strip() or str(k + 1) for k, cell in enumerate(table.rows[0])]
    if find_column(header, (*ID_NAMES, *ABOUT_PEOPLE)) is None:
        raise NetworkError(
            f"{table.place(0)}: '{in_words(header)}' is no header of a table of people; "
            "its first row names the columns, as in `id,age,group`"
        )
    columns = dict(zip(header, zip(*table.rows[1:], strict=True), strict=False))
    if not columns:
        raise NetworkError(f"{name}: a header but no people below it")
    ids = columns.pop(find_column(header, ID_NAMES) or header[0])
    seen: dict[str, int] = {}
    for k, person in enumerate(map(plain, ids)):
        if not person:
            raise NetworkError(f"{table.place(k + 1)}: this row has no id")
        if seen.setdefault(person, k) != k:
            raise NetworkError(
                f"{table.place(k + 1)}: '{person}' is listed twice, "
                f"first in {table.place(seen[person] + 1)}; keep one row a person"
            )
    return People(name, ids, columns, lambda k: table.place(k + 1))


def attributes_of(ids: Sequence[str], sources: Sequence[People]) -> tuple[dict[str, Values], list[str]]:
    """The attributes of these people, each from the first source that has it, and a phrase on each.

    age    (n_people,) rank in (0, 1); NaN where not known
    group  (n_people,) whole codes from 0 in the natural order of the groups' names; -1 where not known
    sex    (n_people,) 0.0 or 1.0; NaN where not known
    """
    position = {name: k for k, name in enumerate(ids)}
    attributes, said = {}, []
    for attribute, names, read in _ATTRIBUTES:
        for people in sources:
            column = find_column(people.columns, names)
            found = None if column is None else read(people, column, position)
            if column is None or found is None:
                continue
            attributes[attribute] = found
            unknown = int((np.isnan(found) | (found < 0)).sum())
            word = column if plain(column).casefold() == attribute else f"{attribute} from {column}"
            said.append(f"{word} ({unknown:,} not known)" if unknown else word)
            break
    return attributes, said


def _known(people: People, column: str, position: Mapping[str, int]) -> Iterator[tuple[int, int, str]]:
    """Row, number and value of each person of whom something is said."""
    for row, (name, value) in enumerate(zip(people.ids, people.columns[column], strict=True)):
        k = position.get(plain(name))
        if k is not None and not is_missing(value):
            yield row, k, plain(value)


def _age(people: People, column: str, position: Mapping[str, int]) -> Values | None:
    ages = np.full(len(position), np.nan)
    for row, k, value in _known(people, column, position):
        try:
            ages[k] = float(value)
        except ValueError:
            ages[k] = math.inf
        if not math.isfinite(ages[k]):
            raise NetworkError(
                f"{people.place(row)}: {column} = '{value}' is no age; write a number, or nothing if unknown"
            )
    return None if np.isnan(ages).all() else mean_rank(ages)


def _group(people: People, column: str, position: Mapping[str, int]) -> Values | None:
    label = {k: value for _, k, value in _known(people, column, position)}
    code = {name: k for k, name in enumerate(sorted(set(label.values()), key=natural))}
    groups = np.full(len(position), -1, dtype=np.int32)
    for k, name in label.items():
        groups[k] = code[name]
    return groups if label else None


def _sex(people: People, column: str, position: Mapping[str, int]) -> Values | None:
    """Female 0 and male 1 in the usual words, all else not known; without these, two values in their order.

    Raises NetworkError for three or more values none of which is such a word.
    """
    value_of = {k: value.casefold() for _, k, value in _known(people, column, position)}
    values = sorted(set(value_of.values()), key=natural)
    code = {word: 0.0 for word in FEMALE} | {word: 1.0 for word in MALE}
    if not code.keys() & set(values):
        if len(values) > 2:
            raise NetworkError(
                f"{people.name}: {column} has the values {in_words(values)}; write F and M, "
                "and anything else where it is neither or not known"
            )
        code = {value: float(k) for k, value in enumerate(values)}
    sex = np.full(len(position), np.nan)
    for k, value in value_of.items():
        sex[k] = code.get(value, np.nan)
    return None if np.isnan(sex).all() else sex


_ATTRIBUTES: tuple[tuple[str, tuple[str, ...], Callable[[People, str, Mapping[str, int]], Values | None]], ...] = (
    ("age", ("age",), _age),
    ("group", GROUP_NAMES, _group),
    ("sex", ("sex", "gender"), _sex),
)
