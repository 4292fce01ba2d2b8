"""Which rows of a file are ties: of the chosen wave, with their weight, couples told from others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.networks.edges import KIND_NAMES, WEIGHT_NAMES
from peersim.networks.errors import NetworkError, did_you_mean, in_words
from peersim.networks.found import Found, find_column, is_missing, natural, plain
from peersim.networks.settings import NetworkSettings

COUPLE_WORDS = {"partner", "spouse", "married", "couple", "husband", "wife"}
_DIRECTION_WORDS = {"directed", "undirected", "mutual"}


@dataclass(frozen=True)
class Chosen:
    """The rows of a file that count, and what they say.

    rows       (n_rows,) their numbers in the file
    is_tie     (n_rows,) False where the weight is 0 or missing
    weight     (n_rows,) or None; from the column `weighed_by`
    is_couple  (n_rows,) or None; from the column `told_by`
    directed   whether they are arcs; None where the file does not tell
    """

    rows: NDArray[np.int64]
    is_tie: NDArray[np.bool_]
    weight: NDArray[np.float64] | None
    is_couple: NDArray[np.bool_] | None
    weighed_by: str | None
    told_by: str | None
    directed: bool | None


def choose(found: Found, settings: NetworkSettings) -> Chosen:
    """Take the chosen wave, then read the weights and kinds of its rows."""
    rows = rows_of_wave(found, settings)
    weighed_by, told_by = weight_column(found, settings), kind_column(found, settings)
    weight = None if weighed_by is None else weights(found, rows, weighed_by)
    is_tie = np.ones(len(rows), dtype=np.bool_) if weight is None else weight > 0
    is_couple = None if told_by is None else couples(found, rows, told_by)
    return Chosen(rows, is_tie, weight, is_couple, weighed_by, told_by, is_directed(found))


def rows_of_wave(found: Found, settings: NetworkSettings) -> NDArray[np.int64]:
    """The numbers of the rows of the chosen wave; all of them where the file has one wave or none.

    Raises NetworkError, listing the waves, if none of several is chosen or the chosen one is not there.
    """
    chosen = plain(settings.wave)
    own = settings.wave_column != "wave" or chosen
    column = _column(found, settings.wave_column, "wave_column") if own else find_column(found.columns, ["wave"])
    if column is None:
        return np.arange(len(found.source))
    waves = {written: plain(written) for written in set(found.columns[column])}
    there = sorted(set(waves.values()) - {""}, key=natural)
    if not chosen and len(there) > 1:
        raise NetworkError(
            f"{found.name}: holds the waves {in_words(there)}; choose one with network.wave = {_quoted(there[0])}"
        )
    if chosen and chosen not in there:
        raise NetworkError(
            f"network.wave = {_quoted(chosen)}: no such wave in {found.name}, which holds {in_words(there)}"
        )
    if not chosen:
        return np.arange(len(found.source))
    return np.flatnonzero([waves[written] == chosen for written in found.columns[column]])


def weight_column(found: Found, settings: NetworkSettings) -> str | None:
    """The column of weights: the one set, else the one called weight, else a headerless third of numbers."""
    if settings.weight:
        return _column(found, settings.weight, "weight")
    return find_column(found.columns, WEIGHT_NAMES) or found.weight or None


def weights(found: Found, rows: NDArray[np.int64], column: str) -> NDArray[np.float64]:
    """The weight of each of these rows; 0 where it is missing, which means no tie.

    Raises NetworkError naming the first weight that is negative, endless or no number.
    """
    written = _of_rows(found.columns[column], rows)
    try:
        values = np.fromiter(map(float, written), np.float64, len(rows))
    except (TypeError, ValueError, OverflowError):
        values = np.array([_number(value) for value in written], dtype=np.float64)
    bad = (values < 0) | np.isposinf(values)
    if bad.any():
        k = int(np.flatnonzero(bad)[0])
        more = f" ({bad.sum() - 1:,} more such rows)" if bad.sum() > 1 else ""
        raise NetworkError(
            f"{found.place(int(rows[k]))}: {column} = {str(written[k]).strip()!r} is no weight{more}; "
            "a weight is a number above 0, and 0 or nothing where there is no tie"
        )
    return np.nan_to_num(values, nan=0.0)


def couples(found: Found, rows: NDArray[np.int64], column: str) -> NDArray[np.bool_]:
    """Whether each of these rows is a couple, by the words of its kind."""
    is_couple = {kind: plain(kind).casefold() in COUPLE_WORDS for kind in set(found.columns[column])}
    return np.array([is_couple[kind] for kind in _of_rows(found.columns[column], rows)], dtype=np.bool_)


def kind_column(found: Found, settings: NetworkSettings) -> str | None:
    """The column with the kinds of ties; a column of "directed" and "undirected" is none."""
    if settings.kind_column:
        return _column(found, settings.kind_column, "kind_column")
    column = find_column(found.columns, KIND_NAMES)
    return None if column is None or _directions(found, column) else column


def is_directed(found: Found) -> bool | None:
    """Whether the file says that its ties are arcs; None where it does not tell."""
    column = find_column(found.columns, ["type"])
    words = _directions(found, column) if column and found.directed is None else set()
    return "directed" in words if words else found.directed


def _directions(found: Found, column: str) -> set[str]:
    words = {plain(word).casefold() for word in set(found.columns[column])}
    return words if words <= _DIRECTION_WORDS else set()


def _column(found: Found, wanted: str, setting: str) -> str:
    column = wanted if wanted in found.columns else find_column(found.columns, [wanted])
    if column is None:
        raise NetworkError(
            f"network.{setting} = '{wanted}': {found.name} has no such column; besides the two people "
            f"it has {in_words(found.columns) or 'none'}{did_you_mean(wanted, found.columns)}"
        )
    return column


def _of_rows(column: Sequence[Any], rows: NDArray[np.int64]) -> Sequence[Any]:
    return column if len(rows) == len(column) else [column[k] for k in rows.tolist()]


def _number(value: Any) -> float:
    try:
        return math.nan if is_missing(value) else float(value)
    except (TypeError, ValueError, OverflowError):
        return -math.inf


def _quoted(wave: str) -> str:
    return wave if wave.lstrip("-").isdecimal() else f'"{wave}"'
