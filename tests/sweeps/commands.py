"""Real commands in processes of their own, what they leave behind, and faults that are brought about in them."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

REPO = Path(__file__).parents[2]
MARK = "PEERSIM_TEST_MARK"
"""A variable of the environment: every process that a command starts has it too."""
TABLES = ("runs", "timeline", "contrasts", "people")
TINY = """
schema = 1
title = "Tiny"
base = "support_group"
set = {{ "population.people" = {people}, "run.days" = {days}, "run.burn_in" = 3 }}

[arms.often]
set = {{ "programmes.0.every" = 4, "programmes.0.weeks" = 3 }}
[arms.seldom]
set = {{ "programmes.0.every" = 8, "programmes.0.weeks" = 3 }}

[sweep]
vary."stressors.event_rate" = [0.7, 1.35, 2.7]

[seeds]
min = {seeds}

[record]
people = ["stress"]
"""


def write_experiment(folder, *, people=60, days=30, seeds=20, more=""):
    """An experiment of 3 points x 2 arms x `seeds` tiny runs."""
    file = folder / "tiny.toml"
    file.write_text(TINY.format(people=people, days=days, seeds=seeds) + more, encoding="utf-8")
    return file


def command(*arguments):
    """`peersim ARGUMENTS`, as a list for a new process."""
    return [sys.executable, "-c", "from peersim.cli import main; main(prog_name='peersim')", *map(str, arguments)]


class Running:
    """A command that runs, as on a terminal of its own; nothing of it is left when this is left."""

    def __init__(self, folder, *arguments, root=REPO, **environment):
        self.folder = folder
        self.mark = f"{folder}-{time.monotonic_ns()}"
        self.said_in = folder / f"said-{time.monotonic_ns()}"
        environment = {**os.environ, MARK: self.mark, "PYTHONPATH": str(root), **environment}
        with self.said_in.open("w") as said:
            self.process = subprocess.Popen(
                command(*arguments), cwd=folder, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                env=environment, start_new_session=True,
            )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for pid in self.processes():
            kill(pid)
        self.process.wait(10)

    @property
    def said(self):
        """All that it said so far."""
        return self.said_in.read_text(encoding="utf-8")

    def ended(self, seconds=120):
        """Its exit code."""
        return self.process.wait(seconds)

    def wait_until_said(self, words, seconds=60):
        """Wait until it said so, or ended."""
        wait_for(lambda: words in self.said or self.process.poll() is not None, seconds)
        assert words in self.said, self.said

    def processes(self):
        """Every process that it started, itself among them, that is there still."""
        return [pid for pid in pids() if self.mark in environment_of(pid)]

    def workers(self):
        """Its worker processes, which the server of workers made; the server and the tracker are none."""
        return [pid for pid in self.processes() if parent_of(pid) not in (self.process.pid, os.getpid())]

    def wait_for_workers(self, n, seconds=60):
        """Wait until so many are there."""
        wait_for(lambda: len(self.workers()) >= n or self.process.poll() is not None, seconds)
        assert self.process.poll() is None, self.said

    def press_ctrl_c(self):
        """As a terminal does: every process that the command has started in the foreground is told."""
        os.killpg(self.process.pid, signal.SIGINT)

    def leaves_nobody(self, seconds=5):
        """Whether every process of it is gone soon."""
        try:
            wait_for(lambda: not self.processes(), seconds)
        except AssertionError:
            return False
        return True


def run(folder, *arguments, **more):
    """Run a command to its end: exit code and all that it said."""
    with Running(folder, *arguments, **more) as running:
        code = running.ended()
        return code, running.said


def wait_for(is_so, seconds):
    """Wait until it is so; it fails if that never comes."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"waited {seconds} s"
        time.sleep(0.02)


def pids():
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def environment_of(pid):
    """What a process was started with; nothing for one that is gone, or that only waits to be counted as gone."""
    try:
        return Path("/proc", str(pid), "environ").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def parent_of(pid):
    try:
        return int(Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return -1


def peak_megabytes(pid):
    """The most memory that a process ever had."""
    status = Path("/proc", str(pid), "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024


def kill(pid):
    """kill -9; it may be gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def tables_in(folder):
    """The sha256 of every table."""
    files = {name: Path(folder, f"{name}.parquet") for name in TABLES}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items() if file.exists()}


@contextmanager
def small_disk(folder, kilobytes, *, is_read_only=False):
    """A folder on a disk of its own that is soon full."""
    folder.mkdir()
    options = f"size={kilobytes}k" + (",ro" if is_read_only else "")
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def enlarge(folder, kilobytes):
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", folder], check=True, capture_output=True)


def can_mount():
    """Whether this user may mount a disk of its own."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    with subprocess.Popen(["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], stderr=subprocess.DEVNULL) as one:
        return one.wait() == 0
