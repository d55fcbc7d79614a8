"""Imports nearly all of the standard library."""

import importlib

NAMES = """
abc argparse array ast asyncio base64 bdb binascii bisect builtins calendar cmath cmd code codecs codeop collections
collections.abc colorsys compileall concurrent.futures configparser contextlib contextvars copy copyreg csv
dataclasses datetime decimal difflib dis doctest email email.message email.parser email.policy email.mime.text
encodings enum errno filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib gzip
hashlib heapq hmac html html.parser html.entities http http.client http.cookies http.server http.cookiejar imaplib
importlib importlib.metadata importlib.resources inspect io ipaddress itertools json keyword linecache locale logging
logging.config logging.handlers mailbox marshal math mimetypes modulefinder netrc numbers opcode operator optparse os
pathlib pdb pickle pickletools pkgutil platform plistlib poplib posixpath pprint profile cProfile pstats pyclbr
py_compile pydoc queue quopri random re reprlib rlcompleter runpy sched secrets selectors shelve shlex shutil signal
site smtplib socket socketserver stat statistics string stringprep struct subprocess symtable sys sysconfig tabnanny
tarfile tempfile textwrap threading time timeit token tokenize tomllib trace traceback tracemalloc types typing
unicodedata unittest unittest.mock urllib urllib.parse urllib.request urllib.response urllib.robotparser uuid warnings
wave weakref webbrowser wsgiref wsgiref.simple_server xml xml.dom xml.dom.minidom xml.etree.ElementTree xml.sax
xmlrpc.client xmlrpc.server zipapp zipfile zipimport zlib zoneinfo _pydatetime _pydecimal _strptime
"""

imported = []
for name in NAMES.split():
    try:
        imported.append(importlib.import_module(name))
    except ImportError:
        # What cannot work here.
        pass
