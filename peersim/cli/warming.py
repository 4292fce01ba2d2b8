"""Everything that is ever compiled, compiled once: by doing all that calls compiled code in a tiny community."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from peersim.analysis.comparison import compare
from peersim.analysis.single import run
from peersim.model import PeerSupportModel
from peersim.programmes.composition import COMPOSITIONS
from peersim.programmes.programme import PRESETS
from peersim.scenario import Scenario
from peersim.validation.board import validate

_TINY = {"run": {"days": 15, "burn_in": 7}, "population": {"people": 60}}
_RULE = "resilience >= 0 and degree >= 0"


def compile_everything() -> None:
    """Do what the commands do, and what the Mesa model offers; what was compiled before is only loaded."""
    programmes: list[dict[str, Any]] = [{"kind": kind, "eligibility": _RULE} for kind in PRESETS]
    programmes += [{"composition": composition, "weeks": 1, "rounds": 2} for composition in COMPOSITIONS]
    everyday, tried = (Scenario.model_validate({**_TINY, "programmes": these}) for these in ([], programmes))
    compare({"everyday": everyday, "tried": tried}, seeds=2)
    run(Scenario.model_validate({**_TINY, "network": {"kind": "ring"}}))
    validate(everyday, seeds=1)
    _read_and_run_a_file()
    _look_at_a_model()


def _read_and_run_a_file() -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "ties.csv").write_text("a,b,weight\n" + "".join(f"p{k},p{k + 1},{k}\n" for k in range(30)))
        run(Scenario.model_validate({**_TINY, "network": {"file": f"{folder}/ties.csv"}}))


def _look_at_a_model() -> None:
    model = PeerSupportModel(Scenario.model_validate(_TINY))
    model.step()
    one, other = next((a, b) for a, b, kind in model.graph.edges(data="kind") if kind == "friend")
    model.remove_tie(one, other)
    model.add_tie(one, other)
