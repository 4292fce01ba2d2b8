"""The small workload, which any library can express: strain that spreads along fixed ties, and passes.

People stand in a circle; person i is tied to i + 1, i + 7 and i + 101, hence to six others. One in ten is strained at
the start. Every day, first each strained person calms down with probability .1; then each tie between one who is
strained and one who is calm strains the latter with probability .05, by a draw of its own. A hundred days.

This file needs numpy only, so that every library can run it in an environment of its own.
"""

import json
import sys
import time
from collections.abc import Callable

import numpy as np

DAYS = 100
STEPS_AROUND = (1, 7, 101)
STRAINED_AT_START, CALMS_DOWN, STRAINS = 0.1, 0.1, 0.05
ROUNDS = 3


def ties(people: int) -> tuple[np.ndarray, np.ndarray]:
    """The two ends of every tie, (3 x people,) each."""
    first = np.tile(np.arange(people), len(STEPS_AROUND))
    second = (first + np.repeat(STEPS_AROUND, people)) % people
    return first, second


def tell(prepare: Callable[[int], Callable[[], float]]) -> None:
    """Time a library, asked for so many people on the command line, and print what was found as JSON.

    prepare  makes a community of so many people, and returns what lives its days and returns the share strained
    """
    people = int(sys.argv[1])
    prepare(303)()  # compiles and imports what is left to
    seconds, share = [], []
    for _ in range(ROUNDS):
        live = prepare(people)
        began = time.process_time()
        share.append(live())
        seconds.append(time.process_time() - began)
    print(json.dumps({"seconds": seconds, "share": share}))
