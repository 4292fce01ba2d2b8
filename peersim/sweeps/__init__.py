"""Sweeps: the runs of an experiment, which of them are still missing, and their tables."""

READY = "peersim.sweeps.ready"
"""The module that a worker imports to get ready."""
