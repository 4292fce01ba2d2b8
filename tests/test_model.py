"""The Mesa face: a model that lives the same days as the core, whoever looks at it, and answers as Mesa's models do."""

import copy
import gc
import inspect
import pickle
import textwrap
import weakref
from functools import partial

import mesa
import numpy as np
import pytest

import peersim.model
from peersim.model import PeerSupportModel
from peersim.model_agents import PersonSet
from peersim.model_person import PeopleAreFixedError, Person
from peersim.networks.network import Network
from peersim.outcomes import NAMES
from peersim.parameters import rules
from peersim.processes.resilience import resilience_of
from peersim.simulate import live, settled_world
from peersim.trace import TALLIES, new_trace
from tests.mesa_worlds import SMALL, small_model, small_scenario, world_bytes

N_DAYS = 25


def lived_in_one_go(n_days=N_DAYS):
    """The core's own run of the small scenario: its world and its trace."""
    scenario = small_scenario()
    world = settled_world(scenario, seed=1)
    trace = new_trace(0, n_days, world.n_people, record_every=1)
    live(world, scenario, n_days, trace)
    return world, trace


def calm_the_worst(model):
    """A rule: the five most stressed calm down a little, and the first of them makes a friend."""
    worst = model.agents.sort("stress").select(at_most=5)
    for person in worst:
        person.stress *= 0.8
    stranger = next(p for p in model.agents if p is not worst[0] and p not in worst[0].friends)
    model.add_tie(worst[0], stranger, closeness=0.3)


# the days


def test_a_new_model_is_on_the_morning_of_day_0():
    """Burn-in is lived when the model is made: what stands there is the core's settled world."""
    model = PeerSupportModel(small_scenario(), rng=1)
    assert isinstance(model, mesa.Model)
    assert (model.day, model.time, model.steps, model.running) == (0, 0.0, 0, True)
    assert world_bytes(model.world) == world_bytes(settled_world(small_scenario(), seed=1))


def test_steps_equal_one_run():
    """A model stepped N days is, bit for bit, the core's run of N days."""
    model = PeerSupportModel(small_scenario(), rng=1)
    for _ in range(N_DAYS):
        model.step()
    assert world_bytes(model.world) == world_bytes(lived_in_one_go()[0])
    assert model.world.circles.attended.sum() > 0


def test_observers_change_nothing():
    """Agents, graph, collectors, shuffles, random draws and pickling between days leave every bit as it was."""
    reporters = {"stress": "stress", "friends": attribute_count}
    model = PeerSupportModel(small_scenario(), rng=1, agent_reporters=reporters)
    for _ in range(N_DAYS):
        model.agents.shuffle_do("step").shuffle(inplace=True)
        model.agents.sort("stress", inplace=True)
        model.agents.groupby("culture").agg("resilience", np.mean)
        assert len(model.agents.select(lambda person: person.stress > 0.4)) <= 60
        assert [person.partner for person in model.agents if person.ties]
        model.random.random(), model.rng.random(), model.outcomes(), pickle.dumps(model)
        for _, _, about in model.graph.edges(data=True):
            about["closeness"] = 0.0
        for values in (model.agents.array("stress"), model.outcomes()["burden"]):
            values[:] = 0.0
        model.step()
    assert world_bytes(model.world) == world_bytes(lived_in_one_go()[0])


def attribute_count(person):
    return len(person.friends)


def test_run_for_counts_days():
    """A day is one step and one unit of time; `running` ends with the scenario's days, `run_for` does not care."""
    model = small_model(days=10)
    model.run_for(9)
    assert (model.day, model.time, model.steps, model.running) == (9, 9.0, 9, True)
    model.run_for(3)
    assert (model.day, model.time, model.steps, model.running) == (12, 12.0, 12, False)


def test_run_model_ends_with_the_scenario():
    """Mesa's loops over `running` stop after run.days, and earlier where a rule says so."""
    model = small_model(days=6)
    model.run_model()
    assert model.day == 6
    stopped = small_model(days=6)
    stopped.add_rule(stop_on_day_3)
    stopped.run_model()
    assert stopped.day == 3


def stop_on_day_3(model):
    model.running = model.day < 3


def test_tally_counts_the_day():
    """`tally` is the day's row of the core's trace."""
    model = PeerSupportModel(small_scenario(), rng=1)
    model.run_for(N_DAYS)
    assert model.tally == dict(zip(TALLIES, lived_in_one_go()[1].tally[-1].tolist(), strict=True))


