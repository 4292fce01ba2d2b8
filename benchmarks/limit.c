/* The everyday passes as plain C would do them: blocks of people, single precision, simple loops that vectorise.
 *
 * The rules and the draws are those of peersim/processes and peersim/draws.py; what each is for stands there.
 * world.h, with `struct world`, is written by limit.py: every array of a world and every number of its scenario.
 */

#include <stdint.h>
#include <stdlib.h>

#include "world.h"

enum { BLOCK = 512 };                              /* people at a time: their ties stay in the cache */
enum { AHEAD = 64 };                               /* ties ahead that neighbours are fetched */
enum { CONTACT = 1, NEIGHBOURS = 2, STATES = 4 };  /* which passes to do */

static inline uint64_t bits(uint64_t key, uint64_t who)
{
    uint64_t word = key ^ (who * 0x9E3779B97F4A7C15u);
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
    return word ^ (word >> 31);
}

static inline float normal(uint64_t key, uint64_t who)
{
    uint64_t word = bits(key, who);
    int32_t total = (int32_t)((word & 0xFFFF) + ((word >> 16) & 0xFFFF) + ((word >> 32) & 0xFFFF) + (word >> 48));
    float x = (float)(total - 131070) * 2.6428997921303014e-05f;
    float y = x * x;
    return x * (0.9625004f + y * (0.008901574f + y * (0.0020045447f + y * (-0.00040370387f + y * 4.0624139e-05f))));
}

/* e^x: a power of two made of the exponent's bits, and a polynomial for the rest. */
static inline float exponential(float x)
{
    x = x < -40.0f ? -40.0f : x > 40.0f ? 40.0f : x;
    float whole = (x * 1.44269504f + 12582912.0f) - 12582912.0f;
    float r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
    float z = 1.0f + r * (1.0f + r * (0.5f + r * (1 / 6.0f + r * (1 / 24.0f + r * (1 / 120.0f + r / 720.0f)))));
    union { int32_t i; float f; } power = { ((int32_t)whole + 127) << 23 };
    return z * power.f;
}

static inline float above(float x, float level) { return x > level ? x - level : 0.0f; }

static inline float clipped(float x) { return x < 0.0f ? 0.0f : x > 1.0f ? 1.0f : x; }

/* What a block of people needs only until its end. */
struct scratch {
    float *closeness, *contact, *luck, *bad_luck;  /* of this morning, by arc of the block */
    float near_stress[BLOCK], near_loneliness[BLOCK], company[BLOCK], near_partner[BLOCK], at_home[BLOCK];
};

/* Ties e0 .. e1 meet or not, grow closer or fade, and trust follows. */
static void live_contact(const struct world *w, struct scratch *s, int64_t e0, int64_t e1, const uint64_t *key)
{
    const uint64_t today = key[0];
    const int64_t n = e1 - e0;
    float *closeness = w->closeness + e0, *trust = w->trust + e0;
    const float *similarity = w->similarity + e0;
    const int8_t *kind = w->kind + e0;
    const uint64_t *pair = w->pair + e0;
    float *morning = s->closeness, *contact = s->contact;
    float *luck = s->luck, *bad_luck = s->bad_luck;
    const float base = w->similarity_base, rate = w->contact_rate, fading = w->fading, couple_fading = w->partner_fading;
    const float gain = w->gain, drift_rate = w->drift_rate, lost = w->drift_kept - 1.0f, trust_rate = w->trust_rate;

#pragma GCC ivdep
    for (int64_t e = 0; e < n; e++) {
        uint64_t word = bits(today, pair[e]);  /* its upper half decides on contact, its lower half on parting */
        luck[e] = (float)(int32_t)(word >> 40) * 0x1p-24f;
        bad_luck[e] = (float)(int32_t)((word >> 8) & 0xFFFFFF) * 0x1p-24f;
    }
#pragma GCC ivdep
    for (int64_t e = 0; e < n; e++) {
        float close = closeness[e];
        float worth = close * (base + similarity[e]);
        float is_met = luck[e] < rate * worth ? 1.0f : 0.0f;
        float fade = bad_luck[e] < drift_rate ? fading - lost : fading;
        fade = (int32_t)kind[e] == PARTNER ? couple_fading : fade;
        float change = is_met * gain * (1.0f - close) - fade * close;
        morning[e] = close;
        contact[e] = is_met * worth;
        closeness[e] = clipped(close + change);
        trust[e] = clipped(trust[e] + trust_rate * (close - trust[e]));
    }
}

