"""From rows to ties: loops dropped, either direction and every repetition made one tie, weights added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.networks.found import natural, plain


@dataclass(frozen=True)
class Ties:
    """Each tie once, sorted by (first, second), first < second, and what was cleaned.

    weight     (n_ties,) added over the rows that name the tie
    is_partner (n_ties,) whether one of these rows calls it a couple
    counts     loops; duplicates: rows that repeat another; mutual: ties named in both directions; directed:
               all arcs
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    weight: NDArray[np.float64]
    is_partner: NDArray[np.bool_]
    counts: dict[str, int]


def number_people(*names: Sequence[Any]) -> tuple[list[str], list[NDArray[np.int64]]]:
    """Every name once, in natural order (2 before 10), and for each list the numbers of its people."""
    cuts = np.cumsum([len(listed) for listed in names])[:-1]
    whole = _whole_numbers(list(chain.from_iterable(names)))
    if whole is not None:
        ordered = np.sort(whole)  # np.unique takes many times as long
        unique = ordered[np.diff(ordered, prepend=-1) > 0]
        return list(map(str, unique.tolist())), np.split(np.searchsorted(unique, whole), cuts)
    seen: defaultdict[Any, int] = defaultdict(count().__next__)
    written = np.fromiter(map(seen.__getitem__, chain.from_iterable(names)), np.int64)
    tidy = [plain(name) for name in seen]
    ids = sorted(set(tidy), key=natural)
    number = {name: k for k, name in enumerate(ids)}
    return ids, np.split(np.array([number[name] for name in tidy], dtype=np.int64)[written], cuts)


def _whole_numbers(names: Sequence[Any]) -> NDArray[np.int64] | None:
    """The names as numbers where all are whole numbers written plainly, as 7 and not as 07; else None."""
    try:
        numbers = np.fromiter(map(int, names), np.int64, len(names))
        length = sum(map(len, names))
    except (TypeError, ValueError, OverflowError):
        return None
    if not len(names) or numbers.min() < 0 or not all(map(str.isascii, names)):
        return None
    digits = len(names) + sum(int((numbers >= 10**power).sum()) for power in range(1, 19))
    return numbers if digits == length else None


def merge(
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    n_people: int,
    weight: NDArray[np.float64] | None = None,
    is_partner: NDArray[np.bool_] | None = None,
    directed: bool | None = None,
) -> Ties:
    """Make one tie of all rows that name the same two people, in whatever order.

    one, other  (n_rows,) numbers of the two people; rows that name one person twice are loops
    directed    whether the rows are arcs; None for not known: then they are if a pair is named both ways
    """
    is_loop = one == other
    n_loops = int(is_loop.sum())
    if n_loops:
        one, other = one[~is_loop], other[~is_loop]
        weight = None if weight is None else weight[~is_loop]
        is_partner = None if is_partner is None else is_partner[~is_loop]
    pair = np.minimum(one, other) * n_people + np.maximum(one, other)
    # Rows of a tie in the order of their weights: then their sum does not depend on the order of the file.
    order = np.argsort(pair, kind="stable") if weight is None else np.lexsort((weight, pair))
    pair = pair[order]
    start = np.flatnonzero(np.diff(pair, prepend=-1))
    unique, n_rows = pair[start], np.diff(start, append=len(pair))
    n_along = _sum((one < other)[order].astype(np.int64), start)
    is_mutual = (n_along > 0) & (n_along < n_rows)
    n_mutual = 0 if directed is False else int(is_mutual.sum())
    return Ties(
        first=unique // n_people,
        second=unique % n_people,
        weight=_sum(np.ones(len(pair)) if weight is None else weight[order], start),
        is_partner=_sum(np.zeros(len(pair)) if is_partner is None else is_partner[order] * 1.0, start) > 0,
        counts={
            "loops": n_loops,
            "duplicates": len(pair) - len(start) - n_mutual,
            "mutual": n_mutual,
            "directed": len(start) + n_mutual if directed or n_mutual else 0,
        },
    )


def _sum(values: NDArray[Any], start: NDArray[np.int64]) -> NDArray[Any]:
    return np.add.reduceat(values, start) if len(start) else values[:0]


def mean_rank(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each value's rank among all, in (0, 1), equal values sharing their mean rank; NaN stays NaN."""
    rank = np.full(len(values), np.nan)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    start = np.flatnonzero(np.diff(values[order], prepend=-np.inf))
    length = np.diff(start, append=len(order))
    rank[order] = np.repeat(start + length / 2, length) / max(len(order), 1)
    return rank