# seeds


def test_the_seed_decides_everything():
    """The same seed gives the same days; another seed gives others; numpy's whole numbers are as good as Python's."""
    same, again, other = small_model(rng=5), small_model(rng=np.int64(5)), small_model(rng=6)
    assert world_bytes(same.world) == world_bytes(again.world)
    assert (same.seed, other.seed) == (5, 6)
    assert world_bytes(same.world)[2:] != world_bytes(other.world)[2:]


def test_without_rng_the_scenario_says_the_seed():
    """`run.seed` is the seed unless rng says otherwise; Mesa's old `seed=` is the same."""
    assert PeerSupportModel(**SMALL, seed=9).seed == 9
    assert PeerSupportModel(small_scenario(run={"burn_in": 0, "seed": 4})).seed == 4
    assert PeerSupportModel(small_scenario(run={"burn_in": 0, "seed": 4}), rng=3).seed == 3


def test_no_rng_at_all_draws_a_new_seed():
    """rng=None is fresh luck, as in Mesa, so that the iterations of a batch differ; a generator gives a number."""
    quick = {**SMALL, "burn_in": 0}
    assert PeerSupportModel(rng=None, **quick).seed != PeerSupportModel(rng=None, **quick).seed
    drawn = [PeerSupportModel(rng=np.random.default_rng(2), **quick).seed for _ in range(2)]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("rng", [-1, 2**63, True, "seven", 1.5])
def test_a_bad_seed_is_refused(rng):
    """What is no seed is refused with a sentence."""
    with pytest.raises((TypeError, ValueError), match=r"rng = .*must be a whole number"):
        small_model(rng=rng)


def test_the_scenario_never_changes():
    """model.scenario is what the model was made from, of the agents too; another cannot be put in its place."""
    model = small_model()
    assert model.scenario.population.people == 60
    assert model.agents[0].scenario is model.scenario
    with pytest.raises(AttributeError, match="make a new PeerSupportModel"):
        model.scenario = small_scenario()


def test_a_scenario_by_name_or_file(tmp_path):
    """A bundled name and a file are read as everywhere else; nothing at all is the defaults."""
    file = tmp_path / "mine.toml"
    file.write_text('base = "support_group"\n[population]\npeople = 30\n[run]\nburn_in = 2\n')
    named = PeerSupportModel("support_group", rng=1, people=30, burn_in=2)
    written = PeerSupportModel(file, rng=1)
    assert world_bytes(named.world) == world_bytes(written.world)
    assert [programme.kind for programme in named.scenario.programmes] == ["support_group"]
    assert PeerSupportModel(rng=1, people=30, burn_in=2).scenario.programmes == ()


def test_what_is_no_scenario_is_refused():
    """A dictionary is no scenario."""
    with pytest.raises(TypeError, match="must be a Scenario, a name, a file or None, not a dict"):
        PeerSupportModel({"people": 60})


# rules


def test_a_rule_runs_every_evening_before_data_are_collected():
    """Rules see the evening, in the order in which they were added, and what they write is collected."""
    model = small_model()
    plain = small_model()
    seen = []
    model.add_rule(lambda m: seen.append(("first", m.day, m.agents.get("stress"))))
    model.add_rule(lambda m: m.agents.set("stress", 0.25))
    plain.step()
    model.step()
    assert seen == [("first", 1, plain.agents.get("stress"))]
    assert model.datacollector.model_vars["stress"] == [10.0]  # .25 of the 40 points of the PSS-10


def test_what_a_rule_writes_is_lived_from():
    """The day after a rule is the core's day from what the rule wrote."""
    model = small_model()
    model.add_rule(calm_the_worst)
    model.run_for(4)
    by_hand = small_model()
    for _ in range(4):
        live(by_hand.world, by_hand.scenario, 1)
        calm_the_worst(by_hand)
    assert world_bytes(model.world) == world_bytes(by_hand.world)
    plain = small_model()
    plain.run_for(4)
    assert plain.agents.get("stress") != model.agents.get("stress")


def test_a_day_that_fails_fails_alone():
    """A rule's mistake is told, and the days after it are lived: stock Mesa would only count them."""
    model = small_model()
    model.add_rule(fail_on_day_2)
    model.step()
    with pytest.raises(RuntimeError, match="a mistake"):
        model.step()
    model.run_for(3)
    plain = small_model()
    plain.run_for(5)
    assert (model.day, model.time, model.steps) == (5, 5.0, 5)
    assert world_bytes(model.world) == world_bytes(plain.world)


