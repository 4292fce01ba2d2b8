"""Parameters as tables: each with its default, unit, range, meaning and source, under the file that declares them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from peersim.networks.generator_options import GENERATORS
from peersim.odd.declared import constants
from peersim.odd.markdown import as_text, table
from peersim.odd.source import PACKAGE, read
from peersim.parameters import Spec, specs
from peersim.scenario import TABLES
from peersim.scenario_text import as_toml

_HEADER = ("name", "default", "unit", "range", "meaning", "source")
_SWITCHES = "switches"


def numbers_of(file: str) -> str:
    """The tables that a file declares."""
    return "\n\n".join(map(_parameters, tables_of(file)))


def tables_of(file: str) -> list[str]:
    """Their names in a scenario."""
    module = f"peersim.{file.removesuffix('.py').replace('/', '.')}"
    return [name for name, kind in TABLES.items() if kind.__module__ == module]


def start_tables(described: Collection[str]) -> str:
    """The tables of all files but those described elsewhere; switches have a list of their own."""
    elsewhere = {name for file in described for name in tables_of(file)} | {_SWITCHES}
    return "\n\n".join([*(_parameters(name) for name in TABLES if name not in elsewhere), _generator_options()])


def _parameters(name: str) -> str:
    about = " ".join((TABLES[name].__doc__ or "").split())
    rows = (
        (f"`{spec.name}`", as_toml(spec.default), spec.unit, range_of(spec), spec.doc, spec.source)
        for spec in specs(TABLES[name])
    )
    return f"Parameters `{name}`: {as_text(about)}\n\n{table(_HEADER, rows)}"


def range_of(spec: Spec) -> str:
    """From the least to the most, or the words allowed."""
    if spec.choices:
        return ", ".join(spec.choices)
    return " to ".join(map(_bound, spec.within)) if spec.within else ""


def _bound(value: float | None) -> str:
    return "any" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _generator_options() -> str:
    rows = (
        (f"`{kind}`: `{name}`", f"{option.default:g}", option.unit, f"{_bound(option.low)} to {_bound(option.high)}",
         option.meaning, option.source)
        for kind, options in GENERATORS.items() for name, option in options.items()
    )  # fmt: skip
    return f"Parameters `network.options`: numbers of a classic random graph.\n\n{table(_HEADER, rows)}"


def fixed_numbers() -> str:
    """The numbers that files of the model give a name, and that no scenario sets."""
    found = ((file, each) for file in _files_of_the_model() for each in constants(read(file)))
    rows = ((f"`{name}`", value, about, f"`{file}`") for file, (name, value, about) in found)
    return table(("name", "value", "meaning", "file"), rows)


def _files_of_the_model() -> Iterable[str]:
    folders = ("processes", "programmes")
    yield from ("people.py", "population.py", "domains.py", "knock_outs.py")
    yield from (f"{folder}/{path.name}" for folder in folders for path in sorted((PACKAGE / folder).glob("*.py")))