/* Rows i0 .. i1 look around among those they are tied to, and at their partner. `seen` is stress and loneliness. */
static void look_around(const struct world *w, struct scratch *s, int64_t i0, int64_t i1)
{
    const float *seen = w->seen;
    int64_t e0 = w->start[i0], n_arcs = w->start[w->n_people];
    for (int64_t i = i0; i < i1; i++) {
        float weight = 0.0f, of_stress = 0.0f, of_loneliness = 0.0f, met = 0.0f;
        for (int64_t e = w->start[i]; e < w->start[i + 1]; e++) {
            int64_t ahead = e + AHEAD < n_arcs ? e + AHEAD : n_arcs - 1;
            __builtin_prefetch(seen + 2 * (int64_t)w->other[ahead]);
            const float *other = seen + 2 * (int64_t)w->other[e];
            float close = s->closeness[e - e0];
            weight += close;
            of_stress += close * other[0];
            of_loneliness += close * other[1];
            met += s->contact[e - e0];
        }
        int64_t k = i - i0, partner = w->partner[i];
        s->near_stress[k] = weight > 0.0f ? of_stress / weight - w->stress_level : 0.0f;
        s->near_loneliness[k] = weight > 0.0f ? of_loneliness / weight - w->loneliness_level : 0.0f;
        met /= w->full_contact;
        s->company[k] = met < 1.0f ? met : 1.0f;
        s->near_partner[k] = partner >= 0 ? seen[2 * partner] - w->stress_level : 0.0f;
        s->at_home[k] = partner >= 0 ? w->satisfaction[i] * 0.5f * (w->communication[i] + w->communication[partner]) : 0.0f;
    }
}

