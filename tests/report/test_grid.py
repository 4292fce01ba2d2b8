"""Tables of text are never wider than a terminal, and lose no cell."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.report.grid import grid
from peersim.report.words import WIDTH

names = st.text("abcdefgh_ ", min_size=1, max_size=120).map(lambda name: "x" + name.strip())
cells = st.text("0123456789[],", min_size=1, max_size=34)


@st.composite
def tables(draw):
    heads = draw(st.lists(names, min_size=1, max_size=12))
    filled = st.lists(cells, min_size=len(heads), max_size=len(heads))
    rows = draw(st.lists(st.tuples(names, filled), min_size=1, max_size=6))
    return draw(names), heads, rows


@settings(deadline=None, max_examples=200)
@given(table=tables())
def test_no_line_is_wider_than_a_terminal_and_no_cell_is_lost(table):
    """However many columns there are, and however long the names: every cell stands once, whole."""
    corner, heads, rows = table
    lines = list(grid(corner, heads, rows))
    assert max(map(len, lines)) <= WIDTH
    shown = [word for line in lines for word in line.split()]
    for cell in {cell for _, filled in rows for cell in filled}:
        assert shown.count(cell) == sum(filled.count(cell) for _, filled in rows)


def test_few_columns_are_one_plain_table():
    """Titles on the left, cells on the right, a heading with no cells, and no spaces at the ends of lines."""
    rows = [("stress", ["", ""]), ("  offered", ["−1", "−12.5"]), ("  attended", ["−1.5", "–"])]
    assert list(grid("difference", ["circle", "group"], rows)) == [
        "difference  circle  group",
        "─────────────────────────",
        "stress",
        "  offered       −1  −12.5",
        "  attended    −1.5      –",
    ]


def test_columns_that_do_not_fit_stand_below_in_even_blocks():
    """Five columns of 30 are 2, 2 and 1; each block has the titles and a rule of its own."""
    heads = [f"arm {k}" for k in range(5)]
    lines = list(grid("corner", heads, [("stress", ["·" * 30] * 5)]))
    assert [line.split()[1::2] for line in lines if line.startswith("corner")] == [["arm"] * n for n in (2, 2, 1)]
    assert sum(line.startswith("stress") for line in lines) == 3
    assert lines.count("") == 2


def test_heads_of_several_lines_end_on_the_line_above_the_rule():
    """The shorter ones stand below; the last line of a long title bears its cells."""
    lines = list(grid("corner", ["degree\nbuilt", "day 0"], [("a title " * 3, ["1", "2"])], title_width=10))
    assert lines == [
        "           degree",
        "corner      built  day 0",
        "────────────────────────",
        "a title a",
        "    title",
        "    a",
        "    title       1      2",
    ]
