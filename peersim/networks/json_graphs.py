"""Networks in JSON: node-link and adjacency data as networkx writes them, or each one's friends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from peersim.networks.errors import NetworkError, in_words
from peersim.networks.found import Found, People

_SHAPES = (
    'use {"anna": ["ben", "carl"]}, or {"nodes": [{"id": "anna"}, ...], "links": [{"source": "anna", '
    '"target": "ben"}, ...]}'
)


def read_json(name: str, text: str) -> Found:
    """The ties of a JSON file; `links` or `edges` in node-link data, and arcs in a plain mapping.

    Raises NetworkError for malformed JSON, for a key written twice and for any other shape.
    """
    try:
        data = json.loads(text, object_pairs_hook=lambda pairs: _object(name, pairs))
    except json.JSONDecodeError as error:
        raise NetworkError(f"{name}:{error.lineno}: this is no JSON ({error.msg}); write the file again") from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, NetworkError):
            raise
        raise NetworkError(f"{name}: this JSON cannot be read ({error}); {_SHAPES}") from error
    if not isinstance(data, dict):
        raise NetworkError(f"{name}: JSON holds a {type(data).__name__} where an object is needed; {_SHAPES}")
    nodes, directed = data.get("nodes"), data.get("directed")
    if isinstance(nodes, list) and isinstance(data.get("adjacency"), list):
        people = _people(name, nodes)
        return _found(name, people, _adjacency(name, people.ids, data["adjacency"], directed is False), directed)
    for key in ("links", "edges"):
        if isinstance(data.get(key), list) and (isinstance(nodes, list) or _are_links(data[key])):
            people = _people(name, nodes if isinstance(nodes, list) else [])
            return _found(name, people, _links(name, people.ids, nodes, data[key]), directed)
    return _found(name, People(name, list(data)), _mapping(name, data), None)


def _object(name: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise NetworkError(f"{name}: '{twice}' is written twice in one JSON object; join the two")
    return found


def _found(name: str, people: People, ties: Iterable[tuple[Any, Any, dict[str, Any]]], directed: Any) -> Found:
    rows = list(ties)
    source, target = [row[0] for row in rows], [row[1] for row in rows]
    for person in (*people.ids, *source, *target):
        if not isinstance(person, str | int | float) or person == "":
            raise NetworkError(f"{name}: {person!r} cannot be a person's id; use a text or a number")
    columns = columns_of([row[2] for row in rows])
    return Found(
        name,
        source,
        target,
        lambda k: f"{name}: tie {source[k]} - {target[k]}",
        columns,
        people,
        directed if isinstance(directed, bool) else None,
    )


def columns_of(facts: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """One column for every name that occurs, None where an entry lacks it; lists and objects become text."""
    names = dict.fromkeys(key for entry in facts for key in entry)
    return {str(name): [_scalar(entry.get(name)) for entry in facts] for name in names}


def _scalar(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _people(name: str, nodes: list[Any]) -> People:
    facts = [node if isinstance(node, dict) else {"id": node} for node in nodes]
    key = next((key for key in ("id", "name", "label") if facts and all(key in node for node in facts)), "")
    ids = [node[key] for node in facts] if key else list(range(len(facts)))
    rest = [{k: v for k, v in node.items() if k != key} for node in facts]
    return People(name, ids, columns_of(rest), lambda k: f"{name}: person {ids[k]}")


def _are_links(ties: list[Any]) -> bool:
    return bool(ties) and all(isinstance(tie, dict) and {"source", "target"} <= tie.keys() for tie in ties)


def _links(name: str, ids: Sequence[Any], nodes: Any, links: list[Any]) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    for k, link in enumerate(links):
        if not _are_links([link]):
            raise NetworkError(f"{name}: link {k + 1} lacks a source or a target: {in_words([repr(link)])[:80]}")
    ends = [end for link in links for end in (link["source"], link["target"])]
    whole = all(type(end) is int and 0 <= end < len(ids) for end in ends)
    # Older writers number the nodes from 0 and let links name the number.
    numbered = whole and bool(nodes) and not {repr(end) for end in ends} <= {repr(person) for person in ids}
    for link in links:
        one, other = link["source"], link["target"]
        rest = {key: value for key, value in link.items() if key not in ("source", "target")}
        yield (ids[one], ids[other], rest) if numbered else (one, other, rest)


def _adjacency(
    name: str, ids: Sequence[Any], adjacency: list[Any], both_ways: bool
) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    if len(adjacency) != len(ids):
        raise NetworkError(f"{name}: {len(ids)} nodes but {len(adjacency)} lists of neighbours; each needs one")
    position = {person: k for k, person in enumerate(ids)}
    for k, friends in enumerate(adjacency):
        for friend in friends if isinstance(friends, list) else [friends]:
            if not isinstance(friend, dict) or "id" not in friend:
                raise NetworkError(f"{name}: a neighbour of {ids[k]} has no id; {_SHAPES}")
            if not both_ways or position.get(friend["id"], k) >= k:  # undirected ties stand at both people
                yield ids[k], friend["id"], {key: value for key, value in friend.items() if key != "id"}


def _mapping(name: str, data: dict[str, Any]) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    for person, friends in data.items():
        if isinstance(friends, list):
            yield from ((person, friend, {}) for friend in friends)
        elif isinstance(friends, dict):
            for friend, fact in friends.items():
                yield person, friend, fact if isinstance(fact, dict) else {"weight": fact}
        else:
            raise NetworkError(f"{name}: '{person}' holds {friends!r}, not a list of friends; {_SHAPES}")
