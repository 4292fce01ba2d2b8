"""Sweeps: the runs of an experiment, which of them are still missing, and their tables."""

ENGINES = ("local", "in-process", "dask")
"""Where runs can be lived: worker processes here, this process alone, or a Dask cluster."""
READY = "peersim.sweeps.ready"
"""The module that a worker imports to get ready."""
