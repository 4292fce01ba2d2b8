"""Waiting lists: where places are few, people stand in line, and move up when somebody leaves."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled


@compiled
def take_places(circles: Any, c: int, number: Any) -> None:
    """The places of those who have left this circle go to the first in line, tonight.

    A couple's two places stand next to each other in line, and become free together.
    """
    slot, start, end = circles.slot[c], circles.start[c], circles.start[c + 1]
    for k in range(start, end):
        if not circles.is_active[k] and circles.next_in_line[slot] < circles.end_of_line[slot]:
            circles.member[k] = circles.line[circles.next_in_line[slot]]
            circles.is_active[k] = True
            circles.next_in_line[slot] += 1
    in_order_of_numbers(circles.member[start:end], circles.is_active[start:end], number)


@compiled
def in_order_of_numbers(member: Any, is_active: Any, number: Any) -> None:
    """Sort a circle's few members, in place."""
    for k in range(1, member.size):
        i, active = member[k], is_active[k]
        at = k
        while at > 0 and number[member[at - 1]] > number[i]:
            member[at], is_active[at] = member[at - 1], is_active[at - 1]
            at -= 1
        member[at], is_active[at] = i, active
