"""Where the numbers come from: how many are measured, calibrated, assumed, and what is said of single ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peersim.networks.generator_options import GENERATORS
from peersim.odd.markdown import table
from peersim.parameters import specs
from peersim.scenario import TABLES
from peersim.scenario_text import as_toml

_MEANT = {
    "empirical": "measured: read in the source that it names",
    "calibrated": "fitted, so that the community as a whole is like the ones known",
    "assumed": "our assumption",
    "unverified": "said to be measured, but nobody has opened the study",
    "the specification": "set by what the model is meant to be",
}
"""What the classes of sources mean."""


def counts() -> str:
    """Every class of sources, with how many numbers, and how many words and switches, come from it."""
    found: dict[str, list[int]] = {name: [0, 0] for name in _MEANT}
    for _, value, source in _all():
        found.setdefault(kind_of(source), [0, 0])[not _is_number(value)] += 1
    rows = [(name, _MEANT.get(name, ""), str(n), str(others)) for name, (n, others) in found.items() if n + others]
    of_numbers, of_others = (sum(column) for column in zip(*found.values(), strict=True))
    rows.append(("all", "", str(of_numbers), str(of_others)))
    return table(("source", "meaning", "numbers", "words and switches"), rows)


def told() -> str:
    """The parameters whose source says more than its class."""
    rows = ((f"`{name}`", as_toml(value), source) for name, value, source in _all() if _says_more(name, source))
    return table(("parameter", "default", "source"), rows)


def kind_of(source: str) -> str:
    """The class of a source: its first words, unless it is unverified."""
    return "unverified" if "unverified" in source else re.split(r"[:,;]", source)[0]


def _says_more(name: str, source: str) -> bool:
    return source != kind_of(source) and not name.startswith("switches.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | tuple) and not isinstance(value, bool)


def _all() -> Iterator[tuple[str, object, str]]:
    """Every parameter: name, default, source."""
    for name, kind in TABLES.items():
        yield from ((f"{name}.{spec.name}", spec.default, spec.source) for spec in specs(kind))
    for options in GENERATORS.values():
        yield from ((f"network.options.{name}", each.default, each.source) for name, each in options.items())
