"""Submodels: a section for each file, with what it claims, its rules and its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter

from peersim.odd.declared import tables
from peersim.odd.entities import entity
from peersim.odd.markdown import as_text, blocks
from peersim.odd.parameter_tables import numbers_of
from peersim.odd.rules import as_computed, in_words, reached, told
from peersim.odd.scheduling import title
from peersim.odd.source import PACKAGE, read
from peersim.odd.the_day import calls_in_order

_SHARED = ("similarity.py", "domains.py", "smooth.py")
"""Rules that several processes follow."""
_START = ("world.py", "population.py", "networks/foci.py", "starting_ties.py")
"""Where the first morning is made."""


def described_files() -> list[str]:
    """Every file of the day in its order, with the programmes that it calls; then the others, and what is shared."""
    of_the_day = []
    for call in calls_in_order():
        of_the_day += [call.file, *(file for file, _ in call.touched.functions if file.startswith("programmes/"))]
    return list(dict.fromkeys([*of_the_day, *_programmes(), *_SHARED]))


def submodels() -> str:
    """A section for each of them."""
    functions = reached("programmes/offer.py", "start_round")
    for call in calls_in_order():
        functions |= call.touched.functions
    return blocks(*(_submodel(file, told(file, functions)) for file in described_files()))


def start() -> str:
    """What the first morning is made by: each file, and its functions in the order in which they are called."""
    functions = reached("world.py", "build_world")
    parts = []
    for file in _START:
        names = told(file, functions)
        parts += [f"`{file}`: {as_text(read(file).claim)}", in_words(file, names), as_computed(file, names)]
    return blocks(*parts)


def _programmes() -> list[str]:
    """The files of the programmes, who uses others before them."""
    files = [f"programmes/{path.name}" for path in sorted((PACKAGE / "programmes").glob("[!_]*.py"))]
    uses = {file: {other for other, _ in read(file).imported.values() if other in files} for file in files}
    return list(TopologicalSorter(uses).static_order())[::-1]


def _submodel(file: str, names: Sequence[str]) -> str:
    calls = [call for call in calls_in_order() if call.file == file]
    steps = ", ".join(dict.fromkeys(call.step for call in calls))
    source = read(file)
    return blocks(
        f"### {title(file)}",
        f"`{file}`" + (f", in the day at {steps}" if steps else ""),
        f"**{as_text(source.claim)}**",
        as_text(source.more),
        in_words(file, names, calls),
        entity(file) if calls and tables(source) else "",
        as_computed(file, names, calls),
        numbers_of(file),
    )
