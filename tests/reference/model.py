"""The whole model as plain Mesa agents, one rule a method: slow, and made to be read beside the specification.

Nothing here is compiled, and no process of peersim is called: the compiled day must live the same life, person by
person. Docstrings are the sentences of the specification; where a number was calibrated since, the scenario's counts.
"""

from collections import Counter

import mesa

from tests.reference.programme import Programme
from tests.reference.request import seek, take_what_one_can
from tests.reference.tie import Tie, acquaintances, alike
from tests.reference.words import FACE_TO_FACE, FRIEND


class ReferenceModel(mesa.Model):
    """A community of people, their ties and the programmes they are offered, day after day.

    numbers     the tables of the scenario
    day         the day that is about to begin
    people      by their fixed numbers, in order; also the agents of Mesa
    ties        by the two numbers, the lower first
    new_ties    those to be made tonight
    programmes  by slot
    n_founders  how many people there were at the start: strangers are drawn among them
    count       what happened today
    """

    def __init__(self, numbers, switches, programmes, seed, day, n_founders):
        super().__init__()
        self.numbers, self.switches, self.seed, self.day, self.n_founders = numbers, switches, seed, day, n_founders
        self.people, self.ties, self.new_ties, self.count = {}, {}, [], Counter()
        self.programmes = [Programme(self, slot, table) for slot, table in enumerate(programmes)]

    def is_on(self, mechanism):
        """Each mechanism can be switched off by name."""
        return getattr(self.switches, mechanism)

    # The day, in order

    def step(self):
        """One day. Every process reads the state of the morning and adds to increments; all are applied at night."""
        self.count, agents = Counter(), self.agents
        self.open_rounds()
        agents.do("meet_stressors").do("wear_off_load")  # 1; 2, threat, is read off the morning
        self.help_each_other()  # 3 to 9
        for tie in self.ties.values():  # 10
            tie.meet()
            tie.fade()
        for programme in self.programmes:  # 11
            programme.hold_sessions()
        agents.do("live_together")  # 12
        agents.do("feel_stress")  # 13
        agents.do("feel_supported").do("feel_lonely").do("belong").do("feel_safe")  # 14
        agents.do("keep_resilience")  # 15
        agents.do("wear_down").do("rest")  # 16
        for tie in self.ties.values():  # 17
            tie.follow_closeness()
        gone = self.renew_ties() if self.day % 7 == 0 else []
        self.sleep(gone)
        self.day += 1

    def open_rounds(self):
        """A programme is offered on the first morning of each of its rounds."""
        for programme in self.programmes:
            if programme.is_running and self.day == programme.round_start:
                programme.offer()

    def help_each_other(self):
        """Steps 3 to 9: who needs help asks somebody; whoever is willing and has room gives some."""
        requests = [request for request in map(seek, self.agents) if request is not None]
        for provider in self.agents:
            take_what_one_can(provider, [request for request in requests if request.provider is provider])
        accepted = [request for request in requests if request.is_accepted]
        for request in accepted:
            request.match()
            request.rehash()
            request.receive()
            request.trust_more_or_less()
            request.give()
        self.count["requests"] += len(requests)
        self.count["accepted"] += len(accepted)
        self.count["matched"] += sum(request.is_matched for request in accepted)
        self.count["rehashed"] += sum(request.is_rehashed for request in accepted)

    # Ties come and go

    def renew_ties(self):
        """On days divisible by 7, by the morning's w: cold ties dissolve, and people look for acquaintances, who start
        at w = .15.

        Returns the pairs that dissolve tonight.
        """
        for person in self.agents:
            for found in acquaintances(person):
                self.introduce(person, found, self.numbers.new_ties.closeness, FACE_TO_FACE, FRIEND)
        return [pair for pair, tie in self.ties.items() if tie.is_cold]

    def introduce(self, one, other, closeness, channel, kind):
        """A tie to be made tonight. A tie made later: t = w."""
        trust = {one.number: closeness, other.number: closeness}
        self.new_ties.append(Tie(self, (one, other), closeness, trust, alike(self, one, other), channel, kind))

    def sleep(self, gone):
        """All increments are applied together at night."""
        self.agents.do("remember").do("sleep")
        for tie in self.ties.values():
            tie.sleep()
        self.rewire(gone)

    def rewire(self, gone):
        """Tonight's ties come and go. Two who were introduced twice today are tied once, the first time."""
        n_before = len(self.ties)
        for tie in self.new_ties:
            self.ties.setdefault(tie.pair, tie)
        self.count["ties_made"] = len(self.ties) - n_before
        for pair in gone:
            del self.ties[pair]
        self.count["ties_dissolved"] = len(gone)
        self.new_ties = []
        self.tie_everyone()

    def tie_everyone(self):
        """Give each person the own ties, in the order of the others' numbers."""
        for person in self.agents:
            person.ties = {}
        for tie in self.ties.values():
            for person in tie.people:
                person.ties[tie.other(person).number] = tie
        for person in self.agents:
            person.ties = dict(sorted(person.ties.items()))
