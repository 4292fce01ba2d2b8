"""`peersim runs`: what sweeps have kept is listed, verified, exported as CSV and pruned."""

import csv
import json
import math
import os
import platform
import shutil
import sqlite3
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peersim.runs.hold import holding
from peersim.sweeps.csv_tables import export_csv
from peersim.sweeps.last_tables import LastTables
from tests.cli.commands import peersim, peersim_json
from tests.cli.sweeps import SMALL, swept, tables, written


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A sweep that nobody changes: its experiment's file and its folder."""
    place = tmp_path_factory.mktemp("once")
    experiment = written(place)
    swept(experiment, place / "results" / "small")
    return experiment, place / "results" / "small"


@pytest.fixture
def kept(once, tmp_path):
    """A copy of it that a test may change."""
    shutil.copytree(once[1], tmp_path / "small", copy_function=shutil.copy2)
    return once[0], tmp_path / "small"


def shards(folder):
    return sorted((folder / "store").rglob("*-*.parquet"))


def flip(file, at=0.5):
    """Change one bit in the middle of a file."""
    content = bytearray(file.read_bytes())
    content[int(len(content) * at)] ^= 1
    file.write_bytes(content)


def n_records(folder, table):
    with sqlite3.connect(folder / "store" / "journal.sqlite") as db:
        return db.execute("SELECT count(*) FROM records WHERE table_name = ?", (table,)).fetchone()[0]


# list


def test_every_sweep_below_a_folder_is_listed(once, tmp_path, monkeypatch):
    """By itself those below `results`, with their counts; a folder of results that is not there holds none."""
    monkeypatch.chdir(once[1].parents[1])
    [row] = peersim_json("runs", "list")["sweeps"]
    assert row["folder"] == str(Path("results", "small"))
    assert (row["experiment"], row["done"], row["failed"], row["of_other_code"]) == ("small", 12, 0, 0)
    assert row["bytes"] == sum(file.stat().st_size for file in once[1].rglob("*") if file.is_file())
    assert (row["held_by"], row["readable"]) == (None, True)
    assert pd.Timestamp(row["last_sweep"]).tzinfo is not None
    lines = peersim("runs", "list").stdout.splitlines()
    assert lines[-1].split()[:3] == [row["folder"], "small", "12"]
    monkeypatch.chdir(tmp_path)
    assert peersim_json("runs", "list")["sweeps"] == []
    assert "no runs are stored there" in peersim("runs", "list").stderr


def test_a_sweep_at_work_is_listed_as_such(kept):
    """With who it is; a part of one as well. What a killed process of this machine left behind is nobody."""
    for place in (kept[1], kept[1] / "store" / "part-001-of-002"):
        with holding(place, "sweep"):
            [row] = peersim_json("runs", "list", kept[1])["sweeps"]
            assert (row["held_by"]["process"], row["held_by"]["what"]) == (os.getpid(), "sweep")
            assert peersim("runs", "list", kept[1]).stdout.rstrip().endswith("at work")
    dead = {"process": 2**22 + 1, "host": platform.node(), "since": "2026-01-01T00:00:00+00:00", "what": "sweep"}
    (kept[1] / "held").write_text(json.dumps(dead))
    assert peersim_json("runs", "list", kept[1])["sweeps"][0]["held_by"] is None


def test_looking_does_not_keep_a_sweep_away(kept):
    """A file left by another machine is tried with a lock, which is let go."""
    (kept[1] / "held").write_text(json.dumps({"process": 1, "host": "elsewhere", "since": "x", "what": "sweep"}))
    assert peersim_json("runs", "list", kept[1])["sweeps"][0]["held_by"] is None
    swept(*kept)


def test_parts_that_are_not_joined_count_too(once, tmp_path):
    """Also before there is a main journal."""
    swept(once[0], tmp_path, "--shard", "1/2")
    [row] = peersim_json("runs", "list", tmp_path)["sweeps"]
    assert (row["done"], row["experiment"]) == (6, "small")
    for file in (tmp_path / "store").glob("journal.sqlite"):
        file.unlink()
    [row] = peersim_json("runs", "list", tmp_path)["sweeps"]
    assert (row["done"], row["experiment"], row["readable"]) == (6, "small", True)


