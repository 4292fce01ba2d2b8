"""Tables as people write them: any usual separator, with or without header, comments and quotation marks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from peersim.networks.errors import NetworkError

_SEPARATORS = ("\t", ";", ",", " ")
_DECIMAL_COMMA = re.compile(r"\S+\s+\S+\s+-?[0-9]+,[0-9]+")
_QUOTED = re.compile('"[^"]*"')
_PYTHON_DATA = re.compile(r"\{[^{}]*\}$")
_PYTHON_WEIGHT = re.compile(r"'weight': ([^,}]+)")


@dataclass(frozen=True)
class Table:
    """Rows of text cells, all as long as the first.

    name       the file's name, for messages
    rows       the rows that are neither blank nor a comment
    separator  what parts the cells
    text       the whole text, from which the line of a row is told
    short      the first row that lacked cells and was filled with blanks, or None
    """

    name: str
    rows: list[list[str]]
    separator: str
    text: str
    short: int | None = None

    def place(self, row: int) -> str:
        """Where a row stands, as `friends.csv:12`, found by reading again up to it."""
        lines = _Lines(self.text, self.separator)
        next(islice(csv.reader(lines, delimiter=self.separator, skipinitialspace=True), row, None), None)
        return f"{self.name}:{lines.number}"


class _Lines:
    """The lines that hold data, and the number of the one given last."""

    def __init__(self, text: str, separator: str) -> None:
        self.stream = io.StringIO(text, newline=None)
        self.separator = separator
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.stream:
            self.number += 1
            bare = line.strip()
            if not bare or bare[0] in "#%" or (bare[0] in ",;" and not bare.strip(",; \t")):
                continue
            if self.number == 1 and bare[:4] == "sep=":  # a note of spreadsheets to themselves
                continue
            yield _without_python_data(bare).replace("\t", " ").rstrip() if self.separator == " " else line


def _without_python_data(line: str) -> str:
    """`a b {'weight': 2}`, as networkx writes its lists, becomes `a b 2`."""
    data = _PYTHON_DATA.search(line) if line[-1] == "}" else None
    if data is None:
        return line
    weight = _PYTHON_WEIGHT.search(data.group())
    return line[: data.start()] + (weight.group(1) if weight else "").rstrip()


def read_table(name: str, text: str) -> Table:
    """Part the text into rows and cells; a row of blank cells is none, and a short row is filled with blanks.

    Raises NetworkError for a text without rows and for a row longer than the first.
    """
    separator = find_separator(text)
    lines = _Lines(text, separator)
    try:
        rows = list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        raise NetworkError(f"{name}:{lines.number}: the line cannot be read as a table ({error})") from error
    if not rows:
        raise NetworkError(f"{name}: there are no rows, only blank lines and comments")
    table = Table(name, rows, separator, text)
    return table if len(set(map(len, rows))) == 1 else replace(table, short=_make_even(table))


def _make_even(table: Table) -> int | None:
    width = len(table.rows[0])
    short = None
    for k, row in enumerate(table.rows):
        if len(row) > width:
            if any(cell.strip() for cell in row[width:]):
                raise NetworkError(
                    f"{table.place(k)}: {len(row)} columns, where the first row has {width}; "
                    "every row needs the same columns, one tie a row"
                )
            del row[width:]
        elif len(row) < width:
            short = k if short is None else short
            row.extend([""] * (width - len(row)))
    return short


def find_separator(text: str) -> str:
    """The separator that parts the first fifty rows alike: tab, else semicolon, comma or spaces."""
    sample = [_QUOTED.sub("x", line) for line in islice(_Lines(text, ""), 50)]
    if len(sample) > 1 and all(_DECIMAL_COMMA.fullmatch(line.strip()) for line in sample[1:]):
        return "\t" if all(line.count("\t") == 2 for line in sample) else " "
    best, most = ",", 0
    for separator in _SEPARATORS:
        widths = [len(row) for row in _cells(sample, separator)]
        parted = sum(width > 1 for width in widths)
        if parted == len(widths) and len(set(widths)) == 1:
            return separator
        if parted > most:
            best, most = separator, parted
    return best


def _cells(sample: Sequence[str], separator: str) -> Iterator[list[str]]:
    text = "".join(sample)
    return csv.reader(_Lines(text, separator), delimiter=separator, skipinitialspace=True)
