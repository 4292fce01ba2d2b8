"""The columns of the tables that a sweep writes, each with its type, unit and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peersim.outcomes import OUTCOMES
from peersim.sweeps.rows import DOSES
from peersim.trace import TALLIES

if TYPE_CHECKING:
    import pyarrow as pa

_DOSE_UNITS = {"circles": "circles", "sessions": "sessions", "minutes_received": "minutes", "minutes_given": "minutes"}
_DOSE_MEANINGS = {
    "offered": "people to whom a programme was offered",
    "accepted": "people who accepted",
    "attended": "people who came to a session",
    "waiting": "people who wait for a place after the last day",
    "circles": "circles formed",
    "sessions": "sessions held",
    "minutes_received": "minutes in sessions, for each person offered",
    "minutes_given": "minutes of trained leaders in sessions, for each person offered",
}
STRUCTURE = {
    "degree_built": ("ties a person", "degree of the network as built"),
    "degree_day_0": ("ties a person", "degree on the morning of day 0"),
    "degree_last": ("ties a person", "degree after the last day"),
    "clustering_built": ("share of pairs", "clustering of the network as built"),
    "clustering_day_0": ("share of pairs", "clustering on the morning of day 0"),
    "clustering_last": ("share of pairs", "clustering after the last day"),
    "ties_kept": ("share of ties", "of the ties of day 0, those that are there after the last day"),
}
"""In the order of `Structure.as_row`."""


@dataclass(frozen=True)
class Column:
    """One column. kind  of its values: integer, number, text or yes_no"""

    name: str
    kind: str
    unit: str
    meaning: str

    @property
    def type(self) -> pa.DataType:
        """As Arrow has it."""
        import pyarrow as pa

        return {"integer": pa.int64(), "number": pa.float64(), "text": pa.string(), "yes_no": pa.bool_()}[self.kind]


def run_columns(varied: Iterable[Column]) -> list[Column]:
    """A row a run: what was varied, how it ended, and outcomes over the days first_day to last_day."""
    window = "over everyone for whom it means something, over the evenings first_day to last_day"
    return [
        *_address(varied),
        Column("run", "text", "", "the run's identity: same code, scenario, seed and recorder, same 32 digits"),
        Column("status", "text", "", "done; else how it failed: raised, not_a_number, time, memory or killed"),
        Column("people", "integer", "people", "size of the community"),
        Column("first_day", "integer", "day", "first evening over which outcomes are measured"),
        Column("last_day", "integer", "day", "last evening over which outcomes are measured"),
        *(Column(one.name, "number", one.unit, f"{one.doc}: mean {window}") for one in OUTCOMES),
        *(Column(f"{one.name}_sd", "number", one.unit, f"{one.doc}: standard deviation {window}") for one in OUTCOMES),
        *(Column(f"dose_{name}", "number", _DOSE_UNITS.get(name, "people"), _DOSE_MEANINGS[name]) for name in DOSES),
        *(Column(name, "number", *told) for name, told in STRUCTURE.items()),
        *(Column(f"count_{name}", "integer", "times", f"{name.replace('_', ' ')} from day 0") for name in TALLIES),
        Column("error", "text", "", "what went wrong, where the status is not done"),
        Column("replay", "text", "", "the command that lives a failed run again"),
    ]


def timeline_columns(varied: Iterable[Column]) -> list[Column]:
    """A row a run, recorded day and outcome."""
    return [
        *_address(varied),
        Column("day", "integer", "day", "of the record; what comes from states is a mean since the record before"),
        Column("outcome", "text", "", "which outcome; its unit is that of the column of this name in runs"),
        Column("mean", "number", "the outcome's", "over everyone for whom it means something"),
        Column("sd", "number", "the outcome's", "standard deviation over the same people"),
    ]


def contrast_columns(varied: Iterable[Column]) -> list[Column]:
    """A row a seed, contrast, population and outcome: what the same people gain from one arm to the other."""
    address = [column for column in _address(varied) if column.name != "arm"]
    return [
        *address,
        Column("arm", "text", "", "minus the reference"),
        Column("reference", "text", "", "the arm it is compared with"),
        Column("population", "text", "", "whom it is about: offered, attended, not_offered or everyone"),
        Column("outcome", "text", "", "which outcome, or share_worse_off"),
        Column("people", "integer", "people", "how many they are"),
        Column("difference", "number", "the outcome's", "mean over these people of arm minus reference"),
        Column("sd", "number", "the outcome's", "standard deviation between these people in the reference arm"),
    ]


def people_columns(varied: Iterable[Column], outcomes: Sequence[str]) -> list[Column]:
    """A row a run and person."""
    meant = [one for one in OUTCOMES if one.name in outcomes]
    return [
        *_address(varied),
        Column("person", "integer", "", "number of the person, the same in every run with this seed and community"),
        Column("offered", "yes_no", "", "whether a programme was offered to this person"),
        Column("attended", "yes_no", "", "whether this person came to a session"),
        *(
            Column(one.name, "number", one.unit, f"{one.doc}: mean over the evenings first_day to last_day")
            for one in sorted(meant, key=lambda one: outcomes.index(one.name))
        ),
    ]


def _address(varied: Iterable[Column]) -> list[Column]:
    return [
        Column("point", "integer", "", "number of the point of the design, from 0"),
        *varied,
        Column("arm", "text", "", "name of the arm"),
        Column("seed", "integer", "", "of all that is drawn; the same people with the same luck in every arm"),
    ]


def schema_of(columns: Sequence[Column], about: dict[str, str]) -> pa.Schema:
    """The columns as Arrow has them, each with unit and meaning. about  what is said of the whole table"""
    import pyarrow as pa

    fields = [
        pa.field(one.name, one.type, metadata={"unit": one.unit, "meaning": one.meaning}) for one in columns
    ]
    return pa.schema(fields, metadata=about)
