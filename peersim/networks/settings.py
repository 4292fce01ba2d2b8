"""The `[network]` table of a scenario: a generator by name, or a file and how to read it."""

from __future__ import annotations

from pydantic import Field

from peersim.networks.generator_options import GENERATORS
from peersim.parameters import Parameters, param


class NetworkSettings(Parameters):
    """Where the social network comes from."""

    kind: str = param(
        "foci",
        unit="",
        choices=("foci", *GENERATORS),
        doc="how ties are made where no file is given: shared foci of activity, or a classic random graph",
        source="assumed",
    )
    options: dict[str, float | int] = Field(
        default_factory=dict, description="numbers of the generator; `peersim.networks.generator_options`"
    )
    file: str = param("", unit="", doc="file with the ties, from the scenario's folder", source="assumed")
    nodes: str = param("", unit="", doc="file with what is known of each person", source="assumed")
    weight: str = param(
        "", unit="", doc="column with the weight of a tie, 0 for no tie; by itself: weight", source="assumed"
    )
    wave: str | int = param("", unit="", doc="the one wave to read, where a file has several", source="assumed")
    wave_column: str = param("wave", unit="", doc="column with the wave of a tie", source="assumed")
    kind_column: str = param(
        "",
        unit="",
        doc="column that tells couples from others; by itself: kind, type, relation",
        source="assumed",
    )
    isolates: str = param(
        "keep",
        unit="",
        choices=("keep", "drop"),
        doc="whether people without a tie stay in the simulation",
        source="assumed",
    )
    header: str = param(
        "auto",
        unit="",
        choices=("auto", "yes", "no"),
        doc="whether the first row of an edge list holds the names of its columns",
        source="assumed",
    )
