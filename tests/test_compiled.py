"""The compiled cache: noticed changes, found again by the next process, and no crash without a home."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from peersim.compiled import EDGES, entry_point, source_hash
from peersim.lock import locked

RUN = """
from peersim.scenario import Scenario
from peersim.simulate import live, settled_world
scenario = Scenario.model_validate({"population": {"people": 60}, "programmes": [{"kind": "support_group"}]})
world = settled_world(scenario, 1)
live(world, scenario, 10)
print(world.people.now.stress.tolist())
"""
ROOT = str(Path(__file__).parents[1])


def in_a_process(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": ROOT, **environment},
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


DRAW = "from peersim.draws import draw_key; print(draw_key(1, 2))"


@pytest.mark.parametrize("kind", ["nbc", "nbi"])
def test_a_damaged_file_is_compiled_anew(tmp_path, kind):
    """As after a crash or on a full disk: the answer is the same, and the next process finds it again."""
    expected = in_a_process(DRAW, PEERSIM_CACHE=str(tmp_path)).stdout
    for file in tmp_path.rglob(f"*.{kind}"):
        file.write_bytes(file.read_bytes()[:20] + b"x")
    assert in_a_process(DRAW, PEERSIM_CACHE=str(tmp_path)).stdout == expected
    mended = compiled_files(tmp_path)
    assert in_a_process(DRAW, PEERSIM_CACHE=str(tmp_path)).stdout == expected
    assert compiled_files(tmp_path) == mended


def test_what_cannot_be_kept_works_with_a_warning(monkeypatch):
    def disk_is_full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    def twice(x):
        return 2 * x

    made = entry_point(twice)
    monkeypatch.setattr(made._cache, "save_overload", disk_is_full)
    with pytest.warns(UserWarning, match="cannot keep compiled code there .No space left on device."):
        assert made(21) == 42


@pytest.mark.slow
def test_processes_that_start_at_once_compile_everything_once(tmp_path):
    """Eight of them with an empty cache: all live the same life, and no file is written twice."""
    environment = {**os.environ, "PYTHONPATH": ROOT, "PEERSIM_CACHE": str(tmp_path), "NUMBA_DEBUG_CACHE": "1"}
    started = [
        subprocess.Popen([sys.executable, "-P", "-c", RUN], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    told = [process.communicate()[0].splitlines() for process in started]
    assert [process.returncode for process in started] == [0] * 8
    assert len({lines[-1] for lines in told}) == 1
    written = [line for lines in told for line in lines if line.startswith("[cache] data saved to")]
    assert len(written) == len(set(written)) == sum(name.endswith("nbc") for name in compiled_files(tmp_path))


def test_a_lock_keeps_other_processes_out(tmp_path):
    """While it is held, also by one that asked twice, nobody else gets it; then everybody can."""
    ask = (
        "import fcntl; file = open({!r}, 'ab')\n"
        "try: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB); print('free')\n"
        "except BlockingIOError: print('held')"
    )
    file = tmp_path / "lock"

    def others_find() -> str:
        return in_a_process(ask.format(str(file))).stdout.strip()

    with locked(file):
        with locked(file):
            assert others_find() == "held"
        assert others_find() == "held"
    assert others_find() == "free"


def test_where_nothing_can_be_locked_the_work_goes_on(tmp_path):
    """As where the cache folder was removed meanwhile."""
    done = []
    with locked(tmp_path / "gone" / "lock"):
        done.append(1)
    assert done


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


def test_without_a_home_compiled_code_has_a_place():
    """As in a container, for a user whom the system does not know."""
    nobody = "import pathlib\ndef none(): raise RuntimeError('no home')\npathlib.Path.home = none\n"
    told = in_a_process(nobody + "import peersim.compiled", PEERSIM_CACHE="", XDG_CACHE_HOME="")
    assert told.stderr == ""


def test_a_home_that_can_only_be_read_is_copied(tmp_path):
    """What was compiled there is used; what is new goes to the temporary folder."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    temporary.mkdir()
    ask = "from peersim.compiled import cache_folder; print(cache_folder)"
    first = Path(in_a_process(ask, PEERSIM_CACHE=str(home)).stdout.strip())
    (first / "part").mkdir()
    (first / "part" / "day.1.nbc").write_bytes(b"compiled")
    (first / "used").unlink()
    (first / "used").symlink_to(first / "part" / "day.1.nbc" / "nowhere")  # cannot be touched, by root neither
    for _ in range(2):
        told = in_a_process(ask, PEERSIM_CACHE=str(home), TMPDIR=str(temporary))
        assert "cannot write compiled code there" in told.stderr
        folder = Path(told.stdout.strip())
        assert folder.is_relative_to(temporary)
        assert (folder / "part" / "day.1.nbc").read_bytes() == b"compiled"
        assert len(list(folder.parent.iterdir())) == 1


@pytest.mark.slow
def test_a_run_without_a_home_to_write_to_is_warned_and_done(tmp_path):
    """A home where nothing can be written, and no other folder named: one warning, and the results are there."""
    (tmp_path / "file").write_text("")
    (tmp_path / "temporary").mkdir()
    code = "from peersim.cli import main; main()"
    small = ["-s", "population.people=60", "-s", "run.days=14", "-s", "run.burn_in=0", "-q"]
    environment = {name: value for name, value in os.environ.items() if name not in ("PEERSIM_CACHE", "XDG_CACHE_HOME")}
    environment |= {"PYTHONPATH": ROOT, "HOME": str(tmp_path / "file" / "home"), "TMPDIR": str(tmp_path / "temporary")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "run", "baseline", *small, "-o", str(tmp_path / "results")],
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("cannot write compiled code there") == 1
    assert (tmp_path / "results" / "timeline.csv").exists()
