"""Every determinant of peer support is a dial: turned in a scenario, it moves outcomes the way the model says.

Who the peers are and what they share, what kind of support it is, how often, for how long, how intense, and over which
channel; in programmes and in everyday life. The same people under the same luck: see same_people.py.
"""

import tomllib

import numpy as np
import pytest

from peersim.scenario_file import load_scenario
from peersim.ties import CHANNELS
from tests.cli.commands import peersim
from tests.communities import EVERYONE, scenario_of
from tests.verification.same_people import (
    BURN_IN,
    PEOPLE,
    assert_moves,
    everyday,
    means,
    tables_of,
    with_programme,
)

# ---- what peers share: age, culture, interests, experience ---------------------------------------------------------


@pytest.mark.parametrize("composition", ["same_age", "same_culture", "shared_experience"])
def test_circles_of_people_alike_do_more(composition):
    """Peer similarity raises the dose, and all gains with it; the tie probability grows with likeness, too."""
    anyone, alike = with_programme(composition="random"), with_programme(composition=composition)
    for outcome, direction in (("stress", -1), ("loneliness", -1), ("belonging", +1), ("coping", +1), ("degree", +1)):
        assert_moves(direction, anyone[outcome], alike[outcome])


def test_circles_of_shared_interests_make_more_ties():
    """Those who attend become tied with probability tie x s, and interests are part of s."""
    assert_moves(+1, *(with_programme(composition=c)["degree"] for c in ("random", "shared_interests")))


def test_circles_of_shared_interests_do_more_where_interests_count():
    """Interests are no part of peer similarity unless sessions.alike_interests says so; here they are all of it."""
    interests = (
        ("sessions.alike_interests", 1.0), ("sessions.alike_domain", 0.0), ("sessions.alike_age", 0.0),
        ("sessions.alike_culture", 0.0),
    )  # fmt: skip

    def with_circles_of(composition):
        programme = {**EVERYONE, "composition": composition}
        return means(scenario_of(PEOPLE, BURN_IN, [programme], **tables_of(interests)), 70, 7)

    anyone, alike = with_circles_of("random"), with_circles_of("shared_interests")
    for outcome, direction in (("stress", -1), ("loneliness", -1), ("coping", +1)):
        assert_moves(direction, anyone[outcome], alike[outcome])


@pytest.mark.parametrize("shared", ["age", "culture", "interests"])
def test_friends_who_share_more_see_more_of_each_other(shared):
    """Contact has probability rate x w (.5 + s), and its worth grows with s: company, and what follows from it."""
    nothing, much = everyday((f"similarity.{shared}", 0.0)), everyday()
    for outcome, direction in (
        ("contacts", +1), ("perceived_support", +1), ("belonging", +1), ("loneliness", -1), ("stress", -1),
    ):  # fmt: skip
        assert_moves(direction, nothing[outcome], much[outcome])


def test_a_community_of_one_culture_sees_more_of_each_other():
    """The same ties, drawn without regard to culture: one culture is more likeness than twelve."""
    network = ("network.kind", "watts_strogatz")
    many, one = (everyday(network, ("population.cultures", cultures)) for cultures in (12, 1))
    for outcome, direction in (("contacts", +1), ("perceived_support", +1), ("loneliness", -1)):
        assert_moves(direction, many[outcome], one[outcome])


def test_help_from_one_alike_is_better():
    """Quality of support has the factor .6 + .4 s."""
    same, better = everyday(("matching.similarity_slope", 0.0)), everyday(("matching.similarity_slope", 1.0))
    for outcome, direction in (("stress", -1), ("loneliness", -1)):
        assert_moves(direction, same[outcome], better[outcome])


def share_matched(found):
    """Share of accepted requests that are met with what was wanted."""
    return found["matched"] / found["accepted"]


def test_who_turns_to_people_with_the_same_experience_is_understood():
    """x counts in whom to ask, and adds .20 to the chance of a match, which makes it safer to ask."""
    no, much = (everyday(("seeking.experience_weight", weight)) for weight in (0.0, 4.0))
    assert_moves(+1, share_matched(no), share_matched(much))
    assert_moves(+1, no["safety"], much["safety"])


def test_people_with_the_same_experience_understand():
    """The more x adds to the chance of a match, the more support is what was wanted: safer and calmer."""
    no, much = (everyday(("matching.experience", adds)) for adds in (0.0, 0.4))
    assert_moves(+1, share_matched(no), share_matched(much))
    for outcome, direction in (("safety", +1), ("stress", -1)):
        assert_moves(direction, no[outcome], much[outcome])


# ---- type: emotional, informational, instrumental ------------------------------------------------------------------

TYPES = ("emotional", "informational", "instrumental")