def test_failed_runs_are_told_with_the_command_that_lives_them_again(tmp_path):
    """Here they take longer than they may: point, arm, seed, how and why."""
    text = SMALL.replace('"population.people" = 60', '"population.people" = 200000') + "[limits]\nseconds = 0.1\n"
    file, out = written(tmp_path, text), tmp_path / "out"
    done = peersim("sweep", file, "-o", out, "-j", 1, "--seeds", 1, "-s", "sweep.vary.stressors.event_rate=[1.0]")
    assert done.exit_code == 1, done.output
    rows = peersim_json("runs", "list", out, "--failed")["failed_runs"]
    assert [(row["point"], row["arm"], row["seed"], row["status"]) for row in rows] == [
        (0, "usual", 1, "time"), (0, "unburdened", 1, "time"),
    ]  # fmt: skip
    assert all("limits.seconds" in row["error"] for row in rows)
    replay = rows[0]["replay"].split()
    assert replay[:2] == ["peersim", "run"]
    assert peersim(*replay[1:], "-n").exit_code == 0
    lines = peersim("runs", "list", out, "--failed").stdout.splitlines()
    assert lines[0].split("\t") == ["folder", "point", "arm", "seed", "status", "error", "replay"]
    assert len(lines) == 3
    assert peersim_json("runs", "list", out)["sweeps"][0]["failed"] == 2


def test_where_no_run_failed_it_says_so(once):
    assert peersim_json("runs", "list", once[1], "--failed")["failed_runs"] == []
    assert peersim("runs", "list", once[1], "--failed").stderr == "no run failed\n"


# verify


def test_a_sound_sweep_is_intact_and_stays_as_it_is(once):
    """Nothing is written by looking."""
    before = {file: file.stat().st_mtime_ns for file in once[1].rglob("*")}
    document = peersim_json("runs", "verify", once[1])
    assert document["intact"] is True
    [row] = document["sweeps"]
    assert (row["shards"], row["tables"], row["damages"]) == (2, ["runs", "timeline", "contrasts"], [])
    assert "nothing is damaged" in peersim("runs", "verify", once[1]).stdout
    assert {file: file.stat().st_mtime_ns for file in once[1].rglob("*")} == before


def cut(file):
    file.write_bytes(file.read_bytes()[:-100])


DAMAGES = {"changed": flip, "cut off": cut, "missing": lambda file: file.unlink()}


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("which", ["store/runs-*.parquet", "store/contrasts-*.parquet", "runs.parquet"])
def test_a_damage_is_told_and_the_same_sweep_mends_it(which, how, kept):
    """1, and which file; looking changes nothing; after the sweep's command all is as it was."""
    before = tables(kept[1])
    [file] = kept[1].glob(which)
    DAMAGES[how](file)
    document = peersim_json("runs", "verify", kept[1], exit_code=1)
    [damage] = document["sweeps"][0]["damages"]
    assert damage["file"] == str(file)
    assert document["intact"] is False
    told = peersim("runs", "verify", kept[1])
    assert str(file) in told.stdout
    assert "give the command of the sweep again" in told.stderr
    swept(*kept)
    assert peersim("runs", "verify", kept[1]).exit_code == 0
    assert tables(kept[1]) == before


def test_a_damaged_or_lost_journal_is_told_and_mended_too(kept):
    journal = kept[1] / "store" / "journal.sqlite"
    for harm in (lambda: journal.write_bytes(b"nothing of the kind"), lambda: flip(journal, 0.0), journal.unlink):
        harm()
        [damage] = peersim_json("runs", "verify", kept[1], exit_code=1)["sweeps"][0]["damages"]
        assert damage["file"] == str(journal)
        assert peersim_json("runs", "list", kept[1])["sweeps"][0]["readable"] is False
        swept(*kept)
        assert peersim("runs", "verify", kept[1]).exit_code == 0


