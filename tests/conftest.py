"""How the tests are run."""

from collections.abc import Iterator

import coverage
import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Count no lines while a law is tried on its hundred examples, or in what is marked so: it would take up to five times as long."""
    counted = coverage.Coverage.current() if {"hypothesis", "no_cover"} & {mark.name for mark in item.iter_markers()} else None
    if counted:
        counted.stop()
    try:
        return (yield)
    finally:
        if counted:
            counted.start()
