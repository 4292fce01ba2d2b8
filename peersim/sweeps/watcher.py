"""Who looks on while a sweep runs: told what happens, free to show it. A plain one shows nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peersim.sweeps.counts import Counts


class Watcher:
    """Shows nothing. Override what is of interest."""

    def planning(self, points: int, of: int) -> None:
        """So many points of the design are planned."""

    def checking(self, shards: int, of: int) -> None:
        """So many files of the store are checked."""

    def remark(self, sentence: str) -> None:
        """Something that whoever started it should know."""

    def begins(self, counts: Counts) -> None:
        """Runs are now lived; where more seeds turn out to be needed it is told again."""

    def progress(self, done: int, failed: int) -> None:
        """So many runs were done, and failed, since the sweep began."""

    def narrows(self, point: int, seeds: int, half_width: float, wanted: float, known: int, of: int) -> None:
        """The widest interval that is not narrow enough yet is that of a point; so many points of all are known."""

    def writing(self, tables: Sequence[str]) -> None:
        """Tables are now written."""
