"""How much work a call makes, counted and not timed: the same on every machine."""

import sys
from collections.abc import Callable


def calls(function: Callable[[], object]) -> int:
    """Functions that Python calls while it runs `function` for the second time (the first imports what it needs), its own and those in C."""
    function()
    count = 0

    def one(frame: object, event: str, what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(one)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count
