"""Which two arms a contrast is between: `often - long`, the arm and its reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peersim.experiment.document import Document
from peersim.locate import Key
from peersim.mistakes import did_you_mean, nearest
from peersim.networks.errors import in_words

Pair = tuple[str, str]
"""An arm and its reference."""


def pair_of(contrast: str, arms: Sequence[str]) -> Pair:
    """The arm and the reference of a contrast. Raises ValueError, with a sentence, if it is not between two arms."""
    dashes = [k for k, letter in enumerate(contrast) if letter == "-"]
    sides = [(contrast[:k].strip(), contrast[k + 1 :].strip()) for k in dashes]
    for arm, reference in sides:
        if arm in arms and reference in arms:
            if arm == reference:
                raise ValueError("an arm does not differ from itself; name two")
            return arm, reference
    if len(sides) != 1:
        raise ValueError(f"must be two arms as in 'often - long'; the arms are {in_words(tuple(arms), 99)}")
    unknown = next(side for side in sides[0] if side not in arms)
    hint = did_you_mean([nearest(unknown, arms)]) or f"the arms are {in_words(tuple(arms), 99)}"
    raise ValueError(f"no arm has the name '{unknown}'; {hint}")


def check_contrast(doc: Document, key: Key, arms: Sequence[str]) -> None:
    """Note what is wrong with the contrast that stands there."""
    contrast = doc.at(key)
    if isinstance(contrast, str):
        try:
            pair_of(contrast, arms)
        except ValueError as error:
            doc.refuse(key, str(error))


def all_pairs(arms: Sequence[str], named: Iterable[Pair]) -> tuple[Pair, ...]:
    """Every later arm against the first, then those that are named; of no two arms both ways unless both are named."""
    named = list(named)
    against_first = [(arm, arms[0]) for arm in arms[1:] if (arms[0], arm) not in named]
    return tuple(dict.fromkeys([*against_first, *named]))
