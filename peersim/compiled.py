"""Where compiled code comes from: numba's settings, and a cache that notices every change of the source.

numba's own cache looks only at the file of the function that is called, so that a change in a function it calls would
go unnoticed. The cache folder is therefore named by a hash of all sources, the numba version and the processor, and
set before anything is compiled. Folders that nobody used for a month are removed.

Of many processes that start at once, one compiles a function and the others wait for it. Nor is numba's cache made
for several that write: two that add different versions of a function may give them the same file.
"""

from __future__ import annotations

import gc
import hashlib
import os
import platform
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import numba
from numba.core.codegen import get_host_cpu_features
from numba.core.compiler_lock import global_compiler_lock
from numba.core.errors import NumbaError
from numba.extending import register_jitable

from peersim.lock import locked

EDGES = (
    "analysis", "bundled.py", "checking.py", "cli", "consistency.py", "dashboard", "experiment", "graph.py",
    "locate.py", "mistakes.py", "model.py", "model_agents.py", "model_overrides.py", "model_person.py", "odd",
    "overrides.py", "report", "runs", "scenario_file.py", "scenario_text.py", "sweeps", "toml_files.py",
    "unknown_names.py", "validation", "wrong_values.py",
)  # fmt: skip
"""What the core never imports, so that a change there compiles nothing anew."""
_MONTH = 30 * 24 * 3600.0


def cache_home() -> Path:
    """The folder that holds the compiled versions: $PEERSIM_CACHE, else peersim in the user's cache folder."""
    if chosen := os.environ.get("PEERSIM_CACHE"):
        return Path(chosen)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "peersim"
    try:
        return Path.home() / ".cache" / "peersim"
    except RuntimeError:  # a user without a home
        return _private_folder()


def source_hash(*, everything: bool = False) -> str:
    """16 hexadecimal digits that change whenever a source file does that compiled code can depend on, or any file."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for file in sorted(root.rglob("*.py")):
        place = file.relative_to(root)
        if everything or place.parts[0] not in EDGES:
            digest.update(str(place).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path:
    machine = f"{numba.__version__}-{platform.machine()}-{get_host_cpu_features()}"
    name = hashlib.sha256((source_hash() + machine).encode()).hexdigest()[:16]
    home = cache_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        _prune(home)
        folder = home / name
        folder.mkdir(exist_ok=True)
        (folder / "used").touch()
    except OSError as problem:
        folder = _private_folder() / name
        _copy_of(home / name, folder)
        warnings.warn(
            f"{home}: cannot write compiled code there ({problem.strerror}); using {folder}, which may have to be "
            "compiled again after a restart. Set PEERSIM_CACHE to a folder that can be written.",
            stacklevel=2,
        )
    return folder


def _private_folder() -> Path:
    """A temporary folder that nobody else can have put compiled code into."""
    who = os.getuid() if hasattr(os, "getuid") else 0
    shared = Path(tempfile.gettempdir()) / f"peersim-{who}"
    shared.mkdir(mode=0o700, exist_ok=True)
    seen = shared.stat()
    is_ours = not hasattr(os, "getuid") or (seen.st_uid == who and not seen.st_mode & 0o022)
    return shared if is_ours and not shared.is_symlink() else Path(tempfile.mkdtemp(prefix="peersim-"))


def _copy_of(there: Path, folder: Path) -> None:
    """Make the folder, with what was compiled there before it could no longer be written."""
    if folder.exists():
        return
    made = Path(tempfile.mkdtemp(dir=folder.parent))
    with suppress(OSError):  # it cannot be read either
        for file in there.rglob("*.nb*"):
            place = made / file.relative_to(there)
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, place)
    try:
        made.rename(folder)
    except OSError:  # another process was quicker
        shutil.rmtree(made, ignore_errors=True)


def _prune(home: Path) -> None:
    """Remove the folders of versions that nobody started for a month."""
    for mark in home.glob("*/used"):
        with suppress(FileNotFoundError):  # another process was quicker
            if time.time() - mark.stat().st_mtime > _MONTH:
                shutil.rmtree(mark.parent, ignore_errors=True)


cache_folder = _cache_folder()
numba.config.CACHE_DIR = str(cache_folder)
_all_compiled = cache_folder / "all_compiled"


def take_blas_for_granted() -> None:
    """Keep numba from importing SciPy's linear algebra (.2 s) only to see that it is there: peersim requires SciPy.

    To be called before anything is compiled or loaded. Compiled linear algebra imports it when it is used.
    """
    from numba.np import linalg

    look = linalg.ensure_blas
    linalg.ensure_blas = lambda: None
    try:
        import_module("numba.np.arraymath")
    finally:
        linalg.ensure_blas = look


def is_cold() -> bool:
    """Whether the model has still to be compiled on this machine."""
    return not any(cache_folder.rglob("day.advance*.nbc"))


def is_all_compiled() -> bool:
    """Whether everything was compiled once, as the sources are now (`peersim doctor --warm`)."""
    with suppress(OSError):
        return not is_cold() and _all_compiled.read_text() == source_hash(everything=True)
    return False


def note_that_all_is_compiled() -> None:
    """Remember it for the next `is_all_compiled`."""
    _all_compiled.write_text(source_hash(everything=True))


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile a function that other compiled functions call, and that makes no arrays and returns none.

    What it is given is kept by its caller, so that it need not count who uses what.
    """
    made: F = register_jitable(error_model="numpy", no_cfunc_wrapper=True, _nrt=False)(function)
    return made


def allocating[F: Callable[..., Any]](function: F) -> F:
    """Compile a function that other compiled functions call, and that makes or returns arrays."""
    made: F = register_jitable(error_model="numpy", no_cfunc_wrapper=True)(function)
    return made


_not_kept: set[str] = set()


def _say_not_kept(problem: OSError) -> None:
    """Warn once of each reason why compiled code has to be compiled again."""
    why = str(problem.strerror)
    if why not in _not_kept:
        _not_kept.add(why)
        warnings.warn(
            f"{cache_folder}: cannot keep compiled code there ({why}), so that it has to be compiled again next time. "
            "Set PEERSIM_CACHE to a folder with room.",
            stacklevel=2,
        )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: the compiler makes millions of objects that stay; looking takes a tenth of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def entry_point[F: Callable[..., Any]](function: F) -> F:
    """Compile a function that Python calls: kept on disk, and other threads go on while it runs."""
    made = numba.njit(error_model="numpy", cache=True, nogil=True)(function)
    if hasattr(made, "compile"):  # it is there unless the compiler is switched off
        load_or_compile = made.compile

        def compile_alone(signature: Any) -> Any:
            with global_compiler_lock, locked(cache_folder / "lock"), _no_collection():
                try:  # locks in this order everywhere: no two wait in a ring
                    return load_or_compile(signature)
                except NumbaError:
                    raise
                except OSError as problem:  # compiled, but it could not be kept
                    _say_not_kept(problem)
                except Exception:  # what was kept cannot be read
                    with suppress(OSError):
                        made._cache.flush()
                return load_or_compile(signature)

        made.compile = compile_alone
    kept: F = made
    return kept
