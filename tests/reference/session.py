"""A session: what an evening in a circle carries, and what it does to those who came."""

import math

from peersim.draws import Decision
from tests.reference.draws import uniform
from tests.reference.tie import alike, interest_distance
from tests.reference.words import CHANNELS, FACE_TO_FACE, GROUP, ONLINE, RELATIONAL, USUAL_SIMILARITY, clip


class Session:
    """One evening of a circle: those present share and listen, and get to know each other."""

    def __init__(self, circle, present):
        self.circle, self.present = circle, present
        self.programme, self.model = circle.programme, circle.model
        self.table, self.numbers = self.programme.table, self.model.numbers
        self.emotional, self.informational, self.instrumental = self.table.mix
        self.effect = self.table.effect

    def hold(self):
        """For attendee i with m >= 2 present; effect multiplies every session increment."""
        is_rehashing = self.turns_into_rehashing()
        for person in self.present:
            e = self.support(person)
            if self.table.exchange == "posts":
                e *= self.read_replies(person)
            if self.programme.is_for_couples:
                e *= self.numbers.counselling.share
                self.talk_as_couple(person)
            self.lift(person, e)
            self.feel_safe(person, is_rehashing)
        self.bring_together()

    def mean(self, values):
        """Over those present."""
        return sum(values) / len(self.present)

    # What a session carries

    @property
    def quality(self):
        """hbar + [F > 0](.4 + .6 g)(F - hbar), hbar = mean skill of those present."""
        n, leader = self.numbers.sessions, self.programme.facilitator
        skill = self.mean(person.skill for person in self.present)
        if leader > 0:
            return skill + (n.lead_base + n.lead_guidelines * self.programme.guidelines) * (leader - skill)
        return skill

    def openness(self, person):
        """v = clip(.5 P + .5 Pg + .3 anonymity)."""
        n = self.numbers.sessions
        open_to = n.openness_safety * person.safety + n.openness_climate * self.circle.climate
        return clip(open_to + n.openness_anonymity * self.table.anonymity)

    def peer_similarity(self, person):
        """.5 share of the others with the same worst domain + .25 mean(1 - |age difference|) + .25 share of the same
        culture; and, where it is asked for, likeness of interests.
        """
        if not self.model.is_on("similarity"):
            return USUAL_SIMILARITY
        n, width = self.numbers.sessions, self.numbers.similarity.interest_width
        others = [other for other in self.present if other is not person]
        likeness = (
            n.alike_domain * (other.worst_domain == person.worst_domain)
            + n.alike_age * (1 - abs(person.age - other.age))
            + n.alike_culture * (person.culture == other.culture)
            + n.alike_interests * math.exp(-interest_distance(person, other) / width)
            for other in others
        )
        return n.alike_constant + sum(likeness) / len(others)

    def dose(self, person):
        """sqrt(minutes/90) (.5 min(1, 8/m) + .5 (.4 + .6 peer similarity))."""
        n = self.numbers.sessions
        turn = min(1, n.full_size / len(self.present))
        like_oneself = n.alike_base + n.alike_slope * self.peer_similarity(person)
        part = n.turn_share * turn + (1 - n.turn_share) * like_oneself
        return math.sqrt(self.table.minutes / n.full_minutes) * part

    def support(self, person):
        """e = effect x 2 x dose x quality x v x channel factor."""
        carried = self.dose(person) * self.quality * self.openness(person) * self.table.channel_factor
        return self.effect * self.numbers.sessions.scale * carried

    # What it does to each

    def lift(self, person, e):
        """S - .13 e emotional (.4 + 1.2 need); E + .030 e (1 - E); O + .026 e (1 - O); K + .09 e informational (1 - K);
        L - .018 e; B + .03 e (1 - B); W + .021 e (1 - W); load of the worst domain cut by
        .10 e (.6 informational + instrumental)(.3 + controllability). Mutual help: E + .004.
        """
        n, tonight, k = self.numbers.sessions, person.tonight, person.worst_domain
        tonight.stress -= n.stress * e * self.emotional * (n.stress_base + n.stress_need * person.need)
        tonight.self_esteem += n.self_esteem * e * (1 - person.self_esteem)
        tonight.optimism += n.optimism * e * (1 - person.optimism)
        tonight.coping += n.coping * e * self.informational * (1 - person.coping)
        tonight.loneliness -= n.loneliness * e
        tonight.belonging += n.belonging * e * (1 - person.belonging)
        tonight.perceived_support += n.perceived_support * e * (1 - person.perceived_support)
        grip = n.uncontrollable + self.numbers.stressors.controllability[k]
        task = n.load_informational * self.informational + self.instrumental
        person.load_tonight[k] -= n.load * e * task * grip * person.load[k]
        if self.model.is_on("helper_therapy"):
            tonight.self_esteem += self.effect * n.mutual_help

    def turns_into_rehashing(self):
        """Co-rumination with probability .6 (1 - g)(mean S present) emotional; one draw a session."""
        chance = self.numbers.sessions.rehash_rate * (1 - self.programme.guidelines) * self.emotional
        chance *= self.mean(person.stress for person in self.present)
        is_rehashing = self.model.is_on("co_rumination") and self.circle.luck(Decision.GROUP_REHASH) < chance
        self.model.count["rehashed_together"] += is_rehashing
        return is_rehashing

    def feel_safe(self, person, is_rehashing):
        """P + .03 (.4 + .6 g)(1 - P). Co-rumination: S + .04 and the P step is negative."""
        n = self.numbers.sessions
        step = n.safety * (n.safety_base + n.safety_guidelines * self.programme.guidelines) * (1 - person.safety)
        person.tonight.safety += self.effect * (-step if is_rehashing else step)
        if is_rehashing:
            person.tonight.stress += self.effect * n.rehash_stress

    # What is special to couples, and to posts

    def talk_as_couple(self, person):
        """C + .030 F (1 - C), Q + .032 F (1 - Q), both x sqrt(minutes / 120); relational load x .8."""
        n, tonight = self.numbers.counselling, person.tonight
        if self.model.is_on("couples"):
            learned = self.effect * math.sqrt(self.table.minutes / n.full_minutes) * self.programme.facilitator
            tonight.communication += n.communication * learned * (1 - person.communication)
            tonight.satisfaction += n.satisfaction * learned * (1 - person.satisfaction)
        person.load_tonight[RELATIONAL] -= self.effect * n.load * person.load[RELATIONAL]

    def read_replies(self, person):
        """Each attendee posts: replies ~ Poisson(.15 (m - 1)); each reply is hostile with probability .05: S + .02,
        P - .02.

        Returns the share of e that the replies carry, 1 - exp(-replies/2).
        """
        n, replies = self.numbers.posts, self.n_replies(person)
        for reply in range(replies):
            if self.luck_of_post(person, Decision.HOSTILE, reply) < n.hostile_share:
                person.tonight.stress += self.effect * n.hostile_stress
                person.tonight.safety -= self.effect * n.hostile_safety
                self.model.count["hostile"] += 1
        self.model.count["replies"] += replies
        return 1 - math.exp(-replies / n.half_heard)

    def n_replies(self, person):
        """A Poisson draw by inversion: k = the first with u < cumulated probability, at most 1000; many replies are
        drawn in parts of at most 8 expected ones.
        """
        expected = self.numbers.posts.reply_rate * (len(self.present) - 1)
        n_parts = max(1, math.ceil(expected / 8))
        mean, replies = expected / n_parts, 0
        for part in range(n_parts):
            u, k = self.luck_of_post(person, Decision.REPLIES, part), 0
            passed = probability = math.exp(-mean)
            while u >= passed and k < 1000:
                k += 1
                probability *= mean / k
                passed += probability
            replies += k
        return replies

    def luck_of_post(self, person, decision, part):
        """A uniform draw for a part of one's replies."""
        return uniform(self.model.seed, decision, self.model.day, self.programme.slot << 32 | part, person.number)

    # What it does to ties

    def bring_together(self):
        """Co-attendees who have a tie are in contact (w + .05 (1 - w)); those who have none get one with probability
        tie x s, at w = .10.
        """
        channel = CHANNELS.index(self.table.channel)
        kind = GROUP if channel == FACE_TO_FACE else ONLINE
        pairs = [(one, other) for one in self.present for other in self.present if one.number < other.number]
        for one, other in pairs:
            tie = one.ties.get(other.number)
            if tie is not None:
                tie.closer += self.effect * self.numbers.sessions.contact * (1 - tie.closeness)
                continue
            chance = self.effect * self.programme.tie * alike(self.model, one, other)
            if one.luck_with(other, Decision.SESSION_TIE, self.programme.slot) < chance:
                self.model.introduce(one, other, self.numbers.sessions.tie_closeness, channel, kind)
                self.model.count["introduced"] += 1
