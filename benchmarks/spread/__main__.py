"""The small workload in peersim's way, Mesa, mesa-frames and Starsim: `python -m benchmarks.spread [--quick]`.

Each library lives in a process of its own. Those that peersim does not need live in environments of their own, for
their requirements may contradict; where there is none, the line says how to make it.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.spread.workload import DAYS
from benchmarks.timing import WIDTH, heading, row

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ".benchmarks"
APART = {"mesa_frames": "mesa-frames==0.1.0a0", "starsim": "starsim==3.7.2"}
"""What is installed apart, and which version the figures in README.md are of."""
WAYS = ("peersim", "mesa", "mesa_frames", "starsim")
TOLERANCE = 0.05
"""Libraries draw differently: the share strained on the last evening varies by a hundredth among a thousand people."""


def interpreter(way: str) -> Path:
    """The Python that has the library."""
    return ROOT / ENVIRONMENTS / way / "bin" / "python" if way in APART else Path(sys.executable)


def found(way: str, people: int) -> tuple[list[float], float]:
    """Nanoseconds a person-day, and the share strained on the last evening."""
    command = [str(interpreter(way)), "-m", f"benchmarks.spread.by_{way}", str(people)]
    told = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
    result = json.loads(told.splitlines()[-1])
    return [1e9 * s / (people * DAYS) for s in result["seconds"]], statistics.mean(result["share"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out a hundred thousand people")
    for people in [10**3, 10**4] + ([] if parser.parse_args().quick else [10**5]):
        heading(f"strain spreads among {people:,} people", "ns per person-day")
        first, expected = found("peersim", people)
        for way in WAYS:
            if not interpreter(way).exists():
                folder = f"{ENVIRONMENTS}/{way}"
                install = f"python3.12 -m venv {folder} && {folder}/bin/pip install {APART[way]}"
                print(f"  {way:<{WIDTH - 2}}not here; {install}")
                continue
            each, share = (first, expected) if way == "peersim" else found(way, people)
            if abs(share - expected) > TOLERANCE:
                raise ValueError(f"{way}: {share:.3f} are strained on the last evening, not {expected:.3f}")
            row(way, each, first)


if __name__ == "__main__":
    main()
