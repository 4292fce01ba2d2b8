"""A programme: to whom it is offered, who accepts, who waits for a place, and who meets whom."""

from collections import Counter

from peersim.draws import Decision
from tests.reference.circle import Circle
from tests.reference.composition import circles_of
from tests.reference.draws import uniform
from tests.reference.rule import meets


class Programme:
    """One programme of the scenario, known by its slot.

    table     its numbers
    offered   numbers of the people to whom it was offered
    accepted  numbers of those who said yes
    line      who waits for a place, first come first served; partners stand together
    circles   of all rounds, in the order of forming
    attended  sessions attended, by number
    """

    def __init__(self, model, slot, table):
        self.model, self.slot, self.table = model, slot, table
        self.offered, self.accepted, self.line, self.circles = set(), set(), [], []
        self.attended = Counter()

    # What the switches leave of it

    @property
    def facilitator(self):
        return self.table.facilitator if self.model.is_on("facilitator") else 0.0

    @property
    def guidelines(self):
        return self.table.guidelines if self.model.is_on("guidelines") else 0.0

    @property
    def tie(self):
        return self.table.tie if self.model.is_on("new_ties") else 0.0

    @property
    def is_spontaneous(self):
        return self.table.schedule == "spontaneous" or not self.model.is_on("schedule")

    @property
    def is_for_couples(self):
        return self.table.composition == "couples"

    @property
    def composition(self):
        """Without composition circles are random; couples stay couples."""
        return self.table.composition if self.model.is_on("composition") or self.is_for_couples else "random"

    # When, and by whose luck

    @property
    def round_start(self):
        """The first morning of the round of today. A programme is held `rounds` times, one after the other."""
        length = 7 * self.table.weeks
        return self.model.day - (self.model.day - self.table.start) % length

    @property
    def is_running(self):
        """From its start until the end of its last round."""
        return self.table.start <= self.model.day < self.table.start + 7 * self.table.weeks * self.table.rounds

    def who_decides(self, person):
        """One's own number; in a couples' programme the lower one of the couple."""
        return min(person.number, person.partner.number) if self.is_for_couples else person.number

    def luck(self, decision, person, day=None):
        """A draw of today, or of another day, by who decides: couples share the draws of what they do together."""
        day = self.model.day if day is None else day
        return uniform(self.model.seed, decision, day, self.slot, self.who_decides(person))

    # The first morning of a round

    def offer(self):
        """A programme is offered to people who are eligible and have not been offered it before; each accepts with its
        uptake, and stands in line in the order of the lot, behind those who still wait. One lot for all rounds decides
        who of them is offered it at all.
        """
        asked = [
            person for person in self.model.agents
            if person.number not in self.offered and self.is_eligible(person)
            and self.luck(Decision.OFFER, person, self.table.start) < self.table.offered_share
        ]  # fmt: skip
        willing = [person for person in asked if self.luck(Decision.UPTAKE, person) < self.table.uptake]
        self.offered |= {person.number for person in asked}
        self.accepted |= {person.number for person in willing}
        self.line += sorted(willing, key=self.place_in_the_lot)
        circles = circles_of(self.composition, self.table.size, self.give_places())
        self.circles += sorted((Circle(self, people) for people in circles), key=lambda circle: circle.address)

    def is_eligible(self, person):
        """Who meets the rule; in a couples' programme, of couples, those where both do."""
        if not self.is_for_couples:
            return meets(self.table.eligibility, person)
        couple = [person, person.partner]
        return person.partner is not None and all(meets(self.table.eligibility, one) for one in couple)

    def place_in_the_lot(self, person):
        """By luck; partners, who share their luck, stand side by side."""
        return self.luck(Decision.CIRCLE_ORDER, person), self.who_decides(person), person.number

    def give_places(self):
        """The first `capacity` of the line (all, if 0; whole couples only) get places; the others wait on."""
        places = self.table.capacity or len(self.line)
        if self.is_for_couples:
            places = places // 2 * 2
        if len(self.line) < 2:  # nobody sits alone
            places = 0
        placed, self.line = self.line[:places], self.line[places:]
        return placed

    # A day

    def hold_sessions(self):
        """Circles meet until the end of their round."""
        for circle in self.circles:
            if circle.since == self.round_start and circle.is_its_day():
                circle.meet()
