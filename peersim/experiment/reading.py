"""From an experiment's file to the experiment, or to everything that is wrong with it, at once."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from peersim.bundled import bundled_experiments, bundled_names, experiments_folder
from peersim.checking import in_order
from peersim.experiment.arms import ArmValues, read_arms
from peersim.experiment.contrasts import all_pairs, check_populations, pair_of
from peersim.experiment.document import Document
from peersim.experiment.experiment import Experiment, checked_at, told_of_arms, told_of_window
from peersim.experiment.factors import Factor
from peersim.experiment.listed_points import open_points_file
from peersim.experiment.points import Points
from peersim.experiment.prepared import PreparedArm, made_ready, prepared
from peersim.experiment.settings import lay_settings, with_dotted_names
from peersim.experiment.sweep import read_sweep, varied_names
from peersim.experiment.table_reading import read_table
from peersim.experiment.table_rules import check_top, read_hypotheses, read_record, read_seeds
from peersim.experiment.tables import Limits, Record
from peersim.mistakes import Problem, ScenarioError, did_you_mean, nearest
from peersim.networks.errors import in_words
from peersim.scenario import Scenario
from peersim.toml_files import read_toml, shown_path


def is_experiment(values: Mapping[str, Any]) -> bool:
    """Whether a TOML document is an experiment rather than a scenario."""
    return any(name in values for name in ("arms", "sweep", "seeds", "hypotheses"))


def names_experiment(source: str | Path) -> bool:
    """Whether a file, or a bundled name that no scenario has, is an experiment.

    Raises ScenarioError if the file cannot be read.
    """
    if str(source) in bundled_names():
        return False
    if str(source) in bundled_experiments() or not _is_path(source):
        return str(source) in bundled_experiments()
    return is_experiment(read_toml(Path(source).expanduser())[0])


def read_experiment(source: str | Path, settings: Sequence[str] = ()) -> Experiment:
    """The experiment of a .toml file or of a bundled name.

    settings  `table.key=value`: of sweep, seeds, record, limits or the title in the experiment, else in every arm

    Raises ScenarioError with everything that is wrong.
    """
    path = _path_of(source)
    values, places = read_toml(path)
    if not is_experiment(values):
        said = "this has no arms, sweep, seeds or hypotheses, and is no experiment"
        hint = "a scenario is for `peersim run` and `peersim compare`; in an experiment write for instance [seeds]"
        raise ScenarioError([Problem("", said, hint, file=shown_path(path))])
    doc = Document(values, dict(places), path.parent)
    with_dotted_names(doc)
    for_arms = lay_settings(doc, settings)
    check_top(doc)
    table = open_points_file(doc)
    arms = read_arms(doc, varied_names(doc, table), for_arms)
    names = tuple(doc.table(("arms",))) or tuple(arm.name for arm in arms)
    seeds, record, limits = read_seeds(doc, names), read_record(doc), read_table(doc, ("limits",), Limits)
    hypotheses = read_hypotheses(doc, names)
    found = read_sweep(doc, table, [arm.n_programmes for arm in arms])
    ready, scenarios = _check_arms(doc, arms, found, record)
    has_programmes = {name: bool(one.programmes) for name, one in zip(names, scenarios, strict=False)}
    if seeds is not None and len(scenarios) == len(names):
        check_populations(doc, has_programmes, seeds.until, hypotheses)
    if doc.problems or found is None or seeds is None or record is None or limits is None:
        raise ScenarioError(in_order(doc.problems))
    named = [seeds.until.contrast] if seeds.until else []
    named += [hypothesis.contrast for hypothesis in hypotheses]
    return Experiment(
        name=path.stem,
        title=doc.at(("title",)) or "",
        text=path.read_text(encoding="utf-8-sig"),
        settings=tuple(settings),
        warnings=tuple(dict.fromkeys(doc.warnings)),
        arms=names,
        points=found[0],
        seeds=seeds,
        record=record,
        limits=limits,
        hypotheses=hypotheses,
        pairs=all_pairs(names, [pair_of(contrast, names) for contrast in named]),
        first_seed=scenarios[0].run.seed if seeds.first is None else seeds.first,
        prepared=ready,
        factors=found[1],
        places={key: place for key, place in doc.places.items() if key in (("arms",), ("record", "at"))},
    )


def _is_path(source: str | Path) -> bool:
    name = str(source)
    return name.endswith(".toml") or isinstance(source, Path) or os.sep in name or "/" in name or Path(name).is_file()


def _path_of(source: str | Path) -> Path:
    """The file that is meant: a path where it looks like one, else the bundled experiment of this name."""
    name = str(source)
    if name in bundled_experiments():
        return experiments_folder() / f"{name}.toml"
    if _is_path(source):
        return Path(source).expanduser()
    message = f"no experiment has the name '{name}'; there are {in_words(bundled_experiments(), 99)}"
    beside = f"{name}.toml"
    hint = did_you_mean([beside if Path(beside).is_file() else nearest(name, bundled_experiments())])
    raise ScenarioError([Problem("", message, hint or "a file's name ends in .toml")])


def _check_arms(
    doc: Document, arms: Sequence[ArmValues], found: tuple[Points, tuple[Factor, ...]] | None, record: Record | None
) -> tuple[tuple[PreparedArm, ...], list[Scenario]]:
    """The arms ready for all points, and their scenarios at the first; what is wrong there is noted."""
    values, factors = (found[0].values(0), found[1]) if found else ((), ())
    ready, scenarios = [], []
    for arm in arms:
        plain = prepared(arm, factors, doc.folder)
        try:
            scenario, warnings = checked_at(plain, 0, values, factors)
        except ScenarioError as error:
            doc.note_all(error)
            continue
        doc.warnings.extend(warnings)
        scenarios.append(scenario)
        ready.append(made_ready(plain, scenario))
    if scenarios:
        for problem in told_of_arms(scenarios, doc.places):
            doc.note(problem)
        for problem in told_of_window(scenarios[0], record, doc.places) if record else ():
            doc.note(problem)
    return tuple(ready), scenarios
