"""Pajek networks: numbered vertices, then arcs, edges, lists of either or a matrix.

networkx reads an unknown line as a tie (a comment, a relation's heading, a list of neighbours) and merges
people of one label, so this format is read here.
"""

from __future__ import annotations

import re
import shlex
from typing import Any

from peersim.networks.errors import NetworkError
from peersim.networks.found import Found, People
from peersim.networks.json_graphs import columns_of

_NUMBER = re.compile("[1-9][0-9]{0,6}")
_TIES = {"*arcs", "*edges", "*arcslist", "*edgeslist", "*matrix"}
_PASSED_OVER = {"*partition", "*vector", "*permutation", "*cluster", "*hierarchy", "*events"}


def read_pajek(name: str, text: str) -> Found:
    """The ties of the file's one network; a person goes by the vertex's label, or number if labels repeat.

    Numbers behind a tie are its weight. Arcs and edges together count as arcs.

    Raises NetworkError naming the line that cannot be read.
    """
    labels: dict[str, str] = {}
    facts: dict[str, dict[str, Any]] = {}
    ties: list[tuple[str, str, dict[str, Any], int]] = []
    seen: set[str] = set()
    section, n_people, n_rows = "", 0, 0
    for number, line in enumerate(text.splitlines(), 1):
        place, words = f"{name}:{number}", _words(name, number, line)
        if not words:
            continue
        if words[0].startswith("*"):
            section, n_rows = words[0].casefold(), 0
            if section == "*vertices":
                n_people = _vertices(place, words, n_people)
            elif section not in _TIES | _PASSED_OVER | {"*network"}:
                raise NetworkError(f"{place}: unknown section '{words[0]}'; known are *Vertices, *Arcs, *Edges")
            elif section in _TIES:
                seen.add(section)
        elif section == "*vertices":
            _check(place, words[:1], n_people)
            labels[words[0]] = words[1] if len(words) > 1 else words[0]
            facts[words[0]] = dict(zip(words[5::2], words[6::2], strict=False))
        elif section in ("*arcs", "*edges"):
            _check(place, words[:2], n_people)
            if len(words) < 2:
                raise NetworkError(f"{place}: one person only; a tie needs two, as in `1 2`")
            fact = {"weight": words[2]} if len(words) > 2 else {}
            ties.append((words[0], words[1], fact | dict(zip(words[3::2], words[4::2], strict=False)), number))
        elif section in ("*arcslist", "*edgeslist"):
            _check(place, words, n_people)
            ties.extend((words[0], other, {}, number) for other in words[1:])
        elif section == "*matrix":
            n_rows += 1
            if len(words) != n_people or n_rows > n_people:
                raise NetworkError(f"{place}: {len(words)} numbers; a matrix of {n_people} needs as many a row")
            ties.extend((str(n_rows), str(k), {"weight": w}, number) for k, w in enumerate(words, 1) if w != "0")
        elif section not in _PASSED_OVER:
            raise NetworkError(f"{place}: a Pajek file starts with `*Vertices` and their number, not '{line[:40]}'")
    return _found(name, n_people, labels, facts, ties, bool(seen - {"*edges", "*edgeslist"}))


def _found(
    name: str,
    n_people: int,
    labels: dict[str, str],
    facts: dict[str, dict[str, Any]],
    ties: list[tuple[str, str, dict[str, Any], int]],
    directed: bool,
) -> Found:
    numbers = [str(k + 1) for k in range(n_people)]
    ids = [labels.get(k, k) for k in numbers]
    if len(set(ids)) < n_people:
        ids = numbers
    person = dict(zip(numbers, ids, strict=True))
    people = People(name, ids, columns_of([facts.get(k, {}) for k in numbers]), lambda k: f"{name}: person {ids[k]}")
    columns = columns_of([tie[2] for tie in ties])
    if "weight" in columns:  # a tie without a number behind it has Pajek's weight, one
        columns["weight"] = ["1" if weight is None else weight for weight in columns["weight"]]
    return Found(
        name,
        [person[tie[0]] for tie in ties],
        [person[tie[1]] for tie in ties],
        lambda k: f"{name}:{ties[k][3]}",
        columns,
        people,
        directed,
    )


def _words(name: str, number: int, line: str) -> list[str]:
    if line.lstrip().startswith("%"):
        return []
    if '"' not in line:
        return line.split()
    reader = shlex.shlex(line, posix=True, punctuation_chars=False)
    reader.whitespace_split, reader.commenters, reader.quotes, reader.escape = True, "", '"', ""
    try:
        return list(reader)
    except ValueError as error:
        raise NetworkError(f"{name}:{number}: a quotation mark is not closed") from error


def _vertices(place: str, words: list[str], before: int) -> int:
    if before:
        raise NetworkError(f"{place}: a second network in the file; keep one network a file")
    if len(words) != 2 or not _NUMBER.fullmatch(words[1]):
        raise NetworkError(
            f"{place}: write `*Vertices` and how many there are (below ten million, of one kind), "
            f"not '{' '.join(words)}'"
        )
    return int(words[1])


def _check(place: str, words: list[str], n_people: int) -> None:
    for word in words:
        if not _NUMBER.fullmatch(word) or int(word) > n_people:
            raise NetworkError(f"{place}: '{word}' is no vertex; the file has the vertices 1 to {n_people}")
