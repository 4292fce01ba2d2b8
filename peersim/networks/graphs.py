"""Networks in GraphML, GEXF and GML, read by networkx and guarded against what it does without a word."""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from dataclasses import replace
from typing import Any

from peersim.networks.errors import NetworkError
from peersim.networks.found import Found, People
from peersim.networks.json_graphs import columns_of

_FORMATS = {".graphml": "GraphML", ".gexf": "GEXF", ".gml": "GML"}


def read_graph(name: str, ending: str, data: bytes, text: str) -> Found:
    """The ties, people and their attributes of a graph file; `ending` is .graphml, .gexf or .gml.

    Raises NetworkError for a file that is malformed, declares entities, or of which ties went unread.
    """
    n_edges = 0 if ending == ".gml" else _check_xml(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            graph = _read(ending, data, text)
    except Exception as error:  # the readers raise whatever their parsing ran into
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise NetworkError(f"{name}: this is no {_FORMATS[ending]} that can be read ({said})") from error
    if graph.number_of_edges() < n_edges:
        raise NetworkError(
            f"{name}: {n_edges:,} ties are written but only {graph.number_of_edges():,} could be read; "
            "keep one graph a file and give every tie its own id"
        )
    found = found_in(name, graph)
    if ending == ".gexf" and "weight" in found.columns:  # GEXF leaves out a weight of one
        weights = [1.0 if weight is None else weight for weight in found.columns["weight"]]
        return replace(found, columns={**found.columns, "weight": weights})
    return found


def found_in(name: str, graph: Any) -> Found:
    """The same from a networkx graph of any kind."""
    people = list(graph.nodes)
    edges = list(graph.edges(data=True))
    return Found(
        name,
        [edge[0] for edge in edges],
        [edge[1] for edge in edges],
        lambda k: f"{name}: tie {edges[k][0]} - {edges[k][1]}",
        columns_of([edge[2] for edge in edges]),
        People(
            name,
            people,
            columns_of([graph.nodes[person] for person in people]),
            lambda k: f"{name}: person {people[k]}",
        ),
        bool(graph.is_directed()),
    )


def _read(ending: str, data: bytes, text: str) -> Any:
    import networkx as nx

    if ending == ".graphml":
        return nx.read_graphml(io.BytesIO(data))
    if ending == ".gexf":
        return nx.read_gexf(io.BytesIO(data))
    if not re.search(r"\bmultigraph\s", text):  # otherwise one tie written twice is refused
        text = re.sub(r"\bgraph\s*\[", "graph [ multigraph 1 ", text, count=1)
    try:
        return nx.parse_gml(text.splitlines())
    except nx.NetworkXError as error:
        if "label" not in str(error):
            raise
        return nx.parse_gml(text.splitlines(), label="id")


def _check_xml(name: str, data: bytes) -> int:
    """Refuse entities and half-written ties before networkx reads; return how many ties are written."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    n_edges: Counter[str] = Counter()
    try:
        for _, element in iterparse(io.BytesIO(data), forbid_dtd=True):
            tag = str(element.tag).rpartition("}")[2]
            n_edges[tag] += 1
            if tag == "edge" and not (element.get("source") and element.get("target")):
                raise NetworkError(f"{name}: tie number {n_edges[tag]} lacks a source or a target")
            element.clear()
    except DefusedXmlException as error:
        raise NetworkError(
            f"{name}: declares a document type or entities, which can be traps; remove its <!DOCTYPE>"
        ) from error
    except (ParseError, ValueError) as error:
        if isinstance(error, NetworkError):
            raise
        raise NetworkError(f"{name}: this is no well-formed XML ({error}); write the file again") from error
    return n_edges["edge"]
