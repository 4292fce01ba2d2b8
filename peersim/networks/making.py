"""From what a file says to a network: choose rows, number people, merge ties, find attributes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from peersim.networks.attributes import attributes_of
from peersim.networks.choosing import Chosen, choose
from peersim.networks.cleaning import Ties, mean_rank, merge, number_people
from peersim.networks.errors import NetworkError
from peersim.networks.found import Found, People, plain
from peersim.networks.network import Network
from peersim.networks.settings import NetworkSettings
from peersim.networks.telling import summary


def network_of(found: Found, settings: NetworkSettings, table: People | None = None) -> Network:
    """The network of these rows; a table of people adds isolates and has the last word on attributes.

    People without a tie are those of the table, of a graph file's nodes, of other waves, and of rows that are loops
    or weigh 0.

    Raises NetworkError for a row with a blank name, a table of other people, no ties, and a person in two
    couples.
    """
    chosen = choose(found, settings)
    sources = [found.people] if table is None else [table, found.people]
    ids, codes = number_people(found.source, found.target, *(people.ids for people in sources))
    one, other = codes[0][chosen.rows], codes[1][chosen.rows]
    _refuse_nameless(found, ids, chosen.rows, one, other)
    if table is not None:
        _refuse_strangers(found, table, codes[2], (one, other, codes[-1]))
    ties = _merge_chosen(chosen, one, other, len(ids))
    _refuse_no_ties(found, chosen, ties)
    if chosen.is_couple is not None:
        _refuse_two_couples(found, ties, ids)

    has_tie, is_there = _is_in(len(ids), ties.first, ties.second), _is_in(len(ids), *codes)
    stays = has_tie if settings.isolates == "drop" else is_there
    ids = [ids[k] for k in np.flatnonzero(stays)]
    number = (np.cumsum(stays) - 1).astype(np.int32)
    attributes, known = attributes_of(ids, sources)
    ranks = chosen.weight is not None and bool(ties.weight.min() < ties.weight.max())
    listed = set() if table is None else set(map(plain, table.ids))
    counts = {
        "people": len(ids),
        "ties": len(ties.first),
        **ties.counts,
        "no_tie": int((~chosen.is_tie).sum()),
        "isolates": int((is_there & ~has_tie).sum()),
        "unlisted": 0 if table is None else sum(person not in listed for person in ids),
    }
    return Network(
        ids=tuple(ids),
        first=number[ties.first],
        second=number[ties.second],
        strength=mean_rank(ties.weight) if ranks else None,
        is_partner=None if chosen.is_couple is None else ties.is_partner,
        attributes=attributes,
        summary=summary(found, chosen, settings, counts, known, ranks),
        counts=counts,
    )


def _merge_chosen(chosen: Chosen, one: NDArray[np.int64], other: NDArray[np.int64], n_people: int) -> Ties:
    is_tie = chosen.is_tie
    weight = None if chosen.weight is None else chosen.weight[is_tie]
    is_couple = None if chosen.is_couple is None else chosen.is_couple[is_tie]
    return merge(one[is_tie], other[is_tie], n_people, weight, is_couple, chosen.directed)


def _is_in(n_people: int, *lists: NDArray[np.int64]) -> NDArray[np.bool_]:
    is_in = np.zeros(n_people, dtype=np.bool_)
    for people in lists:
        is_in[people] = True
    return is_in


def _refuse_nameless(
    found: Found,
    ids: Sequence[str],
    rows: NDArray[np.int64],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
) -> None:
    for k, name in enumerate(ids):
        if name and "\n" not in name:
            continue
        at = np.flatnonzero((one == k) | (other == k))
        place = found.place(int(rows[at[0]])) if len(at) else found.name
        if name:
            raise NetworkError(f"{place}: a name runs over several lines; a quotation mark is not closed")
        raise NetworkError(f"{place}: one person only; a tie needs two, as in `anna,ben`")


def _refuse_strangers(
    found: Found, table: People, listed: NDArray[np.int64], others: Sequence[NDArray[np.int64]]
) -> None:
    n_people = 1 + max(int(people.max(initial=-1)) for people in (listed, *others))
    if not (_is_in(n_people, listed) & _is_in(n_people, *others)).any():
        raise NetworkError(
            f"{table.name}: none of its {len(listed):,} people, such as '{plain(table.ids[0])}', is in "
            f"{found.name}, which has '{plain([*found.source[:1], *found.people.ids, ''][0])}'; "
            "use the same ids in both"
        )


def _refuse_no_ties(found: Found, chosen: Chosen, ties: Ties) -> None:
    if len(ties.first):
        return
    why = [f"{ties.counts['loops']:,} name one person twice"] if ties.counts["loops"] else []
    if not chosen.is_tie.all():
        why.append(f"{(~chosen.is_tie).sum():,} have the {chosen.weighed_by} 0 or none")
    because = f", of which {' and '.join(why)}" if why else ""
    raise NetworkError(
        f"{found.name}: no ties are found ({len(chosen.rows):,} rows{because}); a network needs at least one tie"
    )


def _refuse_two_couples(found: Found, ties: Ties, ids: Sequence[str]) -> None:
    one, other = ties.first[ties.is_partner], ties.second[ties.is_partner]
    n_couples = np.bincount(np.concatenate([one, other]), minlength=len(ids))
    if n_couples.max(initial=0) < 2:
        return
    k = int(n_couples.argmax())
    with_whom = [ids[j] for j in (*other[one == k], *one[other == k])]
    more = f" ({(n_couples > 1).sum() - 1:,} more such people)" if (n_couples > 1).sum() > 1 else ""
    raise NetworkError(
        f"{found.name}: '{ids[k]}' is in {len(with_whom)} couples, with '{with_whom[0]}' and "
        f"'{with_whom[1]}'{more}; "
        "a person has at most one partner: call the other ties otherwise"
    )
