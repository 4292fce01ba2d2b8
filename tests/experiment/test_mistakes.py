"""Mistakes in an experiment's file: each with its line, what is allowed, and what may have been meant."""

import pytest

from peersim.mistakes import ScenarioError

GROUP = 'base = "support_group"\n'
ARMS = GROUP + '[arms.often]\nset = { "programmes.0.every" = 4 }\n[arms.long]\n'
VARY = "[sweep]\nvary."
HYPOTHESIS = (
    '[[hypotheses]]\nid = "H1"\nclaim = "c"\ncontrast = "often - long"\noutcome = "stress"\ntest = "paired_t"\n'
    "smallest_effect_of_interest = 0.2\n"
)

WRONG = [
    ("bas = 'baseline'\n[seeds]", "x.toml:1:1: bas: unknown name; did you mean 'base'?"),
    ("[run]\ndays = 3\n[seeds]", 'run: unknown name: this is a table of a scenario; write it in set = { "run.days"'),
    ("schema = 2\n[seeds]", "x.toml:1:1: schema = 2: must be 1"),
    ("seeds = 3", "x.toml:1:1: seeds = 3: must be a table; write [seeds]"),
    ("base = 'suport_group'\n[seeds]", "x.toml:1:1: base: no scenario has the name 'suport_group'"),
    ("[arms.a]\nbase = 'no.toml'", "x.toml:2:1: arms.a.base: no.toml: there is no such file"),
    ("[arms.a]\nbas = 'x'", "x.toml:2:1: arms.a.bas: unknown name; did you mean 'base'?"),
    ("set = { 'stressors.event_rat' = 3 }\n[seeds]", "x.toml:1:9: stressors.event_rat: unknown parameter; did you"),
    ("[arms.a.set.stressors]\nevent_rate = -3", "x.toml:2:1: stressors.event_rate = -3: must be between 0 and 100"),
    ("[arms.a]\nset = { 'programmes.0.every' = 4 }", "x.toml:2:9: programmes.0.every: the arm 'a' has no programmes"),
    (
        "[arms.a]\n[arms.b]\nset = { 'run.days' = 30, 'population.people' = 50 }",
        "x.toml:1:2: arms: the arms differ in population.people, run.days; they are the same people",
    ),
    ("[sweep]\ndesign = 'gird'", "x.toml:2:1: sweep.design = \"gird\": must be one of grid, zip, lhs, sobol, file"),
    ("[sweep]\ndesign = 'zip'", "x.toml:1:2: sweep: nothing is varied; write vary"),
    (VARY + "'stressors.event_rat' = [1]", "x.toml:2:6: stressors.event_rat: unknown parameter; did you mean"),
    (VARY + "'stresors.event_rate' = [1]", "x.toml:2:6: stresors.event_rate: unknown table; did you mean 'stressors'?"),
    (VARY + "event_rate = [1]", "x.toml:2:6: event_rate: unknown parameter; did you mean 'stressors.event_rate'?"),
    (VARY + "stressors = [1]", "x.toml:2:6: stressors: is no parameter; name one as in stressors.event_rate"),
    (VARY + "'programmes.0.every' = [1]", "x.toml:2:6: programmes.0.every: no arm has a programme 0; take a base"),
    (VARY + "'run.seed' = [1]", "x.toml:2:6: run.seed: seeds are not varied"),
    (VARY + "'run.days' = []", "x.toml:2:6: run.days = []: an empty list leaves no point"),
    (VARY + "'run.days' = 30", "x.toml:2:6: run.days = 30: must be a list of values, or { low = .."),
    (VARY + "'run.days' = [30, 'x']", "x.toml:2:24: run.days = \"x\": must be a whole number between 1 and"),
    (VARY + "'run.days' = { low = 3, count = 3 }", "x.toml:2:6: run.days: high is missing"),
    (VARY + "'run.days' = { low = 3, high = 9 }", "x.toml:2:6: run.days: count must be a whole number"),
    (VARY + "'run.days' = { low = 9, high = 3, count = 3 }", "x.toml:2:21: run.days = 9: low must be less than high"),
    (VARY + "'run.days' = { low = 3, hihg = 9, count = 2 }", "x.toml:2:30: sweep.vary.run.days.hihg: unknown name"),
    (
        VARY + "'stressors.event_rate' = { low = 0, high = 1, count = 3, log = true }",
        "x.toml:2:33: stressors.event_rate = 0: low must be above 0 where log = true",
    ),
    (VARY + "'network.kind' = { low = 1, high = 2, count = 2 }", "network.kind: a range is for numbers; list"),
    (VARY + "'run.days' = [3]\npoints = 8\n", "x.toml:3:1: sweep.points = 8: is for the designs lhs and sobol"),
    (VARY + "'run.days' = [3]\ndesign = 'sobol'\n", "x.toml:1:2: sweep.points: points is missing"),
    (
        VARY + "'run.days' = [3]\nvary.'run.burn_in' = [1, 2]\ndesign = 'zip'\n",
        "x.toml:2:1: sweep.vary: zip takes the lists side by side, and run.days has 1, run.burn_in has 2",
    ),
    (
        VARY + "'stressors.event_rate' = { low = 1, high = 2, count = 10000 }\n"
        "vary.'stressors.hardship_slope' = { low = 0.1, high = 0.2, count = 10000 }",
        "x.toml:2:1: sweep.vary: 10000 x 10000 values make 100,000,000 points; at most 10,000,000",
    ),
    (VARY + "'run.days' = [3]\nwhere = ['run.days > 3']", "x.toml:3:1: sweep.where = [\"run.days > 3\"]: leaves"),
    (VARY + "'run.days' = [3]\nwhere = ['run.dys > 3']", "x.toml:3:10: sweep.where.0 = \"run.dys > 3\": run.dys: is"),
    (VARY + "'run.days' = [3]\nwhere = 'run.days > 3'", "x.toml:3:1: sweep.where = \"run.days > 3\": must be a list"),
    (
        "set = { 'run.days' = 30 }\n" + VARY + "'run.days' = [3]",
        "x.toml:1:9: run.days: the sweep varies it, so it cannot be set as well; leave out one of the two",
    ),
    (
        "[arms.a]\nset = { 'run.days' = 30 }\n" + VARY + "'run.days' = [3]",
        "x.toml:2:9: run.days: the sweep varies it",
    ),
    ("[seeds]\nmin = 0", "x.toml:2:1: seeds.min = 0: must be between 1 and 1,000,000 seeds"),
    (
        "[arms.a]\n[arms.b]\n[seeds]\nuntil = { contrast = 'b - a', outcome = 'stress', half_width = 1 }",
        "seeds.until.population: nobody is offered anything in either arm of 'b - a'; set population = \"everyone\"",
    ),
    ("[seeds]\nmax = 30", "x.toml:2:1: seeds.max = 30: is only read with until"),
    (
        ARMS + "[seeds]\nmin = 500\nuntil = { contrast = 'often - long', outcome = 'stress', half_width = 1 }",
        "x.toml:5:2: seeds.max: at most 400 seeds are fewer than the least, 500",
    ),
    (
        ARMS + "[seeds]\nuntil = { contrast = 'often - lng', outcome = 'stres', half_width = 0.1 }",
        "x.toml:6:11: seeds.until.contrast = \"often - lng\": no arm has the name 'lng'; did you mean 'long'?",
    ),
    (
        ARMS + "[seeds]\nuntil = { contrast = 'often - long', outcome = 'stres', half_width = 0.1 }",
        "must be one of stress, resilience",
    ),
    (
        ARMS + "[seeds]\nuntil = { contrast = 'often - often', outcome = 'stress', half_width = 0 }",
        "x.toml:6:59: seeds.until.half_width = 0: must be above 0",
    ),
    ("[seeds]\n[record]\nat = 365", "x.toml:3:1: record.at = 365: a run of 365 days ends with day 364"),
    ("[seeds]\n[record]\npeople = ['stres']", "x.toml:3:11: record.people.0 = \"stres\": is no outcome"),
    ("[seeds]\n[limits]\nmegabyte = 3", "x.toml:3:1: limits.megabyte: unknown name; did you mean 'megabytes'?"),
    (ARMS + HYPOTHESIS * 2, "x.toml:13:1: hypotheses.1.id = \"H1\": another hypothesis has this id; give each its own"),
    (ARMS + HYPOTHESIS.replace("paired_t", "t"), "x.toml:10:1: hypotheses.0.test = \"t\": must be one of paired_t"),
    (ARMS + HYPOTHESIS.replace("0.2", "0"), "smallest_effect_of_interest = 0: must be above 0"),
    (ARMS + HYPOTHESIS.replace("outcome", "#"), "x.toml:5:3: hypotheses.0: outcome is missing (what differs)"),
    (ARMS + HYPOTHESIS.replace("- long", "+ long"), "must be two arms as in 'often - long'; the arms are often, long"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_every_mistake_has_its_place_and_its_sentence(read, text, sentence):
    with pytest.raises(ScenarioError) as refused:
        read(text)
    assert sentence in str(refused.value)


def test_all_mistakes_are_told_at_once_and_once(read):
    """Of all tables, in the order of the lines; what two arms share is told once."""
    text = (
        "base = 'support_group'\nset = { 'run.dys' = 3 }\n[arms.a]\n[arms.b]\n[sweep]\nvary.'run.days' = [0]\n"
        "where = ['3']\n[seeds]\nmin = 'x'\n[record]\nat = -1\n[[hypotheses]]\nid = 3\n"
    )
    with pytest.raises(ScenarioError) as refused:
        read(text, "limits.seconds=x", "stressors.event_rate=x")
    problems = refused.value.problems
    assert [problem.line for problem in problems] == [2, 6, 9, 11, 12, 12, 12, 12, 12, 13, 0, 0]
    assert len(set(problems)) == len(problems)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("seeds.min=x", "-s seeds.min=x: must be a whole number between 1 and 1,000,000 seeds"),
        ("sweep.nope=1", "-s sweep.nope=1: unknown name; [sweep] has design"),
        ("run.days=30", "-s run.days=30: the sweep varies it"),
        ("programmes=[{ kind = 'friend_circle', minutes = 3 }]", "the sweep varies it"),
        ("run={ days = 30 }", "the sweep varies it"),
        ("arms.a.base=baseline", "-s arms.a.base=baseline: arms stands in the experiment's file only"),
        ("base=baseline", "-s base=baseline: base stands in the experiment's file only"),
        ("stressors.event_rat=3", "-s stressors.event_rat=3: unknown parameter; did you mean 'event_rate'?"),
        ("programmes.1.every=3", "-s programmes.1.every=3: programmes has no '1'; it has 1, counted from 0"),
        ("sweep.vary.run.burn_in=x", "-s sweep.vary.run.burn_in=x: must be a list of values"),
        ("run.days", "-s run.days: must be table.key=value"),
        ("record.at=1000", "-s record.at=1000: a run of 30 days ends with day 29"),
    ],
)
def test_a_mistake_in_a_command_is_told_with_the_option(read, setting, sentence):
    text = GROUP + VARY + "'run.days' = [30]\nvary.'programmes.0.minutes' = [45]"
    with pytest.raises(ScenarioError) as refused:
        read(text, setting)
    assert sentence in str(refused.value)


