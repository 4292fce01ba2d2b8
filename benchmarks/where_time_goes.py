"""Where the time of a day goes, a line a file, or with --passes a line a function.

`python -m benchmarks.where_time_goes [--passes] [--quick] [PEOPLE ...]`

The source of `advance` is compiled with a reading of the processor's cycle counter after each statement of the day,
also inside its loops and conditions. It must be a processor that has such a counter (x86).
"""

from __future__ import annotations

import argparse
import ast
import platform
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from benchmarks import scene
from benchmarks.the_day import advance_tree, advanced, calls, day_loop, home, made_from

WIDTH = 34
READ = "clock[{place}] += cycles() - since\nsince = cycles()"


class Place(NamedTuple):
    """A statement of the day.

    file   that it belongs to
    call   what it calls
    claim  the first sentence of the file
    """

    file: str
    call: str
    claim: str


@intrinsic
def cycles(context: Any) -> Any:
    """The processor's cycle counter."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        counter = ir.FunctionType(ir.IntType(64), ())
        return builder.call(builder.module.declare_intrinsic("llvm.readcyclecounter", (), counter), ())

    return types.int64(), generate


def clocked() -> tuple[Callable[..., Any], list[Place]]:
    """`advance` with a clock as last argument, and what stands at each place of the clock."""
    function = advance_tree()
    places: list[Place] = []
    function.args.args.append(ast.arg("clock"))

    def with_readings(body: list[ast.stmt]) -> list[ast.stmt]:
        read = []
        for statement in body:
            read.append(statement)
            if isinstance(statement, ast.For | ast.If):
                statement.body = with_readings(statement.body)
            else:
                read += ast.parse(READ.format(place=len(places))).body
                places.append(place_of(statement))
        return read

    loop = day_loop(function)
    loop.body = ast.parse("since = cycles()").body + with_readings(loop.body)
    return made_from(function, cycles=cycles), places


def place_of(statement: ast.stmt) -> Place:
    """Where a statement belongs; one that calls nothing of the model is day.py's own."""
    found = calls(statement)
    call = next((name for name in found if "." in name), found[0] if found else "advance")
    module = home(call)
    return Place(module.__name__.rpartition(".")[2], call, (module.__doc__ or "").split("\n")[0])


def spent(people: int, advance: Callable[..., Any], n_places: int) -> np.ndarray[Any, Any]:
    """Nanoseconds a person-day at each place of the clock."""
    plan, world = scene.scenario(people), scene.running(people)
    days = min(scene.n_days(people), 140)
    clock = np.zeros(n_places, np.int64)
    advanced(advance, world.copy(), plan, 7, clock)
    clock[:] = 0
    began = time.process_time()
    advanced(advance, world, plan, days, clock)
    taken = time.process_time() - began
    return clock / clock.sum() * taken / (days * people) * 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", nargs="*", type=int, help="sizes of the community")
    parser.add_argument("--quick", action="store_true", help="leave out a hundred thousand people")
    parser.add_argument("--passes", action="store_true", help="a line a pass")
    options = parser.parse_args()
    sizes = options.people or [10**3, 10**4] + ([] if options.quick else [10**5])
    if platform.machine().lower() not in ("x86_64", "amd64"):
        raise SystemExit(f"a {platform.machine()} has no cycle counter that programs may read")
    advance, places = clocked()
    columns = [spent(people, advance, len(places)) for people in sizes]
    labels = [place.call if options.passes else place.file for place in places]
    claims = dict.fromkeys(labels, "") if options.passes else {place.file: place.claim for place in places}
    lines = {label: [sum(column[[at == label for at in labels]]) for column in columns] for label in labels}
    print("\nns per person-day, by how many people live")
    print(f"{'':<{WIDTH}}" + "".join(f"{people:>10,}" for people in sizes))
    for label, each in sorted(lines.items(), key=lambda line: -line[1][-1]):
        print(f"{label:<{WIDTH}}" + "".join(f"{value:>10.1f}" for value in each) + f"  {claims[label]}")
    print(f"{'all':<{WIDTH}}" + "".join(f"{sum(column):>10.1f}" for column in columns))


if __name__ == "__main__":
    main()
