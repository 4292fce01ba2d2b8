"""A circle: who is in it, when it meets, how safe it is to speak there, who leaves and who moves up."""

from peersim.draws import Decision
from tests.reference.draws import uniform
from tests.reference.session import Session


class Circle:
    """A group that a programme formed.

    address      lowest founding number, by which its luck is drawn
    since        first day of its round
    is_active    of each member, by person: False for who has left
    climate      how safe it is to speak here
    held         sessions held
    """

    def __init__(self, programme, people):
        """Climate Pg starts at .35 + .10 F + .10 g + .15 anonymity."""
        self.programme, self.model = programme, programme.model
        self.is_active = {person: True for person in sorted(people, key=lambda person: person.number)}
        self.address = min(person.number for person in people)
        self.since, self.held = programme.round_start, 0
        n = self.numbers.sessions
        self.climate = (
            n.climate_start
            + n.climate_facilitator * programme.facilitator
            + n.climate_guidelines * programme.guidelines
            + n.climate_anonymity * programme.table.anonymity
        )

    @property
    def numbers(self):
        return self.model.numbers

    def luck(self, decision):
        """A uniform draw of the circle, today."""
        return uniform(self.model.seed, decision, self.model.day, self.programme.slot, self.address)

    @property
    def members(self):
        """Those who have not left, in the order of numbers."""
        return [person for person, is_active in self.is_active.items() if is_active]

    def is_its_day(self):
        """Every `every` days; or spontaneous: each circle meets with probability 1/every a day."""
        if self.programme.is_spontaneous:
            return self.luck(Decision.MEET) < 1 / self.programme.table.every
        return (self.model.day - self.since) % self.programme.table.every == 0

    def meet(self):
        """A session is held where two or more are present; then the climate grows and some leave for good."""
        attendance = self.programme.table.attendance
        present = [person for person in self.members if self.programme.luck(Decision.ATTEND, person) < attendance]
        if len(present) < 2:
            return
        Session(self, present).hold()
        self.grow_safer()
        self.held += 1
        for person in present:
            self.programme.attended[person.number] += 1
        self.let_in(self.leave())

    def grow_safer(self):
        """The climate gains .04 (.3 + .35 (F + g))(1 - Pg) a held session."""
        n, programme = self.numbers.sessions, self.programme
        pace = n.climate_gain_base + n.climate_gain_led * (programme.facilitator + programme.guidelines)
        self.climate += n.climate_gain * pace * (1 - self.climate)

    def leave(self):
        """Each member, present or not, drops out after a held session with probability dropout x (1.3 - .6 P); partners
        leave together, and P is their mean.

        Returns those who leave, in the order of numbers.
        """
        n, programme, leavers = self.numbers.sessions, self.programme, []
        for person in self.members:
            safety = person.with_partner("safety") if programme.is_for_couples else person.safety
            chance = programme.table.dropout * (n.dropout_base - n.dropout_safety * safety)
            if programme.luck(Decision.DROP_OUT, person) < chance:
                leavers.append(person)
        for person in leavers:
            self.is_active[person] = False
        self.model.count["left"] += len(leavers)
        return leavers

    def let_in(self, leavers):
        """With `rolling`, when a member leaves after a session, the first in line takes the place tonight, as long as
        the circle can meet again in this round.
        """
        programme, line = self.programme, self.programme.line
        next_day = self.programme.model.day + (1 if programme.is_spontaneous else programme.table.every)
        if programme.table.rolling and next_day < self.since + 7 * programme.table.weeks:
            joining, line[:] = line[: len(leavers)], line[len(leavers) :]
            everyone = self.is_active | {person: True for person in joining}
            self.is_active = dict(sorted(everyone.items(), key=lambda member: member[0].number))
            self.model.count["moved_up"] += len(joining)
