"""`peersim sweep`: what it prints, writes and refuses, and how it ends."""

import json
import os
import re
import signal
import subprocess
import sys

import pandas as pd
import pytest

import peersim as package
from tests.cli.commands import peersim, peersim_json
from tests.cli.sweeps import SMALL, swept, tables, written

MAIN = "from peersim.cli import main; main()"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The small experiment and the folder of its sweep, which nobody changes."""
    place = tmp_path_factory.mktemp("whole")
    experiment = written(place)
    swept(experiment, place / "out")
    return experiment, place / "out"


def test_a_sweep_prints_its_contrast_and_leaves_tables(tmp_path):
    """Counts, the difference at each point, and where the tables are; stderr has the progress."""
    done = swept(written(tmp_path), tmp_path / "out")
    assert done.stdout.startswith("small: 2 points x 2 arms x 3 seeds = 12 runs\n0 were there, 12 lived now\n")
    assert "stressors.event_rate = 20 " in done.stdout
    assert "it does not predict anyone's health" in done.stdout
    assert done.stderr.startswith("12 runs to live, 0 are there\n")
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        "columns.csv", "contrasts.parquet", "experiment.toml", "provenance.json", "runs.parquet", "store",
        "timeline.parquet",
    }  # fmt: skip


def test_the_document_has_the_fields_of_the_interface(tmp_path):
    """The plan with what was cached and new, done, failed, and where the store is."""
    experiment, out = written(tmp_path), tmp_path / "out"
    document = peersim_json("sweep", experiment, "-o", out, "--engine", "in-process")
    assert document["plan"] == {"points": 2, "arms": 2, "seeds": 3, "runs": 12, "cached": 0, "new": 12}
    assert (document["done"], document["failed"], document["store"]) == (12, 0, str(out))
    assert (document["stopped"], document["complete"], document["precision"]) == (False, True, [])
    assert document["rows"] == {name: pd.read_parquet(out / f"{name}.parquet").shape[0] for name in document["rows"]}


def test_the_same_again_lives_nothing_and_changes_no_byte(tmp_path):
    experiment, out = written(tmp_path), tmp_path / "out"
    swept(experiment, out)
    before = tables(out)
    assert "12 were there, 0 lived now" in swept(experiment, out).stdout
    assert tables(out) == before


def test_wider_is_the_same_command_and_only_what_is_new_is_lived(whole, tmp_path):
    """More seeds: what was there stays in its rows, and the tables are those of a sweep that had them at once."""
    experiment, out = written(tmp_path), tmp_path / "out"
    swept(experiment, out, "--seeds", 2)
    assert "8 were there, 4 lived now" in swept(experiment, out).stdout
    assert tables(out) == tables(whole[1])


def test_seeds_and_the_first_of_them_are_as_asked(tmp_path):
    """At every point and in every arm, in the place of what the file says."""
    out = tmp_path / "out"
    swept(written(tmp_path), out, "--seeds", 2, "--seed", 40)
    runs = pd.read_parquet(out / "runs.parquet")
    assert runs.groupby(["point", "arm"]).seed.apply(list).map(tuple).unique().tolist() == [(40, 41)]


def test_settings_hold_for_every_arm_or_for_the_experiment(tmp_path):
    """`-s run.days=10` is of the scenarios, `-s record.timeline=false` of the experiment."""
    out = tmp_path / "out"
    swept(written(tmp_path), out, "-s", "run.days=10", "-s", "record.timeline=false", "-s", "seeds.min=1")
    runs = pd.read_parquet(out / "runs.parquet")
    assert runs.last_day.unique().tolist() == [9]
    assert len(runs) == 4
    assert not (out / "timeline.parquet").exists()


def test_local_workers_leave_the_same_tables(whole, tmp_path):
    """In two real processes."""
    done = peersim("sweep", whole[0], "-o", tmp_path, "-j", 2)
    assert done.exit_code == 0, done.stderr
    assert tables(tmp_path) == tables(whole[1])


def test_parts_end_with_the_tables_of_the_whole(whole, tmp_path):
    """The last of three writes them, whichever it is; those before say that others are missing."""
    for part in ("3/3", "1/3"):
        done = swept(whole[0], tmp_path, "--shard", part)
        assert "this part is done; the part that ends last writes the tables" in done.stderr
        assert tables(tmp_path) == {}
    document = peersim_json("sweep", whole[0], "-o", tmp_path, "--engine", "in-process", "--shard", "2/3")
    assert (document["complete"], document["done"]) == (True, 4)
    assert tables(tmp_path) == tables(whole[1])


def test_tables_of_what_is_there_can_be_had_at_any_time(whole, tmp_path):
    """--tables lives nothing: of one part of two there are half of the rows; the rest is lived by the plain command."""
    swept(whole[0], tmp_path, "--shard", "1/2")
    assert "6 were there, 0 lived now" in swept(whole[0], tmp_path, "--tables").stdout
    assert len(pd.read_parquet(tmp_path / "runs.parquet")) == 6
    assert "6 were there, 6 lived now" in swept(whole[0], tmp_path).stdout
    assert tables(tmp_path) == tables(whole[1])


def test_a_dry_run_writes_nothing_and_tells_cached_and_new(whole, tmp_path):
    """Also where nothing has been stored yet."""
    experiment, out = whole
    fields = {"points", "arms", "seeds", "runs", "cached", "new", "seconds", "megabytes", "megabytes_disk", "fits"}
    for folder, cached in ((tmp_path / "new", 0), (out, 12)):
        plan = peersim_json("sweep", experiment, "-o", folder, "-n")["plan"]
        assert fields <= set(plan)
        assert (plan["runs"], plan["cached"], plan["new"]) == (12, cached, 12 - cached)
    assert not (tmp_path / "new").exists()
    told = peersim("sweep", experiment, "-o", out, "-n", "--seeds", 5).stdout
    assert told.startswith("2 points x 2 arms x 5 seeds = 20 runs\n12 cached, 8 new\n")


def test_progress_as_json_is_a_line_an_event(tmp_path):
    """On stderr, in an order: planning, begins, progress, writing, end; the document stays alone on stdout."""
    experiment = written(tmp_path)
    done = swept(experiment, tmp_path / "out", "--progress", "json", "--json")
    json.loads(done.stdout)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    names = [event["event"] for event in events]
    assert list(dict.fromkeys(names)) == ["planning", "begins", "progress", "writing", "end"]
    assert events[names.index("begins")] == {"event": "begins", "runs": 12, "cached": 0, "new": 12}
    assert {"done", "failed", "total", "runs_per_second", "seconds_left"} <= set(events[names.index("progress")])
    assert (events[-3]["done"], events[-3]["total"]) == (12, 12)
    assert events[-2] == {"event": "writing", "tables": ["runs", "timeline", "contrasts"]}
    assert events[-1] == {"event": "end", "done": 12, "failed": 0, "stopped": False, "complete": True}


def test_half_widths_are_told_while_they_shrink(tmp_path):
    """With until: an event for each look, and in the end the precision of each point; 5 where it was not reached."""
    until = 'contrast = "unburdened - usual", outcome = "stress", half_width = 1e-9, population = "everyone"'
    experiment = written(tmp_path, f"{SMALL}max = 26\nuntil = {{ {until} }}\n")
    done = swept(experiment, tmp_path / "out", "--progress", "json", "--json", exit_code=5)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    narrowing = [event for event in events if event["event"] == "narrows"]
    assert narrowing
    assert all({"point", "seeds", "half_width", "wanted", "known", "points"} <= set(event) for event in narrowing)
    document = json.loads(done.stdout)
    assert [(point["seeds"], point["reached"]) for point in document["precision"]] == [(26, False)] * 2
    text = peersim("sweep", experiment, "-o", tmp_path / "out", "--engine", "in-process").stdout
    assert "wanted 1e-09; raise seeds.max" in text


def test_quiet_says_nothing_but_the_result(tmp_path):
    assert swept(written(tmp_path), tmp_path / "out", "-q").stderr == ""


def test_another_sweep_holds_the_folder(tmp_path):
    """75 and one sentence with the process that has it; it is lived once that is done."""
    from peersim.runs.hold import holding

    experiment, out = written(tmp_path), tmp_path / "out"
    with holding(out, "sweep"):
        done = swept(experiment, out, exit_code=75)
        assert re.fullmatch(rf"{out}: another sweep writes there \(process {os.getpid()} on .*\); .*\n", done.stderr)
        document = peersim_json("sweep", experiment, "-o", out, "--engine", "in-process", exit_code=75)
        assert "another sweep writes there" in document["problems"][0]["message"]
    swept(experiment, out)


def test_a_file_too_large_for_the_disk_is_74_and_the_same_command_goes_on(tmp_path):
    """No file may have more than 8 kB, as on a disk that is full; without that limit the same command ends well."""
    experiment = written(tmp_path)
    command = [sys.executable, "-c", MAIN, "sweep", str(experiment), "-o", str(tmp_path), "--engine", "in-process"]
    limited = ["bash", "-c", 'ulimit -f 8; exec "$@"', "bash", *command]
    done = subprocess.run(limited, capture_output=True, text=True)
    assert done.returncode == 74, done.stderr
    assert done.stderr.endswith("free some space, then give the same command again: it goes on with what was kept\n")
    assert "Traceback" not in done.stderr
    assert subprocess.run(command, capture_output=True).returncode == 0


def test_a_cluster_that_there_is_not_is_a_wrong_use(tmp_path):
    """One sentence, and no advice to try the same again."""
    pytest.importorskip("distributed")
    done = peersim(
        "sweep", written(tmp_path), "-o", tmp_path / "out", "--engine", "dask", "--scheduler", "not-an-address:://"
    )
    assert done.exit_code == 2, done.output
    assert "goes on" not in done.stderr
    assert "no Dask scheduler answers there" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_queue_that_ends_it_gets_4_and_the_same_command_goes_on(tmp_path):
    """SIGTERM, as Ctrl-C: what has begun ends and is kept, no table is written; nothing of it is lived again."""
    experiment, out = written(tmp_path, SMALL.replace("min = 3", "min = 1000")), tmp_path / "out"
    command = [sys.executable, "-c", MAIN, "sweep", str(experiment), "-o", str(out), "-j", "1", "--progress", "json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stderr:
            if json.loads(line)["event"] == "progress" and json.loads(line)["done"]:
                running.send_signal(signal.SIGTERM)
                break
        _, rest = running.communicate()
    assert running.returncode == 4
    assert json.loads(rest.splitlines()[-1])["stopped"]
    assert tables(out) == {}
    n_kept = peersim_json("sweep", experiment, "-o", out, "-n")["plan"]["cached"]
    assert n_kept > 0
    document = json.loads(swept(experiment, out, "--seeds", 1, "--json").stdout)
    assert document["plan"]["cached"] > 0
    assert document["done"] == 4 - document["plan"]["cached"]


WRONG = [
    (("--shard", "0/3"), 2, "must be a part and how many there are, the first being 1, as in 3/16"),
    (("--shard", "4/3"), 2, "must be a part and how many there are"),
    (("--shard", "third"), 2, "must be a part and how many there are"),
    (("--scheduler", "tcp://10.0.0.1:8786"), 2, "--scheduler is for --engine dask, not for local"),
    (("--engine", "cloud"), 2, "'cloud' is not one of 'local', 'in-process', 'dask'"),
    (("--progress", "loud"), 2, "'loud' is not one of"),
    (("--seeds", "0"), 2, "0 is not in the range"),
    (("--seed", "-1"), 2, "-1 is not in the range"),
    (("-j", "0"), 2, "0 is not in the range"),
    (("-s", "stressors.event_rate=1"), 3, "the sweep varies it, so it cannot be set as well"),
    (("-s", "seeds.max=50"), 3, "is only read with until"),
    (("-s", "run.dayz=50"), 3, "did you mean 'days'?"),
    (("-s", "limits.seconds=5", "--engine", "in-process"), 3, "nothing can be stopped from inside one process"),
]


@pytest.mark.parametrize(("options", "code", "said"), WRONG, ids=[" ".join(options) for options, _, _ in WRONG])
def test_a_wrong_use_is_told_and_leaves_nothing(options, code, said, whole, tmp_path):
    """Before anything is lived or written."""
    done = peersim("sweep", whole[0], "-o", tmp_path / "out", *options)
    assert done.exit_code == code, done.output
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "store").exists()


UNREADABLE = [
    ("nothing.toml", None, "there is no such file"),
    ("frequencies", None, "did you mean 'frequency'?"),
    ("x.toml", "[arms", "x.toml:1:6"),
    ("x.toml", "[sweep]\nvary.'stressors.event_rat' = [1, 2]\n", "did you mean 'event_rate'?"),
]


@pytest.mark.parametrize(("name", "text", "said"), UNREADABLE, ids=[said for _, _, said in UNREADABLE])
def test_an_unreadable_experiment_is_3(name, text, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if text is not None:
        written(tmp_path, text, "x")
    done = peersim("sweep", name)
    assert (done.exit_code, done.stdout) == (3, "")
    assert said in done.stderr
    assert peersim_json("sweep", name, exit_code=3)["valid"] is False


def test_a_folder_that_cannot_be_written_is_73(whole, tmp_path):
    """Here a file has its name."""
    (tmp_path / "out").touch()
    done = peersim("sweep", whole[0], "-o", tmp_path / "out" / "deeper")
    assert done.exit_code == 73
    assert "cannot be written" in done.stderr


def test_by_itself_a_sweep_goes_below_results(tmp_path, monkeypatch):
    """Under the name of its experiment."""
    monkeypatch.chdir(tmp_path)
    done = peersim("sweep", written(tmp_path), "--engine", "in-process", "--seeds", 1)
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "results" / "small" / "runs.parquet").exists()


def test_a_sweep_in_python_has_the_same_tables(whole, tmp_path):
    """`peersim.sweep` gives counts, and tables as DataFrames."""
    result = package.sweep(whole[0], tmp_path, engine="in-process")
    assert (result.counts.runs, result.done, result.failed) == (12, 12, 0)
    assert tables(tmp_path) == tables(whole[1])
    pd.testing.assert_frame_equal(result.table("runs"), pd.read_parquet(whole[1] / "runs.parquet"))
    with pytest.raises(FileNotFoundError):
        result.table("people")
