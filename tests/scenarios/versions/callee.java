package exports.test.versions;

import java.util.List;
import wit.Result;
import wit.Tuple2;
import wit.dep.geometry.v1_0_0.Shapes;
import wit.dep.geometry.v2_0_0.Shapes.Size;
import wit.dep.geometry.v2_0_0.Shapes.Unit;

final class VersionsImpl implements Versions.Guest {
    @Override
    public Shapes.Size doubleOld(Shapes.Size s) {
        return new Shapes.Size((short) (s.width() * 2), (short) (s.height() * 2));
    }

    @Override
    public Size upgrade(Shapes.Size s, Unit u) {
        return new Size(s.width() & 0xffff, s.height() & 0xffff, u);
    }

    @Override
    public Result<Shapes.Size, String> downgrade(Size s) {
        boolean fits = ((s.width() | s.height()) & ~0xffffL) == 0;
        if (fits) return new Result.Ok<>(new Shapes.Size((short) s.width(), (short) s.height()));
        long larger = Long.compareUnsigned(s.width(), s.height()) > 0 ? s.width() : s.height();
        return new Result.Err<>(Long.toUnsignedString(larger));
    }

    @Override
    public Tuple2<Integer, Integer> census(List<Size> sizes) {
        int points = 0;
        for (Size size : sizes) points += size.unit() == Unit.POINTS ? 1 : 0;
        return new Tuple2<>(sizes.size() - points, points);
    }
}
