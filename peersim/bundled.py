"""The scenarios and experiments that come with the program, by name."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def scenarios_folder() -> Path:
    """Inside the package where it was installed, beside it in a checkout."""
    return _folder("scenarios")


def experiments_folder() -> Path:
    """As `scenarios_folder`."""
    return _folder("experiments")


def bundled_names() -> tuple[str, ...]:
    """Of the scenarios, in alphabetical order."""
    return _names(scenarios_folder())


def bundled_experiments() -> tuple[str, ...]:
    """Of the experiments, in alphabetical order."""
    return _names(experiments_folder())


def bundled_path(name: str) -> Path:
    """The file of a bundled scenario. Raises KeyError for a name that none has."""
    if name not in bundled_names():
        raise KeyError(name)
    return scenarios_folder() / f"{name}.toml"


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def _names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))