/* Every state of rows i0 .. i1 moves: from this morning's to tomorrow's. */
static void move_states(const struct world *w, const struct scratch *s, int64_t i0, int64_t i1, const uint64_t *key)
{
    const struct world r = *w;
    const uint64_t hassles = key[1], moods = key[2];
    const int64_t n = r.n_people;

#pragma GCC ivdep
    for (int64_t k = 0; k < i1 - i0; k++) {
        int64_t i = i0 + k;
        float stress = r.seen[2 * i], loneliness = r.seen[2 * i + 1];
        float esteem = r.self_esteem[i], hope = r.optimism[i], coping = r.coping[i], support = r.perceived_support[i];
        float worn = r.allostatic_load[i], belonging = r.belonging[i], safety = r.safety[i];
        float strain = r.load[i] + r.load[n + i] + r.load[2 * n + i] + r.load[3 * n + i] + r.load[4 * n + i];
        float chronic =
            r.chronic[i] + r.chronic[n + i] + r.chronic[2 * n + i] + r.chronic[3 * n + i] + r.chronic[4 * n + i];

        float resilience = r.self_esteem_weight * esteem + r.optimism_weight * hope + r.coping_weight * coping;
        float threat = (strain + chronic) * exponential(
            r.wear * worn - r.resilience_buffer * (resilience - r.resilience_mean)
            - r.support_buffer * (support - r.support_mean));
        float high = above(stress, r.high_stress);

        float rest = r.stress_base + r.stress_trait[i] + r.stress_threat * threat
            - r.stress_support * (support - r.support_mean) + r.stress_loneliness * (loneliness - r.loneliness_level)
            + r.stress_partner * s->near_partner[k] + r.stress_neighbours * s->near_stress[k];
        float pace = r.recovery + r.recovery_resilience * (resilience - r.resilience_mean);
        r.seen_next[2 * i] =
            clipped(stress + pace * (rest - stress) + r.stress_noise * normal(hassles, r.number[i]));

        rest = r.support_base + r.support_trait[i] + r.support_company * s->company[k]
            + r.support_partner * s->at_home[k] + (r.partner[i] >= 0 ? r.support_partner_constant : 0.0f);
        r.perceived_support[i] = clipped(support + r.support_rate * (rest - support));

        rest = r.loneliness_level + r.loneliness_trait[i] - r.loneliness_support * (support - r.support_mean)
            + r.loneliness_neighbours * s->near_loneliness[k]
            - r.loneliness_belonging * (belonging - r.belonging_level)
            + r.loneliness_stress * (stress - r.stress_level);
        r.seen_next[2 * i + 1] = clipped(
            loneliness + r.loneliness_rate * (rest - loneliness) + r.loneliness_noise * normal(moods, r.number[i]));

        rest = r.belonging_base + r.belonging_company * s->company[k] + r.belonging_loneliness * (1.0f - loneliness);
        r.belonging[i] = clipped(belonging + r.belonging_rate * (rest - belonging));
        rest = r.safety_trait[i] + r.safety_support * (support - r.support_mean);
        r.safety[i] = clipped(safety + r.safety_rate * (rest - safety));

        int masters = (strain > r.mastery_load) & (stress < r.mastery_stress);
        r.self_esteem[i] = clipped(
            esteem + r.return_rate * (r.self_esteem_trait[i] - esteem) - r.erosion * high
            + (masters ? r.mastery : 0.0f));
        r.optimism[i] = clipped(hope + r.return_rate * (r.optimism_trait[i] - hope) - r.erosion * high);
        r.coping[i] = clipped(coping + r.coping_rate * (r.coping_trait[i] - coping));
        r.allostatic_load[i] = clipped(worn + r.wear_gain * above(stress, r.wear_high_stress) - r.wear_recovery * worn);
        r.burden[i] = clipped(r.burden[i] - r.rest * (r.burden[i] - r.rested_burden));
    }
}

/* Live so many days; key has three draws' keys a day. Returns 0, or 1 when there is no memory. */
int live(struct world *w, int64_t n_days, const uint64_t *key, int passes)
{
    int64_t most = 0;
    for (int64_t i = 0; i < w->n_people; i += BLOCK) {
        int64_t end = i + BLOCK < w->n_people ? i + BLOCK : w->n_people;
        int64_t n_arcs = w->start[end] - w->start[i];
        most = n_arcs > most ? n_arcs : most;
    }
    struct scratch *s = calloc(1, sizeof *s);
    float *arcs = calloc(4 * most + 1, sizeof *arcs);
    if (!s || !arcs)
        return 1;
    s->closeness = arcs;
    s->contact = arcs + most;
    s->luck = arcs + 2 * most;
    s->bad_luck = arcs + 3 * most;
    for (int64_t day = 0; day < n_days; day++, key += 3) {
        for (int64_t i0 = 0; i0 < w->n_people; i0 += BLOCK) {
            int64_t i1 = i0 + BLOCK < w->n_people ? i0 + BLOCK : w->n_people;
            if (passes & CONTACT)
                live_contact(w, s, w->start[i0], w->start[i1], key);
            if (passes & NEIGHBOURS)
                look_around(w, s, i0, i1);
            if (passes & STATES)
                move_states(w, s, i0, i1, key);
        }
        if (passes & STATES) {
            float *before = w->seen;
            w->seen = w->seen_next;
            w->seen_next = before;
        }
    }
    free(arcs);
    free(s);
    return 0;
}
