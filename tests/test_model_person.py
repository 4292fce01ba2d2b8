"""A person: each attribute reads and writes one row of one array, and refuses what it must."""

import gc

import numpy as np
import pytest

from peersim.domains import DOMAINS
from peersim.model_person import COLUMNS, Person
from peersim.people import States, Traits
from peersim.ties import CHANNELS, KINDS
from tests.mesa_worlds import arrays, relabelled, small_model, world_bytes

WRITABLE = [column.name for column in COLUMNS if column.array is not None]
READ_ONLY = [column.name for column in COLUMNS if column.array is None]
READ_ONLY += ["name", "interests", "partner", "ties", "friends"]


@pytest.fixture
def model():
    return small_model()


def test_every_state_and_trait_is_an_attribute():
    """Whatever the core knows of a person can be asked of an agent."""
    for name in (*States._fields, *(set(Traits._fields) - {"chronic"}), "resilience", "number"):
        assert hasattr(Person, name), name
    for kind in ("load", "chronic", "lived"):
        assert {f"{kind}_{domain}" for domain in DOMAINS} <= set(WRITABLE)
    assert set(States._fields) <= set(WRITABLE)


@pytest.mark.parametrize("name", WRITABLE)
def test_writing_changes_one_number(model, name):
    """What is written reads back, and is the only number in the whole world that has changed."""
    model.agents[7].chronic_health = 0.01  # not what is written below
    before = [part.copy() for part in arrays(model.world.people)]
    setattr(model.agents[7], name, 0.625)
    changed = [np.argwhere(new != old) for new, old in zip(arrays(model.world.people), before, strict=True)]
    assert [place[-1] for where in changed for place in where] == [7]
    assert getattr(model.agents[7], name) == 0.625
    assert model.agents.get(name)[7] == 0.625


@pytest.mark.parametrize("name", [c.name for c in COLUMNS])
def test_an_agent_and_the_whole_agree(model, name):
    """A column holds what the agents say one by one, as plain Python values."""
    model.run_for(2)
    one_by_one = [getattr(person, name) for person in model.agents]
    assert model.agents.get(name) == one_by_one
    assert {type(value) for value in model.agents.get(name)} == {type(value) for value in one_by_one}
    assert type(one_by_one[0]) in (float, int, bool)


def test_columns_are_those_of_the_world(model):
    """Attributes carry the array of their own name."""
    model.run_for(9)
    people = model.world.people
    for name in States._fields:
        assert model.agents.get(name) == getattr(people.now, name).tolist()
    for k, domain in enumerate(DOMAINS):
        assert model.agents.get(f"load_{domain}") == people.load[k].tolist()
        assert model.agents.get(f"chronic_{domain}") == people.traits.chronic[k].tolist()
        assert model.agents.get(f"lived_{domain}") == people.lived[k].tolist()
    assert model.agents[5].load == pytest.approx(people.load[:, 5].sum())
    assert model.agents[5].interests == tuple(people.traits.interests[:, 5])
    assert model.agents.get("received") == people.received.tolist()


@pytest.mark.parametrize(
    "value", [1.01, -0.01, float("nan"), float("inf"), "0.5", True, None, [0.5], np.array([0.5, 0.5])], ids=str
)
def test_what_is_no_share_is_refused(model, value):
    """A state outside [0, 1], or no number at all, is refused with a sentence, and nothing changes."""
    before = world_bytes(model.world)
    with pytest.raises((TypeError, ValueError), match=r"stress = .*must be .*number between 0 and 1"):
        model.agents[3].stress = value
    with pytest.raises((TypeError, ValueError), match=r"stress = .*must be .*number between 0 and 1"):
        model.agents.set("stress", value)
    assert world_bytes(model.world) == before


def test_strain_has_no_upper_end(model):
    """Load may be any number from 0, and no other."""
    model.agents[3].load_family = 3.5
    assert model.agents[3].load_family == 3.5
    with pytest.raises(ValueError, match=r"load_family = -0\.1: must be a number between 0 and 1000"):
        model.agents[3].load_family = -0.1
    with pytest.raises(ValueError, match="load_family = inf"):
        model.agents[3].load_family = float("inf")


