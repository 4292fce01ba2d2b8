"""The store against a twin that is a dictionary: whatever is done, in whatever order, both hold the same."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from peersim.runs.store import StoreError, open_store
from tests.stored import DAMAGES, SCHEMAS, cut_off, entered, holds, id_of, left_files, row_of, shards

NUMBERS = st.integers(0, 15)
TABLES = st.sampled_from(sorted(SCHEMAS))


NUMBER_OF = {id_of(n): n for n in range(16)}


def numbered(records):
    return {(table, NUMBER_OF[id]) for table, id in records}


def journal_of_part(folder):
    return folder / "store" / "part-001-of-002" / "journal.sqlite"


class StoreAndTwin(RuleBasedStateMachine):
    """A record is a pair of table and number.

    waiting   added, and not flushed
    stored    flushed
    damaged   stored in a shard that was damaged since, which nobody has looked at yet
    failed    failures that wait or are stored
    """

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp(prefix="peersim-test-"))
        self.stored, self.waiting, self.damaged, self.failed = set(), set(), set(), set()
        self.part_of, self.victims = set(), set()
        self.open()

    def open(self):
        self.stack = ExitStack()
        self.store = self.stack.enter_context(open_store(self.folder, SCHEMAS))

    def close(self):
        self.stack.close()
        self.flushed()

    def teardown(self):
        if hasattr(self, "stack"):
            self.stack.close()
            shutil.rmtree(self.folder)

    def flushed(self):
        self.stored |= self.waiting
        self.waiting.clear()

    def has(self, record):
        return record in self.stored | self.waiting

    @rule(table=TABLES, numbers=st.lists(NUMBERS, max_size=5))
    def add(self, table, numbers):
        for n in numbers:
            self.store.add(table, id_of(n), row_of(n, table), f"code{n % 2}")
            self.failed.discard((table, n))
            if not self.has((table, n)):
                self.waiting.add((table, n))

    @rule(table=TABLES, n=NUMBERS)
    def fail(self, table, n):
        self.store.fail(table, id_of(n), "died", str(n))
        if not self.has((table, n)):
            self.failed.add((table, n))

    @rule()
    def flush(self):
        self.store.flush()
        self.flushed()
        assert left_files(self.folder) == []

    @rule()
    def reopen(self):
        self.close()
        self.open()
        assert self.store.mended == ()

    @rule(table=TABLES, numbers=st.lists(NUMBERS, max_size=5))
    def write_a_part(self, table, numbers):
        """A task of a job array, which sees what the main store has stored."""
        with open_store(self.folder, SCHEMAS, part=(1, 2)) as part:
            for n in numbers:
                part.add(table, id_of(n), row_of(n, table))
                if (table, n) not in self.stored:
                    self.part_of.add((table, n))

    @rule()
    def take_in(self):
        new = self.part_of - self.stored
        assert self.store.take_in_parts() == len(new)
        self.stored |= new
        self.failed -= new
        self.waiting -= self.stored

    @rule(which=st.integers(0, 99), how=st.sampled_from(sorted(DAMAGES)))
    def damage(self, which, how):
        """While nobody has the store open; a shard of the main store."""
        self.close()
        own = [file for file in shards(self.folder) if file.parent.name == "store" and file not in self.victims]
        if own:
            victim = own[which % len(own)]
            self.damaged |= numbered(entered(self.folder / "store" / "journal.sqlite", victim.name))
            DAMAGES[how](victim)
            self.victims.add(victim)
        self.open()

    @rule()
    def check(self):
        found = self.store.check()
        assert {damage.file for damage in found} == self.victims
        assert sum(damage.records for damage in found) == len(self.damaged)
        self.forget_damaged()
        assert self.store.check() == []

    def forget_damaged(self):
        self.stored -= self.damaged
        self.damaged.clear()
        self.victims.clear()

    @rule(how=st.sampled_from([cut_off, Path.unlink]))
    def lose_the_journal(self, how):
        """Failures are forgotten with it, and the parts are taken in again."""
        self.close()
        how(self.folder / "store" / "journal.sqlite")
        self.open()
        self.store.take_in_parts()
        self.forget_damaged()
        self.failed.clear()
        self.stored |= self.part_of

    @rule(numbers=st.sets(NUMBERS))
    def keep_only(self, numbers):
        if self.victims:
            return  # it would refuse to read them; that is tested elsewhere
        self.take_in_all()
        kept = {(table, n) for table, n in self.stored if n in numbers}
        freed = self.store.keep_only({table: [id_of(n) for n in numbers] for table in SCHEMAS})
        assert freed.records == len(self.stored - kept)
        self.stored = kept
        left = numbered(entered(journal_of_part(self.folder))) if journal_of_part(self.folder).exists() else set()
        assert left <= self.part_of & kept
        self.part_of = left
        self.failed = {(table, n) for table, n in self.failed if n in numbers}

    def take_in_all(self):
        self.flush()
        self.take_in()

    @invariant()
    def both_hold_the_same(self):
        if not hasattr(self, "store"):
            return
        for table in SCHEMAS:
            there = {n for n in range(16) if self.store.has(table, id_of(n))}
            assert there == {n for of, n in self.stored | self.waiting if of == table}
            assert self.store.count(table) == len({n for of, n in self.stored if of == table})
            assert set(self.store.failures(table)) == {id_of(n) for of, n in self.failed if of == table}
            damaged = {n for of, n in self.damaged if of == table}
            assert holds(self.store, sorted(there - damaged, reverse=True), table)
            for n in damaged:
                with pytest.raises(StoreError):
                    self.store.rows(table, [id_of(n)])


StoreAndTwin.TestCase.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)
test_store_and_twin = StoreAndTwin.TestCase
