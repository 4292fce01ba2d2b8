"""Real networks keep their structure through a burn-in and a year, and `run` and `compare` tell how far.

What was measured with 20 seeds, as mean drift and its standard deviation between seeds:

                                    degree         clustering
    office                          -.01 (.00)     -.08 (.02)
    ... by department and minutes   -.02 (.00)     -.04 (.02)
    school friends                  +.00 (.03)     +.07 (.05)
    school facebook                 -.02 (.00)     -.20 (.03)
    girls, wave 1                   -.31 (.07)     -.28 (.16)
    girls, wave 2                   -.29 (.08)     +.11 (.18)
    girls, wave 3                   -.35 (.12)     -.07 (.22)

Where there are a hundred people, degree has to stay within a tenth and clustering within three tenths. The girls are
48, and nothing is known of them but their ties: few are alike, so that lost ties are slow to be replaced. Four tenths
are allowed there, where the mean of ten seeds has standard errors of .03 and .05.
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
LARGE, SMALL = (0.1, 0.3), (0.4, 0.4)
WITHIN = {name: SMALL if name.startswith("girls") else LARGE for name in NETWORKS}
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
