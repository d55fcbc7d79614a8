from collections import Counter
from typing import Dict, List, Optional

from wit_world import exports

__all__ = ["Maps"]


class Maps(exports.Maps):
    def invert(self, m: Dict[str, int]) -> Dict[int, str]:
        return {value: key for key, value in m.items()}

    def merge(self, a: Dict[int, int], b: Dict[int, int]) -> Dict[int, int]:
        return a | b

    def find(self, m: Dict[str, List[str]], key: str) -> Optional[List[str]]:
        return m.get(key)

    def count(self, s: str) -> Dict[str, int]:
        return Counter(s)

    def totals(self, m: Dict[str, Dict[str, int]]) -> Dict[str, int]:
        return {key: sum(inner.values()) for key, inner in m.items()}

    def sizes(self, ms: List[Dict[int, bool]]) -> List[int]:
        return [len(m) for m in ms]
