"""Asking for help and helping: the compiled processes decide and change what the plain rule says."""

import numpy as np

from peersim.draws import Decision, draw_uniforms
from peersim.processes import capacity, co_rumination, giving, matching, receiving, seeking
from tests.reference.reading import model_of
from tests.reference.request import Request, seek, take_what_one_can
from tests.reference.telling import assert_same, told_of_agents, told_of_people
from tests.worlds import in_rows, on_small_worlds, random_requests

ASKED = ("seeker", "provider", "domain", "knows")
ANSWERED = (*ASKED, "accepted", "wanted", "given", "quality")


def told(world, requests, n, fields=ANSWERED):
    """The compiled requests one by one: people by their numbers."""
    number = world.people.number
    found = [{name: getattr(requests, name)[r].item() for name in fields} for r in range(n)]
    for request in found:
        request["seeker"], request["provider"] = int(number[request["seeker"]]), int(number[request["provider"]])
    return found


def told_of(requests, fields=ANSWERED):
    """The requests of the reference, one by one."""
    found = []
    for request in requests:
        values = vars(request) | {"accepted": request.is_accepted}
        values |= {"seeker": request.seeker.number, "provider": request.provider.number}
        found.append({name: values[name] for name in fields})
    return found


def same_requests(world, model, requests, n):
    """The compiled requests as the reference keeps them."""
    found = []
    for values in told(world, requests, n):
        seeker, provider = model.people[values.pop("seeker")], model.people[values.pop("provider")]
        request = Request(seeker, provider, values.pop("domain"))
        request.is_accepted = values.pop("accepted")
        vars(request).update(values)
        found.append(request)
    return found


def accepted(requests):
    return [request for request in requests if request.is_accepted]


@on_small_worlds
def test_need_rises_with_stress(world, rules):
    need = [float(seeking.need_of(stress, rules.seeking)) for stress in world.people.now.stress]
    expected = {i: person.need for i, person in model_of(world, rules).people.items()}
    assert_same(need, in_rows(world, expected).tolist())


@on_small_worlds
def test_who_asks_whom(world, rules):
    """Many ask, most ties are close enough, and having been through the same counts for much."""
    often = {"rate": 1.0, "least_closeness": 0.1, "experience_threshold": 0.25, "experience_weight": 3.0}
    rules = rules._replace(seeking=rules.seeking._replace(**often))
    people, model = world.people, model_of(world, rules)
    luck = draw_uniforms(world.seed, Decision.SEEK, people.number, day=world.day)
    requests = seeking.no_requests(world.n_people)
    n = seeking.seek(
        requests, luck, people.now.stress, people.now.safety, people.load, people.traits.chronic, people.lived,
        people.now.burden, people.number, people.row_of, world.ties, rules.seeking, world.seed, world.day,
    )  # fmt: skip
    expected = [request for request in map(seek, model.agents) if request is not None]
    assert_same(told(world, requests, n, ASKED), told_of(expected, ASKED))
    assert np.array_equal(world.ties.other[requests.arc[:n]], requests.provider[:n])
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_the_willing_take_as_many_as_they_can(world, rules, luck):
    requests, n = random_requests(luck, world)
    model = model_of(world, rules)
    expected = same_requests(world, model, requests, n)
    trusting, n_people = np.zeros(len(world.ties.other)), world.n_people
    waiting, following = np.full(n_people, -1), np.empty(n_people, np.int64)
    n_accepted = capacity.accept(
        requests, n, trusting, waiting, following, np.empty(n_people), world.ties.closeness, world.people.now.burden,
        world.people.number, rules.capacity, world.seed, world.day,
    )  # fmt: skip
    for request in expected:
        request.is_accepted = False
    for provider in model.agents:
        take_what_one_can(provider, [request for request in expected if request.provider is provider])
    assert n_accepted == len(accepted(expected))
    assert_same(told(world, requests, n), told_of(expected))
    assert_same(told_of_people(world, None, trusting), told_of_agents(model))
    assert (waiting == -1).all()


@on_small_worlds
def test_what_is_wanted_and_given_and_how_good_it_is(world, rules, luck):
    requests, n = random_requests(luck, world)
    model = model_of(world, rules)
    expected = same_requests(world, model, requests, n)
    ties, people = world.ties, world.people
    n_matched = matching.match(
        requests, n, people.traits.skill, people.now.burden, people.number, ties.similarity, ties.trust, ties.channel,
        rules.stressors.controllability, rules.matching, world.seed, world.day,
    )  # fmt: skip
    for request in accepted(expected):
        request.match()
    assert n_matched == sum(request.is_matched for request in accepted(expected))
    assert_same(told(world, requests, n), told_of(expected))
    assert_same(told_of_people(world, None, None), told_of_agents(model))


@on_small_worlds
def test_comfort_turns_into_rehashing(world, rules, luck):
    rules = rules._replace(co_rumination=rules.co_rumination._replace(rate=1.0))
    requests, n = random_requests(luck, world)
    model = model_of(world, rules)
    expected = same_requests(world, model, requests, n)
    closer, people = np.zeros(len(world.ties.other)), world.people
    n_rehashed = co_rumination.rehash(
        requests, n, people.change.stress, closer, people.now.stress, people.number, world.ties, rules.co_rumination,
        world.seed, world.day,
    )  # fmt: skip
    for request in accepted(expected):
        request.rehash()
    assert n_rehashed == sum(request.is_rehashed for request in accepted(expected))
    assert_same(told(world, requests, n), told_of(expected))
    assert_same(told_of_people(world, closer, None), told_of_agents(model))


@on_small_worlds
def test_what_the_seeker_gets(world, rules, luck):
    requests, n = random_requests(luck, world)
    model = model_of(world, rules)
    expected = same_requests(world, model, requests, n)
    ties, people = world.ties, world.people
    closer, trusting = np.zeros(len(ties.other)), np.zeros(len(ties.other))
    receiving.receive(
        requests, n, people.change, people.load_change, closer, trusting, people.received,
        people.now.perceived_support, people.load, ties.start, ties.other, rules.stressors.controllability,
        rules.receiving,
    )  # fmt: skip
    for request in accepted(expected):
        request.receive()
        request.trust_more_or_less()
    assert_same(told(world, requests, n), told_of(expected))
    assert_same(told_of_people(world, closer, trusting), told_of_agents(model))


@on_small_worlds
def test_what_the_provider_gets(world, rules, luck):
    requests, n = random_requests(luck, world)
    model = model_of(world, rules)
    giving.give(requests, n, world.people.now, world.people.change, rules.giving)
    for request in accepted(same_requests(world, model, requests, n)):
        request.give()
    assert_same(told_of_people(world), told_of_agents(model))
