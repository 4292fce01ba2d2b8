"""Imports go one way: the model knows nothing of those who look at it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "peersim").rglob("*.py"))
EDGES = ("cli", "dashboard", "model")
"""What nobody imports."""
LOOKS_ON = ("analysis", "experiment", "odd", "report", "runs", "sweeps", "validation", *EDGES)
"""What the model itself never imports."""
ALLOWED = {
    "mesa": ("model", "dashboard"),
    "networkx": ("networks", "ties", "graph", "model", "dashboard"),
    "solara": ("dashboard",),
}
"""Which parts of the package may import what."""
HEAVY = ("mesa", "networkx", "pandas", "pyarrow", "matplotlib", "scipy.stats", "scipy.sparse", "solara")


def part(name):
    """The part of the package that a module is in: peersim.processes.stress and processes/stress.py are `processes`."""
    first = name.removesuffix(".py").replace("/", ".").removeprefix("peersim.").split(".")[0]
    return "model" if first.startswith("model") else first


def imports(file):
    """Every module that a file imports, at its top or later; `from peersim import trace` is peersim.trace."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written from the root"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


IMPORTS = [(str(file.relative_to(ROOT / "peersim")), name) for file in FILES for name in imports(file)]


def test_nobody_imports_the_edges():
    """Commands, dashboard and the Mesa face are where things end; each may import itself."""
    inward = [(file, name) for file, name in IMPORTS if name.startswith("peersim.") and part(name) in EDGES]
    assert not [(file, name) for file, name in inward if part(file) not in EDGES]
    assert not [(file, name) for file, name in inward if part(file) == "model" != part(name)]


def test_the_model_knows_nothing_of_its_observers():
    """Nothing that lives a day imports runs, analysis, reports or edges."""
    inner = [(file, name) for file, name in IMPORTS if part(file) not in LOOKS_ON and file != "__init__.py"]
    assert not [(file, name) for file, name in inner if name.startswith("peersim.") and part(name) in LOOKS_ON]


def test_processes_and_programmes_never_import_each_other():
    """Nor does a process another process: what they have in common stands beside them."""
    for file, name in IMPORTS:
        if part(file) in ("processes", "programmes"):
            assert part(name) != "processes", file
            assert part(name) != "programmes" or part(file) == "programmes", file
            assert part(name) not in ("day", "simulate", "world", "scenario", "trace"), file


@pytest.mark.parametrize("library", ALLOWED)
def test_a_library_is_used_in_its_place_only(library):
    users = {file for file, name in IMPORTS if name.split(".")[0] == library}
    assert not {file for file in users if part(file) not in ALLOWED[library]}


def test_only_draws_makes_random_numbers():
    """No numpy.random, random or secrets; networkx, which is given a seed number, may be handed Python's generator."""
    made = {file for file, name in IMPORTS if name.split(".")[0] in ("random", "secrets", "uuid") or ".random" in name}
    used = {
        str(file.relative_to(ROOT / "peersim"))
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "random"
        and isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy")
    }  # fmt: skip
    assert {file for file in made | used if part(file) != "networks"} == set()


def test_living_a_day_imports_nothing_heavy():
    """Tables, figures, statistics and graphs are imported where they are used, when they are used.

    (numba looks whether scipy is there, which takes no time; what takes time is its parts.)
    """
    code = f"import sys, peersim.simulate; print([name for name in {HEAVY} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.strip() == "[]"
