"""How a failed run is lived again: its scenario in a file of its own, and the command for it."""

from __future__ import annotations

import shlex
from contextlib import suppress
from pathlib import Path

from peersim.scenario_text import to_toml
from peersim.sweeps.blocks import Address
from peersim.sweeps.plan import SweepPlan


class Replays:
    """Writes the scenarios of failed runs to a folder, which is there only if one failed; earlier ones go first."""

    def __init__(self, plan: SweepPlan, folder: Path) -> None:
        self.plan = plan
        self.folder = folder
        for earlier in folder.glob("*.toml"):
            earlier.unlink()
        with suppress(OSError):  # it is not there, or somebody keeps something of their own in it
            folder.rmdir()

    def command(self, failed: Address) -> str:
        """The command that lives this run again, alone."""
        file = self.folder / f"{self.plan.content[failed.point, failed.arm].tobytes().hex()[:16]}.toml"
        if not file.exists():
            self.folder.mkdir(exist_ok=True)
            scenario = self.plan.experiment.scenarios(failed.point)[failed.arm]
            file.write_text(to_toml(scenario), encoding="utf-8")
        return f"peersim run {shlex.quote(str(file))} --seed {failed.seed}"
