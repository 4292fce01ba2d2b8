"""All figures, one after the other: `make bench`, or `python -m benchmarks [--quick]`. What each is for: README.md."""

from __future__ import annotations

import argparse
import subprocess
import sys

FIGURES = ("table", "where_time_goes", "batch_run", "spread", "memory", "many_runs", "sweep", "second_start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller communities and fewer rounds")
    quick = ["--quick"] if parser.parse_args().quick else []
    for name in FIGURES:
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *quick], check=True)


if __name__ == "__main__":
    main()
