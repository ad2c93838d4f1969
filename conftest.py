"""What every test finds, in pytest itself and in the kernels that nbval starts: the same world on every machine."""

import os
import sys
from pathlib import Path

import matplotlib
import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent

# qualkit is this folder's, also where another one has been installed, and also in the kernels.
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])

# As in qualkit.study, which is not imported here: qualkit would be loaded before coverage is counted.
os.environ.update(PYTHONHASHSEED="0", SOURCE_DATE_EPOCH="0", TZ="UTC")
os.environ.pop("MPLBACKEND", None)  # a kernel chooses the one that shows figures in the notebook ...
matplotlib.use("agg")  # ... and a test opens no window

# Said from where the user stands, but read from notebooks/.
if os.environ.get("QUALKIT_CORPUS"):
    os.environ["QUALKIT_CORPUS"] = os.path.abspath(os.environ["QUALKIT_CORPUS"])

# A slow machine is no fault of the code; and the same examples every time, so that a red run can be run again.
settings.register_profile("qualkit", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("qualkit")


@pytest.hookimpl(trylast=True)  # after hypothesis has marked its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count no lines while a law is tried on its hundred examples: it would take up to five times as long."""
    for item in items:
        if item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")
