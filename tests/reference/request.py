"""One person asks another for help: whom, whether there is room, what is given, and what it does to both."""

import math

from peersim.draws import Decision
from tests.reference.words import ANONYMOUS_ONLINE, CHANNELS, EMOTIONAL, INFORMATIONAL, INSTRUMENTAL, USUAL_FIT, sig


class Request:
    """What a seeker asks of a provider today.

    domain  the seeker's worst
    knows   whether the provider has been through the same
    wanted, given, quality, is_rehashed   once it is accepted
    """

    def __init__(self, seeker, provider, domain):
        self.seeker, self.provider, self.domain = seeker, provider, domain
        self.tie = seeker.ties[provider.number]
        self.knows = provider.knows(domain)
        self.is_accepted = False

    @property
    def numbers(self):
        return self.seeker.numbers

    def luck(self, decision):
        """A uniform draw of the ordered pair, today."""
        return self.seeker.luck_towards(self.provider, decision)

    # Step 5: capacity

    @property
    def is_welcome(self):
        """A provider is willing for each request with probability sig(3 (w + .5 - U))."""
        n = self.numbers.capacity
        goodwill = self.tie.closeness + n.willingness_start - self.provider.burden
        return self.luck(Decision.WILLING) < sig(n.willingness_slope * goodwill)

    def refuse(self):
        """Refused or crowded out: the seeker's trust in that provider - .01."""
        self.tie.trusting[self.seeker.number] -= self.numbers.capacity.refusal_trust

    # Steps 6 and 7: what is wanted, what is given, and how good it is

    def match(self):
        """Given = wanted with probability .45 + .35 h_eff + .20 x, h_eff = h (1 - .5 U), else one of the three at
        random. Quality q = 2 h_eff (.6 + .4 s)(.5 + .5 t) x (1 if given = wanted, else .30) x channel factor.
        """
        n = self.numbers.matching
        skill = self.provider.skill * (1 - n.tired * self.provider.burden)
        self.wanted = self.given = self.wish()
        fit = USUAL_FIT
        if self.seeker.model.is_on("matching"):
            if self.luck(Decision.MATCH) >= n.base + n.skill * skill + n.experience * self.knows:
                self.given = math.floor(3 * self.luck(Decision.OTHERWISE))
            fit = n.matched_quality if self.is_matched else n.missed_quality
        trust = self.tie.trust[self.seeker.number]
        self.quality = n.scale * skill * (n.similarity_base + n.similarity_slope * self.tie.similarity)
        self.quality *= (n.trust_base + n.trust_slope * trust) * fit
        self.quality *= getattr(n, CHANNELS[self.tie.channel])[self.given]

    def wish(self):
        """Wanted: with probability controllability of the worst domain task support (informational or instrumental,
        even odds), else emotional.
        """
        u, controllability = self.seeker.luck(Decision.WANTED), self.numbers.stressors.controllability[self.domain]
        if u < controllability * self.numbers.matching.informational_share:
            return INFORMATIONAL
        return INSTRUMENTAL if u < controllability else EMOTIONAL

    @property
    def is_matched(self):
        return self.given == self.wanted

    def rehash(self):
        """Emotional support turns into rehashing with probability .70 w S_provider: q is halved, both gain .03
        stress, w + .02.
        """
        n, chance = self.numbers.co_rumination, 0.0
        if self.given == EMOTIONAL and self.seeker.model.is_on("co_rumination"):
            chance = n.rate * self.tie.closeness * self.provider.stress
        self.is_rehashed = self.luck(Decision.REHASH) < chance
        if self.is_rehashed:
            self.quality *= n.quality
            self.seeker.tonight.stress += n.stress
            self.provider.tonight.stress += n.stress
            self.tie.closer += n.closeness

    # Steps 8 and 9: what it does to both

    def receive(self):
        """Emotional: S - .05 q, O + .010 q. Informational: K + .014 q, S - .02 q, load of the worst domain cut by the
        share .06 q (.3 + controllability). Instrumental: S - .02 q, load cut by .10 q (.3 + controllability).
        All: L - .03 q, W + .03 q (1 - W). Not instrumental: E + .012 q.
        """
        n, q, seeker, tonight = self.numbers.receiving, self.quality, self.seeker, self.seeker.tonight
        grip = n.uncontrollable + self.numbers.stressors.controllability[self.domain]
        if self.given == EMOTIONAL:
            tonight.stress -= n.comfort_stress * q
            tonight.optimism += n.comfort_optimism * q
        if self.given == INFORMATIONAL:
            tonight.coping += n.advice_coping * q
            tonight.stress -= n.advice_stress * q
            seeker.load_tonight[self.domain] -= n.advice_load * q * grip * seeker.load[self.domain]
        if self.given == INSTRUMENTAL:
            tonight.stress -= n.hands_stress * q
            seeker.load_tonight[self.domain] -= n.hands_load * q * grip * seeker.load[self.domain]
        if self.given != INSTRUMENTAL:
            tonight.self_esteem += n.self_esteem * q
        tonight.loneliness -= n.loneliness * q
        tonight.perceived_support += n.perceived_support * q * (1 - seeker.perceived_support)
        seeker.received += 1

    def trust_more_or_less(self):
        """Matched: P + .02, t + .02, w + .02. Missed: S + .02, P - .02, t - .02."""
        n, seeker = self.numbers.receiving, self.seeker
        if self.is_matched:
            seeker.tonight.safety += n.matched_safety
            self.tie.trusting[seeker.number] += n.matched_trust
            self.tie.closer += n.matched_closeness
        else:
            seeker.tonight.stress += n.missed_stress
            seeker.tonight.safety -= n.matched_safety
            self.tie.trusting[seeker.number] -= n.matched_trust

    def give(self):
        """U + .06 (.5 + S_seeker), S + .006 S_seeker; if matched E + .006 (helper therapy), B + .01."""
        n, tonight = self.numbers.giving, self.provider.tonight
        if self.seeker.model.is_on("burden"):
            tonight.burden += n.burden * (n.burden_base + self.seeker.stress)
        tonight.stress += n.stress * self.seeker.stress
        if self.is_matched and self.seeker.model.is_on("helper_therapy"):
            tonight.self_esteem += n.self_esteem
            tonight.belonging += n.belonging


