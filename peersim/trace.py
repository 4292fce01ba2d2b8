"""What is recorded of a run. Observers only read: recording more or less never changes anybody's life."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peersim.compiled import compiled
from peersim.outcomes import N_MEANS, NAMES
from peersim.people import Floats

TALLIES = (
    "events", "contacts", "requests", "accepted", "matched", "rehashed", "conflicts", "ties_dissolved", "ties_made",
)  # fmt: skip
"""What is counted every day, in the order of `Trace.tally`."""

CAUSES = ("support", "sessions", "stress", "clip")
"""To which a person's changes of stress are booked: support given and received, programmes, the stress process, and
what is cut off at the ends of the scale."""


class Trace(NamedTuple):
    """Recorded outcomes. Day d of the run is row d - first_day.

    A record holds each person's mean over the evenings since the last record: a sample once a week would show circles
    that meet once a week always on the evening of their session, or never. What comes from ties and exchanges is as it
    is on the evening of the record.

    first_day   (1,) the day of row 0
    is_record   (n_days,) bool, whether the means and panel of this evening are recorded
    is_window   (n_windows, n_days) bool, whether this evening counts for each person's mean over a window
    record_of   (n_days,) row of the record, where there is one
    since       (n_means, n_people) sums over the evenings since the last record
    evenings    (1,) how many these are
    mean, sd    (n_records, n_outcomes) over everyone (over people in couples where only they count)
    window      (n_windows, n_outcomes, n_people) sum over the evenings of each window
    panel_row   (n_panel,) which outcomes are kept for every person
    panel       (n_panel, n_records, n_people) float32
    tally       (n_days, n_tallies) counts of the day, see TALLIES
    ledger      (n_causes, n_people) booked changes of stress since the start of the trace; or (n_causes, 0) when off
    """

    first_day: NDArray[np.int64]
    is_record: NDArray[np.bool_]
    is_window: NDArray[np.bool_]
    record_of: NDArray[np.int64]
    since: Floats
    evenings: NDArray[np.int64]
    mean: Floats
    sd: Floats
    window: Floats
    panel_row: NDArray[np.int64]
    panel: NDArray[np.float32]
    tally: NDArray[np.int64]
    ledger: Floats


def new_trace(
    first_day: int,
    n_days: int,
    n_people: int,
    *,
    record_every: int = 0,
    windows: Sequence[tuple[int, int]] = (),
    panel: tuple[str, ...] = (),
    ledger: bool = False,
) -> Trace:
    """An empty trace of the days first_day .. first_day + n_days.

    record_every  days between records, the last day always among them; 0 records nothing
    windows       first day and day after the last of each window over which every person's mean is taken
    panel         outcomes to keep for every person at every record
    """
    days = np.arange(first_day, first_day + n_days)
    is_record = np.zeros(n_days, np.bool_)
    if record_every > 0 and n_days > 0:
        is_record = (days + 1) % record_every == 0
        is_record[-1] = True
    n_records = int(is_record.sum())
    return Trace(
        first_day=np.array([first_day]),
        is_record=is_record,
        is_window=np.array([(days >= a) & (days < b) for a, b in windows], np.bool_).reshape(len(windows), n_days),
        record_of=np.cumsum(is_record) - 1,
        since=np.zeros((N_MEANS, n_people if n_records else 0)),
        evenings=np.zeros(1, np.int64),
        mean=np.zeros((n_records, len(NAMES))),
        sd=np.zeros((n_records, len(NAMES))),
        window=np.zeros((len(windows), len(NAMES), n_people)),
        panel_row=np.array([NAMES.index(name) for name in panel], np.int64),
        panel=np.zeros((len(panel), n_records, n_people), np.float32),
        tally=np.zeros((n_days, len(TALLIES)), np.int64),
        ledger=np.zeros((len(CAUSES), n_people if ledger else 0)),
    )


@compiled
def is_in_window(trace: Any, row: int) -> bool:
    """Whether this evening counts for anybody's mean over a window."""
    found = False
    for v in range(trace.is_window.shape[0]):
        found |= trace.is_window[v, row]
    return found


@compiled
def add_to_windows(trace: Any, row: int, k: int, value: Any) -> None:
    """Add this evening's outcome k, (n_people,), to the windows it lies in."""
    for v in range(trace.is_window.shape[0]):
        if trace.is_window[v, row]:
            total = trace.window[v, k]
            for i in range(total.size):
                total[i] += value[i]


@compiled
def mean_since(trace: Any, k: int, value: Any) -> None:
    """Put in the place of outcome k each person's mean over the evenings since the last record, and start anew."""
    total, share = trace.since[k], 1.0 / trace.evenings[0]
    for i in range(total.size):
        value[i] = share * total[i]
        total[i] = 0.0


@compiled
def record(trace: Any, row: int, k: int, value: Any, partner: Any, row_of: Any, couples_only: bool) -> None:
    """Write a record of outcome k, (n_people,)."""
    r = trace.record_of[row]
    trace.mean[r, k], trace.sd[r, k] = describe(value, partner, row_of, couples_only)
    for p in range(trace.panel_row.size):
        if trace.panel_row[p] == k:
            kept = trace.panel[p, r]
            for i in range(kept.size):
                kept[i] = value[i]


@compiled
def describe(value: Any, partner: Any, row_of: Any, couples_only: bool) -> tuple[float, float]:
    """Mean and standard deviation over everyone, or over people in couples, in the order of their numbers."""
    n, total, squares = 0, 0.0, 0.0
    pivot = value[row_of[0]]
    for a in range(value.size):
        i = row_of[a]
        if not couples_only or partner[i] >= 0:
            n += 1
            total += value[i] - pivot
            squares += (value[i] - pivot) * (value[i] - pivot)
    if n == 0:
        return np.nan, np.nan
    mean = total / n
    return pivot + mean, max(0.0, squares / n - mean * mean) ** 0.5


@compiled
def book(ledger: Any, cause: int, change: Any, before: Any) -> None:
    """Book to a cause what it has added to the change of stress, and remember where the next begins."""
    entry = ledger[cause]
    for i in range(entry.size):
        entry[i] += change[i] - before[i]
        before[i] = change[i]


@compiled
def book_clip(ledger: Any, stress: Any, change: Any, booked: Any) -> None:
    """Book what the ends of the scale will cut off tonight, and start a new day."""
    entry = ledger[3]
    for i in range(entry.size):
        tomorrow = stress[i] + change[i]
        entry[i] += min(1.0, max(0.0, tomorrow)) - tomorrow
        booked[i] = 0.0
