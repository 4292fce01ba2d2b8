"""What a command would run, before it runs: how many runs, how long, how much memory, and whether there is so much."""

from __future__ import annotations

from dataclasses import dataclass

from peersim.analysis.memory import Need, surely_fits
from peersim.analysis.trial import Lives, try_out
from peersim.mistakes import Problem, ScenarioError
from peersim.networks.generator_checks import checked_options
from peersim.networks.generator_options import GENERATORS
from peersim.networks.network import Network
from peersim.runs.replicates import n_cores
from peersim.runs.room import room


@dataclass(frozen=True)
class Plan:
    """What would run.

    runs                arms x seeds
    at_once             runs at a time
    person_days         burn-ins that arms share counted once
    seconds             estimated from a trial on this machine
    megabytes           of memory at the most, estimated, in all
    megabytes_for_one   the same with one run at a time
    megabytes_free      that there are; None where the system does not tell
    fits_at_once        for how many runs at a time there is room
    largest_population  that there is room for, so many runs at a time; None where the system does not tell
    largest_for_one     the same with one run at a time
    """

    scenarios: int
    seeds: int
    runs: int
    at_once: int
    people: int
    person_days: int
    seconds: float
    megabytes: float
    megabytes_for_one: float
    megabytes_free: float | None
    fits_at_once: int
    largest_population: int | None
    largest_for_one: int | None
    is_from_file: bool

    @property
    def fits(self) -> bool:
        """Whether there is room for it."""
        return self.fits_at_once >= self.at_once

    def in_words(self) -> str:
        """The plan as lines of text."""
        at_once = f", {self.at_once} at a time; for one {_amount(self.megabytes_for_one)}" if self.at_once > 1 else ""
        free = "" if self.megabytes_free is None else f"; free are {_amount(self.megabytes_free)}"
        return (
            f"{self.scenarios} scenario{'s' if self.scenarios > 1 else ''} x {self.seeds} "
            f"seed{'s' if self.seeds > 1 else ''} = {self.runs} run{'s' if self.runs > 1 else ''} of "
            f"{self.people:,} people, none cached\n"
            f"{self.person_days / 1e6:,.1f} million person-days, about {max(1, round(self.seconds)):,} s\n"
            f"about {_amount(self.megabytes)} of memory{at_once}{free}; less than 5 MB of disk"
        )

    @property
    def problem(self) -> Problem | None:
        """What is wrong where it does not fit, and what does."""
        if self.fits or self.megabytes_free is None or self.largest_population is None:
            return None
        path, given = ("network.file", "") if self.is_from_file else ("population.people", str(self.people))
        who = f"{self.people:,} people" if self.is_from_file else "so many people"
        times = f", {self.at_once} runs at a time," if self.at_once > 1 else ""
        free = _amount(self.megabytes_free)
        needed = f"{who}{times} need about {_amount(self.megabytes)} of memory, and free are {free}"
        most = f"at most {self.largest_population:,} people fit"
        if self.fits_at_once:
            most += f", or all of them with fewer runs at a time: -j {self.fits_at_once}"
        elif self.at_once > 1:
            most += f", or {self.largest_for_one:,} with one run at a time: -j 1"
        return Problem(path, needed, most, given)


def plan_of_runs(lives: Lives, seeds: int, jobs: int | None, network: Network | None) -> Plan:
    """Estimate by a short trial; nothing is written.

    jobs     runs at a time; None takes one for each core
    network  the file that all scenarios share, read; None where they name none
    """
    people = _people(lives, network)
    trial = try_out(lives, people)
    need = Need(lives, trial, network, seeds)
    at_once, free = _at_once(jobs, seeds), room()
    person_days = people * lives.days * seeds
    seconds = people * seeds * (len(lives.pasts) * trial.building + lives.days * trial.living)
    fitting = [k for k in range(at_once, 0, -1) if free is None or need.bytes_of(people, k) <= free]
    return Plan(
        scenarios=len(lives.scenarios),
        seeds=seeds,
        runs=len(lives.scenarios) * seeds,
        at_once=at_once,
        people=people,
        person_days=person_days,
        seconds=seconds / min(at_once, n_cores()),
        megabytes=need.bytes_of(people, at_once) / 1e6,
        megabytes_for_one=need.bytes_of(people, 1) / 1e6,
        megabytes_free=None if free is None else free / 1e6,
        fits_at_once=max(fitting, default=0),
        largest_population=None if free is None else need.largest_population(free, at_once),
        largest_for_one=None if free is None else need.largest_population(free, 1),
        is_from_file=network is not None,
    )


def refuse_too_large(lives: Lives, seeds: int, jobs: int | None, network: Network | None) -> None:
    """Raise ScenarioError where there is not enough memory, with the largest population that fits."""
    free = room()
    if free is None or surely_fits(lives, _people(lives, network), network, seeds, _at_once(jobs, seeds), free):
        return
    problem = plan_of_runs(lives, seeds, jobs, network).problem
    if problem is not None:
        raise ScenarioError([problem])


def _people(lives: Lives, network: Network | None) -> int:
    """How many people a run has. Raises NetworkError where no such network can be generated."""
    if network is not None:
        return network.n_people
    people, settings = lives.scenarios[0].population.people, lives.scenarios[0].network
    if settings.kind in GENERATORS:
        checked_options(settings.kind, people, settings.options)
    return people


def _at_once(jobs: int | None, seeds: int) -> int:
    return min(jobs or n_cores(), seeds)


def _amount(megabytes: float) -> str:
    """`1234` as "1.2 GB"."""
    return f"{megabytes / 1000:,.1f} GB" if megabytes >= 1000 else f"{max(1, round(megabytes)):,} MB"
