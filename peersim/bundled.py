"""The scenarios that come with the program, by name."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def scenarios_folder() -> Path:
    """Inside the package where it was installed, beside it in a checkout."""
    inside = _PACKAGE / "scenarios"
    return inside if inside.is_dir() else _PACKAGE.parent / "scenarios"


def bundled_names() -> tuple[str, ...]:
    """In alphabetical order."""
    return tuple(sorted(path.stem for path in scenarios_folder().glob("*.toml")))


def bundled_path(name: str) -> Path:
    """The file of a bundled scenario. Raises KeyError for a name that none has."""
    if name not in bundled_names():
        raise KeyError(name)
    return scenarios_folder() / f"{name}.toml"
