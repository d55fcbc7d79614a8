package exports.test.arity;

import check.Check;
import java.util.Arrays;
import java.util.Optional;
import wit.Result;
import wit.Tuple2;
import wit.Tuple20;
import wit.test.arity.Arity;
import wit.test.arity.Arity.Wide;

final class CheckArityImpl implements CheckArity.Guest {
    @Override
    public Result<Integer, String> run() {
        return Check.all(check -> {
            sums(check);
            joins(check);
            wides(check);
            divisions(check);
        });
    }

    private static void sums(Check check) {
        check.equal("sum16", 0L, Arity.sum16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        check.equal("sum16", 1496L, Arity.sum16(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16));
        check.equal("sum16", 136 * 4294967295L, Arity.sum16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                -1, -1, -1, -1, -1));
        check.equal("sum17", 0L, Arity.sum17(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        check.equal("sum17", 1785L, Arity.sum17(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17));
        check.equal("sum17", 153 * 4294967295L, Arity.sum17(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                -1, -1, -1, -1, -1, -1));
        check.equal("sum40", 0.0, Arity.sum40((byte) 0, (short) 0, 0, 0, 0, (byte) 0, (short) 0, 0, 0,
                0, (byte) 0, (short) 0, 0, 0, 0, (byte) 0, (short) 0, 0, 0, 0, (byte) 0, (short) 0, 0,
                0, 0, (byte) 0, (short) 0, 0, 0, 0, (byte) 0, (short) 0, 0, 0, 0, (byte) 0, (short) 0,
                0, 0, 0));
        check.equal("sum40", 189820379763334.0, Arity.sum40((byte) 255, (short) 32767, -1, 1L << 40,
                0.5, (byte) 255, (short) 32767, -1, 1L << 40, 0.5, (byte) 255, (short) 32767, -1, 1L <<
                40, 0.5, (byte) 255, (short) 32767, -1, 1L << 40, 0.5, (byte) 255, (short) 32767, -1, 1L
                << 40, 0.5, (byte) 255, (short) 32767, -1, 1L << 40, 0.5, (byte) 255, (short) 32767, -1,
                1L << 40, 0.5, (byte) 255, (short) 32767, -1, 1L << 40, 0.5));
        check.equal("sum40", -189116005089325.0, Arity.sum40((byte) 0, (short) -32768, 0, -(1L << 40),
                -0.25, (byte) 0, (short) -32768, 0, -(1L << 40), -0.25, (byte) 0, (short) -32768, 0,
                -(1L << 40), -0.25, (byte) 0, (short) -32768, 0, -(1L << 40), -0.25, (byte) 0, (short)
                -32768, 0, -(1L << 40), -0.25, (byte) 0, (short) -32768, 0, -(1L << 40), -0.25, (byte)
                0, (short) -32768, 0, -(1L << 40), -0.25, (byte) 0, (short) -32768, 0, -(1L << 40),
                -0.25));
        check.equal("sum40", 22140.0, Arity.sum40((byte) 1, (short) 2, 3, 4, 5, (byte) 6, (short) 7, 8,
                9, 10, (byte) 11, (short) 12, 13, 14, 15, (byte) 16, (short) 17, 18, 19, 20, (byte) 21,
                (short) 22, 23, 24, 25, (byte) 26, (short) 27, 28, 29, 30, (byte) 31, (short) 32, 33,
                34, 35, (byte) 36, (short) 37, 38, 39, 40));
    }

    private static void joins(Check check) {
        check.equal("join8", "a,b,c,d,e,f,g,h", Arity.join8("a", "b", "c", "d", "e", "f", "g", "h"));
        check.equal("join8", "é,,€\0,𝄞,,,," + "x".repeat(1000) + ",z", Arity.join8("é", "", "€\0", "𝄞",
                ",", "", "x".repeat(1000), "z"));
        check.equal("join9", ",,,,,,,,", Arity.join9("", "", "", "", "", "", "", "", ""));
        check.equal("join9", ",é,\0,€,,𝄞,," + "x".repeat(1000) + ",z", Arity.join9("", "é", "\0", "€",
                "", "𝄞", "", "x".repeat(1000), "z"));
    }

    /** The record that `make-wide` makes of 42, with another text and another number. */
    private static Wide of42(String f16, long f18) {
        var bytes = new byte[42];
        for (int i = 0; i < 42; i++) bytes[i] = (byte) i;
        return new Wide(
                (byte) 42, 43, "42", 45f, (short) 46, bytes, 48.0, false, 'P', Optional.of(51), 52, (short) 53,
                (byte) 54, 55, 56, new Tuple2<>((byte) 15, 57L), f16, 59f, f18, (byte) 61);
    }

    /** All fields but the list. */
    private static String shown(Wide w) {
        Object[] fields = {
            w.f0(), w.f1(), w.f2(), w.f3(), w.f4(), w.f6(), w.f7(), w.f8(), w.f9(), w.f10(),
                    w.f11(), w.f12(), w.f13(),
            w.f14(), w.f15(), w.f16(), w.f17(), w.f18(), w.f19()
        };
        return Arrays.toString(fields);
    }

    private static void wides(Check check) {
        check.equal("make-wide(42)", shown(of42("42", 60)), shown(Arity.makeWide(42)));
        check.equal("make-wide(42).f5", of42("42", 60).f5(), Arity.makeWide(42).f5());
        check.equal("seed-of", 42, Arity.seedOf(of42("42", 60)));
        check.equal("seed-of(spoilt f16)", -1, Arity.seedOf(of42("", 60)));
        check.equal("seed-of(spoilt f18)", -1, Arity.seedOf(of42("42", 60 + Long.MIN_VALUE)));
        check.equal("around", 47, Arity.around(2, of42("42", 60), 3));
        check.equal("around", 40, Arity.around(-1, of42("42", 60), -1));
        for (int seed : new int[] {0, 1, 2, 116, 255, 102_399}) {
            check.equal("seed-of(make-wide(" + seed + "))", seed, Arity.seedOf(Arity.makeWide(seed)));
        }
    }

    private static void divisions(Check check) {
        check.equal("divisions", new Tuple20<>(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                0), Arity.divisions(0));
        check.equal("divisions", new Tuple20<>(7, 0, 3, 1, 2, 1, 1, 3, 1, 2, 1, 1, 1, 0, 0, 7, 0, 7, 0,
                7), Arity.divisions(7));
        check.equal("divisions", new Tuple20<>(-1, 0, 2147483647, 1, 1431655765, 0, 1073741823, 3,
                858993459, 0, 715827882, 3, 613566756, 3, 536870911, 7, 477218588, 3, 429496729, 5),
                Arity.divisions(-1));
    }
}
