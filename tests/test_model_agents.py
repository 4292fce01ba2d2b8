"""The set over rows answers every question as Mesa's own AgentSet of plain agents with the same values does."""

import copy
import inspect
import pickle
from collections.abc import Mapping
from random import Random

import mesa
import numpy as np
import pytest
from mesa.agentset import AbstractAgentSet, AgentSet, GroupBy

from peersim.model_agents import PersonSet
from peersim.model_person import COLUMNS, Person
from tests.mesa_worlds import SMALL, small_model

# Mesa warns of what its next version takes away from its own sets, which are asked here beside ours
pytestmark = pytest.mark.filterwarnings(
    "ignore:AgentSet.__getitem__:PendingDeprecationWarning", "ignore:No Agents specified:UserWarning"
)
NAMES = ("stress", "optimism", "resilience", "culture", "special_needs", "load_family", "degree", "unique_id")


class Stock(mesa.Agent):
    """A plain agent with a person's values."""

    def note(self, what, times=1):
        self.noted = (what, times, self.unique_id)
        return times * self.stress


class Noting(Person):
    note = Stock.note


def twins(order):
    """The same people, in the same order, as our set and as Mesa's, each with the same random numbers."""
    model = small_model()
    model.person_class = Noting
    stock = mesa.Model(rng=1)
    agents = []
    for person in (model.person_at(row) for row in order):
        agent = Stock(stock)
        for name in NAMES:
            setattr(agent, name, getattr(person, name))
        agents.append(agent)
    theirs = AgentSet(agents, Random(5))
    theirs.kept = stock  # its agents live as long as their model does
    return PersonSet.at(model, np.array(order), Random(5)), theirs


def plain(answer):
    """An answer in which people are their numbers, so that the two worlds can be compared."""
    if isinstance(answer, mesa.Agent):
        return answer.unique_id
    if isinstance(answer, GroupBy):
        return [(key, plain(group)) for key, group in answer]
    if isinstance(answer, Mapping):
        return [(key, plain(value)) for key, value in answer.items()]
    if isinstance(answer, list | tuple | AgentSet):
        return [plain(value) for value in answer]
    return answer


def called(agents, how):
    """In which order `how` visits the agents."""
    seen = []
    getattr(agents, how)(lambda agent, *more: seen.append((agent.unique_id, more)), 3)
    return seen


def halves(agents):
    """Two overlapping parts of a set."""
    return agents.select(at_most=8), agents.select(lambda agent: agent.unique_id % 3 == 0)


def changed(agents, *changes):
    """The set after changes in place."""
    for name, *arguments in changes:
        getattr(agents, name)(*arguments)
    return agents


def third(agents):
    return agents.to_list()[2]


def is_stressed(agent):
    return agent.stress > 0.35


def mean_or_none(values):
    """What many write for Mesa: it needs a list, since an array has no truth."""
    return sum(values) / len(values) if values else None


