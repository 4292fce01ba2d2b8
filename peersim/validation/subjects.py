"""What a band can be about, by name: a quantity of everyday life, or the effect of a programme."""

from __future__ import annotations

from peersim.mistakes import did_you_mean, nearest
from peersim.validation.effects import Arms, Effect, effect_named, effect_names
from peersim.validation.quantities import QUANTITIES, Quantity, quantity_named

RATIO = "ratio"
Subject = Quantity | Effect


def subject_named(name: str, arms: Arms) -> Subject | None:
    """The quantity or effect of this name."""
    return quantity_named(name) or effect_named(name, arms)


def unit_of(subject: Subject, *, is_ratio: bool) -> str:
    """In what it is measured."""
    if is_ratio:
        return RATIO
    return subject.unit if isinstance(subject, Quantity) else "d"


def meant_subject(word: str, arms: Arms) -> str:
    """What to do about an unknown name."""
    near = nearest(word, (*QUANTITIES, *effect_names(arms)), 0.7)
    return did_you_mean([near]) or "`peersim describe quantities` lists the names"
