"""A person: what one is this morning, and the rules that say how life changes it by tonight.

Every rule reads the morning and adds to `tonight`; only `sleep` makes the changes come true.
"""

import math
from types import SimpleNamespace

import mesa

from peersim.draws import Decision
from tests.reference.draws import normal, together, uniform
from tests.reference.words import RELATIONAL, STATES, USUAL_AT_HOME, clip, sig


class Person(mesa.Agent):
    """Twelve states in [0, 1], load in five domains, traits that stay, a partner perhaps, and ties."""

    def __init__(self, model, number, states, load, lived, traits):
        """Those whom one is tied to, and one's partner, are added when everyone is there."""
        super().__init__(model)
        self.number = number
        self.load, self.lived, self.received = load, lived, 0
        for name, value in (states | traits).items():
            setattr(self, name, value)
        self.tonight = SimpleNamespace(**dict.fromkeys(STATES, 0.0))
        self.load_tonight = [0.0] * 5
        self.partner = None
        self.ties = {}  # by the other's number, in the order of numbers

    # Who one is, and how one is this morning

    @property
    def numbers(self):
        return self.model.numbers

    def luck(self, decision, sub=0):
        """A uniform draw of one's own, today."""
        return uniform(self.model.seed, decision, self.model.day, sub, self.number)

    def luck_towards(self, other, decision):
        """A uniform draw of an ordered pair, today: what one does towards the other."""
        return uniform(self.model.seed, decision, self.model.day, 0, self.number, other.number)

    def luck_with(self, other, decision, sub=0):
        """A uniform draw of an unordered pair, today: what two people do together."""
        return together(self.model.seed, decision, self.model.day, sub, self.number, other.number)

    def mood(self, decision, sub=0):
        """A normal draw of one's own, today."""
        return normal(self.model.seed, decision, self.model.day, sub, self.number)

    @property
    def resilience(self):
        """R, derived: .35 E + .25 O + .40 K."""
        r = self.numbers.resilience
        return (
            r.self_esteem_weight * self.self_esteem
            + r.optimism_weight * self.optimism
            + r.coping_weight * self.coping
        )

    @property
    def strain(self):
        """Load and chronic strain in each domain."""
        return [load + chronic for load, chronic in zip(self.load, self.chronic, strict=True)]

    @property
    def worst_domain(self):
        """The largest of load_k + chronic_k."""
        return self.strain.index(max(self.strain))

    @property
    def need(self):
        """sig((S - .42)/.10)."""
        seeking = self.numbers.seeking
        return sig((self.stress - seeking.need_threshold) / seeking.need_width)

    def knows(self, domain):
        """Shared experience: the other's lived >= .15 in the seeker's worst domain."""
        return self.lived[domain] >= self.numbers.seeking.experience_threshold

    def with_partner(self, state):
        """Spair, Cpair: the mean of the two."""
        return (getattr(self, state) + getattr(self.partner, state)) / 2

    def around(self, state, usual):
        """Neighbours' means are weighted by w; above the usual, and 0 without ties."""
        weight = sum(tie.closeness for tie in self.ties.values())
        if weight == 0:
            return 0.0
        return sum(tie.closeness * getattr(tie.other(self), state) for tie in self.ties.values()) / weight - usual

    def beside(self, state, usual):
        """The partner's state above the usual; 0 without partner."""
        return 0.0 if self.partner is None else getattr(self.partner, state) - usual

    @property
    def company(self):
        """nc = sum over today's contacts of w (.5 + s); n = min(1, nc/1.2)."""
        met = sum(tie.nearness for tie in self.ties.values() if tie.is_met)
        return min(1, met / self.numbers.neighbours.full_contact)

    # Steps 1 and 2: life strikes, and is weighed

    def meet_stressors(self):
        """In each of the first four domains an event strikes with probability
        event_rate/365 x share_k x max(0, 1 + .25 hardship). Severity exp(N(-1.15, .6)) adds to load_k; the partner
        gets shared_k of it. One draw decides for all four, so that at most one strikes on a day.
        """
        stressors, u, passed = self.numbers.stressors, self.luck(Decision.STRIKE), 0.0
        rate = stressors.event_rate / 365 * max(0, 1 + stressors.hardship_slope * self.hardship)
        for k in range(4):
            if passed <= u < passed + rate * stressors.share[k]:
                luck = self.mood(Decision.SEVERITY)
                severity = math.exp(stressors.severity_log_mean + stressors.severity_log_sd * luck)
                self.load_tonight[k] += severity
                if self.partner is not None:
                    self.partner.load_tonight[k] += stressors.shared[k] * severity
                self.model.count["events"] += 1
            passed += rate * stressors.share[k]

    def wear_off_load(self):
        """Load decays: load_k <- load_k (1 - 1/duration_k)(1 - cope x controllability_k x K)."""
        stressors = self.numbers.stressors
        for k in range(5):
            left = 1 - 1 / stressors.duration[k]
            left *= 1 - stressors.cope * stressors.controllability[k] * self.coping
            self.load_tonight[k] += (left - 1) * self.load[k]

    @property
    def threat(self):
        """D = sum of load and chronic. threat = D exp(-bR (R - Rbar) - bW (W - Wbar) + kA A)."""
        a = self.numbers.appraisal
        power = -a.resilience_buffer * (self.resilience - a.resilience_mean)
        if self.model.is_on("buffering"):
            power -= a.support_buffer * (self.perceived_support - a.support_mean)
        if self.model.is_on("allostatic_load"):
            power += a.wear * self.allostatic_load
        return sum(self.strain) * math.exp(power)

    # Step 12: couples

    def live_together(self):
        """Conflict with probability .035 exp(3.5 (Spair - .33) - 4 (Cpair - .5)); each: Q - .012, relational
        load + .06. Q moves .02 of the way to .775 + q0 - .25 (Spair - .33) + .30 (Cpair - .5) + .10 (W - Wbar).
        C moves .002 of the way to C0.
        """
        if self.partner is None or not self.model.is_on("couples"):
            return
        couples, population = self.numbers.couples, self.numbers.population
        stressed = self.with_partner("stress") - population.stress_level
        skilled = self.with_partner("communication") - population.communication_mean
        heat = couples.conflict_stress * stressed - couples.conflict_communication * skilled
        decides = min(self, self.partner, key=lambda one: one.number)
        if decides.luck(Decision.CONFLICT) < couples.conflict_rate * math.exp(heat):
            self.tonight.satisfaction -= couples.conflict_satisfaction
            self.load_tonight[RELATIONAL] += couples.conflict_load
            self.model.count["conflicts"] += self.number < self.partner.number
        rest = (
            couples.satisfaction_level + self.satisfaction_trait
            - couples.satisfaction_stress * stressed
            + couples.satisfaction_communication * skilled
            + couples.satisfaction_support * (self.perceived_support - self.numbers.appraisal.support_mean)
        )  # fmt: skip
        self.tonight.satisfaction += couples.satisfaction_rate * (rest - self.satisfaction)
        self.tonight.communication += couples.communication_rate * (self.communication_trait - self.communication)

    # Steps 13 to 16: each state moves a part of the way to where it comes to rest

    def feel_stress(self):
        """S* = .19 + s0 + .252 threat - mW (W - Wbar) + .12 (L - .36) + .06 (S_partner - .33)
        + .05 (neighbours' S - .33); S + (.10 + .10 (R - Rbar))(S* - S) + .045 N(0, 1).
        Without partner or ties the term is 0. (The partner counts in both terms.)
        """
        n, usual = self.numbers.stress, self.numbers.population
        rest = n.base + self.stress_trait + n.threat * self.threat
        if self.model.is_on("main_effect"):
            rest -= n.support * (self.perceived_support - self.numbers.appraisal.support_mean)
        rest += n.loneliness * (self.loneliness - usual.loneliness_level)
        if self.model.is_on("contagion"):
            rest += n.partner * self.beside("stress", usual.stress_level)
            rest += n.neighbours * self.around("stress", usual.stress_level)
        pace = n.recovery + n.recovery_resilience * (self.resilience - self.numbers.appraisal.resilience_mean)
        self.tonight.stress += pace * (rest - self.stress) + n.noise * self.mood(Decision.STRESS_NOISE)

    def feel_supported(self):
        """W moves .02 of the way to .15 + w0 + .36 n + .43 Q Cpair (couples only)."""
        n = self.numbers.perceived_support
        rest = n.base + self.support_trait + n.company * self.company
        if self.partner is not None:
            is_moving = self.model.is_on("couples")
            at_home = self.satisfaction * self.with_partner("communication") if is_moving else USUAL_AT_HOME
            rest += n.partner * at_home + n.partner_constant
        self.tonight.perceived_support += n.rate * (rest - self.perceived_support)

    def feel_lonely(self):
        """L moves .03 of the way to .36 + l0 - .45 (W - Wbar) + .20 (neighbours' L - .36) - .10 (B - .5)
        + .10 (S - .33), + .008 N(0, 1).
        """
        n, usual = self.numbers.loneliness, self.numbers.population
        rest = usual.loneliness_level + self.loneliness_trait
        rest -= n.support * (self.perceived_support - self.numbers.appraisal.support_mean)
        if self.model.is_on("contagion"):
            rest += n.neighbours * self.around("loneliness", usual.loneliness_level)
        rest -= n.belonging * (self.belonging - usual.belonging_level)
        rest += n.stress * (self.stress - usual.stress_level)
        self.tonight.loneliness += n.rate * (rest - self.loneliness) + n.noise * self.mood(Decision.LONELINESS_NOISE)

    def belong(self):
        """B moves .02 of the way to .35 + .15 n + .2 (1 - L)."""
        n = self.numbers.belonging
        rest = n.base + n.company * self.company + n.loneliness * (1 - self.loneliness)
        self.tonight.belonging += n.rate * (rest - self.belonging)

    def feel_safe(self):
        """P moves .01 of the way to P0 + .2 (W - Wbar)."""
        n = self.numbers.safety
        rest = self.safety_trait + n.support * (self.perceived_support - self.numbers.appraisal.support_mean)
        self.tonight.safety += n.rate * (rest - self.safety)

    def keep_resilience(self):
        """E: + .004 (E0 - E) - .004 max(0, S - .5) + .0004 [summed load > .1 and S < .45] (mastery).
        O: the same without mastery. K: + .003 (K0 - K).
        """
        n = self.numbers.resilience
        worn = n.erosion * max(0, self.stress - n.high_stress)
        self.tonight.self_esteem += n.return_rate * (self.self_esteem_trait - self.self_esteem) - worn
        self.tonight.optimism += n.return_rate * (self.optimism_trait - self.optimism) - worn
        self.tonight.coping += n.coping_rate * (self.coping_trait - self.coping)
        if sum(self.load) > n.mastery_load and self.stress < n.mastery_stress:
            self.tonight.self_esteem += n.mastery

    def wear_down(self):
        """A: + .01 max(0, S - .5) - .004 A."""
        n = self.numbers.wear
        self.tonight.allostatic_load += n.gain * max(0, self.stress - n.high_stress) - n.recovery * self.allostatic_load

    def rest(self):
        """U: - .05 (U - .05)."""
        n = self.numbers.wear
        self.tonight.burden -= n.rest * (self.burden - n.rested_burden)

    # The night

    def remember(self):
        """What one has been through: lived_k <- max(load_k + chronic_k, lived_k (1 - 1/730))."""
        kept = 1 - 1 / self.numbers.seeking.memory
        self.lived = [max(strain, kept * lived) for strain, lived in zip(self.strain, self.lived, strict=True)]

    def sleep(self):
        """All increments are applied together at night and clipped to the range. Load is clipped at 0 only."""
        for state in STATES:
            setattr(self, state, clip(getattr(self, state) + getattr(self.tonight, state)))
            setattr(self.tonight, state, 0.0)
        self.load = [max(0.0, load + more) for load, more in zip(self.load, self.load_tonight, strict=True)]
        self.load_tonight = [0.0] * 5
