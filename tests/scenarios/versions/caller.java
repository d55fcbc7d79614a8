package exports.test.versions;

import check.Check;
import java.util.List;
import wit.Result;
import wit.Tuple2;
import wit.dep.geometry.v1_0_0.Shapes;
import wit.dep.geometry.v2_0_0.Shapes.Size;
import wit.dep.geometry.v2_0_0.Shapes.Unit;
import wit.test.versions.Versions;

final class CheckVersionsImpl implements CheckVersions.Guest {
    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            check.equal("double-old", old(2, 600), Versions.doubleOld(old(1, 300)));
            check.equal("double-old", old(65_534, 0), Versions.doubleOld(old(32_767, 32_768)));
            for (int[] sides : new int[][] {{0, 0}, {1, 2}, {65_535, 0}, {256, 65_535}}) {
                for (Unit unit : Unit.values()) {
                    var large = new Size(sides[0], sides[1], unit);
                    check.equal("upgrade", large, Versions.upgrade(old(sides[0], sides[1]), unit));
                    check.equal("downgrade", new Result.Ok<>(old(sides[0], sides[1])), Versions.downgrade(large));
                }
            }
            misfit(check, new Size(65_536, 0, Unit.PIXELS), "65536");
            misfit(check, new Size(0, 65_536, Unit.POINTS), "65536");
            misfit(check, new Size(1L << 32, 7, Unit.PIXELS), "4294967296");
            misfit(check, new Size(-1, -2, Unit.PIXELS), "18446744073709551615");
            var pixels = new Size(1, -1, Unit.PIXELS);
            var points = new Size(-1, 0, Unit.POINTS);
            check.equal("census([])", new Tuple2<>(0, 0), Versions.census(List.of()));
            check.equal("census", new Tuple2<>(1, 2), Versions.census(List.of(points, pixels, points)));
        });
    }

    private static Shapes.Size old(int width, int height) {
        return new Shapes.Size((short) width, (short) height);
    }

    private static void misfit(Check check, Size size, String side) {
        check.equal("downgrade", new Result.Err<>(side), Versions.downgrade(size));
    }
}
