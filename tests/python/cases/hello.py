#@ args: a b
#@ env: GREETING=hello
#@ seeds: 1
import os
import sys

print(os.environ["GREETING"], sys.argv, sys.version_info[:2], sys.platform)
print(sorted(os.environ))
