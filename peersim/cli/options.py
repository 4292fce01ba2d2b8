"""The options that commands share: each with one name, one meaning and one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from peersim.runs.replicates import n_cores


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Note what holds for all that a command says, where `guarded` and `say` find it."""
    ctx.meta[f"peersim.{param.name}"] = value
    return value


settings = click.option(
    "-s", "--set", "settings", metavar="TABLE.KEY=VALUE", multiple=True,
    help="Set a parameter, as in -s run.days=30; may be given several times.",
)  # fmt: skip
seed = click.option("--seed", type=click.IntRange(0, 2**62), help="Seed of the first replicate; by itself run.seed.")
seeds = click.option("--seeds", type=click.IntRange(1, 1_000_000), help="How many replicates.")
jobs = click.option(
    "-j", "--jobs", type=click.IntRange(1, 10_000), default=n_cores, show_default="cores", metavar="N",
    help="How many runs at a time.",
)  # fmt: skip
out = click.option(
    "-o", "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Folder for what is written."
)
dry_run = click.option(
    "-n", "--dry-run", is_flag=True, help="Only say what would run: runs, cached, time, memory, disk."
)
as_json = click.option(
    "--json", is_flag=True, is_eager=True, callback=_remember,
    help="One JSON document on stdout.",
)  # fmt: skip
quiet = click.option("-q", "--quiet", is_flag=True, is_eager=True, callback=_remember, help="No progress.")
verbose = click.option("-v", "--verbose", is_flag=True, is_eager=True, callback=_remember, help="Say more of faults.")


def common[F: Callable[..., Any]](command: F) -> F:
    """--json, -q and -v: the arguments `json`, `quiet` and `verbose`."""
    made: F = as_json(quiet(verbose(command)))
    return made
