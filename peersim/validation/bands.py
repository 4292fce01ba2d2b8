"""All bands there are: those that come with the program, and users' own.

A file of bands is read like a scenario: every mistake is told at once, with its line. What may stand in one is said at
the top of `bands.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peersim.checking import in_order
from peersim.locate import Key
from peersim.mistakes import Place, Problem, ScenarioError, dotted, place_of
from peersim.programmes.programme import Programme
from peersim.toml_files import read_toml
from peersim.validation.band import Band
from peersim.validation.band_arms import bundled_arms, read_arms
from peersim.validation.band_checks import wrong_band, wrong_tables
from peersim.validation.effects import Arms
from peersim.validation.subjects import Subject, subject_named

SHIPPED = Path(__file__).parent / "bands.toml"


@dataclass(frozen=True)
class Bands:
    """What to hold the model against. arms  those that the bands can speak of"""

    bands: tuple[Band, ...]
    arms: Arms


def read_bands(files: Sequence[Path] = ()) -> Bands:
    """The shipped bands, then those of users' files; a later band takes the place of an earlier one about the same.

    Raises ScenarioError with everything that is wrong, in all of the files.
    """
    read, problems = _read([SHIPPED, *files])
    arms: dict[str, tuple[Programme, ...]] = dict(bundled_arms())
    for values, places in read:
        made, wrong = read_arms(values.get("arms", {}), places, bundled_arms())
        arms |= made
        problems += wrong
    bands: dict[tuple[Subject | None, ...], Band] = {}
    for values, places in read:
        found, wrong = _bands_of(values, places, arms)
        bands |= found
        problems += wrong
    if problems:
        raise ScenarioError(in_order(problems))
    return Bands(tuple(bands.values()), arms)


def _read(files: Sequence[Path]) -> tuple[list[tuple[dict[str, Any], Mapping[Key, Place]]], list[Problem]]:
    """The values and places of each file that is TOML, and what is wrong with the others."""
    read: list[tuple[dict[str, Any], Mapping[Key, Place]]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            read.append(read_toml(file))
        except ScenarioError as error:
            problems += error.problems
    return read, problems


def _bands_of(
    values: Mapping[str, Any], places: Mapping[Key, Place], arms: Arms
) -> tuple[dict[tuple[Subject | None, ...], Band], list[Problem]]:
    """The bands of one file by what they are about, and everything that is wrong with the file."""
    problems = list(wrong_tables(values, places))
    tables = values.get("bands", [])
    bands: dict[tuple[Subject | None, ...], Band] = {}
    for number, table in enumerate(tables if isinstance(tables, list) else []):
        wrong = list(wrong_band(number, table, places, arms))
        problems += wrong
        if wrong:
            continue
        band = Band.model_validate(table)
        about = about_what(band, arms)
        if about in bands:
            key: Key = ("bands", number, "quantity")
            message = "this file has a band for it already; keep one of the two"
            problems.append(Problem(dotted(key), message, "", f'"{band.quantity}"', *place_of(key, places)))
        bands[about] = band
    return bands, problems


def about_what(band: Band, arms: Arms) -> tuple[Subject | None, ...]:
    """The quantity or effect that a band is about, and the one by which it is divided, if any."""
    return subject_named(band.quantity, arms), subject_named(band.relative_to, arms) if band.relative_to else None
