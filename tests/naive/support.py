"""Steps 3 to 9: some ask for help, some of them get it, and it does both of them good, or harm."""

import math
from types import SimpleNamespace as Thing

from peersim.draws import Decision
from tests.naive.draws import uniform
from tests.naive.town import ANONYMOUS_ONLINE, EMOTIONAL, INFORMATIONAL, INSTRUMENTAL, friends, sig, worst_domain


def need(person, r):
    return sig((person.stress - r.seeking.need_threshold) / r.seeking.need_width)


def seek(town, r, seed, day):
    """Today's requests, in the order of the seekers' numbers."""
    requests = []
    for i, person in sorted(town.people.items()):
        u = uniform(seed, Decision.SEEK, day, 0, i)
        wish = r.seeking.rate * need(person, r)
        slope, threshold = r.seeking.safety_slope, r.seeking.safety_threshold
        if u < wish * sig(slope * (person.safety - threshold)):
            among = friends(town, i)
        elif u < wish * sig(slope * (person.safety + r.seeking.anonymity_relief - threshold)):
            among = [j for j in friends(town, i) if town.ties[i, j].channel == ANONYMOUS_ONLINE]
        else:
            continue
        domain = worst_domain(person)
        scores = {
            j: score(town, i, j, domain, r, seed, day)
            for j in among
            if town.ties[i, j].closeness >= r.seeking.least_closeness
        }
        if scores:
            j = max(scores, key=scores.get)
            requests.append(Thing(seeker=i, provider=j, domain=domain, knows=knows(town, j, domain, r)))
    return requests


def knows(town, j, domain, r):
    """Shared experience."""
    return town.people[j].lived[domain] >= r.seeking.experience_threshold


def score(town, i, j, domain, r, seed, day):
    tie = town.ties[i, j]
    gumbel = -math.log(-math.log(uniform(seed, Decision.WHOM, day, 0, i, j)))
    return (
        r.seeking.closeness_weight * tie.closeness
        + r.seeking.trust_weight * tie.trust
        + r.seeking.similarity_weight * tie.similarity
        + r.seeking.experience_weight * knows(town, j, domain, r)
        - r.seeking.burden_weight * town.people[j].burden
        + gumbel
    )


def accept(town, requests, r, seed, day):
    """The willing take requests in random order; whoever is refused or crowded out trusts that provider less."""
    waiting = {}
    for request in requests:
        i, j = request.seeker, request.provider
        goodwill = town.ties[i, j].closeness + r.capacity.willingness_start - town.people[j].burden
        request.accepted = False
        if uniform(seed, Decision.WILLING, day, 0, i, j) < sig(r.capacity.willingness_slope * goodwill):
            waiting.setdefault(j, []).append((uniform(seed, Decision.PRIORITY, day, 0, i, j), request))
    for j, queue in waiting.items():
        room = max(1, math.floor(r.capacity.rested * (1 - town.people[j].burden) + 0.5))
        for _, request in sorted(queue, key=lambda place: place[0])[:room]:
            request.accepted = True
    for request in requests:
        if not request.accepted:
            town.ties[request.seeker, request.provider].trusting -= r.capacity.refusal_trust
    return sum(request.accepted for request in requests)


def match(town, requests, r, seed, day):
    matched = 0
    for request in requests:
        if not request.accepted:
            continue
        i, j = request.seeker, request.provider
        tie, helper = town.ties[i, j], town.people[j]
        request.wanted = wanted(request, r, uniform(seed, Decision.WANTED, day, 0, i))
        skill = helper.skill * (1 - r.matching.tired * helper.burden)
        chance = r.matching.base + r.matching.skill * skill + r.matching.experience * request.knows
        if uniform(seed, Decision.MATCH, day, 0, i, j) < chance:
            request.given = request.wanted
        else:
            request.given = math.floor(3 * uniform(seed, Decision.OTHERWISE, day, 0, i, j))
        is_match = request.given == request.wanted
        channel = (r.matching.face_to_face, r.matching.social_media, r.matching.anonymous_online)[tie.channel]
        request.quality = (
            r.matching.scale * skill
            * (r.matching.similarity_base + r.matching.similarity_slope * tie.similarity)
            * (r.matching.trust_base + r.matching.trust_slope * tie.trust)
            * (r.matching.matched_quality if is_match else r.matching.missed_quality)
            * channel[request.given]
        )  # fmt: skip
        matched += is_match
    return matched


def wanted(request, r, u):
    """Task support with the probability that the strain can be controlled: advice or hands; else comfort."""
    controllability = r.stressors.controllability[request.domain]
    if u >= controllability:
        return EMOTIONAL
    return INFORMATIONAL if u < controllability * r.matching.informational_share else INSTRUMENTAL


def rehash(town, requests, r, seed, day):
    rehashed = 0
    for request in requests:
        if not request.accepted or request.given != EMOTIONAL:
            continue
        i, j = request.seeker, request.provider
        chance = r.co_rumination.rate * town.ties[i, j].closeness * town.people[j].stress
        if uniform(seed, Decision.REHASH, day, 0, i, j) < chance:
            request.quality *= r.co_rumination.quality
            town.people[i].change.stress += r.co_rumination.stress
            town.people[j].change.stress += r.co_rumination.stress
            get_closer(town, i, j, r.co_rumination.closeness)
            rehashed += 1
    return rehashed


def get_closer(town, i, j, gain):
    """Closeness is the same both ways."""
    town.ties[i, j].closer += gain
    town.ties[j, i].closer += gain


def receive(town, requests, r):
    for request in requests:
        if not request.accepted:
            continue
        i, j, k, q = request.seeker, request.provider, request.domain, request.quality
        person, given = town.people[i], request.given
        grip = r.receiving.uncontrollable + r.stressors.controllability[k]
        if given == EMOTIONAL:
            person.change.stress -= r.receiving.comfort_stress * q
            person.change.optimism += r.receiving.comfort_optimism * q
        if given == INFORMATIONAL:
            person.change.coping += r.receiving.advice_coping * q
            person.change.stress -= r.receiving.advice_stress * q
            person.load_change[k] -= r.receiving.advice_load * q * grip * person.load[k]
        if given == INSTRUMENTAL:
            person.change.stress -= r.receiving.hands_stress * q
            person.load_change[k] -= r.receiving.hands_load * q * grip * person.load[k]
        else:
            person.change.self_esteem += r.receiving.self_esteem * q
        person.change.loneliness -= r.receiving.loneliness * q
        person.change.perceived_support += r.receiving.perceived_support * q * (1 - person.perceived_support)
        if given == request.wanted:
            person.change.safety += r.receiving.matched_safety
            town.ties[i, j].trusting += r.receiving.matched_trust
            get_closer(town, i, j, r.receiving.matched_closeness)
        else:
            person.change.stress += r.receiving.missed_stress
            person.change.safety -= r.receiving.matched_safety
            town.ties[i, j].trusting -= r.receiving.matched_trust
        person.received += 1


def give(town, requests, r):
    for request in requests:
        if not request.accepted:
            continue
        helper, stress = town.people[request.provider], town.people[request.seeker].stress
        helper.change.burden += r.giving.burden * (r.giving.burden_base + stress)
        helper.change.stress += r.giving.stress * stress
        if request.given == request.wanted:
            helper.change.self_esteem += r.giving.self_esteem
            helper.change.belonging += r.giving.belonging
