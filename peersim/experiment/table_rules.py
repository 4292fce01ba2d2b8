"""What goes with what in the tables of an experiment: rules that no single declaration can hold."""

from __future__ import annotations

from collections.abc import Sequence

from peersim.analysis.precision import LEAST_SEEDS, LOOK_AHEAD
from peersim.experiment.contrasts import check_contrast
from peersim.experiment.document import Document
from peersim.experiment.table_reading import read_table
from peersim.experiment.tables import Hypothesis, Record, Seeds, Until
from peersim.mistakes import did_you_mean, nearest
from peersim.networks.errors import in_words
from peersim.outcomes import NAMES
from peersim.scenario import TABLES

TOP = ("schema", "title", "base", "set", "arms", "sweep", "seeds", "record", "limits", "hypotheses")
"""What stands in an experiment's file."""


def check_top(doc: Document) -> None:
    """Note what has no business above all tables, and what is wrong of what has."""
    for name, table in doc.values.items():
        if name in TABLES:
            example = ".".join((name, *list(table)[:1])) if isinstance(table, dict) else name
            hint = f'write it in set = {{ "{example}" = ... }}, or in the base'
            doc.refuse((name,), "unknown name: this is a table of a scenario", hint)
        elif name not in TOP:
            near = did_you_mean([nearest(name, TOP)])
            doc.refuse((name,), "unknown name", near or f"there are {in_words(TOP, 99)}")
    schema, title = doc.values.get("schema", 1), doc.values.get("title", "")
    if type(schema) is not int or schema != 1:
        doc.refuse(("schema",), "must be 1, the version of this format", "a newer peersim may read it")
    if not isinstance(title, str):
        doc.refuse(("title",), "must be a text", "put it in quotation marks")


def read_seeds(doc: Document, arms: Sequence[str]) -> Seeds | None:
    """How many seeds there are; without `until` as many at most as at least. None, and noted, if something is wrong."""
    until = None
    if doc.has(("seeds", "until")):
        key = ("seeds", "until")
        until = read_table(doc, key, Until)
        check_contrast(doc, (*key, "contrast"), arms)
        if until is not None and until.half_width == 0.0:
            doc.refuse((*key, "half_width"), "must be above 0", "no number of seeds makes an interval a point")
    seeds = read_table(doc, ("seeds",), Seeds, until=until)
    if seeds is None:
        return None
    if not doc.has(("seeds", "until")):
        if doc.has(("seeds", "max")):
            hint = "min says how many seeds there are; or say until = { contrast = .., outcome = .., half_width = .. }"
            doc.refuse(("seeds", "max"), "is only read with until", hint)
        return seeds.model_copy(update={"max": seeds.min})
    if seeds.max < seeds.min:
        said = f"at most {seeds.max} seeds are fewer than the least, {seeds.min}"
        doc.refuse(("seeds", "max"), said, "max must be at least min")
    elif seeds.max < LEAST_SEEDS + LOOK_AHEAD:
        said = f"at most {seeds.max} seeds are too few to know a spread by"
        doc.refuse(("seeds", "max"), said, f"with until, max must be at least {LEAST_SEEDS + LOOK_AHEAD}")
    return seeds


def read_record(doc: Document) -> Record | None:
    """What is kept; `people` is a list of words, which no declaration checks."""
    people = doc.at(("record", "people"))
    before = len(doc.problems)
    if people is not None and not isinstance(people, list):
        doc.refuse(("record", "people"), "must be a list of outcomes", 'write people = ["stress"]')
    for k, name in enumerate(people if isinstance(people, list) else []):
        if name not in NAMES:
            near = did_you_mean([nearest(name, NAMES)]) if isinstance(name, str) else ""
            doc.refuse(("record", "people", k), "is no outcome of a person", near or f"there are {in_words(NAMES, 99)}")
    sound = people if isinstance(people, list) and len(doc.problems) == before else []
    return read_table(doc, ("record",), Record, people=list(dict.fromkeys(sound)))


def read_hypotheses(doc: Document, arms: Sequence[str]) -> tuple[Hypothesis, ...]:
    """Those that are sound by themselves; what is wrong is noted."""
    listed = doc.at(("hypotheses",))
    if listed is not None and not isinstance(listed, list):
        doc.refuse(("hypotheses",), "must be a list of tables", "write [[hypotheses]], in two brackets")
        return ()
    found: list[Hypothesis] = []
    for k in range(len(listed or [])):
        key = ("hypotheses", k)
        hypothesis = read_table(doc, key, Hypothesis)
        check_contrast(doc, (*key, "contrast"), arms)
        if hypothesis is None:
            continue
        for name in ("id", "claim"):
            if not getattr(hypothesis, name).strip():
                doc.refuse((*key, name), "must not be empty")
        if hypothesis.smallest_effect_of_interest == 0.0:
            doc.refuse((*key, "smallest_effect_of_interest"), "must be above 0", "an effect of 0 interests nobody")
        if hypothesis.id in [other.id for other in found]:
            doc.refuse((*key, "id"), "another hypothesis has this id", "give each its own")
        found.append(hypothesis)
    return tuple(found)
