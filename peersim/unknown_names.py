"""What may have been meant by a table or parameter that does not exist."""

from __future__ import annotations

from peersim.mistakes import did_you_mean, nearest
from peersim.networks.errors import in_words
from peersim.scenario import TABLES, Scenario

_ALIKE = 0.75
_OF_EXPERIMENTS = ("arms", "sweep", "seeds", "hypotheses")
_A_FEW = 3


def meant_table(word: str) -> str:
    """What to do about an unknown table."""
    if word in _OF_EXPERIMENTS:
        return "an experiment has it, and this is read as a scenario"
    owners = _owners(word)
    if near := nearest(word, TABLES):
        return did_you_mean([near])
    if 0 < len(owners) <= _A_FEW:
        return did_you_mean(f"{table}.{word}" for table in owners)
    return f"the tables are {in_words(TABLES, 99)}"


def meant_parameter(word: str, table: str = "") -> str:
    """What to do about an unknown parameter: a like one of its table, the same in another table, or a like one there.

    table  "" where it stands above all tables
    """
    own = _names(table)
    near = nearest(word, own, _ALIKE)
    if near:
        return did_you_mean([near])
    if word in TABLES:
        return f"{word} is a table of its own: " + ("[[programmes]]" if word == "programmes" else f"[{word}]")
    owners = _owners(word)
    if 0 < len(owners) <= _A_FEW:
        return did_you_mean(f"{owner}.{word}" for owner in owners)
    if near := nearest(word, own):
        return did_you_mean([near])
    elsewhere = {name: owner for owner in TABLES for name in _names(owner)}
    if not owners and (near := nearest(word, elsewhere, _ALIKE)):
        return did_you_mean([f"{elsewhere[near]}.{near}"])
    if not table:
        return "put it below the name of its table, as days below [run]"
    return f"[{table}] has {in_words(own)}"


def _names(table: str) -> tuple[str, ...]:
    if table in TABLES:
        return tuple(TABLES[table].model_fields)
    return tuple(field.alias or name for name, field in Scenario.model_fields.items() if name not in TABLES)


def _owners(word: str) -> list[str]:
    """The tables that have a parameter of this name."""
    return [table for table in TABLES if word in TABLES[table].model_fields]
