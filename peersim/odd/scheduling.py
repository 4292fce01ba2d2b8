"""Scheduling: what happens in a day, in which order, and which process moves what."""

from __future__ import annotations

from itertools import groupby

from peersim.odd.markdown import as_text, code, link, table
from peersim.odd.source import PACKAGE, read
from peersim.odd.the_day import calls_in_order, day_in_order, overnight

_STAYS = ("people.", "ties.", "circles.")
"""Where that stands which is still there tomorrow."""


def title(file: str) -> str:
    """The heading under which a file is described: "New ties"."""
    name = file.split("/")[-1]
    heading = name.removesuffix(".py").replace("co_", "co-").replace("_", " ").capitalize()
    has_twin = file.startswith("programmes/") and (PACKAGE / "processes" / name).exists()
    return f"{heading} in programmes" if has_twin else heading


def the_day() -> str:
    """Every part of the day with its processes: their calls, and what they claim when they are met first."""
    parts, told = [], set()
    for (step, heading), passes in groupby(day_in_order(), key=lambda each: (each.step, each.heading)):
        lines = [f"**{step}: {heading}**", ""]
        for each in passes:
            claim = "" if each.file in told else f": {as_text(each.does)}"
            lines.append(f"- {link(title(each.file))} ({code(each.functions)}){claim}")
            told.add(each.file)
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def principles() -> str:
    """The files of the day that say after whom they are made."""
    files = dict.fromkeys(each.file for each in day_in_order())
    named = {file: read(file).theories for file in files}
    return "\n".join(f"- {link(title(file))}: {as_text('; '.join(all_of))}" for file, all_of in named.items() if all_of)


def flow() -> str:
    """Each array that stays overnight: which processes move it, and which read it."""
    changes = overnight()
    written = dict.fromkeys(place for call in calls_in_order() for place in call.touched.writes)
    at_once = [place for place in written if place.startswith(_STAYS) and place not in changes.values()]
    rows = []
    for place, change in (changes | {place: place for place in at_once}).items():
        movers = (title(call.file) for call in calls_in_order() if change in call.touched.writes)
        readers = (title(call.file) for call in calls_in_order() if place in call.touched.reads)
        rows.append((f"`{short(place)}`", ", ".join(dict.fromkeys(movers)), ", ".join(dict.fromkeys(readers))))
    return table(("array", "moved by", "read by"), rows)


def short(path: str) -> str:
    """A place in the world as the day calls it."""
    return path.removeprefix("people.")
