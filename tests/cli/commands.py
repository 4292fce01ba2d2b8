"""Running `peersim ...` inside of a test."""

import json

from click.testing import CliRunner

from peersim.cli import main


def peersim(*arguments):
    """What `peersim ARGUMENTS` leaves: exit_code, stdout, stderr."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="peersim")


def peersim_json(*arguments, exit_code=0):
    """The one document that `peersim ARGUMENTS --json` prints."""
    done = peersim(*arguments, "--json")
    assert done.exit_code == exit_code, done.stderr
    document = json.loads(done.stdout, parse_constant=lambda word: f"not JSON: {word}")
    assert {"schema", "peersim", "command", "elapsed_seconds", "warnings"} <= set(document)
    assert document["schema"] == 1
    assert document["command"] == arguments[0]
    return document
