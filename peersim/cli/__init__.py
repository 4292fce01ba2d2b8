"""The command `peersim`. Each subcommand is imported when it is called, so that `peersim --help` is quick."""

from __future__ import annotations

import atexit
import gc
import warnings
from importlib import import_module
from typing import Any

import click

from peersim import __version__
from peersim.cli.exits import guarded

COMMANDS = {
    "run": ("peersim.cli.run:run", "One scenario, one or a few seeds; a summary, a figure."),
    "compare": ("peersim.cli.compare:compare", "The same people under each scenario; differences with intervals."),
    "sweep": ("peersim.cli.sweep:sweep", "Many runs of an experiment; safe to repeat, to interrupt and to widen."),
    "runs": ("peersim.cli.runs:runs", "What sweeps have kept: list it, verify it, export it as CSV, prune it."),
    "validate": ("peersim.cli.validate:validate", "The model against its bands and published effects."),
    "check": ("peersim.cli.check:check", "Is a scenario valid; --flat prints it with every default and source."),
    "describe": ("peersim.cli.describe:describe", "Parameters, outcomes and other lists; the whole model in words."),
    "doctor": ("peersim.cli.doctor:doctor", "Versions, cores, cache, a two-second self-test."),
}
"""Every subcommand, in the order of `--help`: where it is, and its line there."""

HELP = """\b
Example:
  peersim compare baseline friend_circle support_group --seeds 20 -o results

Does peer support help, whom, and at whose cost? A simulated community in which people meet stress, ask each other
for help, and tire. It explains and compares; it does not predict anyone's health.

A SCENARIO is a .toml file or the name of a bundled one: `peersim describe scenarios`.
"""


class Commands(click.Group):
    """The subcommands by name, not yet imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(COMMANDS)}"
            ctx.fail(f"no command has the name '{args[0]}'; {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        return guarded(ctx, lambda: super(Commands, self).invoke(ctx))


@click.group(cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="peersim %(version)s")
def main() -> None:
    """Run a subcommand. When the process ends, nothing it holds needs to be looked through once more (.3 s)."""
    atexit.register(gc.freeze)
    warnings.showwarning = _in_one_line  # type: ignore[assignment]


def _in_one_line(message: Warning | str, *_: object) -> None:
    """A warning as a sentence; where in the code it arose helps nobody who types commands."""
    click.echo(f"warning: {message}", err=True)
