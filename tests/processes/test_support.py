"""Asking for help and helping: the compiled processes decide and change what the plain rule says."""

from types import SimpleNamespace

import numpy as np

from peersim.draws import Decision, draw_uniforms
from peersim.processes import capacity, co_rumination, giving, matching, receiving, seeking
from tests.naive import support
from tests.naive.town import town_of
from tests.worlds import assert_same, in_rows, on_small_worlds, random_requests

ASKED = ("seeker", "provider", "domain", "knows")
ANSWERED = (*ASKED, "accepted", "wanted", "given", "quality")


def as_list(world, requests, n, fields=ANSWERED):
    """The requests as the naive twin keeps them: people by their numbers."""
    number = world.people.number
    found = [{name: getattr(requests, name)[r].item() for name in fields} for r in range(n)]
    for request in found:
        request["seeker"], request["provider"] = int(number[request["seeker"]]), int(number[request["provider"]])
    return [SimpleNamespace(**request) for request in found]


def assert_same_changes(world, closer, trusting, town):
    assert_same(town_of(world, closer, trusting), town)


@on_small_worlds
def test_need_rises_with_stress(world, rules):
    need = np.empty(world.n_people)
    seeking.feel_need(need, world.people.now.stress, rules.seeking)
    expected = {i: support.need(person, rules) for i, person in town_of(world).people.items()}
    assert_same(need.tolist(), in_rows(world, expected).tolist())


@on_small_worlds
def test_who_asks_whom(world, rules):
    """Many ask, most ties are close enough, and having been through the same counts for much."""
    often = {"rate": 1.0, "least_closeness": 0.1, "experience_threshold": 0.25, "experience_weight": 3.0}
    rules = rules._replace(seeking=rules.seeking._replace(**often))
    people, town = world.people, town_of(world)
    need = in_rows(world, {i: support.need(person, rules) for i, person in town.people.items()})
    luck = draw_uniforms(world.seed, Decision.SEEK, people.number, day=world.day)
    requests = seeking.no_requests(world.n_people)
    n = seeking.seek(
        requests, luck, need, people.now.safety, people.load, people.traits.chronic, people.lived, people.now.burden,
        people.number, people.row_of, world.ties, rules.seeking, world.seed, world.day,
    )  # fmt: skip
    assert_same(as_list(world, requests, n, ASKED), support.seek(town, rules, world.seed, world.day))
    assert np.array_equal(world.ties.other[requests.arc[:n]], requests.provider[:n])
    assert_same(town_of(world), town)


@on_small_worlds
def test_the_willing_take_as_many_as_they_can(world, rules, luck):
    requests, n = random_requests(luck, world)
    town, expected = town_of(world), as_list(world, requests, n)
    trusting, n_people = np.zeros(len(world.ties.other)), world.n_people
    waiting, following = np.full(n_people, -1), np.empty(n_people, np.int64)
    n_accepted = capacity.accept(
        requests, n, trusting, waiting, following, np.empty(n_people), world.ties.closeness, world.people.now.burden,
        world.people.number, rules.capacity, world.seed, world.day,
    )  # fmt: skip
    assert n_accepted == support.accept(town, expected, rules, world.seed, world.day)
    assert_same(as_list(world, requests, n), expected)
    assert_same_changes(world, None, trusting, town)
    assert (waiting == -1).all()


@on_small_worlds
def test_what_is_wanted_and_given_and_how_good_it_is(world, rules, luck):
    requests, n = random_requests(luck, world)
    town, expected = town_of(world), as_list(world, requests, n)
    ties, people = world.ties, world.people
    n_matched = matching.match(
        requests, n, people.traits.skill, people.now.burden, people.number, ties.similarity, ties.trust, ties.channel,
        rules.stressors.controllability, rules.matching, world.seed, world.day,
    )  # fmt: skip
    assert n_matched == support.match(town, expected, rules, world.seed, world.day)
    assert_same(as_list(world, requests, n), expected)
    assert_same_changes(world, None, None, town)


@on_small_worlds
def test_comfort_turns_into_rehashing(world, rules, luck):
    rules = rules._replace(co_rumination=rules.co_rumination._replace(rate=1.0))
    requests, n = random_requests(luck, world)
    town, expected = town_of(world), as_list(world, requests, n)
    closer, people = np.zeros(len(world.ties.other)), world.people
    n_rehashed = co_rumination.rehash(
        requests, n, people.change.stress, closer, people.now.stress, people.number, world.ties, rules.co_rumination,
        world.seed, world.day,
    )  # fmt: skip
    assert n_rehashed == support.rehash(town, expected, rules, world.seed, world.day)
    assert_same(as_list(world, requests, n), expected)
    assert_same_changes(world, closer, None, town)


@on_small_worlds
def test_what_the_seeker_gets(world, rules, luck):
    requests, n = random_requests(luck, world)
    town, expected = town_of(world), as_list(world, requests, n)
    ties, people = world.ties, world.people
    closer, trusting = np.zeros(len(ties.other)), np.zeros(len(ties.other))
    receiving.receive(
        requests, n, people.change, people.load_change, closer, trusting, people.received,
        people.now.perceived_support, people.load, ties.start, ties.other, rules.stressors.controllability,
        rules.receiving,
    )  # fmt: skip
    support.receive(town, expected, rules)
    assert_same(as_list(world, requests, n), expected)
    assert_same_changes(world, closer, trusting, town)


@on_small_worlds
def test_what_the_provider_gets(world, rules, luck):
    requests, n = random_requests(luck, world)
    town = town_of(world)
    giving.give(requests, n, world.people.now, world.people.change, rules.giving)
    support.give(town, as_list(world, requests, n), rules)
    assert_same(town_of(world), town)
