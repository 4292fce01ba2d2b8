"""A run's identity: the same content, the same id; anything that can change a number, another one."""

import subprocess
import sys
from pathlib import Path

import pytest

import peersim
from peersim.compiled import EDGES
from peersim.scenario_file import load_scenario
from peersim.sweeps.identity import RECORDING, content_id, contrast_id, run_id, scenario_id

GROUP = load_scenario("support_group")


def test_title_and_seed_are_no_part_of_a_scenario():
    """They change nobody's life by themselves: the seed stands beside it."""
    other = load_scenario("support_group", ["title=Another", "run.seed=99"])
    assert scenario_id(GROUP) == scenario_id(other)


@pytest.mark.parametrize(
    "setting",
    ["run.days=364", "stressors.event_rate=1.36", "programmes.0.minutes=91", "switches.co_rumination=false",
     "network.kind=ring", "population.people=1999", "run.record_every=1", "sessions.loneliness=0.01"],
)  # fmt: skip
def test_every_number_is_part_of_it(setting):
    """Whatever is said."""
    assert scenario_id(GROUP) != scenario_id(load_scenario("support_group", [setting]))


def test_a_network_file_counts_by_what_is_in_it(tmp_path):
    """Its name does not; another tie does."""
    ids = []
    for name, ties in (("a.csv", "p,q\nx,y\ny,z\n"), ("b.csv", "p,q\nx,y\ny,z\n"), ("a.csv", "p,q\nx,y\nx,z\n")):
        (tmp_path / name).write_text(ties)
        ids.append(scenario_id(load_scenario("baseline", [f"network.file={tmp_path / name}"])))
    assert ids[0] == ids[1] != ids[2]


def test_code_seed_recorder_and_order_are_parts():
    """Of a run; and which arm is the reference, of a contrast."""
    one = scenario_id(GROUP)
    said = [("a", "r", 1), ("b", "r", 1), ("a", "s", 1), ("a", "r", 2)]
    ids = [run_id(content_id(code, one, recorder), seed) for code, recorder, seed in said]
    assert len(set(ids)) == 4
    assert contrast_id(ids[0], ids[1]) != contrast_id(ids[1], ids[0])


def test_all_that_makes_rows_is_part_of_the_code():
    """What a worker has loaded when it lives is the model, one of `RECORDING`, or cannot change a row."""
    root = Path(peersim.__file__).parent
    code = (
        "import sys, peersim.sweeps.ready\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('peersim') and m.__file__))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root.parent)
    loaded = {str(Path(file).relative_to(root)) for file in told.stdout.split()}
    beside = {file for file in loaded if Path(file).parts[0] in EDGES} - set(RECORDING)
    harmless = {
        "analysis/__init__.py", "runs/__init__.py", "sweeps/__init__.py", "runs/engine.py", "runs/results.py",
        "runs/worker.py", "sweeps/identity.py", "sweeps/ready.py", "consistency.py", "mistakes.py", "locate.py",
    }  # fmt: skip
    assert beside <= harmless
    assert set(RECORDING) <= loaded
