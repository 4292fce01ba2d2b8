"""How a list is laid out: paragraphs as wide as the terminal, or one line an entry, parted by tabs, where piped."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

Row = Mapping[str, Any]


def show_rows(rows: Sequence[Row], entry: Callable[[Row], tuple[str, str]]) -> None:
    """Print the rows. entry  makes of one its headline and what stands below it, for a terminal."""
    if sys.stdout.isatty():
        click.echo("\n".join(paragraphs([entry(row) for row in rows], shutil.get_terminal_size().columns)))
    else:
        click.echo("\n".join(as_lines(rows)))


def paragraphs(entries: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Each headline at the margin and its text indented; lines break between words only."""
    lines = []
    for headline, text in entries:
        lines += _wrapped(headline, width, "")
        lines += _wrapped(text, width, "    ")
    return lines


def as_lines(rows: Sequence[Row]) -> list[str]:
    """The names of the columns, then a line a row, parted by tabs."""
    if not rows:
        return []
    return ["\t".join(rows[0]), *("\t".join(_in_a_cell(value) for value in row.values()) for row in rows)]


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        text, max(width, 20), initial_indent=indent, subsequent_indent=indent or "    ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _in_a_cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else " ".join(str(value).split())
