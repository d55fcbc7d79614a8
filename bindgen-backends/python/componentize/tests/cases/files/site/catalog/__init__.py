import json
import os

HERE = os.path.dirname(__file__)

# Read while the component is made.
with open(os.path.join(HERE, "settings.json")) as opened:
    SETTINGS = json.load(opened)

# Opened then, read later.
LINES = open(os.path.join(HERE, "data", "lines.txt"))
FIRST = LINES.readline()