def test_shards_of_parts_are_verified_joined_or_not(once, tmp_path):
    swept(once[0], tmp_path, "--shard", "1/2")
    for joined in (False, True):
        if joined:
            swept(once[0], tmp_path)
        assert peersim_json("runs", "verify", tmp_path)["sweeps"][0]["shards"] == (4 if joined else 2)
        victim = next(file for file in shards(tmp_path) if "part-" in str(file))
        whole = victim.read_bytes()
        flip(victim)
        [damage] = peersim_json("runs", "verify", tmp_path, exit_code=1)["sweeps"][0]["damages"]
        assert damage["file"] == str(victim)
        victim.write_bytes(whole)


def test_while_a_sweep_is_at_work_its_runs_are_verified_and_its_tables_are_not(kept):
    """Which it may be writing just now."""
    flip(kept[1] / "runs.parquet")
    with holding(kept[1], "sweep"):
        [row] = peersim_json("runs", "verify", kept[1])["sweeps"]
        assert (row["shards"], row["tables"]) == (2, [])
        assert "a sweep is at work there" in peersim("runs", "verify", kept[1]).stdout


# export


def test_tables_are_exported_in_full(once, tmp_path):
    """Every cell comes back as it was; beside them stands what their columns mean."""
    files = peersim_json("runs", "export", once[1], "-o", tmp_path / "csv")["files"]
    assert {Path(file).name for file in files} == {"runs.csv", "timeline.csv", "contrasts.csv", "columns.csv"}
    for name in ("runs", "timeline", "contrasts"):
        table = pd.read_parquet(once[1] / f"{name}.parquet")
        back = pd.read_csv(tmp_path / "csv" / f"{name}.csv", float_precision="round_trip")
        assert list(back) == list(table)
        for column in table:
            if table[column].notna().any():
                assert back[column].equals(table[column].astype(back[column].dtype)), column
            else:
                assert back[column].isna().all()
    assert (tmp_path / "csv" / "columns.csv").read_bytes() == (once[1] / "columns.csv").read_bytes()


def test_only_the_tables_that_are_asked_for_are_exported(kept):
    """By itself into the folder csv."""
    done = peersim("runs", "export", kept[1], "--table", "runs", "--table", "contrasts")
    assert done.exit_code == 0, done.stderr
    assert {file.name for file in (kept[1] / "csv").iterdir()} == {"runs.csv", "contrasts.csv", "columns.csv"}


printable = st.text(st.characters(exclude_categories=("C", "Z")))
cells = st.tuples(st.floats(), st.none() | st.integers(-(2**63), 2**63 - 1), st.none() | printable)


@given(rows=st.lists(cells, max_size=9))
def test_any_number_and_text_comes_back_from_csv(rows, tmp_path_factory):
    """To the last bit; what is not defined is nothing."""
    folder = tmp_path_factory.mktemp("any")
    types = (pa.float64(), pa.int64(), pa.string())
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    pq.write_table(pa.table(arrays, ["number", "whole", "text"]), folder / "runs.parquet", row_group_size=2)
    export_csv(LastTables(folder, {}), ["runs"], folder)
    with (folder / "runs.csv").open(newline="", encoding="utf-8") as stream:
        heads, *cells = csv.reader(stream)
    assert heads == ["number", "whole", "text"]
    for (number, whole, text), (first, second, third) in zip(rows, cells, strict=True):
        assert first == "" if math.isnan(number) else float(first).hex() == number.hex()
        assert second == ("" if whole is None else str(whole))
        assert third == (text or "")


def test_without_tables_there_is_nothing_to_export_and_it_says_what_writes_them(once, tmp_path):
    swept(once[0], tmp_path, "--shard", "1/2")
    done = peersim("runs", "export", tmp_path)
    assert done.exit_code == 3
    assert f"`peersim sweep EXPERIMENT --tables -o {tmp_path}` writes those of what is there" in done.stderr
    swept(once[0], tmp_path, "--tables")
    assert peersim("runs", "export", tmp_path).exit_code == 0
    missing = peersim("runs", "export", tmp_path, "--table", "people")
    assert missing.exit_code == 3
    assert "has no table people, only runs, timeline, contrasts" in missing.stderr


def test_tables_from_before_the_last_sweep_are_exported_with_a_word(kept):
    """Here a wider sweep has begun: a part of it has ended."""
    swept(*kept, "--seeds", 5, "--shard", "1/4")
    [warning] = peersim_json("runs", "export", kept[1])["warnings"]
    assert "these are the tables of the one before" in warning


