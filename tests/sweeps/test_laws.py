"""Repeating, resuming and widening are one operation, and only the content of a run decides what stands in it."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from peersim.analysis.comparison import compare
from peersim.outcomes import NAMES
from peersim.sweeps import living_all, tasks
from peersim.sweeps.plan import plan_of
from tests.sweeps.experiments import GROUP, lived, small, table, tables

VARY = 'vary."stressors.event_rate" = [1.0, 2.0, 4.0]'


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Three points, two arms, four seeds, lived at once and undisturbed."""
    folder = tmp_path_factory.mktemp("whole")
    given = small(folder, seeds=4, vary=VARY, people='"stress", "degree"')
    return given, folder / "out", lived(given, folder / "out")


def test_every_run_has_its_row(whole):
    """Points x arms x seeds, in that order, each with what was varied."""
    given, out, result = whole
    rows = table(out)
    addresses = [(row["point"], row["stressors.event_rate"], row["arm"], row["seed"]) for row in rows]
    rates = (1.0, 2.0, 4.0)
    assert addresses == [(p, rates[p], a, s) for p in range(3) for a in ("none", "group") for s in range(1, 5)]
    assert result.counts.runs == result.counts.new == result.done == len(rows) == 24
    assert {row["status"] for row in rows} == {"done"}
    assert given.points.names == ("stressors.event_rate",)


def test_a_repeated_sweep_lives_nothing_and_says_the_same(whole):
    """The second time everything is there."""
    given, out, _ = whole
    before = tables(out)
    again = lived(given, out)
    assert (again.done, again.counts.cached, again.counts.new) == (0, 24, 0)
    assert tables(out) == before


@pytest.mark.parametrize("first", ["fewer seeds", "fewer points", "one arm", "other order"])
def test_a_widened_sweep_lives_only_what_is_new(whole, tmp_path, first):
    """Whatever was lived before, the tables are those of the whole at once."""
    given, out, _ = whole
    kept = {"people": '"stress", "degree"'}
    if first == "fewer seeds":
        narrow, n_before = small(tmp_path, 2, VARY, **kept), 12
    elif first == "fewer points":
        narrow, n_before = small(tmp_path, 4, 'vary."stressors.event_rate" = [4.0, 1.0]', **kept), 16
    elif first == "other order":
        narrow, n_before = small(tmp_path, 4, 'vary."stressors.event_rate" = [4.0, 2.0, 1.0]', **kept), 24
    else:
        narrow, n_before = small(tmp_path, 4, VARY, **kept, arms=(GROUP,)), 12
    assert lived(narrow, tmp_path / "out").done == n_before
    assert lived(given, tmp_path / "out").done == 24 - n_before
    assert tables(tmp_path / "out") == tables(out)


@pytest.mark.parametrize("how", ["small tasks", "one task", "two workers"])
def test_tables_are_the_same_however_runs_are_handed_out(whole, tmp_path, monkeypatch, how):
    """Neither how tasks are cut, nor who works on them, nor in which order they are done is in a table."""
    given, out, _ = whole
    if how == "two workers":
        lived(given, tmp_path / "out", engine="local", jobs=2)
    else:
        size = 0.0 if how == "small tasks" else 1e9
        monkeypatch.setattr(living_all, "seconds_a_task", lambda *_: size)
        lived(given, tmp_path / "out")
    assert tables(tmp_path / "out") == tables(out)


def test_a_sweep_says_what_compare_says(whole):
    """The differences of every seed have the mean and interval that `compare` tells of the same people."""
    given, out, _ = whole
    found = [row for row in table(out, "contrasts") if row["point"] == 1]
    arms = dict(zip(given.arms, given.scenarios(1), strict=True))
    last_day = table(out)[0]["last_day"]
    for one in compare(arms, seeds=4, first_seed=1, last_day=last_day).found:
        mine = [
            row["difference"] for row in found if (row["outcome"], row["population"]) == (one.outcome, one.population)
        ]
        assert len(mine) == one.seeds
        if mine:
            assert np.mean(mine) == pytest.approx(one.difference, abs=1e-12)


