"""How much room there is: the least of what the machine, and each control group, has left."""

import resource

import pytest

from peersim.runs import room as rooms

MB = 2**20


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with 1000 MB free, and control groups as they are written to it."""
    (tmp_path / "meminfo").write_text("MemTotal: 4096000 kB\nMemAvailable: 1024000 kB\n")
    (tmp_path / "own").write_text("")
    (tmp_path / "groups").mkdir()
    monkeypatch.setattr(rooms, "_MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(rooms, "_OWN_GROUPS", tmp_path / "own")
    monkeypatch.setattr(rooms, "_GROUPS", tmp_path / "groups")
    monkeypatch.setattr(rooms, "_held", lambda: 100 * MB)
    return tmp_path


def group(folder, **files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"memory.{name}").write_text(f"{text}\n")


def test_the_room_of_a_machine_is_what_is_free_and_what_we_hold(machine):
    assert rooms.room() == 1100 * MB


def test_a_group_that_is_nearly_full_leaves_less(machine):
    """The limit less what is used; remembered files are given back. The group around it may be the narrower one."""
    (machine / "own").write_text("0::/a/b\n")
    group(machine / "groups" / "a" / "b", max=500 * MB, current=300 * MB, stat=f"anon 5\ninactive_file {50 * MB}")
    assert rooms.room() == (250 + 100) * MB
    group(machine / "groups" / "a", max=400 * MB, current=320 * MB, stat="inactive_file 0")
    assert rooms.room() == (80 + 100) * MB


def test_a_group_without_a_limit_changes_nothing(machine):
    (machine / "own").write_text("0::/a\n")
    group(machine / "groups" / "a", max="max", current=300 * MB, stat="")
    assert rooms.room() == 1100 * MB


def test_groups_of_the_first_kind_count_too(machine):
    """Inside of a container their place may be found at the root only; a huge limit means none."""
    (machine / "own").write_text("5:cpu:/x\n4:memory:/not/here\n")
    root = machine / "groups" / "memory"
    group(root, limit_in_bytes=700 * MB, usage_in_bytes=600 * MB, stat=f"total_inactive_file {10 * MB}")
    assert rooms.room() == (110 + 100) * MB
    group(root, limit_in_bytes=9223372036854771712)
    assert rooms.room() == 1100 * MB


def test_where_there_is_no_such_thing_the_system_is_asked(machine, monkeypatch):
    """As on a Mac: half of its memory; or nothing is known."""
    (machine / "meminfo").unlink()
    monkeypatch.setattr(rooms.os, "sysconf", {"SC_PHYS_PAGES": 1000, "SC_PAGE_SIZE": MB}.get)
    assert rooms.room() == (500 + 100) * MB
    monkeypatch.delattr(rooms.os, "sysconf")
    assert rooms.room() is None


def test_a_limit_of_addresses_counts(machine, monkeypatch):
    """`ulimit -v`: the limit less the addresses that the process uses."""
    monkeypatch.setattr(rooms, "_own", lambda name: {"VmSize:": 300 * MB, "RssAnon:": 0}[name])
    monkeypatch.setattr(resource, "getrlimit", lambda which: (800 * MB, resource.RLIM_INFINITY))
    assert rooms.room() == (500 + 100) * MB
