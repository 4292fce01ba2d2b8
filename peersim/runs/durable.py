"""Files that are there whole or not at all, also after a power cut.

A file is written under another name, brought to the disk, and only then given its name; then the folder is brought to
the disk too, for it is the folder that knows the name.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".new"
"""How the name of a file ends that is still being written."""


def write_durably(file: Path, content: bytes) -> None:
    """Write a file whole; it survives a power cut once this returns. Raises OSError, and leaves nothing behind."""
    unfinished = file.with_name(file.name + UNFINISHED)
    try:
        with unfinished.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)
    except BaseException as error:
        with suppress(OSError):
            unfinished.unlink()
        if isinstance(error, OSError) and error.filename is None:  # as of a full disk
            error.filename = str(file)
        raise
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder, and those around it, so that they survive a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def move_aside(file: Path, quarantine: Path) -> Path:
    """Move a file into the quarantine, where nothing is ever overwritten; where it lies now."""
    make_folder(quarantine)
    place, n = quarantine / file.name, 1
    while place.exists():
        place, n = quarantine / f"{file.name}.{n}", n + 1
    file.rename(place)
    sync_folder(quarantine)
    sync_folder(file.parent)
    return place
