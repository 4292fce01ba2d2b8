"""Points from a table: typed by the parameters that its columns name, and refused with row and column."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peersim.experiment.point_files import read_column
from peersim.mistakes import ScenarioError

TEXT = "base = 'support_group'\n[sweep]\ndesign = 'file'\nfile = '{}'\n"
NAMES = ("programmes.0.minutes", "programmes.0.every", "programmes.0.kind", "programmes.0.rolling", "programmes.0.mix")


def points_of(experiment):
    return [experiment.points.values(k) for k in range(len(experiment.points))]


@given(st.lists(st.floats(1, 1440), min_size=1))
def test_numbers_are_read_to_the_last_bit(numbers):
    values, wrong = read_column(("programmes", 0, "minutes"), [repr(number) for number in numbers])
    assert (list(values), wrong) == (numbers, [])


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_cells_have_the_types_of_their_parameters(read, tmp_path, mark):
    """Whole numbers, texts, lists, yes and no, as spreadsheets write them; empty lines are no points."""
    one = ("30", "7.0", "friend_circle", "TRUE", '"[0.5, 0.3, 0.2]"')
    other = ("45.5", "4", "support_group", "false", '"[1, 0, 0]"')
    text = "\r\n".join(mark.join(row) for row in (NAMES, one, (), other))
    (tmp_path / "p.csv").write_text("\ufeff" + text, encoding="utf-8")
    experiment = read(TEXT.format("p.csv"))
    assert experiment.points.names == NAMES
    assert points_of(experiment) == [
        (30, 7, "friend_circle", True, (0.5, 0.3, 0.2)), (45.5, 4, "support_group", False, (1, 0, 0)),
    ]  # fmt: skip
    assert experiment.scenarios(0)[0].programmes[0].mix == (0.5, 0.3, 0.2)


def test_a_parquet_table_is_the_same_as_text(read, tmp_path):
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"programmes.0.minutes": [30.0, 60.0], "programmes.0.every": [4, 8]})
    frame.to_parquet(tmp_path / "p.parquet")
    frame.to_csv(tmp_path / "p.csv", index=False)
    of_parquet, of_text = (read(TEXT.format(name)) for name in ("p.parquet", "p.csv"))
    assert points_of(of_parquet) == points_of(of_text) == [(30.0, 4), (60.0, 8)]
    assert [of_parquet.scenarios(k) for k in range(2)] == [of_text.scenarios(k) for k in range(2)]


def test_rows_can_be_left_out_and_repeated_ones_are_warned_of(read, tmp_path):
    (tmp_path / "p.csv").write_text("run.days\n90\n80\n80\n")
    experiment = read(TEXT.format("p.csv") + "where = ['run.days < 90']\n")
    assert points_of(experiment) == [(80,), (80,)]
    assert experiment.warnings[0].startswith("some points are the same")


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("", "x.toml:4:1: sweep.file = \"p.csv\": p.csv: has no rows"),
        ("run.days\n", "p.csv: has no rows, and each row is a point"),
        ("run.days,stressors.event_rat\n30,1\n", "p.csv:1: stressors.event_rat: unknown parameter; did you mean"),
        ("run.days,programmes.1.every\n30,1\n", "p.csv:1: programmes.1.every: no arm has a programme 1"),
        ("run.days\n30\nlong\n", 'p.csv:3: run.days = "long": row 2: must be a whole number'),
        ("run.days\n30\n0\n", 'p.csv:3: run.days = "0": row 2: must be between 1 and 36,500 days'),
        ("run.days\n30.5\n", 'p.csv:2: run.days = "30.5": row 1: must be a whole number'),
        ("run.days,run.burn_in\n30,1\n,2\n", "p.csv:3: run.days: row 2: an empty cell; write its value"),
        ("run.days,run.burn_in\n30,1,2\n", "p.csv:2: must have 2 cells, as many as the first line, not 3"),
        ("run.days,run.days\n30,1\n", "p.csv:1: every column needs a name of its own in the first line"),
        ("Dear reader,\nthis is a letter.\n", "p.csv:2: must have 2 cells, as many as the first line, not 1"),
        ('run.days\n"30\n', "p.csv:2: cannot be read as a table"),
    ],
)
def test_a_table_of_no_use_is_told_of(read, tmp_path, table, sentence):
    (tmp_path / "p.csv").write_text(table)
    with pytest.raises(ScenarioError) as refused:
        read(TEXT.format("p.csv"))
    assert sentence in str(refused.value)


@pytest.mark.parametrize("name", ["p.csv", "p.parquet", "p.xlsx", "gone.csv", "folder.csv", ""])
def test_a_file_that_is_no_table_is_told_of(read, tmp_path, name):
    """Bytes, other formats, nothing at all."""
    (tmp_path / "folder.csv").mkdir()
    for file in ("p.csv", "p.parquet", "p.xlsx"):
        (tmp_path / file).write_bytes(b"\xff\xfe\x00PAR1")
    with pytest.raises(ScenarioError) as refused:
        read(TEXT.format(name))
    (problem,) = refused.value.problems
    assert (problem.path, problem.file) == ("sweep.file", "x.toml")


def test_of_very_many_wrong_cells_the_first_are_told(read, tmp_path):
    (tmp_path / "p.csv").write_text("run.days\n" + "0\n" * 5000)
    with pytest.raises(ScenarioError) as refused:
        read(TEXT.format("p.csv"))
    assert len(refused.value.problems) == 11
    assert "4,990 more cells cannot be read" in str(refused.value)
