"""The board: a band is met or missed, what is missed is named, and nothing is left out."""

import math

import pytest

from peersim.analysis.comparison import BUILT_IN
from peersim.scenario import Scenario
from peersim.validation.band import Band
from peersim.validation.bands import read_bands
from peersim.validation.board import FITTED, Board, Row, validate
from peersim.validation.lives import asked_for
from tests.communities import scenario_of

NAN = math.nan


def row(value, low=NAN, high=NAN, *, band=(12.0, 16.0), label="mean stress", **about):
    """A row about a value with its interval and band."""
    about = {"quantity": "stress.mean", "basis": "read", "source": "a test", **about}
    made = Band(low=band[0], high=band[1], **about)
    return Row(made, label, "PSS-10 points", "How people are", value, low, high, 20)


def board_of(*rows):
    return Board("baseline", rows, (), tuple(range(20)), 2000, 180, "a village", {})


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (row(13.0, 12.5, 13.5), "met"),
        (row(12.0, 12.0, 12.0), "met"),
        (row(16.0), "met"),
        (row(12.2, 11.8, 12.6), "met, interval crosses the edge"),
        (row(11.8, 11.5, 12.1), "missed, interval crosses the edge"),
        (row(16.2, 16.1, 16.3), "missed"),
        (row(11.9), "missed"),
        (row(14.0, 11.0, 17.0), "met, interval crosses the edge"),
        (row(0.2, 0.1, 0.3, band=(0.0, None)), "met"),
        (row(-0.2, -0.5, 0.1, band=(0.0, None)), "missed, interval crosses the edge"),
        (row(1.2, 1.1, 1.3, band=(None, 1.0)), "missed"),
        (row(4.0, 3.9, 4.1, band=(None, None)), "shown, no band"),
        (row(NAN), "not defined"),
        (row(NAN, band=(None, None)), "not defined"),
        (row(NAN, band=(None, 1.0)), "not defined"),
    ],
)
def test_each_value_has_its_status(one, status):
    assert one.status == status
    assert one.is_met == status.startswith("met") or not one.is_judged


def test_the_verdict_names_all_that_is_not_met():
    """What is only shown is not counted; what is not defined is counted, and not as met."""
    rows = (
        row(13.0), row(1.0, label="A"), row(15.9, 15.7, 16.1), row(99.0, 9.0, 109.0, label="B"),
        row(4.0, band=(None, None), label="C"), row(NAN, label="D"),
    )  # fmt: skip
    assert board_of(*rows).verdict == "2 of 5 bands met; missed: A, B; not defined: D"
    assert board_of(row(13.0)).verdict == "1 of 1 bands met"


SMALL = scenario_of(people=120, burn_in=10, run={"days": 365})


@pytest.fixture(scope="module")
def board():
    return validate(SMALL, seeds=2, jobs=2)


def test_every_band_has_its_row(board):
    """In the order of the file, and under its heading once more."""
    assert tuple(one.band for one in board.rows) == read_bands().bands
    assert sorted(map(id, board.rows)) == sorted(id(one) for rows in board.groups.values() for one in rows)


def test_results_do_not_depend_on_the_number_of_threads(board):
    """The same seeds give the same numbers, to the last bit."""
    again = validate(SMALL, seeds=2, jobs=1)
    assert repr(again.rows) == repr(board.rows)


def test_seeds_are_told_apart(board):
    """Two seeds give an interval, and each alone another value."""
    alone = [validate(SMALL, seeds=1, first_seed=seed) for seed in (1, 2)]
    both, first, second = (one.rows[0].value for one in (board, *alone))
    assert first != second
    assert both == pytest.approx((first + second) / 2)
    assert math.isfinite(board.rows[0].low) and math.isnan(alone[0].rows[0].low)
    assert "One seed gives no interval; use --seeds." in alone[0].notes


def test_a_programme_of_the_scenario_is_left_out(board):
    """Bands are about everyday life: the board of a scenario with a programme is that of one without, and says so."""
    with_group = SMALL.model_copy(update={"programmes": scenario_of(programmes=["support_group"]).programmes})
    other = validate(with_group, seeds=2)
    assert repr(other.rows) == repr(board.rows)
    assert any("own programmes are left out" in note for note in other.notes)
    assert not any("own programmes are left out" in note for note in board.notes)


def test_a_board_is_about_a_year(board):
    """A shorter run is lengthened, and that is said."""
    short = SMALL.model_copy(update={"run": SMALL.run.model_copy(update={"days": 30})})
    other = validate(short, seeds=2)
    assert repr(other.rows) == repr(board.rows)
    assert any("run.days = 30 is set aside" in note for note in other.notes)


def test_the_numbers_of_the_scenario_count(board):
    """More events strike more people."""
    harder = SMALL.model_copy(update={"stressors": SMALL.stressors.model_copy(update={"event_rate": 5.0})})
    struck = [
        next(one.value for one in each.rows if one.band.quantity == "share_struck")
        for each in (board, validate(harder, seeds=2))
    ]
    assert struck[1] > struck[0] + 0.2


def test_what_is_built_in_is_said(board):
    """The board holds an informal circle against a led group, and bands that the model was fitted to."""
    assert BUILT_IN in board.notes
    assert FITTED in board.notes
    assert any("at least 2,000 people and 20 seeds" in note for note in board.notes)


def test_arms_are_lived_no_longer_than_they_are_measured():
    """The support group until 90 days after its end, the others until their end."""
    asked = asked_for(Scenario(), read_bands())
    days = {name: arm.run.days for name, arm in asked.arms.items()}
    assert days == {
        "support_group": 160, "parent_group": 140, "couples_counselling": 56, "couples_counselling_8_hours": 28,
        "friend_circle": 70, "online_community": 70,
    }  # fmt: skip
    assert asked.everyday.run.days == 365 and asked.everyday.programmes == ()


def test_a_file_of_ones_own_is_part_of_where_it_comes_from(tmp_path):
    """Its digest is in the provenance."""
    file = tmp_path / "mine.toml"
    file.write_text("schema = 1\n")
    told = validate(scenario_of(people=40, burn_in=0), seeds=1, files=[file]).provenance
    assert set(told["asked"]["bands"]) == {"shipped", str(file)}


@pytest.mark.slow
def test_the_default_community_meets_every_band():
    """All of them at once, with 20 seeds; every quantity is defined, with an interval."""
    board = validate("baseline", seeds=20)
    assert len(board.rows) == len(read_bands().bands)
    assert not [one.band.quantity for one in board.rows if not one.low <= one.value <= one.high]
    assert not [(one.label, one.value, one.status) for one in board.rows if one.is_judged and not one.is_met]
