package exports.test.maps;

import check.Check;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import wit.Result;
import wit.test.maps.Maps;

final class CheckMapsImpl implements CheckMaps.Guest {
    private static final int MANY = 4000;

    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            same(check, "invert({})", Map.of(), Maps.invert(Map.of()));
            same(check, "invert", Map.of(1, "é", -1, ""), Maps.invert(Map.of("é", 1, "", -1)));
            same(check, "merge", Map.of(1, 1L, 2, -2L, 3, 3L), Maps.merge(Map.of(1, 1L, 2, 2L), Map.of(2, -2L, 3, 3L)));
            var lists = Map.of("a", List.of("x", ""), "", List.<String>of());
            check.equal("find(a)", Optional.of(List.of("x", "")), Maps.find(lists, "a"));
            check.equal("find(\"\")", Optional.of(List.of()), Maps.find(lists, ""));
            check.equal("find(b)", Optional.empty(), Maps.find(lists, "b"));
            same(check, "count", Map.of((int) 'a', 2, 0x1d11e, 1), Maps.count("a𝄞a"));
            var inner = Map.of("x", Map.of("a", 1, "b", 2), "y", Map.<String, Integer>of());
            same(check, "totals", Map.of("x", 3, "y", 0), Maps.totals(inner));
            check.equal("sizes", new int[] {0, 2}, Maps.sizes(List.of(Map.of(), Map.of((byte) 1, true, (byte) -1, false))));
            many(check);
        });
    }

    private static void many(Check check) {
        var m = new HashMap<String, Integer>();
        for (int i = 0; i < MANY; i++) m.put("key " + i, i);
        var inverted = Maps.invert(m);
        check.equal("invert(many)", MANY, inverted.size());
        for (int i = 0; i < MANY; i += 97) check.equal("invert(many)", "key " + i, inverted.get(i));
    }

    /** The order of entries is no part of a map. */
    private static <K extends Comparable<K>, V> void same(Check check, String call, Map<K, V> expected, Map<K, V> actual) {
        check.equal(call, new TreeMap<>(expected), new TreeMap<>(actual));
    }
}
