"""The small workload in plain Mesa: a person is an agent, a day is two rounds of calls."""

from collections.abc import Callable

import mesa

from benchmarks.spread.workload import CALMS_DOWN, DAYS, STRAINED_AT_START, STRAINS, tell, ties


class Person(mesa.Agent):
    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.is_strained = self.will_be = self.random.random() < STRAINED_AT_START
        self.friends: list[Person] = []

    def calm_down(self) -> None:
        if self.is_strained and self.random.random() < CALMS_DOWN:
            self.is_strained = False

    def look_around(self) -> None:
        self.will_be = self.is_strained or any(
            friend.is_strained and self.random.random() < STRAINS for friend in self.friends
        )

    def sleep(self) -> None:
        self.is_strained = self.will_be


class Community(mesa.Model):
    def __init__(self, people: int) -> None:
        super().__init__(rng=1)
        agents = list(Person.create_agents(self, people))
        for first, second in zip(*ties(people), strict=True):
            agents[first].friends.append(agents[second])
            agents[second].friends.append(agents[first])

    def step(self) -> None:
        self.agents.do("calm_down").do("look_around").do("sleep")


def prepare(people: int) -> Callable[[], float]:
    model = Community(people)

    def live() -> float:
        for _ in range(DAYS):
            model.step()
        return sum(person.is_strained for person in model.agents) / people

    return live


if __name__ == "__main__":
    tell(prepare)
