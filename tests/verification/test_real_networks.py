"""Real networks keep their structure through a burn-in and a year, and `run` and `compare` tell how far.

What was measured with 20 seeds, as mean drift and its standard deviation between seeds:

                                    degree         clustering
    office                          -.10 (.01)     -.18 (.02)
    ... by department and minutes   -.13 (.01)     -.16 (.02)
    school friends                  -.02 (.03)     -.10 (.05)
    school facebook                 -.11 (.01)     -.36 (.04)
    girls, wave 1                   -.20 (.06)     -.20 (.13)
    girls, wave 2                   -.18 (.11)     +.10 (.13)
    girls, wave 3                   -.23 (.07)     +.03 (.17)

Where there are a hundred people, degree has to stay within a fifth, and clustering within a quarter. Facebook pairs are
closed like nothing else here (.62), and half of them are replaced: .45 is allowed. The girls are 48; the mean of ten
seeds has standard errors of .03 and .05 there, which leaves a third.
"""

import csv
import json

import numpy as np
import pytest

from peersim.analysis.single import run
from peersim.scenario import Scenario
from tests.cli.commands import peersim
from tests.real_networks import ADULTS, DATA, NETWORKS, needs_data

pytestmark = needs_data
WITHIN = {
    "office": (0.2, 0.25),
    "office by department and minutes": (0.2, 0.25),
    "school friends": (0.2, 0.25),
    "school facebook": (0.2, 0.45),
    "girls, wave 1": (1 / 3, 1 / 3),
    "girls, wave 2": (1 / 3, 1 / 3),
    "girls, wave 3": (1 / 3, 1 / 3),
}
"""How far degree and clustering may drift, as shares."""
SHOWN = [name for name in NETWORKS if name not in ("girls, wave 2", "girls, wave 3")]


def network(name):
    """The `[network]` table, and couples among adults only."""
    files = {key: str(DATA / value) for key, value in NETWORKS[name].items() if key in ("file", "nodes")}
    return {
        "network": NETWORKS[name] | files,
        "population": {"partners": "draw" if name in ADULTS else "none"},
    }


def settings(name, **more):
    """The same as options of a command."""
    return [
        word
        for table, numbers in (network(name) | more).items()
        for key, value in numbers.items()
        for word in ("-s", f"{table}.{key}={value}")
    ]


@pytest.mark.parametrize("name", NETWORKS)
def test_a_real_network_keeps_its_structure(name):
    """Mean of ten seeds, after 180 days of burn-in and 365 days; and it does not freeze: many ties are replaced."""
    found = run(Scenario.model_validate(network(name)), seeds=10).structure
    drift, (degree, clustering) = found.drift, WITHIN[name]
    assert abs(drift["degree"]) < degree
    assert abs(drift["clustering"]) < clustering
    assert 0.3 < found.kept < 0.7


@pytest.mark.parametrize("name", SHOWN)
def test_run_tells_how_far(name, tmp_path):
    """Below the line that tells of the network, and in the JSON; nothing is wider than a terminal."""
    short = settings(name, run={"days": 30, "burn_in": 14})
    told = peersim("run", "baseline", *short, "-o", tmp_path)
    assert told.exit_code == 0, told.stderr
    lines = told.stdout.splitlines()
    assert lines[0].startswith(NETWORKS[name]["file"])
    assert max(map(len, lines)) <= 100
    [shown] = [line.split() for line in lines if line.startswith("baseline ")]
    found = json.loads(peersim("run", "baseline", *short, "--json", "-o", tmp_path).stdout)["structure"]
    assert [float(shown[k]) for k in (1, 2, 3)] == [round(value, 2) for value in found["degree"]]
    assert [float(shown[k]) for k in (6, 7, 8)] == [round(value, 2) for value in found["clustering"]]
    assert found["drift"]["degree"] == found["degree"][2] / found["degree"][0] - 1
    assert shown[-2:] == [f"{100 * found['kept']:.0f}", "%"]


@pytest.mark.parametrize("name", SHOWN)
def test_compare_tells_how_far_for_every_arm(name, tmp_path):
    """What a programme does to ties shows in its own arm, after day 0; and the table is in a file."""
    short = settings(name, run={"days": 75, "burn_in": 14})
    told = peersim("compare", "baseline", "support_group", *short, "--seeds", 2, "--json", "-o", tmp_path)
    assert told.exit_code == 0, told.stderr
    nothing, group = (arm["structure"] for arm in json.loads(told.stdout)["arms"])
    assert nothing["degree"][:2] == group["degree"][:2]
    assert nothing["degree"][2] != group["degree"][2]
    with (tmp_path / "structure.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["arm"] for row in rows] == ["baseline", "support_group"]
    assert float(rows[1]["clustering_last"]) == group["clustering"][2]
    assert np.isclose(float(rows[0]["kept"]), nothing["kept"], rtol=0)
