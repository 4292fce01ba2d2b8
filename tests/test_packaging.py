"""What is shipped: pins that name no registry, files that name no machine, a wheel that works on its own."""

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

import peersim

ROOT = Path(__file__).parents[1]
HASH = r"--hash=sha256:[0-9a-f]{64}"


def canonical(name):
    """A package's name as an index writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins():
    """Version and hashes of each package in constraints.txt, by its canonical name."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    rows = re.findall(r"^([\w.-]+)==(\S+)(.*)$", text, flags=re.MULTILINE)
    return {canonical(name): (version, re.findall(HASH, rest)) for name, version, rest in rows}


def committed_files():
    """The files git has or would add; skips where there is no git, as in an unpacked source distribution."""
    try:
        names = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for name in names.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_constraints_name_no_registry():
    """Pins hold on every machine, whatever its index: no address, no path, only names and hashes."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    pin_or_hash = re.compile(rf"[\w.-]+==[\w.+!]+ \\|    {HASH}( \\)?")
    assert [line for line in lines if not pin_or_hash.fullmatch(line)] == []


@pytest.mark.parametrize("group", ["core", "dev"])
def test_every_dependency_is_pinned_with_a_hash(group):
    """What pyproject.toml asks for, `make setup` installs in one known version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] if group == "core" else project["optional-dependencies"][group]
    names = {canonical(re.match(r"[\w.-]+", requirement).group()) for requirement in asked}
    assert names
    assert names - {name for name, (_, hashes) in pins().items() if hashes} == set()


def test_no_committed_file_names_a_machine():
    """A path of the machine on which a file was written means nothing on the reader's."""
    of_a_machine = re.compile(rb"(?<![\w.~-])/(?:home|root|tmp|Users|work)/\w")
    found = [
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in committed_files()
        if (match := of_a_machine.search(path.read_bytes()))
    ]
    assert found == []


def test_citation_names_this_version():
    """Who cites CITATION.cff cites the code beside it."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (\S+)$", citation, flags=re.MULTILINE) == [peersim.__version__]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The Python of an environment that holds the wheel, what the wheel asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("packaging")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", ROOT]
    subprocess.run(build, check=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    # The wheel says what it needs, the pins only in which version; pip wants hashes of all or of none.
    versions = folder / "versions.txt"
    versions.write_text("\n".join(f"{name}=={version}" for name, (version, _) in pins().items()))
    venv.create(folder / "environment", with_pip=True)
    python = folder / "environment" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-qq", "-c", versions, wheel], check=True)
    return python


def run_away_from_the_checkout(python, folder, *arguments):
    """Standard output of `peersim ARGUMENTS` in an empty folder, away from the checkout."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [python.with_name("peersim"), *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_wheel_runs_a_bundled_scenario(installed, tmp_path):
    """`pip install peersim` is enough: the command finds the scenarios that it came with."""
    quick = ("-s", "population.people=200", "-s", "run.days=20", "-s", "run.burn_in=5")
    shown = run_away_from_the_checkout(installed, tmp_path, "run", "support_group", *quick, "--json")
    document = json.loads(shown)
    assert document["command"] == "run"
    assert document["people"] == 200
    assert document["days"] == 20
    assert document["peersim"] == peersim.__version__


@pytest.mark.slow
def test_wheel_describes_every_bundled_scenario(installed, tmp_path):
    """No scenario of the checkout was left out of the wheel."""
    shown = run_away_from_the_checkout(installed, tmp_path, "describe", "scenarios")
    names = {path.stem for path in (ROOT / "scenarios").glob("*.toml")}
    assert names
    assert {name for name in names if name not in shown} == set()


@pytest.mark.slow
def test_wheel_brings_every_bundled_experiment(installed, tmp_path):
    """By name, away from the checkout."""
    names = [path.stem for path in (ROOT / "experiments").glob("*.toml")]
    assert names
    for name in names:
        assert run_away_from_the_checkout(installed, tmp_path, "check", name).startswith(f"{name}: valid; ")


@pytest.mark.slow
def test_wheel_knows_the_bands(installed, tmp_path):
    """The file of bands came with it, and speaks of programmes that came too."""
    quick = ("-s", "population.people=100", "-s", "run.burn_in=5", "--seeds", "2")
    shown = run_away_from_the_checkout(installed, tmp_path, "validate", *quick, "--json")
    document = json.loads(shown)
    assert len(document["bands"]) > 20
    assert len(document["programmes"]) > 5


@pytest.mark.slow
def test_wheel_brings_the_core_only(installed):
    """The dashboard and the cluster tools come when asked for: the core stays light."""
    command = [installed, "-m", "pip", "list", "--format", "json"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout
    names = {canonical(row["name"]) for row in json.loads(listed)}
    assert {"peersim", "mesa", "numba", "pebble", "pyarrow"} <= names
    assert names & {"solara", "ipyvuetify", "starlette", "dask", "distributed", "pytest"} == set()