def fail_on_day_2(model):
    if model.day == 2:
        raise RuntimeError("a mistake")


def test_rules_come_and_go():
    """add_rule returns the rule, as a decorator must; a removed rule is not called; what is no function is refused."""
    model = small_model()
    seen = []

    @model.add_rule
    def look(m):
        seen.append(m.day)

    model.step()
    model.remove_rule(look)
    model.step()
    assert seen == [1]
    with pytest.raises(ValueError, match="not a rule of this model"):
        model.remove_rule(look)
    with pytest.raises(TypeError, match="a rule must be a function of the model, not a int"):
        model.add_rule(3)


def test_the_example_of_the_documentation():
    """What the module shows runs as it stands, and does what it says: the most stressed calm down."""
    lines = inspect.cleandoc(peersim.model.__doc__).split("\n\n", 1)[1]
    shown = {"PeerSupportModel": partial(PeerSupportModel, burn_in=8)}
    exec(textwrap.dedent(lines).replace("365", "20"), shown)
    plain = PeerSupportModel("support_group", rng=7, people=500, burn_in=8)
    plain.run_for(20)
    with_calls = shown["model"].datacollector.model_vars["stress"]
    assert with_calls[-1] < plain.datacollector.model_vars["stress"][-1]


# data


def test_a_row_of_means_each_day():
    """The collected mean of every outcome is, bit for bit, the one that the core's trace records."""
    model = PeerSupportModel(small_scenario(), rng=1)
    model.run_for(N_DAYS)
    collected = model.datacollector.get_model_vars_dataframe()
    assert tuple(collected.columns) == NAMES
    np.testing.assert_array_equal(collected.to_numpy(), lived_in_one_go()[1].mean)


def test_collecting_by_hand_sees_what_is_there():
    """Whoever collects between two days gets the means of that moment, not those of the evening."""
    model = small_model()
    model.datacollector.collect(model)
    model.step()
    model.agents.set("stress", 0.5)
    model.datacollector.collect(model)
    collected = model.datacollector.model_vars["stress"]
    assert len(collected) == 3
    assert collected[2] == 20.0


def test_outcomes_are_in_points():
    """Everyone's outcomes, in the units of the instruments, from the agents' states."""
    model = small_model()
    model.step()
    found, agents = model.outcomes(), model.agents
    assert list(found) == list(NAMES)
    np.testing.assert_allclose(found["stress"], 40 * agents.array("stress"), rtol=1e-15)
    np.testing.assert_allclose(found["resilience"], 1 + 4 * agents.array("resilience"), rtol=1e-15)
    np.testing.assert_array_equal(found["degree"], agents.get("degree"))
    in_couples = np.array(agents.get("partnered"))
    assert model.outcome_means()["satisfaction"] == pytest.approx(found["satisfaction"][in_couples].mean())


def test_numbers_are_given_in_double_precision():
    """Whatever is summed or averaged of them is not rounded to the precision in which people keep them."""
    agents = small_model().agents
    for name in ("stress", "resilience", "load", "age"):
        assert agents.array(name).dtype == np.float64
    assert agents.agg("stress", np.mean) == np.mean(agents.get("stress"))
    assert {agents.array(name).dtype.kind for name in ("number", "couple", "received")} <= {"i", "u"}


def test_resilience_is_one_number():
    """Of the agent, in an eligibility rule and in the outcomes."""
    model = small_model()
    model.run_for(3)
    in_rules = resilience_of(model.world.people.now, rules(model.scenario.resilience))
    assert in_rules.tolist() == model.agents.get("resilience")
    assert model.outcomes()["resilience"].tolist() == [4 * value + 1 for value in in_rules.tolist()]


def test_reporters_of_ones_own():
    """Model and agent reporters are collected beside the outcomes, by name or by function, the Mesa way."""
    model = small_model(
        model_reporters={"day": "day", "worst": worst_stress},
        agent_reporters={"stress": "stress", "friends": attribute_count},
    )
    model.run_for(3)
    of_model = model.datacollector.get_model_vars_dataframe()
    assert of_model["day"].tolist() == [1, 2, 3]
    assert of_model["worst"].iloc[-1] == max(model.agents.get("stress"))
    assert set(NAMES) < set(of_model.columns)
    of_agents = model.datacollector.get_agent_vars_dataframe()
    assert of_agents.shape == (3 * 60, 2)
    assert of_agents.loc[3.0]["stress"].tolist() == model.agents.get("stress")
    assert of_agents.loc[3.0].index.tolist() == model.agents.get("unique_id")
    assert of_agents.loc[3.0]["friends"].tolist() == model.agents.get("degree")


