"""Two things that compiled code cannot say in a loop: move a run of an array in one go, and fetch ahead from memory.

Both are for compiled callers only, unless the compiler is switched off.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, config, types
from numba.extending import intrinsic

_BYTE, _WORD = ir.IntType(8).as_pointer(), ir.IntType(32)


@intrinsic
def move(typing: Any, values: Any, to: Any, since: Any, until: Any) -> Any:
    """move(values, to, since, until): move the places since .. until to `to` and on; they may overlap."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        there, here, behind = (
            _address(context, builder, signature, arguments, place) for place in (1, 2, 3)
        )
        n_bytes = builder.sub(builder.ptrtoint(behind, cgutils.intp_t), builder.ptrtoint(here, cgutils.intp_t))
        cgutils.raw_memmove(builder, there, here, n_bytes, 1)
        return context.get_dummy_value()

    return types.void(values, to, since, until), generate


@intrinsic
def fetch_ahead(typing: Any, values: Any, at: Any) -> Any:
    """fetch_ahead(values, at): bring one place near, to be there when it is looked at; places count row after row."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place = builder.bitcast(_address(context, builder, signature, arguments, 1), _BYTE)
        kind = ir.FunctionType(ir.VoidType(), [_BYTE, _WORD, _WORD, _WORD])
        to_read, keep_a_while, data = _WORD(0), _WORD(2), _WORD(1)
        builder.call(
            builder.module.declare_intrinsic("llvm.prefetch", [_BYTE], kind), [place, to_read, keep_a_while, data]
        )
        return context.get_dummy_value()

    return types.void(values, at), generate


if config.DISABLE_JIT:  # the same in plain Python, to look into a day step by step

    def move(values: Any, to: int, since: int, until: int) -> None:
        """Move the places since .. until to `to` and on."""
        values[to : to + until - since] = values[since:until].copy()

    def fetch_ahead(values: Any, at: int) -> None:
        """Nothing has to be brought near."""


def _address(context: Any, builder: Any, signature: Any, arguments: Any, k: int) -> Any:
    """The address of the place in the array (the first argument) that argument k names."""
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    return builder.gep(array.data, [context.cast(builder, arguments[k], signature.args[k], types.intp)])
