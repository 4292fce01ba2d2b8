"""`peersim doctor`: is everything here that a run needs, and does the same seed give the same community?"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import Any

import click

from peersim import __version__
from peersim.cli import options
from peersim.cli.exits import Exit
from peersim.cli.output import document, print_json, say_if_compiling
from peersim.runs.replicates import n_cores

HELP = """\b
Example:
  peersim doctor

Versions, cores, where compiled code is kept, and a short self-test: a small community is built and lived through
twice, and has to come out the same. Ends with 0 if all is well.
"""

LIBRARIES = (
    "click", "defusedxml", "matplotlib", "mesa", "networkx", "numba", "numpy", "pandas", "pydantic", "rich", "scipy",
)  # fmt: skip
"""What peersim cannot do without."""

_PEOPLE, _BURN_IN, _DAYS = 500, 30, 60


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. advice  what to do where it is not good."""

    what: str
    found: str
    is_good: bool = True
    advice: str = ""


@click.command(help=HELP)
@options.common
def doctor(json: bool, quiet: bool, verbose: bool) -> None:
    """Look at everything and say what was found."""
    findings = []
    for finding in _examine():
        findings.append(finding)
        if not json and not (quiet and finding.is_good):
            click.echo(f"{finding.what:<12}{finding.found}" + ("" if finding.is_good else f"; {finding.advice}"))
    is_good = all(finding.is_good for finding in findings)
    if json:
        print_json(document("doctor", healthy=is_good, findings=[asdict(finding) for finding in findings]))
    elif not quiet and is_good:
        click.echo("all is well")
    if not is_good:
        bad = ", ".join(finding.what for finding in findings if not finding.is_good)
        click.echo(f"something is not well: {bad}", err=True)
        click.get_current_context().exit(Exit.INTERNAL)


def _examine() -> Iterator[Finding]:
    yield Finding("peersim", __version__)
    is_known = (3, 12) <= sys.version_info[:2] < (3, 14)
    yield Finding("python", platform.python_version(), is_known, "peersim is tested with 3.12 and 3.13")
    yield from _libraries()
    yield Finding("cores", str(n_cores()))
    yield from _cache()
    yield _scenarios()
    yield _self_test()


def _libraries() -> Iterator[Finding]:
    for name in LIBRARIES:
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "not found", False, f"install it: python -m pip install {name}")


def _cache() -> Iterator[Finding]:
    """Where compiled code is kept, and whether it will still be there tomorrow."""
    from peersim.compiled import cache_folder, cache_home, is_cold

    home = cache_home()
    is_kept = home in cache_folder.parents and os.access(cache_folder, os.W_OK)
    advice = f"{home} cannot be written; set PEERSIM_CACHE to a folder that can"
    yield Finding("cache", str(cache_folder), is_kept, advice)
    yield Finding("compiled", "no, the first run takes longer" if is_cold() else "yes")


def _scenarios() -> Finding:
    from peersim.mistakes import ScenarioError
    from peersim.scenario_file import bundled_names, read_scenario

    try:
        for name in bundled_names():
            read_scenario(name)
    except ScenarioError as error:
        return Finding("scenarios", str(error), False, "install peersim anew")
    return Finding("scenarios", ", ".join(bundled_names()) or "none", bool(bundled_names()), "install peersim anew")


def _self_test() -> Finding:
    """Two lives of one community from one seed are the same, to the last bit."""
    say_if_compiling()
    first, _ = _live_once(seed=1)
    second, seconds = _live_once(seed=1)
    if first != second:
        return Finding("self-test", "one seed gave two different communities", False, "please report it, with all this")
    speed = _PEOPLE * (_BURN_IN + _DAYS) / seconds
    return Finding("self-test", f"one seed, twice the same; {speed:,.0f} person-days a second")


def _live_once(seed: int) -> tuple[str, float]:
    """What is left of a community after a while, as a hash, and how long its life took."""
    from peersim.scenario_file import load_scenario
    from peersim.simulate import live, settled_world

    small = (f"population.people={_PEOPLE}", f"run.burn_in={_BURN_IN}")
    scenario = load_scenario("support_group", small)
    began = time.perf_counter()
    world = settled_world(scenario, seed)
    live(world, scenario, _DAYS)
    seconds = time.perf_counter() - began
    digest = hashlib.sha256()
    for array in _arrays((world.people, world.ties, world.circles)):
        digest.update(array.tobytes())
    return digest.hexdigest(), seconds


def _arrays(value: Any) -> Iterator[Any]:
    """Every array in a tuple of tuples."""
    if isinstance(value, tuple):
        for inner in value:
            yield from _arrays(inner)
    elif hasattr(value, "tobytes"):
        yield value
