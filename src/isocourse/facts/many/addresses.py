"""Tables handed to compiled code by their addresses, as one record each.

A table of many arrays would be copied, array by array, at every call of a small function. A record
goes by its address alone, and a value is read from the address of its array. Whoever makes such a
record keeps the arrays for as long as it is used.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic


def _reads(numba_type: Any, llvm_type: Any, anywhere: bool = False) -> Any:
    """A compiled function: the value of a type at an address, so many places on.

    Only one that reads `anywhere` may be given an address at which no such value would begin.
    """

    @intrinsic
    def read(typing: Any, address: Any, place: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            pointer = builder.inttoptr(arguments[0], llvm_type.as_pointer())
            value = builder.load(
                builder.gep(pointer, [arguments[1]]), align=1 if anywhere else None
            )
            return context.cast(builder, value, numba_type, signature.return_type)

        wide = types.float64 if numba_type is types.float64 else types.int64
        return wide(types.int64, types.int64), generate

    return read


@intrinsic
def ahead(typing: Any, address: Any) -> Any:
    """A compiled function: have the memory at an address at hand when it is read later."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        form = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], form)
        pointer = builder.inttoptr(arguments[0], byte)
        builder.call(fetch, [pointer, number(0), number(3), number(1)])  # to read, soon, data
        return context.get_dummy_value()

    return types.void(types.int64), generate


@intrinsic
def ones(typing: Any, word: Any) -> Any:
    """A compiled function: how many bits of a word are set."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.zext(builder.ctpop(arguments[0]), ir.IntType(64))

    return types.int64(word), generate


i1 = _reads(types.int8, ir.IntType(8))
u1 = _reads(types.uint8, ir.IntType(8))
i4 = _reads(types.int32, ir.IntType(32))
i8 = _reads(types.int64, ir.IntType(64))
f8 = _reads(types.float64, ir.DoubleType())
packed = _reads(types.int64, ir.IntType(64), anywhere=True)


def address(array: np.ndarray[Any, Any]) -> int:
    """Where the first value of an array stands."""
    where: int = array.__array_interface__["data"][0]
    return where


def addressed(held: Any) -> np.ndarray[Any, Any]:
    """A record with the address of each array and the value of each number of a named tuple."""
    values = tuple(address(each) if isinstance(each, np.ndarray) else each for each in held)
    kinds = tuple("f8" if isinstance(each, float) else "i8" for each in values)
    return np.array([values], dtype=_record(held._fields, kinds))


@lru_cache(maxsize=64)
def _record(names: tuple[str, ...], kinds: tuple[str, ...]) -> np.dtype[Any]:
    return np.dtype(list(zip(names, kinds, strict=True)))