# prune


def test_what_the_last_tables_do_not_hold_goes_and_all_else_stays(kept):
    """A wider sweep was narrowed again: its other seeds go. The tables can be made again without living anything."""
    before = tables(kept[1])
    swept(*kept, "--seeds", 5)
    swept(*kept)
    assert (n_records(kept[1], "runs"), n_records(kept[1], "contrasts")) == (20, 10)
    [row] = peersim_json("runs", "prune", kept[1], "-n")["sweeps"]
    assert (row["rows_of_other_code"], row["rows_of_others"], row["last_sweep_ended"]) == (0, 12, True)
    assert row["bytes"] > 0
    assert n_records(kept[1], "runs") == 20, "a dry run removes nothing"
    [row] = peersim_json("runs", "prune", kept[1])["sweeps"]
    assert row["rows_of_others"] == 12
    assert (n_records(kept[1], "runs"), n_records(kept[1], "contrasts")) == (12, 6)
    assert tables(kept[1]) == before
    assert "12 were there, 0 lived now" in swept(*kept).stdout
    assert tables(kept[1]) == before
    assert "nothing to prune" in peersim("runs", "prune", kept[1]).stdout


def test_contrasts_between_any_two_arms_stay(tmp_path):
    """Also those that a hypothesis alone asks for, the other way round."""
    text = SMALL.replace("[sweep]", '[arms.calm]\nset = { "switches.burden" = false }\n\n[sweep]')
    text += '[[hypotheses]]\nid = "H"\nclaim = "c"\ncontrast = "unburdened - calm"\noutcome = "stress"\n'
    text += 'test = "paired_t"\nsmallest_effect_of_interest = 1\npopulation = "everyone"\n'
    experiment, out = written(tmp_path, text), tmp_path / "out"
    swept(experiment, out)
    assert n_records(out, "contrasts") == 2 * 3 * 3
    assert "nothing to prune" in peersim("runs", "prune", out).stdout
    assert n_records(out, "contrasts") == 2 * 3 * 3


def of_other_code(folder, new="0123456789abcdef"):
    """Let all that is stored be made by another version, as if peersim had changed since."""
    with sqlite3.connect(folder / "store" / "journal.sqlite") as db:
        db.execute("UPDATE shards SET code = ?", (new,))
        for key, told in db.execute("SELECT key, value FROM notes WHERE key LIKE 'sweep %'").fetchall():
            db.execute("UPDATE notes SET value = ? WHERE key = ?", (json.dumps({**json.loads(told), "code": new}), key))
        ids = db.execute("SELECT table_name, id FROM records").fetchall()
        for table, id in ids:
            db.execute("UPDATE records SET id = ? WHERE table_name = ? AND id = ?", (id[::-1], table, id))


def test_runs_of_other_code_go_once_they_were_lived_anew(kept):
    """They are told in the list; before the next sweep the tables stand on them, and nothing goes."""
    of_other_code(kept[1])
    [row] = peersim_json("runs", "list", kept[1])["sweeps"]
    assert (row["done"], row["of_other_code"]) == (0, 12)
    [row] = peersim_json("runs", "prune", kept[1])["sweeps"]
    assert (row["rows_of_other_code"], row["rows_of_others"], n_records(kept[1], "runs")) == (0, 0, 12)
    swept(*kept)
    [row] = peersim_json("runs", "prune", kept[1], "-n")["sweeps"]
    assert (row["rows_of_other_code"], row["rows_of_others"]) == (18, 0)
    peersim_json("runs", "prune", kept[1])
    [row] = peersim_json("runs", "list", kept[1])["sweeps"]
    assert (row["done"], row["of_other_code"]) == (12, 0)


def test_what_an_unended_sweep_has_lived_stays(kept):
    """Whatever the tables say, which are of the one before: here some parts of a wider one have ended."""
    swept(*kept, "--seeds", 6, "--shard", "1/3")
    swept(*kept, "--seeds", 6, "--shard", "3/3")
    [row] = peersim_json("runs", "prune", kept[1])["sweeps"]
    assert (row["rows_of_others"], row["last_sweep_ended"]) == (0, False)
    assert "all that its code made stays" in peersim("runs", "prune", kept[1]).stdout
    document = json.loads(swept(*kept, "--seeds", 6, "--json").stdout)
    assert document["done"] < 12
    assert peersim_json("runs", "prune", kept[1], "-n")["sweeps"][0]["last_sweep_ended"] is True