def test_runs_are_measured_where_the_programme_ends(whole):
    """All arms of a point over the same seven evenings: the last of its programme, which runs for two weeks."""
    _, out, _ = whole
    assert {(row["first_day"], row["last_day"]) for row in table(out)} == {(7, 13)}


def test_the_last_week_of_people_is_the_mean_of_their_run(whole):
    """What is kept of every person adds up to the outcome of the run."""
    _, out, _ = whole
    runs, people = table(out), table(out, "people")
    assert len(people) == 24 * 60
    for k, run in enumerate(runs):
        mine = people[60 * k : 60 * (k + 1)]
        assert [row["person"] for row in mine] == list(range(60))
        for name in ("stress", "degree"):
            assert np.mean([row[name] for row in mine]) == pytest.approx(run[name], rel=1e-6)
        assert sum(row["offered"] for row in mine) == run["dose_offered"]
        assert sum(row["attended"] for row in mine) == run["dose_attended"]


def test_the_timeline_is_long_and_tidy(whole):
    """A row a run, recorded day and outcome."""
    _, out, _ = whole
    rows = pq.read_table(out / "timeline.parquet")
    assert len(rows) == 24 * 3 * len(NAMES)
    assert rows.schema.names == ["point", "stressors.event_rate", "arm", "seed", "day", "outcome", "mean", "sd"]
    assert rows["day"].to_pylist()[: 3 * len(NAMES)] == [day for day in (6, 13, 20) for _ in NAMES]


def test_columns_say_unit_and_meaning(whole):
    """In the tables themselves, and in a dictionary beside them."""
    import csv

    _, out, _ = whole
    with (out / "columns.csv").open() as file:
        told = {(row["table"], row["column"]): row for row in csv.DictReader(file)}
    for name in ("runs", "timeline", "contrasts", "people"):
        schema = pq.read_schema(out / f"{name}.parquet")
        for field in schema:
            assert told.pop((name, field.name))["meaning"] == field.metadata[b"meaning"].decode() != ""
    assert not told


def test_a_run_that_points_share_is_lived_once(tmp_path):
    """What is varied changes the group only: the other arm is the same run at every point, and has a row at each."""
    given = small(tmp_path, seeds=2, vary='vary."programmes.0.minutes" = [30.0, 60.0, 90.0]')
    result = lived(given, tmp_path / "out")
    assert (result.counts.runs, result.counts.new, result.done) == (12, 8, 8)
    rows = [row for row in table(tmp_path / "out") if row["arm"] == "none"]
    assert len(rows) == 6
    assert len({row["run"] for row in rows}) == 2


def test_parts_are_disjoint_and_cover_all(tmp_path):
    """Each cell of point and seed is in one part, whatever their number, and no part is longer than another by two."""
    from peersim.sweeps.plan import cells

    plan = plan_of(small(tmp_path, vary=VARY))
    seeds = np.array([3, 5, 1])
    everything = [(p, k) for _, points, k in cells(plan, seeds, None) for p in points]
    assert sorted(everything) == [(p, k) for p in range(3) for k in range(seeds[p])]
    for n in (1, 2, 4, 9, 12):
        parts = [[(p, k) for _, points, k in cells(plan, seeds, (i, n)) for p in points] for i in range(1, n + 1)]
        assert [cell for part in parts for cell in part] == everything
        assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_tasks_hold_every_case_once_in_order(tmp_path):
    """However large tasks may be."""
    from peersim.sweeps.plan import missing_cases

    plan = plan_of(small(tmp_path, vary=VARY))
    seeds = np.full(3, 3)
    found = list(missing_cases(plan, seeds, lambda table, id_: False, set()))
    for seconds in (0.0, 0.02, 1e9):
        cut = list(tasks.tasks_of(plan, found, seconds))
        assert [case for task in cut for case in task.cases] == [case for cases in found for case in cases]
    assert len(cut) == 1
