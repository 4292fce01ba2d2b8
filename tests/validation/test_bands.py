"""Bands: the shipped ones are those of the specification, users' own are added, and what is wrong is told."""

import re
import tomllib
from pathlib import Path

import pytest

from peersim.mistakes import ScenarioError
from peersim.validation.band import BASES
from peersim.validation.bands import SHIPPED, read_bands
from peersim.validation.subjects import subject_named, unit_of

WRITTEN = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["bands"]
SPECIFIED = {
    "stress.mean": (12, 16), "stress.sd": (6, 7.5), "resilience.mean": (3.5, 3.9), "resilience.sd": (0.55, 0.80),
    "loneliness.mean": (36, 44), "loneliness.sd": (8, 11), "satisfaction.mean": (112, 128),
    "satisfaction.sd": (22, 34), "perceived_support.couples_gap": (-2, 2),
    "correlation.stress.perceived_support": (-0.34, -0.20), "correlation.loneliness.perceived_support": (-0.50, -0.33),
    "correlation.stress.total_load": (0.25, 0.45), "stress.retest_60_days": (0.45, 0.65),
    "stress.between_partners": (0.15, 0.40), "satisfaction.between_partners": (0.45, 0.65),
    "correlation.stress.satisfaction": (-0.40, -0.20), "buffering": (-0.10, -0.02), "share_struck": (0.42, 0.56),
    "contacts": (None, None), "degree.day_365": (5, 6.5), "clustering.build": (0.33, 0.52),
    "clustering.day_365": (0.33, 0.52), "assortativity.day_365": (0, None), "path_length.day_365": (0.65, 0.95),
    "same_culture.day_365": (0.70, 0.90), "ties_kept": (0.40, 0.60),
    "degree.drift_burn_in": (-0.1, 0.1), "degree.drift_year": (-0.1, 0.1), "closeness.drift_burn_in": (-0.1, 0.1),
    "closeness.drift_year": (-0.1, 0.1), "stress.drift_burn_in": (-0.1, 0.1), "stress.drift_year": (-0.1, 0.1),
    "clustering.drift_burn_in": (-0.1, 0.1), "clustering.drift_year": (-0.1, 0.1), "degree.drift_both": (-0.1, 0.1),
    "closeness.drift_both": (-0.1, 0.1), "clustering.drift_both": (-0.1, 0.1), "stress.drift_both": (-0.1, 0.1),
    "degree.build": (5, 6.5),
    "effect.support_group.stress": (-0.40, -0.15), "effect.support_group.resilience": (0.10, 0.35),
    "effect.support_group.loneliness": (-0.30, -0.10), "effect.parent_group.stress": (-0.25, 0),
    "effect.couples_counselling.satisfaction": (0.25, 0.40), "effect.couples_counselling.communication": (0.35, 0.55),
    "effect.couples_counselling_8_hours.satisfaction": (0, 1), "effect.friend_circle.stress": (0, 1),
    "effect.online_community.stress": (-0.30, 0), "effect.support_group.stress.offered.90_days_after": (0.20, 0.60),
}  # fmt: skip
RELATIVE = {
    "effect.couples_counselling_8_hours.satisfaction": "effect.couples_counselling.satisfaction",
    "effect.friend_circle.stress": "effect.support_group.stress",
    "effect.support_group.stress.offered.90_days_after": "effect.support_group.stress",
}
MEMORY = {
    "resilience.sd", "loneliness.mean", "loneliness.sd", "satisfaction.mean", "satisfaction.sd",
    "stress.between_partners", "satisfaction.between_partners", "correlation.stress.satisfaction", "buffering",
    "contacts", "effect.support_group.loneliness", "effect.friend_circle.stress",
    "effect.support_group.stress.offered.90_days_after",
}  # fmt: skip
"""What nobody has looked up."""


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file in the current folder."""
    monkeypatch.chdir(tmp_path)

    def make(text, name="mine.toml"):
        Path(name).write_text(text, encoding="utf-8")
        return Path(name)

    return make


def test_the_bands_are_those_of_the_specification():
    """Written here a second time."""
    assert {band["quantity"]: (band.get("low"), band.get("high")) for band in WRITTEN} == SPECIFIED
    assert {band["quantity"]: band["relative_to"] for band in WRITTEN if "relative_to" in band} == RELATIVE


@pytest.mark.parametrize("band", WRITTEN, ids=[band["quantity"] for band in WRITTEN])
def test_every_band_has_a_source_and_a_known_quantity(band):
    """And the unit of that quantity."""
    subject = subject_named(band["quantity"], read_bands().arms)
    assert band["source"]
    assert band["basis"] in BASES
    assert band["unit"] == unit_of(subject, is_ratio="relative_to" in band)


def test_what_nobody_has_looked_up_cites_nobody():
    """It is printed as unverified, and its source names no author with a year."""
    by_heart = [band for band in read_bands().bands if band.basis == "memory"]
    assert {band.quantity for band in by_heart} == MEMORY
    assert {band.known_by for band in by_heart} == {"unverified"}
    assert not [band.source for band in by_heart if re.search(r"[A-Z]\w+ (et al\. )?(19|20)\d\d", band.source)]


def test_no_two_shipped_labels_are_alike():
    """A missed band is known by its label."""
    bands = read_bands()
    labels = [band.label or subject_named(band.quantity, bands.arms).label for band in bands.bands]
    assert len(set(labels)) == len(labels)


OWN = "[[bands]]\nquantity = '{}'\nlow = 1\nhigh = 2\nbasis = 'read'\nsource = 'our survey'\n"


def test_a_band_of_ones_own_takes_the_place_of_the_shipped_one(write):
    """Also where a correlation is named the other way round, or an effect in full; all others are added at the end."""
    turned, in_full = "correlation.perceived_support.stress", "effect.support_group.stress.offered"
    text = "".join(OWN.format(name) for name in ("stress.mean", turned, in_full, "optimism.sd"))
    bands = read_bands([write(text)]).bands
    assert len(bands) == len(WRITTEN) + 1
    places = [k for k, band in enumerate(bands) if band.source == "our survey"]
    replaced = [k for k, band in enumerate(WRITTEN) if "relative_to" not in band and band["quantity"] in (
        "stress.mean", "correlation.stress.perceived_support", "effect.support_group.stress")]  # fmt: skip
    assert places == [*replaced, len(WRITTEN)]


def test_a_ratio_is_another_quantity(write):
    """A band for an effect leaves the band for its ratio alone."""
    bands = read_bands([write(OWN.format("effect.friend_circle.stress"))]).bands
    assert len(bands) == len(WRITTEN) + 1


def test_an_arm_of_ones_own_is_a_programme_with_other_numbers(write):
    """The rest is that of the bundled one."""
    text = "[arms.seldom]\nbase = 'support_group'\nset = { 'programmes.0.every' = 14 }\n"
    arms = read_bands([write(text + OWN.format("effect.seldom.stress"))]).arms
    usual, [seldom] = arms["support_group"][0], arms["seldom"]
    assert seldom == usual.model_copy(update={"every": 14})


BAND = "[[bands]]\nquantity = 'stress.mean'\nbasis = 'read'\nsource = 'x'\n"
GROUP = "base = 'support_group'\n"
MINE = f"[arms.mine]\n{GROUP}"
FAULTS = {
    # the file
    "bands = 3\n": "mine.toml:1:1: bands: must be a list of tables; write [[bands]], in two brackets, for each band",
    "[bands]\n": "1:2: bands: must be a list of tables",
    "bands = [3]\n": "1:10: bands.0 = 3: must be a table; write [[bands]]",
    "[[band]]\n": "1:3: band: unknown name; did you mean 'bands'?",
    "zzz = 3\n": "1:1: zzz: unknown name; a file of bands has schema, bands, arms",
    "schema = 2\n": "1:1: schema = 2: must be 1, the version of this format",
    "schema = true\n": "1:1: schema = true: must be 1",
    "[[bands]\n": "1:8: not TOML: expected ']]' at the end of an array declaration: `[[bands]`",
    # one band
    "[[bands]]\n": "1:3: bands.0: has no quantity; write quantity = ... (what is measured)",
    "[[bands]]\nquantity = 'stress.mean'\n": "bands.0: has no basis; write basis = ... (how the band is known: one of "
    "read, computed, memory, required)",
    BAND.replace("'x'", "''"): "1:3: bands.0: has no source; write source = ...",
    BAND + "hihg = 3\n": "5:1: bands.0.hihg: unknown parameter; did you mean 'high'?",
    BAND + "zzz = 3\n": "5:1: bands.0.zzz: unknown parameter; a band has quantity, label, low, high,",
    BAND + "low = 'x'\n": "5:1: bands.0.low = \"x\": must be a number, not the text 'x' (where the band begins)",
    BAND + "low = '12'\n": "(where the band begins); write 12 without quotation marks",
    BAND + "high = nan\n": "5:1: bands.0.high = nan: must be a finite number, not nan",
    BAND + "low = true\n": "bands.0.low = true: must be a number, not true",
    BAND + "low = 3\nhigh = 2\n": "5:1: bands.0.low = 3: the band ends before it begins: high is 2; exchange the two",
    BAND + "label = 3\n": "5:1: bands.0.label = 3: must be a text, not the number 3",
    BAND.replace("'read'", "'raed'"): "3:1: bands.0.basis = \"raed\": must be one of read, computed, memory, required "
    "(how the band is known); did you mean 'read'?",
    BAND + "unit = 'd'\n": "5:1: bands.0.unit = \"d\": must be \"PSS-10 points\", the unit of stress.mean; give the "
    "band in that unit",
    BAND + BAND: "6:1: bands.1.quantity = \"stress.mean\": this file has a band for it already; keep one of the two",
    # what it is about
    BAND.replace("stress.mean", "stres.mean"): "2:1: bands.0.quantity = \"stres.mean\": no quantity has this name; did "
    "you mean 'stress.mean'?",
    BAND.replace("stress.mean", "zzz"): "no quantity has this name; `peersim describe quantities` lists the names",
    BAND.replace("stress.mean", "effect.suport_group.stress"): "did you mean 'effect.support_group.stress'?",
    BAND.replace("stress.mean", "effect.support_group.stress.offerd"): "did you mean 'effect.support_group.stress'?",
    BAND.replace("stress.mean", "effect.support_group.stress.offered.90_days"): "no quantity has this name",
    BAND.replace("stress.mean", "effect.support_group.stress.offered.300_days_after"): "is measured up to day 369, and "
    "a year ends with day 364",
    BAND + "relative_to = 'stres.mean'\n": "5:1: bands.0.relative_to = \"stres.mean\": no quantity has this name; did "
    "you mean 'stress.mean'?",
    BAND + "relative_to = 'stress.sd'\nunit = 'PSS-10 points'\n": "must be \"ratio\", the unit of a ratio",
    # arms
    "arms = 3\n": "1:1: arms: must hold a table for each arm; write [arms.my_arm]",
    "arms.mine = 3\n": "1:6: arms.mine = 3: must be a table; write [arms.mine] and below it base = ...",
    "[arms.mine]\n": "1:7: arms.mine: has no base; name one of couples_counselling, friend_circle,",
    "[arms.mine]\nbase = 'suport_group'\n": "2:1: arms.mine.base = \"suport_group\": must be one of ",
    "[arms.mine]\nbase = 'baseline'\n": "2:1: arms.mine.base = \"baseline\": must be one of couples_counselling,",
    "[arms.mine]\nbase = [1]\n": "2:1: arms.mine.base = [1]: must be one of ",
    f"[arms.'a.b']\n{GROUP}": "1:7: arms.a.b: an arm's name is made of letters, digits and _",
    f"[arms.support_group]\n{GROUP}": "1:7: arms.support_group: a bundled scenario has this name; give the arm another",
    f"{MINE}sett = {{}}\n": "3:1: arms.mine.sett: unknown parameter; did you mean 'set'?",
    f"{MINE}zzz = 3\n": "3:1: arms.mine.zzz: unknown parameter; an arm has base and set",
    f"{MINE}set = 3\n": "3:1: arms.mine.set = 3: must be a table of numbers; write set = {",
    f"{MINE}set = {{'run.days' = 3}}\n": "3:8: arms.mine.set.run.days: an arm differs in its programmes "
    "only",
    f"{MINE}set = {{'programmes.0.every' = 0}}\n": "3:8: programmes.0.every = 0: must be between 1 and 365"
    " days",
    f"{MINE}set = {{'programmes.0.evry' = 4}}\n": "3:8: programmes.0.evry: unknown parameter; did you mean",
    f"{MINE}set = {{'programmes.7.every' = 4}}\n": "3:8: programmes.7.every: programmes has no '7'",
    f"{MINE}set = {{'programmes.0.mix' = [1, 1, 1]}}\n": "mine.toml:3:8: programmes.0.mix: emotional,",
}


@pytest.mark.parametrize(("text", "said"), FAULTS.items(), ids=range(len(FAULTS)))
def test_a_mistake_is_told_with_its_place(text, said, write):
    with pytest.raises(ScenarioError) as told:
        read_bands([write(text)])
    assert said in str(told.value)


def test_all_mistakes_of_all_files_are_told_at_once(write):
    """Each once, in the order of files and lines; a missing file is one of them."""
    first = write(BAND + "low = 'x'\nhihg = 3\n" + BAND.replace("'read'", "3"), "a.toml")
    second = write("[arms.mine]\n" + OWN.format("effect.mine.stress"), "b.toml")
    with pytest.raises(ScenarioError) as told:
        read_bands([first, second, Path("c.toml")])
    assert [str(problem).split(": ")[0] for problem in told.value.problems] == [
        "a.toml:5:1", "a.toml:6:1", "a.toml:9:1", "b.toml:1:7", "b.toml:3:1", "c.toml",
    ]  # fmt: skip
    assert "there is no such file; did you mean" in str(told.value.problems[-1])
