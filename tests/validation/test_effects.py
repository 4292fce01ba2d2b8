"""Effects on the board are those of `peersim compare`, on the same people over the same evenings."""

import math

import numpy as np
import pytest

from peersim.analysis.comparison import compare
from peersim.analysis.contrasts import t_interval
from peersim.outcomes import NAMES
from peersim.validation.bands import read_bands
from peersim.validation.board import validate
from peersim.validation.effects import Effect, effect_named
from peersim.validation.lives import ratio_over_seeds
from tests.communities import scenario_of

ARMS = {"support_group": (), "friend_circle": ()}
SMALL = {"people": 150, "burn_in": 20}
SEEDS = 3


def band(quantity, **more):
    """The text of a band, in which everything lies."""
    more = {"low": -99, "high": 99, "basis": "required", "source": "a test", **more}
    return f"[[bands]]\nquantity = '{quantity}'\n" + "".join(f"{name} = {value!r}\n" for name, value in more.items())


def test_an_effect_is_named_by_arm_outcome_people_and_time():
    """Of those offered, at the end, where it is not said."""
    assert effect_named("effect.support_group.stress", ARMS) == Effect("support_group", "stress", "offered", 0)
    assert effect_named("effect.friend_circle.burden.not_offered.30_days_after", ARMS) == Effect(
        "friend_circle", "burden", "not_offered", 30
    )


@pytest.mark.parametrize(
    "name",
    [
        "effect", "effect.support_group", "effect.nobody.stress", "effect.support_group.nothing",
        "support_group.stress", "effect.support_group.stress.someone", "effect.support_group.stress.offered.soon",
        "effect.support_group.stress.offered.0_days_after", "effect.support_group.stress.90_days_after",
        "effect.support_group.stress.offered.9_days_after.more",
    ],
)  # fmt: skip
def test_other_names_mean_no_effect(name):
    assert effect_named(name, ARMS) is None


def test_an_effect_is_measured_over_a_week():
    """The programme's last seven days, or seven days that end so much later."""
    arms = read_bands().arms
    assert Effect("support_group", "stress", "offered", 0).window(arms) == (63, 70)
    assert Effect("support_group", "stress", "offered", 90).window(arms) == (153, 160)
    assert Effect("couples_counselling_8_hours", "stress", "offered", 0).window(arms) == (21, 28)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """By quantity, a board of every population, a couples' outcome, and a later week."""
    file = tmp_path_factory.mktemp("bands") / "bands.toml"
    names = [f"effect.support_group.stress.{people}" for people in ("attended", "not_offered", "everyone")]
    names += ["effect.support_group.satisfaction", "effect.support_group.stress.offered.90_days_after"]
    file.write_text("".join(map(band, names)))
    board = validate(scenario_of(**SMALL), seeds=SEEDS, files=[file])
    return {row.band.quantity: row for row in board.rows if not row.band.relative_to}


@pytest.fixture(scope="module")
def compared():
    """The same people in a comparison, as `found` is asked about: at the end of the programme, and 90 days later."""

    def of(last_day):
        arms = {"nothing": scenario_of(**SMALL), "group": scenario_of(**SMALL, programmes=["support_group"])}
        contrasts = compare(arms, seeds=SEEDS, last_day=last_day).found
        return {(one.outcome, one.population): one for one in contrasts}

    return {0: of(None), 90: of(159)}


@pytest.mark.parametrize(
    ("quantity", "outcome", "population", "later"),
    [
        ("effect.support_group.stress", "stress", "offered", 0),
        ("effect.support_group.resilience", "resilience", "offered", 0),
        ("effect.support_group.stress.attended", "stress", "attended", 0),
        ("effect.support_group.stress.not_offered", "stress", "not_offered", 0),
        ("effect.support_group.stress.everyone", "stress", "everyone", 0),
        ("effect.support_group.satisfaction", "satisfaction", "offered", 0),
        ("effect.support_group.stress.offered.90_days_after", "stress", "offered", 90),
    ],
)
def test_effects_are_those_of_compare(quantity, outcome, population, later, found, compared):
    """d and its interval, equal but for the order of divisions."""
    row, contrast = found[quantity], compared[later][outcome, population]
    assert (row.value, row.low, row.high) == pytest.approx((contrast.d, contrast.d_low, contrast.d_high), rel=1e-9)
    assert row.unit == "d" and row.seeds == SEEDS


def test_a_ratio_is_that_of_the_means():
    """And its interval is that of a mean where the other hardly varies."""
    luck = np.random.default_rng(1)
    value, other = luck.normal(2.0, 0.5, 20), np.full(20, 4.0)
    straight = ratio_over_seeds(value, other)
    assert t_interval(straight) == pytest.approx(t_interval(value / 4.0))
    other = luck.normal(0.0, 1.0, 20)
    assert ratio_over_seeds(value, other).mean() == pytest.approx(value.mean() / other.mean())


def test_the_interval_of_a_ratio_covers_it_as_often_as_it_says():
    """95 % of 4,000 intervals of 20 correlated pairs, give or take 1.5 %: the delta method is not exact."""
    luck, hits = np.random.default_rng(4), 0
    for _ in range(4000):
        common, own = luck.normal(size=(2, 20))
        other = -0.37 + 0.02 * common
        mean, half = t_interval(ratio_over_seeds(-0.20 + 0.01 * common + 0.01 * own, other))
        hits += abs(mean - 0.20 / 0.37) <= half
    assert hits / 4000 == pytest.approx(0.95, abs=0.015)


def test_a_ratio_to_nothing_is_not_defined():
    """Nor where either is told by no seed; a seed that tells one only is left out."""
    nothing, some = np.full(3, np.nan), np.array([1.0, 2.0, 3.0])
    assert np.isnan(ratio_over_seeds(some, nothing)).all()
    assert np.isnan(ratio_over_seeds(some, np.zeros(3))).all()
    ratio = ratio_over_seeds(some, np.array([np.nan, 1.0, 4.0]))
    assert math.isnan(ratio[0])
    assert np.nanmean(ratio) == pytest.approx(2.5 / 2.5)


def test_a_programme_that_nobody_is_offered_has_no_effect_to_speak_of(tmp_path):
    """Whatever the population: not defined, never 0."""
    file = tmp_path / "bands.toml"
    arm = "[arms.idle]\nbase = 'support_group'\nset = { 'programmes.0.eligibility' = 'stress > 1.0' }\n"
    file.write_text(arm + band("effect.idle.stress") + band("effect.idle.stress.not_offered"))
    rows = validate(scenario_of(people=40, burn_in=2), seeds=2, files=[file]).rows
    assert [row.status for row in rows if "idle" in row.band.quantity] == ["not defined"] * 2


def test_what_does_nothing_has_no_effect(tmp_path):
    """Exactly 0, on every outcome."""
    file = tmp_path / "bands.toml"
    arm = "[arms.vain]\nbase = 'support_group'\nset = { 'programmes.0.effect' = 0.0 }\n"
    file.write_text(arm + "".join(band(f"effect.vain.{name}") for name in NAMES))
    rows = validate(scenario_of(people=80, burn_in=5), seeds=2, files=[file]).rows
    assert {row.value for row in rows if "vain" in row.band.quantity} == {0.0}
