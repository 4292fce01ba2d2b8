"""Small experiments, lived in a moment, for tests of `peersim sweep` and `peersim runs`."""

from tests.cli.commands import peersim

SMALL = """
schema = 1
title = "Small"
set = { "population.people" = 60, "run.days" = 15, "run.burn_in" = 0 }

[arms.usual]

[arms.unburdened]
set = { "switches.co_rumination" = false }

[sweep]
vary."stressors.event_rate" = [1.0, 20.0]

[seeds]
min = 3
"""
"""2 points x 2 arms x 3 seeds = 12 runs, and 6 contrasts."""


def written(folder, text=SMALL, name="small"):
    """An experiment's file."""
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def swept(experiment, folder, *options, exit_code=0):
    """What `peersim sweep EXPERIMENT -o FOLDER` leaves, lived in this process."""
    done = peersim("sweep", experiment, "-o", folder, "--engine", "in-process", *options)
    assert done.exit_code == exit_code, done.output
    return done


def tables(folder):
    """The bytes of each table in a folder."""
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.parquet"))}
