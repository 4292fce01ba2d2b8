"""Ties change in place: what stands there afterwards is what a dict of pairs, built anew, would hold."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.rewiring import no_new_ties, propose, with_room, without_and_with
from peersim.ties import Ties, owners, within
from tests.worlds import arcs, random_partners, random_ties, small

GUARD = 16
"""Places before and behind the arcs that belong to somebody else."""
FOREIGN = 77


def guarded(ties, room):
    """The ties with so much room behind them, in the middle of larger arrays; and these, column by column."""
    n, columns, whole = len(ties.other), [], []
    for column in ties[1:]:
        larger = np.full(GUARD + n + room + GUARD, FOREIGN, column.dtype)
        larger[GUARD : GUARD + n] = column
        columns.append(larger[GUARD : GUARD + n + room])
        whole.append(larger)
    return Ties(ties.start.copy(), *columns), whole


def as_dict(ties):
    """(closeness, trust, similarity, channel, kind) by ordered pair of rows."""
    values = zip(*(column.tolist() for column in ties[2:-1]), strict=True)
    return dict(zip(zip(owners(ties).tolist(), ties.other.tolist(), strict=True), values, strict=True))


def proposals(luck, n, there):
    """New ties between people who are not tied, some of them twice, either way round."""
    new, n_proposed = no_new_ties(0), luck.integers(0, 2 * n)
    for _ in range(n_proposed):
        i, j = luck.choice(n, 2, replace=False).tolist()
        if (i, j) in there:
            continue
        for one, other in [(i, j), (j, i), (i, j)][: luck.integers(1, 4)]:
            new = with_room(new, 1)
            propose(new, one, other, luck.random(), luck.random(), int(luck.integers(3)), int(luck.integers(4)))
    return new


def added(found, new):
    """The dict with the proposals, the first of equals."""
    columns = (new.first, new.second, new.closeness, new.similarity, new.channel, new.kind)
    for i, j, w, s, channel, kind in zip(*(column[: new.n_listed[0]].tolist() for column in columns), strict=True):
        if (i, j) not in found:
            found[i, j] = found[j, i] = (w, w, s, channel, kind)
    return found


@settings(small, max_examples=150)
@given(
    n=st.integers(2, 40), seed=st.integers(0, 2**32), spare=st.sampled_from([-1000, -2, -1, 0, 1, 1000]),
    none_goes=st.booleans(),
)  # fmt: skip
def test_ties_change_in_place_as_a_dict_does(n, seed, spare, none_goes):
    """People in any rows, any ties ending, any beginning; and what lies before and behind the arcs stays.

    Every column is the same bytes as of ties built anew. Without room enough the arcs move, with room behind them.

    spare  places more or fewer than are needed
    """
    luck = np.random.default_rng(seed)
    number = luck.permutation(n).astype(np.uint32)
    pairs = {(i, j) for i in range(n) for j in range(i) if luck.random() < 4 / n}
    before = random_ties(luck, pairs, number, random_partners(luck, n)) if pairs else arcs_of_nobody(number)
    there = as_dict(before)
    new = proposals(luck, n, there)
    ending = set() if none_goes else {(i, j) for i, j in pairs if luck.random() < 0.4}
    ending |= {(j, i) for i, j in ending}
    is_gone = np.array([] if none_goes else [pair in ending for pair in there], np.bool_)
    expected = added({pair: values for pair, values in there.items() if pair not in ending}, new)

    room = max(0, len(expected) - len(there) + spare)
    given, whole = guarded(before, room)
    after = without_and_with(given, is_gone, new, number)
    built = arcs(expected, number) if expected else arcs_of_nobody(number)
    for name, found, anew in zip(Ties._fields, within(after), built, strict=True):
        assert found.tobytes() == anew.tobytes(), name
    for column, larger in zip(given[1:], whole, strict=True):
        assert (larger[:GUARD] == FOREIGN).all() and (larger[GUARD + len(column) :] == FOREIGN).all()
    stays = len(built.other) <= len(before.other) + room
    assert np.shares_memory(after.other, given.other) == (stays and given.other.size > 0)
    assert stays or len(after.other) > len(built.other)


def arcs_of_nobody(number):
    """No ties."""
    some = arcs({(0, 1): (0.5, 0.5, 0.5, 0, 0), (1, 0): (0.5, 0.5, 0.5, 0, 0)}, number)
    return Ties(np.zeros_like(some.start), *(column[:0].copy() for column in some[1:]))
