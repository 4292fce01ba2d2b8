"""Results do not move by accident."""

import json

import pytest

from peersim.outcomes import NAMES
from peersim.trace import TALLIES
from tests.golden.make import ARMS, FILE, SEEDS, summary


@pytest.fixture(scope="module")
def golden():
    return json.loads(FILE.read_text("utf-8"))


@pytest.fixture(scope="module")
def found():
    return summary()


@pytest.mark.parametrize("arm", ARMS)
@pytest.mark.parametrize("name", (*NAMES, *TALLIES))
def test_results_are_those_on_file(golden, found, arm, name):
    """Outcomes within one part in 10^9 (math functions may differ by a last digit), counts exactly.

    If the science has changed: `python -m tests.golden.make`, and say in the commit why.
    """
    assert found[arm][name] == pytest.approx(golden[arm][name], rel=1e-9 if name in NAMES else 0)


def test_the_file_tells_of_nothing_else(golden):
    assert set(golden) == set(ARMS)
    for arm in golden.values():
        assert set(arm) == {*NAMES, *TALLIES}
        assert all(len(values) == len(SEEDS) for values in arm.values())


def test_the_arms_differ(golden):
    """A golden file of two equal arms would notice little."""
    assert golden["baseline"]["stress"] != golden["support_group"]["stress"]