def worst_stress(model):
    return model.agents.agg("stress", max)


def test_the_collector_can_be_replaced():
    """A stock DataCollector in its place collects what it is told, by Mesa's own path."""
    model = small_model()
    model.datacollector = mesa.DataCollector(
        model_reporters={"people": lambda m: len(m.agents)},
        agent_reporters={"burden": "burden"},
        agenttype_reporters={Person: {"coping": "coping"}},
    )
    model.run_for(2)
    assert model.datacollector.get_model_vars_dataframe()["people"].tolist() == [60, 60]
    assert model.datacollector.get_agent_vars_dataframe().loc[2.0]["burden"].tolist() == model.agents.get("burden")
    of_type = model.datacollector.get_agenttype_vars_dataframe(Person)
    assert of_type.loc[2.0]["coping"].tolist() == model.agents.get("coping")


@pytest.mark.parametrize("processes", [1, 2])
def test_batch_run(processes):
    """Mesa's batch_run gives each combination, each iteration its own luck, and each run what the model gives alone."""
    parameters = {"people": [40, 60], "stressors.event_rate": 2.0, "burn_in": 3}
    results = mesa.batch_run(
        PeerSupportModel, parameters, rng=[1, 2], max_steps=4, number_processes=processes, data_collection_period=2,
        display_progress=False,
    )  # fmt: skip
    found = {(r["iteration"], r["people"], r["Step"]): r["stress"] for r in results}
    assert sorted(found) == [(i, n, day) for i in (0, 1) for n in (40, 60) for day in (1.0, 3.0)]
    alone = PeerSupportModel(rng=2, people=40, burn_in=3, event_rate=2.0)
    alone.run_for(3)
    assert found[1, 40, 3.0] == alone.datacollector.model_vars["stress"][2]
    assert found[0, 40, 3.0] != found[1, 40, 3.0]


def test_batch_run_with_agents():
    """Iterations without a seed differ, runs end with the scenario, and agents' data come with them."""
    model = partial(PeerSupportModel, agent_reporters={"burden": "burden"}, people=20, burn_in=0, days=3)
    with pytest.warns(DeprecationWarning, match="iterations"):
        results = mesa.batch_run(model, {}, iterations=2, max_steps=20, display_progress=False)
    assert len(results) == 2 * 20
    assert {(r["Step"], r["iteration"]) for r in results} == {(3.0, 0), (3.0, 1)}
    assert [r["burden"] for r in results[:20]] != [r["burden"] for r in results[20:]]
    assert [r["AgentID"] for r in results[:20]] == list(range(20))


# copies


@pytest.mark.parametrize("copied", [lambda m: pickle.loads(pickle.dumps(m)), copy.deepcopy], ids=["pickle", "deepcopy"])
def test_a_copy_lives_on_alike_and_apart(copied):
    """A copy continues as the model would: days, rules, luck, collected data and agents' own attributes."""
    model = PeerSupportModel(small_scenario(), rng=1, agent_reporters={"stress": "stress"})
    model.add_rule(calm_the_worst)
    model.agents[3].mood = "blue"
    model.run_for(4)
    before = world_bytes(model.world)
    twin = copied(model)
    assert twin.agents[3] is twin.agents[3]
    assert (twin.agents[3].mood, twin.agents[3].model) == ("blue", twin)
    assert list(twin.agents_by_type) == [Person]
    twin.run_for(6)
    assert world_bytes(model.world) == before
    model.run_for(6)
    assert world_bytes(twin.world) == world_bytes(model.world)
    assert (twin.day, twin.time, twin.steps) == (model.day, model.time, model.steps) == (10, 10.0, 10)
    assert twin.random.random() == model.random.random()
    assert twin.rng.random() == model.rng.random()
    for frame in ("get_model_vars_dataframe", "get_agent_vars_dataframe"):
        assert getattr(twin.datacollector, frame)().equals(getattr(model.datacollector, frame)())


