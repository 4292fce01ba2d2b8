"""The document: the template with every piece that is read from the code in its place."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from peersim.analysis.arms import WINDOW_DAYS
from peersim.analysis.comparison import BUILT_IN
from peersim.domains import DOMAINS
from peersim.odd.chance import decisions, draws
from peersim.odd.entities import entity
from peersim.odd.lists import outcomes, presets, switches
from peersim.odd.markdown import link
from peersim.odd.parameter_tables import fixed_numbers, start_tables
from peersim.odd.scheduling import flow, principles, the_day
from peersim.odd.source import read
from peersim.odd.sources import counts, told
from peersim.odd.submodels import described_files, start, submodels
from peersim.outcomes import OUTCOMES
from peersim.parameters import specs
from peersim.scenario import TABLES
from peersim.scenario_text import as_toml
from peersim.trace import TALLIES

_TEMPLATE = Path(__file__).with_name("template.md")
_HEADING = re.compile(r"^## (.+)$", flags=re.MULTILINE)


class _Text(Template):
    """`${run.days}` is the default of a parameter, `$people` a piece."""

    braceidpattern = r"[a-z_]+(?:\.[a-z_]+)?"


def description() -> str:
    """The whole description, as it stands in docs/ODD.md."""
    template = _TEMPLATE.read_text(encoding="utf-8")
    contents = "\n".join(f"- {link(heading)}" for heading in _HEADING.findall(template))
    return _Text(template).substitute(_defaults() | _pieces() | {"contents": contents})


def sections(text: str) -> list[dict[str, str]]:
    """The description by its sections; the first, without a heading, is what stands before them."""
    before, *parts = _HEADING.split(text)
    return [
        {"section": heading, "text": part.strip("\n")}
        for heading, part in zip(["", *parts[::2]], [before, *parts[1::2]], strict=True)
    ]


def _defaults() -> dict[str, str]:
    return {f"{name}.{spec.name}": as_toml(spec.default) for name, kind in TABLES.items() for spec in specs(kind)}


def _pieces() -> dict[str, str]:
    return {
        "built_in": BUILT_IN,
        "domains": ", ".join(DOMAINS),
        "people": entity("people.py"),
        "ties": entity("ties.py", "Ties"),
        "circles": entity("programmes/circles.py"),
        "update": read("day.py").more.split("\n\n")[0],
        "day": the_day(),
        "flow": flow(),
        "principles": principles(),
        "draws": draws(),
        "decisions": decisions(),
        "outcome_count": str(len(OUTCOMES)),
        "observers": read("trace.py").more or read("trace.py").claim,
        "tallies": ", ".join(TALLIES).replace("_", " "),
        "window_days": str(WINDOW_DAYS),
        "start": start(),
        "submodels": submodels(),
        "start_tables": start_tables(described_files()),
        "constants": fixed_numbers(),
        "presets": presets(),
        "outcomes": outcomes(),
        "switches": switches(),
        "sources": counts(),
        "told": told(),
    }
