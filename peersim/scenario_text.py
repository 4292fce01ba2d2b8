"""A scenario as text: all of it with units and sources, or what differs from the defaults; and the schema of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from peersim.parameters import Parameters, Spec, range_in_words, specs
from peersim.programmes.programme import Programme
from peersim.scenario import TABLES, Scenario
from peersim.wrong_values import as_toml_text


def flat(scenario: Scenario) -> str:
    """Every parameter with its value, unit, range, meaning and source; reads back to the same scenario."""
    lines = _head(scenario)
    for name, table in _tables(scenario):
        lines += ["", _header(name)]
        for spec in specs(type(table)):
            lines += [f"# {_about(spec)}", f"{spec.name} = {as_toml(getattr(table, spec.name))}"]
        lines += _options(table)
    return "\n".join(lines) + "\n"


def to_toml(scenario: Scenario) -> str:
    """What differs from the defaults and presets; reads back to the same scenario."""
    lines = _head(scenario)
    for name, table in _tables(scenario):
        usual = Programme.model_validate({"kind": table.kind}) if isinstance(table, Programme) else type(table)()
        changed = [
            f"{spec.name} = {as_toml(getattr(table, spec.name))}"
            for spec in specs(type(table))
            if getattr(table, spec.name) != getattr(usual, spec.name) or (name == "programmes" and spec.name == "kind")
        ]
        if changed:
            lines += ["", _header(name), *changed]
        lines += _options(table)
    return "\n".join(lines) + "\n"


def json_schema() -> dict[str, Any]:
    """The schema of a scenario's file, for editors that check while one writes."""
    schema = Scenario.model_json_schema(by_alias=True)
    for table in schema["$defs"].values():
        for field in table["properties"].values():
            _describe_field(field)
    schema["properties"]["base"] = {
        "type": "string",
        "description": "bundled scenario or file, relative to this one, on top of which this one stands",
    }
    for field in schema["properties"].values():
        field.pop("default", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "peersim scenario"}


def as_toml(value: Any) -> str:
    """A value as TOML reads it back, to the last bit."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return as_toml_text(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(as_toml(v) for v in value) + "]"
    return repr(value)


def _head(scenario: Scenario) -> list[str]:
    return ["schema = 1", f"title = {as_toml(scenario.title)}"]


def _tables(scenario: Scenario) -> Iterator[tuple[str, Parameters]]:
    for name in TABLES:
        if name == "programmes":
            yield from ((name, programme) for programme in scenario.programmes)
        else:
            yield name, getattr(scenario, name)


def _header(name: str) -> str:
    return f"[[{name}]]" if name == "programmes" else f"[{name}]"


def _options(table: Parameters) -> list[str]:
    """The numbers of a network's generator, which go by names of their own."""
    options: dict[str, float] = getattr(table, "options", {})
    if not options:
        return []
    names = {name: name if re.fullmatch(r"[\w-]+", name, re.ASCII) else as_toml_text(name) for name in options}
    return ["", "[network.options]", *(f"{names[name]} = {as_toml(value)}" for name, value in options.items())]


def _about(spec: Spec) -> str:
    """`major events that strike a person; events per person and year, between 0 and 100; empirical: ...`."""
    allowed = " | ".join(spec.choices) if spec.choices else range_in_words(spec.within) if spec.within else ""
    return "; ".join(part for part in (spec.doc, ", ".join(filter(None, (spec.unit, allowed))), spec.source) if part)


def _describe_field(field: dict[str, Any]) -> None:
    """JSON Schema's own words in place of ours."""
    within, choices, unit = field.pop("within", None), field.pop("choices", None), field.pop("unit", "")
    source, doc = field.pop("source", ""), field.pop("doc", field.get("description", ""))
    field.pop("title", None)
    field["description"] = "; ".join(part for part in (doc, unit, source) if part)
    if choices:
        field["enum"] = list(choices)
    if field.get("type") == "array" and "default" in field:
        field["minItems"] = field["maxItems"] = len(field["default"])
        low, high = within or (None, None)
        field["items"].update({key: b for key, b in (("minimum", low), ("maximum", high)) if b is not None})
