"""Seeds are added until the contrast is known well enough, and no others are in the tables."""

import numpy as np

from peersim.analysis.precision import LEAST_SEEDS, LOOK_AHEAD, Search, interval_of
from tests.sweeps.experiments import lived, small, table, tables

VARY = 'vary."stressors.event_rate" = [1.0, 4.0]'
PAIR = {"arm": "group", "reference": "none", "outcome": "stress", "population": "everyone"}


def until(folder, wanted, most=60, least=20):
    given = small(folder, seeds=least, vary=VARY)
    text = given.text.replace(
        f"min = {least}",
        f'min = {least}\nmax = {most}\n'
        f'until = {{ contrast = "group - none", outcome = "stress", half_width = {wanted}, population = "everyone" }}',
    )
    (folder / "small.toml").write_text(text)
    from peersim.experiment.reading import read_experiment

    return read_experiment(folder / "small.toml")


def differences(out, point):
    """By seed."""
    rows = table(out, "contrasts")
    return np.array([row["difference"] for row in rows if row["point"] == point and PAIR.items() <= row.items()])


def test_each_point_gets_the_seeds_it_needs(tmp_path):
    """As many as a search over its own differences says; its interval is as narrow as asked for."""
    result = lived(until(tmp_path, 0.031), tmp_path / "out")
    for point, n in enumerate(result.seeds):
        values = differences(tmp_path / "out", point)
        assert len(values) == n >= LEAST_SEEDS + LOOK_AHEAD
        assert Search(0.031, 20, 60).seeds(values) == (n, True)
        assert interval_of(values) == result.precision[point].interval
        assert result.precision[point].is_reached
    assert len(set(result.seeds.tolist())) > 1, "the experiment is chosen so that points differ"
    assert result.is_precise


def test_what_was_lived_further_ahead_is_in_no_table(tmp_path):
    """After a sweep with many seeds, the tables of a rule that asks for fewer are those of that rule alone."""
    lived(until(tmp_path, 0.031), tmp_path / "alone")
    lived(small(tmp_path, seeds=60, vary=VARY), tmp_path / "out")
    again = lived(until(tmp_path, 0.031), tmp_path / "out")
    assert again.done == 0
    assert tables(tmp_path / "out") == tables(tmp_path / "alone")


def test_as_many_seeds_as_may_be_are_not_always_enough(tmp_path):
    """Then it says so of each point, and what it knows."""
    result = lived(until(tmp_path, 0.01, most=30), tmp_path / "out")
    assert result.seeds.tolist() == [30, 30]
    assert not result.is_precise
    assert all(not one.is_reached and one.interval.half_width > 0.01 for one in result.precision)


def test_fewer_seeds_than_twenty_are_never_enough(tmp_path):
    """Even where a file asks for fewer, and every interval is narrow at once."""
    result = lived(until(tmp_path, 100.0, least=3), tmp_path / "out")
    assert result.seeds.tolist() == [LEAST_SEEDS + LOOK_AHEAD] * 2
