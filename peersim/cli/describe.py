"""`peersim describe`: what there is, in lists; the whole model, after the ODD protocol; and a scenario's schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import click

from peersim.cli import options
from peersim.cli.layout import Row, show_rows
from peersim.cli.output import document, print_json

HELP = """\b
Examples:
  peersim describe parameters stressors
  peersim describe processes
  peersim describe odd > docs/ODD.md

What there is: LIST is one of parameters, outcomes, programmes, processes, scenarios, quantities. NAMES keeps only what
has one of these names, such as a parameter's table. On a terminal it is laid out to be read; piped, it is one line
each, parted by tabs, with a header. Instead of a LIST, odd is the whole model after the ODD protocol, in Markdown, and
schema the JSON Schema of a scenario.
"""

WHAT = ("parameters", "outcomes", "programmes", "processes", "scenarios", "quantities", "odd", "schema")


@click.command(help=HELP)
@click.argument("what", type=click.Choice(WHAT), metavar="LIST")
@click.argument("names", nargs=-1)
@options.common
def describe(what: str, names: tuple[str, ...], json: bool, quiet: bool, verbose: bool) -> None:
    """Collect the rows of one list, keep the named ones, and print them."""
    if what in ("odd", "schema"):
        if names:
            raise click.UsageError(f"'{what}' is one whole: no part of it has the name '{names[0]}'")
        _print_odd(json) if what == "odd" else _print_schema(json)
        return
    make, entry, keys = _LISTS[what]
    rows = _named(make(), names, keys)
    if json:
        content: dict[str, Any] = {what: rows}
        print_json(document("describe", **content))
    else:
        show_rows(rows, entry)


def _print_odd(json: bool) -> None:
    from peersim.odd.document import description, sections

    text = description()
    if json:
        print_json(document("describe", odd=sections(text)))
    else:
        click.echo(text, nl=False)


def _print_schema(json: bool) -> None:
    from peersim.scenario_text import json_schema

    schema = json_schema()
    print_json(document("describe", json_schema=schema) if json else schema)


def _named(rows: list[Row], names: tuple[str, ...], keys: Callable[[Row], tuple[str, ...]]) -> list[Row]:
    """The rows that one of the names means; all of them where none is given. An unknown name is a wrong use."""
    if not names:
        return rows
    from peersim.mistakes import did_you_mean, nearest

    known = {key for row in rows for key in keys(row)}
    for name in names:
        if name not in known:
            hint = did_you_mean([nearest(name, known)])
            raise click.UsageError(f"nothing here has the name '{name}'" + (f"; {hint}" if hint else ""))
    return [row for row in rows if set(names) & set(keys(row))]


def _parameters() -> list[Row]:
    from peersim.parameters import range_in_words, specs
    from peersim.scenario import TABLES
    from peersim.scenario_text import as_toml

    return [
        {
            "parameter": f"{table}.{spec.name}",
            "default": as_toml(spec.default),
            "unit": spec.unit,
            "range": " | ".join(spec.choices) if spec.choices else range_in_words(spec.within) if spec.within else "",
            "meaning": spec.doc,
            "source": spec.source,
        }
        for table, kind in TABLES.items()
        for spec in specs(kind)
    ] + _generator_options()


def _generator_options() -> list[Row]:
    """The numbers of the classic random graphs, each with the `network.kind` that has it."""
    from peersim.networks.generator_options import GENERATORS
    from peersim.parameters import range_in_words

    return [
        {
            "parameter": f"network.options.{name}",
            "default": f"{option.default:g}",
            "unit": option.unit,
            "range": range_in_words((option.low, option.high)),
            "meaning": f"{kind}: {option.meaning}",
            "source": option.source,
        }
        for kind, options in GENERATORS.items()
        for name, option in options.items()
    ]


def _parameter_entry(row: Row) -> tuple[str, str]:
    amount = " ".join(filter(None, (f"{row['parameter']} = {row['default']}", row["unit"])))
    return ", ".join(filter(None, (amount, row["range"]))), f"{row['meaning']} ({row['source']})"


def _outcomes() -> list[Row]:
    from peersim.outcomes import OUTCOMES, WORSE_OFF

    better = {1: "more", -1: "less", 0: "neither"}
    return [
        {
            "outcome": outcome.name,
            "unit": outcome.unit,
            "better": better[outcome.better],
            "meaning": outcome.doc,
            "couples_only": outcome.couples_only,
        }
        for outcome in (*OUTCOMES, WORSE_OFF)
    ]


def _outcome_entry(row: Row) -> tuple[str, str]:
    better = "neither more nor less is better" if row["better"] == "neither" else f"{row['better']} is better"
    couples = "; of people with a partner" if row["couples_only"] else ""
    return f"{row['outcome']}, {row['unit']}", f"{row['meaning']}; {better}{couples}"


def _programmes() -> list[Row]:
    from peersim.programmes.programme import PRESETS, Programme

    return [Programme.model_validate({"kind": kind}).model_dump() for kind in PRESETS]


def _programme_entry(row: Row) -> tuple[str, str]:
    from peersim.parameters import specs
    from peersim.programmes.programme import Programme
    from peersim.scenario_text import as_toml

    units = {spec.name: spec.unit for spec in specs(Programme)}
    values = (f"{name} = {as_toml(value)} {units[name]}".strip() for name, value in row.items() if name != "kind")
    return row["kind"], "; ".join(values)


def _processes() -> list[Row]:
    from peersim.odd.the_day import day_in_order

    return [asdict(each) for each in day_in_order()]


def _process_entry(row: Row) -> tuple[str, str]:
    return f"{row['step']}  {row['file']}: {', '.join(row['functions'])}", row["does"]


def _scenarios() -> list[Row]:
    from peersim.scenario_file import bundled_names, bundled_path, read_scenario
    from peersim.toml_files import read_toml

    rows: list[Row] = []
    for name in bundled_names():
        scenario = read_scenario(name).scenario
        base = read_toml(bundled_path(name))[0].get("base")
        kinds = [programme.kind for programme in scenario.programmes]
        rows.append({"scenario": name, "title": scenario.title, "base": base, "programmes": kinds})
    return rows


def _scenario_entry(row: Row) -> tuple[str, str]:
    programmes = f"programmes: {', '.join(row['programmes'])}" if row["programmes"] else "no programmes"
    return f"{row['scenario']}: {row['title']}", programmes + (f"; on top of {row['base']}" if row["base"] else "")


def _quantities() -> list[Row]:
    """What a band can be about; of effects those that are measured at the end of a programme on the people offered."""
    from peersim.validation.band_arms import bundled_arms
    from peersim.validation.effects import effect_names
    from peersim.validation.quantities import QUANTITIES

    effect = "of the people offered, at its end, against the same people without it"
    rows: list[Row] = [{"quantity": one.name, "unit": one.unit, "meaning": one.meaning} for one in QUANTITIES.values()]
    rows += [{"quantity": name, "unit": "d", "meaning": effect} for name in effect_names(bundled_arms())]
    return rows


def _quantity_entry(row: Row) -> tuple[str, str]:
    return f"{row['quantity']}, {row['unit']}", row["meaning"]


_LISTS: dict[str, tuple[Callable[[], list[Row]], Callable[[Row], tuple[str, str]], Any]] = {
    "parameters": (_parameters, _parameter_entry, lambda row: (row["parameter"], row["parameter"].split(".")[0])),
    "outcomes": (_outcomes, _outcome_entry, lambda row: (row["outcome"],)),
    "programmes": (_programmes, _programme_entry, lambda row: (row["kind"],)),
    "processes": (_processes, _process_entry, lambda row: (row["file"], row["file"].split("/")[1][:-3])),
    "scenarios": (_scenarios, _scenario_entry, lambda row: (row["scenario"],)),
    "quantities": (_quantities, _quantity_entry, lambda row: (row["quantity"], *row["quantity"].split("."))),
}
"""Each list: how its rows are made, how one is laid out, and by which names it is found."""
