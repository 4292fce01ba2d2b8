"""The small workload in mesa-frames: people are rows of a data frame, ties are joined to them."""

from collections.abc import Callable

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF

from benchmarks.spread.workload import CALMS_DOWN, DAYS, STRAINED_AT_START, STRAINS, tell, ties


class People(AgentSetPolars):
    def __init__(self, model: ModelDF, people: int) -> None:
        super().__init__(model)
        strained = self.random.random(people) < STRAINED_AT_START
        self.add(pl.DataFrame({"unique_id": np.arange(people), "is_strained": strained}))
        first, second = ties(people)
        self.ties = pl.DataFrame(
            {"unique_id": np.concatenate([first, second]), "other": np.concatenate([second, first])}
        )

    def step(self) -> None:
        people = self.agents.with_columns(
            is_strained=pl.col("is_strained") & pl.Series(self.random.random(len(self.agents)) >= CALMS_DOWN)
        )
        strained = people.filter("is_strained").select(other="unique_id")
        near = self.ties.join(strained, on="other", how="semi")
        hit = near.filter(pl.Series(self.random.random(len(near)) < STRAINS)).select("unique_id").unique()
        self.agents = people.with_columns(
            is_strained=pl.col("is_strained") | pl.col("unique_id").is_in(hit["unique_id"].implode())
        )


class Community(ModelDF):
    def __init__(self, people: int) -> None:
        super().__init__()
        self.agents += People(self, people)

    def step(self) -> None:
        self.agents.step()


def prepare(people: int) -> Callable[[], float]:
    model = Community(people)

    def live() -> float:
        for _ in range(DAYS):
            model.step()
        return float(np.mean(model.agents["is_strained"].popitem()[1].to_numpy()))

    return live


if __name__ == "__main__":
    tell(prepare)
