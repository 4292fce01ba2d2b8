"""`peersim check`: is a scenario valid, and if not, everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peersim.cli import options
from peersim.cli.output import document, print_json, warn

if TYPE_CHECKING:
    from peersim.scenario_file import Reading

HELP = """\b
Example:
  peersim check my_village.toml -s run.days=30

Is a scenario valid? Every mistake is told with its line, with what is allowed and what may have been meant. A network
file that it names is read too.
"""


@click.command(help=HELP)
@click.argument("scenario")
@click.option("--flat", is_flag=True, help="Print every parameter with its value, unit, range and source.")
@options.settings
@options.common
def check(scenario: str, flat: bool, settings: tuple[str, ...], json: bool, quiet: bool, verbose: bool) -> None:
    """Read it as a run would, and say what there is to say."""
    from peersim.scenario_file import read_scenario
    from peersim.scenario_text import flat as as_flat_text

    reading = read_scenario(scenario, settings)
    network = _network_summary(reading)
    warn(reading.warnings)
    if json:
        text = {"flat": as_flat_text(reading.scenario)} if flat else {}
        print_json(document("check", reading.warnings, valid=True, problems=[], network=network, **text))
    elif flat:
        click.echo(as_flat_text(reading.scenario), nl=False)
    elif not quiet:
        click.echo(f"{scenario}: valid" + (f"; {network}" if network else ""))


def _network_summary(reading: Reading) -> str | None:
    """What the network file holds. Raises ScenarioError, with the place where it is named, for one that is no use."""
    from peersim.mistakes import Problem, ScenarioError, place_of
    from peersim.networks.errors import NetworkError
    from peersim.networks.files import read_network

    settings = reading.scenario.network
    if not settings.file:
        return None
    try:
        return read_network(settings, Path()).summary
    except NetworkError as error:
        place = place_of(("network", "file"), reading.places)
        raise ScenarioError([Problem("network", line, "", "", *place) for line in str(error).splitlines()]) from None
