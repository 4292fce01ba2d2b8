"""`peersim check`: is a scenario or an experiment valid, and if not, everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peersim.cli import options
from peersim.cli.output import document, print_json, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from peersim.experiment.experiment import Experiment
    from peersim.locate import Key
    from peersim.mistakes import Place
    from peersim.networks.settings import NetworkSettings

HELP = """\b
Example:
  peersim check my_village.toml -s run.days=30

Is a scenario or an experiment valid? Every mistake is told with its line, with what is allowed and what may have been
meant. A network file that it names is read too. Of an experiment every point is looked at, up to 10,000 of them.
"""
_MOST_POINTS = 10_000
_MOST_WRONG = 20


@click.command(help=HELP)
@click.argument("scenario", metavar="FILE")
@click.option("--flat", is_flag=True, help="Print every parameter with its value, unit, range and source.")
@options.settings
@options.common
def check(scenario: str, flat: bool, settings: tuple[str, ...], json: bool, quiet: bool, verbose: bool) -> None:
    """Read it as a run would, and say what there is to say."""
    from peersim.experiment.reading import names_experiment
    from peersim.scenario_file import read_scenario
    from peersim.scenario_text import flat as as_flat_text

    if names_experiment(scenario):
        if flat:
            raise click.UsageError("--flat prints a scenario, and an experiment has many")
        _check_experiment(scenario, settings, json=json, quiet=quiet)
        return
    reading = read_scenario(scenario, settings)
    network = _network_summary(reading.scenario.network, reading.places)
    warn(reading.warnings)
    if json:
        text = {"flat": as_flat_text(reading.scenario)} if flat else {}
        print_json(document("check", reading.warnings, valid=True, problems=[], network=network, **text))
    elif flat:
        click.echo(as_flat_text(reading.scenario), nl=False)
    elif not quiet:
        click.echo(f"{scenario}: valid" + (f"; {network}" if network else ""))


def _check_experiment(source: str, settings: tuple[str, ...], *, json: bool, quiet: bool) -> None:
    """Read an experiment and the scenarios of its points, and say how many runs it is."""
    from peersim.experiment.reading import read_experiment
    from peersim.sweeps.until import first_seeds

    experiment = read_experiment(source, settings)
    n_points, n_arms, n_seeds = len(experiment.points), len(experiment.arms), first_seeds(experiment)
    looked_at = sorted({k * n_points // min(n_points, _MOST_POINTS) for k in range(min(n_points, _MOST_POINTS))})
    _check_points(experiment, looked_at)
    warn(experiment.warnings)
    plan = {"arms": n_arms, "points": n_points, "seeds": n_seeds, "runs": n_arms * n_points * n_seeds}
    if json:
        print_json(document("check", experiment.warnings, valid=True, problems=[], plan=plan))
    elif not quiet:
        parts = [_counted(n_arms, "arm"), _counted(n_points, "point"), _counted(n_seeds, "seed")]
        more = f", up to {experiment.seeds.max:,} seeds" if experiment.seeds.until else ""
        some = f"; {_MOST_POINTS:,} of the points were looked at" if len(looked_at) < n_points else ""
        click.echo(f"{source}: valid; {' x '.join(parts)} = {_counted(plan['runs'], 'run')}{more}{some}")


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def _check_points(experiment: Experiment, points: Iterable[int]) -> None:
    """Make the scenarios of these points, and read each network file that they name. Raises ScenarioError."""
    from peersim.mistakes import Problem, ScenarioError

    problems: list[Problem] = []
    networks: dict[str, tuple[NetworkSettings, Mapping[Key, Place]]] = {}
    n_wrong = 0
    for point in points:
        try:
            network = experiment.scenarios(point)[0].network
        except ScenarioError as error:
            problems.extend(error.problems)
            n_wrong += 1
            if n_wrong == _MOST_WRONG:
                break
            continue
        if network.file:
            places = experiment.prepared[0].placed(experiment.points.values(point), experiment.factors)
            networks.setdefault(network.model_dump_json(), (network, places))
    for network, named_at in networks.values():
        try:
            _network_summary(network, named_at)
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)


def _network_summary(settings: NetworkSettings, places: Mapping[Key, Place]) -> str | None:
    """What the network file holds. Raises ScenarioError, with the place where it is named, for one that is no use."""
    from peersim.mistakes import Problem, ScenarioError, place_of
    from peersim.networks.errors import NetworkError
    from peersim.networks.files import read_network

    if not settings.file:
        return None
    try:
        return read_network(settings, Path()).summary
    except NetworkError as error:
        place = place_of(("network", "file"), places)
        raise ScenarioError([Problem("network", line, "", "", *place) for line in str(error).splitlines()]) from None
