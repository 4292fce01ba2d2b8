"""What a command asks of an experiment beside its file: other seeds, and how many."""

from __future__ import annotations

from dataclasses import replace

from peersim.experiment.experiment import Experiment


def with_seeds(experiment: Experiment, seeds: int | None, first: int | None) -> Experiment:
    """The experiment with so many seeds at every point, no more and no fewer, and from another first one on.

    seeds, first  None leaves it to the experiment
    """
    if seeds is not None:
        own = experiment.seeds.model_copy(update={"min": seeds, "max": seeds, "until": None})
        experiment = replace(experiment, seeds=own)
    return experiment if first is None else replace(experiment, first_seed=first)
