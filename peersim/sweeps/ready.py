"""Imported before workers are forked: everything is compiled or loaded, so that those that share it start at once."""

from contextlib import suppress
from functools import cache

from peersim.runs.worker import ending_with_parent


@cache
def get_ready() -> None:
    """Load the model, and compile what is still to be compiled."""
    from peersim.simulate import warm_up
    from peersim.sweeps import living  # noqa: F401  what workers will call

    warm_up()


with ending_with_parent(), suppress(Exception):  # each worker tries again, and says why it cannot
    get_ready()
