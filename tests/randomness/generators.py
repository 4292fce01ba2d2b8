"""Generators of addressed draws: peersim's, and weak ones that a hurried hand would write and that must be caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from peersim.compiled import entry_point
from peersim.draws import bits, key
from tests.randomness.addresses import Address, u64


@dataclass(frozen=True)
class Generator:
    """keys: (seed, decision, day, sub) -> words; words: (keys, who) -> draws. Arrays in, arrays of uint64 out."""

    name: str
    keys: Callable[..., Any]
    words: Callable[[Any, Any], Any]

    def draw(self, at: Address) -> Any:
        of = self.keys(*(np.asarray(part, np.int64) for part in at[:4]))
        return self.words(*np.broadcast_arrays(of, np.asarray(at.who, u64)))


@entry_point
def _keys(out, seed, decision, day, sub):
    for i in range(out.size):
        out[i] = key(seed[i], decision[i], day[i], sub[i])


@entry_point
def _words(out, of, who):
    for i in range(out.size):
        out[i] = bits(of[i], who[i])


def _flat(*arrays: Any) -> tuple[tuple[int, ...], list[Any]]:
    arrays = np.broadcast_arrays(*arrays)
    return arrays[0].shape, [np.ascontiguousarray(a).reshape(-1) for a in arrays]


def peersim_keys(seed: Any, decision: Any, day: Any, sub: Any) -> Any:
    shape, parts = _flat(seed, decision, day, sub)
    out = np.empty(parts[0].size, u64)
    _keys(out, *parts)
    return out.reshape(shape)


def peersim_words(of: Any, who: Any) -> Any:
    shape, parts = _flat(of, who)
    out = np.empty(parts[0].size, u64)
    _words(out, *parts)
    return out.reshape(shape)


PEERSIM = Generator("peersim", peersim_keys, peersim_words)


GOLDEN = u64(0x9E3779B97F4A7C15)


def _mix(word: Any) -> Any:
    word = (word ^ (word >> u64(30))) * u64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> u64(27))) * u64(0x94D049BB133111EB)
    return word ^ (word >> u64(31))


def _added_keys(seed: Any, decision: Any, day: Any, sub: Any) -> Any:
    return _mix((seed + decision + day + sub).astype(u64))


WEAK = {
    # the key and the person joined, and never mixed
    "unmixed": Generator("unmixed", peersim_keys, lambda of, who: of ^ who),
    # as the generator of a well-known library shifts: multiplied only, so that low bits never see high ones
    "multiplied only": Generator("multiplied only", peersim_keys, lambda of, who: (of ^ who) * GOLDEN),
    # a key of 32 bits: whole days repeat
    "squeezed key": Generator(
        "squeezed key", lambda *parts: peersim_keys(*parts) & u64(0xFFFFFFFF), peersim_words
    ),
    # parts of the address added up: tomorrow's decision is today's next decision
    "added": Generator("added", _added_keys, peersim_words),
    # the day's key counted up: tomorrow I have my neighbour's luck of today
    "counted": Generator(
        "counted", lambda seed, decision, day, sub: peersim_keys(seed, decision, 0 * day, sub) + day.astype(u64),
        lambda of, who: _mix(of + who),
    ),
    # pairs squeezed into 32 bits: the other way round is the same, and strangers share their luck
    "squeezed pair": Generator(
        "squeezed pair", peersim_keys, lambda of, who: peersim_words(of, (who >> u64(32)) ^ (who & u64(0xFFFFFFFF)))
    ),
    # half of the last mix: the highest bits of the address reach few bits of the draw
    "half mixed": Generator(
        "half mixed", peersim_keys, lambda of, who: ((of ^ who) ^ ((of ^ who) >> u64(30))) * u64(0xBF58476D1CE4E5B9)
    ),
}  # fmt: skip
