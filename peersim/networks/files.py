"""A network from any file that users have: read, cleaned, and told in one line."""

from __future__ import annotations

from pathlib import Path

from peersim.networks.attributes import read_people
from peersim.networks.edges import read_edges
from peersim.networks.errors import NetworkError
from peersim.networks.found import Found
from peersim.networks.graphs import read_graph
from peersim.networks.json_graphs import read_json
from peersim.networks.making import network_of
from peersim.networks.network import Network
from peersim.networks.opening import as_text, read_bytes
from peersim.networks.pajek import read_pajek
from peersim.networks.settings import NetworkSettings


def read_network(settings: NetworkSettings, folder: Path) -> Network:
    """The people and ties of `settings.file`, with what `settings.nodes` tells of people.

    A path that is not absolute starts at `folder`. The format goes by the file's ending: .graphml, .gexf,
    .gml, .net or .paj, .json; everything else is an edge list; .gz of each.

    Raises NetworkError, one sentence, for whatever cannot be read or leaves no ties.
    """
    if not settings.file:
        raise NetworkError("network.file is empty: name the file with the ties, as in network.file = 'ties.csv'")
    found = read_ties(folder / settings.file, settings)
    if not settings.nodes:
        return network_of(found, settings)
    path = folder / settings.nodes
    return network_of(found, settings, read_people(path.name, as_text(path.name, read_bytes(path))))


def read_ties(path: Path, settings: NetworkSettings) -> Found:
    """The ties of one file as they are written, in the format of its ending."""
    data = read_bytes(path)
    endings = [ending.casefold() for ending in path.suffixes if ending.casefold() != ".gz"]
    ending, name = endings[-1] if endings else "", path.name
    if ending in (".graphml", ".gexf"):
        return read_graph(name, ending, data, "")
    text = as_text(name, data)
    if text.lstrip()[:5].casefold() in ("<?xml", "<grap", "<gexf"):
        raise NetworkError(f"{name}: this is XML; call the file .graphml or .gexf, whichever it is")
    if ending == ".gml":
        return read_graph(name, ending, data, text)
    if ending in (".net", ".paj"):
        return read_pajek(name, text)
    if ending == ".json":
        return read_json(name, text)
    return read_edges(name, text, settings)
