"""The compiled cache: noticed changes, found again by the next process, and no crash without a home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from peersim.compiled import EDGES, source_hash

RUN = """
from peersim.scenario import Scenario
from peersim.simulate import live, settled_world
scenario = Scenario.model_validate({"population": {"people": 60}, "programmes": [{"kind": "support_group"}]})
world = settled_world(scenario, 1)
live(world, scenario, 10)
"""


def in_a_process(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **environment},
    )  # fmt: skip


def compiled_files(folder: Path) -> dict[str, int]:
    return {str(file): file.stat().st_mtime_ns for file in folder.rglob("*.nb*")}


@pytest.mark.slow
def test_the_second_process_compiles_nothing(tmp_path):
    """It finds every function that the first one left on disk, and adds none."""
    in_a_process(RUN, PEERSIM_CACHE=str(tmp_path))
    first = compiled_files(tmp_path)
    in_a_process(RUN, PEERSIM_CACHE=str(tmp_path))
    assert first
    assert compiled_files(tmp_path) == first


def test_what_does_not_count_for_the_cache_is_never_imported_by_the_core():
    """A process that lives a world has none of these modules."""
    ask = "import sys, peersim.simulate; print(*(n.removeprefix('peersim.') for n in sys.modules if n != 'peersim'))"
    loaded = set(in_a_process(ask).stdout.split())
    assert not {name for name in loaded if name.split(".")[0] in {edge.removesuffix(".py") for edge in EDGES}}


def test_any_change_of_the_core_gives_another_cache(tmp_path):
    """The hash follows every source file that compiled code can depend on, and not those it cannot."""
    import shutil

    shutil.copytree(Path(__file__).parents[1] / "peersim", tmp_path / "peersim", ignore=shutil.ignore_patterns("__py*"))
    ask = "from peersim.compiled import EDGES, source_hash; print(source_hash())"

    def there() -> str:
        return in_a_process(ask, PYTHONPATH=str(tmp_path), PEERSIM_CACHE=str(tmp_path / "cache")).stdout.strip()

    assert there() == source_hash()
    (tmp_path / "peersim" / "cli" / "extra.py").write_text("")
    assert there() == source_hash()
    with (tmp_path / "peersim" / "smooth.py").open("a") as file:
        file.write("\n# a change\n")
    assert there() != source_hash()


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_cannot_be_written_costs_a_warning(tmp_path):
    """A temporary folder takes its place."""
    tmp_path.chmod(0o500)
    told = in_a_process("import peersim.compiled", PEERSIM_CACHE=str(tmp_path / "cache"))
    assert "cannot write compiled code there" in told.stderr


def test_a_home_that_is_a_file_costs_a_warning(tmp_path):
    """Also for root, who may write anywhere."""
    (tmp_path / "file").write_text("")
    told = in_a_process("import peersim.compiled", PEERSIM_CACHE=str(tmp_path / "file" / "cache"))
    assert "cannot write compiled code there" in told.stderr
