"""Which two arms a contrast is between: `often - long`, the arm and its reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from peersim.experiment.document import Document
from peersim.experiment.tables import Hypothesis, Until
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


def check_populations(
    doc: Document, has_programmes: Mapping[str, bool], until: Until | None, hypotheses: Sequence[Hypothesis]
) -> None:
    """Note each contrast that is about nobody. has_programmes  of each arm, by name"""
    asked: list[tuple[Key, Hypothesis | Until]] = [(("hypotheses", k), one) for k, one in enumerate(hypotheses)]
    if until is not None:
        asked.append((("seeds", "until"), until))
    for key, one in asked:
        try:
            is_about_somebody = any(has_programmes[arm] for arm in pair_of(one.contrast, [*has_programmes]))
        except ValueError:  # which is noted already
            continue
        if one.population != "everyone" and not is_about_somebody:
            said = f"nobody is offered anything in either arm of '{one.contrast}'"
            doc.refuse((*key, "population"), said, 'set population = "everyone"')


def all_pairs(arms: Sequence[str], named: Iterable[Pair]) -> tuple[Pair, ...]:
    """Every later arm against the first, then those that are named; of no two arms both ways unless both are named."""
    named = list(named)
    against_first = [(arm, arms[0]) for arm in arms[1:] if (arms[0], arm) not in named]
    return tuple(dict.fromkeys([*against_first, *named]))
