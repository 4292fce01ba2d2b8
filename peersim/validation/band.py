"""A band: what one quantity should be, and how that is known."""

from __future__ import annotations

from peersim.parameters import Parameters, param, specs

BASES = {
    "read": "read in the source named",
    "computed": "computed from the data named",
    "memory": "commonly cited, not checked",
    "required": "what any community at rest has to do",
}
UNVERIFIED = "unverified"
_SOURCE = "in the file of bands"


class Band(Parameters):
    """One `[[bands]]` table."""

    quantity: str = param("", unit="", doc="what is measured", source=_SOURCE)
    label: str = param("", unit="", doc="its name in table and figure", source=_SOURCE)
    low: float | None = param(None, unit="", doc="where the band begins", source=_SOURCE)
    high: float | None = param(None, unit="", doc="where the band ends", source=_SOURCE)
    unit: str = param("", unit="", doc="of low and high", source=_SOURCE)
    relative_to: str = param("", unit="", doc="the quantity by which it is divided", source=_SOURCE)
    basis: str = param("memory", unit="", choices=tuple(BASES), doc="how the band is known", source=_SOURCE)
    source: str = param("", unit="", doc="where the band comes from, in a sentence", source=_SOURCE)

    @property
    def known_by(self) -> str:
        """The basis as it is printed: what nobody has checked is never shown as if it had been read."""
        return UNVERIFIED if self.basis == "memory" else self.basis

    @property
    def edges(self) -> tuple[float, ...]:
        """Where it begins and ends; open ends are left out."""
        return tuple(edge for edge in (self.low, self.high) if edge is not None)

    def holds(self, value: float) -> bool:
        """Whether a value lies in the band, its edges included."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


SPECS = {spec.name: spec for spec in specs(Band)}
NEEDED = ("quantity", "basis", "source")
"""What every band says."""
