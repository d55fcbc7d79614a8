#@ seeds: 1
# One use of each of the modules that programs need most.
import base64, bisect, collections, contextlib, copy, csv, dataclasses, datetime, decimal, enum, fractions, functools, hashlib
import heapq, io, itertools, json, logging, math, pathlib, pickle, re, statistics, string, struct, tempfile, textwrap, tomllib
import traceback, typing, unicodedata, uuid, xml.etree.ElementTree as tree, zipfile, zlib, zoneinfo


@dataclasses.dataclass(frozen=True)
class Point:
    x: int
    y: int = 2


print(json.dumps({"a": [1, 2.5, None, "é"]}), json.loads("[true]"))
print(Point(1), dataclasses.asdict(Point(3)))
print(decimal.Decimal("0.1") + decimal.Decimal("0.2"), fractions.Fraction(1, 3) * 3)
print(datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc).isoformat())
print(hashlib.sha256(b"abc").hexdigest()[:8], hashlib.md5(b"abc").hexdigest()[:8], hashlib.blake2b(b"abc").hexdigest()[:8])
print(zlib.decompress(zlib.compress(b"x" * 1000)) == b"x" * 1000, struct.pack(">Hd", 1, 2.0).hex())
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), unicodedata.name("é"))
print(pickle.loads(pickle.dumps({1: Point})), base64.b64encode(b"abc"))
print(tree.fromstring("<a b='c'><d/></a>").find("d").tag, tomllib.loads("a = 1"))
pathlib.Path("written.txt").write_text("text")
print(pathlib.Path("written.txt").read_text(), sorted(entry.name for entry in pathlib.Path(".").iterdir()))
with zipfile.ZipFile("z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("a", "b" * 100)
print(zipfile.ZipFile("z.zip").read("a") == b"b" * 100)
