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
from peersim.cli.output import document, print_json, say, say_if_compiling, warn
from peersim.runs.replicates import n_cores

HELP = """\b
Examples:
  peersim doctor
  peersim doctor --warm

Versions, cores, where compiled code is kept, and a short self-test: a small community is built and lived through
twice, and has to come out the same. Ends with 0 if all is well, or can at least be worked with. With --warm, everything
that commands need is compiled instead, once, as in an image or before many jobs.
"""

LIBRARIES = (
    "click", "defusedxml", "matplotlib", "mesa", "networkx", "numba", "numpy", "pandas", "pebble", "pyarrow",
    "pydantic", "rich", "scipy",
)  # fmt: skip
"""What peersim cannot do without."""

_PEOPLE, _BURN_IN, _DAYS = 500, 30, 60


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. advice  what to do where it is not good, or where it could be better."""

    what: str
    found: str
    is_good: bool = True
    advice: str = ""


@click.command(help=HELP)
@click.option("--warm", is_flag=True, help="Only compile everything that is not compiled yet.")
@options.common
def doctor(warm: bool, json: bool, quiet: bool, verbose: bool) -> None:
    """Look at everything and say what was found; or compile everything."""
    if warm:
        _warm(as_json=json)
        return
    findings = []
    for finding in _examine():
        findings.append(finding)
        if not json and (finding.advice or not quiet):
            click.echo(f"{finding.what:<12}{finding.found}" + (f"; {finding.advice}" if finding.advice else ""))
    is_good = all(finding.is_good for finding in findings)
    if json:
        advice = [f"{finding.what}: {finding.advice}" for finding in findings if finding.is_good and finding.advice]
        print_json(document("doctor", advice, healthy=is_good, findings=[asdict(finding) for finding in findings]))
    elif not quiet and is_good:
        click.echo("all is well")
    if not is_good:
        bad = ", ".join(finding.what for finding in findings if not finding.is_good)
        click.echo(f"something is not well: {bad}", err=True)
        click.get_current_context().exit(Exit.INTERNAL)


def _warm(*, as_json: bool) -> None:
    """Compile everything, unless it was, and say how long that took and where it is."""
    from peersim.compiled import cache_folder, is_all_compiled, note_that_all_is_compiled

    advice = [f"cache: {finding.advice}" for finding in _cache() if finding.advice]
    warn(advice)
    was_compiled, began = is_all_compiled(), time.perf_counter()
    if not was_compiled:
        from peersim.cli.warming import compile_everything

        say("compiling everything for this machine, once (about a minute) ...")
        compile_everything()
        note_that_all_is_compiled()
    seconds = time.perf_counter() - began
    if as_json:
        warmed = {"was_compiled": was_compiled, "seconds": round(seconds, 1), "folder": str(cache_folder)}
        print_json(document("doctor", advice, warm=warmed))
    else:
        done = "everything was compiled already" if was_compiled else f"compiled everything in {seconds:.0f} s"
        click.echo(f"{done}; it is kept in {cache_folder}")


def _examine() -> Iterator[Finding]:
    yield Finding("peersim", __version__)
    is_known = (3, 12) <= sys.version_info[:2] < (3, 14)
    advice = "" if is_known else "peersim is tested with 3.12 and 3.13"
    yield Finding("python", platform.python_version(), is_known, advice)
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
    advice = f"{home} cannot be written, so this may be gone tomorrow; set PEERSIM_CACHE to a folder that can"
    yield Finding("cache", str(cache_folder), advice="" if is_kept else advice)
    yield Finding("compiled", "no, the first run takes longer" if is_cold() else "yes")


def _scenarios() -> Finding:
    from peersim.mistakes import ScenarioError
    from peersim.scenario_file import bundled_names, read_scenario

    try:
        for name in bundled_names():
            read_scenario(name)
    except ScenarioError as error:
        return Finding("scenarios", str(error), False, "install peersim anew")
    names = bundled_names()
    advice = "" if names else "install peersim anew"
    return Finding("scenarios", ", ".join(names) or "none", bool(names), advice)


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
