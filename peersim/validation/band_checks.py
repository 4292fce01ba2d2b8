"""What is wrong with the bands of a file, each mistake with its place and a sentence that helps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from peersim.locate import Key
from peersim.mistakes import Place, Problem, did_you_mean, dotted, nearest, place_of
from peersim.networks.errors import in_words
from peersim.validation.band import BASES, NEEDED, SPECS
from peersim.validation.effects import Arms, Effect
from peersim.validation.subjects import meant_subject, subject_named, unit_of
from peersim.validation.year import DAYS
from peersim.wrong_values import Told, shown, what_is_wrong

TABLES = ("schema", "bands", "arms")
"""What stands at the top of a file."""


def wrong_tables(values: Mapping[str, Any], places: Mapping[Key, Place]) -> Iterator[Problem]:
    """What is wrong with a file before its bands are looked at one by one."""
    for name in values:
        if name not in TABLES:
            hint = did_you_mean([nearest(name, TABLES)]) or f"a file of bands has {in_words(TABLES)}"
            yield _problem((name,), places, Told("unknown name", hint))
    version = values.get("schema", 1)
    if version != 1 or isinstance(version, bool):
        told = Told("must be 1, the version of this format", "a newer peersim may read it")
        yield _problem(("schema",), places, told, version)
    if not isinstance(values.get("bands", []), list):
        told = Told("must be a list of tables", "write [[bands]], in two brackets, for each band")
        yield _problem(("bands",), places, told)


def wrong_band(number: int, band: Any, places: Mapping[Key, Place], arms: Arms) -> Iterator[Problem]:
    """Everything that is wrong with one band. number  where it stands in its file, from 0."""
    key: Key = ("bands", number)
    if not isinstance(band, dict):
        yield _problem(key, places, Told("must be a table", "write [[bands]] and its numbers below"), band)
        return
    wrong = dict(_wrong_values(band))
    wrong |= {name: told for name, told in _wrong_together(band, arms) if not wrong.keys() & {name, "quantity"}}
    for name, told in wrong.items():
        yield _problem((*key, name), places, told, band[name] if name in SPECS else None)
    for name in NEEDED:
        if band.get(name, "") == "" and name not in wrong:
            choice = f": one of {in_words(BASES)}" if name == "basis" else ""
            yield _problem(key, places, Told(f"has no {name}", f"write {name} = ... ({SPECS[name].doc}{choice})"))


def _problem(key: Key, places: Mapping[Key, Place], told: Told, given: Any = None) -> Problem:
    written = "" if given is None else shown(given)
    return Problem(dotted(key), told.message, told.suggestion, written, *place_of(key, places))


def _wrong_values(band: Mapping[str, Any]) -> Iterator[tuple[str, Told]]:
    """Each value that is wrong by itself."""
    for name, value in band.items():
        if name not in SPECS:
            hint = did_you_mean([nearest(name, SPECS)]) or f"a band has {in_words(SPECS)}"
            yield name, Told("unknown parameter", hint)
        elif told := what_is_wrong(SPECS[name], value):
            yield name, told


def _wrong_together(band: Mapping[str, Any], arms: Arms) -> Iterator[tuple[str, Told]]:
    """What single values do not show; values that are wrong by themselves may be told a second time, and are not."""
    for name in ("quantity", "relative_to"):
        word = band.get(name)
        if not word or not isinstance(word, str):
            continue
        subject = subject_named(word, arms)
        if subject is None:
            yield name, Told("no quantity has this name", meant_subject(word, arms))
        elif isinstance(subject, Effect) and subject.window(arms)[1] > DAYS:
            last = subject.window(arms)[1] - 1
            yield name, Told(f"is measured up to day {last}, and a year ends with day {DAYS - 1}")
        elif name == "quantity" and band.get("unit"):
            unit = unit_of(subject, is_ratio=bool(band.get("relative_to")))
            if band["unit"] != unit:
                whose = "a ratio" if band.get("relative_to") else word
                yield "unit", Told(f'must be "{unit}", the unit of {whose}', "give the band in that unit")
    low, high = band.get("low"), band.get("high")
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        yield "low", Told(f"the band ends before it begins: high is {shown(high)}", "exchange the two")
