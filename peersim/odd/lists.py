"""Lists of what a scenario can choose and what is measured: presets, knock-outs, outcomes."""

from __future__ import annotations

from peersim.knock_outs import knocked_out
from peersim.odd.markdown import code, table
from peersim.outcomes import OUTCOMES, WORSE_OFF
from peersim.parameters import specs
from peersim.programmes.programme import PRESETS, Programme
from peersim.scenario import TABLES, Scenario
from peersim.scenario_text import as_toml
from peersim.switches import Switches

_BETTER = {1: "more", -1: "less", 0: "neither"}


def presets() -> str:
    """Every kind of programme, number by number."""
    kinds = {kind: Programme.model_validate({"kind": kind}) for kind in PRESETS}
    rows = [
        (f"`{spec.name}`", *(as_toml(getattr(kind, spec.name)) for kind in kinds.values()), spec.unit)
        for spec in specs(Programme)
        if spec.name != "kind"
    ]
    return table(("", *map("`{}`".format, kinds), "unit"), rows)


def outcomes() -> str:
    """Every outcome with its unit."""
    of_whom = {True: "people in couples", False: "everyone"}
    rows = (
        (f"`{each.name}`", each.unit, _BETTER[each.better], each.doc, of_whom[each.couples_only])
        for each in (*OUTCOMES, WORSE_OFF)
    )
    return table(("outcome", "unit", "better", "meaning", "of"), rows)


def switches() -> str:
    """Every mechanism with the numbers that take its place when it is switched off."""
    rows = ((f"`{spec.name}`", spec.doc, code(put_instead(spec.name))) for spec in specs(Switches))
    return table(("switch", "mechanism", "switched off"), rows)


def put_instead(switch: str) -> list[str]:
    """The numbers that take the place of others when a mechanism is switched off, as in "stress.support = 0.0"."""
    usual = Scenario.model_validate({"programmes": [{"kind": kind} for kind in PRESETS]})
    without = knocked_out(usual.model_copy(update={"switches": Switches.model_validate({switch: False})}))
    found: dict[str, None] = {}
    for name, kind in TABLES.items():
        before, after = getattr(usual, name), getattr(without, name)
        pairs = zip(before, after, strict=True) if name == "programmes" else [(before, after)]
        for old, new in pairs:
            for spec in specs(kind):
                if getattr(old, spec.name) != getattr(new, spec.name):
                    found[f"{name}.{spec.name} = {as_toml(getattr(new, spec.name))}"] = None
    return list(found)