QUESTIONS = {
    "length": len,
    "order": list,
    "list": lambda s: s.to_list(),
    "backwards": lambda s: list(reversed(s)),
    "contains": lambda s: (third(s) in s, third(s) in s.select(at_most=2), "nobody" in s),
    "index": lambda s: (s[0], s[-1], s[np.int64(4)], s[2:9:3], s[50:]),
    "index of": lambda s: (s.index(third(s)), s.count(third(s))),
    "truth": lambda s: (bool(s), bool(s.select(at_most=0))),
    "get": lambda s: [s.get(name) for name in NAMES],
    "get several": lambda s: s.get(["stress", "culture", "unique_id"]),
    "get none": lambda s: s.get([]),
    "get a default": lambda s: s.get("mood", handle_missing="default", default_value=3),
    "get defaults": lambda s: s.get(["stress", "mood"], handle_missing="default"),
    "get where some have it": lambda s: (
        setattr(third(s), "mood", 1), s.get("mood", "default", 0), s.get(["mood", "stress"], "default", 0)
    ),
    "aggregate": lambda s: [s.agg("stress", func) for func in (min, max, sum, np.mean, np.median, len, mean_or_none)],
    "aggregate several": lambda s: s.agg("optimism", [min, np.std, mean_or_none]),
    "aggregate by ufunc": lambda s: s.agg("optimism", np.add.reduce),
    "aggregate nobody": lambda s: s.select(at_most=0).agg("stress", mean_or_none),
    "select": lambda s: s.select(is_stressed),
    "select nothing said": lambda s: s.select(),
    "select is a copy": lambda s: (s.select().discard(third(s)), len(s)),
    **{f"select at most {n}": lambda s, n=n: s.select(at_most=n) for n in (0, 3, 99, -1, 0.0, 0.5, 0.99, 1.0, 2.5)},
    **{f"select stressed, at most {n}": lambda s, n=n: s.select(is_stressed, at_most=n) for n in (0, 2, 99, 0.2)},
    "select asks in order": lambda s: (
        seen := [], s.select(lambda agent: seen.append(agent.unique_id) or True, at_most=3), seen
    ),
    "select by type": lambda s: (s.select(agent_type=mesa.Agent), s.select(agent_type=Hermit)),
    "select by type and more": lambda s: s.select(is_stressed, at_most=2, agent_type=mesa.Agent),
    "select in place": lambda s: (s.select(is_stressed, inplace=True) is s, s),
    "select some in place": lambda s: (s.select(at_most=3, inplace=True) is s, s),
    "group": lambda s: s.groupby("culture"),
    "group by yes and no": lambda s: s.groupby("special_needs"),
    "group by function": lambda s: s.groupby(lambda agent: agent.unique_id % 3),
    "group in lists": lambda s: s.groupby("culture", result_type="list"),
    "groups": lambda s: (len(s.groupby("culture")), s.groupby("culture").count()),
    "groups aggregate": lambda s: [s.groupby("culture").agg("stress", func) for func in (max, np.mean, mean_or_none)],
    "lists aggregate": lambda s: s.groupby("culture", result_type="list").agg("stress", max),
    "groups map": lambda s: (s.groupby("culture").map(len), s.groupby("culture").map("get", "stress")),
    "groups do": lambda s: (s.groupby("culture").do("set", "mood", 4).do(lambda g: g.set("hat", len(g))), s.get("hat")),
    "set a column": lambda s: (s.set("stress", 0.25) is s, s.get("stress")),
    "set part of a column": lambda s: (s.select(at_most=4).set("stress", 1), s.get("stress")),
    "set something new": lambda s: (s.set("mood", "blue") is s, s.get("mood")),
    "do": lambda s: (s.do("note", "tea", times=2) is s, s.get("noted")),
    "do a function": lambda s: called(s, "do"),
    "do changes": lambda s: (s.do(lambda agent: setattr(agent, "stress", 0.5)), s.get("stress")),
    "do that takes out": lambda s: (s.do(s.discard), s),
    "map": lambda s: (s.map("note", "tea"), s.map(lambda agent, k: agent.unique_id * k, k=2)),
    "shuffle": lambda s: (s.shuffle(), s.random.random(), s),
    "shuffle twice": lambda s: s.shuffle().shuffle(),
    "shuffle in place": lambda s: (s.shuffle(inplace=True) is s, s, s[0]),
    "shuffle and do": lambda s: (called(s, "shuffle_do"), s, s.random.random()),
    "shuffle and do by name": lambda s: (s.shuffle_do("note", "tea") is s, s.get("noted")),
    "random": lambda s: s.random.sample(s.to_list(), 4),
    "sort": lambda s: (s.sort("stress"), s.sort("stress", ascending=True), s),
    "sort with equals": lambda s: (s.sort("culture"), s.sort("culture", ascending=True), s.sort("special_needs")),
    "sort by function": lambda s: (s.sort(lambda agent: agent.unique_id % 5), s.sort(is_stressed, ascending=True)),
    "sort by something new": lambda s: (s.do("note", 1), s.sort("noted")),
    "sort in place": lambda s: (s.sort("stress", inplace=True) is s, s, s[0]),
    "take out": lambda s: changed(s, ("remove", third(s))),
    "take out again": lambda s: changed(s, ("discard", third(s)), ("discard", s.to_list()[2])),
    "put back": lambda s: changed(s, ("discard", third(s)), ("add", third(s)), ("add", third(s))),
    "put back last": lambda s: (gone := third(s), changed(s, ("discard", gone), ("add", gone)), gone in s),
    "pop": lambda s: (s.pop(), s),
    "clear": lambda s: (changed(s, ("clear",)), len(s)),
    "and, or, less, either": lambda s: [
        (a & b, a | b, a - b, a ^ b) for a, b in (halves(s), halves(s.shuffle()))
    ],
    "update in place": lambda s: [s.__ior__(halves(s)[0]), s.__isub__(halves(s)[1])],
    "compare": lambda s: [
        (a == b, a <= s, a < s, s >= b, a.isdisjoint(b), s == s.shuffle(), a == s) for a, b in [halves(s)]
    ],
    "copy": lambda s: (copy.copy(s), changed(copy.copy(s), ("clear",)), s),
    "new set": lambda s: type(s)(list(s)[3:6], Random(2)).shuffle(),
}  # fmt: skip


class Hermit(mesa.Agent):
    """Nobody here is one."""