@pytest.mark.parametrize("name", READ_ONLY)
def test_what_follows_from_other_things_cannot_be_written(model, name):
    """A read-only attribute says why, of one person and of many."""
    before = world_bytes(model.world)
    with pytest.raises(AttributeError, match=f"{name} cannot be written: "):
        setattr(model.agents[3], name, 0.5)
    with pytest.raises(AttributeError, match=f"{name} cannot be written: "):
        model.agents.set(name, 0.5)
    assert world_bytes(model.world) == before


def test_writing_changes_tomorrow(model):
    """Stress written today is what tomorrow starts from; writing what is there already changes nothing."""
    same, plain = small_model(), small_model()
    model.agents[3].stress = 0.9
    same.agents[3].stress = same.agents[3].stress
    for one in (model, same, plain):
        one.step()
    assert model.agents[3].stress > plain.agents[3].stress + 0.3
    assert world_bytes(same.world) == world_bytes(plain.world)


def test_an_agent_is_always_the_same_object(model):
    """Whoever is reached by index, loop, tie or partner is one object, kept with what was hung on it."""
    model.agents[3].mood = "blue"
    gc.collect()
    assert model.agents[3] is model.agents[3] is model.agents.to_list()[3]
    assert model.agents[3].mood == "blue"
    assert all(friend is model.agents[friend.unique_id] for friend in model.agents[3].friends)
    assert model.agents.get("mood", handle_missing="default", default_value="fair") == [
        "blue" if k == 3 else "fair" for k in range(60)
    ]


def test_partners_are_each_others(model):
    """A partner's partner is oneself, and singles have none."""
    couples = [person for person in model.agents if person.partner is not None]
    assert 20 < len(couples) < 50
    assert all(person.partner.partner is person for person in couples)
    assert all(person.partner in person.friends for person in couples)
    assert [person.partnered for person in model.agents] == [person.partner is not None for person in model.agents]


def test_ties_are_those_of_the_world(model):
    """A tie's numbers are those of its two arcs; the closest stands first; friends come in the same order."""
    ties = model.world.ties
    for person in model.agents:
        i = person.number
        listed = {tie.other.number: tie for tie in person.ties}
        arcs = range(ties.start[i], ties.start[i + 1])
        assert sorted(listed) == [int(ties.other[e]) for e in arcs]
        assert person.degree == len(arcs)
        assert person.friends == [tie.other for tie in person.ties]
        assert [t.closeness for t in person.ties] == sorted((t.closeness for t in person.ties), reverse=True)
        for e in arcs:
            tie = listed[int(ties.other[e])]
            assert (tie.closeness, tie.trust, tie.similarity) == (ties.closeness[e], ties.trust[e], ties.similarity[e])
            assert (tie.kind, tie.channel) == (KINDS[ties.kind[e]], CHANNELS[ties.channel[e]])
            assert tie.trust_back == next(back.trust for back in tie.other.ties if back.other is person)


def test_people_are_known_by_number_not_by_row(model):
    """Stored in another order, everyone is who they were: number, states, partner and ties."""
    moved = small_model()
    moved.world = relabelled(moved.world, np.random.default_rng(0).permutation(60))
    whole = {person.unique_id: person for person in moved.agents}
    for person in model.agents:
        same = whole[person.unique_id]
        assert (same.number, same.stress, same.resilience) == (person.number, person.stress, person.resilience)
        assert getattr(same.partner, "number", None) == getattr(person.partner, "number", None)
        assert [t.other.number for t in same.ties] == [t.other.number for t in person.ties]
        assert [t.trust_back for t in same.ties] == [t.trust_back for t in person.ties]
    moved.remove_tie(3, moved.agents.to_list()[moved.world.people.row_of[3]].friends[-1])
    assert whole[3].degree == model.agents[3].degree - 1
