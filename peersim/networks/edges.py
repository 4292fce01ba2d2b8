"""Edge lists: which row is a header, and which columns hold the two people of a tie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

from peersim.networks.errors import NetworkError, in_words
from peersim.networks.found import Found, find_column, is_missing, plain_name
from peersim.networks.settings import NetworkSettings
from peersim.networks.tables import Table, read_table

WEIGHT_NAMES = ("weight", "w", "strength")
KIND_NAMES = ("kind", "type", "relation", "relationship")
ID_NAMES = ("id", "node", "name", "person")
ABOUT_PEOPLE = (
    "age",
    "group",
    "department",
    "dept",
    "class",
    "team",
    "culture",
    "community",
    "sex",
    "gender",
)

_PAIRS = (
    *product(("source", "src"), ("target", "tgt", "dest", "destination", "dst")),
    *product(("from", "origin", "start"), ("to", "destination", "end")),
    *product(("sender", "giver"), ("receiver", "recipient", "target")),
    *product(("ego", "respondent", "person", "name"), ("alter", "friend", "nominee")),
    *(("nominator", "nominee"), ("chooser", "chosen"), ("caller", "callee"), ("tail", "head")),
    *(("a", "b"), ("i", "j"), ("u", "v")),
)
_NUMBERED = re.compile(r"(.+?)(1|a)")


def read_edges(name: str, text: str, settings: NetworkSettings) -> Found:
    """The ties of an edge list: one a row, its two people in the columns named so, else in the first two.

    Without a header the columns are called "1", "2", "3", ..., and a third one of numbers is the weight.

    Raises NetworkError for one column only, two columns of one name, a matrix and a table of people.
    """
    table = read_table(name, text)
    _refuse_matrix(table)
    first = 1 if _has_header(table, settings) else 0
    header = table.rows[0] if first else [""] * len(table.rows[0])
    names = [cell.strip() or str(k + 1) for k, cell in enumerate(header)]
    if len(set(names)) < len(names):
        twice = next(column for column in names if names.count(column) > 1)
        raise NetworkError(f"{table.place(0)}: two columns are called '{twice}'; rename one")
    if len(names) < 2:
        raise NetworkError(f"{table.place(first)}: one column only; a tie needs two people, as in `anna,ben`")
    if not first and table.short is not None and not (len(names) == 3 and _is_number(table.rows[0][2])):
        found = len([cell for cell in table.rows[table.short] if cell])
        raise NetworkError(
            f"{table.place(table.short)}: {found} columns, where the first row has {len(names)}; "
            "write one tie a row, and a header if cells may be empty"
        )
    columns = dict(zip(names, zip(*table.rows[first:], strict=True), strict=False))
    if not columns:
        raise NetworkError(f"{name}: a header but no ties below it")
    one, other = _pair(names) if first else (names[0], names[1])
    if not one:
        one, other = _first_two(table, header, names, settings)
    weight = "" if first or len(names) < 3 or not _is_number(columns[names[2]][0]) else names[2]
    source, target = columns.pop(one), columns.pop(other)
    if table.separator != ",":
        columns = {key: _with_decimal_points(column) for key, column in columns.items()}
    is_odd = settings.header == "auto" and not first and _is_alone(source, target)
    doubt = "the first row is taken for a tie: if it is a header, set network.header = 'yes'" if is_odd else ""
    return Found(name, source, target, lambda row: table.place(row + first), columns, weight=weight, doubt=doubt)


def _is_alone(source: Sequence[str], target: Sequence[str]) -> bool:
    """Whether the people of the first row are in no other, as a header's words would be."""
    pair = (source[0], target[0])
    return len(source) > 2 and not any(one in rest for one in pair for rest in (source[1:], target[1:]))


def _has_header(table: Table, settings: NetworkSettings) -> bool:
    if settings.header != "auto":
        return settings.header == "yes"
    first, rows = table.rows[0], table.rows[1:]
    own = (settings.weight, settings.kind_column, settings.wave_column)
    known = {plain_name(word) for word in (*WEIGHT_NAMES, *KIND_NAMES, *own) if word}
    one, other = _pair(first)
    named = {cell for cell in first if plain_name(cell) in known} | {cell for cell in (one, other) if cell}
    if not rows and one and named == {one, other} and _shape(one) == _shape(other):
        return False  # two people with names alike, and the only tie
    if named:
        places = (first.index(one), first.index(other)) if one else (0, 1)
        people = {row[k] for row in rows[:1000] for k in places if k < len(row)}
        return {_shape(cell) for cell in named}.isdisjoint(map(_shape, people))
    return any(
        cell.strip() and not _is_number(cell) and all(_is_number(row[k]) for row in rows)
        for k, cell in enumerate(first)
        if rows and _is_number(rows[0][k])
    )


def _shape(name: str) -> tuple[str, bool]:
    """What `p1` and `p12`, or `a` and `b`, have in common: a row like the names below it is no header."""
    bare = name.strip().casefold()
    return re.sub(r"([0-9]+|.)$", "", bare), bare[-1:].isdigit()


def _pair(names: Sequence[str]) -> tuple[str, str]:
    """The columns that hold the two people by their names, or two blanks."""
    bare = {column: re.sub(r"(?<=.)(node)?(id|name|label)$", "", plain_name(column)) for column in names}
    for spelled in ({column: plain_name(column) for column in names}, bare):
        where = {short: column for column, short in reversed(spelled.items())}
        for one, other in _PAIRS:
            if one in where and other in where:
                return where[one], where[other]
        for column, short in spelled.items():
            stem = _NUMBERED.fullmatch(short)
            second = stem and where.get(stem[1] + {"1": "2", "a": "b"}[stem[2]])
            if second and "wave" not in short:
                return column, second
    return "", ""


def _first_two(table: Table, header: Sequence[str], names: Sequence[str], settings: NetworkSettings) -> tuple[str, str]:
    own = (settings.weight, settings.kind_column, settings.wave_column)
    others = {plain_name(word) for word in (*WEIGHT_NAMES, *KIND_NAMES, *ABOUT_PEOPLE, *own) if word}
    left = [n for n, cell in zip(names, header, strict=True) if cell.strip() and plain_name(n) not in others]
    if len(left) < 2:
        hint = "; this looks like a table of people, which goes to network.nodes" if _about(names) else ""
        raise NetworkError(
            f"{table.place(0)}: no two columns for the people of a tie among {in_words(names)}; "
            f"call them source and target{hint}"
        )
    return left[0], left[1]


def _about(names: Sequence[str]) -> bool:
    return find_column(names, ID_NAMES) is not None or find_column(names, ABOUT_PEOPLE) is not None


def _refuse_matrix(table: Table) -> None:
    n_rows, n_columns = len(table.rows), len(table.rows[0])
    corner = table.rows[0]
    labelled = n_rows == n_columns and [cell.strip() for cell in corner[1:]] == [
        row[0].strip() for row in table.rows[1:]
    ]
    bare = n_rows == n_columns and all(_is_number(cell) for row in table.rows for cell in row)
    if n_columns > 3 and (labelled or bare):
        raise NetworkError(
            f"{table.name}: this looks like a matrix of people by people; write it as an edge list, "
            "one tie a row: source,target,weight"
        )


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return bool(re.fullmatch(r"\s*-?[0-9]+,[0-9]+\s*", cell))
    return not is_missing(cell)


def _with_decimal_points(column: Iterable[str]) -> tuple[str, ...]:
    """Where commas do not part cells, 0,5 is a half."""
    return tuple(re.sub(r"^\s*(-?[0-9]+),([0-9]+)\s*$", r"\1.\2", c) if "," in c else c for c in column)
