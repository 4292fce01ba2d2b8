"""Sweeps: the runs of an experiment, which of them are still missing, and their tables."""