def only(kind):
    """A mix of one type of support."""
    return tuple(float(each == kind) for each in TYPES)


@pytest.mark.parametrize("other", ["informational", "instrumental"])
def test_comfort_in_circles_eases_stress_most(other):
    """S - .13 e emotional (...), against nothing of the other types."""
    comfort, task = (with_programme(mix=only(kind))["stress"] for kind in ("emotional", other))
    assert_moves(-1, task, comfort)


@pytest.mark.parametrize("other", ["emotional", "instrumental"])
def test_advice_in_circles_builds_coping_most(other):
    """K + .09 e informational (1 - K), against nothing of the other types."""
    advice, else_ = (with_programme(mix=only(kind))["coping"] for kind in ("informational", other))
    assert_moves(+1, else_, advice)


def test_hands_in_circles_relieve_strain_most_and_comfort_does_not():
    """The worst domain is cut by .10 e (.6 informational + instrumental)(...).

    Without what else moves strain: coping, which advice builds, and conflict, which comfort prevents.
    """
    still = tables_of((("stressors.cope", 0.0), ("couples.conflict_rate", 0.0), ("seeking.rate", 0.0)))

    def strain(*mix):
        programmes = [{**EVERYONE, "mix": each} for each in mix]
        return means(scenario_of(PEOPLE, BURN_IN, programmes, **still), 70, 7)["load"]

    none, comfort, advice, hands = strain(), *(strain(only(kind)) for kind in TYPES)
    assert_moves(-1, none, advice)
    assert_moves(-1, advice, hands)
    assert np.array_equal(none, comfort)


@pytest.mark.parametrize(
    ("kind", "outcome", "direction"),
    [("emotional", "stress", -1), ("emotional", "optimism", +1), ("informational", "coping", +1),
     ("informational", "load", -1), ("instrumental", "load", -1)],
)  # fmt: skip
def test_each_type_does_its_part_between_friends(kind, outcome, direction):
    """Comfort: S and O; advice: K and load; hands: load; each against help of that type that does not come across."""
    in_vain = tuple(float(each != kind) for each in TYPES)
    assert_moves(direction, everyday(("matching.face_to_face", in_vain))[outcome], everyday()[outcome])


def test_who_wants_advice_rather_than_hands_learns_more():
    """Advice gives K + .014 q and E + .012 q, hands give neither."""
    hands, advice = (everyday(("matching.informational_share", share)) for share in (0.0, 1.0))
    for outcome in ("coping", "self_esteem"):
        assert_moves(+1, hands[outcome], advice[outcome])


# ---- frequency -----------------------------------------------------------------------------------------------------

HELPED = (("stress", -1), ("resilience", +1), ("loneliness", -1), ("perceived_support", +1))
"""What all programmes move, and where to."""


@pytest.mark.parametrize(("seldom", "often"), [(14, 7), (7, 3)])
def test_more_frequent_sessions_do_more(seldom, often):
    """Each session adds its gains."""
    for outcome, direction in HELPED:
        assert_moves(direction, *(with_programme(every=every)[outcome] for every in (seldom, often)))


def test_many_short_sessions_do_more_than_few_long_ones():
    """At equal hours: the dose grows with the square root of the minutes."""
    few, many = with_programme(every=14, minutes=180.0), with_programme(every=7, minutes=90.0)
    for outcome, direction in HELPED:
        assert_moves(direction, few[outcome], many[outcome])


@pytest.mark.parametrize(("seldom", "often"), [(1.0, 2.1), (2.1, 4.0)])
def test_friends_who_meet_more_often_are_closer_and_less_alone(seldom, often):
    """Contact adds w, and company, to which W, B and through them L and S follow."""
    less, more = (everyday(("contact.rate", rate)) for rate in (seldom, often))
    for outcome, direction in (
        ("closeness", +1), ("perceived_support", +1), ("belonging", +1), ("loneliness", -1), ("stress", -1),
    ):  # fmt: skip
        assert_moves(direction, less[outcome], more[outcome])


def test_who_asks_more_often_is_helped_more_and_tires_others_more():
    """Each exchange takes S and L off the seeker and adds U to the provider."""
    less, more = (everyday(("seeking.rate", rate)) for rate in (0.16, 0.5))
    for outcome, direction in (("support_events", +1), ("stress", -1), ("loneliness", -1), ("burden", +1)):
        assert_moves(direction, less[outcome], more[outcome])


# ---- duration ------------------------------------------------------------------------------------------------------


def effect(outcome, weeks, days_later):
    """What a support group of so many weeks has changed, so many days after its end, on the same days."""
    n_days = 7 * weeks + days_later
    with_it, without = (
        means(scenario_of(PEOPLE, BURN_IN, p), n_days, 7)[outcome] for p in ([{**EVERYONE, "weeks": weeks}], [])
    )
    return with_it - without


