"""`peersim runs`: what sweeps have kept."""

from __future__ import annotations

import click

from peersim.cli.runs_export import export
from peersim.cli.runs_list import list_
from peersim.cli.runs_prune import prune
from peersim.cli.runs_verify import verify

HELP = """\b
Examples:
  peersim runs list
  peersim runs list results/frequency --failed
  peersim runs verify results/frequency
  peersim runs export results/frequency -o tables
  peersim runs prune results/frequency --dry-run

What sweeps have kept, in DIR and in all folders below it; by itself in results.
"""


@click.group(help=HELP)
def runs() -> None:
    """One of the four."""


for command in (list_, verify, export, prune):
    runs.add_command(command)
