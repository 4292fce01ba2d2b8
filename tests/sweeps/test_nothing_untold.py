"""What a sweep could not make is told, counted and ends it with another code; what is not its own it leaves alone."""

import json

import numpy as np
import pytest

from peersim.runs.store import open_store
from peersim.sweeps import living
from peersim.sweeps.rows import RUNS, schemas
from tests.sweeps.experiments import GROUP, NONE, experiment, lived, small, table, tables

CIRCLE = """[arms.circle]
base = "friend_circle"
"""


def test_contrasts_that_cannot_be_made_are_told(tmp_path, monkeypatch):
    """Though both of their runs are done."""

    def fail(*_):
        raise MemoryError

    monkeypatch.setattr(living, "contrasted", fail)
    result = lived(small(tmp_path, seeds=2), tmp_path / "out")
    assert (result.done, result.failed, result.unmade) == (4, 0, 2)
    assert "2 contrasts could not be made" in result.remarks[-1]
    monkeypatch.undo()
    again = lived(small(tmp_path, seeds=2), tmp_path / "out")
    assert (again.done, again.unmade, again.counts.again) == (0, 0, 4)
    lived(small(tmp_path, seeds=2), tmp_path / "other")
    assert tables(tmp_path / "out") == tables(tmp_path / "other")


def test_a_part_writes_no_tables_while_others_are_missing(tmp_path):
    """However many failures of other experiments the store may hold."""
    with open_store(tmp_path / "out", schemas()) as store:
        for k in range(20):
            store.fail(RUNS, k.to_bytes(16, "little"), "raised", "of another experiment")
    given = small(tmp_path, seeds=4)
    first = lived(given, tmp_path / "out", part=(1, 2))
    assert (first.is_complete, first.rows, first.counts.runs) == (False, {}, 4)
    second = lived(given, tmp_path / "out", part=(2, 2))
    assert (second.is_complete, second.failed, second.counts.runs) == (True, 0, 8)
    assert second.rows["runs"] == 8
    lived(given, tmp_path / "whole")
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def test_tables_of_an_unfinished_sweep_say_so(tmp_path):
    """They hold what is there; nothing is lived for them."""
    lived(small(tmp_path, seeds=2), tmp_path / "out")
    result = lived(small(tmp_path, seeds=5), tmp_path / "out", lives=False)
    assert (result.is_complete, result.done, result.rows["runs"]) == (False, 0, 4)
    assert lived(small(tmp_path, seeds=5), tmp_path / "out").is_complete


def test_new_contrasts_alone_are_counted(tmp_path):
    """Runs that are there are lived again for them, and counted as such."""
    arms = (NONE, GROUP, CIRCLE)
    given = small(tmp_path, seeds=2, arms=arms)
    lived(given, tmp_path / "out")
    claim = """
[[hypotheses]]
id = "H"
claim = "one is better than the other"
contrast = "circle - group"
outcome = "stress"
test = "paired_t"
smallest_effect_of_interest = 1
"""
    result = lived(experiment(tmp_path, given.text + claim), tmp_path / "out")
    assert (result.done, result.counts.cached, result.counts.new, result.counts.again) == (0, 6, 0, 4)
    assert len({(row["arm"], row["reference"]) for row in table(tmp_path / "out", "contrasts")}) == 3


@pytest.mark.parametrize("name", ["experiment.toml", "people.parquet", "failed", "provenance.json"])
def test_files_of_others_are_never_touched(tmp_path, name):
    """Where one stands in the way the sweep does not begin."""
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine")
    with pytest.raises(FileExistsError, match="not a sweep's"):
        lived(small(tmp_path), out)
    assert (out / name).read_text() == "mine"
    assert list(out.iterdir()) == [out / name]


def test_what_somebody_keeps_among_failed_runs_stays(tmp_path):
    """Only what a sweep wrote there is removed by the next."""
    out = tmp_path / "out"
    lived(small(tmp_path), out)
    (out / "failed").mkdir()
    (out / "failed" / "notes.txt").write_text("mine")
    lived(small(tmp_path), out)
    assert (out / "failed" / "notes.txt").read_text() == "mine"


def test_outcomes_of_couples_are_nobody_elses(tmp_path):
    """For people without a partner they are empty, and the mean over the others is that of the run."""
    lived(small(tmp_path, seeds=1, people='"satisfaction"'), tmp_path / "out")
    run, people = table(tmp_path / "out")[0], table(tmp_path / "out", "people")[:60]
    values = np.array([row["satisfaction"] for row in people])
    assert 0 < np.isnan(values).sum() < 60
    assert np.nanmean(values) == pytest.approx(run["satisfaction"], rel=1e-6)


def test_texts_that_look_like_numbers_are_columns_of_text(tmp_path):
    """A wave of a network can be either."""
    (tmp_path / "ties.csv").write_text("a,b,wave\n" + "".join(f"p{k},p{k + 1},{k % 2 + 1}\n" for k in range(30)))
    given = experiment(
        tmp_path,
        """
schema = 1
set = { "network.file" = "ties.csv", "network.wave_column" = "wave", "run.days" = 3, "run.burn_in" = 0 }
[sweep]
vary."network.wave" = [1, 2]
[seeds]
min = 1
""",
    )
    lived(given, tmp_path / "out")
    assert [row["network.wave"] for row in table(tmp_path / "out")] == ["1", "2"]


def test_every_sweep_is_in_the_provenance(tmp_path):
    """Each part too; versions, code, scenarios, seeds, machine, command and time."""
    given = small(tmp_path, seeds=2)
    for part in ((1, 2), (2, 2)):
        lived(given, tmp_path / "out", part=part)
    told = json.loads((tmp_path / "out" / "provenance.json").read_text())
    assert [sweep["part"] for sweep in told["sweeps"]] == [[1, 2], [2, 2]]
    assert {"peersim", "code", "libraries", "machine", "command", "time", "seeds", "scenarios"} <= told.keys()
    assert told["seeds"] == [1, 2]
    assert told["scenarios"]["group"]["programmes"][0]["weeks"] == 2
