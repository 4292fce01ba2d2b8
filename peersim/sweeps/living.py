"""What a worker does: live the cases of a task, and make a row of every run and contrast that is asked for.

Runs of a task that are the same before day 0 start from one morning, and a run that several points share is lived once.
Neither changes anything in a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from peersim.analysis.arms import Arm, Past, contrasted, live_arm, live_past, populations_of
from peersim.knock_outs import knocked_out
from peersim.networks.network import Network
from peersim.networks.settings import NetworkSettings
from peersim.runs.engine import EngineError
from peersim.runs.results import Failed, Made
from peersim.scenario import Scenario
from peersim.sweeps.identity import code_identity, content_id, contents, run_id, scenario_id
from peersim.sweeps.rows import CONTRASTS, RUNS, Recorder, contrast_row, not_a_number, run_row
from peersim.world import build_world


@dataclass(frozen=True)
class ArmOfCase:
    """One arm that a case needs.

    run        its id
    past       what it shares with others before day 0
    is_wanted  whether its row is asked for; else it is lived for a contrast only
    """

    scenario: Scenario
    run: bytes
    past: bytes
    is_wanted: bool


@dataclass(frozen=True)
class Case:
    """One point with one seed: some of its arms, and the contrasts between them that are asked for.

    window  the evenings over which outcomes are measured, first and day after the last
    pairs   id of the contrast, and which of the arms it is between: arm and reference
    """

    arms: tuple[ArmOfCase, ...]
    seed: int
    window: tuple[int, int]
    pairs: tuple[tuple[bytes, int, int], ...]


@dataclass(frozen=True)
class LivingTask:
    """Cases that one worker lives, one after the other. code  what it has to be lived with"""

    cases: tuple[Case, ...]
    recorder: Recorder
    code: str

    @property
    def wants(self) -> tuple[tuple[str, bytes], ...]:
        """Table and id of everything that is asked for."""
        runs = ((RUNS, arm.run) for case in self.cases for arm in case.arms if arm.is_wanted)
        return (*runs, *((CONTRASTS, pair[0]) for case in self.cases for pair in case.pairs))

    @property
    def runs(self) -> int:
        """A case is lived in one piece: its arms are contrasted."""
        return max(len(case.arms) for case in self.cases)

    def split(self) -> tuple[LivingTask, ...]:
        """Smaller tasks for the same rows: a case each; of one case an arm each, without contrasts; else this one."""
        if len(self.cases) > 1:
            return tuple(replace(self, cases=(case,)) for case in self.cases)
        (case,) = self.cases
        if len(case.arms) > 1:
            alone = (replace(case, arms=(arm,), pairs=()) for arm in case.arms if arm.is_wanted)
            return tuple(replace(self, cases=(one,)) for one in alone)
        return (self,)


def live_task(task: LivingTask) -> list[Made | Failed]:
    """Live all cases. Raises EngineError where this process has other code: what it lived must never be mixed in."""
    if task.code != code_identity():
        raise EngineError(
            "a worker has other sources of peersim, or other versions of its libraries, than this process; install the "
            "same on all machines, start the workers anew, and run it again"
        )
    kept = _Kept(task)
    return [result for case in task.cases for result in _results(case, kept, task.recorder)]


def _results(case: Case, kept: _Kept, recorder: Recorder) -> Iterator[Made | Failed]:
    """The rows of one case, as far as its arms can be lived."""
    lived = [kept.arm(arm, case) for arm in case.arms]
    for arm, found in zip(case.arms, lived, strict=True):
        if isinstance(found, Failed):
            yield found
        elif arm.is_wanted:
            yield Made(RUNS, arm.run, run_row(found, case.window, recorder))
    for pair, arm_at, reference_at in case.pairs:
        one, other = lived[arm_at], lived[reference_at]
        if isinstance(one, Arm) and isinstance(other, Arm):
            yield Made(CONTRASTS, pair, contrast_row(contrasted(one, other, 0, populations_of(one, other))))


class _Kept:
    """Mornings of day 0 and whole lives, each kept until the last case of the task that needs it."""

    def __init__(self, task: LivingTask) -> None:
        self.lives = Counter(arm.run for case in task.cases for arm in case.arms)
        distinct = {arm.run: (arm.past, case.seed) for case in task.cases for arm in case.arms}
        self.starts = Counter(distinct.values())
        self.arms: dict[bytes, Arm | Failed] = {}
        self.pasts: dict[tuple[bytes, int], Past] = {}
        self.keeps_records = task.recorder.timeline
        self.task = task

    def arm(self, arm: ArmOfCase, case: Case) -> Arm | Failed:
        """The life of an arm, or why there is none."""
        found = self.arms.pop(arm.run, None) or self._live(arm, case)
        self.lives[arm.run] -= 1
        if self.lives[arm.run]:
            self.arms[arm.run] = found
        return found

    def _live(self, arm: ArmOfCase, case: Case) -> Arm | Failed:
        address = arm.past, case.seed
        self.starts[address] -= 1
        try:
            self._must_be_as_planned(arm, case)
            scenario = knocked_out(arm.scenario)
            past = self.pasts.pop(address, None) or live_past(
                build_world(scenario, case.seed, _network(scenario.network)), scenario
            )
            if self.starts[address]:
                self.pasts[address] = past
            world = past.world.copy() if self.starts[address] else past.world
            lived = live_arm(world, past, scenario, [case.window], keep_records=self.keeps_records)
        except MemoryError:  # what others of this task hold may have been in its way: it is tried alone
            raise
        except Exception as error:
            return Failed(RUNS, arm.run, "raised", f"{type(error).__name__}: {error}")
        wrong = not_a_number(lived)
        return Failed(RUNS, arm.run, "not_a_number", wrong) if wrong else lived


    def _must_be_as_planned(self, arm: ArmOfCase, case: Case) -> None:
        """A network file may have been written anew since: what is lived in it is not the run of that id."""
        if arm.scenario.network.file:
            recorded = self.task.recorder.as_text(case.window)
            if run_id(content_id(self.task.code, scenario_id(arm.scenario), recorded), case.seed) != arm.run:
                raise ValueError("a network file has changed since the sweep was planned; give the command again")


def _network(settings: NetworkSettings) -> Network | None:
    return _read(settings.model_dump_json(), contents(settings)) if settings.file else None


@lru_cache(maxsize=1)
def _read(settings: str, _contents: tuple[bytes, ...]) -> Network:
    """A network file, read once for all runs in a row that are lived in it as it is."""
    from peersim.networks.files import read_network

    return read_network(NetworkSettings.model_validate_json(settings), Path())