SOUND = {
    ("", "base"): "'support_group'", ("", "title"): "'t'", ("", "schema"): "1", ("", "set"): "{ 'run.days' = 90 }",
    ("arms.a", "base"): "'support_group'", ("arms.a", "set"): "{ 'programmes.0.every' = 4 }",
    ("arms.b", "base"): "'baseline'",
    ("sweep", "design"): "'grid'", ("sweep", "vary"): "{ 'programmes.0.minutes' = [30, 60], 'run.burn_in' = [1] }",
    ("sweep", "where"): "['run.burn_in > 0']", ("seeds", "min"): "3", ("seeds", "max"): "90", ("seeds", "first"): "3",
    ("seeds", "until"): "{ contrast = 'a - b', outcome = 'stress', half_width = 1 }", ("record", "at"): "60",
    ("record", "timeline"): "true", ("record", "people"): "['stress']", ("limits", "seconds"): "9",
    ("limits", "megabytes"): "900.5",
}  # fmt: skip
ODD = ("3", "-1", "1e300", "nan", "true", "'x'", "''", "[]", "{}", "[[1]]", "[{ a = 1 }]", "{ a = [1] }", "1979-05-27")


def written(values):
    """The tables as TOML."""
    tables = {}
    for (table, name), value in values.items():
        tables.setdefault(table, []).append(f"{name} = {value}")
    return "\n".join(line for table, lines in tables.items() for line in ([f"[{table}]"] if table else []) + lines)


def test_the_sound_experiment_is_sound(read):
    assert len(read(written(SOUND)).points) == 2


@pytest.mark.parametrize("key", SOUND, ids=".".join)
@pytest.mark.parametrize("odd", ODD)
def test_no_value_anywhere_is_a_crash(read, key, odd):
    """Whatever stands in place of one value, the experiment is read, or its mistakes are told."""
    try:
        experiment = read(written({**SOUND, key: odd}))
    except ScenarioError as error:
        assert error.problems
        assert all(problem.message and problem.file for problem in error.problems)
    else:
        assert experiment.scenarios(0)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["run.days", "programmes.0.kind", "programmes.0.eligibility", "stressors.share", "x"])
def test_no_level_anywhere_is_a_crash(read, name, odd):
    """As the only level, as an end of a range, and in place of both."""
    ranges = (f"{{ low = {odd}, high = 3, count = 2 }}", f"{{ low = 1, high = {odd}, count = {odd} }}")
    for level in (f"[{odd}]", *ranges, odd):
        try:
            read(f"{GROUP}{VARY}'{name}' = {level}").scenarios(0)
        except ScenarioError as error:
            assert all(problem.message and problem.file for problem in error.problems)
