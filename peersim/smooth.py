"""Smooth functions made of + and x, alike on every machine and fast in a pass."""

from __future__ import annotations

from peersim.compiled import compiled


@compiled
def exponential(x: float) -> float:
    """e^x, with a relative error below 1e-11 for |x| < 10 and 2e-7 for |x| < 40; held constant beyond 40."""
    y = min(40.0, max(-40.0, x)) * 0.00390625
    z = 1.0 + y * (1.0 + y * (0.5 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720))))))
    z *= z
    z *= z
    z *= z
    z *= z
    z *= z
    z *= z
    z *= z
    return z * z


@compiled
def logistic(x: float) -> float:
    """1 / (1 + e^-x), within 1e-11 for |x| < 10."""
    return 1.0 / (1.0 + exponential(-x))
