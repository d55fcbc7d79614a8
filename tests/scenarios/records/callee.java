package exports.test.records;

import exports.test.records.Records.Mixed;
import exports.test.records.Records.Path;
import exports.test.records.Records.Point;
import exports.test.records.Records.Segment;
import java.util.ArrayList;
import java.util.List;
import wit.Tuple1;
import wit.Tuple2;
import wit.Tuple3;

final class RecordsImpl implements Records.Guest {
    @Override
    public Mixed bump(Mixed m) {
        return new Mixed(
                (byte) (m.a() + 1),
                m.b() + 1,
                (byte) (m.c() + 1),
                m.d() + 1,
                (short) (m.e() + 1),
                m.f() * 2,
                !m.g(),
                m.h() + 1);
    }

    @Override
    public Mixed fold(List<Mixed> all) {
        var sum = new Mixed((byte) 0, 0, (byte) 0, 0, (short) 0, 0.0, false, 0);
        for (Mixed m : all) {
            sum = new Mixed(
                    (byte) (sum.a() + m.a()),
                    sum.b() + m.b(),
                    (byte) (sum.c() + m.c()),
                    sum.d() + m.d(),
                    (short) (sum.e() + m.e()),
                    sum.f() + m.f(),
                    sum.g() || m.g(),
                    Math.max(sum.h(), m.h()));
        }
        return sum;
    }

    @Override
    public Segment reverse(Segment s) {
        return new Segment(s.to(), s.from(), s.name());
    }

    @Override
    public double lengthSquared(Segment s) {
        double dx = s.to().x() - s.from().x();
        double dy = s.to().y() - s.from().y();
        return dx * dx + dy * dy;
    }

    @Override
    public Path connect(List<Point> points) {
        var segments = new ArrayList<Segment>();
        for (int i = 1; i < points.size(); i++) {
            segments.add(new Segment(points.get(i - 1), points.get(i), "s" + (i - 1)));
        }
        boolean closed = !points.isEmpty() && points.get(0).equals(points.get(points.size() - 1));
        return new Path(segments, closed);
    }

    @Override
    public String describe(Path p) {
        var text = new StringBuilder();
        for (Segment segment : p.segments()) {
            text.append(segment == p.segments().get(0) ? "" : "-").append(segment.name());
        }
        return text.append(p.closed() ? "!" : "").toString();
    }

    @Override
    public Tuple3<String, Long, Byte> swap(Tuple3<Byte, Long, String> t) {
        return new Tuple3<>(t.v2(), t.v1(), t.v0());
    }

    @Override
    public Tuple2<Short, Tuple2<Float, String>> rotate(Tuple2<Tuple2<Short, Float>, String> t) {
        return new Tuple2<>(t.v0().v0(), new Tuple2<>(t.v0().v1(), t.v1()));
    }

    @Override
    public Tuple1<Integer> single(Tuple1<Integer> t) {
        return new Tuple1<>(t.v0() * 2);
    }

    @Override
    public List<Tuple2<Integer, Long>> squares(int[] numbers) {
        var squares = new ArrayList<Tuple2<Integer, Long>>();
        for (int number : numbers) {
            long n = number & 0xffff_ffffL;
            squares.add(new Tuple2<>(number, n * n));
        }
        return squares;
    }
}
