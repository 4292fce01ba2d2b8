"""Experiments written by a test, in a folder of its own."""

import pytest

from peersim.experiment.reading import read_experiment


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Write an experiment to x.toml in the current folder, and read it."""
    monkeypatch.chdir(tmp_path)

    def write_and_read(text, *settings):
        (tmp_path / "x.toml").write_text(text, encoding="utf-8")
        return read_experiment("x.toml", settings)

    return write_and_read
