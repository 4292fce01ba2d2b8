"""Small experiments, quickly lived."""

import pyarrow.parquet as pq

from peersim.experiment.reading import read_experiment
from peersim.sweeps.sweep import sweep

NONE = """[arms.none]
base = "baseline"
"""
GROUP = """[arms.group]
set = { "programmes.0.weeks" = 2 }
"""


def experiment(folder, text, *settings, name="small"):
    """The experiment of a text, as read from a file in this folder."""
    file = folder / f"{name}.toml"
    file.write_text(text)
    return read_experiment(file, settings)


def small(folder, seeds=3, vary="", people="", arms=(NONE, GROUP), more="", name="small"):
    """No programme and a support group of two weeks; seeds, points and arms as asked for."""
    text = """
schema = 1
base = "support_group"
set = { "population.people" = 60, "run.days" = 21, "run.burn_in" = 7 }
"""
    text += "".join(arms) + (f"[sweep]\n{vary}\n" if vary else "")
    text += f"[seeds]\nmin = {seeds}\n[record]\npeople = [{people}]\n{more}\n"
    return experiment(folder, text, name=name)


def lived(given, out, **how):
    """The sweep, in this process unless told otherwise."""
    return sweep(given, out, **{"engine": "in-process", **how})


def tables(folder):
    """The bytes of every table."""
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.parquet"))}


def table(folder, name="runs"):
    """A table as rows."""
    return pq.read_table(folder / f"{name}.parquet").to_pylist()
