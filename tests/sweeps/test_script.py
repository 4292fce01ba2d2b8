"""A script of somebody's own can sweep as it stands: workers do not run it once more."""

import os
import subprocess
import sys

from tests.sweeps.commands import REPO
from tests.sweeps.experiments import small


def test_a_script_needs_no_guard(tmp_path):
    """It says what it has to say once, and all runs are done."""
    small(tmp_path)
    script = tmp_path / "mine.py"
    script.write_text(
        "import peersim\n"
        "print('here')\n"
        "result = peersim.sweep('small.toml', 'out', jobs=2)\n"
        "print(result.done, result.failed, len(result.table('runs')))\n"
    )
    told = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(REPO)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "here\n6 0 6\n"
    assert told.stderr == ""
