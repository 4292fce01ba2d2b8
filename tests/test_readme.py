"""The README shows what really happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def shown_demo() -> list[str]:
    """The lines that the README shows under `make demo`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.split("make demo\n", 1)[1].split("```", 1)[0]
    return [line.rstrip() for line in block.strip("\n").splitlines()]


def demo_command() -> list[str]:
    """What `make demo` runs, without its output folder."""
    [line] = [line for line in (ROOT / "Makefile").read_text().splitlines() if "peersim compare" in line]
    words = line.split("peersim compare", 1)[1].split()
    return ["compare", *words[: words.index("--out")]]


@pytest.mark.slow
def test_the_readme_shows_the_output_of_make_demo(tmp_path):
    """Line by line, as printed."""
    code = "from peersim.cli import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", code, *demo_command(), "--out", str(tmp_path), "-q"],
        capture_output=True, text=True, check=True, cwd=ROOT, encoding="utf-8",
    )  # fmt: skip
    assert [line.rstrip() for line in told.stdout.strip("\n").splitlines()] == shown_demo()
    assert (tmp_path / "comparison.png").exists()


@pytest.mark.slow
def test_the_readme_shows_the_output_of_its_sweep(tmp_path):
    """Line by line, as printed in an empty folder."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = text.split("$ peersim sweep hardship\n", 1)[1].split("```", 1)[0]
    told = subprocess.run(
        [sys.executable, "-c", "from peersim.cli import main; main()", "sweep", "hardship", "-q"],
        capture_output=True, text=True, check=True, cwd=tmp_path, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert told.stdout == shown


def test_the_commands_of_the_readme_exist():
    """Every `peersim <command>` that the README names is a command."""
    from peersim.cli import COMMANDS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = [block for k, block in enumerate(text.split("```")) if k % 2]
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("peersim ")]
    lines = [line for line in lines if line not in shown_demo()]
    named = {line.split()[1] for line in lines} | set(re.findall(r"`peersim (\w+)", text))
    assert named == set(COMMANDS)
