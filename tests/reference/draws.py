"""The random generator in plain Python: whole numbers cut to 64 bits, nothing else."""

from functools import cache

CUT = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(word):
    """The last stage of splitmix64."""
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9 & CUT
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB & CUT
    return word ^ (word >> 31)


@cache
def key(seed, decision, day=0, sub=0):
    word = mix((seed + GOLDEN) & CUT)
    for part in (decision, day, sub):
        word = mix((word + (part & CUT) * GOLDEN) & CUT)
    return word


def bits(seed, decision, day, sub, who, other=None):
    """64 bits of an address; `other` is given for pairs, in the order in which they are meant."""
    address = int(who) if other is None else int(who) << 32 | int(other)
    return mix(key(seed, int(decision), int(day), int(sub)) ^ (address * GOLDEN & CUT))


def uniform(seed, decision, day, sub, who, other=None):
    """The upper 52 bits as a fraction of one."""
    return (bits(seed, decision, day, sub, who, other) >> 12) / 2**52


def split(parts, seed, decision, day, sub, who, other=None):
    """The word cut into equal parts, the upper bits first; each as a fraction of one."""
    word, width = bits(seed, decision, day, sub, who, other), 64 // parts
    return [(word >> 64 - width * (k + 1) & 2**width - 1) / 2**width for k in range(parts)]


def together(seed, decision, day, sub, one, other):
    """A uniform draw that two people share, whoever is named first."""
    return uniform(seed, decision, day, sub, min(one, other), max(one, other))


def normal(seed, decision, day, sub, who, other=None):
    """Four 16-bit uniforms added up, then bent to the normal shape."""
    word = bits(seed, decision, day, sub, who, other)
    total = sum(word >> shift & 0xFFFF for shift in (0, 16, 32, 48))
    x = (total - 131070) * 2.6428997921303014e-05
    bend = (0.9625004, 0.008901574, 0.0020045447, -0.00040370387, 4.0624139e-05)
    return sum(factor * x ** (2 * power + 1) for power, factor in enumerate(bend))