def test_a_subset_survives_pickling():
    """A pickled set brings its model with it, and holds the same people of it."""
    chosen = small_model().agents.select(lambda person: person.stress > 0.3)
    again = pickle.loads(pickle.dumps(chosen))
    assert again.get("unique_id") == chosen.get("unique_id")
    assert again[0] is again.model.agents[again[0].unique_id]


def test_models_are_freed():
    """Nothing keeps a model that nobody holds, nor its agents."""
    model = small_model()
    model.run_for(2)
    kept = [weakref.ref(model), weakref.ref(model.agents[0]), weakref.ref(model.world)]
    del model
    gc.collect()
    assert [ref() for ref in kept] == [None, None, None]


# people


def test_agents_are_made_when_asked_for():
    """Making a model, stepping it and asking for columns makes no agent; asking for one makes one."""
    model = small_model()
    model.step()
    model.agents.get(["stress", "load_health"]), model.agents.agg("burden", [min, np.mean])
    model.agents.set("stress", 0.5).sort("optimism").shuffle().groupby("culture").agg("resilience", max)
    model.agents.where(model.agents.array("stress") > 0.4).copy().select(at_most=0.5)
    assert len(model._people) == 0
    assert isinstance(model.agents[7], Person)
    assert len(model._people) == 1


def test_the_people_are_an_agentset_of_agents():
    """What Mesa asks with isinstance is true; types and sets by type are Mesa's."""
    model = small_model()
    assert isinstance(model.agents, mesa.agentset.AgentSet)
    assert all(isinstance(agent, mesa.Agent) for agent in model.agents)
    assert model.agent_types == [Person]
    assert model.agents_by_type[Person] == model.agents
    assert (model.agents[3].random, model.agents[3].rng) == (model.random, model.rng)
    assert [agent.unique_id for agent in model.agents] == list(range(60))


def test_ones_own_methods():
    """A model may name a class of people with methods of its own, and call them by name."""
    model = Callers(rng=1, **SMALL)
    model.agents.do("call", 0.5)
    assert model.agents.get("called") == [0.5] * 60
    assert model.agent_types == [Caller]
    assert len(model.agents.select(agent_type=Caller)) == 60


class Caller(Person):
    def call(self, how_long):
        self.called = how_long


class Callers(PeerSupportModel):
    person_class = Caller


def test_people_are_fixed():
    """Whatever would add or remove a person is refused with a sentence, and changes nothing."""
    model = small_model()
    before = world_bytes(model.world)
    person = model.agents[0]
    for attempt in (
        person.remove, model.remove_all_agents, partial(mesa.Agent, model), partial(Person, model),
        partial(Person.create_agents, model, 3), partial(model.agents.remove, person),
        partial(model.agents.discard, person), model.agents.clear, model.agents.pop,
        partial(model.agents.select, at_most=3, inplace=True), partial(model.agents_by_type[Person].remove, person),
        partial(model.deregister_agent, person),
    ):  # fmt: skip
        with pytest.raises(PeopleAreFixedError, match="the people of this model are fixed"):
            attempt()
    model.agents.add(person)  # is there already
    assert len(model.agents) == len(model.agents_by_type[Person]) == 60
    assert world_bytes(model.world) == before


def test_a_network_gives_names():
    """People of a network carry its names; without one they have none."""
    network = Network(("ann", "bo", "cy"), np.array([0, 1], np.int32), np.array([1, 2], np.int32))
    model = PeerSupportModel(rng=1, network=network, burn_in=0, partners="none")
    assert model.agents.get("name") == ["ann", "bo", "cy"]
    assert {friend.name for friend in model.agents[1].friends} == {"ann", "cy"}
    assert small_model().agents[0].name is None


def test_a_scenario_may_name_a_file(tmp_path):
    """A network file of the scenario is read."""
    file = tmp_path / "office.csv"
    file.write_text("a,b\nb,c\n")
    model = PeerSupportModel(rng=1, burn_in=0, **{"network.file": str(file)})
    assert model.agents.get("name") == ["a", "b", "c"]


def test_subsets_are_sets_of_their_own():
    """Taking somebody out of a subset leaves the model alone; sets of two models do not mix."""
    model, other = small_model(), small_model()
    some = model.agents.select(at_most=5)
    assert type(some) is PersonSet
    some.remove(model.agents[2])
    assert (len(some), len(model.agents)) == (4, 60)
    assert other.agents[2] not in model.agents
    with pytest.raises(ValueError, match="not a person of this model"):
        some.add(other.agents[2])