def test_pruning_a_sweep_of_parts_keeps_all_that_its_tables_hold(once, tmp_path):
    """Joined by the last part, they are as a sweep of one piece."""
    for part in ("1/2", "2/2"):
        swept(once[0], tmp_path, "--shard", part)
    [row] = peersim_json("runs", "prune", tmp_path)["sweeps"]
    assert (row["rows_of_others"], row["rows_of_other_code"], row["last_sweep_ended"]) == (0, 0, True)
    assert "12 were there, 0 lived now" in swept(once[0], tmp_path).stdout
    assert tables(tmp_path) == tables(once[1])


def test_the_quarantine_goes(kept):
    """With what a sweep put aside."""
    flip(shards(kept[1])[0])
    swept(*kept)
    aside = sum(file.stat().st_size for file in (kept[1] / "store" / "quarantine").iterdir())
    assert "store/quarantine" in peersim("runs", "verify", kept[1]).stdout
    assert peersim_json("runs", "prune", kept[1], "-n")["sweeps"][0]["bytes"] == aside
    assert peersim_json("runs", "prune", kept[1])["sweeps"][0]["bytes"] == aside
    assert not (kept[1] / "store" / "quarantine").exists()


def test_nothing_is_pruned_under_a_sweep_at_work(kept):
    """75; a part at work counts too. Only looking is allowed."""
    swept(*kept, "--seeds", 5, "--shard", "1/2")
    for place in (kept[1], kept[1] / "store" / "part-001-of-002"):
        with holding(place, "sweep"):
            done = peersim("runs", "prune", kept[1])
            assert done.exit_code == 75, done.output
            assert "another sweep writes there" in done.stderr
            assert peersim("runs", "prune", kept[1], "-n").exit_code == 0


# wrong uses

WRONG = [
    (("list", "nowhere"), 2, "there is no such folder"),
    (("verify", "nowhere"), 2, "there is no such folder"),
    (("verify", "empty"), 3, "empty: no runs are stored there, nor below"),
    (("export", "empty"), 3, "name the folder that a sweep was given with -o"),
    (("prune", "empty"), 3, "no runs are stored there"),
    (("prune",), 3, "results: no runs are stored there"),
    (("export", "empty", "--table", "nothing"), 2, "'nothing' is not one of"),
    (("export", "a-file"), 2, "is a file"),
    (("lists",), 2, "No such command 'lists'"),
    (("list", "--all"), 2, "No such option"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG, ids=[" ".join(arguments) for arguments, _, _ in WRONG])
def test_a_wrong_use_is_told(arguments, code, said, tmp_path, monkeypatch):
    """In a sentence, and nothing is made."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "a-file").touch()
    done = peersim("runs", *arguments)
    assert (done.exit_code, done.stdout) == (code, ""), done.output
    assert said in done.stderr
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a-file", "empty"]


def test_one_folder_of_csv_is_for_one_sweep(once, tmp_path):
    """Two would write over each other."""
    for name in ("one", "two"):
        shutil.copytree(once[1], tmp_path / name)
    done = peersim("runs", "export", tmp_path, "-o", tmp_path / "csv")
    assert done.exit_code == 2
    assert "has 2; name one of them" in done.stderr
    assert peersim("runs", "export", tmp_path).exit_code == 0
    assert (tmp_path / "two" / "csv" / "runs.csv").exists()


def test_where_nothing_can_be_written_it_is_73(kept):
    """Here a file has the folder's name."""
    (kept[1] / "csv").touch()
    done = peersim("runs", "export", kept[1])
    assert done.exit_code == 73
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("command", ["list", "verify", "export", "prune"])
def test_each_has_help_that_begins_with_an_example(command):
    done = peersim("runs", command, "--help")
    assert done.stdout.splitlines()[2].startswith("  Example")
