"""The one line that tells what was read, what was cleaned and what was left unused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peersim.networks.choosing import Chosen
from peersim.networks.errors import in_words
from peersim.networks.found import Found, plain, plain_name
from peersim.networks.settings import NetworkSettings

_NOT_TOLD = {"id", "key", "label", "type", "networkxkey"}
"""What writers of graph files add to each tie by themselves."""


def summary(
    found: Found,
    chosen: Chosen,
    settings: NetworkSettings,
    counts: Mapping[str, int],
    known: Sequence[str],
    ranks: bool,
) -> str:
    """`ties.csv: 217 people, 4,274 ties (0 loops, 0 duplicates, 0 mutual arcs merged, ...; ...)`."""
    kept = "dropped" if settings.isolates == "drop" else "kept"
    cleaned = [
        _count(counts["loops"], "loop"),
        _count(counts["duplicates"], "duplicate"),
        f"{_count(counts['mutual'], 'mutual arc')} merged",
        f"{_count(counts['isolates'], 'isolate')} {kept}",
    ]
    if chosen.weight is not None:
        cleaned.append(f"{_count(counts['no_tie'], 'row')} of weight 0")
    notes = [in_words(known) if known else "no attributes"]
    if counts["unlisted"]:
        notes.append(f"{counts['unlisted']:,} people not in {settings.nodes.rpartition('/')[2]}")
    if chosen.weighed_by:
        notes.append(f"strength from {chosen.weighed_by}" if ranks else f"{chosen.weighed_by} the same for all")
    if chosen.told_by:
        notes.append(f"couples from {chosen.told_by}")
    unused = _unused(found, chosen, settings)
    if unused:
        notes.append(f"not used: {in_words(unused)}")
    notes += [
        f"{column} holds 0 and 1: if 0 means no tie, set network.weight = '{column}'"
        for column in unused
        if {plain(value) for value in found.columns[column]} == {"0", "1"}
    ]
    notes += [found.doubt] if found.doubt else []
    arcs = f" from {counts['directed']:,} arcs" if counts["directed"] else ""
    wave = f" of wave {settings.wave}" if settings.wave != "" else ""
    return (
        f"{found.name}: {counts['people']:,} people, {counts['ties']:,} ties{wave}{arcs} "
        f"({', '.join(cleaned)}; {'; '.join(notes)})"
    )


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _unused(found: Found, chosen: Chosen, settings: NetworkSettings) -> list[str]:
    used = {chosen.weighed_by, chosen.told_by}
    names = _NOT_TOLD | {plain_name(settings.wave_column)}
    return [column for column in found.columns if column not in used and plain_name(column) not in names]
