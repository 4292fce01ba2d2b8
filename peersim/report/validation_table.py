"""The table of a board, as lines of text: every quantity with its band, and whether it is met; no miss is left out."""

from __future__ import annotations

from collections.abc import Iterator

from peersim.report.words import NO_FORECAST, band_in_words, digits_for, with_interval, wrapped
from peersim.validation.band import UNVERIFIED, Band
from peersim.validation.board import Board, Row

WIDTH = 100
_LEAST_LABEL = 20
_BETWEEN = 8
"""Blanks between the columns, all together."""


def validation_table(board: Board) -> str:
    """Rows under their headings, then sources and notes, and at the very end how many bands are met."""
    return "\n".join(_lines(board))


def _lines(board: Board) -> Iterator[str]:
    many = len(board.seeds) > 1
    yield from wrapped(board.summary + (f" (seed {board.seeds[0]})" if many else ""))
    seeds = f"{len(board.seeds)} seeds" if many else f"seed {board.seeds[0]}"
    yield f"{board.name}: {seeds}, {board.burn_in} days of burn-in and a year; {board.count}"
    yield ""
    yield from _rows(board)
    yield ""
    yield "  mean [95 % interval over seeds]: how well the model's own answer is known, not whether it is right"
    yield "  ~ the interval crosses an edge of the band: more seeds may turn met into missed, or back"
    yield "  unverified: commonly cited, but not checked, and no citation"
    yield ""
    for number, (known_by, source) in enumerate(_sources(board), start=1):
        label = f"[{number}]"
        said = f"{UNVERIFIED}: {source}" if known_by == UNVERIFIED else source
        first, *rest = wrapped(said, WIDTH - 5)
        yield f"{label:<5}{first}"
        yield from (f"     {line}" for line in rest)
    for note in (*board.notes, NO_FORECAST):
        yield ""
        yield from wrapped(note)
    yield ""
    yield from wrapped(board.verdict)


def _rows(board: Board) -> Iterator[str]:
    sources = _sources(board)
    cells = [_cells(row, sources) for row in board.rows]
    heads = ("model", "band", "", "known by", "")
    widths = [max(len(head), *(len(each[k]) for each in cells)) for k, head in enumerate(heads)]
    room = max(_LEAST_LABEL, WIDTH - sum(widths) - _BETWEEN)
    yield _line("quantity", heads, widths, room)
    yield "─" * (room + sum(widths) + _BETWEEN)
    for k, (group, rows) in enumerate(board.groups.items()):
        yield from [""] * (k > 0)
        yield group
        for row in rows:
            label = "  " + _label(row)
            if len(label) > room:
                yield label
                label = ""
            yield _line(label, _cells(row, sources), widths, room)


def _line(label: str, cells: tuple[str, ...], widths: list[int], room: int) -> str:
    value, *words = cells
    band, status, known_by, source = (word.ljust(width) for word, width in zip(words, widths[1:], strict=True))
    return f"{label:<{room}}  {value:>{widths[0]}}  {band}  {status} {known_by} {source}".rstrip()


def _label(row: Row) -> str:
    """With its unit where the heading does not say it."""
    unit = row.unit.removesuffix(" points")
    return f"{row.label} ({unit})" if unit != row.unit else row.label


def _cells(row: Row, sources: list[tuple[str, str]]) -> tuple[str, ...]:
    return (
        with_interval(row.value, row.low, row.high, digits_for(row.unit)),
        band_in_words(row.band.low, row.band.high),
        _status(row),
        row.band.known_by,
        f"[{1 + sources.index(_source(row.band))}]",
    )


def _status(row: Row) -> str:
    """In a word; what is missed stands out."""
    if row.value != row.value:
        return "undefined"
    if not row.is_judged:
        return "no band"
    return ("met" if row.is_met else "MISSED") + (" ~" if row.crosses_edge else "")


def _sources(board: Board) -> list[tuple[str, str]]:
    """Each source once, in the order in which the table meets it."""
    return list(dict.fromkeys(_source(row.band) for rows in board.groups.values() for row in rows))


def _source(band: Band) -> tuple[str, str]:
    return band.known_by, band.source
