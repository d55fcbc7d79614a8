package exports.test.maps;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class MapsImpl implements Maps.Guest {
    @Override
    public Map<Integer, String> invert(Map<String, Integer> m) {
        var inverted = new HashMap<Integer, String>();
        m.forEach((key, value) -> inverted.put(value, key));
        return inverted;
    }

    @Override
    public Map<Integer, Long> merge(Map<Integer, Long> a, Map<Integer, Long> b) {
        var merged = new HashMap<>(a);
        merged.putAll(b);
        return merged;
    }

    @Override
    public Optional<List<String>> find(Map<String, List<String>> m, String key) {
        return Optional.ofNullable(m.get(key));
    }

    @Override
    public Map<Integer, Integer> count(String s) {
        var counts = new HashMap<Integer, Integer>();
        for (int at = 0; at < s.length(); at += Character.charCount(s.codePointAt(at))) {
            counts.merge(s.codePointAt(at), 1, Integer::sum);
        }
        return counts;
    }

    @Override
    public Map<String, Integer> totals(Map<String, Map<String, Integer>> m) {
        var totals = new HashMap<String, Integer>();
        m.forEach((key, inner) -> {
            int total = 0;
            for (int number : inner.values()) total += number;
            totals.put(key, total);
        });
        return totals;
    }

    @Override
    public int[] sizes(List<Map<Byte, Boolean>> ms) {
        var sizes = new int[ms.size()];
        for (int i = 0; i < sizes.length; i++) sizes[i] = ms.get(i).size();
        return sizes;
    }
}
