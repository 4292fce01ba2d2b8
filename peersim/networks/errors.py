"""What is said when a network cannot be had: one sentence that helps."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class NetworkError(ValueError):
    """A network file, a setting or an option that cannot be used: where, what came, what is allowed."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'weight'?`, or nothing where no known word is near."""
    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


def in_words(words: Iterable[str], most: int = 12) -> str:
    """The words parted by commas; of a long list the first ones and how many more there are."""
    listed = list(words)
    more = f" and {len(listed) - most:,} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more
