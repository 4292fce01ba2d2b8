"""What a sweep shows while it runs: a bar, plain lines where nobody looks, or JSON lines for a program that does."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from peersim.cli.output import say, time_in_words
from peersim.sweeps.watcher import Watcher

if TYPE_CHECKING:
    from peersim.sweeps.counts import Counts
    from peersim.sweeps.sweep import Sweep

_PLAIN_EVERY, _JSON_EVERY, _BAR_EVERY = 10.0, 1.0, 0.1
"""Seconds between two lines, or two looks at the bar."""
_MANY_POINTS = 2000
"""Points from which planning is worth a word."""


@contextmanager
def shown(kind: str, *, quiet: bool) -> Iterator[Watcher]:
    """Somebody who shows a sweep on stderr as `--progress` asks for."""
    if kind == "auto":
        is_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        kind = "none" if quiet else "bar" if is_terminal else "plain"
    if kind == "json":
        yield _JsonLines()
    elif kind == "plain":
        yield _PlainLines()
    elif kind == "bar":
        yield from _bar()
    else:
        yield _Silent()


class _Pace(Watcher):
    """How fast it goes, since runs began to be lived."""

    every = 0.0

    def __init__(self) -> None:
        self.total = self.before = self.done = self.failed = 0
        self.started = time.monotonic()
        self.said = 0.0
        self.width = ""

    def begins(self, counts: Counts) -> None:
        self.before = self.done + self.failed
        self.total = self.before + counts.new
        self.started = time.monotonic()

    def progress(self, done: int, failed: int) -> None:
        self.done, self.failed = done, failed
        if time.monotonic() - self.said >= self.every:
            self.said = time.monotonic()
            self.show()

    def show(self) -> None:
        """Say how far it is."""

    @property
    def rate(self) -> float:
        """Runs a second."""
        lived = self.done + self.failed - self.before
        return lived / max(time.monotonic() - self.started, 1e-9)

    @property
    def left(self) -> float | None:
        """Seconds that are left; None before anything can be said."""
        return (self.total - self.done - self.failed) / self.rate if self.rate > 0 else None


class _Silent(Watcher):
    def remark(self, sentence: str) -> None:
        say(sentence)


class _PlainLines(_Pace):
    every = _PLAIN_EVERY

    def remark(self, sentence: str) -> None:
        say(sentence)

    def planning(self, points: int, of: int) -> None:
        if of >= _MANY_POINTS and time.monotonic() - self.said >= self.every:
            self.said = time.monotonic()
            say(f"planning: {points:,} of {of:,} points")

    def begins(self, counts: Counts) -> None:
        super().begins(counts)
        self.said = time.monotonic()
        if counts.new:
            say(f"{counts.new:,} runs to live, {counts.cached:,} are there")

    def show(self) -> None:
        left = "" if self.left is None else f", about {time_in_words(self.left)} left"
        failed = f", {self.failed:,} failed" if self.failed else ""
        say(f"runs: {self.done:,} of {self.total:,}, {self.rate:,.1f} a second{left}{failed}{self.width}")

    def narrows(self, point: int, seeds: int, half_width: float, wanted: float, known: int, of: int) -> None:
        self.width = f"; half-width {half_width:.3g} of {wanted:g}"
        say(f"half-width {half_width:.3g} of {wanted:g} with {seeds} seeds (point {point}); {known} of {of} known")

    def writing(self, tables: Sequence[str]) -> None:
        say(f"writing {', '.join(tables)}")


class _JsonLines(_Pace):
    every = _JSON_EVERY

    def planning(self, points: int, of: int) -> None:
        if time.monotonic() - self.said >= self.every:
            self.said = time.monotonic()
            _line("planning", points=points, of=of)

    def remark(self, sentence: str) -> None:
        _line("remark", sentence=sentence)

    def begins(self, counts: Counts) -> None:
        super().begins(counts)
        _line("begins", runs=counts.runs, cached=counts.cached, new=counts.new)

    def show(self) -> None:
        left = None if self.left is None else round(self.left, 1)
        _line(
            "progress", done=self.done, failed=self.failed, total=self.total, runs_per_second=round(self.rate, 2),
            seconds_left=left,
        )  # fmt: skip

    def narrows(self, point: int, seeds: int, half_width: float, wanted: float, known: int, of: int) -> None:
        width = half_width if half_width < float("inf") else None
        _line("narrows", point=point, seeds=seeds, half_width=width, wanted=wanted, known=known, points=of)

    def writing(self, tables: Sequence[str]) -> None:
        self.show()
        _line("writing", tables=list(tables))


def _line(event: str, **content: Any) -> None:
    click.echo(json.dumps({"event": event, **content}), err=True)


def remark_in_json(sentences: Iterable[str]) -> None:
    """What whoever started it should know."""
    for sentence in sentences:
        _line("remark", sentence=sentence)


def end_in_json(result: Sweep) -> None:
    """How it ended."""
    told = {"done": result.done, "failed": result.failed, "stopped": result.is_stopped, "complete": result.is_complete}
    _line("end", **told)


def _bar() -> Iterator[Watcher]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    told = TextColumn("{task.fields[told]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), told)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("planning", total=None, told="")

        class Bar(_Pace):
            every = _BAR_EVERY

            def remark(self, sentence: str) -> None:
                bar.console.print(sentence, highlight=False)

            def planning(self, points: int, of: int) -> None:
                bar.update(task, completed=points, total=of)

            def checking(self, shards: int, of: int) -> None:
                bar.update(task, description="checking", completed=shards, total=of)

            def begins(self, counts: Counts) -> None:
                super().begins(counts)
                bar.reset(task, total=self.total, description="runs", completed=self.before)

            def show(self) -> None:
                failed = f", {self.failed:,} failed" if self.failed else ""
                told = f"{self.rate:,.1f} a second{failed}{self.width}"
                bar.update(task, completed=self.done + self.failed, told=told)

            def narrows(
                self, point: int, seeds: int, half_width: float, wanted: float, known: int, of: int
            ) -> None:
                self.width = f"; half-width {half_width:.3g} of {wanted:g}, {known} of {of} points known"

            def writing(self, tables: Sequence[str]) -> None:
                bar.update(task, description="writing tables", total=None, told="")

        yield Bar()
