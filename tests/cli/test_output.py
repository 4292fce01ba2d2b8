"""Data goes to stdout, remarks to stderr, and JSON is JSON."""

import json
import math

import click
import numpy as np
import pytest
from click.testing import CliRunner

from peersim.cli import output


def said_by(function, *arguments):
    """What a command that calls this function leaves on stdout and stderr."""

    @click.command(context_settings={"ignore_unknown_options": True})
    @click.argument("options", nargs=-1)
    @click.pass_context
    def command(ctx, options):
        ctx.meta["peersim.quiet"] = "-q" in options
        function()

    done = CliRunner().invoke(command, arguments)
    assert done.exception is None, done.exception
    return done.stdout, done.stderr


def test_what_json_has_not_is_null():
    """NaN and infinities; numpy's arrays and numbers are lists and numbers, as deep as they lie."""
    content = {"a": [math.nan, np.float64("inf"), np.arange(2), np.int64(3), (1, None, True)], 4: {"b": np.nan}}
    shown, _ = said_by(lambda: output.print_json(content))
    assert json.loads(shown) == {"a": [None, None, [0, 1], 3, [1, None, True]], "4": {"b": None}}
    assert "NaN" not in shown


def test_remarks_go_to_stderr_unless_quiet():
    """Warnings are told also with -q."""
    assert said_by(lambda: output.say("hello")) == ("", "hello\n")
    assert said_by(lambda: output.say("hello"), "-q") == ("", "")
    assert said_by(lambda: output.warn(["careful"]), "-q") == ("", "warning: careful\n")


def test_compiling_is_told_once(monkeypatch):
    """Why nothing happens for a while; nothing is said where it is done already."""
    from peersim import compiled

    def twice():
        output.say_if_compiling()
        output.say_if_compiling()

    monkeypatch.setattr(compiled, "is_cold", lambda: True)
    assert said_by(twice) == ("", "compiling the model for this machine, once (about 25 s) ...\n")
    monkeypatch.setattr(compiled, "is_cold", lambda: False)
    assert said_by(twice) == ("", "")


def test_progress_is_plain_lines_where_piped(monkeypatch):
    """One line every ten seconds with the time left; none with -q, and none when it is over."""
    clock = iter(range(0, 1000, 6))
    monkeypatch.setattr(output.time, "monotonic", lambda: float(next(clock)))

    def work():
        with output.progress(4, "seeds") as advance:
            for _ in range(4):
                advance(1)

    assert said_by(work) == ("", "seeds: 2 of 4, about 12 s left\n")
    assert said_by(work, "-q") == ("", "")


TIMES = [(0.4, "0 s"), (59.6, "1 min 0 s"), (95, "1 min 35 s"), (7260, "2 h 1 min")]


@pytest.mark.parametrize(("seconds", "words"), TIMES)
def test_times_are_told_in_words(seconds, words):
    """Seconds, minutes, hours: two of them at most."""
    assert output.time_in_words(seconds) == words
