"""A table of text: titles on the left, right-aligned cells, parted into blocks that fit a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import numpy as np

from peersim.report.words import WIDTH

Row = tuple[str, Sequence[str]]

_HEAD = 24
"""Longer heads over narrow cells go on in the next line."""


def grid(corner: str, heads: Sequence[str], rows: Sequence[Row], title_width: int = 40) -> Iterator[str]:
    """The lines of a table; columns that do not fit stand in further blocks below it, with the same titles.

    heads        of the columns, each of one or more lines
    rows         titles and their cells; one without any cell filled is a heading
    title_width  letters; longer titles go on in the next line
    """
    filled = [max(len(cells[k]) for _, cells in rows) for k in range(len(heads))]
    tops = [_folded(head, max(width, _HEAD)) for head, width in zip(heads, filled, strict=True)]
    widths = [max(width, *map(len, top)) for width, top in zip(filled, tops, strict=True)]
    left = _folded(corner, title_width)
    told = [(_folded(title, title_width) if any(cells) else [title], cells) for title, cells in rows]
    first = max(len(line) for lines, cells in ((left, heads), *told) if any(cells) for line in lines)
    for block in _blocks(widths, WIDTH - first):
        room = [first, *(widths[k] for k in block)]
        if block[0] > 0:
            yield ""
        yield from _heading(left, [tops[k] for k in block], room)
        for (*above, last), cells in told:
            yield from above
            yield _line([last, *(cells[k] for k in block)], room)


def _blocks(widths: Sequence[int], room: int) -> list[list[int]]:
    """Columns in as few even blocks as fit the room; a column too wide for it has a block of its own."""
    for n_blocks in range(1, len(widths) + 1):
        blocks = [block.tolist() for block in np.array_split(np.arange(len(widths)), n_blocks)]
        if all(sum(widths[k] + 2 for k in block) <= room for block in blocks):
            break
    return blocks


def _heading(left: Sequence[str], tops: Sequence[Sequence[str]], room: Sequence[int]) -> Iterator[str]:
    """The heads of one block, which all end on the line above the rule."""
    for k in range(-max(map(len, [left, *tops])), 0):
        yield _line([lines[k] if -k <= len(lines) else "" for lines in (left, *tops)], room)
    yield "─" * (sum(room) + 2 * len(room) - 2)


def _line(cells: Sequence[str], room: Sequence[int]) -> str:
    """A title on the left and right-aligned cells."""
    padded = (cell.rjust(width) for cell, width in zip(cells[1:], room[1:], strict=True))
    return "  ".join([cells[0].ljust(room[0]), *padded]).rstrip()


def _folded(text: str, width: int) -> list[str]:
    """Each line of the text in lines no longer than this."""
    return [part for line in text.split("\n") for part in textwrap.wrap(line, width, subsequent_indent="    ") or [""]]
