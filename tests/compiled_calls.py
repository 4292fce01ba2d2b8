"""Functions that only compiled code can call, called from Python all the same."""

from functools import cache

import numba


@cache
def compiled_call(function):
    """The function, compiled as it is for the day; for those that stop in plain Python, as they move memory."""

    def call(*arguments):
        return function(*arguments)

    return numba.njit(error_model="numpy")(call)
