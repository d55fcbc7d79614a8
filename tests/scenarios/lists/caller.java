package exports.test.lists;

import check.Check;
import java.util.ArrayList;
import java.util.List;
import wit.Result;
import wit.test.lists.Lists;
import wit.test.lists.Lists.Point;

final class CheckListsImpl implements CheckLists.Guest {
    private static final int MANY = 100_000;

    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            numbers(check);
            texts(check);
            nested(check);
            many(check);
        });
    }

    private static void numbers(Check check) {
        check.equal("xor-bytes", new byte[] {}, Lists.xorBytes(new byte[] {}, (byte) 1));
        check.equal("xor-bytes", new byte[] {-1, 0, 127}, Lists.xorBytes(new byte[] {0, -1, -128}, (byte) 255));
        check.equal("iota", new long[] {-1, 0, 1}, Lists.iota(-1, 3));
        check.equal("sum", 0L, Lists.sum(new long[] {}));
        check.equal("sum", 1L, Lists.sum(new long[] {-1, 2}));
        check.equal(
                "widen",
                new double[] {-128, 65535, -32768, 4294967295.0, -1, -2, 0.5},
                Lists.widen(
                        new byte[] {-128},
                        new short[] {-1},
                        new short[] {-32768},
                        new int[] {-1},
                        new int[] {-1},
                        new long[] {-2},
                        new float[] {0.5f}));
        check.equal("invert", new boolean[] {false, true}, Lists.invert(new boolean[] {true, false}));
    }

    private static void texts(Check check) {
        check.equal("explode", new int[] {'a', 0x1d11e, 0}, Lists.explode("a𝄞\0"));
        check.equal("implode", "a𝄞\0", Lists.implode(new int[] {'a', 0x1d11e, 0}));
        check.equal("sort", List.of("", "Z", "a", "aa", "é", "\uffff", "𝄞"),
                Lists.sort(List.of("𝄞", "aa", "", "a", "\uffff", "é", "Z")));
    }

    private static void nested(Check check) {
        check.equal("flatten", List.of(), Lists.flatten(List.of()));
        check.equal("flatten", List.of("a", "", "é"), Lists.flatten(List.of(List.of("a", ""), List.of(), List.of("é"))));
        check.equal("group-by-length", List.of(List.of(""), List.of("a", "b"), List.of(), List.of("€")),
                Lists.groupByLength(List.of("€", "a", "", "b")));
        check.equal("translate", List.of(new Point(Integer.MIN_VALUE, 1, "é'")),
                Lists.translate(List.of(new Point(Integer.MAX_VALUE, 2, "é")), 1, -1));
        check.equal("weigh", new int[] {0, 3, 0}, Lists.weigh(
                List.of(List.of(), List.of(new byte[] {1}, new byte[] {}, new byte[] {2, 3}), List.of(new byte[] {}))));
    }

    private static void many(Check check) {
        var bytes = new byte[1 << 20];
        check.equal("xor-bytes(1 MiB)", 1 << 20, Lists.xorBytes(bytes, (byte) 7).length);
        check.equal("sum(iota(many))", (long) MANY * (MANY - 1) / 2, Lists.sum(Lists.iota(0, MANY)));
        var strings = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) strings.add("s" + i);
        check.equal("flatten(1000)", strings, Lists.flatten(List.of(strings)));
        var points = new ArrayList<Point>();
        var moved = new ArrayList<Point>();
        for (int i = 0; i < 1000; i++) {
            points.add(new Point(i, -i, "p" + i));
            moved.add(new Point(i + 1, -i - 1, "p" + i + "'"));
        }
        check.equal("translate(1000)", moved, Lists.translate(points, 1, -1));
    }
}
