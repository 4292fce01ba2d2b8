"""Knock-outs: each mechanism can be switched off by name, so that what it does can be measured."""

from __future__ import annotations

from typing import Any

from peersim.parameters import Parameters, param


def _switch(doc: str) -> Any:
    return param(True, unit="", doc=doc, source="the specification: everything is on")


class Switches(Parameters):
    """The mechanisms of the model; false switches one off."""

    buffering: bool = _switch("felt support makes strain less of a threat")
    main_effect: bool = _switch("felt support lowers stress")
    co_rumination: bool = _switch("comfort can turn into rehashing, between two and in circles")
    burden: bool = _switch("helping tires the helper")
    helper_therapy: bool = _switch("helping well lifts the helper")
    matching: bool = _switch("support may be of another kind than wanted")
    contagion: bool = _switch("stress and loneliness of partner and friends matter")
    similarity: bool = _switch("it matters how alike people are")
    facilitator: bool = _switch("programmes have trained leaders")
    guidelines: bool = _switch("programmes have rules of conduct")
    schedule: bool = _switch("programmes may meet on fixed days")
    composition: bool = _switch("circles are put together with a purpose")
    new_ties: bool = _switch("people get to know each other")
    couples: bool = _switch("couples fall out, and their satisfaction and communication move, in counselling too")
    allostatic_load: bool = _switch("long stress sensitises")
