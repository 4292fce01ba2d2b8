"""What commands say: data and JSON to stdout; progress and remarks to stderr, plain lines where that is no terminal."""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from peersim import __version__

_PLAIN_EVERY = 10.0
"""Seconds between two plain lines of progress."""


def document(command: str, warnings: Iterable[str] = (), **content: Any) -> dict[str, Any]:
    """A JSON document: what all of them have, then its own content."""
    ctx = click.get_current_context(silent=True)
    started = ctx.meta.get("peersim.started") if ctx else None
    elapsed = 0.0 if started is None else time.monotonic() - started
    return {
        "schema": 1,
        "peersim": __version__,
        "command": command,
        "elapsed_seconds": round(elapsed, 3),
        "warnings": list(warnings),
        **content,
    }


def print_json(content: Any) -> None:
    """One document on stdout; NaN and infinity, which JSON has not, as null."""
    click.echo(json.dumps(_as_json(content), indent=2, allow_nan=False))


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _as_json(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_as_json(inner) for inner in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    return _as_json(value.tolist()) if hasattr(value, "tolist") else str(value)


def say(sentence: str) -> None:
    """A remark on stderr, unless -q."""
    ctx = click.get_current_context(silent=True)
    if not (ctx and ctx.meta.get("peersim.quiet")):
        click.echo(sentence, err=True)


def warn(sentences: Iterable[str]) -> None:
    """What may not be meant, on stderr, also with -q."""
    for sentence in sentences:
        click.echo(f"warning: {sentence}", err=True)


def say_if_compiling() -> None:
    """Say once why nothing happens for a while, where the model has not been compiled on this machine."""
    from peersim.compiled import is_cold

    ctx = click.get_current_context(silent=True)
    if is_cold() and not (ctx and ctx.meta.get("peersim.told_of_compiling")):
        say("compiling the model for this machine, once (about 25 s) ...")
        if ctx:
            ctx.meta["peersim.told_of_compiling"] = True


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[int], None]]:
    """Progress on stderr while `total` things are done: a bar with the time left, or plain lines; nothing with -q.

    Yields the function to call with the number of things that were just done.
    """
    ctx = click.get_current_context(silent=True)
    if ctx and ctx.meta.get("peersim.quiet"):
        yield lambda done: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        yield from _bar(total, what)
    else:
        yield from _lines(total, what)


def _bar(total: int, what: str) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.advance(task, done)


def _lines(total: int, what: str) -> Iterator[Callable[[int], None]]:
    started = said = time.monotonic()
    so_far = 0

    def advance(done: int) -> None:
        nonlocal so_far, said
        so_far += done
        now = time.monotonic()
        if now - said >= _PLAIN_EVERY and so_far < total:
            said = now
            left = (now - started) / max(so_far, 1) * (total - so_far)
            click.echo(f"{what}: {so_far:,} of {total:,}, about {time_in_words(left)} left", err=True)

    yield advance


def time_in_words(seconds: float) -> str:
    """`95` as "1 min 35 s"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
