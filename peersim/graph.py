"""A world as a networkx graph: people as nodes, ties as edges, each with everything that is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from peersim.domains import DOMAINS
from peersim.ties import CHANNELS, KINDS, owners
from peersim.world import World


def to_networkx(world: World, more: Mapping[str, NDArray[Any]] | None = None) -> nx.Graph[int]:
    """A snapshot; later days do not change it, and changing it changes nobody.

    A node is a person's fixed number, with every state and trait, load, lived and chronic strain by domain
    (`load_health`), `received`, `partner` (a number, -1 for singles) and, where there is a network file, `name`.
    An edge has closeness, similarity, kind, channel, `trust_of_lower` and `trust_of_higher`: how far the person with
    the lower number trusts the other, and the other way round. Everything is a number, a word or a yes/no, so that
    networkx can write it in any of its formats.

    more  further attributes of people, each (n_people,) by row
    """
    number = world.people.number
    known = node_columns(world) | dict(more or {})
    graph: nx.Graph[int] = nx.Graph()
    order = world.people.row_of
    rows = zip(*(values[order].tolist() for values in known.values()), strict=True)
    graph.add_nodes_from(
        (who, dict(zip(known, values, strict=True))) for who, values in zip(number[order].tolist(), rows, strict=True)
    )
    if world.ids is not None:
        nx.set_node_attributes(graph, dict(enumerate(world.ids)), "name")
    ties, here = world.ties, owners(world.ties)
    mine, theirs = number[here], number[ties.other]
    low = np.flatnonzero(mine < theirs)
    back = np.lexsort((mine, theirs))  # arcs sorted by their far end: the arcs back, once both are in one order
    forth = np.lexsort((theirs, mine))
    trust_back = np.empty_like(ties.trust)
    trust_back[forth] = ties.trust[back]
    about = zip(
        mine[low].tolist(), theirs[low].tolist(), ties.closeness[low].tolist(), ties.similarity[low].tolist(),
        ties.trust[low].tolist(), trust_back[low].tolist(), ties.kind[low].tolist(), ties.channel[low].tolist(),
        strict=True,
    )  # fmt: skip
    graph.add_edges_from(
        (i, j, {
            "closeness": closeness, "similarity": similarity, "trust_of_lower": lower, "trust_of_higher": higher,
            "kind": KINDS[kind], "channel": CHANNELS[channel],
        })
        for i, j, closeness, similarity, lower, higher, kind, channel in about
    )  # fmt: skip
    return graph


def node_columns(world: World) -> dict[str, NDArray[Any]]:
    """Every attribute of people, each (n_people,) by row."""
    people, traits = world.people, world.people.traits
    flat = {name: values for name, values in traits._asdict().items() if values.ndim == 1}
    flat["partner"] = np.where(traits.partner < 0, -1, people.number[traits.partner].astype(np.int64))
    by_domain = {"load": people.load, "chronic": traits.chronic, "lived": people.lived}
    return (
        people.now._asdict()
        | flat
        | {f"{kind}_{domain}": values[k] for kind, values in by_domain.items() for k, domain in enumerate(DOMAINS)}
        | {f"interest_{k}": values for k, values in enumerate(traits.interests)}
        | {"received": people.received}
    )
