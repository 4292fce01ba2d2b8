"""Classic random graphs by name, each with the number of people and a few numbers of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.networks.cleaning import merge
from peersim.networks.errors import NetworkError
from peersim.networks.generator_checks import checked_options
from peersim.networks.graph_makers import make_pairs, part
from peersim.networks.network import Network


def generate(kind: str, n_people: int, options: Mapping[str, float], seed_number: int) -> Network:
    """The network of this kind; the same arguments always give the same one.

    options      by the names in `GENERATORS`; what is left out has its default
    seed_number  any whole number, the only source of chance

    The groups of a stochastic_block are the attribute "group".

    Raises NetworkError with everything that is wrong with the kind, the number of people and the options.
    """
    numbers = checked_options(kind, n_people, options)
    pairs = make_pairs(kind, n_people, numbers, seed_number)
    ties = merge(pairs[:, 0], pairs[:, 1], n_people, directed=False)
    if not len(ties.first):
        raise NetworkError(f"network.kind = '{kind}': chance made no tie among {n_people:,} people; raise the degree")
    isolates = n_people - len(set(ties.first.tolist()) | set(ties.second.tolist()))
    attributes: dict[str, NDArray[Any]] = {}
    if kind == "stochastic_block":
        sizes = part(n_people, numbers["blocks"])
        attributes["group"] = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    said = ", ".join(f"{name} {value:g}" for name, value in numbers.items())
    return Network(
        ids=tuple(map(str, range(n_people))),
        first=ties.first.astype(np.int32),
        second=ties.second.astype(np.int32),
        attributes=attributes,
        summary=f"{kind}{said and f' ({said})'}: {n_people:,} people, {len(ties.first):,} ties "
        f"({isolates:,} isolates kept; {'group' if attributes else 'no attributes'})",
        counts={"people": n_people, "ties": len(ties.first), "isolates": isolates},
    )
