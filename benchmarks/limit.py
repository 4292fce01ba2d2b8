"""The limit: the same passes as a C compiler makes them, built in a temporary folder and called in place."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.passes import MOVED, State, numbers
from benchmarks.the_day import as_float32
from peersim.scenario import Scenario
from peersim.ties import PARTNER
from peersim.world import World

COMPILER = "cc"
OPTIONS = ("-O3", "-march=native", "-std=gnu11", "-shared", "-fPIC")
C_TYPES = {"f4": "float", "i8": "int64_t", "u8": "uint64_t", "u4": "uint32_t", "i1": "int8_t"}
TRAITS = (
    "stress_trait", "self_esteem_trait", "optimism_trait", "coping_trait", "loneliness_trait", "support_trait",
    "safety_trait", "chronic",
)  # fmt: skip
GROUPS = {"contact": 1, "neighbours": 2, "states": 4}


class Limit:
    """A world's arrays, copied as C wants them, and the compiled passes."""

    def __init__(self, world: World, scenario: Scenario) -> None:
        self.arrays, rules = arrays(world), numbers(scenario)
        self.library = built(self.arrays, rules)
        self.handed = struct(world.n_people, self.arrays, rules)

    def live(self, key: np.ndarray[Any, Any], groups: tuple[str, ...]) -> None:
        """Live one day for each row of keys."""
        n_days, passes = ctypes.c_int64(len(key)), ctypes.c_int(sum(GROUPS[group] for group in groups))
        if self.library.live(ctypes.byref(self.handed), n_days, ctypes.c_void_p(key.ctypes.data), passes):
            raise MemoryError("no memory for a block of ties")

    def states(self) -> State:
        """What the passes changed."""
        is_first = self.handed.seen == self.arrays["seen"].ctypes.data
        seen = self.arrays["seen" if is_first else "seen_next"]
        own = {name: self.arrays[name] for name in (*MOVED[2:], "closeness", "trust")}
        return own | {"stress": seen[:, 0], "loneliness": seen[:, 1]}


def compiler() -> str | None:
    """Where the C compiler is, or None."""
    return shutil.which(COMPILER)


def arrays(world: World) -> dict[str, np.ndarray[Any, Any]]:
    """A world's arrays in single precision, stress and loneliness of a person side by side."""
    people, ties = world.people, world.ties
    seen = as_float32(np.stack([people.now.stress, people.now.loneliness], axis=1))
    columns = {name: as_float32(getattr(people.now, name)) for name in (*MOVED[2:], "satisfaction", "communication")}
    return {
        "seen": seen,
        "seen_next": seen.copy(),
        **columns,
        **{name: as_float32(getattr(people.traits, name)) for name in TRAITS},
        "load": as_float32(people.load),
        "partner": people.traits.partner.astype(np.int64),
        "number": people.number.astype(np.uint32),
        "start": ties.start.astype(np.int64),
        "other": ties.other.astype(np.uint32),
        **{name: as_float32(getattr(ties, name)) for name in ("closeness", "trust", "similarity")},
        "kind": ties.kind.astype(np.int8),
        "pair": ties.pair.astype(np.uint64),
    }


def struct(n_people: int, held: dict[str, np.ndarray[Any, Any]], rules: dict[str, float]) -> ctypes.Structure:
    """`struct world` of world.h, filled."""
    pointers = [(name, ctypes.c_void_p) for name in held]
    fields = [("n_people", ctypes.c_int64), *pointers, *((name, ctypes.c_float) for name in rules)]
    kind = type("world", (ctypes.Structure,), {"_fields_": fields})
    return kind(n_people, *(array.ctypes.data for array in held.values()), *rules.values())


def built(held: dict[str, np.ndarray[Any, Any]], rules: dict[str, float]) -> ctypes.CDLL:
    """limit.c, compiled; the file is gone once it is loaded."""
    pointers = [f"    {C_TYPES[array.dtype.str[1:]]} *{name};" for name, array in held.items()]
    fields = ["    int64_t n_people;", *pointers, *(f"    float {name};" for name in rules)]
    header = "\n".join([f"enum {{ PARTNER = {PARTNER} }};", "struct world {", *fields, "};", ""])
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "world.h").write_text(header)
        source, library = Path(__file__).with_name("limit.c"), Path(folder) / "limit.so"
        subprocess.run([COMPILER, *OPTIONS, f"-I{folder}", str(source), "-o", str(library)], check=True)
        return ctypes.CDLL(str(library))
