#@ args: a b
#@ env: GREETING=hello
#@ seeds: 1
import os
import sys

print(os.environ["GREETING"], sys.argv, sys.version_info[:2], sys.platform)
print([name for name in os.environ if name != "COOP_SEED"])
