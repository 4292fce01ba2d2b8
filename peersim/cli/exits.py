"""How a command ends: its exit code, and what it says when something went wrong."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from enum import IntEnum
from typing import Any

import click


class Exit(IntEnum):
    """The exit codes, which scripts rely on."""

    DONE = 0
    SOME_RUNS_FAILED = 1
    USAGE = 2
    INVALID_FILE = 3
    STOPPED = 4
    BUDGET_REACHED = 5
    NOT_SUPPORTED = 6
    INTERNAL = 7
    CANNOT_WRITE = 73
    DISK_FULL = 74
    OUTPUT_HELD = 75


_CANNOT_WRITE = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG,
}  # fmt: skip
_GO_ON = "give the same command again: it goes on with what was kept"
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def guarded(ctx: click.Context, command: Callable[[], Any]) -> Any:
    """Run a command; whatever goes wrong becomes one sentence on stderr (with --json also a document) and a code."""
    ctx.meta["peersim.started"] = time.monotonic()
    try:
        return command()
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except BrokenPipeError:  # whoever reads has had enough, as in `peersim describe parameters | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        ctx.exit(Exit.DONE)
    except (Exception, KeyboardInterrupt) as error:
        code, said, problems = _end(error, goes_on=ctx.invoked_subcommand == "sweep")
        if ctx.meta.get("peersim.verbose"):
            click.echo(traceback.format_exc(), err=True)
        click.echo(said, err=True)
        if ctx.meta.get("peersim.json"):
            from peersim.cli.output import document, print_json

            verdict: dict[str, Any] = {"valid": False} if code == Exit.INVALID_FILE else {}
            if code == Exit.STOPPED:
                verdict = {"stopped": True}
            print_json(document(ctx.invoked_subcommand or "", **verdict, problems=problems))
        if isinstance(error, KeyboardInterrupt) and threading.active_count() > 1:
            sys.stdout.flush()
            os._exit(code)  # runs under way would be waited for, though nobody wants them any more
        ctx.exit(code)


def _end(error: BaseException, *, goes_on: bool) -> tuple[Exit, str, list[dict[str, Any]]]:
    """The exit code of an error, what to say, and the same as JSON has it. goes_on  whether the command keeps work"""
    code, said = _code_and_sentence(error, _GO_ON if goes_on else "run it again")
    as_dicts = [problem.as_dict() for problem in getattr(error, "problems", ()) if hasattr(problem, "as_dict")]
    nothing: dict[str, Any] = dict.fromkeys(("file", "line", "column"))
    return code, said, as_dicts or [{"path": "", "message": said, "suggestion": "", "given": "", **nothing}]


def _code_and_sentence(error: BaseException, again: str) -> tuple[Exit, str]:
    """again  what to do once the cause is mended"""
    if isinstance(error, KeyboardInterrupt):
        return Exit.STOPPED, "stopped"
    if isinstance(error, ValueError) and type(error).__name__ in ("ScenarioError", "NetworkError"):
        return Exit.INVALID_FILE, str(error)
    if type(error).__name__ == "Held":
        return Exit.OUTPUT_HELD, str(error)
    if type(error).__name__ in ("StoreError", "DamagedJournalError"):
        return Exit.INVALID_FILE, str(error)
    if type(error).__name__ == "NoEngineError":
        return Exit.USAGE, str(error)
    if type(error).__name__ == "EngineError":
        return Exit.DISK_FULL, f"{error}; {_GO_ON}"
    if isinstance(error, OSError) and error.errno in _CANNOT_WRITE:
        return Exit.CANNOT_WRITE, f"{error.filename or 'output'}: cannot be written ({error.strerror})"
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        return Exit.DISK_FULL, f"{error.filename or 'output'}: {error.strerror}; free some space, then {again}"
    if isinstance(error, MemoryError):
        return Exit.INTERNAL, "not enough memory; take fewer people (population.people) or fewer workers (-j)"
    return Exit.INTERNAL, f"peersim has a fault: {type(error).__name__}: {error}; -v shows where. Please report it."
