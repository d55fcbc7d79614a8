"""Makes an instance of a snapshot its own."""

import os
import sys

# The app is built.
sys.modules["_onramp_bundle"].is_building = False


def restored(arguments, environment):
    """Gives the instance its arguments, its environment, and random numbers that no other instance has."""
    sys.argv[:] = arguments or [""]
    os.environ._data.clear()
    os.environ._data.update(environment)
    # What is imported later seeds itself.
    if random := sys.modules.get("random"):
        random.seed()
