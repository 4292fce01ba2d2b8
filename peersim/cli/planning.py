"""`--dry-run`: what would run, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import click

from peersim.analysis.plan import plan_of_runs
from peersim.cli.output import document, print_json, say_if_compiling
from peersim.networks.network import Network
from peersim.scenario import Scenario


def show_plan(
    command: str, scenarios: Iterable[Scenario], network: Network | None, seeds: int, jobs: int, warnings: list[str],
    *, as_json: bool,
) -> None:  # fmt: skip
    """Say how many runs there would be, how long they would take and how much memory."""
    say_if_compiling()
    plan = plan_of_runs(list(scenarios), seeds, jobs, network)
    if as_json:
        print_json(document(command, warnings, plan=asdict(plan)))
    else:
        click.echo(plan.in_words())
