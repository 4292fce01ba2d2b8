"""`--dry-run`: what would run, and nothing more."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from peersim.cli.exits import Exit
from peersim.cli.output import document, print_json, say_if_compiling

if TYPE_CHECKING:
    from peersim.analysis.trial import Lives
    from peersim.networks.network import Network


def show_plan(
    command: str, lives: Lives, network: Network | None, seeds: int, jobs: int, warnings: list[str], *, as_json: bool
) -> None:
    """Say how many runs there would be, how long they would take and how much memory; and refuse what cannot fit."""
    from peersim.analysis.plan import plan_of_runs
    from peersim.mistakes import ScenarioError

    say_if_compiling()
    plan = plan_of_runs(lives, seeds, jobs, network)
    problems = [plan.problem] if plan.problem else []
    if as_json:
        told = asdict(plan) | {"fits": plan.fits}
        print_json(document(command, warnings, plan=told, problems=[problem.as_dict() for problem in problems]))
        click.get_current_context().exit(Exit.INVALID_FILE if problems else Exit.DONE)
    click.echo(plan.in_words())
    if problems:
        raise ScenarioError(problems)