def seek(person):
    """One draw u: u < .16 need sig(4 (P - .45)) seeks among all ties; else u < the same with P raised by .5 seeks
    among anonymous_online ties only.

    Returns the request, or None.
    """
    n, u = person.numbers.seeking, person.luck(Decision.SEEK)

    def chance(safety):
        return n.rate * person.need * sig(n.safety_slope * (safety - n.safety_threshold))

    if u < chance(person.safety):
        return ask(person, list(person.ties.values()))
    if u < chance(person.safety + n.anonymity_relief):
        return ask(person, [tie for tie in person.ties.values() if tie.channel == ANONYMOUS_ONLINE])
    return None


def ask(person, ties):
    """Among those ties with w >= .08 the highest of 2.5 w + 1.5 t + 1.0 s + 1.0 x - 1.5 U_other + Gumbel draw;
    x = shared experience in the seeker's worst domain.
    """
    n, domain = person.numbers.seeking, person.worst_domain

    def score(tie):
        other = tie.other(person)
        gumbel = -math.log(-math.log(person.luck_towards(other, Decision.WHOM)))
        return (
            n.closeness_weight * tie.closeness
            + n.trust_weight * tie.trust[person.number]
            + n.similarity_weight * tie.similarity
            + n.experience_weight * other.knows(domain)
            - n.burden_weight * other.burden
            + gumbel
        )

    close = [tie for tie in ties if tie.closeness >= n.least_closeness]
    return Request(person, max(close, key=score).other(person), domain) if close else None


def take_what_one_can(provider, requests):
    """The willing ones are taken in random priority up to max(1, floor(2 (1 - U) + .5)) a day."""
    welcome = [request for request in requests if request.is_welcome]
    welcome.sort(key=lambda request: request.luck(Decision.PRIORITY))
    room = max(1, math.floor(provider.numbers.capacity.rested * (1 - provider.burden) + 0.5))
    for request in welcome[:room]:
        request.is_accepted = True
    for request in requests:
        if not request.is_accepted:
            request.refuse()