@pytest.mark.parametrize("order", [range(60), [9, 3, 41, 12, 30, 7, 8, 55, 0, 21, 22, 59]], ids=["all", "some"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_those_of_mesa(question, order):
    """Whatever is asked of a set, the answer is a stock AgentSet's."""
    ours, stock = twins(list(order))
    assert plain(QUESTIONS[question](ours)) == plain(QUESTIONS[question](stock))
    assert plain(list(ours)) == plain(list(stock))
    assert ours.get("stress") == stock.get("stress")


@pytest.mark.parametrize(
    "mistake",
    [
        lambda s: s.get("no_such_thing"),
        lambda s: s.get(["stress", "no_such_thing"]),
        lambda s: s.get("stress", handle_missing="never"),
        lambda s: s.agg("no_such_thing", max),
        lambda s: s.sort("no_such_thing"),
        lambda s: s.groupby("no_such_thing"),
        lambda s: s.do("no_such_thing"),
        lambda s: changed(s, ("remove", third(s)), ("remove", s.select(at_most=1).pop()), ("pop",))[60],
        lambda s: [gone := third(s), s.remove(gone), s.remove(gone)],
        lambda s: s["first"],
        lambda s: s.select(at_most=0).agg("stress", max),
        lambda s: s.select(at_most=0).pop(),
    ],
)
def test_mistakes_are_those_of_mesa(mistake):
    """What a stock AgentSet refuses is refused with the same kind of error."""
    ours, stock = twins(list(range(60)))
    with pytest.raises(Exception) as of_mesa:
        mistake(stock)
    with pytest.raises(of_mesa.type):
        mistake(ours)


def test_everyone_answers_as_a_subset_of_all():
    """model.agents gives what a set of all rows gives, wherever nobody would leave."""
    for question, ask in QUESTIONS.items():
        if question in ("select in place", "select some in place", "do that takes out", "pop", "clear", "compare"):
            continue
        if question.startswith(("take out", "put back", "update", "copy", "new set")):
            continue
        model = small_model()
        model.person_class = Noting
        model.agents.random = Random(5)
        ours, _ = twins(list(range(60)))
        assert plain(ask(model.agents)) == plain(ask(ours)), question


def test_nothing_of_mesa_reaches_for_its_own_storage():
    """A method that a new Mesa adds, or one that we forgot, must not look for the dictionary that is not there."""
    for stock in (AgentSet, AbstractAgentSet):
        for name, method in inspect.getmembers(stock, inspect.isfunction):
            if getattr(PersonSet, name) is method:
                assert "_agents" not in method.__code__.co_names, name


def test_columns_are_copies():
    """What a function gets to aggregate is its own; sorting it in place moves nobody."""
    agents = small_model().agents
    before = agents.get("stress")
    assert agents.agg("stress", sorted) == sorted(before)
    agents.agg("stress", lambda values: values.sort())
    agents.array("stress").sort()
    assert agents.get("stress") == before


def test_where_is_select_for_arrays():
    """A mask in the order of the set chooses those whom the same question one by one would choose."""
    agents = small_model().agents.shuffle()
    assert plain(agents.where(agents.array("stress") > 0.35)) == plain(agents.select(is_stressed))
    for mask in (np.array([True]), np.ones(60), agents.array("stress")):
        with pytest.raises(ValueError, match="60 times true or false"):
            agents.where(mask)
    with pytest.raises(AttributeError, match="no array of 'partner'; use get"):
        agents.array("partner")


def test_ones_own_property_goes_before_a_column():
    """A subclass that computes an attribute itself is believed, by get as by the agent."""
    model = small_model()
    model.person_class = Calm
    assert model.agents.get("stress") == [0.0] * 60
    assert model.agents.agg("stress", np.mean) == 0.0


class Calm(Person):
    stress = property(lambda person: 0.0)


@pytest.mark.parametrize("copied", [lambda s: pickle.loads(pickle.dumps(s)), copy.deepcopy], ids=["pickle", "deepcopy"])
def test_copied_with_its_model(copied):
    """A set survives pickling and deep copies with its people, its order and its luck, and a model of its own."""
    chosen = small_model().agents.shuffle().select(is_stressed)
    again = copied(chosen)
    assert again.model is not chosen.model
    assert plain(again) == plain(chosen)
    assert plain(again.shuffle()) == plain(chosen.shuffle())


def test_nobody_belongs_to_no_model():
    """A set is made of people; of nobody it could not tell whose."""
    with pytest.raises(ValueError, match="a set of nobody belongs to no model"):
        PersonSet([])


def test_every_column_is_fast():
    """Getting, aggregating and sorting a column looks at no agent."""
    model = small_model(**{**SMALL, "burn_in": 0})
    for column in COLUMNS:
        model.agents.get(column.name), model.agents.agg(column.name, np.mean), model.agents.sort(column.name)
        model.agents.groupby(column.name).count()
    assert model._people == {}
