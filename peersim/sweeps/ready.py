"""Imported before the first task: everything is compiled or loaded, so that workers that share it start at once."""

from peersim.simulate import warm_up
from peersim.sweeps import living

__all__ = ["living"]

warm_up()
