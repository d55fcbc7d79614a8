package exports.test.records;

import static wit.test.records.Records.bump;
import static wit.test.records.Records.connect;
import static wit.test.records.Records.describe;
import static wit.test.records.Records.fold;
import static wit.test.records.Records.lengthSquared;
import static wit.test.records.Records.reverse;
import static wit.test.records.Records.rotate;
import static wit.test.records.Records.single;
import static wit.test.records.Records.squares;
import static wit.test.records.Records.swap;

import check.Check;
import java.util.ArrayList;
import java.util.List;
import wit.Result;
import wit.Tuple1;
import wit.Tuple2;
import wit.Tuple3;
import wit.test.records.Records.Mixed;
import wit.test.records.Records.Path;
import wit.test.records.Records.Point;
import wit.test.records.Records.Segment;

final class CheckRecordsImpl implements CheckRecords.Guest {
    private static final int MANY = 100_000;

    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            mixed(check);
            segments(check);
            paths(check);
            tuples(check);
        });
    }

    private static Mixed of(int a, long b, int c, int d, int e, double f, boolean g, int h) {
        return new Mixed((byte) a, b, (byte) c, d, (short) e, f, g, h);
    }

    private static void mixed(Check check) {
        var zero = of(0, 0, 0, 0, 0, 0.0, false, 0);
        var one = of(1, 1, 1, 1, 1, 0.5, false, 'a');
        var largest = of(255, -1, 127, -1, 65535, Double.MAX_VALUE, true, '~');
        var smallest = of(0, 0, -128, 0, 0, -Double.MIN_VALUE, false, '0');
        check.equal("bump(zero)", of(1, 1, 1, 1, 1, 0.0, true, 1), bump(zero));
        check.equal("bump(one)", of(2, 2, 2, 2, 2, 1.0, true, 'b'), bump(one));
        check.equal("bump(largest)", of(0, 0, -128, 0, 0, Double.POSITIVE_INFINITY, false, 0x7f), bump(largest));
        check.equal("bump(smallest)", of(1, 1, -127, 1, 1, -2 * Double.MIN_VALUE, true, '1'), bump(smallest));
        check.equal("fold([])", zero, fold(List.of()));
        check.equal("fold", of(1, 1, -127, 1, 1, Double.MAX_VALUE, true, '~'), fold(List.of(one, largest, one)));
        var thousand = new ArrayList<Mixed>();
        for (int i = 0; i < 1000; i++) thousand.add(one);
        check.equal("fold(1000 times one)", of(232, 1000, -24, 1000, 1000, 500.0, false, 'a'), fold(thousand));
    }

    private static void segments(Check check) {
        var origin = new Point(0.0, -0.0);
        var a = new Point(3.0, 4.0);
        var b = new Point(Double.NEGATIVE_INFINITY, Double.MIN_VALUE);
        check.equal("reverse", new Segment(b, a, "a to b\0é"), reverse(new Segment(a, b, "a to b\0é")));
        check.equal("reverse", new Segment(a, origin, ""), reverse(new Segment(origin, a, "")));
        check.equal("length-squared", 25.0, lengthSquared(new Segment(origin, a, "")));
        check.equal("length-squared", Double.POSITIVE_INFINITY, lengthSquared(new Segment(a, b, "")));
        check.equal("length-squared", Double.NaN, lengthSquared(new Segment(a, new Point(Double.NaN, 0.0), "")));
    }

    private static void paths(Check check) {
        var a = new Point(0.0, 0.0);
        var b = new Point(1.0, 0.0);
        var c = new Point(1.0, 1.0);
        var closed = List.of(new Segment(a, b, "s0"), new Segment(b, c, "s1"), new Segment(c, a, "s2"));
        check.equal("connect([])", new Path(List.of(), false).closed(), connect(List.of()).closed());
        var path = connect(List.of(a, b, c, a));
        check.equal("connect", closed, path.segments());
        check.equal("connect", true, path.closed());
        check.equal("connect", 1000, connect(row(1001)).segments().size());
        check.equal("describe", "", describe(new Path(List.of(), false)));
        check.equal("describe", "s0-s1-s2!", describe(new Path(closed, true)));
        var names = List.of(new Segment(a, b, ""), new Segment(b, c, "é\0"), new Segment(c, a, ""));
        check.equal("describe", "-é\0-", describe(new Path(names, false)));
    }

    private static List<Point> row(int length) {
        var row = new ArrayList<Point>();
        for (int x = 0; x < length; x++) row.add(new Point(x, 0.5));
        return row;
    }

    private static void tuples(Check check) {
        check.equal("swap", new Tuple3<>("é\0", -1L, (byte) 255), swap(new Tuple3<>((byte) 255, -1L, "é\0")));
        check.equal(
                "rotate",
                new Tuple2<>((short) 65535, new Tuple2<>(Float.MIN_VALUE, "𝄞")),
                rotate(new Tuple2<>(new Tuple2<>((short) 65535, Float.MIN_VALUE), "𝄞")));
        check.equal("single", new Tuple1<>(42), single(new Tuple1<>(21)));
        check.equal("single", new Tuple1<>(-2), single(new Tuple1<>(-1)));
        check.equal("squares", List.of(), squares(new int[] {}));
        check.equal("squares", List.of(new Tuple2<>(-1, -8589934591L)), squares(new int[] {-1}));
        var numbers = new int[MANY];
        var expected = new ArrayList<Tuple2<Integer, Long>>();
        for (int n = 0; n < MANY; n++) {
            numbers[n] = n;
            expected.add(new Tuple2<>(n, (long) n * n));
        }
        check.equal("squares(many)", expected, squares(numbers));
    }
}
