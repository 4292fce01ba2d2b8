"""However many arms there are, their table fits a terminal and tells everything once."""

from __future__ import annotations

import itertools

import pytest

from peersim.analysis.comparison import compare
from peersim.programmes.programme import PRESETS
from peersim.report.comparison_figure import draw_comparison
from peersim.report.comparison_table import comparison_table
from peersim.report.words import MAIN_OUTCOMES
from tests.communities import scenario_of

RUN = {"days": 150, "burn_in": 20}
LONG = "a_circle_of_friends_with_a_name_that_is_longer_than_any_column_and_any_line_of_a_terminal_can_be_for_it_goes_on"


def compared(**arms):
    """Each arm has the programmes named."""
    named = {name: scenario_of(300, run=RUN, programmes=programmes) for name, programmes in arms.items()}
    return compare(named, seeds=2, jobs=2)


@pytest.fixture(scope="module")
def many():
    return compared(nothing=[], **{kind: [kind] for kind in PRESETS})


@pytest.fixture(scope="module")
def few():
    return compared(nothing=[], friend_circle=["friend_circle"], support_group=["support_group"])


def lines_of(result):
    return comparison_table(result).splitlines()


def test_no_line_is_wider_than_a_terminal(many, few):
    """Six arms, three, and two of which one has an endless name."""
    for result in (many, few, compared(nothing=[], **{LONG: ["friend_circle"]})):
        assert max(map(len, lines_of(result))) <= 100


def test_the_days_of_each_arm_are_told_above_its_effects(many):
    """Once an arm, where programmes end at different times; not in the line that tells of the run."""
    lines = lines_of(many)
    assert lines[1].endswith("effects are means of the days named with each arm")
    heads = [k for k, line in enumerate(lines) if line.startswith("difference from nothing")]
    arms = [name for k in heads for name in lines[k - 1].split()]
    days = [part for k in heads for part in lines[k].split("days ")[1:]]
    assert arms == list(PRESETS)
    assert [part.strip() for part in days] == [
        f"{first} to {end - 1}" for first, end in (many.windows[arm, "nothing"] for arm in arms)
    ]


def test_days_that_all_arms_share_are_told_once(few):
    """In the line that tells of the run, and nowhere else."""
    lines = lines_of(few)
    assert lines[1].endswith("effects are means of days 63 to 69")
    assert not [line for line in lines[2:] if "days 63" in line]


def test_every_pair_of_arms_has_a_row_under_every_outcome(many):
    """In the order of the arms, with its days; of three arms the one pair is a column."""
    rows = [line.strip() for line in lines_of(many) if " − " in line]
    pairs = [f"{later} − {earlier} " for earlier, later in itertools.combinations(PRESETS, 2)]
    shown = len(MAIN_OUTCOMES) + 2  # and satisfaction and communication, since there are couples
    assert len(rows) == len(pairs) * shown
    assert all(row.startswith(pair) and "days" in row for row, pair in zip(rows, pairs * shown, strict=True))


def test_the_one_pair_of_three_arms_is_a_column(few):
    [head] = [line for line in lines_of(few) if " − " in line]
    assert head.startswith("between arms") and head.endswith("  support_group − friend_circle")


def test_every_arm_has_its_doses_and_its_network(many):
    """People offered, one number an arm; and a row of what became of the ties."""
    lines = lines_of(many)
    [first, *_] = [k for k, line in enumerate(lines) if line.startswith("dose")]
    offered = [int(n) for line in lines[first:] if line.startswith("people offered") for n in line.split()[2:]]
    assert offered == [round(arm.dose["offered"]) for arm in many.arms[1:]]
    shown = {line.split()[0]: line.split()[3] for line in lines[3:12] if line.endswith("%")}
    assert shown == {arm.name: f"{arm.structure.degree[2]:.2f}" for arm in many.arms}


def test_an_arm_without_programmes_beside_others_is_told_over_everyone():
    """It has no effects on people offered anything, because it offers nothing; nor does a pair with it mean both."""
    arms = compared(nothing=[], group=["support_group"], nothing_either=[])
    lines = lines_of(arms)
    everyone = [line for line in lines if line.startswith("  everyone")]
    assert len(everyone) == len(MAIN_OUTCOMES) + 1
    assert all("–" not in line for line in everyone)
    assert any(line.startswith("between arms, people offered  ") for line in lines)


@pytest.mark.parametrize("which", ["many", "few"])
def test_the_legend_of_the_figure_lies_inside_it(which, request, tmp_path):
    """And so do all its texts, whatever the number of arms: nothing is cut off at the edges."""
    from matplotlib.figure import Figure

    edges = []
    save = Figure.savefig

    def look(figure, *given, **options):
        save(figure, *given, **options)
        boxes = [artist.get_window_extent() for artist in (*figure.legends, *(a.title for a in figure.axes))]
        edges.extend((box.x0, figure.bbox.x1 - box.x1, box.y0, figure.bbox.y1 - box.y1) for box in boxes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", look)
        draw_comparison(request.getfixturevalue(which), tmp_path)
    assert len(edges) > 0
    assert min(map(min, edges)) >= 0
