"""Where each key of a TOML text stands, so that a mistake can be told with its line and column.

`tomllib` says what a text means, not where. This reads the same text a second time, for places only, and trusts that
`tomllib` has accepted it.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

Key = tuple[str | int, ...]
"""The way to a value: ("programmes", 0, "every")."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_PART = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|[\w-]+")
_TEXT = re.compile(r"\"\"\"(?:\\.|[^\\])*?\"\"\"\"{0,2}|'''.*?''''{0,2}|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'", re.DOTALL)
_BARE = re.compile(r"[^,\]}#\n]+")


class Position(NamedTuple):
    """Line and column of a character, both counted from 1."""

    line: int
    column: int


def locate(text: str) -> dict[Key, Position]:
    """The place of every table, key and list element of a valid TOML text.

    A table has the place of its name in the first header or dotted key that makes it; so has each table of an array.
    """
    return _Reader(text.replace("\r\n", "\n")).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.line = 0
        self.found: dict[Key, Position] = {}
        self.arrays: dict[Key, int] = {}

    def read(self) -> dict[Key, Position]:
        table: Key = ()
        self.skip_blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.key_and_value(table)
            self.skip_blank()
        return self.found

    def header(self) -> Key:
        """`[table]` or `[[table]]`: the way to the table that it opens."""
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        parts = self.key_parts()
        self.at += 2 if is_array else 1
        table: Key = ()
        for name, position in parts[:-1]:
            table = self.last_of((*table, name), position)
        name, position = parts[-1]
        table = (*table, name)
        if is_array:
            self.arrays[table] = self.arrays.get(table, -1) + 1
            self.found[*table, self.arrays[table]] = position
        return self.last_of(table, position)

    def last_of(self, key: Key, position: Position) -> Key:
        """The key, or in an array of tables the last of them."""
        self.found.setdefault(key, position)
        return (*key, self.arrays[key]) if key in self.arrays else key

    def key_and_value(self, table: Key) -> None:
        for name, position in self.key_parts():
            table = (*table, name)
            self.found.setdefault(table, position)
        self.at += 1  # the equals sign
        self.value(table)

    def key_parts(self) -> list[tuple[str, Position]]:
        """The parts of a dotted key, and the place of each; leaves off before what follows the key."""
        parts = []
        while True:
            self.skip_blank()
            match = _PART.match(self.text, self.at)
            assert match is not None
            name = match.group()
            if name[0] in "\"'":
                name = next(iter(tomllib.loads(f"{name} = 0")))
            parts.append((name, self.position()))
            self.at = match.end()
            self.skip_blank()
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def value(self, key: Key) -> None:
        self.skip_blank()
        if self.text[self.at] in "[{":
            self.several(key, is_list=self.text[self.at] == "[")
            return
        match = _TEXT.match(self.text, self.at) or _BARE.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def several(self, key: Key, is_list: bool) -> None:
        """A list, or a table in one line."""
        self.at += 1
        element = 0
        self.skip_blank()
        while self.text[self.at] not in "]}":
            if is_list:
                self.found[*key, element] = self.position()
                self.value((*key, element))
            else:
                self.key_and_value(key)
            element += 1
            self.skip_blank()
            if self.text[self.at] == ",":
                self.at += 1
                self.skip_blank()
        self.at += 1

    def skip_blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def position(self) -> Position:
        """Where reading is now; it only ever moves on."""
        while self.line + 1 < len(self.starts) and self.starts[self.line + 1] <= self.at:
            self.line += 1
        return Position(self.line + 1, self.at - self.starts[self.line] + 1)