@pytest.mark.parametrize(("outcome", "direction"), HELPED)
@pytest.mark.parametrize("days_later", [0, 90])
def test_a_longer_programme_does_more_and_more_of_it_lasts(outcome, direction, days_later):
    """At its end, and 90 days later: gains add up faster than they fade."""
    short, long = (effect(outcome, weeks, days_later) for weeks in (4, 12))
    assert_moves(direction, short, long)


@pytest.mark.parametrize(("outcome", "direction"), HELPED)
def test_an_effect_fades_after_the_end_but_not_at_once(outcome, direction):
    """All states return to their set points: less is left after 30 days, less still after 90, but not nothing."""
    at_end, month, season = (effect(outcome, 10, days_later) for days_later in (0, 30, 90))
    assert_moves(-direction, at_end, month)
    assert_moves(-direction, month, season)
    assert_moves(direction, np.zeros(season.size), season)


# ---- intensity -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "less", "more"),
    [("minutes", 30.0, 120.0), ("facilitator", 0.6, 1.0), ("guidelines", 0.2, 1.0), ("attendance", 0.4, 0.9),
     ("effect", 0.5, 1.5)],
)  # fmt: skip
def test_a_more_intense_programme_does_more(name, less, more):
    """Minutes, a leader's skill and rules raise e; who comes more often has more of it."""
    for outcome, direction in HELPED:
        assert_moves(direction, *(with_programme(**{name: value})[outcome] for value in (less, more)))


def test_in_a_smaller_circle_everybody_gets_a_turn_but_makes_fewer_friends():
    """The dose has min(1, 8/m); every pair who attend may become tied."""
    large, small = (with_programme(size=size) for size in (30, 8))
    for outcome, direction in (("stress", -1), ("resilience", +1), ("degree", -1)):
        assert_moves(direction, large[outcome], small[outcome])


@pytest.mark.parametrize(("name", "less", "more"), [("minutes", 60.0, 120.0), ("facilitator", 0.4, 0.9)])
def test_more_intense_counselling_teaches_couples_more(name, less, more):
    """C and Q gain with the root of the minutes and with F; fewer conflicts follow, and less relational strain."""
    couples = {"kind": "couples_counselling", "weeks": 8}
    few, many = (with_programme(**couples, **{name: value}) for value in (less, more))
    for outcome, direction in (("communication", +1), ("satisfaction", +1), ("conflicts", -1)):
        assert_moves(direction, few[outcome], many[outcome])


def test_better_help_between_friends_does_more():
    """Quality is a multiple of skill, likeness and trust."""
    less, more = (everyday(("matching.scale", scale)) for scale in (1.0, 3.0))
    for outcome, direction in HELPED:
        assert_moves(direction, less[outcome], more[outcome])


# ---- channel -------------------------------------------------------------------------------------------------------


def all_ties_over(channel, **tables):
    """Everyday life among people who know each other over this channel only."""

    def connect(world):
        world.ties.channel[:] = CHANNELS.index(channel)

    return means(scenario_of(PEOPLE, BURN_IN, **tables), 120, 30, at_start=connect)


@pytest.mark.parametrize(("near", "far"), [CHANNELS[:2], CHANNELS[1:]])
def test_help_carries_less_far_from_face_to_face(near, far):
    """Channel factors 1/1/1, .8/1/.3 and .7/1/0; without the relief of being unknown."""
    held = {"seeking": {"anonymity_relief": 0.0}}
    here, there = all_ties_over(near, **held), all_ties_over(far, **held)
    for outcome, direction in (
        ("stress", +1), ("loneliness", +1), ("load", +1), ("perceived_support", -1), ("optimism", -1),
    ):  # fmt: skip
        assert_moves(direction, here[outcome], there[outcome])


def test_more_people_dare_ask_where_nobody_knows_them():
    """P is raised by .5 towards those whom one knows anonymously."""
    known, unknown = all_ties_over("social_media"), all_ties_over("anonymous_online")
    for outcome in ("requests", "support_events"):
        assert_moves(+1, known[outcome], unknown[outcome])


@pytest.mark.parametrize(("channel", "carries"), list(zip(CHANNELS, (True, True, False), strict=True)))
def test_practical_help_does_not_carry_to_strangers_online(channel, carries):
    """One day on which all want hands and get them: tonight's strain is as if nobody had asked, to the byte."""
    only_hands = {
        "stressors": {"controllability": (1.0,) * 5}, "matching": {"informational_share": 0.0, "base": 1.0},
    }  # fmt: skip

    def strain(rate):
        tables = {**only_hands, "seeking": {"rate": rate}}

        def connect(world):
            world.ties.channel[:] = CHANNELS.index(channel)
            world.people.load[:] = 0.3

        found = means(scenario_of(PEOPLE, 0, **tables), 1, 1, at_start=connect)
        return found["accepted"], found["load"]

    (none, unrelieved), (many, relieved) = strain(0.0), strain(1.0)
    assert (none == 0).all() and (many > 30).all()
    assert (relieved < unrelieved).all() if carries else np.array_equal(relieved, unrelieved)


