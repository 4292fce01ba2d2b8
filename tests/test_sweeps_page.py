"""docs/sweeps.md is true: its lists are written from the code, its commands, experiment and job script work.

`python -m tests.test_sweeps_page` writes the lists anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from peersim.cli import main
from peersim.compiled import cache_home
from peersim.experiment import tables
from peersim.experiment.reading import read_experiment
from peersim.outcomes import NAMES
from peersim.parameters import range_in_words, specs
from peersim.scenario_text import as_toml
from peersim.sweeps import columns
from tests.cli.sweeps import swept, written
from tests.cli.sweeps import tables as bytes_of_tables

CALL = "from peersim.cli import main; main()"
PAGE = Path(__file__).parents[1] / "docs" / "sweeps.md"
HOME_TABLES = {
    "sweep": tables.Sweep, "seeds": tables.Seeds, "seeds.until": tables.Until, "record": tables.Record,
    "limits": tables.Limits, "hypotheses": tables.Hypothesis,
}  # fmt: skip


def keys():
    """Every key of an experiment's own tables, as a table in Markdown."""
    yield from ("| key | default | allowed | meaning |", "|---|---|---|---|")
    for table, kind in HOME_TABLES.items():
        declared = {spec.name: spec for spec in specs(kind)}
        for name, field in kind.model_fields.items():
            spec = declared.get(name)
            if spec is None:
                yield f"| `{table}.{name}` | | | {field.description} |"
                continue
            allowed = ", ".join(spec.choices) if spec.choices else range_in_words(spec.within) if spec.within else ""
            allowed = "an outcome" if name == "outcome" else allowed
            is_needed = repr(spec.default) == "PydanticUndefined"
            default = "" if is_needed else spec.source if spec.default is None else as_toml(spec.default)
            yield f"| `{table}.{name}` | {default} | {' '.join((allowed, spec.unit)).strip()} | {spec.doc} |"


def told_columns():
    """Every column of the four tables; standard deviations, which each outcome has, in one line."""
    varied = [columns.Column("stressors.event_rate", "number", "", "for example: each varied parameter has a column")]
    found = {
        "runs": columns.run_columns(varied),
        "timeline": columns.timeline_columns(varied),
        "contrasts": columns.contrast_columns(varied),
        "people": columns.people_columns(varied, ["stress"]),
    }
    for name, ones in found.items():
        [what] = re.findall(r"^A row .*?[.:]", getattr(columns, _MAKERS[name]).__doc__)
        yield from (f"**{name}**: {what[0].lower()}{what[1:-1]}.", "", "| column | unit | meaning |", "|---|---|---|")
        for one in ones:
            if one.name.removesuffix("_sd") in NAMES and one.name.endswith("_sd"):
                continue
            yield f"| `{one.name}` | {one.unit} | {one.meaning} |"
            if name == "runs" and one.name == NAMES[-1]:
                yield "| ..., each with `_sd` | the outcome's | standard deviation over the same people |"
        yield ""


_MAKERS = {
    "runs": "run_columns", "timeline": "timeline_columns", "contrasts": "contrast_columns", "people": "people_columns",
}  # fmt: skip
LISTS = {"keys": keys, "columns": told_columns}


def listed(text, name):
    """The page with one list written anew."""
    lines = "\n".join(LISTS[name]()).rstrip()
    head = f"<!-- {name}: written by python -m tests.test_sweeps_page -->\n"
    before, _, rest = text.partition(head)
    return f"{before}{head}{lines}\n<!-- end -->{rest.partition('<!-- end -->')[2]}"


def blocks(language):
    """What stands in the blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", LISTS)
def test_its_lists_are_those_of_the_code(name):
    text = PAGE.read_text(encoding="utf-8")
    assert listed(text, name) == text


def test_its_experiment_is_valid(tmp_path):
    """And has three arms and the points that it says."""
    [text] = blocks("toml")
    experiment = read_experiment(written(tmp_path, text))
    assert experiment.arms == ("long", "often", "nothing")
    assert (len(experiment.points), experiment.points.left_out) == (8, 1)
    assert experiment.warnings == ()


def test_its_commands_are_commands():
    """Every `peersim ...` that it shows has a name and options that there are."""
    text = PAGE.read_text(encoding="utf-8")
    shown = [line for block in blocks("") for line in block.splitlines()] + re.findall(r"`(peersim .*?)`", text)
    for line in (line for line in shown if line.startswith("peersim ")):
        words, command = line.split("   ")[0].split()[1:], main
        with click.Context(main) as ctx:
            while isinstance(command, click.Group) and words:
                command = command.get_command(ctx, words.pop(0))
                assert command is not None, line
        known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        assert {word for word in words if word.startswith("-")} <= known, line


@pytest.mark.slow
def test_its_script_works(tmp_path):
    """As a file, whose workers read it too."""
    [script] = blocks("python")
    written(tmp_path, name="my_question")
    (tmp_path / "script.py").write_text(script)
    environment = {**os.environ, "PYTHONPATH": str(PAGE.parents[1])}
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def executable(file, text):
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="bash")
def test_its_job_script_ends_with_the_tables_of_the_whole(tmp_path):
    """Run as an array of two jobs with stand-ins for what SLURM brings; a job that is told to stop is queued again."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    executable(bin_folder / "peersim", f'#!/bin/bash\nexec {sys.executable} -c "{CALL}" "$@"\n')
    executable(bin_folder / "srun", '#!/bin/bash\n[ -e stop ] && rm stop && exit 4\nexec "$@"\n')
    executable(bin_folder / "scontrol", '#!/bin/bash\necho "$@" >> requeued\n')
    [script] = blocks("bash")
    experiment = written(tmp_path, name="my_question")
    (tmp_path / "stop").touch()
    slurm = {"SLURM_ARRAY_TASK_COUNT": "2", "SLURM_CPUS_PER_TASK": "1", "SLURM_ARRAY_JOB_ID": "77"}
    environment = {**os.environ, **slurm, "PEERSIM_CACHE": str(cache_home()), "PYTHONPATH": str(PAGE.parents[1])}
    environment["PATH"] = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    for task, code in (("1", 4), ("1", 0), ("2", 0)):
        job = {**environment, "SLURM_ARRAY_TASK_ID": task}
        done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=job, capture_output=True, text=True)
        assert done.returncode == code, done.stderr
    assert (tmp_path / "requeued").read_text() == "requeue 77_1\n"
    swept(experiment, tmp_path / "whole")
    assert bytes_of_tables(tmp_path / "results" / "my_question") == bytes_of_tables(tmp_path / "whole")


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    for each in LISTS:
        page = listed(page, each)
    PAGE.write_text(page, encoding="utf-8")