def test_sessions_carry_as_far_as_their_channel():
    """e has the channel factor."""
    for outcome, direction in HELPED:
        assert_moves(direction, *(with_programme(channel_factor=factor)[outcome] for factor in (0.5, 1.0)))


def test_talking_does_more_than_posting():
    """Posts are worth what replies make of them, 1 - exp(-replies / 2), and some replies are hostile."""
    for outcome, direction in (*HELPED, ("safety", +1)):
        assert_moves(direction, *(with_programme(exchange=exchange)[outcome] for exchange in ("posts", "conversation")))


def test_who_is_unknown_opens_up():
    """Anonymity adds to the climate and to openness."""
    for outcome, direction in HELPED:
        assert_moves(direction, *(with_programme(anonymity=share)[outcome] for share in (0.0, 0.5)))


def test_friends_made_anonymously_are_asked_by_those_who_do_not_dare_otherwise():
    """Ties that sessions make are of the programme's channel."""
    known, unknown = (with_programme(channel=channel) for channel in ("face_to_face", "anonymous_online"))
    for outcome in ("requests", "support_events"):
        assert_moves(+1, known[outcome], unknown[outcome])


# ---- what hardly matters -------------------------------------------------------------------------------------------


def stress_with(**numbers):
    """Mean stress in the last week of a support group of these numbers, in five larger communities."""
    return means(scenario_of(1000, BURN_IN, [{**EVERYONE, **numbers}]), 70, 7, seeds=(1, 2, 3, 4, 5))["stress"]


def test_fixed_days_hardly_matter_and_composition_matters_a_little():
    """In shares of what the group does to stress: the schedule less than a tenth either way, two standard errors
    included; shared experience something, but less than a quarter; leader and rules together more than either.
    """
    whole = stress_with()
    effect = (stress_with(effect=0.0) - whole).mean()
    fixed_days = stress_with(schedule="spontaneous") - whole
    experience = stress_with(composition="random") - whole
    led = stress_with(facilitator=0.0, guidelines=0.0) - whole
    error = fixed_days.std(ddof=1) / fixed_days.size**0.5
    assert abs(fixed_days.mean()) + 2 * error < 0.1 * effect
    assert 0.0 < experience.mean() < 0.25 * effect
    assert led.mean() > experience.mean() + abs(fixed_days.mean())


# ---- from the command line -----------------------------------------------------------------------------------------

SMALL = ("population.people=150", "run.burn_in=10", "programmes.0.uptake=1.0", "programmes.0.weeks=4")
"""A small community, a short programme, and everyone under strain in it."""


def as_set(*settings):
    """The scenario of a support group with these settings, as the command line tells it."""
    options = [word for setting in (*SMALL, *settings) for word in ("-s", setting)]
    return tomllib.loads(peersim("check", "support_group", "--flat", *options).stdout)


@pytest.mark.parametrize(
    ("dial", "value"),
    [
        ("composition", "same_age"), ("composition", "same_culture"), ("composition", "shared_interests"),
        ("composition", "own_friends"), ("eligibility", "age < 0.5"), ("offered_share", 0.5), ("uptake", 0.6),
        ("capacity", 8), ("mix", [0.2, 0.2, 0.6]), ("every", 3), ("schedule", "spontaneous"), ("weeks", 20),
        ("rounds", 2), ("start", 30), ("minutes", 45.0), ("size", 12), ("facilitator", 0.3), ("guidelines", 0.1),
        ("attendance", 0.5), ("dropout", 0.1), ("tie", 0.5), ("effect", 0.5), ("channel", "social_media"),
        ("channel_factor", 0.7), ("exchange", "posts"), ("anonymity", 0.4),
    ],
)  # fmt: skip
def test_every_dial_of_a_programme_turns_on_the_command_line(dial, value):
    """-s programmes.0.DIAL=VALUE is in the scenario, where it moves nothing else; and lives take another way."""
    usual, turned = as_set(), as_set(f"programmes.0.{dial}={value}")
    lives = (means(load_scenario(document), 60, 60)["stress"] for document in (usual, turned))
    assert (np.subtract(*lives) != 0).all()
    assert turned["programmes"][0].pop(dial) == value != usual["programmes"][0].pop(dial)
    assert turned == usual
